//! A large file on its way needs no memory. The process is this test's alone: nothing else may run in it.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "support/memory.rs"]
mod memory;
mod support;

use std::io::{self, Read as _};

use memory::{MIB, memory};
use support::{client, listener, settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
use wamux::{Client, Source};

const LARGE: u64 = 100 * MIB;

/// A gateway that takes any file, and gives one of the length that its id says.
async fn serve(listener: TcpListener) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(answer(stream));
    }
}

async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        stream.read_buf(&mut read).await?;
    };
    let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
    let mut piece = vec![0; 64 * 1024];
    if head.starts_with("post") {
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse::<u64>().unwrap());
        let mut left = length - (read.len() - end) as u64;
        while left > 0 {
            left -= stream.read(&mut piece).await? as u64;
        }
        let body = r#"{"media":[{"id":"1"}]}"#;
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        return stream.write_all(answer.as_bytes()).await;
    }
    let length: u64 = head.split([' ', '/']).nth(4).unwrap().parse().unwrap();
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut left = length;
    while left > 0 {
        let next = left.min(piece.len() as u64);
        stream
            .write_all(&piece[..usize::try_from(next).unwrap()])
            .await?;
        left -= next;
    }
    Ok(())
}

async fn upload(client: &Client, length: u64) {
    let source = Source::reader(io::repeat(7).take(length), Some(length));
    client
        .run(&UploadMedia::new("application/pdf", source))
        .await
        .unwrap();
}

async fn download(client: &Client, length: u64) {
    let media_id = length.to_string();
    let mut file = client.download(&DownloadMedia { media_id }).await.unwrap();
    let mut read = 0;
    while let Some(chunk) = file.chunk().await.unwrap() {
        read += chunk.len() as u64;
    }
    assert_eq!(read, length);
}

#[tokio::test]
async fn a_hundred_megabytes_need_no_more_memory_than_one() {
    let (listener, base_url) = listener("http").await;
    tokio::spawn(serve(listener));
    let client = client("tujenge", &settings(&base_url));
    for transfer in ["upload", "download"] {
        let run = async |length| match transfer {
            "upload" => upload(&client, length).await,
            _ => download(&client, length).await,
        };
        run(MIB).await;
        let before = memory("VmRSS:");
        // The peak is counted from here.
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        run(LARGE).await;
        let more = memory("VmHWM:").saturating_sub(before);
        assert!(more <= 16 * MIB, "{transfer}: {more} bytes more");
    }
}

//! Files on their way to a gateway and from it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::io::{self, Read, Write as _};
use std::time::Duration;

use support::{LONG, answer, assert_what, client_with, listener, nobody, options, settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wamux::gateway::typed::chat_api::GetQrCode;
use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
use wamux::http::Method;
use wamux::{Client, Code, Delivery, Error, Kind, Source, file_source};

const STORED: &str = r#"{"media":[{"id":"f043afd0"}]}"#;
/// Each call has a connection of its own.
const HEAD: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/pdf\r\nContent-Length: 9\r\n\r\n";

fn tujenge(base_url: &str, timeout: Duration) -> Client {
    client_with("tujenge", &settings(base_url), &options(timeout))
}

fn download() -> DownloadMedia {
    let media_id = "f043afd0".into();
    DownloadMedia { media_id }
}

/// An answer after which the connection ends.
fn last(body: &str) -> String {
    answer(body).replacen("\r\n", "\r\nConnection: close\r\n", 1)
}

/// Bytes of which every part is another.
fn pattern(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

/// A request's head as text, and what has come of its body.
async fn head(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut read = Vec::new();
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let body = read.split_off(end + 4);
            return (String::from_utf8(read).unwrap().to_lowercase(), body);
        }
        assert_ne!(stream.read_buf(&mut read).await.unwrap(), 0, "no head");
    }
}

/// Takes one upload whole: its head, and its body as it stands on the wire.
async fn take(listener: &TcpListener) -> (String, Vec<u8>) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let (head, mut body) = head(&mut stream).await;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map(|length| length.parse::<usize>().unwrap());
    let whole = |body: &[u8]| match length {
        Some(length) => body.len() >= length,
        None => body.ends_with(b"0\r\n\r\n"),
    };
    while !whole(&body) && stream.read_buf(&mut body).await.unwrap() > 0 {}
    stream.write_all(last(STORED).as_bytes()).await.unwrap();
    (head, body)
}

/// Takes what comes of an upload until the connection ends.
async fn take_until_it_ends(listener: &TcpListener) -> usize {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut read = Vec::new();
    while stream.read_buf(&mut read).await.unwrap_or(0) > 0 {}
    read.len()
}

#[tokio::test]
async fn a_file_is_streamed_with_its_length_and_type() {
    let (listener, base_url) = listener("http").await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let bytes = pattern(300_000);
    file.write_all(&bytes).unwrap();
    let call = UploadMedia::new("application/pdf", file_source(file.path()).unwrap());
    let client = tujenge(&base_url, LONG);
    let (media, (head, body)) = tokio::join!(client.run(&call), take(&listener));
    assert_eq!(media.unwrap().id, "f043afd0");
    assert!(head.starts_with("post /v1/media "), "{head}");
    assert!(head.contains("\r\ncontent-length: 300000\r\n"), "{head}");
    assert!(
        head.contains("\r\ncontent-type: application/pdf\r\n"),
        "{head}"
    );
    assert!(body == bytes);
}

#[tokio::test]
async fn a_stream_without_a_length_goes_in_chunks() {
    let (listener, base_url) = listener("http").await;
    let source = Source::reader(io::Cursor::new(pattern(70_000)), None);
    let client = tujenge(&base_url, LONG);
    let call = UploadMedia::new("application/pdf", source);
    let (media, (head, body)) = tokio::join!(client.run(&call), take(&listener));
    assert!(media.is_ok());
    assert!(
        head.contains("\r\ntransfer-encoding: chunked\r\n"),
        "{head}"
    );
    assert!(body.len() > 70_000);

    // A stream is read once, and says so.
    let ended = take_until_it_ends(&listener);
    let (again, _) = tokio::join!(client.run(&call), ended);
    assert_source(&again.unwrap_err(), "read before");
}

/// The source's fault: the gateway cannot have the whole file.
fn assert_source(error: &Error, words: &str) {
    assert_what(error, Kind::Media, Delivery::NotSent);
    assert!(!error.retryable());
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_source_that_is_not_what_it_said_ends_the_upload() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let many = 100 * 1024 * 1024 + 1;
    let cases = [
        (
            Source::reader(&b"short"[..], Some(6)),
            "ended after 5 of 6 bytes",
        ),
        (
            Source::reader(&b"longer"[..], Some(5)),
            "more than the 5 bytes",
        ),
        (
            Source::reader(Read::chain(&b"begin"[..], Broken), Some(9)),
            "the disk is gone",
        ),
        (
            Source::reader(Read::take(io::repeat(0), many), None),
            "more than the 104857600 bytes",
        ),
        (
            Source::File {
                path: "/no/such/file".into(),
                length: 9,
            },
            "could not be read",
        ),
    ];
    for (source, words) in cases {
        let (listener, base_url) = listener("http").await;
        let call = UploadMedia::new("application/pdf", source);
        let client = tujenge(&base_url, LONG);
        let (media, _) = tokio::join!(client.run(&call), take_until_it_ends(&listener));
        assert_source(&media.unwrap_err(), words);
    }
}

#[tokio::test]
async fn what_is_too_large_or_of_a_wrong_type_never_leaves() {
    let client = tujenge(&nobody().await, LONG);
    let too_large = |mime_type: &str, length: u64| {
        UploadMedia::new(mime_type, Source::reader(io::empty(), Some(length)))
    };
    let megabyte = 1024 * 1024;
    for (mime_type, limit) in [
        ("image/png", 5 * megabyte),
        ("video/mp4", 16 * megabyte),
        ("image/webp", 100 * 1024),
        ("application/pdf", 100 * megabyte),
    ] {
        let error = client
            .run(&too_large(mime_type, limit + 1))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Validation);
        let violation = &error.violations()[0];
        assert_eq!(
            (violation.code, violation.path.as_str()),
            (Code::LengthTooLong, "source")
        );
        // At the limit it is tried, and nobody is there.
        let error = client.run(&too_large(mime_type, limit)).await.unwrap_err();
        assert_what(&error, Kind::Connect, Delivery::NotSent);
    }
    let error = client.run(&too_large("audio/ogg", 1)).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "mime_type");
    assert!(error.attempts().is_empty());
}

#[tokio::test]
async fn an_upload_that_is_cut_is_unknown() {
    let (listener, base_url) = listener("http").await;
    let call = UploadMedia::new("application/pdf", Source::from(pattern(5_000_000)));
    let client = tujenge(&base_url, LONG);
    let cut = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        head(&mut stream).await;
    };
    let (media, ()) = tokio::join!(client.run(&call), cut);
    assert_what(&media.unwrap_err(), Kind::Protocol, Delivery::Unknown);
}

/// The timeout is that of standing still: what moves may take longer.
#[tokio::test]
async fn an_upload_may_be_slow_and_not_stand_still() {
    const TIMEOUT: Duration = Duration::from_millis(400);
    let (listener, base_url) = listener("http").await;
    let length = 40_000_000;
    let client = tujenge(&base_url, TIMEOUT);
    let call = UploadMedia::new("application/pdf", Source::from(vec![7; length]));
    let slow = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (_, body) = head(&mut stream).await;
        let mut left = length - body.len();
        let mut piece = vec![0; length / 8];
        while left > 0 {
            tokio::time::sleep(TIMEOUT / 4).await;
            let end = left.min(piece.len());
            left -= stream.read_exact(&mut piece[..end]).await.unwrap();
        }
        stream.write_all(last(STORED).as_bytes()).await.unwrap();
    };
    let begin = std::time::Instant::now();
    let (media, ()) = tokio::join!(client.run(&call), slow);
    assert!(media.is_ok(), "{media:?}");
    assert!(begin.elapsed() > TIMEOUT);

    let stands_still = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        head(&mut stream).await;
        stream
    };
    let (media, _stream) = tokio::join!(client.run(&call), stands_still);
    assert_what(&media.unwrap_err(), Kind::Timeout, Delivery::Unknown);

    let answer_stands_still = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (_, body) = head(&mut stream).await;
        let mut rest = vec![0; length - body.len()];
        stream.read_exact(&mut rest).await.unwrap();
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
        stream.write_all(head).await.unwrap();
        stream
    };
    let running = tokio::time::timeout(LONG, client.run(&call));
    let (media, _stream) = tokio::join!(running, answer_stands_still);
    assert_what(
        &media.unwrap().unwrap_err(),
        Kind::Timeout,
        Delivery::Unknown,
    );
}

/// What a source has given is sent, however little it is.
#[tokio::test]
async fn a_source_may_be_slow() {
    const TIMEOUT: Duration = Duration::from_millis(300);
    struct Dripping(u32);
    impl Read for Dripping {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(TIMEOUT / 4);
            self.0 -= 1;
            buffer[0] = b'0';
            Ok(usize::from(self.0 > 0))
        }
    }
    let (listener, base_url) = listener("http").await;
    let client = tujenge(&base_url, TIMEOUT);
    let call = UploadMedia::new("application/pdf", Source::reader(Dripping(9), None));
    let (media, _) = tokio::join!(client.run(&call), take(&listener));
    assert!(media.is_ok(), "{media:?}");
}

/// Answers a download with a head and, one by one, pieces of a body; then the connection ends, or stays.
async fn give<const N: usize>(listener: &TcpListener, pieces: [&str; N]) -> TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    head(&mut stream).await;
    for piece in pieces {
        stream.write_all(piece.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
    }
    stream
}

#[tokio::test]
async fn a_file_is_saved_whole_or_not_at_all() {
    let (listener, base_url) = listener("http").await;
    let client = tujenge(&base_url, LONG);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("download.pdf");
    let save = async || client.download(&download()).await?.save(&file).await;

    let (saved, stream) = tokio::join!(save(), give(&listener, [HEAD, "%PDF", "-1.7\n"]));
    assert_eq!(saved.unwrap(), 9);
    assert_eq!(std::fs::read(&file).unwrap(), b"%PDF-1.7\n");
    drop(stream);

    std::fs::remove_file(&file).unwrap();
    let cut = async { drop(give(&listener, [HEAD, "%PDF"]).await) };
    let (saved, ()) = tokio::join!(save(), cut);
    let error = saved.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Protocol, Delivery::Unknown)
    );
    assert!(!file.exists());
    let empty = || std::fs::read_dir(folder.path()).unwrap().count() == 0;
    assert!(empty(), "nothing is left behind");

    // Called off in the middle.
    let begun = async {
        let stream = give(&listener, [HEAD, "%PDF"]).await;
        while empty() {
            tokio::task::yield_now().await;
        }
        stream
    };
    tokio::select! {
        saved = save() => panic!("a file that is cut was saved: {saved:?}"),
        _stream = begun => {}
    }
    assert!(empty());

    let nowhere = async || {
        client
            .download(&download())
            .await?
            .save("/no/such/folder/file")
            .await
    };
    let (saved, _stream) = tokio::join!(nowhere(), give(&listener, [HEAD, "%PDF-1.7\n"]));
    assert_eq!(saved.unwrap_err().kind(), Kind::Configuration);
}

#[tokio::test]
async fn a_download_that_stands_still_times_out() {
    let (listener, base_url) = listener("http").await;
    let client = tujenge(&base_url, Duration::from_millis(200));
    let bytes = async || client.download(&download()).await?.bytes(100).await;
    let (read, _stream) = tokio::join!(bytes(), give(&listener, [HEAD, "%PDF"]));
    assert_eq!(read.unwrap_err().kind(), Kind::Timeout);
    let (read, _stream) = tokio::join!(bytes(), give(&listener, []));
    assert_what(&read.unwrap_err(), Kind::Timeout, Delivery::Unknown);
}

#[tokio::test]
async fn a_download_tells_its_type_and_length_and_keeps_to_a_limit() {
    let (listener, base_url) = listener("http").await;
    let client = tujenge(&base_url, LONG);
    let call = download();
    let (opened, _stream) = tokio::join!(
        client.download(&call),
        give(&listener, [HEAD, "%PDF-1.7\n"])
    );
    let mut opened = opened.unwrap();
    assert_eq!(
        (opened.mime_type(), opened.length()),
        (Some("application/pdf"), Some(9))
    );
    assert_eq!(opened.bytes(8).await.unwrap_err().kind(), Kind::Protocol);

    let (opened, _stream) = tokio::join!(
        client.download(&call),
        give(&listener, [HEAD, "%PDF-1.7\n"])
    );
    let uri = opened.unwrap().data_uri(9).await.unwrap();
    assert_eq!(uri, "data:application/pdf;base64,JVBERi0xLjcK");
}

/// A document may be JSON, and is a failure only where the gateway's words say so.
#[tokio::test]
async fn a_document_in_json_is_a_file() {
    let (listener, base_url) = listener("http").await;
    let client = tujenge(&base_url, LONG);
    let call = download();
    let (document, failure) = (
        last(r#"{"a":1}"#),
        last(r#"{"errors":[{"code":1006,"title":"Resource not found"}]}"#),
    );
    let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&document]));
    assert_eq!(opened.unwrap().bytes(100).await.unwrap(), br#"{"a":1}"#);
    let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&failure]));
    assert_eq!(opened.unwrap_err().code(), Some("1006"));
}

/// What is no picture is not taken for one, whatever it says that it is.
#[tokio::test]
async fn a_code_is_a_picture() {
    let (listener, base_url) = listener("http").await;
    let client = client_with("chat-api", &settings(&base_url), &options(LONG));
    let call = GetQrCode {};
    for (kind, body, expected) in [
        (
            "text/html",
            r#"{"error":"Wrong token."}"#,
            Kind::Authentication,
        ),
        (
            "Application/JSON",
            r#"{"error":"Wrong token."}"#,
            Kind::Authentication,
        ),
        ("text/html", "<html>", Kind::Protocol),
        ("image/png", "", Kind::Protocol),
    ] {
        let answer = last(body).replacen("application/json", kind, 1);
        let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&answer]));
        assert_eq!(opened.unwrap_err().kind(), expected, "{kind} {body}");
    }
    let picture = last("PNG").replacen("application/json", "IMAGE/PNG", 1);
    let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&picture]));
    assert_eq!(opened.unwrap().bytes(3).await.unwrap(), b"PNG");
}

/// A failure under a status of success is no file.
#[tokio::test]
async fn json_in_the_place_of_a_file_is_an_error() {
    let (listener, base_url) = listener("http").await;
    let client = client_with("chat-api", &settings(&base_url), &options(LONG));
    let call = GetQrCode {};
    let (failure, empty) = (
        last(r#"{"error":"Instance is already authenticated"}"#),
        last("{}"),
    );
    let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&failure]));
    assert_what(&opened.unwrap_err(), Kind::Rejected, Delivery::NotSent);

    let (opened, _stream) = tokio::join!(client.download(&call), give(&listener, [&empty]));
    assert_what(&opened.unwrap_err(), Kind::Protocol, Delivery::Unknown);
}

#[tokio::test]
async fn what_the_gateway_keeps_to_itself_is_not_called() {
    let client = tujenge(&nobody().await, LONG);
    let error = client
        .call(Method::GET, "/v1/users/login", None)
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Unsupported, Delivery::NotSent)
    );
    assert!(error.attempts().is_empty());
    let allowed = client
        .call(Method::GET, "/v1/settings/profile/about", None)
        .await;
    assert_what(&allowed.unwrap_err(), Kind::Connect, Delivery::NotSent);
}

//! Tujenge: files, up and down.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};
use support::Bench;
use support::tujenge::{call, raw_call, receive, refusal};

const MEDIA: &str = "/v1/media";
const MEGABYTE: usize = 1024 * 1024;

/// The id of an uploaded file.
async fn upload(bench: &Bench, mime_type: &str, bytes: impl Into<Bytes>) -> String {
    let answer = raw_call(bench, Method::POST, MEDIA, mime_type, bytes).await;
    assert_eq!(answer.status, 200, "{mime_type}: {}", answer.body);
    answer.json()["media"][0]["id"].as_str().unwrap().to_owned()
}

fn path(id: &str) -> String {
    format!("{MEDIA}/{id}")
}

#[tokio::test]
async fn a_file_is_there_until_it_is_deleted() {
    let bench = Bench::start().await;
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let id = upload(&bench, "audio/ogg; codecs=opus", bytes.clone()).await;
    let other = upload(&bench, "text/plain", "other").await;
    assert_ne!(id, other);
    for _ in 0..2 {
        let answer = call(&bench, Method::GET, &path(&id)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["content-type"], "audio/ogg; codecs=opus");
        assert_eq!(answer.headers["content-length"], "100000");
        assert!(answer.bytes == bytes);
    }
    let deleted = call(&bench, Method::DELETE, &path(&id)).await;
    assert_eq!(
        (deleted.status.as_u16(), deleted.body.as_str()),
        (200, "{}")
    );
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(
            refusal(&call(&bench, method, &path(&id)).await),
            (404, 1006)
        );
    }
    assert_eq!(call(&bench, Method::GET, &path(&other)).await.body, "other");
}

#[tokio::test]
async fn a_large_file_goes_through_the_disk_and_comes_back_whole() {
    let bench = Bench::start().await;
    // A period that is no power of two: a chunk in a wrong place is seen.
    let bytes: Bytes = (0..=250)
        .cycle()
        .take(20 * MEGABYTE)
        .collect::<Vec<u8>>()
        .into();
    let id = upload(&bench, "application/zip", bytes.clone()).await;
    let answer = call(&bench, Method::GET, &path(&id)).await;
    assert_eq!(
        answer.headers["content-length"],
        (20 * MEGABYTE).to_string()
    );
    assert!(answer.bytes == bytes);
}

#[tokio::test]
async fn each_type_has_its_largest_file() {
    let bench = Bench::start().await;
    for (mime_type, most) in [
        ("image/jpeg", 5 * MEGABYTE),
        ("image/PNG", 5 * MEGABYTE),
        ("image/webp", 100 * 1024),
        ("audio/aac", 16 * MEGABYTE),
        ("audio/mp4", 16 * MEGABYTE),
        ("audio/amr", 16 * MEGABYTE),
        ("audio/mpeg", 16 * MEGABYTE),
        ("audio/ogg;codecs=\"opus\"", 16 * MEGABYTE),
        ("video/mp4", 16 * MEGABYTE),
        ("video/3gpp", 16 * MEGABYTE),
        ("application/pdf", 100 * MEGABYTE),
        ("text/csv; charset=utf-8", 100 * MEGABYTE),
    ] {
        let bytes = Bytes::from(vec![0; most + 1]);
        let id = upload(&bench, mime_type, bytes.slice(..most)).await;
        call(&bench, Method::DELETE, &path(&id)).await;
        let answer = raw_call(&bench, Method::POST, MEDIA, mime_type, bytes).await;
        if most == 100 * MEGABYTE {
            assert_eq!(answer.status, 413, "{mime_type}");
        } else {
            assert_eq!(refusal(&answer), (400, 1009), "{mime_type}");
        }
    }
}

#[tokio::test]
async fn an_upload_is_refused_with_its_code() {
    let bench = Bench::start().await;
    for (mime_type, body, refused) in [
        ("audio/ogg", "x", (500, 1000)),
        ("audio/ogg; codecs=vorbis", "x", (500, 1000)),
        ("picture", "x", (400, 1009)),
        ("", "x", (400, 1009)),
        ("multipart/form-data; boundary=b", "x", (400, 1009)),
        ("image/jpeg", "", (400, 1008)),
    ] {
        let answer = raw_call(&bench, Method::POST, MEDIA, mime_type, body).await;
        assert_eq!(refusal(&answer), refused, "{mime_type}");
    }
    let key = [("WA-API-KEY", "sandbox-key")];
    let untyped = bench
        .try_call(Method::POST, "/tujenge/v1/media", &key, "x")
        .await
        .unwrap();
    assert_eq!(refusal(&untyped), (400, 1008));
}

#[tokio::test]
async fn the_files_of_incoming_messages_can_be_fetched() {
    let bench = Bench::start().await;
    for (kind, media, mime_type, start) in [
        ("image", json!({}), "image/jpeg", &b"\xff\xd8\xff"[..]),
        (
            "image",
            json!({"mime_type": "image/png"}),
            "image/png",
            b"\x89PNG",
        ),
        ("voice", json!({}), "audio/ogg; codecs=opus", b"OggS"),
        ("video", json!({}), "video/mp4", b"\0\0\0\x18ftyp"),
        ("sticker", json!({}), "image/webp", b"RIFF"),
        (
            "document",
            json!({"id": "given/id"}),
            "application/pdf",
            b"%PDF",
        ),
        (
            "document",
            json!({"mime_type": "text/csv"}),
            "text/csv",
            b"a file",
        ),
    ] {
        let message = json!({"from": "255712345678", "type": kind, kind: media});
        let posted = receive(&bench, &message).await;
        let told: &Value = &posted["messages"][0][kind];
        assert_eq!(told["mime_type"], mime_type);
        let hash = told["sha256"].as_str().unwrap().to_owned();
        let id = told["id"].as_str().unwrap().replace('/', "%2F");
        let answer = call(&bench, Method::GET, &path(&id)).await;
        assert_eq!(answer.status, 200, "{kind}");
        assert_eq!(answer.headers["content-type"], mime_type);
        assert_eq!(
            answer.headers["content-length"],
            answer.bytes.len().to_string()
        );
        assert!(answer.bytes.starts_with(start), "{kind}");
        if mime_type == "text/csv" {
            assert_eq!(answer.body, "a file of the sandbox\n");
            // As sha256sum has it.
            assert_eq!(
                hash,
                "2813ed632e3a8a24610f0002d92fb451d6bb231a5e4bc7b4cfe29eeb592d81af"
            );
        }
        assert_eq!(call(&bench, Method::DELETE, &path(&id)).await.status, 200);
        assert_eq!(call(&bench, Method::GET, &path(&id)).await.status, 404);
    }
}

#[tokio::test]
async fn the_oldest_of_many_files_goes() {
    let bench = Bench::start().await;
    let first = upload(&bench, "text/plain", "first").await;
    for _ in 1..256 {
        upload(&bench, "text/plain", "x").await;
    }
    assert_eq!(call(&bench, Method::GET, &path(&first)).await.status, 200);
    upload(&bench, "text/plain", "one more").await;
    assert_eq!(call(&bench, Method::GET, &path(&first)).await.status, 404);
}

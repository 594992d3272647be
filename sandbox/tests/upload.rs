//! Files that travel in the body of chat-api's calls.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Value, json};
use support::{Bench, chat_api};

const FORM: &str = "multipart/form-data; boundary=boundary-7";

/// A field of a form; a file where it has a name and a type.
struct Field<'a> {
    name: &'a str,
    file: Option<(&'a str, &'a str)>,
    value: &'a [u8],
}

fn text<'a>(name: &'a str, value: &'a str) -> Field<'a> {
    Field {
        name,
        file: None,
        value: value.as_bytes(),
    }
}

/// The form as bytes (RFC 7578).
fn form(fields: &[Field<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in fields {
        let head = match field.file {
            None => format!("form-data; name=\"{}\"\r\n", field.name),
            Some((filename, kind)) => format!(
                "form-data; name=\"{}\"; filename=\"{filename}\"\r\nContent-Type: {kind}\r\n",
                field.name
            ),
        };
        bytes.extend(format!("--boundary-7\r\nContent-Disposition: {head}\r\n").bytes());
        bytes.extend(field.value);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"--boundary-7--\r\n");
    bytes
}

async fn post(bench: &Bench, method: &str, kind: &str, body: Vec<u8>) -> Value {
    let headers = [("Content-Type", kind)];
    let answer = bench
        .try_call(Method::POST, &chat_api(method), &headers, body)
        .await
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// Every byte there is, the line ends among them.
fn bytes() -> Vec<u8> {
    (0..=255).chain(*b"\r\n--boundary\r\n").collect()
}

#[tokio::test]
async fn a_form_is_kept_with_its_file() {
    let bench = Bench::start().await;
    let bytes = bytes();
    let file = Field {
        name: "body",
        file: Some(("cover.jpg", "image/jpeg")),
        value: &bytes,
    };
    let fields = [
        text("chatId", "17472822486@c.us"),
        text("filename", "я.jpg"),
        file,
        text("caption", "c"),
    ];
    let answer = post(&bench, "sendFile", FORM, form(&fields)).await;
    assert_eq!(answer["sent"], true, "{answer}");
    let kept = &bench.sandbox.messages()[0];
    assert_eq!(kept.to, "17472822486@c.us");
    assert_eq!(
        kept.body,
        json!({
            "chatId": "17472822486@c.us",
            "filename": "я.jpg",
            "body": {
                "filename": "cover.jpg",
                "content_type": "image/jpeg",
                "size": bytes.len(),
                "base64": STANDARD.encode(&bytes),
            },
            "caption": "c",
        })
    );
}

#[tokio::test]
async fn a_form_may_name_a_link_too() {
    let bench = Bench::start().await;
    let fields = [
        text("phone", "17472822486"),
        text("body", "https://upload.example/cover.jpg"),
        text("filename", "cover.jpg"),
    ];
    let answer = post(&bench, "sendFile", FORM, form(&fields)).await;
    assert_eq!(answer["sent"], true, "{answer}");
}

#[tokio::test]
async fn forms_that_say_too_little_are_refused() {
    let bench = Bench::start().await;
    let file = |value| Field {
        name: "body",
        file: Some(("cover.jpg", "image/jpeg")),
        value,
    };
    let phone = || text("phone", "17472822486");
    let name = || text("filename", "cover.jpg");
    let good = form(&[phone(), name(), file(b"x")]);
    let cut = good[..good.len() - 20].to_vec();
    for (method, kind, body) in [
        ("sendFile", FORM, form(&[phone(), name()])),
        ("sendFile", FORM, form(&[phone(), file(b"x")])),
        ("sendFile", FORM, form(&[name(), file(b"x")])),
        ("sendFile", FORM, form(&[phone(), name(), file(b"")])),
        (
            "sendFile",
            FORM,
            form(&[phone(), name(), text("body", "a")]),
        ),
        (
            "sendFile",
            FORM,
            form(&[phone(), name(), file(b"x"), text("to", "1")]),
        ),
        ("sendFile", FORM, cut),
        ("sendFile", "multipart/form-data", good.clone()),
        // Only the page's file input is a form.
        ("sendMessage", FORM, form(&[phone(), text("body", "b")])),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let answer = post(&bench, method, kind, body).await;
        assert_eq!(answer["sent"], false, "{method} {shown}");
    }
    assert_eq!(post(&bench, "sendFile", FORM, good).await["sent"], true);
    // A document cannot pretend to be a form.
    let body = json!({"size": 1, "base64": "eA=="});
    let pretended = json!({"phone": "17472822486", "filename": "f", "body": body});
    let answer = bench.post(&chat_api("sendFile"), &pretended).await.json();
    assert_eq!(answer["sent"], false);
}

#[tokio::test]
async fn files_may_have_more_than_a_mebibyte() {
    let bench = Bench::start().await;
    let bytes = vec![b'x'; 3 * 1024 * 1024];
    let uri = format!("data:image/png;base64,{}", STANDARD.encode(&bytes));
    let document = json!({"phone": "17472822486", "filename": "f.png", "body": uri});
    let answer = bench.post(&chat_api("sendFile"), &document).await.json();
    assert_eq!(answer["sent"], true);
    let headers = [("Content-Type", "application/json")];
    let too_large = vec![b' '; 32 * 1024 * 1024 + 1];
    let answer = bench
        .try_call(Method::POST, &chat_api("sendFile"), &headers, too_large)
        .await
        .unwrap();
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("32 MiB"), "{}", answer.body);
}

#[tokio::test]
async fn a_voice_message_is_an_ogg_file() {
    let bench = Bench::start().await;
    let ogg = STANDARD.encode(b"OggS\0\x02");
    let png = STANDARD.encode(b"\x89PNG");
    for (audio, is_sent) in [
        (ogg.clone(), true),
        (format!("data:audio/ogg;base64,{ogg}"), true),
        (png.clone(), false),
        (format!("data:image/png;base64,{png}"), false),
        (format!("data:audio/oggle;base64,{ogg}"), false),
        ("T2dnUw==".to_owned(), true),
        ("OggS".to_owned(), false),
    ] {
        let body = json!({"phone": "17472822486", "audio": audio});
        let answer = bench.post(&chat_api("sendPTT"), &body).await.json();
        assert_eq!(answer["sent"], is_sent, "{audio}");
    }
}

//! Calls of Tujenge beside sending.

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use super::{Answer, Bench};

/// A JSON call below the base URL.
pub async fn json_call(bench: &Bench, method: Method, path: &str, body: &Value) -> Answer {
    raw_call(bench, method, path, "application/json", body.to_string()).await
}

/// A call with a body of any type below the base URL.
pub async fn raw_call(
    bench: &Bench,
    method: Method,
    path: &str,
    content_type: &str,
    body: impl Into<Bytes>,
) -> Answer {
    let headers = [
        ("WA-API-KEY", "sandbox-key"),
        ("Content-Type", content_type),
    ];
    bench
        .try_call(method, &format!("/tujenge{path}"), &headers, body)
        .await
        .unwrap()
}

/// A call without a body below the base URL.
pub async fn call(bench: &Bench, method: Method, path: &str) -> Answer {
    bench.call(method, &format!("/tujenge{path}")).await
}

/// The document of a call that succeeds without a body.
pub async fn get(bench: &Bench, path: &str) -> Value {
    let answer = call(bench, Method::GET, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

/// A JSON call that succeeds and has nothing to say.
pub async fn does(bench: &Bench, method: Method, path: &str, body: &Value) {
    let answer = json_call(bench, method, path, body).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_str()),
        (200, "{}"),
        "{path} {body}"
    );
}

/// The HTTP status and the first code of a refusal in the upstream's shape.
pub fn refusal(answer: &Answer) -> (u16, u64) {
    let document = answer.json();
    assert_eq!(document["meta"]["api_status"], "stable", "{}", answer.body);
    let error = &document["errors"][0];
    assert!(!error["title"].as_str().unwrap().is_empty());
    (answer.status.as_u16(), error["code"].as_u64().unwrap())
}

/// The refusal of a JSON call.
pub async fn refused(bench: &Bench, method: Method, path: &str, body: &Value) -> (u16, u64) {
    refusal(&json_call(bench, method, path, body).await)
}

/// A message of a person, told to nobody; what the webhook would hear.
pub async fn receive(bench: &Bench, message: &Value) -> Value {
    let mut request = message.clone();
    request["gateway"] = "tujenge".into();
    // Nothing listens on the first port.
    request["url"] = "http://127.0.0.1:1/".into();
    let answer = bench.post("/_sandbox/incoming", &request).await;
    assert_eq!(answer.status, 200, "{request}: {}", answer.body);
    answer.json()["posted"].clone()
}

/// The first bytes of a PNG file of that size in pixels.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\0\0\0\0\0\0\0\0\xff\xfe");
    bytes
}

/// The first bytes of a JPEG file of that size in pixels.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes =
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x0b\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x01\x01\x11\0\xff\xd9");
    bytes
}

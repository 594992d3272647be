//! Fault scripts for calls of a path, in the middle of a request, and in the middle of an answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Value, json};
use support::tujenge::{call, does, get, raw_call};
use support::{Bench, DEVINO_V1, TUJENGE, chat_api, devino_v1, tujenge};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wamux_sandbox::{Fault, FaultKind};

const ABOUT: &str = "/v1/settings/profile/about";

async fn upload(bench: &Bench, bytes: Vec<u8>) -> String {
    let answer = raw_call(bench, Method::POST, "/v1/media", "text/plain", bytes).await;
    answer.json()["media"][0]["id"].as_str().unwrap().to_owned()
}

/// Sends a request whose body is shorter than promised, over a connection of its own, and reads to its end.
async fn raw_answer(bench: &Bench, head: &str, body: &[u8]) -> Vec<u8> {
    let address = bench.sandbox.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("{head} HTTP/1.1\r\nHost: a\r\nWA-API-KEY: sandbox-key\r\n");
    let length = format!(
        "Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        1_000_000
    );
    let length = if body.is_empty() { "\r\n" } else { &length };
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(length.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    // A reset is an end too: the sandbox does not read what it does not want.
    let _ = tokio::time::timeout(Duration::from_secs(5), reading)
        .await
        .expect("the connection ends");
    answer
}

async fn pending(bench: &Bench) -> usize {
    let faults = bench.call(Method::GET, "/_sandbox/faults").await.json();
    faults["faults"].as_array().unwrap().len()
}

async fn last_call(bench: &Bench) -> Value {
    let calls = bench.call(Method::GET, "/_sandbox/calls").await.json();
    calls.as_array().unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn a_script_with_a_path_waits_for_a_call_of_it() {
    let bench = Bench::start().await;
    let script = |kind| Fault::new(kind).path("/v1/settings").accepts(false);
    bench.sandbox.inject(script(FaultKind::Cut)).unwrap();
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504).gateway("tujenge"))
        .unwrap();
    // A call of another path, which does not send, meets neither.
    get(&bench, "/v1/groups").await;
    // A call that sends meets the script without a path.
    let send = tujenge(&json!({"text": {"body": "t"}}));
    assert_eq!(bench.post(TUJENGE, &send).await.status, 504);
    assert_eq!(bench.post(TUJENGE, &send).await.status, 200);
    assert_eq!(pending(&bench).await, 1);
    let headers = [
        ("WA-API-KEY", "sandbox-key"),
        ("Content-Type", "application/json"),
    ];
    let path = format!("/tujenge{ABOUT}");
    let update = || bench.try_call(Method::PATCH, &path, &headers, r#"{"text": "new"}"#);
    update().await.map(|answer| answer.status).unwrap_err();
    let struck = last_call(&bench).await;
    assert_eq!(
        (&struck["fault"], struck.get("status")),
        (&json!("cut"), None)
    );
    let about = async || get(&bench, ABOUT).await["settings"]["profile"]["about"]["text"].clone();
    assert_eq!(about().await, "");
    // Done, though the answer is lost.
    bench
        .sandbox
        .inject(script(FaultKind::Cut).accepts(true))
        .unwrap();
    update().await.map(|answer| answer.status).unwrap_err();
    assert_eq!(last_call(&bench).await["status"], 200);
    assert_eq!(about().await, "new");
    assert_eq!(bench.sandbox.counts().requests, 2, "only two calls send");
}

#[tokio::test]
async fn every_fault_of_a_call_strikes_calls_of_a_path() {
    let bench = Bench::start().await;
    let inject = |fault: Fault| bench.sandbox.inject(fault.path("/v1/groups")).unwrap();
    inject(Fault::new(FaultKind::Delay).seconds(0.2));
    let start = Instant::now();
    get(&bench, "/v1/groups").await;
    assert!(start.elapsed() >= Duration::from_millis(200));
    inject(Fault::new(FaultKind::Html504));
    let answer = call(&bench, Method::GET, "/v1/groups").await;
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["content-type"]),
        (504, &"text/html".parse().unwrap())
    );
    inject(Fault::new(FaultKind::RateLimited).retry_after(3));
    let answer = call(&bench, Method::GET, "/v1/groups").await;
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["retry-after"]),
        (429, &"3".parse().unwrap())
    );
    assert_eq!(answer.json()["errors"][0]["code"], 1015);
    inject(Fault::new(FaultKind::Truncated));
    let path = "/tujenge/v1/groups";
    let headers = [("WA-API-KEY", "sandbox-key")];
    bench
        .try_call(Method::GET, path, &headers, "")
        .await
        .map(|answer| answer.status)
        .unwrap_err();
    get(&bench, "/v1/groups").await;
    // Other gateways know paths as well.
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504).path("/instance1/status"))
        .unwrap();
    assert_eq!(
        bench.call(Method::GET, &chat_api("status")).await.status,
        504
    );
    assert_eq!(
        bench.call(Method::GET, &chat_api("status")).await.status,
        200
    );
}

#[tokio::test]
async fn a_download_ends_after_some_bytes() {
    let bench = Bench::start().await;
    let bytes: Vec<u8> = (0..=250).cycle().take(1_000_000).collect();
    let path = format!("/v1/media/{}", upload(&bench, bytes.clone()).await);
    let truncated = || Fault::new(FaultKind::Truncated).path("/v1/media/");
    for (fault, come) in [
        (truncated(), 500_000),
        (truncated().after_bytes(300_000), 300_000),
        (truncated().after_bytes(0), 0),
    ] {
        bench.sandbox.inject(fault).unwrap();
        let answer = raw_answer(&bench, &format!("GET /tujenge{path}"), b"").await;
        let end = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap()
            + 4;
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        assert!(
            head.contains("200 ok") && head.contains("content-length: 1000000"),
            "{head}"
        );
        assert!(
            answer[end..] == bytes[..come],
            "{} bytes came",
            answer.len() - end
        );
    }
    assert!(call(&bench, Method::GET, &path).await.bytes == bytes);
}

#[tokio::test]
async fn an_upload_is_cut_while_it_comes() {
    let bench = Bench::start().await;
    let cut = || Fault::new(FaultKind::Cut).after_bytes(1000);
    // The client promises more than it sends: only a cut ends the connection.
    bench.sandbox.inject(cut().path("/v1/media")).unwrap();
    let answer = raw_answer(&bench, "POST /tujenge/v1/media", &[b'x'; 1000]).await;
    assert!(answer.is_empty());
    let struck = last_call(&bench).await;
    assert_eq!(
        (&struck["path"], &struck["fault"]),
        (&json!("/tujenge/v1/media"), &json!("cut"))
    );
    assert!(struck.get("status").is_none());
    // A body that is shorter is cut at its end, and calls that send are cut too.
    bench.sandbox.inject(cut().gateway("devino-v1")).unwrap();
    let body = devino_v1(&json!({}));
    bench
        .try_post(DEVINO_V1, &body)
        .await
        .map(|answer| answer.status)
        .unwrap_err();
    assert_eq!(
        bench.sandbox.counts().requests,
        0,
        "the request was not read"
    );
    assert_eq!(bench.post(DEVINO_V1, &body).await.status, 200);
    assert_eq!(bench.accepted(), 1);
    upload(&bench, b"whole".to_vec()).await;
}

#[tokio::test]
async fn a_cut_in_the_body_that_comes_late_accepts_nothing() {
    let bench = Bench::start().await;
    let address = bench.sandbox.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let body = devino_v1(&json!({})).to_string();
    let head = format!(
        "POST {DEVINO_V1} HTTP/1.1\r\nHost: a\r\nAuthorization: Key sandbox-key\r\n\
         Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The sandbox says so when it begins to read the body.
    let expected = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, expected);
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Cut).after_bytes(1))
        .unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(5), reading)
        .await
        .expect("the connection ends");
    assert!(answer.is_empty());
    assert_eq!((bench.accepted(), pending(&bench).await), (0, 0));
    let struck = last_call(&bench).await;
    assert_eq!(
        (&struck["fault"], struck.get("status")),
        (&json!("cut"), None)
    );
}

#[tokio::test]
async fn an_older_script_goes_first() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504).path("/v1"))
        .unwrap();
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Cut).path("/v1").after_bytes(0))
        .unwrap();
    assert_eq!(call(&bench, Method::GET, ABOUT).await.status, 504);
    let headers = [("WA-API-KEY", "sandbox-key")];
    let answer = bench
        .try_call(Method::GET, &format!("/tujenge{ABOUT}"), &headers, "")
        .await;
    answer.map(|answer| answer.status).unwrap_err();
    does(&bench, Method::PATCH, ABOUT, &json!({"text": "t"})).await;
}

#[tokio::test]
async fn refusing_shuts_these_calls_out_too() {
    let bench = Bench::start().await;
    get(&bench, ABOUT).await;
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Refuse).seconds(0.2))
        .unwrap();
    let headers = [("WA-API-KEY", "sandbox-key")];
    let path = format!("/tujenge{ABOUT}");
    let mut tries = 0;
    while bench
        .try_call(Method::GET, &path, &headers, "")
        .await
        .is_err()
    {
        tries += 1;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(tries > 0);
}

#[tokio::test]
async fn scripts_that_cannot_be_followed_are_refused() {
    let bench = Bench::start().await;
    for (script, start) in [
        (
            json!({"fault": "cut", "path": "v1/media"}),
            "path: must begin",
        ),
        (
            json!({"fault": "refuse", "path": "/v1"}),
            "path: this fault",
        ),
        (
            json!({"fault": "reversed_callbacks", "path": "/v1"}),
            "path: this fault",
        ),
        (
            json!({"fault": "empty_page", "path": "/instance1"}),
            "path: this fault",
        ),
        (
            json!({"fault": "delay", "after_bytes": 1}),
            "after_bytes: goes",
        ),
        (
            json!({"fault": "cut", "after_bytes": 1, "accepts": true}),
            "accepts: a call",
        ),
        (
            json!({"fault": "cut", "after_bytes": -1}),
            "the body cannot be read",
        ),
    ] {
        let answer = bench.post("/_sandbox/faults", &script).await;
        assert_eq!(answer.status, 400, "{script}");
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with(start), "{error}");
    }
    let script = json!({"fault": "cut", "path": "/v1/media", "count": 2, "after_bytes": 5});
    let answer = bench.post("/_sandbox/faults", &script).await;
    assert_eq!(answer.json()["faults"], json!([script]));
}

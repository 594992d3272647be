//! Fault scripts, as a client sees them, and the sandbox's own count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::io;
use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Value, json};
use support::{
    Bench, CHAT_API, DEVINO_V1, DEVINO_V2, RAPPORTO, TUJENGE, devino_v1, devino_v2, rapporto,
    tujenge,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wamux_sandbox::{Counts, Fault, FaultKind};

/// One good message for each gateway.
fn sends() -> [(&'static str, &'static str, Value); 5] {
    [
        ("devino-v1", DEVINO_V1, devino_v1(&json!({}))),
        (
            "devino-v2",
            DEVINO_V2,
            devino_v2(&json!({"text": {"body": "t"}})),
        ),
        ("rapporto", RAPPORTO, rapporto(&json!({}), &json!({}))),
        ("tujenge", TUJENGE, tujenge(&json!({"text": {"body": "t"}}))),
        (
            "chat-api",
            CHAT_API,
            json!({"phone": "17472822486", "body": "b"}),
        ),
    ]
}

async fn connect(bench: &Bench) -> io::Result<TcpStream> {
    TcpStream::connect(bench.sandbox.url().strip_prefix("http://").unwrap()).await
}

fn raw_request() -> Vec<u8> {
    let body = devino_v1(&json!({})).to_string();
    let length = body.len();
    format!(
        "POST {DEVINO_V1} HTTP/1.1\r\nHost: a\r\nAuthorization: Key sandbox-key\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Sends one message over a connection of its own and reads to its end.
async fn raw_answer(bench: &Bench) -> String {
    let mut stream = connect(bench).await.unwrap();
    stream.write_all(&raw_request()).await.unwrap();
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(5), reading)
        .await
        .expect("the connection ends")
        .unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_cut_ends_the_connection_before_any_byte() {
    let bench = Bench::start().await;
    for (accepts, accepted) in [(None, 1), (Some(false), 1), (Some(true), 2)] {
        let mut fault = Fault::new(FaultKind::Cut);
        fault.accepts = accepts;
        bench.sandbox.inject(fault).unwrap();
        assert_eq!(raw_answer(&bench).await, "");
        assert_eq!(bench.accepted(), accepted);
    }
    assert_eq!(bench.sandbox.counts().requests, 3);
    let message = devino_v1(&json!({}));
    assert_eq!(
        bench.post(DEVINO_V1, &message).await.status,
        200,
        "the script is used up"
    );
}

#[tokio::test]
async fn a_truncated_answer_promises_more_than_comes() {
    let bench = Bench::start().await;
    for (accepts, accepted) in [(true, 1), (false, 1)] {
        let fault = Fault::new(FaultKind::Truncated).accepts(accepts);
        bench.sandbox.inject(fault).unwrap();
        let answer = raw_answer(&bench).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK"));
        let length = head
            .to_ascii_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok())
            .unwrap();
        assert_eq!(body.len(), length / 2);
        assert!(body.starts_with(if accepts { "{\"result\":[{" } else { "{" }));
        assert_eq!(bench.accepted(), accepted);
    }
}

#[tokio::test]
async fn a_504_is_html_and_the_message_is_accepted_all_the_same() {
    let bench = Bench::start().await;
    for (index, (_, path, message)) in sends().into_iter().enumerate() {
        bench
            .sandbox
            .inject(Fault::new(FaultKind::Html504))
            .unwrap();
        let answer = bench.post(path, &message).await;
        assert_eq!(answer.status, 504);
        assert_eq!(answer.headers["content-type"], "text/html");
        assert!(answer.body.starts_with("<html>"));
        assert_eq!(bench.accepted(), index as u64 + 1);
    }
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504).accepts(false))
        .unwrap();
    assert_eq!(
        bench.post(DEVINO_V1, &devino_v1(&json!({}))).await.status,
        504
    );
    assert_eq!(
        bench.sandbox.counts(),
        Counts {
            requests: 6,
            accepted: 5
        }
    );
}

#[tokio::test]
async fn rate_limited_says_when_to_come_back_and_accepts_nothing() {
    let bench = Bench::start().await;
    for (gateway, path, message) in sends() {
        let fault = Fault::new(FaultKind::RateLimited)
            .gateway(gateway)
            .count(2)
            .retry_after(7);
        bench.sandbox.inject(fault).unwrap();
        for _ in 0..2 {
            let answer = bench.post(path, &message).await;
            assert_eq!(answer.status, 429);
            assert_eq!(answer.headers["retry-after"], "7");
            match gateway {
                "rapporto" => assert_eq!(answer.json()["error"]["code"], 3),
                "tujenge" => assert_eq!(answer.json()["errors"][0]["code"], 1015),
                _ => assert!(answer.json().is_object()),
            }
        }
        assert_eq!(bench.post(path, &message).await.status, 200);
    }
    assert_eq!(
        bench.sandbox.counts(),
        Counts {
            requests: 15,
            accepted: 5
        }
    );
}

#[tokio::test]
async fn a_script_strikes_its_gateway_alone_and_no_other_call() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504).gateway("devino-v2"))
        .unwrap();
    for (gateway, path, message) in sends() {
        let expected = if gateway == "devino-v2" { 504 } else { 200 };
        assert_eq!(
            bench.post(path, &message).await.status,
            expected,
            "{gateway}"
        );
    }
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Html504))
        .unwrap();
    let webhook = json!({"url": "http://127.0.0.1:1/"});
    let answer = bench.post("/tujenge/v1/configs/webhook", &webhook).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        bench.call(Method::GET, "/_sandbox/messages").await.status,
        200
    );
    assert_eq!(
        bench.post(DEVINO_V1, &devino_v1(&json!({}))).await.status,
        504
    );
}

#[tokio::test]
async fn a_delay_accepts_at_once_or_at_its_end() {
    let bench = Bench::start().await;
    let message = devino_v1(&json!({}));
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Delay).seconds(0.3))
        .unwrap();
    let start = Instant::now();
    assert_eq!(bench.post(DEVINO_V1, &message).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(bench.accepted(), 1);

    // A client that gives up: accepted all the same, or not at all.
    for (accepts, accepted) in [(true, 2), (false, 2)] {
        let fault = Fault::new(FaultKind::Delay).seconds(0.5).accepts(accepts);
        bench.sandbox.inject(fault).unwrap();
        let requests = bench.sandbox.counts().requests;
        let mut stream = connect(&bench).await.unwrap();
        stream.write_all(&raw_request()).await.unwrap();
        while bench.sandbox.counts().requests == requests {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(stream);
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(bench.accepted(), accepted);
    }
}

#[tokio::test]
async fn refused_connections_recover_on_the_same_port() {
    let bench = Bench::start().await;
    let mut used = connect(&bench).await.unwrap();
    used.write_all(&raw_request()).await.unwrap();
    let mut answer = [0; 12];
    used.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let mut fresh = connect(&bench).await.unwrap();
    // The sandbox has taken the fresh connection when it answers on a later one.
    bench.call(Method::GET, "/_sandbox").await;

    let start = Instant::now();
    bench
        .sandbox
        .inject(Fault::new(FaultKind::Refuse).seconds(1.0))
        .unwrap();
    let error = connect(&bench).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    let mut rest = Vec::new();
    for stream in [&mut used, &mut fresh] {
        let reading = stream.read_to_end(&mut rest);
        tokio::time::timeout(Duration::from_secs(5), reading)
            .await
            .expect("idle connections are closed")
            .unwrap();
    }
    loop {
        match connect(&bench).await {
            Ok(_) => break,
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused),
        }
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "the port never came back"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(start.elapsed() >= Duration::from_millis(990));
    assert_eq!(
        bench.post(DEVINO_V1, &devino_v1(&json!({}))).await.status,
        200
    );
    assert_eq!(
        bench.sandbox.counts(),
        Counts {
            requests: 2,
            accepted: 2
        }
    );
}

#[tokio::test]
async fn a_refusal_asked_for_over_http_is_answered_first() {
    let bench = Bench::start().await;
    let script = json!({"fault": "refuse", "seconds": 2});
    let answer = bench.post("/_sandbox/faults", &script).await;
    assert_eq!(answer.status, 200);
    let error = connect(&bench).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn scripts_over_http_are_listed_taken_back_and_checked() {
    let bench = Bench::start().await;
    let script = json!({"fault": "html_504", "gateway": "rapporto", "count": 2, "accepts": true});
    let answer = bench.post("/_sandbox/faults", &script).await;
    assert_eq!(answer.json(), json!({"faults": [script]}));
    let listed = bench.call(Method::GET, "/_sandbox/faults").await.json();
    assert_eq!(listed, json!({"faults": [script]}));
    let cleared = bench.call(Method::DELETE, "/_sandbox/faults").await.json();
    assert_eq!(cleared, json!({"faults": []}));
    let message = rapporto(&json!({}), &json!({}));
    assert_eq!(bench.post(RAPPORTO, &message).await.status, 200);
    for bad in [
        json!({}),
        json!({"fault": "explode"}),
        json!({"fault": "cut", "count": 0}),
        json!({"fault": "cut", "gateway": "devino"}),
        json!({"fault": "delay", "seconds": -1}),
        json!({"fault": "delay", "seconds": 3601}),
        json!({"fault": "refuse", "gateway": "rapporto"}),
        json!({"fault": "cut", "times": 1}),
    ] {
        let answer = bench.post("/_sandbox/faults", &bad).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["error"].is_string());
    }
}

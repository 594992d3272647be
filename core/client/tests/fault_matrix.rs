//! `tests/faults/matrix.json`: every fault with every gateway, what the client says of it, and what the sandbox has.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fmt::Display;

use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use support::{LONG, UNRESOLVED, client_with, gateways, listener, message, read_request};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpSocket;
use wamux::{Attempt, Options, set_by_name};
use wamux_sandbox::{Fault, Sandbox};

/// How many of its cells run at once: most of them wait for a retry.
const AT_ONCE: usize = 32;

/// An address at which nothing listens, and nothing else will as long as the socket lives.
fn nobody() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    (socket, address)
}

/// A proxy that lets nobody in.
async fn refusal() -> String {
    let (listener, address) = listener("http").await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if read_request(&mut stream).await.is_some() {
                let refusal =
                    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(refusal).await.unwrap();
            }
        }
    });
    address
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn told(kind: Option<impl Display>, delivery: Option<impl Display>) -> String {
    match (kind, delivery) {
        (Some(kind), Some(delivery)) => format!("{kind} {delivery}"),
        _ => "accepted".to_owned(),
    }
}

fn attempts(attempts: &[Attempt]) -> Vec<String> {
    attempts
        .iter()
        .map(|attempt| {
            told(
                attempt.kind.map(wamux::Kind::as_str),
                attempt.delivery.map(wamux::Delivery::as_str),
            )
        })
        .collect()
}

/// What one row comes to with one gateway, with the row's own names.
async fn cell(row: &Value, gateway: &str) -> Value {
    let sandbox = Sandbox::start(wamux_sandbox::Options {
        rapporto_deduplicates: row["sandbox"]["rapporto_deduplicates"] == true,
        ..wamux_sandbox::Options::default()
    })
    .await
    .unwrap();
    let (_nobody, nobody) = nobody();
    let (_silence, silence) = listener("http").await;
    let base_url = sandbox.base_url(gateway).unwrap();
    let secure = |address: &str| address.replace("http:", "https:");
    let base_url = match (row["at"].as_str(), row["through"].as_str()) {
        (None, None) => base_url,
        (Some("nobody"), _) => nobody.clone(),
        (Some("unknown_name"), _) => format!("https://{UNRESOLVED}.invalid"),
        (Some("plain_text"), _) => secure(&base_url),
        (Some("silence"), _) => secure(&silence),
        (None, Some(_)) => "https://gateway.invalid".to_owned(),
        (at, _) => panic!("{at:?}"),
    };
    let mut settings = support::settings(&base_url);
    let mut options = Options {
        timeout: LONG,
        retries: 2,
        ..Options::default()
    };
    let proxy = match row["through"].as_str() {
        None => None,
        Some("nobody") => Some(nobody),
        Some("socks_nobody") => Some(nobody.replace("http:", "socks5h:")),
        Some("silence") => Some(silence),
        Some("refusal") => Some(refusal().await),
        Some(through) => panic!("{through}"),
    };
    if let Some(proxy) = proxy {
        options.set("proxy", &proxy).unwrap();
    }
    for (name, value) in row["settings"].as_object().into_iter().flatten() {
        set_by_name(&mut settings, &mut options, name, &text(value)).unwrap();
    }
    for fault in row["faults"].as_array().into_iter().flatten() {
        let fault: Fault = serde_json::from_value(fault.clone()).unwrap();
        sandbox.inject(fault).unwrap();
    }
    let mut message = message();
    if let Some(to) = row["to"].as_str() {
        message.to = to.to_owned();
    }
    let result = client_with(gateway, &settings, &options)
        .send(&message)
        .await;
    let (outcome, attempts) = match &result {
        Ok(receipt) => ("accepted".to_owned(), attempts(&receipt.attempts)),
        Err(error) => (
            told(Some(error.kind().as_str()), Some(error.delivery().as_str())),
            attempts(error.attempts()),
        ),
    };
    let counts = sandbox.counts();
    sandbox.stop().await;
    json!({
        "outcome": outcome,
        "attempts": attempts,
        "requests": counts.requests,
        "accepted": counts.accepted,
    })
}

/// What holds whatever a row says.
fn assert_certain(found: &Value, place: &str) {
    let accepted = found["accepted"].as_u64().unwrap();
    let attempts = found["attempts"].as_array().unwrap();
    let is_unknown = |told: &Value| told.as_str().unwrap().ends_with(" unknown");
    assert!(
        accepted <= 1 || attempts.iter().any(is_unknown),
        "{place}: accepted twice, and nobody knows"
    );
    if found["outcome"] == "accepted" {
        assert!(accepted > 0, "{place}: nothing was accepted");
    } else if !is_unknown(&found["outcome"]) {
        assert_eq!(accepted, 0, "{place}: it was accepted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_told_as_the_matrix_says() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/faults/matrix.json"
    );
    let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let ids: Vec<&str> = gateways(&support::sandbox().await)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let cells = rows.iter().flat_map(|row| {
        let own = row["gateway"].as_str();
        let meant = ids
            .iter()
            .filter(move |id| own.is_none_or(|own| own == **id));
        meant.map(move |id| async move { (row, *id, cell(row, id).await) })
    });
    let found: Vec<_> = stream::iter(cells)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    assert!(found.len() > 150, "{}", found.len());
    let mut wrong = Vec::new();
    for (row, id, found) in &found {
        let place = format!("{} through {id}", row["name"]);
        assert_certain(found, &place);
        for (name, value) in found.as_object().unwrap() {
            if row[name] != *value {
                wrong.push(format!("{place}: {name} is {value}, not {}", row[name]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! What the tests share: gateways of the registry on a sandbox, a message, and servers that behave
//! as the sandbox does not.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "each test file uses a part; a test fails by panicking"
)]

pub mod authority;
pub mod capture;

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wamux::message::{Content, Message, Text};
use wamux::{Client, Delivery, Error, Kind, Options, Receipt, Settings, gateway};
use wamux_sandbox::Sandbox;

/// A time that only a hanging test reaches.
pub const LONG: Duration = Duration::from_secs(20);

/// The recipient, whose digits and text no output may show.
pub const NUMBER: &str = "+79034567890";
pub const TEXT: &str = "Code: 1234";
/// A part of a name that has one letter too many to be looked up: the system's resolver refuses it without asking anybody,
/// so that no test leaves the machine.
pub const UNRESOLVED: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// The sender of messages that name none.
pub const FROM: &str = "MyCompany";

pub async fn sandbox() -> Sandbox {
    Sandbox::start(wamux_sandbox::Options::default())
        .await
        .unwrap()
}

/// Every gateway of the registry, with its address in the sandbox.
pub fn gateways(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let address = |id| sandbox.base_url(id).ok_or(id);
    let served = gateway::REGISTRY
        .iter()
        .map(|profile| Ok((profile.id, address(profile.id)?)))
        .collect::<Result<_, &str>>();
    served.expect("the sandbox serves the whole registry")
}

/// The sandbox's account: each gateway reads the settings that it has.
pub fn settings(base_url: &str) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in [
        ("base_url", base_url),
        ("api_key", "sandbox-key"),
        ("login", "sandbox"),
        ("password", "sandbox"),
        ("token", "sandbox-token"),
        ("instance", "1"),
        ("from", FROM),
    ] {
        settings.set(name, value).unwrap();
    }
    settings
}

/// The same account with every key, password and token wrong.
pub fn wrong_credentials(base_url: &str) -> Settings {
    let mut settings = settings(base_url);
    for name in ["api_key", "password", "token"] {
        settings.set(name, "wrong-credential").unwrap();
    }
    settings
}

pub fn message() -> Message {
    let mut message = Message::new(NUMBER, Content::Text(Text::new(TEXT)));
    message.client_id = Some("8770100".into());
    message
}

/// One attempt: what one failure looks like.
pub fn options(timeout: Duration) -> Options {
    Options {
        timeout,
        retries: 0,
        ..Options::default()
    }
}

/// A client with a timeout that only a hanging test reaches.
pub fn client(id: &str, settings: &Settings) -> Client {
    client_with(id, settings, &options(LONG))
}

pub fn client_with(id: &str, settings: &Settings, options: &Options) -> Client {
    Client::new(gateway::open(id, settings).unwrap(), options).unwrap()
}

/// A client of `devino-v2` at any address.
pub fn devino_at(base_url: &str) -> Client {
    client("devino-v2", &settings(base_url))
}

/// A listener on loopback and its address as a base URL.
pub async fn listener(scheme: &str) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("{scheme}://{}", listener.local_addr().unwrap());
    (listener, base_url)
}

/// An address at which nothing listens.
pub async fn nobody() -> String {
    listener("http").await.1
}

pub const ACCEPTED: &str = r#"{"result":[{"code":"OK","messageId":"3482512350952730368"}]}"#;

/// An HTTP answer with a JSON body.
pub fn answer(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Reads one request, head and body, as text; `None` where the connection ends before it does.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8(read.clone()).unwrap();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.parse::<usize>().unwrap());
            if body.len() >= length {
                return Some(text);
            }
        }
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    }
}

/// Serves one connection and one request with raw bytes, closes it, and returns the request.
pub async fn serve_once(listener: &TcpListener, answer: &[u8]) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let request = read_request(&mut stream).await.unwrap();
    // A client that has read enough may be gone.
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
    request
}

/// A failure after one attempt.
pub fn assert_what(error: &Error, kind: Kind, delivery: Delivery) {
    assert_eq!(
        (error.kind(), error.delivery()),
        (kind, delivery),
        "{error}"
    );
    assert_eq!(error.attempts().len(), 1);
}

/// Sends the message to a server that gives that answer; the second is the request.
pub async fn send_to(
    client: &Client,
    listener: &TcpListener,
    answer: &[u8],
) -> (Result<Receipt, Error>, String) {
    let message = message();
    tokio::join!(client.send(&message), serve_once(listener, answer))
}

//! Calls that are called off: whether they had left.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::json;
use support::{LONG, answer, client_with, listener, options, read_request, settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use wamux::gateway::typed::chat_api::GetStatus;
use wamux::gateway::typed::tujenge::{DownloadMedia, MarkAsRead, UploadMedia};
use wamux::http::Method;
use wamux::{Client, Delivery, Error, Kind, Source};

/// How a call ends that is called off.
async fn ends(client: &Client, call: &str, cancel: oneshot::Receiver<()>) -> Error {
    let cancel = async { cancel.await.unwrap() };
    let prepare = |name, arguments| {
        let profile = client.gateway().profile().find_call(name).unwrap();
        client.prepare_call(profile, &arguments, None).unwrap()
    };
    let media_id = || "1".to_owned();
    match call {
        "a call with a body" => {
            let call = MarkAsRead {
                message_id: "1".into(),
            };
            client.run_unless(&call, cancel).await.unwrap_err()
        }
        "a call without a body" => {
            let call = prepare("get_about", json!({}));
            let running = client.run_prepared_unless(call, cancel);
            running.await.unwrap_err()
        }
        "an upload" => {
            let call = UploadMedia::new("image/png", Source::from(b"\x89PNG".to_vec()));
            client.run_unless(&call, cancel).await.unwrap_err()
        }
        "a download" => {
            let call = DownloadMedia {
                media_id: media_id(),
            };
            client.download_unless(&call, cancel).await.unwrap_err()
        }
        "a download by name" => {
            let call = prepare("download_media", json!({"media_id": media_id()}));
            let asking = client.download_prepared_unless(call, cancel);
            asking.await.unwrap_err()
        }
        "a call without a type" => {
            let calling = client.call_unless(Method::DELETE, "/v1/x", None, cancel);
            calling.await.unwrap_err()
        }
        _ => panic!("{call}"),
    }
}

const CALLS: [&str; 6] = [
    "a call with a body",
    "a call without a body",
    "an upload",
    "a download",
    "a download by name",
    "a call without a type",
];

fn client(base_url: &str) -> Client {
    client_with("tujenge", &settings(base_url), &options(LONG))
}

#[tokio::test]
async fn before_a_byte_has_left_it_is_not_sent() {
    for call in CALLS {
        // It takes the connection, and TLS never begins.
        let (listener, base_url) = listener("https").await;
        let (stop, stopped) = oneshot::channel();
        let client = client(&base_url);
        let (error, _connection) = tokio::join!(ends(&client, call, stopped), async {
            let connection = listener.accept().await.unwrap();
            stop.send(()).unwrap();
            connection
        });
        assert_eq!(
            (error.kind(), error.delivery()),
            (Kind::Cancelled, Delivery::NotSent),
            "{call}"
        );
        assert_eq!(error.gateway(), Some("tujenge"));
        assert_eq!(error.attempts().len(), 1, "{call}");
    }
}

/// Waits for the first byte of a request, has the call called off, and waits until the client has hung up.
async fn hung_up_on(listener: &TcpListener, stop: oneshot::Sender<()>) {
    let (mut connection, _) = listener.accept().await.unwrap();
    connection.read_u8().await.unwrap();
    stop.send(()).unwrap();
    let mut rest = Vec::new();
    let end = connection.read_to_end(&mut rest);
    tokio::time::timeout(LONG, end).await.unwrap().ok();
}

#[tokio::test]
async fn once_a_byte_has_left_nobody_knows() {
    for call in CALLS {
        let (listener, base_url) = listener("http").await;
        let (stop, stopped) = oneshot::channel();
        let client = client(&base_url);
        let (error, ()) = tokio::join!(ends(&client, call, stopped), hung_up_on(&listener, stop));
        assert_eq!(
            (error.kind(), error.delivery()),
            (Kind::Cancelled, Delivery::Unknown),
            "{call}"
        );
    }
}

/// Over a connection that is there already.
#[tokio::test]
async fn a_kept_connection_is_no_difference() {
    let (listener, base_url) = listener("http").await;
    let client = client_with("chat-api", &settings(&base_url), &options(LONG));
    let serve = async {
        let (mut connection, _) = listener.accept().await.unwrap();
        read_request(&mut connection).await.unwrap();
        let body = answer(r#"{"accountStatus":"authenticated"}"#);
        connection.write_all(body.as_bytes()).await.unwrap();
        connection
    };
    let status = GetStatus::default();
    let (output, mut connection) =
        tokio::join!(client.run_unless(&status, std::future::pending()), serve);
    output.unwrap();
    let (stop, stopped) = oneshot::channel();
    let cancel = async { stopped.await.unwrap() };
    let (error, ()) = tokio::join!(client.run_unless(&status, cancel), async {
        read_request(&mut connection).await.unwrap();
        stop.send(()).unwrap();
    });
    assert_eq!(error.unwrap_err().delivery(), Delivery::Unknown);
}

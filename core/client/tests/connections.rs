//! Connections: those that fail, those that are kept, and those that are dropped.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use futures_util::StreamExt as _;
use support::{
    ACCEPTED, LONG, answer, assert_what, devino_at, gateways, listener, message, read_request,
    sandbox, settings,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;
use wamux::http::Method;
use wamux::{Delivery, Kind};
use wamux_sandbox::{Fault, FaultKind};

/// The sandbox closes idle connections when it begins to refuse; afterwards the same client sends
/// over a new one, in one attempt.
#[tokio::test]
async fn a_kept_connection_that_was_closed_is_replaced() {
    let sandbox = sandbox().await;
    let port = sandbox
        .url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse::<u16>()
        .unwrap();
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        let client = support::client(id, &settings(&base_url));
        client.send(&message()).await.unwrap();
        sandbox
            .inject(Fault::new(FaultKind::Refuse).seconds(0.1))
            .unwrap();
        let listens = async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_err()
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(LONG, listens).await.unwrap();
        let receipt = client.send(&message()).await.unwrap();
        assert_eq!(receipt.attempts.len(), 1, "{id}");
        assert_eq!(
            (sandbox.counts().requests, sandbox.counts().accepted),
            (2, 2),
            "{id}"
        );
    }
}

/// A kept connection that ends after the second request was read: the gateway may have it, and
/// nothing sends it again.
#[tokio::test]
async fn a_kept_connection_that_ends_after_the_request_is_unknown() {
    let (listener, base_url) = listener("http").await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream.write_all(answer(ACCEPTED).as_bytes()).await.unwrap();
        read_request(&mut stream).await.unwrap();
        drop(stream);
        listener
    });
    let client = devino_at(&base_url);
    client.send(&message()).await.unwrap();
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Protocol, Delivery::Unknown);
    let listener = server.await.unwrap();
    // The next connection is that of the next message: no request of the second one came before.
    let mut third = message();
    third.to = "+79034567891".into();
    let good = answer(ACCEPTED);
    let (result, request) = tokio::join!(
        client.send(&third),
        support::serve_once(&listener, good.as_bytes())
    );
    result.unwrap();
    assert!(request.contains("79034567891"), "{request}");
}

#[tokio::test]
async fn a_dropped_send_closes_its_connection() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    let before = tasks();
    for _ in 0..20 {
        let message = message();
        let mut stream = tokio::select! {
            result = client.send(&message) => panic!("{result:?}"),
            stream = async {
                let (mut stream, _) = listener.accept().await.unwrap();
                read_request(&mut stream).await.unwrap();
                stream
            } => stream,
        };
        let read = timeout(LONG, stream.read(&mut [0])).await.unwrap();
        assert!(matches!(read, Ok(0) | Err(_)), "the connection is closed");
    }
    let ended = async {
        while tasks() > before {
            tokio::task::yield_now().await;
        }
    };
    timeout(LONG, ended).await.expect("no task stays behind");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_messages_sixteen_at_a_time() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        let client = support::client(id, &settings(&base_url));
        let sends = (0..200).map(|number| {
            let client = client.clone();
            async move {
                let mut message = message();
                message.client_id = Some(number.to_string());
                client.send(&message).await
            }
        });
        let results: Vec<_> = futures_util::stream::iter(sends)
            .buffer_unordered(16)
            .collect()
            .await;
        assert_eq!(
            results.iter().filter(|result| result.is_ok()).count(),
            200,
            "{id}"
        );
        assert_eq!(sandbox.counts().accepted, 200, "{id}");
    }
}

#[test]
fn without_a_runtime_it_is_an_error() {
    let client = devino_at("http://127.0.0.1:1");
    let message = message();
    let future = client.send(&message);
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = future.as_mut().poll(&mut context) else {
        panic!("it ends at once");
    };
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Configuration, Delivery::NotSent)
    );
}

#[test]
fn clients_and_sends_cross_threads() {
    fn crosses<T: Send>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let client = devino_at("http://127.0.0.1:1");
    let message = message();
    is_shared(&client);
    crosses(&client.send(&message));
    crosses(&client.call(Method::GET, "/", None));
}

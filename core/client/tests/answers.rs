//! Answers that are broken, and what the request looked like.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use support::{
    ACCEPTED, answer, assert_what, client_with, devino_at, listener, message, options,
    read_request, send_to, settings,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wamux::{ANSWER_LIMIT, Delivery, Kind};

#[tokio::test]
async fn an_answer_that_hangs_in_the_middle_is_a_timeout_and_unknown() {
    let (listener, base_url) = listener("http").await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
            .await
            .unwrap();
        stream.read(&mut [0]).await
    });
    let options = options(Duration::from_millis(200));
    let client = client_with("devino-v2", &settings(&base_url), &options);
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Timeout, Delivery::Unknown);
    assert!(
        matches!(server.await.unwrap(), Ok(0) | Err(_)),
        "the client has closed"
    );
}

#[tokio::test]
async fn what_is_not_http_is_unknown() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let (result, _) = send_to(&client, &listener, b"SSH-2.0-x\r\n\r\n").await;
    assert_what(&result.unwrap_err(), Kind::Protocol, Delivery::Unknown);
}

#[tokio::test]
async fn an_answer_over_the_limit_is_unknown() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    // It would be an acceptance, were it shorter.
    let long = answer(&format!("{}{ACCEPTED}", " ".repeat(ANSWER_LIMIT)));
    let (result, _) = send_to(&client, &listener, long.as_bytes()).await;
    let error = result.unwrap_err();
    assert_what(&error, Kind::Protocol, Delivery::Unknown);
    assert_eq!(error.http_status(), Some(200));
    assert_eq!(error.raw().map(str::len), Some(512));
}

#[tokio::test]
async fn an_answer_below_the_limit_is_read() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let padding = " ".repeat(ANSWER_LIMIT - ACCEPTED.len());
    let long = answer(&format!("{ACCEPTED}{padding}"));
    let (result, _) = send_to(&client, &listener, long.as_bytes()).await;
    assert_eq!(
        result.unwrap().message_id.as_deref(),
        Some("3482512350952730368")
    );
}

#[tokio::test]
async fn a_truncated_refusal_is_still_a_refusal() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let half = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 900\r\n\r\n{\"result\"";
    let (result, _) = send_to(&client, &listener, half).await;
    let error = result.unwrap_err();
    assert_what(&error, Kind::Authentication, Delivery::NotSent);
    assert!(!error.retryable());
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (listener, base_url) = listener("http").await;
    let (elsewhere, target) = support::listener("http").await;
    let client = devino_at(&base_url);
    let redirect = format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
    let (result, _) = send_to(&client, &listener, redirect.as_bytes()).await;
    let error = result.unwrap_err();
    assert_what(&error, Kind::Protocol, Delivery::Unknown);
    assert_eq!(error.http_status(), Some(302));
    let connected = std::future::poll_fn(|context| match elsewhere.poll_accept(context) {
        std::task::Poll::Ready(_) => std::task::Poll::Ready(true),
        std::task::Poll::Pending => std::task::Poll::Ready(false),
    });
    assert!(!connected.await, "nobody came to the redirect's target");
}

#[tokio::test]
async fn the_request_bears_its_length_and_the_library_name() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let good = answer(ACCEPTED);
    let (result, request) = send_to(&client, &listener, good.as_bytes()).await;
    result.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );
    assert!(!head.contains("transfer-encoding"), "{head}");
    assert!(head.contains("user-agent: wamux/"), "{head}");
    assert!(head.contains("authorization: key sandbox-key"), "{head}");
}

/// A gateway whose answers have no date of their own: the client's clock says how far the moment is.
#[tokio::test]
async fn a_moment_to_wait_for_is_compared_with_the_clock() {
    use wamux::gateway::typed::tujenge::DownloadMedia;
    let moment = std::time::SystemTime::now() + Duration::from_secs(100);
    let moment = httpdate::fmt_http_date(moment);
    let refusal = format!(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: {moment}\r\nContent-Length: 0\r\n\r\n"
    );
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let (result, _) = send_to(&client, &listener, refusal.as_bytes()).await;
    let retry_after = result.unwrap_err().retry_after().unwrap();
    assert!((90..=100).contains(&retry_after), "{retry_after}");

    // The answer to a download, too.
    let options = options(Duration::from_secs(20));
    let client = client_with("tujenge", &settings(&base_url), &options);
    let media_id = "1".to_owned();
    let call = DownloadMedia { media_id };
    let serve = support::serve_once(&listener, refusal.as_bytes());
    let (result, _) = tokio::join!(client.download(&call), serve);
    let retry_after = result.unwrap_err().retry_after().unwrap();
    assert!((90..=100).contains(&retry_after), "{retry_after}");
}

//! The call that has no type.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use support::{assert_what, devino_at, listener, nobody, sandbox, serve_once};
use wamux::http::Method;
use wamux::{Delivery, Kind};

#[tokio::test]
async fn call_reaches_what_has_no_type() {
    let sandbox = sandbox().await;
    let client = devino_at(&sandbox.base_url("devino-v2").unwrap());
    let body = br#"{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Hi"}}"#;
    let answer = client
        .call(Method::POST, "/whatsapp/v2/messages", Some(body.to_vec()))
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(sandbox.counts().accepted, 1);

    let error = client
        .call(Method::GET, "/no/such/path", None)
        .await
        .unwrap_err();
    assert_what(&error, Kind::Protocol, Delivery::NotSent);
    assert_eq!(error.http_status(), Some(404));

    let error = client
        .call(Method::GET, ".example.com/", None)
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts().len()),
        (Kind::Validation, 0)
    );

    let error = devino_at(&nobody().await)
        .call(Method::GET, "/status", None)
        .await
        .unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
}

/// Nothing asks for a body of no bytes, so that a lost answer must not look as if nothing left.
#[tokio::test]
async fn a_call_without_body_that_is_cut_is_unknown() {
    let (listener, base_url) = listener("http").await;
    let client = devino_at(&base_url);
    let (result, request) = tokio::join!(
        client.call(Method::DELETE, "/item", None),
        serve_once(&listener, b"")
    );
    assert!(request.starts_with("DELETE /item "), "{request}");
    assert_what(&result.unwrap_err(), Kind::Protocol, Delivery::Unknown);
}

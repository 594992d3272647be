//! Every fault of the sandbox with every gateway: what the client says agrees with what the
//! sandbox accepted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use support::{
    client, client_with, gateways, message, options, sandbox, settings, wrong_credentials,
};
use wamux::{Delivery, Error, Kind};
use wamux_sandbox::{Fault, FaultKind};

/// What a failure must look like, with exactly one attempt that says the same.
fn assert_failure(
    error: &Error,
    kind: Kind,
    delivery: Delivery,
    retryable: bool,
    http_status: Option<u16>,
) {
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.delivery(), delivery, "{error}");
    assert_eq!(error.retryable(), retryable, "{error}");
    assert_eq!(error.http_status(), http_status, "{error}");
    let [attempt] = error.attempts() else {
        panic!("{error:?}")
    };
    assert_eq!(attempt.kind, Some(kind));
    assert_eq!(attempt.delivery, Some(delivery));
    assert_eq!(attempt.http_status, http_status);
    assert!(attempt.at.parse::<jiff::Timestamp>().is_ok() && attempt.at.ends_with('Z'));
}

#[tokio::test]
async fn a_good_message_is_accepted() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        let receipt = client(id, &settings(&base_url))
            .send(&message())
            .await
            .unwrap();
        assert_eq!(receipt.gateway, id);
        assert_eq!(receipt.to.as_deref(), Some(support::NUMBER));
        assert_eq!(receipt.client_id.as_deref(), Some("8770100"));
        assert_eq!(receipt.attempts.len(), 1);
        assert_eq!(receipt.attempts[0].http_status, Some(200));
        assert_eq!(
            (receipt.attempts[0].kind, receipt.attempts[0].delivery),
            (None, None)
        );
        assert_eq!(sandbox.counts().accepted, 1, "{id}");
        if let Some(message_id) = receipt.message_id {
            assert_eq!(message_id, sandbox.messages()[0].id, "{id}");
        }
    }
}

#[tokio::test]
async fn a_bad_message_is_not_sent() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let mut message = message();
        message.to = "not a number".into();
        let error = client(id, &settings(&base_url))
            .send(&message)
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.delivery()),
            (Kind::Validation, Delivery::NotSent)
        );
        assert_eq!(
            (error.gateway(), error.attempts()),
            (Some(id), [].as_slice())
        );
        assert_eq!(sandbox.counts().requests, 0, "{id}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_an_authentication_error() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let client = client(id, &wrong_credentials(&base_url));
        let error = client.send(&message()).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Authentication, "{error}");
        assert_failure(
            &error,
            Kind::Authentication,
            Delivery::NotSent,
            false,
            error.http_status(),
        );
        assert!(error.http_status().is_some(), "{error}");
        assert_eq!(error.gateway(), Some(id));
    }
    assert_eq!(sandbox.counts().accepted, 0);
}

#[tokio::test]
async fn a_cut_connection_leaves_it_unknown() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let client = client(id, &settings(&base_url));
        for accepts in [true, false] {
            sandbox.clear();
            let fault = Fault::new(FaultKind::Cut).gateway(id).accepts(accepts);
            sandbox.inject(fault).unwrap();
            let error = client.send(&message()).await.unwrap_err();
            assert_failure(&error, Kind::Protocol, Delivery::Unknown, true, None);
            // One request and no more: nothing below the client tries again.
            assert_eq!(sandbox.counts().requests, 1, "{id}");
            assert_eq!(sandbox.counts().accepted, u64::from(accepts), "{id}");
        }
    }
}

#[tokio::test]
async fn a_late_answer_leaves_it_unknown() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        sandbox
            .inject(Fault::new(FaultKind::Delay).gateway(id).seconds(30.0))
            .unwrap();
        let client = client_with(
            id,
            &settings(&base_url),
            &options(Duration::from_millis(200)),
        );
        let error = client.send(&message()).await.unwrap_err();
        assert_failure(&error, Kind::Timeout, Delivery::Unknown, true, None);
        assert_eq!(sandbox.counts().accepted, 1, "{id}");
    }
}

#[tokio::test]
async fn an_html_504_leaves_it_unknown() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        sandbox
            .inject(Fault::new(FaultKind::Html504).gateway(id))
            .unwrap();
        let error = client(id, &settings(&base_url))
            .send(&message())
            .await
            .unwrap_err();
        assert_failure(
            &error,
            Kind::Unavailable,
            Delivery::Unknown,
            true,
            Some(504),
        );
        assert!(error.raw().unwrap().contains("504 Gateway Time-out"));
        assert_eq!(sandbox.counts().accepted, 1, "{id}");
    }
}

#[tokio::test]
async fn a_rate_limit_is_not_sent_and_says_how_long() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        let fault = Fault::new(FaultKind::RateLimited)
            .gateway(id)
            .retry_after(7);
        sandbox.inject(fault).unwrap();
        let error = client(id, &settings(&base_url))
            .send(&message())
            .await
            .unwrap_err();
        assert_failure(
            &error,
            Kind::RateLimited,
            Delivery::NotSent,
            true,
            Some(429),
        );
        assert_eq!(error.retry_after(), Some(7), "{id}");
        assert_eq!(sandbox.counts().accepted, 0, "{id}");
    }
}

#[tokio::test]
async fn half_an_answer_leaves_it_unknown() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        sandbox.clear();
        sandbox
            .inject(Fault::new(FaultKind::Truncated).gateway(id))
            .unwrap();
        let error = client(id, &settings(&base_url))
            .send(&message())
            .await
            .unwrap_err();
        assert_failure(&error, Kind::Protocol, Delivery::Unknown, true, Some(200));
        assert!(error.raw().is_some_and(|raw| !raw.is_empty()), "{id}");
        assert_eq!(sandbox.counts().accepted, 1, "{id}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::new(FaultKind::Refuse).seconds(60.0))
        .unwrap();
    for (id, base_url) in gateways(&sandbox) {
        let error = client(id, &settings(&base_url))
            .send(&message())
            .await
            .unwrap_err();
        assert_failure(&error, Kind::Connect, Delivery::NotSent, true, None);
        assert!(error.to_string().contains("refused"), "{error}");
    }
    assert_eq!(sandbox.counts().requests, 0);
}

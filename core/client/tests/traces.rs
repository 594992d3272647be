//! The story that spans and events tell of a message.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use futures_util::future::poll_immediate;
use futures_util::{StreamExt as _, stream};
use support::capture::Capture;
use support::{LONG, client_with, message, options, sandbox, settings};
use wamux::gateway::typed::tujenge::GetAbout;
use wamux::{Client, Exchange, Options, Request, Transport, gateway};
use wamux_sandbox::{Fault, FaultKind, Sandbox};

/// One test alone in this file, so that the subscriber of the thread sees all and nothing else.
#[test]
fn attempts_retries_and_doubts_are_told() {
    Capture::of(|capture| async move {
        let sandbox = sandbox().await;
        a_retry(&capture, &sandbox).await;
        a_doubt(&capture, &sandbox).await;
        a_batch(&capture, &sandbox).await;
        a_call(&capture, &sandbox).await;
        a_cancellation(&capture).await;
    });
}

fn at(sandbox: &Sandbox, id: &str, retries: u32) -> Client {
    let options = Options {
        timeout: LONG,
        retries,
        ..Options::default()
    };
    client_with(id, &settings(&sandbox.base_url(id).unwrap()), &options)
}

/// The lines of wamux itself that begin so.
fn lines<'t>(told: &'t str, begin: &str) -> Vec<&'t str> {
    let lines = told.lines();
    lines.filter(|line| line.starts_with(begin)).collect()
}

async fn a_retry(capture: &Capture, sandbox: &Sandbox) {
    let fault = Fault::new(FaultKind::RateLimited).retry_after(0);
    sandbox.inject(fault).unwrap();
    let client = at(sandbox, "devino-v2", 1);
    client.send(&message()).await.unwrap();
    let told = capture.take();

    let [span] = lines(&told, "span send")[..] else {
        panic!("{told}")
    };
    for field in [
        "otel.kind=\"client\"",
        "messaging.system=\"devino-v2\"",
        "messaging.operation.name=\"send\"",
    ] {
        assert!(span.contains(field), "{span}");
    }
    let attempts = lines(&told, "DEBUG wamux");
    assert_eq!(attempts.len(), 2, "{told}");
    assert!(
        attempts[0].contains("attempt=1 kind=\"rate_limited\" delivery=\"not_sent\"")
            && attempts[0].contains("http_status=429"),
        "{told}"
    );
    assert!(attempts[1].contains("attempt=2 http_status=200"), "{told}");
    let [retry] = lines(&told, "WARN wamux")[..] else {
        panic!("{told}")
    };
    assert!(
        retry.contains("kind=\"rate_limited\"") && retry.contains("seconds="),
        "{told}"
    );
    assert!(told.contains("\nrecord http.response.status_code=200"));
    assert!(!told.contains("error.type="), "it did not fail: {told}");
}

async fn a_doubt(capture: &Capture, sandbox: &Sandbox) {
    sandbox.inject(Fault::new(FaultKind::Cut)).unwrap();
    let client = at(sandbox, "rapporto", 1);
    client.send(&message()).await.unwrap_err();
    let told = capture.take();
    let [doubt] = lines(&told, "WARN wamux")[..] else {
        panic!("{told}")
    };
    assert!(
        doubt.contains("kind=\"protocol\"") && doubt.contains("may have it"),
        "{told}"
    );
    assert!(
        told.contains("\nrecord error.type=\"protocol\"")
            && told.contains("\nrecord otel.status_code=\"ERROR\""),
        "{told}"
    );
}

async fn a_batch(capture: &Capture, sandbox: &Sandbox) {
    sandbox.inject(Fault::new(FaultKind::Cut)).unwrap();
    let client = at(sandbox, "devino-v2", 1);
    let messages = stream::iter([message(), message(), message()]);
    let results: Vec<_> = client.send_many(messages).collect().await;
    assert!(results.iter().all(|(_, result)| result.is_err()));
    let told = capture.take();
    assert!(
        lines(&told, "span send_batch")[0].contains("messaging.batch.message_count=3"),
        "{told}"
    );
    assert_eq!(lines(&told, "DEBUG wamux").len(), 1, "{told}");
    assert!(
        lines(&told, "WARN wamux")[0].contains("failures=3"),
        "{told}"
    );
}

async fn a_call(capture: &Capture, sandbox: &Sandbox) {
    let client = at(sandbox, "tujenge", 0);
    client.run(&GetAbout::default()).await.unwrap();
    let told = capture.take();
    assert!(
        lines(&told, "span call")[0].contains("otel.name=\"get_about\""),
        "{told}"
    );
    assert_eq!(lines(&told, "DEBUG wamux").len(), 1, "{told}");
}

/// Never answers.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

async fn a_cancellation(capture: &Capture) {
    let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
    let client = Client::with_transport(gateway, Silent, &options(LONG));
    let cancel = tokio::task::yield_now();
    client.send_unless(&message(), cancel).await.unwrap_err();
    let told = capture.take();
    for field in [
        "kind=\"cancelled\"",
        "delivery=\"unknown\"",
        "error.type=\"cancelled\"",
        "otel.status_code=\"ERROR\"",
    ] {
        assert!(told.contains(&format!("\nrecord {field}")), "{told}");
    }
    assert!(
        lines(&told, "WARN wamux")[0].contains("it was called off"),
        "{told}"
    );

    // Messages that go together are told of once, where nobody waits for their results any more.
    let messages = stream::iter([message(), message(), message()]);
    let mut results = client.send_many(messages);
    assert!(poll_immediate(results.next()).await.is_none());
    tokio::task::yield_now().await;
    drop(results);
    tokio::task::yield_now().await;
    let told = capture.take();
    let warnings = lines(&told, "WARN wamux");
    assert_eq!(warnings.len(), 1, "{told}");
    assert!(warnings[0].contains("it was called off"), "{told}");
}

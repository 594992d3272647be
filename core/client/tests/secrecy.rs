//! Nothing secret or personal is printed: by `Debug`, by `Display`, or by any span or event of any
//! library below, on every way that a send can end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fmt::Write as _;
use std::time::Duration;

use support::capture::Capture;
use support::{client_with, gateways, message, options, sandbox, settings, wrong_credentials};
use wamux::message::Message;
use wamux::{Client, Error, Receipt, Settings};
use wamux_sandbox::{Fault, FaultKind};

/// What no output may hold: credentials, and the number and text of the message. The sandbox's login
/// and password are its own name, which stands in paths too: `wrong-credential` is a password in
/// the same place.
const SECRETS: [&str; 8] = [
    "sandbox-key",
    "sandbox-token",
    "wrong-credential",
    "9034567890",
    "903 456",
    "4567",
    "1234",
    "Code:",
];

fn assert_clean(what: &str, printed: &str) {
    for secret in SECRETS {
        assert!(
            !printed.contains(secret),
            "{what} shows `{secret}`: {printed}"
        );
    }
}

/// Sends, and returns what every way of printing shows.
async fn shown(client: &Client, message: &Message) -> (Result<Receipt, Error>, String) {
    let result = client.send(message).await;
    let mut printed = format!("{client:?} {message:?} {result:?} {result:#?}");
    if let Err(error) = &result {
        write!(printed, " {error} {error:#}").unwrap();
    }
    (result, printed)
}

struct Case {
    name: &'static str,
    settings: fn(&str) -> Settings,
    message: fn() -> Message,
    fault: Option<FaultKind>,
    /// What stands in the span.
    outcome: &'static [&'static str],
}

fn unreadable_recipient() -> Message {
    Message {
        to: format!("{}x", support::NUMBER),
        ..message()
    }
}

/// A sender that no account has.
fn refused_sender() -> Message {
    Message {
        from: Some("UNAVAILABLE".into()),
        ..message()
    }
}

const CASES: [Case; 9] = [
    Case {
        name: "success",
        settings,
        message,
        fault: None,
        outcome: &["http_status=200"],
    },
    Case {
        name: "validation",
        settings,
        message: unreadable_recipient,
        fault: None,
        outcome: &["kind=\"validation\"", "delivery=\"not_sent\""],
    },
    Case {
        name: "wrong credentials",
        settings: wrong_credentials,
        message,
        fault: None,
        outcome: &[
            "kind=\"authentication\"",
            "delivery=\"not_sent\"",
            "http_status=",
        ],
    },
    Case {
        name: "refused sender",
        settings,
        message: refused_sender,
        fault: None,
        // Where the gateway has no senders, this is not refused by it but by the engine.
        outcome: &["kind=\"", "delivery=\"not_sent\""],
    },
    Case {
        name: "cut",
        settings,
        message,
        fault: Some(FaultKind::Cut),
        outcome: &["kind=\"protocol\"", "delivery=\"unknown\""],
    },
    Case {
        name: "delay",
        settings,
        message,
        fault: Some(FaultKind::Delay),
        outcome: &["kind=\"timeout\"", "delivery=\"unknown\""],
    },
    Case {
        name: "html_504",
        settings,
        message,
        fault: Some(FaultKind::Html504),
        outcome: &[
            "kind=\"unavailable\"",
            "delivery=\"unknown\"",
            "http_status=504",
        ],
    },
    Case {
        name: "rate_limited",
        settings,
        message,
        fault: Some(FaultKind::RateLimited),
        outcome: &[
            "kind=\"rate_limited\"",
            "delivery=\"not_sent\"",
            "http_status=429",
        ],
    },
    Case {
        name: "truncated",
        settings,
        message,
        fault: Some(FaultKind::Truncated),
        outcome: &[
            "kind=\"protocol\"",
            "delivery=\"unknown\"",
            "http_status=200",
        ],
    },
];

/// One test alone in this file, so that the subscriber of the thread sees all and nothing else.
#[test]
fn nothing_secret_is_printed_on_any_way() {
    Capture::of(all_ways);
}

async fn all_ways(capture: Capture) {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        for case in &CASES {
            let timeout = Duration::from_millis(if case.name == "delay" { 200 } else { 20_000 });
            let client = client_with(id, &(case.settings)(&base_url), &options(timeout));
            if let Some(kind) = case.fault {
                sandbox
                    .inject(Fault::new(kind).gateway(id).seconds(30.0))
                    .unwrap();
            }
            let (_, printed) = shown(&client, &(case.message)()).await;
            assert_clean(&format!("{id}, {}", case.name), &printed);
            let metrics = format!("{:?}", client.metrics());
            assert!(metrics.contains(&format!("\"{id}\"")), "{metrics}");
            assert_clean(&format!("{id}, {}, metrics", case.name), &metrics);
            assert_span(&capture, id, case);
        }
    }
    sandbox
        .inject(Fault::new(FaultKind::Refuse).seconds(60.0))
        .unwrap();
    for (id, base_url) in gateways(&sandbox) {
        let client = client_with(id, &settings(&base_url), &options(Duration::from_secs(20)));
        let (result, printed) = shown(&client, &message()).await;
        assert_clean(&format!("{id}, refuse"), &printed);
        result.unwrap_err();
        let logged = capture.take();
        assert!(logged.contains("kind=\"connect\""), "{id}: {logged}");
        assert_clean(&format!("{id}, refuse, log"), &logged);
    }
}

/// What was logged since the last look: one span, with the outcome and nothing secret.
fn assert_span(capture: &Capture, id: &str, case: &Case) {
    let logged = capture.take();
    let what = format!("{id}, {}, log", case.name);
    assert_clean(&what, &logged);
    assert_eq!(logged.matches("\nspan send").count(), 1, "{what}: {logged}");
    assert!(
        logged.contains(&format!("gateway=\"{id}\" type=\"text\"")),
        "{what}: {logged}"
    );
    let validates =
        !logged.contains("kind=\"validation\"") && !logged.contains("kind=\"unsupported\"");
    assert_eq!(
        logged.contains("to=+7903•••••90"),
        validates,
        "{what}: {logged}"
    );
    for outcome in case.outcome {
        assert!(logged.contains(outcome), "{what} lacks {outcome}: {logged}");
    }
}

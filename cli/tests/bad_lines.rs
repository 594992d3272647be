//! Lines that no command can read: an error line each, and the lines around them are done.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use wamux_cli::ExitStatus;

use support::{Served, wamux};

const MAXIMUM_LINE: usize = 1_048_576;

/// Each bad line, with what its answer speaks of.
fn bad_lines() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("truncated", b"{\"to\":\"+79".to_vec()),
        ("not JSON", b"<html></html>".to_vec()),
        ("empty", Vec::new()),
        ("a lone surrogate", br#"{"to":"\ud800"}"#.to_vec()),
        ("invalid UTF-8", b"{\"to\":\"\xff\xfe\"}".to_vec()),
        ("NUL", b"{\"to\":\"+7\x00\"}".to_vec()),
        ("too long", vec![b' '; MAXIMUM_LINE + 1]),
        ("deep arrays", "[".repeat(10_000).into_bytes()),
        (
            "closed deep arrays",
            ("[".repeat(10_000) + &"]".repeat(10_000)).into_bytes(),
        ),
        ("deep objects", "{\"to\":".repeat(10_000).into_bytes()),
    ]
}

fn check(arguments: &[&str], good: &str, member: &str) {
    let bad = bad_lines();
    let mut input = Vec::new();
    for (_, line) in &bad {
        input.extend_from_slice(good.as_bytes());
        input.push(b'\n');
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let outcome = wamux(arguments, &input);
    assert_eq!(
        outcome.status,
        ExitStatus::Failed,
        "{arguments:?}: {}",
        outcome.errors
    );
    let lines = outcome.lines();
    assert_eq!(lines.len(), 2 * bad.len(), "{arguments:?}");
    for (pair, (name, _)) in lines.chunks(2).zip(&bad) {
        let answered = pair[0].get(member).is_some() && pair[0].get("error").is_none();
        assert!(answered, "{arguments:?}, before {name}: {}", pair[0]);
        let error = pair[1].get("error").or(pair[1]["results"][0].get("error"));
        let kind = error.and_then(|error| error["kind"].as_str());
        let is_refused = matches!(kind, Some("validation" | "protocol"));
        assert!(is_refused, "{arguments:?}, {name}: {}", pair[1]);
    }
}

#[test]
fn of_build() {
    let message = r#"{"to":"+79034567890","type":"text","text":{"body":"Hi"}}"#;
    for gateway in ["rapporto", "tujenge", "chat-api"] {
        check(&["build", "--gateway", gateway], message, "requests");
    }
}

#[test]
fn of_validate() {
    let payload = r#"{"phone":"79034567890","body":"Hi"}"#;
    check(&["validate", "--gateway", "chat-api"], payload, "valid");
}

#[test]
fn of_decode() {
    check(
        &["decode", "--gateway", "rapporto"],
        r#"{"mtNum":"1"}"#,
        "results",
    );
}

#[test]
fn of_events() {
    check(
        &["events", "--gateway", "rapporto"],
        r#"{"mtNum":"1","status":2}"#,
        "events",
    );
}

#[test]
fn of_send() {
    let served = Served::start();
    let base_url = served.base_url("tujenge");
    let message = r#"{"to":"+79034567890","type":"text","text":{"body":"Hi"}}"#;
    check(
        &[
            "send",
            "--gateway",
            "tujenge",
            "--base-url",
            &base_url,
            "--api-key",
            "sandbox-key",
        ],
        message,
        "receipt",
    );
    assert_eq!(served.sandbox.counts().accepted, bad_lines().len() as u64);
}

#[test]
fn a_line_that_is_too_long_tells_the_limit() {
    let input = vec![b' '; MAXIMUM_LINE + 1];
    for command in ["build", "validate", "decode"] {
        let line = &wamux(&[command, "--gateway", "rapporto"], &input).lines()[0];
        let violation = &line["error"]["violations"][0];
        assert_eq!(violation["code"], "length.too.long", "{command}");
        assert_eq!(violation["limit"], MAXIMUM_LINE, "{command}");
    }
    for arguments in [
        &["events", "--gateway", "rapporto"][..],
        &["send", "--gateway", "tujenge", "--api-key", "k"],
    ] {
        let line = &wamux(arguments, &input).lines()[0];
        assert!(
            line["error"]["message"]
                .as_str()
                .unwrap()
                .contains("1048576"),
            "{line}"
        );
    }
}

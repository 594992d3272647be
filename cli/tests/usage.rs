//! Wrong usage: exit status 2, nothing on the output, and words that say what is right.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use wamux_cli::{Environment, ExitStatus};

use support::{Outcome, wamux, wamux_in};

/// Arguments without spaces in them, and what the complaint must speak of.
const WRONG: [(&str, &str); 15] = [
    ("build --gateway devino", "devino-v1, devino-v2, "),
    ("codes --gateway x", "devino-v1, devino-v2, "),
    ("build", "--gateway"),
    (
        "validate --gateway chat-api --call send",
        "sendMessage, sendFile",
    ),
    ("decode --gateway tujenge --status 99", "100..=599"),
    (
        "build --gateway tujenge --base-url http://a.example",
        "https",
    ),
    ("build --gateway tujenge --region UK", "ISO 3166-1"),
    ("build --gateway tujenge --timeout soon", "--timeout"),
    ("build --gateway rapporto --deduplicates=maybe", "true"),
    (
        "send --gateway tujenge --base-url http://127.0.0.1:1 --to +79034567890 --text x",
        "--api-key",
    ),
    (
        "send --gateway tujenge --base-url http://127.0.0.1:1 --api-key k --to +79034567890",
        "--text",
    ),
    (
        "send --gateway tujenge --base-url http://127.0.0.1:1 --api-key k --text x",
        "--to",
    ),
    (
        "send --gateway tujenge --base-url http://127.0.0.1:1 --api-key k --to 1 --text x --template y",
        "cannot be used with",
    ),
    (
        "send --gateway tujenge --base-url http://127.0.0.1:1 --api-key k --to 1 --text x --language en",
        "cannot be used with",
    ),
    ("sandbox --port 70000", "65535"),
];

fn assert_usage(outcome: &Outcome, hint: &str, what: &str) {
    assert_eq!(outcome.status, ExitStatus::Usage, "{what}");
    assert!(outcome.errors.contains(hint), "{what}: {}", outcome.errors);
    assert_eq!(outcome.output, "", "{what}");
}

#[test]
fn wrong_flags() {
    for (arguments, hint) in WRONG {
        let split: Vec<&str> = arguments.split(' ').collect();
        assert_usage(&wamux(&split, b"{}\n"), hint, arguments);
    }
}

#[test]
fn wrong_variables_are_named() {
    for (name, value) in [
        ("WAMUX_REGION", "UK"),
        ("WAMUX_DEDUPLICATES", "maybe"),
        ("WAMUX_TIMEOUT", "soon"),
    ] {
        let environment: Environment = [(name, value)].into_iter().collect();
        let outcome = wamux_in(&environment, &["build", "--gateway", "tujenge"], b"{}\n");
        assert_usage(&outcome, name, name);
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_named() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let value = OsString::from_vec(vec![b'k', 0xff]);
    let environment: Environment = [("WAMUX_API_KEY", value)].into_iter().collect();
    let outcome = wamux_in(&environment, &["build", "--gateway", "tujenge"], b"{}\n");
    assert_usage(&outcome, "WAMUX_API_KEY must be UTF-8", "a key");
}

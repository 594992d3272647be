//! `wamux call` against the sandbox.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::{Value, json};
use wamux_cli::ExitStatus;

use support::{Outcome, Served, wamux};

fn call(served: &Served, words: &[&str], input: &str) -> Outcome {
    let arguments = [&["call", "--gateway", "tujenge"], words].concat();
    served.wamux("tujenge", &arguments, input.as_bytes())
}

/// The one line of a call that was done.
fn done(outcome: &Outcome) -> Value {
    assert_eq!(
        outcome.status,
        ExitStatus::Done,
        "{} {}",
        outcome.output,
        outcome.errors
    );
    let [line] = &outcome.lines()[..] else {
        panic!("one line: {}", outcome.output)
    };
    line.clone()
}

#[test]
fn fields_are_the_arguments() {
    let served = Served::start();
    let words = [
        "check_contacts",
        "contacts=+7 903 456-78-90",
        "contacts=+1 650 555 12 34",
        "blocking=wait",
    ];
    let checked = done(&call(&served, &words, "not read"));
    let contacts = checked["output"]["contacts"].as_array().unwrap();
    assert_eq!(contacts[0]["wa_id"], "79034567890");
    assert_eq!(contacts[1]["wa_id"], "16505551234");
    let headers = [
        "set_webhook",
        "url=http://127.0.0.1:9/",
        "headers:={\"X-Secret\":\"s\"}",
    ];
    // The gateway has the header; its value is a credential, and is not shown.
    assert_eq!(
        done(&call(&served, &headers, ""))["output"]["headers"]["X-Secret"],
        "***"
    );
}

#[test]
fn a_call_that_needs_nothing_is_made_once_and_reads_nothing() {
    let served = Served::start();
    let groups = done(&call(&served, &["list_groups"], "{}\n{}\n"));
    assert_eq!(groups, json!({"output": {"groups": []}}));
}

#[test]
fn lines_are_arguments_and_a_bad_one_does_not_stop_the_rest() {
    let served = Served::start();
    let lines = "{\"subject\":\"Drivers\"}\n{\"topic\":\"x\"}\nnot JSON\n{\"subject\":\"Cooks\"}\n";
    let outcome = call(&served, &["create_group"], lines);
    assert_eq!(outcome.status, ExitStatus::Failed);
    let answers = outcome.lines();
    assert_eq!(answers.len(), 4);
    assert!(answers[0]["output"]["id"].is_string());
    for wrong in &answers[1..3] {
        assert_eq!(wrong["error"]["kind"], "validation");
    }
    let groups = done(&call(&served, &["list_groups"], ""));
    assert_eq!(groups["output"]["groups"].as_array().unwrap().len(), 2);
    // With a dash also where nothing is needed.
    let outcome = call(&served, &["list_groups", "-"], "{}\n{}\n");
    assert_eq!(outcome.lines().len(), 2);
}

#[test]
fn what_the_gateway_or_a_rule_refuses_is_a_failed_line() {
    let served = Served::start();
    let outcome = call(&served, &["mark_as_read", "message_id=unknown"], "");
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert_eq!(outcome.lines()[0]["error"]["code"], "1006");
    let long = format!("subject={}", "x".repeat(26));
    let error = &call(&served, &["create_group", &long], "").lines()[0]["error"];
    assert_eq!(error["violations"][0]["path"], "subject");
    let error = &call(
        &served,
        &["get_sticker", "sticker_pack_id=1", "index=first"],
        "",
    )
    .lines()[0]["error"];
    assert_eq!(error["violations"][0]["path"], "index");
}

#[test]
fn a_method_and_a_path_are_called_as_they_are() {
    let served = Served::start();
    let made = done(&call(
        &served,
        &["POST", "/v1/groups", "{\"subject\":\"Drivers\"}"],
        "",
    ));
    assert_eq!(made["response"]["status"], 200);
    assert!(made["response"]["body"]["groups"][0]["id"].is_string());
    let listed = done(&call(&served, &["GET", "/v1/groups"], ""));
    assert_eq!(
        listed["response"]["body"]["groups"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // Tujenge keeps this path to itself.
    let outcome = call(&served, &["GET", "/v1/account"], "");
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert_eq!(outcome.lines()[0]["error"]["kind"], "unsupported");
    let outcome = call(&served, &["GET", "v1/groups"], "");
    assert_eq!(outcome.lines()[0]["error"]["kind"], "validation");
}

#[test]
fn what_is_wrong_usage_says_what_would_be_right_and_shows_no_value() {
    let cases: [(&[&str], &str); 9] = [
        (&["no_such_call"], "mark_as_read"),
        (&["mark_as_read", "secret-word"], "FIELD=VALUE"),
        (&["mark_as_read", "message_id:=secret-word"], "is not JSON"),
        (
            &[
                "mark_as_read",
                "message_id=secret-word",
                "message_id=secret-word",
            ],
            "stands twice",
        ),
        (
            &[
                "mark_as_read",
                "message_id=secret-word",
                "--file",
                "secret-word",
            ],
            "leave --file out",
        ),
        (
            &[
                "mark_as_read",
                "message_id=secret-word",
                "--output",
                "secret-word",
            ],
            "leave --output out",
        ),
        (&["upload_media", "mime_type=secret-word"], "--file"),
        (&["download_media", "media_id=secret-word"], "--output"),
        (&["POST", "/v1/groups", "{secret-word"], "is not JSON"),
    ];
    for (words, said) in cases {
        let arguments = [
            &["call", "--gateway", "tujenge", "--api-key", "secret-word"],
            words,
        ]
        .concat();
        let outcome = wamux(&arguments, b"");
        assert_eq!(
            outcome.status,
            ExitStatus::Usage,
            "{words:?}: {}",
            outcome.output
        );
        assert!(
            outcome.errors.contains(said),
            "{words:?}: {}",
            outcome.errors
        );
        assert!(
            !outcome.errors.contains("secret-word"),
            "{}",
            outcome.errors
        );
    }
}

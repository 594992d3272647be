//! The commands that open sockets, against the sandbox.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use wamux_cli::{Environment, ExitStatus};

use support::{Served, gateway_ids, wamux, wamux_in};

const TEXT: &str = r#"{"to":"8 (903) 456-78-90","type":"text","text":{"body":"Code: 1234"}}"#;

#[test]
fn send_gives_a_receipt_for_flags_and_for_lines() {
    let served = Served::start();
    let base_url = served.base_url("devino-v2");
    let environment: Environment = [("WAMUX_API_KEY", "sandbox-key")].into_iter().collect();
    let common = [
        "send",
        "--gateway",
        "devino-v2",
        "--base-url",
        &base_url,
        "--from",
        "MyCompany",
    ];
    let send = |arguments: &[&str], input: &str| {
        wamux_in(
            &environment,
            &[&common, arguments].concat(),
            input.as_bytes(),
        )
    };
    let text = send(
        &["--to", "8 (903) 456-78-90", "--text", "-50% today"],
        "not read",
    );
    assert_eq!(text.lines()[0]["receipt"]["to"], "+79034567890");
    assert_eq!(text.status, ExitStatus::Done);
    let template = send(
        &[
            "--to",
            "+79034567890",
            "--template",
            "hello",
            "--language",
            "en",
        ],
        "",
    );
    assert_eq!(template.status, ExitStatus::Done, "{}", template.output);
    let lines = send(&[], &format!("{TEXT}\n{{}}\n{TEXT}\n"));
    assert_eq!(lines.lines()[1]["error"]["kind"], "validation");
    assert_eq!(lines.lines()[2]["receipt"]["status"], "accepted");
    assert_eq!(lines.status, ExitStatus::Failed);
    let messages = served.sandbox.messages();
    assert_eq!(messages.len(), 4);
    assert_eq!(messages[0].body["text"]["body"], "-50% today");
    assert_eq!(messages[1].body["template"]["language"]["code"], "en");
}

#[test]
fn what_the_gateway_refuses_is_a_failed_line() {
    let served = Served::start();
    let base_url = served.base_url("tujenge");
    let outcome = wamux(
        &[
            "send",
            "--gateway",
            "tujenge",
            "--base-url",
            &base_url,
            "--api-key",
            "wrong",
            "--to",
            "+79034567890",
            "--text",
            "x",
        ],
        b"",
    );
    let error = &outcome.lines()[0]["error"];
    assert_eq!(
        (&error["kind"], &error["delivery"]),
        (&json!("authentication"), &json!("not_sent"))
    );
    assert_eq!(outcome.status, ExitStatus::Failed);
}

#[test]
fn the_demo_delivers_through_every_gateway() {
    let outcome = wamux(&["demo"], b"");
    assert_eq!(outcome.status, ExitStatus::Done, "{}", outcome.errors);
    for id in gateway_ids() {
        let rows: Vec<_> = outcome
            .output
            .lines()
            .filter(|line| line.contains(id))
            .collect();
        assert!(!rows.is_empty(), "{id}");
        for row in rows {
            assert!(
                row.contains("accepted") && row.contains("delivered"),
                "{row}"
            );
        }
    }
    assert!(outcome.output.contains("+79034567890"));
    let json = wamux(&["demo", "--json"], b"");
    assert_eq!(json.status, ExitStatus::Done, "{}", json.errors);
    for line in json.lines() {
        let statuses = line["statuses"].as_array().unwrap();
        assert_eq!(statuses[0], "accepted");
        assert!(statuses.contains(&json!("delivered")), "{line}");
        assert!(line["message_id"].is_string(), "{line}");
    }
}

#[test]
fn the_demo_sends_from_other_programs_too() {
    let answer = r#"{"error":{"kind":"connect","delivery":"not_sent"}}"#;
    let sender = format!("shell=sh -c 'while read -r order; do echo '\\''{answer}'\\''; done'");
    let outcome = wamux(&["demo", "--json", "--sender", &sender], b"");
    assert_eq!(outcome.status, ExitStatus::Failed);
    let (shell, rust): (Vec<_>, Vec<_>) = outcome
        .lines()
        .into_iter()
        .partition(|line| line["language"] == "shell");
    assert!(!shell.is_empty());
    assert_eq!(shell.len(), rust.len(), "each sends the same messages");
    for (shell, rust) in shell.iter().zip(&rust) {
        assert_eq!(
            (&shell["gateway"], &shell["type"]),
            (&rust["gateway"], &rust["type"])
        );
        assert_eq!(shell["error"]["kind"], "connect");
        assert_eq!(rust["error"], json!(null));
    }
    assert!(
        outcome
            .errors
            .contains("shell: devino-v1 text (connect (not_sent))")
    );
}

#[test]
fn the_demo_sends_from_what_its_host_adds_unless_senders_are_given() {
    let host = Environment::default().with_sender("host", ["true"]);
    let outcome = wamux_in(&host, &["demo"], b"");
    assert!(outcome.errors.contains("host: it ended before it answered"));
    let outcome = wamux_in(&host, &["demo", "--sender", "given=true"], b"");
    assert!(outcome.errors.contains("given: it ended") && !outcome.errors.contains("host"));
    // Another command knows nothing of it, whatever its arguments say.
    let outcome = wamux_in(&host, &["phone", "demo"], b"");
    assert_eq!(outcome.lines()[0]["error"]["code"], "letters");
    let empty = Environment::default().with_sender("host", Vec::<String>::new());
    let outcome = wamux_in(&empty, &["demo"], b"");
    assert!(outcome.errors.contains("host: it has no command"));
}

#[test]
fn a_sender_that_cannot_be_run_or_ends_early_is_named() {
    for (sender, why) in [
        ("absent=/no/such/program", "absent"),
        ("early=true", "early: it ended before it answered"),
        (
            "words=echo hello",
            "words: its answer is neither receipt nor error",
        ),
        ("silent=sleep 60", "silent did not answer in time"),
    ] {
        let outcome = wamux(&["demo", "--sender", sender], b"");
        assert_eq!(outcome.status, ExitStatus::Failed, "{sender}");
        assert!(outcome.errors.contains(why), "{}", outcome.errors);
    }
    let outcome = wamux(&["demo", "--sender", "python"], b"");
    assert_eq!(outcome.status, ExitStatus::Usage);
    assert!(
        outcome.errors.contains("NAME=COMMAND"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_port_that_is_taken_is_a_failure() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let outcome = wamux(&["sandbox", "--port", &port], b"");
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert!(outcome.errors.contains(&port), "{}", outcome.errors);
}

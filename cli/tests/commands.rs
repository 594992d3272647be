//! What each command answers, and how it ends.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use wamux_cli::{Environment, ExitStatus};

use support::{gateway_ids, wamux, wamux_in};

const TEXT: &str = r#"{"to":"8 (903) 456-78-90","type":"text","text":{"body":"Code: 1234"}}"#;

#[test]
fn build_shows_a_request_whose_body_is_as_its_bytes_are() {
    let outcome = wamux(
        &["build", "--gateway", "devino-v2", "--from", "MyCompany"],
        TEXT.as_bytes(),
    );
    assert_eq!(
        outcome.output,
        r#"{"requests":[{"method":"POST","url":"https://api.devino.online/whatsapp/v2/messages","headers":{"content-type":"application/json","accept":"application/json","authorization":"Key ***"},"body":{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Code: 1234"}}}],"warnings":[]}"#
            .to_owned()
            + "\n"
    );
    assert_eq!(outcome.status, ExitStatus::Done);
}

#[test]
fn build_does_not_escape_the_stars_in_a_url() {
    let outcome = wamux(
        &["build", "--gateway", "chat-api", "--region", "RU"],
        TEXT.as_bytes(),
    );
    let url = "https://api.chat-api.com/instance1/sendMessage?token=***";
    assert_eq!(outcome.lines()[0]["requests"][0]["url"], url);
}

#[test]
fn build_indents_the_body_for_people() {
    let outcome = wamux(
        &[
            "build",
            "--gateway",
            "devino-v2",
            "--from",
            "MyCompany",
            "--pretty",
        ],
        TEXT.as_bytes(),
    );
    assert!(
        outcome
            .output
            .contains("\n        \"from\": \"MyCompany\",\n"),
        "{}",
        outcome.output
    );
}

#[test]
fn a_wrong_message_has_a_kind_and_violations_and_no_more() {
    let outcome = wamux(
        &["build", "--gateway", "rapporto"],
        format!("{}\n{TEXT}\n", TEXT.replace("8 (903) 456-78-90", "123")).as_bytes(),
    );
    let lines = outcome.lines();
    let members: Vec<_> = lines[0]["error"].as_object().unwrap().keys().collect();
    assert_eq!(members, ["kind", "violations"]);
    assert_eq!(lines[0]["error"]["violations"][0]["path"], "to");
    assert!(lines[1]["requests"].is_array());
    assert_eq!(outcome.status, ExitStatus::Failed);
}

#[test]
fn settings_come_from_flags_then_from_variables() {
    let environment: Environment = [
        ("WAMUX_FROM", "Variable"),
        ("WAMUX_BASE_URL", "https://a.example"),
    ]
    .into_iter()
    .collect();
    let body_of = |arguments: &[&str]| {
        let outcome = wamux_in(&environment, arguments, TEXT.as_bytes());
        outcome.lines()[0]["requests"][0].clone()
    };
    let request = body_of(&["build", "--gateway", "devino-v2"]);
    assert_eq!(request["body"]["from"], "Variable");
    assert_eq!(request["url"], "https://a.example/whatsapp/v2/messages");
    let request = body_of(&["build", "--gateway", "devino-v2", "--from", "Flag"]);
    assert_eq!(request["body"]["from"], "Flag");
    assert_eq!(
        wamux(&["build", "--gateway", "devino-v2"], TEXT.as_bytes()).status,
        ExitStatus::Failed
    );
}

#[test]
fn validate_judges_native_payloads() {
    let good = r#"{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Hi"}}"#;
    let bad = r#"{"from":"MyCompany","type":"text","text":{"body":"Hi"}}"#;
    let outcome = wamux(
        &["validate", "--gateway", "devino-v2"],
        format!("{good}\n{bad}\n{{\n").as_bytes(),
    );
    let lines = outcome.lines();
    assert_eq!(lines[0], json!({"valid": true, "violations": []}));
    assert_eq!(lines[1]["valid"], false);
    assert_eq!(lines[1]["violations"][0]["path"], "to");
    assert_eq!(lines[2]["error"]["violations"][0]["code"], "invalid");
    assert_eq!(outcome.status, ExitStatus::Failed);
    let outcome = wamux(&["validate", "--gateway", "devino-v2"], good.as_bytes());
    assert_eq!(outcome.status, ExitStatus::Done);
    let batch = format!(r#"{{"messages":[{good}]}}"#);
    let arguments = [
        "validate",
        "--gateway",
        "devino-v2",
        "--call",
        "messages/batch",
    ];
    assert_eq!(wamux(&arguments, batch.as_bytes()).status, ExitStatus::Done);
}

#[test]
fn decode_fails_where_one_result_is_an_error() {
    let ok = r#"{"result":[{"code":"OK","messageId":"1"}]}"#;
    let outcome = wamux(&["decode", "--gateway", "devino-v1"], ok.as_bytes());
    assert_eq!(
        outcome.lines()[0]["results"][0]["receipt"]["message_id"],
        "1"
    );
    assert_eq!(outcome.status, ExitStatus::Done);
    let mixed = r#"{"result":[{"code":"OK","messageId":"1"},{"code":"REJECTED","reasons":[{"key":"2312"}]}]}"#;
    let outcome = wamux(&["decode", "--gateway", "devino-v1"], mixed.as_bytes());
    assert_eq!(
        outcome.lines()[0]["results"][1]["error"]["kind"],
        "window_closed"
    );
    assert_eq!(outcome.status, ExitStatus::Failed);
}

#[test]
fn decode_reads_a_whole_body_of_any_bytes() {
    let body = b"<html>\n<h1>504</h1>\n\xff\x00</html>\n";
    let arguments = [
        "decode",
        "--gateway",
        "tujenge",
        "--status",
        "504",
        "--whole",
    ];
    let outcome = wamux(&arguments, body);
    assert_eq!(outcome.lines().len(), 1);
    let error = &outcome.lines()[0]["results"][0]["error"];
    assert_eq!(
        (&error["kind"], &error["http_status"]),
        (&json!("unavailable"), &json!(504))
    );
    assert!(error["raw"].as_str().unwrap().contains("<h1>504</h1>\n"));
    assert_eq!(outcome.status, ExitStatus::Failed);
    let outcome = wamux(&["decode", "--gateway", "tujenge", "--whole"], b"");
    assert_eq!(
        outcome.lines()[0]["results"][0]["error"]["kind"],
        "protocol"
    );
}

#[test]
fn a_whole_body_may_be_longer_than_a_line_but_has_a_limit() {
    let body = |length: usize| {
        let frame = r#"{"messages":[{"id":"1"}],"x":""}"#;
        frame.replace(
            r#""x":"""#,
            &format!(r#""x":"{}""#, "y".repeat(length - frame.len())),
        )
    };
    let arguments = ["decode", "--gateway", "tujenge", "--whole"];
    let limit = wamux::ANSWER_LIMIT;
    let outcome = wamux(&arguments, body(limit).as_bytes());
    assert_eq!(
        outcome.lines()[0]["results"][0]["receipt"]["message_id"],
        "1"
    );
    let outcome = wamux(&arguments, body(limit + 1).as_bytes());
    assert_eq!(
        outcome.lines()[0]["results"][0]["error"]["kind"],
        "protocol"
    );
}

#[test]
fn an_error_event_is_no_failure_and_an_unreadable_body_is() {
    let outcome = wamux(
        &["events", "--gateway", "tujenge"],
        b"{\"statuses\":[{}]}\n[]\n",
    );
    let lines = outcome.lines();
    assert_eq!(lines[0]["events"][0]["type"], "error");
    assert_eq!(lines[1]["error"]["kind"], "protocol");
    assert_eq!(outcome.status, ExitStatus::Failed);
    let outcome = wamux(
        &["events", "--gateway", "tujenge"],
        b"{\"statuses\":[{}]}\n",
    );
    assert_eq!(outcome.status, ExitStatus::Done);
}

#[test]
fn codes_are_rows_of_every_gateway() {
    let outcome = wamux(&["codes"], b"");
    let lines = outcome.lines();
    for id in gateway_ids() {
        let rows: Vec<_> = lines.iter().filter(|line| line["gateway"] == id).collect();
        assert!(!rows.is_empty(), "{id}");
        assert_eq!(
            wamux(&["codes", "--gateway", id], b"").lines().len(),
            rows.len()
        );
    }
    for line in &lines {
        let mut members: Vec<_> = line
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        members.retain(|name| !["ref", "http_status"].contains(name));
        assert_eq!(
            members,
            [
                "gateway",
                "code",
                "where",
                "title",
                "kind",
                "retryable",
                "delivery",
                "advice"
            ]
        );
    }
    assert!(lines.iter().any(|line| line["delivery"] == Value::Null));
    assert_eq!(outcome.status, ExitStatus::Done);
}

#[test]
fn capabilities_are_a_line_for_each_gateway() {
    let lines = wamux(&["capabilities"], b"").lines();
    let ids: Vec<_> = lines
        .iter()
        .map(|line| line["gateway"].as_str().unwrap())
        .collect();
    assert_eq!(ids, gateway_ids().collect::<Vec<_>>());
    let outcome = wamux(&["capabilities", "--gateway", "chat-api"], b"");
    let line = &outcome.lines()[0];
    let members: Vec<_> = line.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "gateway", "name", "base_url", "region", "sends", "not_yet", "statuses", "receives",
            "calls", "payloads", "limits"
        ]
    );
    let sends = [
        "sendMessage",
        "sendFile",
        "sendPTT",
        "sendLocation",
        "sendVCard",
    ];
    let payloads = line["payloads"].as_array().unwrap();
    assert_eq!(payloads[..sends.len()], sends.map(Value::from));
    let calls = line["calls"].as_array().unwrap();
    assert!(calls.contains(&"get_status".into()), "{calls:?}");
    assert_eq!(line["region"], Value::Null);
    assert_eq!(line["sends"][0], "text");
}

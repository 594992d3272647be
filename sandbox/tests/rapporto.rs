//! Rapporto: samples of the page, limits, the table of errors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{Bench, RAPPORTO, rapporto, with};
use wamux_sandbox::Options;

/// HTTP status and code; (200, 0) where the message is accepted.
async fn outcome(bench: &Bench, body: &Value) -> (u16, u64) {
    let before = bench.accepted();
    let answer = bench.post(RAPPORTO, body).await;
    let status = answer.status.as_u16();
    let answer = answer.json();
    if status == 200 {
        let number = answer["mtNum"].as_str().unwrap();
        assert!(number.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(answer.get("id"), body.get("id"));
        assert_eq!(bench.accepted(), before + 1);
        return (200, 0);
    }
    assert_eq!(bench.accepted(), before);
    assert!(answer["error"]["description"].is_string());
    (status, answer["error"]["code"].as_u64().unwrap())
}

fn text(length: usize) -> Value {
    let content = json!({"type": "TEXT", "data": {"text": "я".repeat(length)}});
    rapporto(&json!({}), &json!({"instantContent": content}))
}

fn image(data: &Value) -> Value {
    let content = json!({"type": "IMAGE_URL", "data": data});
    rapporto(&json!({}), &json!({"instantContent": content}))
}

#[tokio::test]
async fn samples_and_values_at_their_limits_are_accepted() {
    let bench = Bench::start().await;
    let sample = rapporto(
        &json!({
            "useTimeDiff": false,
            "id": "8770100",
            "scheduleInfo": {"timeBegin": "10:00", "timeEnd": "20:00", "weekdaysSchedule": "12345"},
        }),
        &json!({"serviceNumber": "SENDER'S_NAME", "ttl": 1440}),
    );
    let link = |state: &str, kind: &str| json!({"state": state, "message": {"type": kind, "data": {"text": "Code: 1234"}, "shortenLinks": false}});
    let mut cascade = link("READ", "FLASHINGCALL");
    cascade["nextLink"] = link("DELIVERED", "SMS");
    for good in [
        sample,
        text(1),
        text(1000),
        image(&json!({"imageURL": "https://a.example/i.png"})),
        rapporto(&json!({"destAddr": "8-210-123-45-67"}), &json!({})),
        rapporto(&json!({"destAddr": "+72101234567"}), &json!({})),
        rapporto(
            &json!({"scheduleInfo": {"deadline": "2019-05-10T16:29:30+0300"}}),
            &json!({}),
        ),
        rapporto(&json!({"extraParam": "a=1,place=53.8,, 58.6"}), &json!({})),
        rapporto(
            &json!({"notifyUrl": format!("http://a/{}", "n".repeat(2039))}),
            &json!({}),
        ),
        rapporto(
            &json!({"notifyUrl": "status.example", "registeredDelivery": 2}),
            &json!({}),
        ),
        rapporto(&json!({}), &json!({"ttl": 0})),
        rapporto(&json!({}), &json!({"ttl": 10080, "ttlUnit": "MINUTES"})),
        rapporto(&json!({}), &json!({"ttl": 120, "ttlUnit": "SECONDS"})),
        rapporto(
            &json!({"cascadeChainLink": cascade, "registeredDelivery": 1}),
            &json!({}),
        ),
    ] {
        assert_eq!(outcome(&bench, &good).await, (200, 0), "{good}");
    }
    for stored in bench.sandbox.messages() {
        assert!(stored.body.get("login").is_none() && stored.body.get("password").is_none());
    }
}

#[tokio::test]
async fn each_refusal_has_its_code_and_status() {
    let bench = Bench::start().await;
    let top = |more: Value| rapporto(&more, &json!({}));
    let data = |more: Value| rapporto(&json!({}), &more);
    for (bad, expected) in [
        (text(1001), (400, 4)),
        (json!([]), (400, 4)),
        (text(0), (400, 4)),
        (
            image(&json!({"imageUrl": "https://a.example/i.png"})),
            (400, 4),
        ),
        (image(&json!({"imageURL": "a.png"})), (400, 4)),
        (
            image(&json!({"imageURL": "https://a.example/i.png", "text": "t"})),
            (400, 4),
        ),
        (top(json!({"login": "wrong"})), (401, 5)),
        (top(json!({"login": null})), (401, 5)),
        (top(json!({"password": "wrong"})), (401, 6)),
        (data(json!({"serviceNumber": "UNAVAILABLE"})), (400, 7)),
        (top(json!({"destAddr": "12"})), (406, 8)),
        (top(json!({"destAddr": null})), (406, 8)),
        (
            top(json!({"message": {"type": "SMS", "data": {}}})),
            (406, 9),
        ),
        (data(json!({"ttl": 60})), (406, 11)),
        (data(json!({"ttl": -1})), (406, 11)),
        (data(json!({"ttl": "1440"})), (406, 11)),
        (data(json!({"ttlUnit": "HOURS"})), (400, 4)),
        (data(json!({"ttl": 1, "ttlUnit": "DAYS"})), (400, 4)),
        (top(json!({"registeredDelivery": 3})), (400, 4)),
        (top(json!({"notifyUrl": ""})), (400, 4)),
        (
            top(json!({"notifyUrl": format!("http://a/{}", "n".repeat(2040))})),
            (400, 4),
        ),
        (top(json!({"useTimeDiff": "true"})), (400, 4)),
        (
            top(json!({"scheduleInfo": {"timeBegin": "25:00"}})),
            (400, 4),
        ),
        (
            top(json!({"scheduleInfo": {"weekdaysSchedule": "08"}})),
            (400, 4),
        ),
        (
            top(json!({"scheduleInfo": {"deadline": "2019-05-10T16:29:30"}})),
            (400, 4),
        ),
        (
            top(json!({"scheduleInfo": {"deadline": "+2019-05-10T16:29:30+0300"}})),
            (400, 4),
        ),
        (top(json!({"extraParam": "a"})), (400, 4)),
        (top(json!({"unknown": 1})), (400, 4)),
        (
            top(json!({"cascadeChainLink": {"state": "SENT"}})),
            (400, 4),
        ),
    ] {
        assert_eq!(outcome(&bench, &bad).await, expected, "{bad}");
    }
    let answer = bench.post(RAPPORTO, &text(1001)).await.json();
    assert!(
        answer["extendedDescription"]
            .as_str()
            .unwrap()
            .contains("1001")
    );
    let answer = bench.post("/rapporto/another", &text(1)).await;
    assert_eq!(answer.status, 401);
    let headers = [("Content-Type", "application/json")];
    let answer = bench
        .try_call(Method::POST, RAPPORTO, &headers, "{\"login\":")
        .await
        .unwrap();
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.json()["error"]["code"].as_u64()
        ),
        (400, Some(4))
    );
}

#[tokio::test]
async fn cascades_are_checked_to_their_end() {
    let bench = Bench::start().await;
    let link = |state: &str, message: Value| json!({"state": state, "message": message});
    let sms = |data: Value| json!({"type": "SMS", "data": data});
    let below_a_call = with(
        link("READ", json!({"type": "FLASHINGCALL", "data": {}})),
        &json!({"nextLink": link("READ", sms(json!({"text": "t"})))}),
    );
    for (chain, expected) in [
        (link("READ", sms(json!({}))), (400, 4)),
        (
            link("READ", sms(json!({"text": "t", "image": "i"}))),
            (400, 4),
        ),
        (
            link("READ", sms(json!({"text": "t", "ttl": -1}))),
            (406, 11),
        ),
        (link("READ", json!({"type": "FAX", "data": {}})), (406, 9)),
        (
            link("READ", json!({"type": "VK", "data": {"text": "t"}})),
            (400, 4),
        ),
        (
            link(
                "READ",
                json!({"type": "TELEGRAM", "data": {"text": "t", "link": ""}}),
            ),
            (400, 4),
        ),
        (
            link("READ", sms(json!({"text": "t", "ttl": 2881}))),
            (406, 11),
        ),
        (
            link(
                "READ",
                json!({"type": "FLASHINGCALL", "data": {"text": "Code: 12345"}}),
            ),
            (400, 4),
        ),
        (
            link(
                "READ",
                json!({"type": "VIBER", "data": {"instantContent": {"type": "BUTTON",
                "data": {"text": "t", "caption": "c", "action": "ftp://a.example"}}}}),
            ),
            (400, 4),
        ),
        (link("SENT", sms(json!({"text": "t"}))), (400, 4)),
        (below_a_call, (400, 4)),
    ] {
        let bad = rapporto(&json!({ "cascadeChainLink": chain }), &json!({}));
        assert_eq!(outcome(&bench, &bad).await, expected, "{bad}");
    }
}

#[tokio::test]
async fn ids_are_deduplicated_only_where_the_account_has_it() {
    let request = rapporto(&json!({"id": "8770100"}), &json!({}));
    for (deduplicates, accepted) in [(false, 2), (true, 1)] {
        let bench = Bench::with(Options {
            rapporto_deduplicates: deduplicates,
            ..Options::default()
        })
        .await;
        let first = bench.post(RAPPORTO, &request).await.json();
        let second = bench.post(RAPPORTO, &request).await.json();
        assert_eq!(first == second, deduplicates);
        assert_eq!(bench.accepted(), accepted);
        assert_eq!(bench.sandbox.counts().requests, 2);
    }
}

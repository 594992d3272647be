//! Tujenge: message types, limits, codes, the webhook's configuration.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{Bench, TUJENGE, tujenge, with};

/// The codes of a refusal; empty where the message is accepted.
async fn codes(bench: &Bench, body: &Value) -> Vec<u64> {
    let before = bench.accepted();
    let answer = bench.post(TUJENGE, body).await;
    let status = answer.status.as_u16();
    let answer = answer.json();
    assert_eq!(answer["meta"]["api_status"], "stable");
    if status == 200 {
        assert!(answer["messages"][0]["id"].is_string());
        assert_eq!(bench.accepted(), before + 1);
        return Vec::new();
    }
    assert_eq!(bench.accepted(), before);
    let errors = answer["errors"].as_array().unwrap();
    let codes: Vec<u64> = errors
        .iter()
        .map(|error| error["code"].as_u64().unwrap())
        .collect();
    let expected = match codes[0] {
        1006 => 404,
        1014 => 500,
        _ => 400,
    };
    assert_eq!(status, expected);
    codes
}

fn template(more: &Value) -> Value {
    let base = json!({"namespace": "ns", "name": "n", "language": {"policy": "deterministic", "code": "en"}});
    tujenge(&json!({"type": "template", "template": with(base, more)}))
}

fn interactive(more: &Value) -> Value {
    let base = json!({"type": "list", "body": {"text": "t"}, "action": {
        "button": "b", "sections": [{"rows": [{"id": "1", "title": "1"}]}]}});
    tujenge(&json!({"type": "interactive", "interactive": with(base, more)}))
}

fn rows(counts: &[usize]) -> Value {
    let sections: Vec<Value> = counts
        .iter()
        .map(|count| json!({"title": "S", "rows": vec![json!({"id": "1", "title": "1"}); *count]}))
        .collect();
    interactive(&json!({"action": {"button": "b", "sections": sections}}))
}

fn text(length: usize) -> Value {
    tujenge(&json!({"type": "text", "text": {"body": "я".repeat(length)}}))
}

#[tokio::test]
async fn documented_types_are_accepted() {
    let bench = Bench::start().await;
    for more in [
        json!({"text": {"body": "no type"}}),
        json!({"text": {"body": "t"}, "to": "+255712345678", "ttl": "1"}),
        json!({"text": {"body": "see https://a.example"}, "preview_url": true, "ttl": "P1D"}),
        json!({"text": {"body": "t"}, "ttl": 86400, "context": {"message_id": "gBEG"}}),
        json!({"text": {"body": "t"}, "recipient_type": "group", "to": "255712345678-1479621234"}),
        json!({"type": "image", "image": {"link": "https://a.example/i.png", "caption": "c"}}),
        json!({"type": "image", "image": {"link": "https://a.example/i", "provider": {"name": "p"}}}),
        json!({"type": "document", "document": {"id": "1", "caption": "c", "filename": "f"}}),
        json!({"type": "audio", "audio": {"id": "1"}}),
        json!({"type": "voice", "voice": {"id": "1"}}),
        json!({"type": "video", "video": {"id": "1", "caption": "c"}}),
        json!({"type": "sticker", "sticker": {"id": "1"}}),
        json!({"type": "location", "location": {"latitude": -90, "longitude": 180.0}}),
        json!({"type": "location", "location": {"latitude": "1.5", "longitude": "2"}}),
        json!({"type": "contacts", "contacts": [{
            "name": {"formatted_name": "n", "first_name": "n"},
            "phones": [{"phone": "+1 (650) 555-1234", "type": "WORK", "wa_id": "16505551234"}],
            "ims": [{"service": "s", "user_id": "u"}],
        }]}),
        json!({"type": "reaction", "reaction": {"message_id": "gBEG", "emoji": ""}}),
        json!({"type": "hsm", "hsm": {"namespace": "ns", "element_name": "e",
            "language": {"policy": "fallback", "code": "en"},
            "localizable_params": [{"default": "$1",
                "currency": {"currency_code": "USD", "amount_1000": 1000}}]}}),
    ] {
        assert_eq!(codes(&bench, &tujenge(&more)).await, [0_u64; 0], "{more}");
    }
    for body in [
        text(4096),
        template(&json!({})),
        template(&json!({"name": "n".repeat(512)})),
        template(&json!({"components": [{"type": "body", "parameters": [
            {"type": "text", "text": "x".repeat(1024)}]}]})),
        interactive(&json!({"header": {"type": "text", "text": "h".repeat(60)}})),
        rows(&[4, 6]),
        rows(&[1; 10]),
    ] {
        assert_eq!(codes(&bench, &body).await, [0_u64; 0], "{body}");
    }
}

fn hsm(date_time: &Value) -> Value {
    json!({"type": "hsm", "hsm": {"namespace": "ns", "element_name": "e",
        "language": {"policy": "fallback", "code": "en"},
        "localizable_params": [{"default": "now", "date_time": date_time}]}})
}

#[tokio::test]
async fn each_refusal_has_its_code() {
    let bench = Bench::start().await;
    let link = |link: &str| json!({"type": "image", "image": {"link": link}});
    for (more, code) in [
        (json!({"type": "text"}), 1008),
        (json!({"to": null, "text": {"body": "t"}}), 1008),
        (json!({"to": "0712345678", "text": {"body": "t"}}), 1009),
        (
            json!({"text": {"body": "t"}, "recipient_type": "chat"}),
            1002,
        ),
        (json!({"text": {"body": "t"}, "from": "A"}), 1010),
        (json!({"text": {"body": "t"}, "image": {"id": "1"}}), 1010),
        (
            json!({"text": {"body": "no address"}, "preview_url": true}),
            1009,
        ),
        (json!({"text": {"body": "t"}, "preview_url": "true"}), 400),
        (json!({"text": {"body": ""}}), 1009),
        (json!({"text": {"body": "t"}, "ttl": "soon"}), 1009),
        (json!({"text": {"body": "t"}, "context": {}}), 1008),
        (json!({"type": "poll"}), 1009),
        (link("ftp://a.example"), 1009),
        (
            json!({"type": "audio", "audio": {"id": "unknown-media"}}),
            1006,
        ),
        (json!({"type": "audio", "audio": {"id": ""}}), 1009),
        (hsm(&json!({})), 1008),
        (
            hsm(&json!({"unix_epoch": {"timestamp": 1}, "component": {}})),
            1008,
        ),
        (hsm(&json!({"unix_epoch": {"timestamp": "1"}})), 400),
        (link("https://a.example/a%2520b"), 1014),
        (
            json!({"type": "image", "image": {"link": "http://a.example", "id": "1"}}),
            1010,
        ),
        (
            json!({"type": "audio", "audio": {"id": "1", "caption": "c"}}),
            1010,
        ),
        (
            json!({"type": "location", "location": {"latitude": 90.1, "longitude": 1}}),
            1009,
        ),
        (json!({"type": "contacts", "contacts": []}), 1008),
        (
            json!({"type": "reaction", "reaction": {"message_id": "m"}}),
            1008,
        ),
    ] {
        assert_eq!(codes(&bench, &tujenge(&more)).await, [code], "{more}");
    }
    let parameter =
        json!([{"type": "body", "parameters": [{"type": "text", "text": "x".repeat(1025)}]}]);
    let same = json!({"type": "reply", "reply": {"id": "1", "title": "same"}});
    let flat = json!({"type": "reply", "id": "1", "title": "flat"});
    let buttons = |buttons: Vec<&Value>| {
        interactive(&json!({"type": "button", "action": {"buttons": buttons}}))
    };
    for (body, code) in [
        (text(4097), 1001),
        (template(&json!({"namespace": null})), 2014),
        (template(&json!({"namespace": ""})), 2014),
        (template(&json!({"name": "n".repeat(513)})), 1009),
        (
            template(&json!({"language": {"policy": "deterministic"}})),
            1008,
        ),
        (template(&json!({"components": parameter})), 2004),
        (
            interactive(&json!({"header": {"type": "text", "text": "h".repeat(61)}})),
            2017,
        ),
        (
            interactive(&json!({"header": {"type": "image", "image": {"id": "1"}}})),
            2036,
        ),
        (rows(&[5, 6]), 2016),
        (rows(&[1; 11]), 2015),
        (buttons(vec![&same, &same]), 1009),
    ] {
        assert_eq!(codes(&bench, &body).await[0], code, "{body}");
    }
    assert_eq!(
        codes(&bench, &buttons(vec![&flat])).await,
        [1008, 1010, 1010]
    );
}

#[tokio::test]
async fn the_key_goes_in_either_header_and_blocked_paths_are_forbidden() {
    let bench = Bench::start().await;
    let body = text(1).to_string();
    for (name, value, status) in [
        ("WA-API-KEY", "sandbox-key", 200),
        ("D360-API-KEY", "sandbox-key", 200),
        ("WA-API-KEY", "wrong", 401),
        ("Authorization", "sandbox-key", 401),
    ] {
        let headers = [(name, value), ("Content-Type", "application/json")];
        let answer = bench
            .try_call(Method::POST, TUJENGE, &headers, body.clone())
            .await
            .unwrap();
        assert_eq!(answer.status, status, "{name}");
        if status == 401 {
            assert_eq!(answer.json()["meta"]["http_code"], 401);
        }
    }
    let blocked = bench
        .call(Method::GET, "/tujenge/v1/settings/application")
        .await;
    assert_eq!(blocked.status, 403);
    assert_eq!(blocked.json()["meta"]["success"], false);
    assert_eq!(
        bench.call(Method::GET, "/tujenge/v1/nothing").await.status,
        404
    );
}

#[tokio::test]
async fn the_webhook_is_echoed_or_refused() {
    let bench = Bench::start().await;
    let path = "/tujenge/v1/configs/webhook";
    let good = json!({"url": "http://127.0.0.1:1/hook", "headers": {"Authorization": "Basic abc"}});
    let answer = bench.post(path, &good).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, good));
    for bad in [
        json!({}),
        json!({"url": "ftp://a.example"}),
        json!({"url": "http://a.example", "headers": {"A B": "c"}}),
        json!({"url": "http://a.example", "headers": {"A": 1}}),
        json!({"url": "http://a.example", "URL": "http://a.example"}),
    ] {
        let answer = bench.post(path, &bad).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["meta"]["developer_message"].is_string());
    }
    assert_eq!(
        bench.sandbox.counts().requests,
        0,
        "no send call among them"
    );
}

#[tokio::test]
async fn dates_lifetimes_and_providers_have_their_limits() {
    let bench = Bench::start().await;
    for good in [
        hsm(&json!({"component": {"day_of_week": "7", "month": 12}})),
        hsm(&json!({"unix_epoch": {"timestamp": -1}})),
        json!({"text": {"body": "t"}, "ttl": "P1D"}),
        json!({"text": {"body": "t"}, "ttl": "1"}),
    ] {
        assert_eq!(codes(&bench, &tujenge(&good)).await, [0_u64; 0], "{good}");
    }
    for (bad, code) in [
        (hsm(&json!({"component": {}})), 1008),
        (hsm(&json!({"component": {"month": 13}})), 1009),
        (hsm(&json!({"component": {"day_of_week": "8"}})), 1009),
        (json!({"text": {"body": "t"}, "ttl": "0"}), 1009),
        (json!({"text": {"body": "t"}, "ttl": "P0D"}), 1009),
        (
            json!({"type": "sticker", "sticker": {"link": "https://a.example/s", "provider": {"name": "p"}}}),
            1010,
        ),
        (
            json!({"type": "audio", "audio": {"id": "1", "provider": {"name": "p"}}}),
            1010,
        ),
    ] {
        assert_eq!(codes(&bench, &tujenge(&bad)).await, [code], "{bad}");
    }
}

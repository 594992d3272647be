//! Devino v1, and what both of its APIs share: credentials, and the array of messages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::devino::{accepts, reasons, rejects};
use support::{Bench, DEVINO_BATCH, DEVINO_V1, devino_v1};

#[tokio::test]
async fn v1_limits_hold_on_both_sides() {
    let bench = Bench::start().await;
    let v1 = |more: Value| devino_v1(&more);
    for good in [
        json!({}),
        json!({"text": "я".repeat(1000)}),
        json!({"to": "1234567"}),
        json!({"contentUrl": "https://a.example/i.png", "text": null, "contentName": "n".repeat(100),
               "contentType": "image/png"}),
        json!({"templateId": "t", "text": null, "templateParams": {"1": "a"}, "validity": 1,
               "languageCode": "EN"}),
        json!({"templateId": "t", "validity": 0}),
        json!({"callbackUrl": "http://127.0.0.1:1/", "callbackData": "order 17"}),
    ] {
        accepts(&bench, DEVINO_V1, &v1(good)).await;
    }
    for (bad, key, reference) in [
        (
            json!({"text": "я".repeat(1001)}),
            "length.too.long",
            ".text",
        ),
        (json!({"text": ""}), "must.be.not.null", ""),
        (json!({"text": null}), "must.be.not.null", ""),
        (json!({"text": 1}), "invalid", ".text"),
        (json!({"to": null}), "must.be.not.null", ".to"),
        (json!({"to": ""}), "must.be.not.null", ".to"),
        (json!({"from": ""}), "must.be.not.null", ".from"),
        (json!({"to": "1234567890123456"}), "length.too.long", ".to"),
        (json!({"to": "+79034567890"}), "invalid", ".to"),
        (json!({"to": "790345"}), "invalid", ".to"),
        (json!({"from": null}), "must.be.not.null", ".from"),
        (json!({"from": "UNAVAILABLE"}), "not.available", ".from"),
        (
            json!({"callbackUrl": "ftp://a.example"}),
            "invalid",
            ".callbackUrl",
        ),
        (json!({"contentUrl": "a.example"}), "invalid", ".contentUrl"),
        (json!({"contentType": "picture"}), "invalid", ".contentType"),
        (
            json!({"contentName": ""}),
            "length.too.short",
            ".contentName",
        ),
        (
            json!({"contentName": "n".repeat(101)}),
            "length.too.long",
            ".contentName",
        ),
        (json!({"validity": 1}), "invalid", ".validity"),
        (
            json!({"languageCode": "e"}),
            "length.too.short",
            ".languageCode",
        ),
        (
            json!({"languageCode": "e".repeat(11)}),
            "length.too.long",
            ".languageCode",
        ),
        (
            json!({"languageCode": "english"}),
            "invalid",
            ".languageCode",
        ),
        (
            json!({"templateParams": {"name": "a"}}),
            "invalid",
            ".templateParams",
        ),
        (
            json!({"templateParams": {"0": "a"}}),
            "invalid",
            ".templateParams",
        ),
        (
            json!({"text": "", "contentUrl": "https://a.example"}),
            "invalid",
            ".text",
        ),
        (
            json!({"templateParams": {"1": 1}}),
            "invalid",
            ".templateParams",
        ),
        (json!({"type": "text"}), "invalid", ".type"),
    ] {
        let reference = format!("messages[0]{reference}");
        let body = v1(bad.clone());
        let found = reasons(&bench, DEVINO_V1, &body).await;
        // An empty text is a missing one; a text of another type is both unreadable and missing.
        assert_eq!(found[0], (key.to_owned(), reference), "{bad}");
    }
}

#[tokio::test]
async fn the_messages_array_has_one_to_a_hundred_items_and_each_its_own_result() {
    let bench = Bench::start().await;
    let message = json!({"from": "A", "to": "79034567890", "text": "t"});
    let bad = json!({"from": "A", "text": "t"});
    for path in [DEVINO_V1, DEVINO_BATCH] {
        let full = json!({"messages": vec![&message; 100]});
        let answer = bench.post(path, &full).await.json();
        assert_eq!(answer["result"].as_array().unwrap().len(), 100);
        let over = json!({"messages": vec![&message; 101]});
        rejects(&bench, path, &over, "too.many.messages", "messages").await;
        let empty = json!({"messages": []});
        rejects(&bench, path, &empty, "must.be.not.null", "messages").await;
        rejects(&bench, path, &json!({}), "must.be.not.null", "messages").await;
        let more = json!({"messages": [message], "callbackUrl": "http://a.example"});
        rejects(&bench, path, &more, "invalid", "callbackUrl").await;

        let before = bench.accepted();
        let mixed = json!({"messages": [message, bad, message]});
        let answer = bench.post(path, &mixed).await.json();
        let codes: Vec<&str> = answer["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| result["code"].as_str().unwrap())
            .collect();
        assert_eq!(codes, ["OK", "REJECTED", "OK"]);
        assert_eq!(answer["result"][1]["reasons"][0]["ref"], "messages[1].to");
        assert_eq!(bench.accepted(), before + 2);
        let stored = bench.sandbox.messages().pop().unwrap();
        assert_eq!(stored.body, message, "an item of a batch stands alone");
        assert_eq!(
            stored.id,
            answer["result"][2]["messageId"].as_str().unwrap()
        );
    }
}

#[tokio::test]
async fn credentials_are_a_key_or_a_login() {
    let bench = Bench::start().await;
    let body = devino_v1(&json!({})).to_string();
    let json = ("Content-Type", "application/json");
    for (value, status) in [
        ("Key sandbox-key", 200),
        ("Basic c2FuZGJveDpzYW5kYm94", 200),
        ("Basic c2FuZGJveDp3cm9uZw==", 401),
        ("Basic ?", 401),
        ("Key wrong", 401),
        ("Bearer sandbox-key", 401),
        ("sandbox-key", 401),
    ] {
        let headers = [("Authorization", value), json];
        let answer = bench
            .try_call(Method::POST, DEVINO_V1, &headers, body.clone())
            .await
            .unwrap();
        assert_eq!(answer.status, status, "{value}");
    }
    let answer = bench
        .try_call(Method::POST, DEVINO_V1, &[json], body)
        .await
        .unwrap();
    assert_eq!(answer.status, 401);
    assert_eq!(bench.sandbox.counts().requests, 8);
    assert_eq!(bench.accepted(), 2);
}

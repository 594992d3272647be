//! chat-api: sends, failures inside 200, settings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{Bench, CHAT_API, chat_api, with};

async fn is_sent(bench: &Bench, method: &str, body: &Value) -> bool {
    let before = bench.accepted();
    let answer = bench.post(&chat_api(method), body).await;
    assert_eq!(answer.status, 200, "a failure is told inside 200");
    let answer = answer.json();
    let sent = answer["sent"].as_bool().unwrap();
    assert_eq!(bench.accepted() - before, u64::from(sent));
    if sent {
        assert_eq!(answer["message"], "ok");
        assert!(
            answer["id"]
                .as_str()
                .unwrap()
                .starts_with("true_17472822486@c.us_")
        );
    } else {
        assert!(answer["message"].as_str().unwrap().len() > 3);
    }
    sent
}

/// Every method that sends, with a body that it accepts.
fn bodies() -> Vec<(&'static str, Value)> {
    let link = "https://upload.example/cover.jpg";
    vec![
        ("sendMessage", json!({"body": "Hello, world! 🍏"})),
        (
            "message",
            json!({"body": "Hello", "quotedMsgId": "false_1", "mentionedPhones": ["79680565372"]}),
        ),
        (
            "sendFile",
            json!({"body": link, "filename": "cover.jpg", "caption": "c"}),
        ),
        (
            "sendFile",
            json!({"body": "data:image/gif;base64,R0lGOA==", "filename": "4.gif"}),
        ),
        ("sendPTT", json!({"audio": "https://upload.example/a.ogg"})),
        (
            "sendLink",
            json!({"body": link, "previewBase64": "data:image/jpeg;base64,/9j/", "title": "t", "description": "d"}),
        ),
        ("sendContact", json!({"contactId": ["17472822486@c.us"]})),
        (
            "sendLocation",
            json!({"lat": 90, "lng": -180.0, "address": "one\ntwo"}),
        ),
        (
            "sendVCard",
            json!({"vcard": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n"}),
        ),
        (
            "forwardMessage",
            json!({"messageId": "false_17472822486@c.us_DF38"}),
        ),
    ]
}

#[tokio::test]
async fn every_send_is_accepted_by_phone_and_by_chat() {
    let bench = Bench::start().await;
    for (method, body) in bodies() {
        for to in [
            json!({"phone": "17472822486"}),
            json!({"phone": 17_472_822_486_u64}),
            json!({"chatId": "17472822486@c.us"}),
        ] {
            assert!(
                is_sent(&bench, method, &with(body.clone(), &to)).await,
                "{method} {body}"
            );
        }
    }
    let group = json!({"chatId": "79680561234-1479621234@g.us", "body": "b"});
    assert_eq!(bench.post(CHAT_API, &group).await.json()["sent"], true);
}

#[tokio::test]
async fn what_is_missing_or_unknown_is_refused() {
    let bench = Bench::start().await;
    let to = json!({"chatId": "17472822486@c.us"});
    for (method, body) in bodies() {
        let whole = with(body.clone(), &to);
        for name in body.as_object().unwrap().keys() {
            if ["caption", "description", "quotedMsgId", "mentionedPhones"].contains(&name.as_str())
            {
                continue;
            }
            assert!(!is_sent(&bench, method, &with(whole.clone(), &json!({name: null}))).await);
            assert!(!is_sent(&bench, method, &with(whole.clone(), &json!({name: false}))).await);
        }
        assert!(!is_sent(&bench, method, &with(whole.clone(), &json!({"unknown": 1}))).await);
        assert!(!is_sent(&bench, method, &body).await, "no recipient");
        let both = with(whole, &json!({"phone": "17472822486"}));
        assert!(!is_sent(&bench, method, &both).await, "two recipients");
    }
    for (method, body) in [
        ("sendMessage", json!({"chatId": "17472822486", "body": "b"})),
        ("sendMessage", json!({"chatId": "a@c.us", "body": "b"})),
        ("sendMessage", json!({"phone": "+17472822486", "body": "b"})),
        ("sendMessage", json!({"phone": 1.5, "body": "b"})),
        (
            "sendMessage",
            json!({"chatId": "17472822486@c.us", "body": ""}),
        ),
        (
            "sendFile",
            json!({"chatId": "17472822486@c.us", "body": "data:image/gif;base64,?", "filename": "f"}),
        ),
        (
            "sendLink",
            json!({"chatId": "17472822486@c.us", "body": "http://a", "previewBase64": "/9j/", "title": "t"}),
        ),
        (
            "sendLink",
            json!({"chatId": "17472822486@c.us", "body": "http://a", "previewBase64": "data:;base64,/9j/", "title": "t"}),
        ),
        (
            "sendLocation",
            json!({"chatId": "17472822486@c.us", "lat": 90.1, "lng": 0, "address": "a"}),
        ),
    ] {
        assert!(!is_sent(&bench, method, &body).await, "{body}");
    }
}

#[tokio::test]
async fn the_token_and_the_instance_go_in_the_query_or_the_path() {
    let bench = Bench::start().await;
    let body = json!({"phone": "17472822486", "body": "b"});
    for (path, status) in [
        ("/chat-api/instance1/sendMessage?token=sandbox-token", 200),
        (
            "/chat-api/sendMessage?instanceId=1&token=sandbox-token",
            200,
        ),
        ("/chat-api/instance2/sendMessage?token=sandbox-token", 401),
        ("/chat-api/sendMessage?token=sandbox-token", 401),
        ("/chat-api/instance1/sendMessage?token=wrong", 401),
        ("/chat-api/instance1/sendMessage", 401),
    ] {
        let answer = bench.post(path, &body).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.json()["error"].is_string(), status == 401);
    }
}

#[tokio::test]
async fn settings_and_the_webhook_are_kept() {
    let bench = Bench::start().await;
    let settings = bench.call(Method::GET, &chat_api("settings")).await.json();
    assert_eq!(settings["ackNotificationsOn"], true);
    let url = "http://127.0.0.1:1/hook";
    let answer = bench
        .post(&chat_api("webhook"), &json!({"webhookUrl": url}))
        .await;
    assert_eq!(answer.json(), json!({"set": true, "webhookUrl": url}));
    let answer = bench
        .post(&chat_api("settings"), &json!({"ackNotificationsOn": 0}))
        .await
        .json();
    assert_eq!(answer["update"], json!({"ackNotificationsOn": false}));
    let settings = bench.call(Method::GET, &chat_api("settings")).await.json();
    assert_eq!(settings["ackNotificationsOn"], false);
    let webhook = bench.call(Method::GET, &chat_api("webhook")).await.json();
    assert_eq!(webhook, json!({"set": true, "webhookUrl": url}));
    for bad in [
        json!({"webhookUrl": "ftp://a"}),
        json!({"ackNotificationsOn": 2}),
        json!({"x": 1}),
    ] {
        let answer = bench.post(&chat_api("settings"), &bad).await;
        assert!(answer.json()["error"].is_string(), "{bad}");
    }
    let status = bench.call(Method::GET, &chat_api("status")).await.json();
    assert_eq!(status["accountStatus"], "authenticated");
}

//! Status callbacks and incoming messages, as each dialect posts them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use support::{
    Bench, CHAT_API, DEVINO_BATCH, DEVINO_V1, RAPPORTO, Receiver, TUJENGE, chat_api, devino_v1,
    rapporto, tujenge,
};
use wamux_sandbox::Options;

/// Waits until the log has `count` tries of callbacks.
async fn tries(bench: &Bench, count: usize) -> Vec<Value> {
    for _ in 0..500 {
        let log = bench.call(Method::GET, "/_sandbox/log").await.json();
        let callbacks = log["callbacks"].as_array().unwrap();
        if callbacks.len() >= count {
            return callbacks.clone();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the log never had {count} tries");
}

#[tokio::test]
async fn devino_posts_an_array_with_the_id_as_a_number() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    let url = format!("{}/status", receiver.url);
    let more = json!({"callbackUrl": url, "callbackData": "order 17"});
    let answer = bench.post(DEVINO_V1, &devino_v1(&more)).await.json();
    let id = answer["result"][0]["messageId"].as_str().unwrap();
    let delivery = receiver.next().await;
    assert_eq!(delivery.path, "/status");
    let status = &delivery.body[0];
    assert_eq!(status["messageId"].as_u64().unwrap().to_string(), id);
    assert_eq!(status["status"], "DELIVERED");
    assert_eq!(status["errorCode"], 0);
    assert_eq!(status["options"], "order 17");

    let message = json!({"from": "A", "to": "79034567890", "text": "t", "callbackUrl": url});
    bench
        .post(DEVINO_BATCH, &json!({"messages": [message, message]}))
        .await;
    let ids = [receiver.next().await, receiver.next().await]
        .map(|delivery| delivery.body[0]["messageId"].clone());
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn rapporto_posts_sent_delivered_and_read_where_they_are_wanted() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    // The unwanted ones go first: had they been posted, they would arrive before the wanted.
    for wish in [0, 2] {
        let top = json!({"notifyUrl": receiver.url, "registeredDelivery": wish});
        bench.post(RAPPORTO, &rapporto(&top, &json!({}))).await;
    }
    let host = receiver.url.strip_prefix("http://").unwrap().to_owned();
    let top = json!({"notifyUrl": host, "id": "8770100"});
    let sender = json!({"serviceNumber": "Sender"});
    let answer = bench.post(RAPPORTO, &rapporto(&top, &sender)).await.json();
    for status in [0, 2, 9] {
        let body = receiver.next().await.body;
        assert_eq!(body["status"], status);
        assert_eq!(body["mtNum"], answer["mtNum"]);
        assert_eq!(body["id"], "8770100");
        assert_eq!(body["type"], "WHATSAPP");
        assert_eq!(body["sourceAddr"], "Sender");
        assert_eq!(body["errorCode"], "0");
        let date = body["doneDate"].as_str().unwrap();
        assert!(date.len() == 24 && date.ends_with("+0300"), "{date}");
    }
    assert_eq!(tries(&bench, 3).await.len(), 3);
}

#[tokio::test]
async fn tujenge_posts_to_the_configured_webhook_with_its_headers() {
    for (sent_status, states) in [
        (false, vec!["delivered", "read"]),
        (true, vec!["sent", "delivered", "read"]),
    ] {
        let bench = Bench::with(Options {
            callback_delay: Duration::from_millis(1),
            tujenge_sent_status: sent_status,
            ..Options::default()
        })
        .await;
        let mut receiver = Receiver::start(&[]).await;
        let webhook = json!({"url": receiver.url, "headers": {"X-Secret": "s"}});
        bench.post("/tujenge/v1/configs/webhook", &webhook).await;
        let message = tujenge(&json!({"text": {"body": "t"}}));
        let answer = bench.post(TUJENGE, &message).await.json();
        for state in states {
            let delivery = receiver.next().await;
            assert_eq!(delivery.headers["x-secret"], "s");
            let status = &delivery.body["statuses"][0];
            assert_eq!(status["status"], state);
            assert_eq!(status["id"], answer["messages"][0]["id"]);
            assert_eq!(status["recipient_id"], "255712345678");
            assert!(status["timestamp"].as_str().unwrap().parse::<u64>().is_ok());
        }
    }
}

#[tokio::test]
async fn chat_api_posts_acknowledgements_while_they_are_on() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    let message = json!({"phone": "17472822486", "body": "b"});
    bench
        .post(&chat_api("webhook"), &json!({"webhookUrl": receiver.url}))
        .await;
    bench
        .post(&chat_api("settings"), &json!({"ackNotificationsOn": false}))
        .await;
    bench.post(CHAT_API, &message).await;
    bench
        .post(&chat_api("settings"), &json!({"ackNotificationsOn": true}))
        .await;
    let answer = bench.post(CHAT_API, &message).await.json();
    for status in ["delivered", "viewed"] {
        let body = receiver.next().await.body;
        let acknowledgement = &body["ack"][0];
        assert_eq!(acknowledgement["id"], answer["id"]);
        assert_eq!(acknowledgement["status"], status);
        assert_eq!(acknowledgement["chatId"], "17472822486@c.us");
        assert!(acknowledgement["queueNumber"].is_u64());
    }
}

#[tokio::test]
async fn callbacks_are_repeated_until_200_and_in_order() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[500, 302]).await;
    let top = json!({"notifyUrl": receiver.url});
    bench.post(RAPPORTO, &rapporto(&top, &json!({}))).await;
    for status in [0, 0, 0, 2, 9] {
        assert_eq!(receiver.next().await.body["status"], status);
    }
    assert!(receiver.is_empty());
    let tries = tries(&bench, 5).await;
    let statuses: Vec<&Value> = tries.iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [500, 302, 200, 200, 200]);
    assert_eq!(tries[2]["attempt"], 3);
}

#[tokio::test]
async fn callbacks_over_https_are_refused_with_a_log_entry() {
    let bench = Bench::start().await;
    let more = json!({"callbackUrl": "https://127.0.0.1:1/secret-path"});
    bench.post(DEVINO_V1, &devino_v1(&more)).await;
    let tries = tries(&bench, 1).await;
    assert_eq!(tries.len(), 1);
    assert_eq!(tries[0]["origin"], "https://127.0.0.1:1");
    assert!(tries[0]["error"].as_str().unwrap().contains("plain http"));
}

#[tokio::test]
async fn incoming_texts_arrive_in_each_dialect() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    let url = receiver.url.clone();
    let incoming = |gateway: &str, url: Option<&str>| {
        let mut body =
            json!({"gateway": gateway, "from": "79034567890", "text": "hi", "profile_name": "Ann"});
        if let Some(url) = url {
            body["url"] = url.into();
        }
        body
    };
    let path = "/_sandbox/incoming";
    for (gateway, pointers) in [
        (
            "devino-v1",
            [
                ("/text", "hi"),
                ("/from", "79034567890"),
                ("/profileName", "Ann"),
            ],
        ),
        (
            "devino-v2",
            [
                ("/text", "hi"),
                ("/from", "79034567890"),
                ("/profileName", "Ann"),
            ],
        ),
        (
            "rapporto",
            [
                ("/message", "hi"),
                ("/sourceAddr", "79034567890"),
                ("/type", "WHATSAPP"),
            ],
        ),
        (
            "tujenge",
            [
                ("/messages/0/text/body", "hi"),
                ("/messages/0/from", "79034567890"),
                ("/contacts/0/profile/name", "Ann"),
            ],
        ),
        (
            "chat-api",
            [
                ("/messages/0/body", "hi"),
                ("/messages/0/chatId", "79034567890@c.us"),
                ("/messages/0/senderName", "Ann"),
            ],
        ),
    ] {
        let answer = bench.post(path, &incoming(gateway, None)).await;
        // Clients of chat-api can ask for messages too; the others have no webhook yet.
        let status = if gateway == "chat-api" { 200 } else { 400 };
        assert_eq!(answer.status, status, "{gateway}");
        let answer = bench.post(path, &incoming(gateway, Some(&url))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = receiver.next().await.body;
        assert_eq!(answer.json()["posted"], body);
        for (pointer, value) in pointers {
            assert_eq!(body.pointer(pointer).unwrap(), value, "{gateway}");
        }
    }
    let webhook = json!({"url": url, "headers": {"X-Secret": "s"}});
    bench.post("/tujenge/v1/configs/webhook", &webhook).await;
    bench
        .post(&chat_api("webhook"), &json!({"webhookUrl": url}))
        .await;
    for gateway in ["tujenge", "chat-api"] {
        assert_eq!(bench.post(path, &incoming(gateway, None)).await.status, 200);
        assert!(receiver.next().await.body["messages"].is_array());
    }
    for bad in [
        incoming("pigeon", Some(&url)),
        incoming("rapporto", Some("ftp://a")),
        support::with(incoming("rapporto", Some(&url)), &json!({"from": "Ann"})),
        support::with(incoming("rapporto", Some(&url)), &json!({"body": "hi"})),
    ] {
        assert_eq!(bench.post(path, &bad).await.status, 400, "{bad}");
    }
}

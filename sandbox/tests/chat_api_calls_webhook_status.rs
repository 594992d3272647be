//! What became of the webhook that told a message of chat-api.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use support::chat_api::{error, get, post, receive};
use support::{Bench, Receiver, chat_api};

const ANN: &str = "79034567890";

/// The status of a message's webhook, once it is another than `queued`.
async fn webhook_status(bench: &Bench, id: &Value) -> Value {
    let query = format!("msgId={}", id.as_str().unwrap());
    for _ in 0..200 {
        let answer = get(bench, "webhookStatus", &query).await;
        if answer["status"] != "queued" {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    unreachable!("the webhook ends within five seconds");
}

#[tokio::test]
async fn the_status_of_a_webhook_is_told() {
    let bench = Bench::start().await;
    let unposted = receive(&bench, ANN, "before").await;
    let answer = webhook_status(&bench, &unposted["id"]).await;
    assert_eq!(answer["status"], "not sent", "there was no address");
    assert_eq!(answer["msgId"], unposted["id"]);
    let time: jiff::Timestamp = answer["time"].as_str().unwrap().parse().unwrap();
    assert!(time <= jiff::Timestamp::now());

    let mut receiver = Receiver::start(&[500; 4]).await;
    post(&bench, "webhook", &json!({"webhookUrl": receiver.url})).await;
    let message = receive(&bench, ANN, "hi").await;
    let query = format!("msgId={}", message["id"].as_str().unwrap());
    receiver.next().await;
    // The first try failed; the last one follows 1.5 s later.
    let answer = get(&bench, "webhookStatus", &query).await;
    assert_eq!(answer["status"], "queued");
    assert_eq!(
        webhook_status(&bench, &message["id"]).await["status"],
        "sent"
    );
    let copied = json!({"phone": "72005000001", "body": "b"});
    let copied = bench.post(&chat_api("sendMessage"), &copied).await.json();
    assert_eq!(
        webhook_status(&bench, &copied["id"]).await["status"],
        "sent"
    );

    let mut refusing = Receiver::start(&[500; 5]).await;
    post(&bench, "webhook", &json!({"webhookUrl": refusing.url})).await;
    let message = receive(&bench, ANN, "hi").await;
    assert_eq!(
        webhook_status(&bench, &message["id"]).await["status"],
        "not sent"
    );
    assert_eq!(refusing.next().await.body["messages"][0], message);

    error(&bench, "webhookStatus", "").await;
    error(&bench, "webhookStatus", "msgId=false_1").await;
    post(&bench, "settings", &json!({"webhookStatuses": 0})).await;
    let message = receive(&bench, ANN, "hi").await;
    let query = format!("msgId={}", message["id"].as_str().unwrap());
    error(&bench, "webhookStatus", &query).await;
}

#[tokio::test]
async fn a_repetition_that_fails_does_not_unsay_what_arrived() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[200, 500, 500, 500, 500, 500]).await;
    let incoming = json!({"gateway": "chat-api", "from": ANN, "text": "t", "times": 2,
        "url": receiver.url});
    let answer = bench.post("/_sandbox/incoming", &incoming).await.json();
    let id = &answer["posted"]["messages"][0]["id"];
    let tries = async || {
        let log = bench.call(Method::GET, "/_sandbox/log").await.json();
        log["callbacks"].as_array().unwrap().len()
    };
    for _ in 0..200 {
        if tries().await == 6 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(tries().await, 6);
    assert_eq!(webhook_status(&bench, id).await["status"], "sent");
}

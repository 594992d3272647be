//! Status callbacks that come twice, together, or in the wrong order.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{
    Bench, CHAT_API, DEVINO_BATCH, RAPPORTO, Receiver, TUJENGE, chat_api, rapporto, tujenge,
};
use wamux_sandbox::{Fault, FaultKind};

async fn bench_with_webhooks() -> (Bench, Receiver) {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    let url = &receiver.url;
    bench
        .post("/tujenge/v1/configs/webhook", &json!({"url": url}))
        .await;
    bench
        .post(&chat_api("webhook"), &json!({"webhookUrl": url}))
        .await;
    (bench, receiver)
}

async fn send_by_tujenge(bench: &Bench) -> Value {
    let message = tujenge(&json!({"text": {"body": "t"}}));
    let answer = bench.post(TUJENGE, &message).await.json();
    answer["messages"][0]["id"].clone()
}

/// The ids and the states of the statuses in a body of Tujenge.
fn statuses(body: &Value) -> Vec<(Value, Value)> {
    let statuses = body["statuses"].as_array().unwrap();
    statuses
        .iter()
        .map(|status| (status["id"].clone(), status["status"].clone()))
        .collect()
}

/// The next statuses of Rapporto.
async fn reports(receiver: &mut Receiver, count: usize) -> Vec<Value> {
    let mut reports = Vec::new();
    for _ in 0..count {
        reports.push(receiver.next().await.body["status"].clone());
    }
    reports
}

#[tokio::test]
async fn duplicated_callbacks_come_as_often_as_asked() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    let script = json!({"fault": "duplicated_callbacks", "gateway": "tujenge"});
    for _ in 0..2 {
        let answer = bench.post("/_sandbox/faults", &script).await;
        assert_eq!(answer.status, 200);
    }
    let id = send_by_tujenge(&bench).await;
    let mut bodies = Vec::new();
    for _ in 0..6 {
        bodies.push(receiver.next().await.body);
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
    assert_eq!(statuses(&bodies[2]), [(id.clone(), "delivered".into())]);
    assert_eq!(statuses(&bodies[3]), [(id, "read".into())]);
    assert_eq!(bodies[3], bodies[5]);

    // The scripts are used up: the next message has each state once.
    let id = send_by_tujenge(&bench).await;
    for state in ["delivered", "read"] {
        let body = receiver.next().await.body;
        assert_eq!(statuses(&body), [(id.clone(), state.into())]);
    }
}

#[tokio::test]
async fn reversed_callbacks_tell_read_before_delivered() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    bench
        .sandbox
        .inject(Fault::new(FaultKind::ReversedCallbacks))
        .unwrap();
    // A call that leads to no callback leaves the script for the next.
    let silent = rapporto(&json!({"registeredDelivery": 0}), &json!({}));
    bench.post(RAPPORTO, &silent).await;
    let told = rapporto(&json!({"notifyUrl": receiver.url}), &json!({}));
    bench.post(RAPPORTO, &told).await;
    assert_eq!(reports(&mut receiver, 3).await, [9, 2, 0]);
    bench.post(RAPPORTO, &told).await;
    assert_eq!(reports(&mut receiver, 3).await, [0, 2, 9]);
}

#[tokio::test]
async fn batched_callbacks_of_several_calls_are_one_body() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    bench
        .sandbox
        .inject(
            Fault::new(FaultKind::BatchedCallbacks)
                .gateway("tujenge")
                .count(2),
        )
        .unwrap();
    let first = send_by_tujenge(&bench).await;
    assert!(receiver.is_empty(), "the first call's callbacks wait");
    let second = send_by_tujenge(&bench).await;
    assert_eq!(
        statuses(&receiver.next().await.body),
        [
            (first.clone(), "delivered".into()),
            (first, "read".into()),
            (second.clone(), "delivered".into()),
            (second, "read".into()),
        ]
    );

    let script = json!({"fault": "batched_callbacks"});
    bench.post("/_sandbox/faults", &script).await;
    let message = json!({"phone": "17472822486", "body": "b"});
    let answer = bench.post(CHAT_API, &message).await.json();
    let body = receiver.next().await.body;
    let acknowledgements = body["ack"].as_array().unwrap();
    assert_eq!(acknowledgements.len(), 2);
    assert_eq!(acknowledgements[1]["status"], "viewed");
    assert_eq!(acknowledgements[1]["id"], answer["id"]);
    assert_eq!(body["instanceId"], "1");
}

#[tokio::test]
async fn a_batch_goes_to_each_address_and_never_beyond_the_dialect() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    let batched = |gateway: &str| Fault::new(FaultKind::BatchedCallbacks).gateway(gateway);
    bench.sandbox.inject(batched("devino-v2")).unwrap();
    let message = |path: &str| {
        let url = format!("{}{path}", receiver.url);
        json!({"from": "A", "to": "79034567890", "text": "t", "callbackUrl": url})
    };
    let messages = json!({"messages": [message("/a"), message("/b"), message("/a")]});
    let answer = bench.post(DEVINO_BATCH, &messages).await.json();
    let id = |index: usize| answer["result"][index]["messageId"].clone();
    for (path, ids) in [("/a", vec![id(0), id(2)]), ("/b", vec![id(1)])] {
        let delivery = receiver.next().await;
        assert_eq!(delivery.path, path);
        let told: Vec<Value> = delivery
            .body
            .as_array()
            .unwrap()
            .iter()
            .map(|status| status["messageId"].as_u64().unwrap().to_string().into())
            .collect();
        assert_eq!(told, ids);
    }

    // One report a body, whatever the script says.
    bench.sandbox.inject(batched("rapporto")).unwrap();
    let told = rapporto(&json!({"notifyUrl": receiver.url}), &json!({}));
    bench.post(RAPPORTO, &told).await;
    assert_eq!(reports(&mut receiver, 3).await, [0, 2, 9]);
}

#[tokio::test]
async fn scripts_of_different_kinds_work_together() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    for kind in [
        FaultKind::BatchedCallbacks,
        FaultKind::DuplicatedCallbacks,
        FaultKind::ReversedCallbacks,
        FaultKind::Cut,
    ] {
        bench.sandbox.inject(Fault::new(kind)).unwrap();
    }
    let message = tujenge(&json!({"text": {"body": "t"}}));
    bench.try_post(TUJENGE, &message).await.err().unwrap();
    let states: Vec<Value> = statuses(&receiver.next().await.body)
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    assert_eq!(states, ["read", "read", "delivered", "delivered"]);
    let pending = bench.call(Method::GET, "/_sandbox/faults").await.json();
    assert_eq!(pending, json!({"faults": []}));
}

#[tokio::test]
async fn a_script_taken_back_posts_what_it_held() {
    let (bench, mut receiver) = bench_with_webhooks().await;
    let script = json!({"fault": "batched_callbacks", "count": 5});
    bench.post("/_sandbox/faults", &script).await;
    let id = send_by_tujenge(&bench).await;
    bench.call(Method::DELETE, "/_sandbox/faults").await;
    for state in ["delivered", "read"] {
        let body = receiver.next().await.body;
        assert_eq!(statuses(&body), [(id.clone(), state.into())]);
    }
}

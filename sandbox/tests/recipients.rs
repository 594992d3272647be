//! Magic recipients: each row of the list is sent to, and what comes back is what the row says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::HashSet;

use http::Method;
use serde_json::{Value, json};
use support::{
    Answer, Bench, CHAT_API, DEVINO_BATCH, DEVINO_V1, DEVINO_V2, RAPPORTO, Receiver, TUJENGE,
    chat_api, devino_v1, devino_v2, rapporto, tujenge, with,
};
use wamux_sandbox::{MagicRecipient, Place, magic_recipients};

fn rows(gateway: &str, place: Place) -> Vec<MagicRecipient> {
    let rows: Vec<_> = magic_recipients()
        .into_iter()
        .filter(|row| row.gateway == gateway && row.place == place)
        .collect();
    assert!(!rows.is_empty(), "{gateway} {place:?}");
    rows
}

/// The codes of a gateway's rows.
fn codes(gateway: &str, place: Place) -> Vec<String> {
    let rows = rows(gateway, place);
    rows.into_iter().map(|row| row.code).collect()
}

/// Sends a good message to the row's number, with its callbacks to `url`.
async fn send(bench: &Bench, row: &MagicRecipient, url: &str) -> Answer {
    let to = json!({"to": row.digits(), "callbackUrl": url});
    match row.gateway {
        "devino-v1" => bench.post(DEVINO_V1, &devino_v1(&to)).await,
        "devino-v2" => {
            let message = with(devino_v2(&json!({"text": {"body": "t"}})), &to);
            bench.post(DEVINO_V2, &message).await
        }
        "rapporto" => {
            let top = json!({"destAddr": row.to, "notifyUrl": url});
            bench.post(RAPPORTO, &rapporto(&top, &json!({}))).await
        }
        "tujenge" => {
            let message = tujenge(&json!({"to": row.digits(), "text": {"body": "t"}}));
            bench.post(TUJENGE, &message).await
        }
        _ => {
            let chat = format!("{}@c.us", row.digits());
            bench
                .post(CHAT_API, &json!({"chatId": chat, "body": "b"}))
                .await
        }
    }
}

async fn with_webhooks() -> (Bench, Receiver) {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    bench
        .post("/tujenge/v1/configs/webhook", &json!({"url": receiver.url}))
        .await;
    bench
        .post(&chat_api("webhook"), &json!({"webhookUrl": receiver.url}))
        .await;
    (bench, receiver)
}

#[tokio::test]
async fn the_route_lists_what_the_function_gives() {
    let bench = Bench::start().await;
    let listed = bench.call(Method::GET, "/_sandbox/recipients").await.json();
    let listed = listed.as_array().unwrap();
    let rows = magic_recipients();
    assert_eq!(listed.len(), rows.len());
    let mut seen = HashSet::new();
    for (one, row) in listed.iter().zip(&rows) {
        assert_eq!(one["gateway"], row.gateway);
        assert_eq!(one["to"], row.to);
        assert_eq!(one["code"], row.code);
        assert_eq!(one["title"], row.title);
        assert_eq!(one.get("ref").and_then(Value::as_str), row.reference);
        assert_eq!(
            one.get("http_status").and_then(Value::as_u64),
            row.http_status.map(u64::from)
        );
        assert!(row.to.starts_with("+7") && row.to.len() == 12, "{}", row.to);
        assert!(seen.insert((row.gateway, row.to.clone())), "{}", row.to);
    }
    assert_eq!(listed[0]["where"], "reason");
}

#[test]
fn the_page_shows_rows_of_the_list() {
    let page = include_str!("../../docs/sandbox.md");
    let (_, rest) = page.split_once("`GET /_sandbox/recipients`").unwrap();
    let (_, rest) = rest.split_once("```json").unwrap();
    let (sample, _) = rest.split_once("```").unwrap();
    let shown: Vec<Value> = serde_json::from_str(sample).unwrap();
    let listed = json!(magic_recipients());
    let listed = listed.as_array().unwrap();
    assert!(!shown.is_empty());
    for row in shown {
        assert!(listed.contains(&row), "{row}");
    }
}

#[test]
fn every_code_of_the_pages_has_a_row() {
    let range = |from: u32, to: u32| (from..=to).map(|code| code.to_string());
    for gateway in ["devino-v1", "devino-v2"] {
        let expected: Vec<String> = range(2000, 2012)
            .chain(range(2017, 2017))
            .chain(range(2300, 2305))
            .chain(range(2307, 2313))
            .collect();
        assert_eq!(codes(gateway, Place::Status), expected);
        assert_eq!(rows(gateway, Place::Reason).len(), 21);
    }
    let reasons: Vec<String> = range(1, 14)
        .chain(range(16, 16))
        .chain(range(18, 28))
        .collect();
    assert_eq!(codes("rapporto", Place::Status), reasons);
    let webhook: HashSet<String> = codes("tujenge", Place::Webhook).into_iter().collect();
    let numbered = range(1000, 1026).chain(range(2000, 2017));
    for code in numbered.chain(["408", "470", "500", "2061"].map(str::to_owned)) {
        assert!(webhook.contains(&code), "{code}");
    }
    assert_eq!(
        codes("chat-api", Place::Answer),
        ["401", "sent", "error", "result"]
    );
}

#[tokio::test]
async fn devino_rejects_with_each_reason() {
    let bench = Bench::start().await;
    for gateway in ["devino-v1", "devino-v2"] {
        for row in rows(gateway, Place::Reason) {
            let answer = send(&bench, &row, "http://127.0.0.1:1").await;
            assert_eq!(Some(answer.status.as_u16()), row.http_status);
            let result = answer.json()["result"][0].clone();
            assert_eq!(result["code"], "REJECTED");
            assert_eq!(result["description"], row.title);
            let mut reason = json!({"key": row.code});
            if let Some(reference) = row.reference {
                reason["ref"] = reference.replace("[i]", "[0]").into();
            }
            assert_eq!(result["reasons"], json!([reason]));
        }
    }
    assert_eq!(bench.accepted(), 0);
}

#[tokio::test]
async fn devino_rejects_one_message_of_a_batch_or_all() {
    let bench = Bench::start().await;
    let message = |to: &str| json!({"from": "A", "to": to, "text": "t"});
    let to = |code: &str, reference: Option<&str>| {
        let rows = rows("devino-v2", Place::Reason);
        let row = rows
            .iter()
            .find(|row| row.code == code && row.reference == reference);
        row.unwrap().digits().to_owned()
    };
    let wrong = to("invalid", Some("messages[i].to"));
    let body = json!({"messages": [message("79034567890"), message(&wrong)]});
    let result = bench.post(DEVINO_BATCH, &body).await.json()["result"].clone();
    assert_eq!(result[0]["code"], "OK");
    assert_eq!(result[1]["reasons"][0]["ref"], "messages[1].to");
    assert_eq!(bench.accepted(), 1);

    let many = to("too.many.messages", Some("messages"));
    let body = json!({"messages": [message("79034567890"), message(&many)]});
    let result = bench.post(DEVINO_BATCH, &body).await.json()["result"].clone();
    assert_eq!(result.as_array().unwrap().len(), 1);
    assert_eq!(
        result[0]["reasons"],
        json!([{"key": "too.many.messages", "ref": "messages"}])
    );
    assert_eq!(bench.accepted(), 1);
}

#[tokio::test]
async fn devino_tells_each_code_in_a_status() {
    let (bench, mut receiver) = with_webhooks().await;
    for gateway in ["devino-v1", "devino-v2"] {
        for row in rows(gateway, Place::Status) {
            let answer = send(&bench, &row, &receiver.url).await.json();
            let status = receiver.next().await.body[0].clone();
            assert_eq!(
                status["messageId"].as_u64().unwrap().to_string(),
                answer["result"][0]["messageId"]
            );
            assert_eq!(status["errorCode"], row.code);
            assert_eq!(status["status"], "UNDELIVERED");
        }
        let visited = &rows(gateway, Place::Outcome)[1];
        assert_eq!(visited.code, "VISITED");
        send(&bench, visited, &receiver.url).await;
        for state in ["DELIVERED", "READ", "VISITED"] {
            let status = receiver.next().await.body[0].clone();
            assert_eq!(status["status"], state);
            assert_eq!(status["errorCode"], 0);
            for member in ["ip", "browser", "os", "userAgent"] {
                let is_empty = status[member].as_str().unwrap().is_empty();
                assert_eq!(is_empty, state != "VISITED", "{member} of {state}");
            }
        }
    }
}

#[tokio::test]
async fn rapporto_refuses_and_reports_each_code() {
    let (bench, mut receiver) = with_webhooks().await;
    for row in rows("rapporto", Place::Answer) {
        let answer = send(&bench, &row, &receiver.url).await;
        assert_eq!(Some(answer.status.as_u16()), row.http_status);
        let error = answer.json()["error"].clone();
        assert_eq!(error["code"].as_u64().unwrap().to_string(), row.code);
        assert_eq!(error["description"], row.title);
    }
    assert_eq!(bench.accepted(), 0);
    for row in rows("rapporto", Place::Status) {
        let answer = send(&bench, &row, &receiver.url).await.json();
        for (status, code) in [(0, "0"), (5, row.code.as_str())] {
            let report = receiver.next().await.body;
            assert_eq!(report["mtNum"], answer["mtNum"]);
            assert_eq!(report["status"], status);
            assert_eq!(report["errorCode"], code);
            assert_eq!(report["doneDate"] == "", status == 5);
        }
    }
    // Who wants failures alone hears of the failure alone.
    let failing = &rows("rapporto", Place::Status)[0];
    let top = json!({"destAddr": failing.to, "notifyUrl": receiver.url, "registeredDelivery": 2});
    bench.post(RAPPORTO, &rapporto(&top, &json!({}))).await;
    assert_eq!(receiver.next().await.body["status"], 5);
}

#[tokio::test]
async fn tujenge_refuses_with_each_code_and_as_the_host() {
    let bench = Bench::start().await;
    let mut spellings = HashSet::new();
    for row in rows("tujenge", Place::Answer) {
        let answer = send(&bench, &row, "").await;
        assert_eq!(Some(answer.status.as_u16()), row.http_status, "{}", row.to);
        let body = answer.json();
        if let Some(error) = body.pointer("/errors/0") {
            assert_eq!(error["code"].as_u64().unwrap().to_string(), row.code);
            assert_eq!(error["title"], row.title);
            continue;
        }
        let meta = &body["meta"];
        assert_eq!(meta["success"], false);
        let (spelling, message) = if meta.get("httpCode").is_some() {
            ("httpCode", "developerMessage")
        } else {
            ("http_code", "developer_message")
        };
        assert_eq!(meta[message], row.title);
        let stated = match (row.code.as_str(), spelling) {
            ("401", "httpCode") => 404,
            ("502", _) => 500,
            (code, _) => code.parse().unwrap(),
        };
        assert_eq!(meta[spelling], stated);
        spellings.insert((spelling, row.code));
    }
    assert_eq!(spellings.len(), 10, "five statuses in two spellings");
    assert_eq!(bench.accepted(), 0);
}

#[tokio::test]
async fn tujenge_tells_each_code_in_a_status() {
    let (bench, mut receiver) = with_webhooks().await;
    for row in rows("tujenge", Place::Webhook) {
        let answer = send(&bench, &row, "").await.json();
        let status = receiver.next().await.body["statuses"][0].clone();
        assert_eq!(status["id"], answer["messages"][0]["id"]);
        assert_eq!(status["status"], "failed");
        let error = &status["errors"][0];
        assert_eq!(error["code"].as_u64().unwrap().to_string(), row.code);
        assert_eq!(error["title"], row.title);
    }
}

#[tokio::test]
async fn tujenge_has_endings_without_a_code() {
    let (bench, mut receiver) = with_webhooks().await;
    for (row, expected) in rows("tujenge", Place::Outcome).iter().zip([
        ["delivered", "read", "deleted"].as_slice(),
        &["delivered", "warning"],
        &["delivered", "read", "errors"],
        &["delivered", "read"],
    ]) {
        send(&bench, row, "").await;
        for state in expected {
            let body = receiver.next().await.body;
            if *state == "errors" {
                assert_eq!(body["errors"][0]["code"], 1014);
                assert!(body.get("statuses").is_none());
                continue;
            }
            let status = &body["statuses"][0];
            assert_eq!(status["status"], *state);
            assert_eq!(status.get("errors").is_some(), *state == "warning");
            let is_priced = row.code == "pricing" && *state == "delivered";
            assert_eq!(status.get("pricing").is_some(), is_priced);
            assert_eq!(status.get("conversation").is_some(), is_priced);
        }
    }
}

#[tokio::test]
async fn chat_api_fails_in_each_way_and_copies() {
    let (bench, mut receiver) = with_webhooks().await;
    for row in rows("chat-api", Place::Answer) {
        let answer = send(&bench, &row, "").await;
        assert_eq!(Some(answer.status.as_u16()), row.http_status);
        let body = answer.json();
        match row.code.as_str() {
            "sent" => assert_eq!(body["sent"], false),
            "result" => assert_eq!(body["result"], "failed"),
            _ => assert!(body["error"].is_string(), "{body}"),
        }
    }
    assert_eq!(bench.accepted(), 0);
    let row = &rows("chat-api", Place::Outcome)[0];
    let answer = send(&bench, row, "").await.json();
    let copy = receiver.next().await.body["messages"][0].clone();
    assert_eq!(copy["id"], answer["id"]);
    assert_eq!(copy["fromMe"], true);
    assert_eq!(copy["body"], "b");
    assert_eq!(copy["chatId"], format!("{}@c.us", row.digits()));
    assert_eq!(receiver.next().await.body["ack"][0]["id"], answer["id"]);
}

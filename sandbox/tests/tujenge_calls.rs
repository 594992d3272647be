//! Tujenge: read marks, contacts, blocked paths, the key, the webhook, and the list of calls.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::tujenge::{call, does, get, json_call, raw_call, receive, refusal, refused};
use support::{Bench, Receiver, TUJENGE, chat_api, tujenge};

const CONTACTS: &str = "/v1/contacts";

#[tokio::test]
async fn messages_that_came_in_can_be_marked_as_read() {
    let bench = Bench::start().await;
    let posted = receive(&bench, &json!({"from": "255712345678", "text": "Hi"})).await;
    let id = posted["messages"][0]["id"].as_str().unwrap();
    let path = format!("/v1/messages/{id}");
    let read = json!({"status": "read"});
    does(&bench, Method::PUT, &path, &read).await;
    does(&bench, Method::PUT, &path, &read).await;
    for (body, code) in [
        (json!({}), 1008),
        (json!({"status": "delivered"}), 1009),
        (json!({"status": "read", "id": id}), 1010),
        (json!({"status": 1}), 400),
        (json!([]), 400),
    ] {
        assert_eq!(
            refused(&bench, Method::PUT, &path, &body).await,
            (400, code),
            "{body}"
        );
    }
    // What the business sent is not among them.
    let sent = bench
        .post(TUJENGE, &tujenge(&json!({"text": {"body": "t"}})))
        .await
        .json();
    let sent = sent["messages"][0]["id"].as_str().unwrap();
    for id in ["gBEGunknown", sent] {
        let path = format!("/v1/messages/{id}");
        assert_eq!(
            refused(&bench, Method::PUT, &path, &read).await,
            (404, 1006)
        );
    }
    let broken = raw_call(&bench, Method::PUT, &path, "application/json", "{").await;
    assert_eq!(
        (broken.status.as_u16(), &broken.json()["meta"]["http_code"]),
        (400, &json!(400))
    );
}

/// The statuses and ids that a check answers with.
async fn checked(bench: &Bench, body: &Value) -> Vec<(String, Value)> {
    let answer = json_call(bench, Method::POST, CONTACTS, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = answer.json();
    let rows = answer["contacts"].as_array().unwrap();
    let inputs: Vec<&Value> = rows.iter().map(|row| &row["input"]).collect();
    assert_eq!(json!(inputs), body["contacts"]);
    rows.iter()
        .map(|row| {
            (
                row["status"].as_str().unwrap().to_owned(),
                row["wa_id"].clone(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_check_that_does_not_wait_is_ready_the_second_time() {
    let bench = Bench::start().await;
    let row = |status: &str, wa_id: Value| (status.to_owned(), wa_id);
    let body = json!({"contacts": ["+1 (650) 555-1234", "0650", "+72005000005"]});
    let invalid = row("invalid", Value::Null);
    let failed = row("failed", Value::Null);
    let valid = row("valid", json!("16505551234"));
    assert_eq!(
        checked(&bench, &body).await,
        [
            row("processing", Value::Null),
            invalid.clone(),
            failed.clone()
        ]
    );
    assert_eq!(
        checked(&bench, &body).await,
        [valid.clone(), invalid, failed]
    );
    // The same number in another form.
    let again = json!({"contacts": ["16505551234"], "blocking": "no_wait", "force_check": true});
    assert_eq!(checked(&bench, &again).await, [valid]);
    let waits = json!({"contacts": ["+255 712 345 678"], "blocking": "wait"});
    assert_eq!(
        checked(&bench, &waits).await,
        [row("valid", json!("255712345678"))]
    );
}

#[tokio::test]
async fn a_check_is_refused_with_its_code() {
    let bench = Bench::start().await;
    for (body, code) in [
        (json!({}), 1008),
        (json!({"contacts": []}), 1008),
        (json!({"contacts": "255712345678"}), 400),
        (json!({"contacts": [255_712_345_678_u64]}), 400),
        (
            json!({"contacts": ["255712345678"], "blocking": "later"}),
            1009,
        ),
        (
            json!({"contacts": ["255712345678"], "force_check": "yes"}),
            400,
        ),
        (json!({"contacts": ["255712345678"], "wait": true}), 1010),
    ] {
        let refusal = refused(&bench, Method::POST, CONTACTS, &body).await;
        assert_eq!(refusal, (400, code), "{body}");
    }
}

#[tokio::test]
async fn only_contacts_who_wrote_in_can_be_blocked() {
    let bench = Bench::start().await;
    let path = |phone: &str, call: &str| format!("/v1/contacts/{phone}/{call}");
    let block = path("255712345678", "block");
    assert_eq!(
        refused(&bench, Method::POST, &block, &json!({})).await,
        (400, 2048)
    );
    let message = json!({"from": "255712345678", "text": "Hi"});
    receive(&bench, &message).await;
    let too_long = json!({"reason": "r".repeat(61)});
    assert_eq!(
        refused(&bench, Method::POST, &block, &too_long).await,
        (400, 1009)
    );
    let wrong = path("anybody", "block");
    assert_eq!(
        refused(&bench, Method::POST, &wrong, &json!({})).await,
        (400, 1009)
    );
    let reason = json!({"reason": "r".repeat(60)});
    does(
        &bench,
        Method::POST,
        &path("%2B255712345678", "block"),
        &reason,
    )
    .await;
    // Who is blocked cannot write.
    let mut request = message.clone();
    request["gateway"] = json!("tujenge");
    request["url"] = json!("http://127.0.0.1:1/");
    let blocked = bench.post("/_sandbox/incoming", &request).await;
    assert_eq!(blocked.status, 400);
    assert!(blocked.body.contains("blocked"), "{}", blocked.body);
    let unblock = path("255712345678", "unblock");
    let answer = call(&bench, Method::POST, &unblock).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "{}"));
    receive(&bench, &message).await;
    let wrong = path("0", "unblock");
    assert_eq!(
        refused(&bench, Method::POST, &wrong, &json!({})).await,
        (400, 1009)
    );
}

#[tokio::test]
async fn every_call_needs_the_key() {
    let bench = Bench::start().await;
    for (method, path) in [
        (Method::PUT, "/v1/messages/1"),
        (Method::POST, CONTACTS),
        (Method::POST, "/v1/contacts/255712345678/block"),
        (Method::POST, "/v1/media"),
        (Method::GET, "/v1/media/1"),
        (Method::GET, "/v1/settings/profile/photo"),
        (Method::GET, "/v1/stickerpacks"),
        (Method::DELETE, "/v1/groups/1/participants"),
        (Method::GET, "/v1/users"),
    ] {
        for headers in [vec![], vec![("WA-API-KEY", "wrong")]] {
            let path = format!("/tujenge{path}");
            let answer = bench
                .try_call(method.clone(), &path, &headers, "x")
                .await
                .unwrap();
            assert_eq!(answer.status, 401, "{path}");
            let meta = &answer.json()["meta"];
            assert_eq!(
                (&meta["success"], &meta["http_code"]),
                (&json!(false), &json!(401))
            );
        }
    }
}

#[tokio::test]
async fn what_the_host_keeps_to_itself_is_forbidden_and_other_paths_are_unknown() {
    let bench = Bench::start().await;
    for path in [
        "/v1/settings",
        "/v1/settings/application",
        "/v1/settings/business",
        "/v1/settings/profile/photo/x",
        "/v1/certificates/external",
        "/v1/account",
        "/v1/health",
        "/v1/stats/db",
        "/metrics",
        "/v1/support",
        "/v1/users/admin",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let answer = call(&bench, method, path).await;
            assert_eq!(answer.status, 403, "{path}");
            assert_eq!(answer.json()["meta"]["http_code"], 403);
        }
    }
    for (method, path) in [
        (Method::GET, "/v1/messages"),
        (Method::GET, "/v1/configs/webhook"),
        (Method::GET, CONTACTS),
        (Method::PUT, "/v1/media/1"),
        (Method::GET, "/v1/groups/1/admins"),
        (Method::GET, "/v1/stickerpacks/1/sticker"),
        (Method::DELETE, "/v1/settings/business/profile"),
        (Method::GET, "/"),
    ] {
        let answer = call(&bench, method, path).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["meta"]["http_code"]),
            (404, &json!(404)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_webhook_hears_of_people_and_of_messages_with_its_headers() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    let webhook =
        json!({"url": format!("{}/hook", receiver.url), "headers": {"Authorization": "Basic abc"}});
    let answer = json_call(&bench, Method::POST, "/v1/configs/webhook", &webhook).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, webhook));
    let request = json!({"gateway": "tujenge", "from": "255712345678", "text": "Hi"});
    assert_eq!(bench.post("/_sandbox/incoming", &request).await.status, 200);
    let incoming = receiver.next().await;
    assert_eq!(incoming.path, "/hook");
    assert_eq!(incoming.headers["authorization"], "Basic abc");
    let id = incoming.body["messages"][0]["id"].as_str().unwrap();
    does(
        &bench,
        Method::PUT,
        &format!("/v1/messages/{id}"),
        &json!({"status": "read"}),
    )
    .await;
    bench
        .post(TUJENGE, &tujenge(&json!({"text": {"body": "t"}})))
        .await;
    for state in ["delivered", "read"] {
        let delivery = receiver.next().await;
        assert_eq!(delivery.body["statuses"][0]["status"], state);
        assert_eq!(delivery.headers["authorization"], "Basic abc");
    }
}

#[tokio::test]
async fn the_list_of_calls_has_those_of_all_gateways() {
    let bench = Bench::start().await;
    get(&bench, "/v1/groups").await;
    let missing = call(&bench, Method::DELETE, "/v1/media/none").await;
    assert_eq!(refusal(&missing), (404, 1006));
    bench
        .post(TUJENGE, &tujenge(&json!({"text": {"body": "t"}})))
        .await;
    bench.call(Method::GET, &chat_api("status")).await;
    bench.call(Method::GET, "/_sandbox/messages").await;
    let calls = bench.call(Method::GET, "/_sandbox/calls").await.json();
    let rows: Vec<Value> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            json!([
                call["gateway"],
                call["method"],
                call["path"],
                call["status"]
            ])
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!(["tujenge", "GET", "/tujenge/v1/groups", 200]),
            json!(["tujenge", "DELETE", "/tujenge/v1/media/none", 404]),
            json!(["tujenge", "POST", "/tujenge/v1/messages", 200]),
            json!(["chat-api", "GET", "/chat-api/instance1/status", 200]),
        ]
    );
    assert!(calls[0]["at"].as_str().unwrap().ends_with('Z'));
    assert!(calls[0].get("fault").is_none());
    assert_eq!(bench.sandbox.counts().requests, 1, "one of them sends");
    bench.sandbox.clear();
    assert_eq!(
        bench.call(Method::GET, "/_sandbox/calls").await.json(),
        json!([])
    );
}

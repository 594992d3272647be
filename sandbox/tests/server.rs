//! What holds for every gateway: the log, the limits of a body, and bodies of any kind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{
    Bench, CHAT_API, DEVINO_BATCH, DEVINO_V1, DEVINO_V2, RAPPORTO, TUJENGE, chat_api, devino_v1,
    devino_v2, rapporto, tujenge,
};
use tokio::net::TcpStream;
use wamux_sandbox::{Options, Sandbox};

const HEADERS: [(&str, &str); 3] = [
    ("Content-Type", "application/json"),
    ("Authorization", "Key sandbox-key"),
    ("WA-API-KEY", "sandbox-key"),
];

fn paths() -> Vec<String> {
    let mut paths: Vec<String> = [
        DEVINO_V1,
        DEVINO_V2,
        DEVINO_BATCH,
        RAPPORTO,
        TUJENGE,
        CHAT_API,
    ]
    .map(str::to_owned)
    .into();
    paths.extend(["sendFile", "sendLocation", "webhook", "settings"].map(chat_api));
    paths.extend(
        [
            "/tujenge/v1/configs/webhook",
            "/tujenge/v1/contacts",
            "/tujenge/v1/contacts/255712345678/block",
            "/tujenge/v1/groups",
            "/tujenge/v1/groups/1/icon",
            "/tujenge/v1/media",
            "/tujenge/v1/settings/business/profile",
            "/tujenge/v1/settings/profile/photo",
            "/tujenge/v1/stickerpacks",
            "/_sandbox/faults",
            "/_sandbox/incoming",
        ]
        .map(str::to_owned),
    );
    paths
}

#[tokio::test]
async fn the_log_keeps_counts_and_messages_until_it_is_cleared() {
    let bench = Bench::start().await;
    bench.post(DEVINO_V1, &devino_v1(&json!({}))).await;
    bench
        .post(DEVINO_V1, &devino_v1(&json!({"to": null})))
        .await;
    let log = bench.call(Method::GET, "/_sandbox/messages").await.json();
    assert_eq!((&log["requests"], &log["accepted"]), (&json!(2), &json!(1)));
    let stored = &log["messages"][0];
    assert_eq!(stored["gateway"], "devino-v1");
    assert_eq!(stored["to"], "79034567890");
    assert_eq!(stored["path"], DEVINO_V1);
    assert_eq!(stored["body"]["text"], "Code: 1234");
    assert!(stored["at"].as_str().unwrap().ends_with('Z'));
    let calls = bench.call(Method::GET, "/_sandbox/log").await.json();
    assert_eq!(calls["calls"].as_array().unwrap().len(), 2);
    let debug = format!("{:?} {:?}", bench.sandbox, bench.sandbox.messages());
    assert!(
        !debug.contains("79034567890") && !debug.contains("1234"),
        "{debug}"
    );
    let cleared = bench
        .call(Method::DELETE, "/_sandbox/messages")
        .await
        .json();
    assert_eq!(
        cleared,
        json!({"requests": 0, "accepted": 0, "messages": []})
    );
}

#[tokio::test]
async fn old_messages_go_and_the_count_stays() {
    let bench = Bench::with(Options {
        keep_messages: 2,
        ..Options::default()
    })
    .await;
    for text in ["1", "2", "3"] {
        bench
            .post(DEVINO_V1, &devino_v1(&json!({"text": text})))
            .await;
    }
    assert_eq!(bench.accepted(), 3);
    let texts: Vec<Value> = bench
        .sandbox
        .messages()
        .iter()
        .map(|message| message.body["text"].clone())
        .collect();
    assert_eq!(texts, ["2", "3"]);
}

#[tokio::test]
async fn a_body_has_at_most_a_mebibyte() {
    let bench = Bench::start().await;
    // Spaces after a document are JSON still.
    let mut body = devino_v1(&json!({})).to_string();
    body.push_str(&" ".repeat(1024 * 1024 - body.len()));
    let call = |body: String| bench.try_call(Method::POST, DEVINO_V1, &HEADERS, body);
    assert_eq!(call(body.clone()).await.unwrap().status, 200);
    assert_eq!(call(format!("{body} ")).await.unwrap().status, 413);
    assert_eq!(call(body.repeat(8)).await.unwrap().status, 413);
    assert_eq!(bench.accepted(), 1);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused_in_each_dialect() {
    let bench = Bench::start().await;
    let call = |path: &'static str| bench.try_call(Method::POST, path, &HEADERS, "{\"to\": ");
    let devino = call(DEVINO_V2).await.unwrap();
    assert_eq!(devino.status, 400);
    assert_eq!(devino.json()["result"][0]["code"], "REJECTED");
    let rapporto = call(RAPPORTO).await.unwrap();
    assert_eq!(
        (rapporto.status.as_u16(), &rapporto.json()["error"]["code"]),
        (400, &json!(4))
    );
    let tujenge = call(TUJENGE).await.unwrap();
    assert_eq!(
        (
            tujenge.status.as_u16(),
            &tujenge.json()["meta"]["http_code"]
        ),
        (400, &json!(400))
    );
    let chat_api = call(CHAT_API).await.unwrap();
    assert_eq!(
        (chat_api.status.as_u16(), &chat_api.json()["sent"]),
        (200, &json!(false))
    );
    let form = [("Content-Type", "text/plain"), HEADERS[1]];
    let body = devino_v1(&json!({})).to_string();
    let answer = bench
        .try_call(Method::POST, DEVINO_V1, &form, body)
        .await
        .unwrap();
    assert_eq!(answer.status, 400);
}

/// Replaces each value in a document, one at a time, by values of every JSON type.
fn mutations(document: &Value) -> Vec<Value> {
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    pointers(member, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointers(item, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    pointers(document, "", &mut found);
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}🍏é%25"),
        json!("http://"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"": null}),
    ];
    found
        .iter()
        .flat_map(|pointer| {
            values.iter().map(move |value| {
                let mut mutated = document.clone();
                *mutated.pointer_mut(pointer).unwrap() = value.clone();
                mutated
            })
        })
        .collect()
}

#[tokio::test]
async fn no_body_ends_a_connection() {
    let bench = Bench::start().await;
    let list = json!({"type": "list", "header": {"type": "text", "text": "h"}, "body": {"text": "b"},
        "footer": {"text": "f"}, "action": {"button": "b",
            "sections": [{"title": "s", "rows": [{"id": "1", "title": "t", "description": "d"}]}]}});
    let template = json!({"name": "n", "namespace": "s", "language": {"code": "en"}, "components": [
        {"type": "button", "sub_type": "url", "index": 0, "parameters": [{"type": "text", "text": "t"}]}]});
    let top = json!({"extraParam": "a=b", "scheduleInfo": {"timeBegin": "10:00", "weekdaysSchedule": "1"},
        "notifyUrl": "a.example", "cascadeChainLink": {"state": "READ", "message": {"type": "SMS", "data": {}}}});
    let fault =
        json!({"fault": "cut", "gateway": "none", "count": 1, "seconds": 1, "retry_after": 1});
    for (path, document) in [
        (
            DEVINO_V1.to_owned(),
            devino_v1(&json!({"templateParams": {"1": "a"}, "validity": 1, "templateId": "t"})),
        ),
        (
            DEVINO_V2.to_owned(),
            devino_v2(&json!({"type": "interactive", "interactive": list})),
        ),
        (
            DEVINO_BATCH.to_owned(),
            json!({"messages": [devino_v2(&json!({"type": "template", "template": template}))]}),
        ),
        (
            RAPPORTO.to_owned(),
            rapporto(&top, &json!({"ttl": 1440, "ttlUnit": "MINUTES"})),
        ),
        (
            TUJENGE.to_owned(),
            tujenge(&json!({"type": "interactive", "interactive": list})),
        ),
        (
            TUJENGE.to_owned(),
            tujenge(&json!({"type": "image", "image": {"link": "http://a.example/%2520"}})),
        ),
        (
            "/tujenge/v1/contacts".to_owned(),
            json!({"contacts": ["255712345678"], "blocking": "wait", "force_check": true}),
        ),
        (
            "/tujenge/v1/settings/business/profile".to_owned(),
            json!({"address": "a", "vertical": "Other", "websites": ["http://a.example"]}),
        ),
        (
            "/tujenge/v1/stickerpacks".to_owned(),
            json!({"publisher": "p", "name": "n", "ios_app_store_link": "http://a.example"}),
        ),
        (
            CHAT_API.to_owned(),
            json!({"phone": "17472822486", "body": "b"}),
        ),
        (
            chat_api("sendFile"),
            json!({"phone": 1, "body": "data:a/b;base64,AA==", "filename": "f"}),
        ),
        ("/_sandbox/faults".to_owned(), fault),
    ] {
        for body in mutations(&document) {
            // A mutated script may be a fault that is meant.
            if path.starts_with("/_sandbox") && body["gateway"] != "none" {
                continue;
            }
            let answer = bench.try_post(&path, &body).await;
            let status = answer
                .unwrap_or_else(|error| panic!("{path} {body}: {error}"))
                .status;
            assert!(
                [200, 400, 401, 406, 500].contains(&status.as_u16()),
                "{status} {body}"
            );
        }
    }
    for path in paths() {
        let deep = "[".repeat(100_000);
        for body in [
            &b""[..],
            b"\xff\xfe",
            b"null",
            b"[]",
            b"\"\\ud800\"",
            deep.as_bytes(),
        ] {
            let body = body.to_vec();
            let answer = bench.try_call(Method::POST, &path, &HEADERS, body).await;
            assert_ne!(answer.unwrap().body, "", "{path}");
        }
    }
}

#[tokio::test]
async fn base_urls_and_unknown_paths() {
    let bench = Bench::start().await;
    let url = bench.sandbox.url().to_owned();
    let index = bench.call(Method::GET, "/_sandbox").await.json();
    for (id, path) in [
        ("devino-v1", "/devino"),
        ("devino-v2", "/devino"),
        ("rapporto", "/rapporto/sandbox"),
        ("tujenge", "/tujenge"),
        ("chat-api", "/chat-api"),
    ] {
        let base_url = format!("{url}{path}");
        assert_eq!(
            bench.sandbox.base_url(id).as_deref(),
            Some(base_url.as_str())
        );
        let listed = json!({"id": id, "base_url": base_url});
        assert!(index["gateways"].as_array().unwrap().contains(&listed));
    }
    for path in [
        "/",
        "/devino/whatsapp",
        "/rapporto",
        "/tujengex/v1/messages",
        "/_sandboxes",
        "/_sandbox/x",
    ] {
        assert_eq!(bench.call(Method::GET, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn stopping_frees_the_port() {
    for drops in [false, true] {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let address = sandbox.url().strip_prefix("http://").unwrap().to_owned();
        let port = address.rsplit(':').next().unwrap().parse().unwrap();
        let idle = TcpStream::connect(&address).await.unwrap();
        assert!(
            Sandbox::start(Options {
                port,
                ..Options::default()
            })
            .await
            .is_err()
        );
        if drops {
            drop(sandbox);
        } else {
            sandbox.stop().await;
        }
        TcpStream::connect(&address).await.unwrap_err();
        let again = Sandbox::start(Options {
            port,
            ..Options::default()
        })
        .await
        .unwrap();
        again.stop().await;
        drop(idle);
    }
}

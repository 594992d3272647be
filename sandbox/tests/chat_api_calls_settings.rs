//! chat-api's settings, its webhook, its bans, and what all calls have in common.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::chat_api::{error, get, post, receive};
use support::{Bench, Receiver};

const SWITCHES: [&str; 9] = [
    "ackNotificationsOn",
    "chatUpdateOn",
    "videoUploadOn",
    "guaranteedHooks",
    "ignoreOldMessages",
    "processArchive",
    "instanceStatuses",
    "webhookStatuses",
    "statusNotificationsOn",
];

#[tokio::test]
async fn every_setting_is_kept() {
    let bench = Bench::start().await;
    let settings = get(&bench, "settings", "").await;
    assert_eq!(settings.as_object().unwrap().len(), SWITCHES.len() + 2);
    assert_eq!(settings["webhookUrl"], "");
    assert_eq!(settings["proxy"], "");
    for name in SWITCHES {
        assert!(settings[name].is_boolean(), "{name}");
        for (written, read) in [
            (json!(1), true),
            (json!(false), false),
            (json!(true), true),
            (json!(0), false),
        ] {
            let answer = post(&bench, "settings", &json!({name: written})).await;
            assert_eq!(answer["update"], json!({name: read}));
            assert_eq!(answer[name], read);
            assert_eq!(get(&bench, "settings", "").await[name], read);
        }
        for bad in [json!(2), json!("1"), json!(null), json!(1.5)] {
            let answer = post(&bench, "settings", &json!({name: bad, "proxy": "lost"})).await;
            assert!(answer["error"].is_string(), "{name} {bad}");
            assert_eq!(get(&bench, "settings", "").await["proxy"], "");
        }
    }
    let proxy = json!({"proxy": "127.0.0.1:1080"});
    let answer = post(&bench, "settings", &proxy).await;
    assert_eq!(answer["update"], proxy);
    assert_eq!(get(&bench, "settings", "").await["proxy"], "127.0.0.1:1080");
    error(&bench, "settings", "full=true").await;
}

#[tokio::test]
async fn events_go_to_the_webhook_that_is_set() {
    let bench = Bench::start().await;
    let unset = json!({"set": false, "webhookUrl": ""});
    assert_eq!(get(&bench, "webhook", "").await, unset);
    let mut first = Receiver::start(&[]).await;
    let mut second = Receiver::start(&[]).await;
    for (method, receiver) in [("webhook", &mut first), ("settings", &mut second)] {
        post(&bench, method, &json!({"webhookUrl": receiver.url})).await;
        let shown = json!({"set": true, "webhookUrl": receiver.url});
        assert_eq!(get(&bench, "webhook", "").await, shown);
        let message = receive(&bench, "79034567890", "hi").await;
        assert_eq!(receiver.next().await.body["messages"], json!([message]));
    }
    assert!(first.is_empty() && second.is_empty());
    for bad in [
        json!({}),
        json!({"webhookUrl": ""}),
        json!({"webhookUrl": "ftp://a"}),
        json!({"url": "http://a"}),
    ] {
        let answer = post(&bench, "webhook", &bad).await;
        assert!(answer["error"].is_string(), "{bad}");
    }
    let shown = json!({"set": true, "webhookUrl": second.url});
    assert_eq!(get(&bench, "webhook", "").await, shown);
    post(&bench, "settings", &json!({"webhookUrl": ""})).await;
    assert_eq!(get(&bench, "webhook", "").await, unset);
    let incoming = json!({"gateway": "chat-api", "from": "79034567890", "text": "hi"});
    let answer = bench.post("/_sandbox/incoming", &incoming).await.json();
    assert_eq!(answer["times"], 0, "it is listed and not posted");
    assert!(second.is_empty());
}

#[tokio::test]
async fn one_message_may_be_posted_often_and_is_listed_once() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    let messages = json!([
        {"from": "79034567890", "text": "one"},
        {"from": "79034567891", "text": "two"},
    ]);
    let incoming =
        json!({"gateway": "chat-api", "url": receiver.url, "times": 2, "messages": messages});
    let answer = bench.post("/_sandbox/incoming", &incoming).await.json();
    assert_eq!(answer["times"], 2);
    let listed = get(&bench, "messages", "").await;
    assert_eq!(listed["lastMessageNumber"], 2);
    for _ in 0..2 {
        assert_eq!(receiver.next().await.body["messages"], listed["messages"]);
    }
    // One that cannot be told takes the others with it.
    let messages =
        json!([{"from": "79034567890", "text": "t"}, {"from": "79034567890", "type": "image"}]);
    let incoming = json!({"gateway": "chat-api", "messages": messages});
    assert_eq!(
        bench.post("/_sandbox/incoming", &incoming).await.status,
        400
    );
    assert_eq!(get(&bench, "messages", "").await, listed);
}

#[tokio::test]
async fn bans_follow_a_mask() {
    let bench = Bench::start().await;
    let unset = json!({"banPhoneMask": "", "preBanMessage": "", "set": false});
    assert_eq!(get(&bench, "banSettings", "").await, unset);
    let test = async |phone: Value| post(&bench, "banTest", &json!({ "phone": phone })).await;
    assert_eq!(test(json!("17472822486")).await["banned"], false);
    let mask = "^1747|0$";
    let settings = json!({"banPhoneMask": mask, "preBanMessage": "Bye"});
    let shown = json!({"banPhoneMask": mask, "preBanMessage": "Bye", "set": true});
    assert_eq!(post(&bench, "banSettings", &settings).await, shown);
    assert_eq!(
        get(&bench, "banSettings", "").await,
        json!({"banPhoneMask": mask, "preBanMessage": "Bye", "set": false})
    );
    for (phone, digits, is_banned) in [
        (json!("17472822486"), "17472822486", true),
        (json!(17_472_822_486_u64), "17472822486", true),
        (json!("79034567890"), "79034567890", true),
        (json!("79034567891"), "79034567891", false),
    ] {
        let answer = test(phone).await;
        assert_eq!(answer["banned"], is_banned, "{digits}");
        assert_eq!(answer["phone"], digits);
        assert_eq!(answer["banPhoneMask"], mask);
        assert!(answer["message"].is_string());
    }
    for bad in [
        json!({}),
        json!({"banPhoneMask": "("}),
        json!({"banPhoneMask": 7}),
        json!({"banPhoneMask": "7", "preBanMessage": 1}),
        json!({"banPhoneMask": "7", "mask": "7"}),
    ] {
        let answer = post(&bench, "banSettings", &bad).await;
        assert!(answer["error"].is_string(), "{bad}");
        assert_eq!(get(&bench, "banSettings", "").await["banPhoneMask"], mask);
    }
    for bad in [
        json!({}),
        json!({"phone": "+7"}),
        json!({"phone": "79034567890", "x": 1}),
    ] {
        let answer = post(&bench, "banTest", &bad).await;
        assert!(answer["error"].is_string(), "{bad}");
    }
    let behind = json!({"banPhoneMask": "(?<!1)747|^(?!1747)1"});
    assert_eq!(post(&bench, "banSettings", &behind).await["set"], true);
    for (phone, is_banned) in [("17472822486", false), ("12472822486", true)] {
        assert_eq!(test(json!(phone)).await["banned"], is_banned, "{phone}");
    }
    post(&bench, "banSettings", &json!({"banPhoneMask": ""})).await;
    assert_eq!(test(json!("17472822486")).await["banned"], false);
}

#[tokio::test]
async fn one_number_does_not_use_whatsapp() {
    let bench = Bench::start().await;
    for (phone, result) in [("79034567890", "exists"), ("72005000002", "not exists")] {
        let answer = get(&bench, "checkPhone", &format!("phone={phone}")).await;
        assert_eq!(answer, json!({"result": result}));
    }
    let row = wamux_sandbox::magic_recipients()
        .into_iter()
        .find(|row| row.gateway == "chat-api" && row.code == "not exists");
    assert_eq!(row.unwrap().digits(), "72005000002");
    for bad in [
        "",
        "phone=",
        "phone=%2B79034567890",
        "phone=Ann",
        "number=79034567890",
    ] {
        error(&bench, "checkPhone", bad).await;
    }
}

/// Every call that does not send, with a body that it takes.
fn calls() -> Vec<(Method, &'static str, Value)> {
    let person = json!({"groupId": "1-1@g.us", "participantPhone": "17472822486"});
    let gets = [
        "status",
        "settings",
        "webhook",
        "messages",
        "messagesHistory",
        "dialogs",
        "webhookStatus",
        "showMessagesQueue",
        "clearMessagesQueue",
        "showActionsQueue",
        "clearActionsQueue",
        "banSettings",
        "instanceStatuses",
        "checkPhone",
        "qr_code",
    ];
    let bare = [
        "takeover",
        "expiry",
        "retry",
        "reboot",
        "clearMessagesQueue",
        "clearActionsQueue",
        "logout",
    ];
    let group = json!({"groupName": "g", "phones": ["17472822486"]});
    let full = [
        ("settings", json!({"chatUpdateOn": true})),
        ("webhook", json!({"webhookUrl": "http://a"})),
        ("banSettings", json!({"banPhoneMask": "^1"})),
        ("banTest", json!({"phone": "17472822486"})),
        ("group", group),
        ("readChat", json!({"phone": "17472822486"})),
        ("addGroupParticipant", person.clone()),
        ("removeGroupParticipant", person.clone()),
        ("promoteGroupParticipant", person.clone()),
        ("demoteGroupParticipant", person),
    ];
    let gets = gets.map(|name| (Method::GET, name, json!(null)));
    let bare = bare.map(|name| (Method::POST, name, json!({})));
    let full = full.map(|(name, body)| (Method::POST, name, body));
    gets.into_iter().chain(bare).chain(full).collect()
}

async fn call(bench: &Bench, method: &Method, path: &str, body: &Value) -> (u16, Value) {
    let headers = [("Content-Type", "application/json")];
    let sent = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let answer = bench
        .try_call(method.clone(), path, &headers, sent)
        .await
        .unwrap();
    let told = serde_json::from_slice(&answer.bytes).unwrap_or_default();
    (answer.status.as_u16(), told)
}

#[tokio::test]
async fn the_instance_stands_in_the_path_or_in_the_query() {
    // Each form has its own instance, so that both begin alike.
    let benches = [Bench::start().await, Bench::start().await];
    for (method, name, body) in calls() {
        let [in_path, in_query] = [
            format!("/chat-api/instance1/{name}?token=sandbox-token"),
            format!("/chat-api/{name}?instanceId=1&token=sandbox-token"),
        ];
        let (status, mut told) = call(&benches[0], &method, &in_path, &body).await;
        assert_eq!(status, 200, "{method} {name}");
        let (status, mut again) = call(&benches[1], &method, &in_query, &body).await;
        assert_eq!(status, 200, "{method} {name}");
        // These bear the time.
        for answer in [&mut told, &mut again] {
            for timed in ["/chatId", "/groupInviteLink", "/data"] {
                if let Some(value) = answer.pointer_mut(timed) {
                    *value = json!("timed");
                }
            }
        }
        assert_eq!(told, again, "{method} {name}");
    }
}

#[tokio::test]
async fn a_wrong_token_or_instance_reaches_nothing() {
    let bench = Bench::start().await;
    for (method, name, body) in calls() {
        for path in [
            format!("/chat-api/instance1/{name}?token=wrong"),
            format!("/chat-api/instance1/{name}"),
            format!("/chat-api/instance2/{name}?token=sandbox-token"),
            format!("/chat-api/{name}?token=sandbox-token"),
            format!("/chat-api/{name}?instanceId=2&token=sandbox-token"),
        ] {
            let (status, told) = call(&bench, &method, &path, &body).await;
            assert_eq!(status, 401, "{method} {path}");
            assert!(told["error"].is_string());
        }
    }
    let settings = get(&bench, "settings", "").await;
    assert_eq!(settings["chatUpdateOn"], false);
    let told = get(&bench, "status", "").await;
    assert_eq!(told["accountStatus"], "authenticated");
}

#[tokio::test]
async fn other_methods_are_not_served() {
    let bench = Bench::start().await;
    for (method, name) in [
        (Method::GET, "logout"),
        (Method::GET, "reboot"),
        (Method::POST, "status"),
        (Method::POST, "messages"),
        (Method::POST, "qr_code"),
        (Method::DELETE, "messages"),
        (Method::GET, "me"),
        (Method::POST, "deleteMessage"),
    ] {
        let path = support::chat_api(name);
        let (status, told) = call(&bench, &method, &path, &json!({})).await;
        assert_eq!(status, 404, "{method} {name}");
        assert!(told["error"].is_string());
    }
}

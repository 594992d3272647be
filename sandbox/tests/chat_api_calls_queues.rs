//! chat-api's queues: what waits until the instance is linked to a phone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::chat_api::{error, get, instance, post};
use support::{Bench, Receiver, chat_api};

async fn scan(bench: &Bench) {
    let answer = bench.post("/_sandbox/scan", &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn send(bench: &Bench, body: &str) -> Value {
    let sent = json!({"phone": "79600005372", "body": body});
    let answer = post(bench, "sendMessage", &sent).await;
    assert_eq!(answer["sent"], true);
    answer["id"].clone()
}

#[tokio::test]
async fn messages_wait_for_the_phone() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    post(&bench, "webhook", &json!({"webhookUrl": receiver.url})).await;
    let empty = json!({"totalMessages": 0, "first100": []});
    assert_eq!(get(&bench, "showMessagesQueue", "").await, empty);
    for (index, condition) in ["init", "loading", "got qr code"].into_iter().enumerate() {
        instance(&bench, &json!({"status": condition})).await;
        send(&bench, condition).await;
        let queue = get(&bench, "showMessagesQueue", "").await;
        assert_eq!(queue["totalMessages"], index + 1);
        let last = &queue["first100"][index];
        assert_eq!(last["body"], condition);
        assert_eq!(last["type"], "text");
        assert_eq!(last["chatId"], "79600005372@c.us");
        assert_eq!(last["id"], index + 1);
        assert_eq!(last["metadata"], "{}");
        let tried = last["last_try"].as_i64().unwrap();
        let now = jiff::Timestamp::now().as_millisecond();
        assert!((now - 60_000..=now).contains(&tried));
    }
    assert_eq!(bench.accepted(), 3, "they are accepted already");
    assert_eq!(get(&bench, "messages", "").await["messages"], json!([]));
    assert!(receiver.is_empty());
    scan(&bench).await;
    assert_eq!(get(&bench, "showMessagesQueue", "").await, empty);
    let listed = get(&bench, "messages", "").await;
    let bodies: Vec<&Value> = listed["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["body"])
        .collect();
    assert_eq!(bodies, ["init", "loading", "got qr code"]);
    let mut told = Vec::new();
    for _ in 0..6 {
        let acknowledgement = receiver.next().await.body["ack"][0].clone();
        told.push((
            acknowledgement["queueNumber"].clone(),
            acknowledgement["status"].clone(),
        ));
    }
    for number in 1..=3 {
        for status in ["delivered", "viewed"] {
            assert!(told.contains(&(json!(number), json!(status))), "{told:?}");
        }
    }
}

#[tokio::test]
async fn each_way_back_empties_the_queue() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    post(&bench, "webhook", &json!({"webhookUrl": receiver.url})).await;
    for (condition, way) in [
        (json!({"status": "loading"}), "retry"),
        (
            json!({"status": "loading", "substatus": "computer"}),
            "takeover",
        ),
        (json!({"status": "init"}), "reboot"),
    ] {
        instance(&bench, &condition).await;
        let id = send(&bench, way).await;
        post(&bench, way, &json!({})).await;
        let last = get(&bench, "messages", "last=1&limit=1").await;
        assert_eq!(last["messages"][0]["id"], id, "{way}");
        for status in ["delivered", "viewed"] {
            let acknowledgement = &receiver.next().await.body["ack"][0];
            assert_eq!(acknowledgement["id"], id, "{way}");
            assert_eq!(acknowledgement["status"], status);
        }
    }
    instance(&bench, &json!({"status": "init"})).await;
    let id = send(&bench, "status").await;
    for _ in 0..3 {
        get(&bench, "status", "").await;
    }
    let last = get(&bench, "messages", "last=1&limit=1").await;
    assert_eq!(last["messages"][0]["id"], id);
    instance(&bench, &json!({"status": "loading"})).await;
    let id = send(&bench, "forced").await;
    instance(&bench, &json!({"status": "authenticated"})).await;
    let last = get(&bench, "messages", "last=1&limit=1").await;
    assert_eq!(last["messages"][0]["id"], id);
}

#[tokio::test]
async fn a_cleared_message_is_never_sent() {
    let bench = Bench::start().await;
    let mut receiver = Receiver::start(&[]).await;
    post(&bench, "webhook", &json!({"webhookUrl": receiver.url})).await;
    for method in [Method::POST, Method::GET] {
        post(&bench, "logout", &json!({})).await;
        for _ in 0..2 {
            send(&bench, "Hello world").await;
        }
        let answer = bench.call(method, &chat_api("clearMessagesQueue")).await;
        let cleared = json!({
            "message": "Cleared 2 messages",
            "messageTextsExample": ["Hello world", "Hello world"],
        });
        assert_eq!(answer.json(), cleared);
        scan(&bench).await;
        assert_eq!(get(&bench, "messages", "").await["messages"], json!([]));
    }
    let empty = json!({"message": "Cleared 0 messages", "messageTextsExample": []});
    assert_eq!(post(&bench, "clearMessagesQueue", &json!({})).await, empty);
    assert_eq!(bench.accepted(), 4);
    // Another message's acknowledgements come, and theirs did not before.
    let id = send(&bench, "next").await;
    assert_eq!(receiver.next().await.body["ack"][0]["id"], id);
}

#[tokio::test]
async fn the_queue_shows_its_first_hundred() {
    let bench = Bench::start().await;
    post(&bench, "logout", &json!({})).await;
    for number in 0..102 {
        send(&bench, &number.to_string()).await;
    }
    let queue = get(&bench, "showMessagesQueue", "").await;
    assert_eq!(queue["totalMessages"], 102);
    let shown = queue["first100"].as_array().unwrap();
    assert_eq!((shown.len(), &shown[99]["body"]), (100, &json!("99")));
    let cleared = post(&bench, "clearMessagesQueue", &json!({})).await;
    assert_eq!(cleared["message"], "Cleared 102 messages");
    assert_eq!(
        cleared["messageTextsExample"].as_array().unwrap().len(),
        100
    );
}

#[tokio::test]
async fn actions_in_groups_wait_too() {
    let bench = Bench::start().await;
    let empty = json!({"totalActions": 0, "first100": []});
    assert_eq!(get(&bench, "showActionsQueue", "").await, empty);
    let body = json!({"groupName": "g", "phones": ["79680565372"], "messageText": "t"});
    let group = post(&bench, "group", &body).await["chatId"].clone();
    post(&bench, "logout", &json!({})).await;
    let answer = post(&bench, "group", &body).await;
    assert_eq!(answer["created"], true);
    assert!(answer.get("chatId").is_none(), "the group is not there yet");
    let person = json!({"groupId": group, "participantPhone": "17472822486"});
    let mut names = vec!["create group".to_owned()];
    for verb in ["add", "promote", "demote", "remove"] {
        let answer = post(&bench, &format!("{verb}GroupParticipant"), &person).await;
        assert_eq!((&answer["add"], &answer["groupId"]), (&json!(true), &group));
        names.push(format!("{verb} group participant"));
    }
    // What will fail waits like the rest.
    post(&bench, "removeGroupParticipant", &person).await;
    names.push("remove group participant".to_owned());
    let queue = get(&bench, "showActionsQueue", "").await;
    assert_eq!(queue["totalActions"], 6);
    for (index, action) in queue["first100"].as_array().unwrap().iter().enumerate() {
        assert_eq!(action["id"], index + 1);
        assert_eq!(action["type"], names[index]);
        assert!(action["last_try"].is_i64());
        let data = &action["json_data"];
        if index == 0 {
            let expected = json!({"groupName": "g", "chatIds": ["79680565372@c.us"]});
            assert_eq!(*data, expected);
        } else {
            let expected = json!({"groupId": group, "participantChatId": "17472822486@c.us"});
            assert_eq!(*data, expected);
        }
    }
    scan(&bench).await;
    assert_eq!(get(&bench, "showActionsQueue", "").await, empty);
    let dialogs = get(&bench, "dialogs", "").await;
    assert_eq!(dialogs["dialogs"].as_array().unwrap().len(), 2);
    for dialog in dialogs["dialogs"].as_array().unwrap() {
        let participants = json!(["79000000001@c.us", "79680565372@c.us"]);
        assert_eq!(dialog["metadata"]["participants"], participants);
    }
    let messages = get(&bench, "messages", "").await;
    assert_eq!(
        messages["lastMessageNumber"], 2,
        "each group has its first message"
    );

    for method in [Method::POST, Method::GET] {
        post(&bench, "logout", &json!({})).await;
        post(&bench, "group", &body).await;
        post(&bench, "addGroupParticipant", &person).await;
        let answer = bench.call(method, &chat_api("clearActionsQueue")).await;
        let cleared = json!({
            "message": "Cleared 2 actions",
            "actionsExample": ["create group", "add group participant"],
        });
        assert_eq!(answer.json(), cleared);
        scan(&bench).await;
        let dialogs = get(&bench, "dialogs", "").await;
        assert_eq!(dialogs["dialogs"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_wrong_query_clears_nothing() {
    let bench = Bench::start().await;
    post(&bench, "logout", &json!({})).await;
    send(&bench, "b").await;
    let group = json!({"groupName": "g", "phones": ["79680565372"]});
    post(&bench, "group", &group).await;
    for method in ["clearMessagesQueue", "clearActionsQueue"] {
        let problem = error(&bench, method, "all=true").await;
        assert_eq!(problem, "all: is not a parameter here");
    }
    for (queue, total) in [
        ("showMessagesQueue", "totalMessages"),
        ("showActionsQueue", "totalActions"),
    ] {
        assert_eq!(get(&bench, queue, "").await[total], 1, "{queue}");
    }
}

#[tokio::test]
async fn a_wrong_message_does_not_wait() {
    let bench = Bench::start().await;
    post(&bench, "logout", &json!({})).await;
    let answer = post(&bench, "sendMessage", &json!({"phone": "79600005372"})).await;
    assert_eq!(answer["sent"], false);
    let answer = post(&bench, "group", &json!({"groupName": "g"})).await;
    assert_eq!(answer["created"], false);
    assert_eq!(
        get(&bench, "showMessagesQueue", "").await["totalMessages"],
        0
    );
    assert_eq!(get(&bench, "showActionsQueue", "").await["totalActions"], 0);
    // Forgotten messages do not wait either.
    send(&bench, "b").await;
    bench.sandbox.clear();
    assert_eq!(
        get(&bench, "showMessagesQueue", "").await["totalMessages"],
        0
    );
}

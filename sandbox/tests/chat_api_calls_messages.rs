//! chat-api's lists of messages and chats.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::chat_api::{error, get, instance, post, receive};
use support::{Bench, CHAT_API};

const ANN: &str = "79034567890";
const BOB: &str = "17472822486";

/// The numbers of an answer's messages.
fn numbers(answer: &Value) -> Vec<u64> {
    let messages = answer["messages"].as_array().unwrap();
    let numbers = messages.iter().map(|one| one["messageNumber"].as_u64());
    numbers.collect::<Option<_>>().unwrap()
}

/// The numbers of `GET /messages`, and the one to ask with next.
async fn list(bench: &Bench, query: &str) -> (Vec<u64>, u64) {
    let answer = get(bench, "messages", query).await;
    let last = answer["lastMessageNumber"].as_u64().unwrap();
    (numbers(&answer), last)
}

#[tokio::test]
async fn incoming_and_outgoing_messages_are_listed() {
    let bench = Bench::start().await;
    assert_eq!(list(&bench, "").await, (vec![], 0));
    let received = receive(&bench, ANN, "Hello").await;
    let sent = post(
        &bench,
        "sendMessage",
        &json!({"phone": ANN, "body": "Hi", "quotedMsgId": received["id"]}),
    )
    .await;
    let answer = get(&bench, "messages", "").await;
    assert_eq!(answer["lastMessageNumber"], 2);
    let [incoming, outgoing] = answer["messages"].as_array().unwrap().as_slice() else {
        unreachable!("two messages: {answer}");
    };
    assert_eq!(*incoming, received);
    assert_eq!(incoming["messageNumber"], 1);
    assert_eq!(incoming["fromMe"], false);
    assert_eq!(incoming["author"], format!("{ANN}@c.us"));
    assert_eq!(outgoing["id"], sent["id"]);
    assert_eq!(outgoing["quotedMsgId"], received["id"]);
    for (name, value) in [
        ("body", json!("Hi")),
        ("type", json!("chat")),
        ("fromMe", json!(true)),
        ("chatId", json!(format!("{ANN}@c.us"))),
        ("messageNumber", json!(2)),
    ] {
        assert_eq!(outgoing[name], value);
    }
    assert!(outgoing["time"].as_i64().unwrap() >= incoming["time"].as_i64().unwrap());
    bench.call(Method::DELETE, "/_sandbox/messages").await;
    assert_eq!(list(&bench, "").await, (vec![], 0));
    let next = receive(&bench, ANN, "again").await;
    assert_eq!(next["messageNumber"], 3, "the numbers go on");
}

#[tokio::test]
async fn every_sent_type_is_a_message_object() {
    let bench = Bench::start().await;
    let link = "https://upload.example/a.jpg";
    let card = "BEGIN:VCARD\nVERSION:3.0\nN:;+17472822486;;;\nFN:+17472822486\n\
                TEL;waid=17472822486:+17472822486\nEND:VCARD";
    let original = receive(&bench, BOB, "first").await;
    for (method, body, kind, told) in [
        (
            "sendFile",
            json!({"body": link, "filename": "a.jpg", "caption": "c"}),
            "image",
            json!(link),
        ),
        (
            "sendFile",
            json!({"body": "data:application/pdf;base64,JVBERg==", "filename": "a.pdf"}),
            "document",
            json!(null),
        ),
        ("sendPTT", json!({"audio": "T2dnUw=="}), "ptt", json!(null)),
        (
            "sendLink",
            json!({"body": link, "previewBase64": "data:image/jpeg;base64,/9j/", "title": "t"}),
            "chat",
            json!(link),
        ),
        (
            "sendContact",
            json!({"contactId": [format!("{BOB}@c.us")]}),
            "vcard",
            json!(card),
        ),
        (
            "sendLocation",
            json!({"lat": 55.75, "lng": 37.62, "address": "a"}),
            "location",
            json!("55.75;37.62"),
        ),
        ("sendVCard", json!({"vcard": card}), "vcard", json!(card)),
        (
            "forwardMessage",
            json!({"messageId": [original["id"]]}),
            "chat",
            json!("first"),
        ),
        (
            "forwardMessage",
            json!({"messageId": "false_unknown"}),
            "chat",
            json!(""),
        ),
    ] {
        let body = support::with(body, &json!({"phone": ANN}));
        let sent = post(&bench, method, &body).await;
        let stored = bench.sandbox.messages().pop().unwrap();
        assert_eq!(
            (&stored.body, stored.id.as_str()),
            (&body, sent["id"].as_str().unwrap())
        );
        let message = get(&bench, "messages", "last=1&limit=1").await["messages"][0].clone();
        assert_eq!(message["id"], sent["id"]);
        assert_eq!(message["type"], kind, "{method}");
        if told.is_null() {
            let file = message["body"].as_str().unwrap();
            assert!(
                file.starts_with("https://files.sandbox.invalid/true_"),
                "{file}"
            );
        } else {
            assert_eq!(message["body"], told, "{method}");
        }
        assert_eq!(message.get("caption"), body.get("caption"));
        let is_forwarded = method == "forwardMessage" && told != "";
        assert_eq!(message.get("isForwarded").is_some(), is_forwarded);
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_its_parameters() {
    let bench = Bench::start().await;
    for number in 1..=105 {
        let from = if number % 5 == 0 { BOB } else { ANN };
        receive(&bench, from, "t").await;
    }
    let range = |from: u64, to: u64| (from..=to).collect::<Vec<_>>();
    assert_eq!(list(&bench, "").await, (range(1, 100), 100));
    assert_eq!(
        list(&bench, "lastMessageNumber=100").await,
        (range(101, 105), 105)
    );
    // Nothing is new: the same is asked next.
    assert_eq!(list(&bench, "lastMessageNumber=105").await, (vec![], 105));
    assert_eq!(list(&bench, "lastMessageNumber=900").await, (vec![], 900));
    assert_eq!(list(&bench, "last=true").await, (range(6, 105), 105));
    assert_eq!(
        list(&bench, "last=true&lastMessageNumber=104").await.0,
        range(6, 105)
    );
    assert_eq!(list(&bench, "last=0&lastMessageNumber=104").await.0, [105]);
    assert_eq!(list(&bench, "last=1&limit=3").await.0, range(103, 105));
    assert_eq!(list(&bench, "limit=3").await, (range(1, 3), 3));
    assert_eq!(list(&bench, "limit=0").await, (range(1, 105), 105));
    let chat = format!("chatId={BOB}@c.us");
    let of_bob: Vec<u64> = (1..=21).map(|index| 5 * index).collect();
    assert_eq!(list(&bench, &chat).await, (of_bob, 105));
    assert_eq!(
        list(&bench, &format!("{chat}&limit=2&lastMessageNumber=10")).await,
        (vec![15, 20], 20)
    );
    let now = jiff::Timestamp::now().as_second();
    let around = format!("limit=1&min_time={}&max_time={}", now - 60, now + 60);
    assert_eq!(list(&bench, &around).await.0, [1]);
    assert!(
        list(&bench, &format!("min_time={}", now + 60))
            .await
            .0
            .is_empty()
    );
    assert!(
        list(&bench, &format!("max_time={}", now - 60))
            .await
            .0
            .is_empty()
    );
    for bad in [
        "limit=-1",
        "lastMessageNumber=a",
        "last=yes",
        "chatId=79034567890",
        "min_time=1.5",
        "lastmessagenumber=1",
    ] {
        error(&bench, "messages", bad).await;
    }
}

#[tokio::test]
async fn numbers_may_have_gaps() {
    let bench = Bench::start().await;
    receive(&bench, ANN, "1").await;
    instance(&bench, &json!({"skip_numbers": 10})).await;
    receive(&bench, ANN, "2").await;
    assert_eq!(list(&bench, "").await, (vec![1, 12], 12));
    assert_eq!(
        list(&bench, "lastMessageNumber=5&limit=1").await,
        (vec![12], 12)
    );
}

#[tokio::test]
async fn a_fault_repeats_or_empties_a_list() {
    let bench = Bench::start().await;
    for _ in 0..4 {
        receive(&bench, ANN, "t").await;
    }
    let fault = |kind: &str| json!({"fault": kind, "gateway": "chat-api"});
    bench.post("/_sandbox/faults", &fault("empty_page")).await;
    // A send and the other calls let it wait.
    assert_eq!(
        bench
            .post(CHAT_API, &json!({"phone": BOB, "body": "b"}))
            .await
            .status,
        200
    );
    assert!(get(&bench, "dialogs", "").await["dialogs"].is_array());
    assert_eq!(
        list(&bench, "lastMessageNumber=1&limit=2").await,
        (vec![], 1)
    );
    assert_eq!(list(&bench, "limit=2").await, (vec![1, 2], 2));
    bench
        .post("/_sandbox/faults", &fault("repeated_page"))
        .await;
    assert_eq!(
        list(&bench, "lastMessageNumber=2&limit=2").await,
        (vec![1, 2], 2)
    );
    assert_eq!(
        list(&bench, "lastMessageNumber=2&limit=2").await,
        (vec![3, 4], 4)
    );
    let twice = json!({"fault": "repeated_page", "count": 2});
    bench.post("/_sandbox/faults", &twice).await;
    for _ in 0..2 {
        assert_eq!(list(&bench, "lastMessageNumber=4").await, (vec![3, 4], 4));
    }
    assert_eq!(list(&bench, "lastMessageNumber=4").await, (vec![5], 5));
    let pending = bench.call(Method::GET, "/_sandbox/faults").await.json();
    assert_eq!(pending, json!({"faults": []}));
    for kind in ["empty_page", "repeated_page"] {
        let never = json!({"fault": kind, "gateway": "tujenge"});
        let answer = bench.post("/_sandbox/faults", &never).await;
        assert_eq!(answer.status, 400);
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert_eq!(error, "gateway: must be one of chat-api");
    }
    // What cannot be read is refused all the same.
    bench.post("/_sandbox/faults", &fault("empty_page")).await;
    error(&bench, "messages", "limit=a").await;
}

#[tokio::test]
async fn the_history_begins_with_the_newest() {
    let bench = Bench::start().await;
    for number in 1..=7 {
        let from = if number == 4 { BOB } else { ANN };
        receive(&bench, from, "t").await;
    }
    for (query, expected) in [
        ("", &[7_u64, 6, 5, 4, 3, 2, 1][..]),
        ("count=3", &[7, 6, 5][..]),
        ("count=3&page=1", &[4, 3, 2][..]),
        ("count=3&page=2", &[1][..]),
        ("count=3&page=3", &[][..]),
        ("page=1", &[][..]),
        ("chatId=17472822486@c.us", &[4][..]),
    ] {
        let answer = get(&bench, "messagesHistory", query).await;
        assert_eq!(numbers(&answer), expected, "{query}");
    }
    for bad in ["count=0", "page=-1", "chatId=x", "limit=1"] {
        error(&bench, "messagesHistory", bad).await;
    }
}

#[tokio::test]
async fn the_chats_are_those_that_were_written_in() {
    let bench = Bench::start().await;
    assert_eq!(get(&bench, "dialogs", "").await, json!({"dialogs": []}));
    let incoming = json!({"gateway": "chat-api", "from": ANN, "text": "t", "profile_name": "Ann"});
    bench.post("/_sandbox/incoming", &incoming).await;
    let group = "79680561234-1479621234@g.us";
    let incoming = support::with(incoming, &json!({"group_id": group}));
    bench.post("/_sandbox/incoming", &incoming).await;
    post(&bench, "sendMessage", &json!({"phone": BOB, "body": "b"})).await;
    post(&bench, "sendMessage", &json!({"phone": ANN, "body": "b"})).await;
    let dialog = |id: &str, name: &str, is_group: bool| json!({"id": id, "name": name, "image": "", "metadata": {"isGroup": is_group}});
    let all = [
        dialog("79034567890@c.us", "Ann", false),
        dialog("17472822486@c.us", "17472822486", false),
        dialog(group, "79680561234-1479621234", true),
    ];
    assert_eq!(get(&bench, "dialogs", "").await["dialogs"], json!(all));
    error(&bench, "dialogs", "limit=2").await;
    error(&bench, "dialogs", "page=0").await;
}

#[tokio::test]
async fn a_chat_is_read_where_there_is_one() {
    let bench = Bench::start().await;
    let chat = format!("{ANN}@c.us");
    let answer = post(&bench, "readChat", &json!({"phone": ANN})).await;
    assert_eq!(answer["read"], false);
    assert!(answer["message"].is_string());
    receive(&bench, ANN, "t").await;
    for body in [json!({"phone": ANN}), json!({"chatId": chat})] {
        let answer = post(&bench, "readChat", &body).await;
        assert_eq!(
            (&answer["read"], &answer["chatId"]),
            (&json!(true), &json!(chat))
        );
        assert!(answer["message"].is_string());
    }
    for bad in [
        json!({}),
        json!({"phone": ANN, "chatId": chat}),
        json!({"phone": "Ann"}),
        json!({"phone": ANN, "body": "b"}),
        json!([]),
    ] {
        let answer = post(&bench, "readChat", &bad).await;
        assert_eq!(answer["read"], false, "{bad}");
    }
}

//! chat-api's groups and their participants.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::{Value, json};
use support::Bench;
use support::chat_api::{get, post};

const OWN: &str = "79000000001@c.us";
const ANN: &str = "79680565372@c.us";
const BOB: &str = "17472822486@c.us";
/// Nobody with this number uses WhatsApp.
const NOBODY: &str = "72005000002";

/// Creates a group with Ann; gives its id.
async fn create(bench: &Bench) -> String {
    let body = json!({"groupName": "Browsers", "phones": ["79680565372"]});
    let answer = post(bench, "group", &body).await;
    assert_eq!(answer["created"], true, "{answer}");
    answer["chatId"].as_str().unwrap().to_owned()
}

/// The participants and the admins that the list of chats tells.
async fn members(bench: &Bench, group: &str) -> (Value, Value) {
    let dialogs = get(bench, "dialogs", "").await;
    let mut dialogs = dialogs["dialogs"].as_array().unwrap().iter();
    let found = dialogs.find(|dialog| dialog["id"] == group).unwrap();
    let metadata = &found["metadata"];
    (metadata["participants"].clone(), metadata["admins"].clone())
}

/// Does it; gives whether it was done, and the message.
async fn change(bench: &Bench, verb: &str, group: &str, person: &str) -> (bool, String) {
    let body = json!({"groupId": group, "participantChatId": person});
    let answer = post(bench, &format!("{verb}GroupParticipant"), &body).await;
    let is_done = answer["add"].as_bool().unwrap();
    assert_eq!(answer.get("groupId").is_some(), is_done, "{answer}");
    if is_done {
        assert_eq!(answer["groupId"], group);
    }
    (is_done, answer["message"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_group_is_created_with_its_first_message() {
    let bench = Bench::start().await;
    let body = json!({
        "phones": ["17472822486", 79_680_565_372_u64],
        "messageText": "Safari is the new IE",
        "groupName": "Browsers",
    });
    let answer = post(&bench, "group", &body).await;
    assert_eq!(answer["created"], true);
    assert!(answer["message"].is_string());
    let group = answer["chatId"].as_str().unwrap();
    let (digits, ending) = group.split_once('@').unwrap();
    let (creator, time) = digits.split_once('-').unwrap();
    assert_eq!((creator, ending), ("79000000001", "g.us"));
    assert!(time.parse::<u64>().is_ok());
    let link = answer["groupInviteLink"].as_str().unwrap();
    assert!(link.starts_with("https://chat.whatsapp.com/"), "{link}");
    assert_eq!(
        members(&bench, group).await,
        (json!([OWN, BOB, ANN]), json!([OWN]))
    );
    let messages = get(&bench, "messages", "").await;
    let first = &messages["messages"][0];
    assert_eq!(first["body"], "Safari is the new IE");
    assert_eq!(first["chatId"], group);
    assert_eq!(bench.sandbox.counts().requests, 0, "it is no send call");

    let silent = json!({"chatIds": [ANN], "groupName": "Silent"});
    let other = post(&bench, "group", &silent).await;
    assert_ne!(other["chatId"], group);
    assert_eq!(get(&bench, "messages", "").await["lastMessageNumber"], 1);
    let sent = json!({"chatId": other["chatId"], "body": "b"});
    assert_eq!(post(&bench, "sendMessage", &sent).await["sent"], true);
    let read = post(&bench, "readChat", &json!({"chatId": group})).await;
    assert_eq!(read["read"], true);
}

#[tokio::test]
async fn a_wrong_group_is_not_created() {
    let bench = Bench::start().await;
    for bad in [
        json!({"phones": ["17472822486"]}),
        json!({"groupName": "", "phones": ["17472822486"]}),
        json!({"groupName": 1, "phones": ["17472822486"]}),
        json!({"groupName": "g"}),
        json!({"groupName": "g", "phones": ["17472822486"], "chatIds": [ANN]}),
        json!({"groupName": "g", "phones": []}),
        json!({"groupName": "g", "phones": "17472822486"}),
        json!({"groupName": "g", "phones": ["+17472822486"]}),
        json!({"groupName": "g", "phones": [NOBODY]}),
        json!({"groupName": "g", "chatIds": ["17472822486"]}),
        json!({"groupName": "g", "chatIds": ["1-1@g.us"]}),
        json!({"groupName": "g", "phones": ["17472822486"], "messageText": 1}),
        json!({"groupName": "g", "phones": ["17472822486"], "name": "g"}),
    ] {
        let answer = post(&bench, "group", &bad).await;
        assert_eq!(answer["created"], false, "{bad}");
        assert!(answer["message"].as_str().unwrap().len() > 3);
        assert!(answer.get("chatId").is_none());
    }
    assert_eq!(get(&bench, "dialogs", "").await, json!({"dialogs": []}));
}

#[tokio::test]
async fn participants_come_rise_fall_and_go() {
    let bench = Bench::start().await;
    let group = &create(&bench).await;
    for (verb, participants, admins) in [
        ("add", json!([OWN, ANN, BOB]), json!([OWN])),
        ("promote", json!([OWN, ANN, BOB]), json!([OWN, BOB])),
        ("demote", json!([OWN, ANN, BOB]), json!([OWN])),
        ("remove", json!([OWN, ANN]), json!([OWN])),
    ] {
        let (is_done, message) = change(&bench, verb, group, BOB).await;
        assert!(is_done, "{verb}: {message}");
        assert_eq!(
            members(&bench, group).await,
            (participants, admins),
            "{verb}"
        );
    }
    for phone in [json!("17472822486"), json!(17_472_822_486_u64)] {
        let body = json!({"groupId": group, "participantPhone": phone});
        assert_eq!(
            post(&bench, "addGroupParticipant", &body).await["add"],
            true
        );
        assert_eq!(
            post(&bench, "removeGroupParticipant", &body).await["add"],
            true
        );
    }
}

#[tokio::test]
async fn what_cannot_be_done_in_a_group_says_why() {
    let bench = Bench::start().await;
    let group = &create(&bench).await;
    let nobody = &format!("{NOBODY}@c.us");
    for (verb, person, why) in [
        ("add", ANN, "in the group already"),
        ("add", nobody, "does not use WhatsApp"),
        ("remove", BOB, "not in the group"),
        ("promote", BOB, "not in the group"),
        ("demote", BOB, "not in the group"),
        ("promote", OWN, "an admin already"),
        ("demote", ANN, "not an admin"),
    ] {
        let (is_done, message) = change(&bench, verb, group, person).await;
        assert!(!is_done && message.contains(why), "{verb}: {message}");
    }
    for verb in ["add", "remove", "promote", "demote"] {
        let (is_done, message) = change(&bench, verb, "1-1@g.us", ANN).await;
        assert!(!is_done && message.contains("no such group"), "{message}");
        let whole = json!({"groupId": group, "participantChatId": BOB});
        for bad in [
            json!({"groupId": null}),
            json!({"groupId": ANN}),
            json!({"participantChatId": null}),
            json!({"participantChatId": group}),
            json!({"participantPhone": "17472822486"}),
            json!({"participantChatId": null, "participantPhone": "Bob"}),
            json!({"phone": "17472822486"}),
        ] {
            let method = format!("{verb}GroupParticipant");
            let answer = post(&bench, &method, &support::with(whole.clone(), &bad)).await;
            assert_eq!(answer["add"], false, "{verb} {bad}");
            assert!(answer["message"].as_str().unwrap().len() > 3);
        }
    }
    // Nobody but an admin changes anything.
    assert!(change(&bench, "demote", group, OWN).await.0);
    let foreign = "79680561234-1479621234@g.us";
    let incoming =
        json!({"gateway": "chat-api", "from": "79680565372", "text": "t", "group_id": foreign});
    bench.post("/_sandbox/incoming", &incoming).await;
    for group in [group, foreign] {
        for verb in ["add", "remove", "promote", "demote"] {
            let (is_done, message) = change(&bench, verb, group, BOB).await;
            assert!(
                !is_done && message.contains("the instance is not an admin"),
                "{message}"
            );
        }
    }
    assert_eq!(members(&bench, group).await, (json!([OWN, ANN]), json!([])));
}

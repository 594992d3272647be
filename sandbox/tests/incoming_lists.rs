//! Simulated incoming messages: Tujenge and chat-api, whose bodies have lists.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::json;
use support::stage::{LINK, Stage, contact};
use support::with;

#[tokio::test]
async fn tujenge_tells_every_type() {
    let mut stage = Stage::open().await;
    for (kind, part) in [
        ("text", json!({"body": "hi"})),
        (
            "location",
            json!({"latitude": -6.79, "longitude": 39.2, "url": LINK}),
        ),
        ("contacts", json!([contact()])),
        ("button", json!({"text": "Yes", "payload": "yes-1"})),
        (
            "order",
            json!({"catalog_id": "c", "product_items": [{"quantity": 1}]}),
        ),
        ("reaction", json!({"message_id": "gBEG", "emoji": "👍"})),
        (
            "image",
            json!({"id": "1", "mime_type": "image/png", "sha256": "ab", "caption": "c"}),
        ),
    ] {
        let body = stage
            .told("tujenge", &json!({"type": kind, kind: part}))
            .await;
        let message = &body["messages"][0];
        assert_eq!(message["type"], kind);
        assert_eq!(message[kind], part);
        assert_eq!(message["from"], "79034567890");
        assert!(
            message["timestamp"]
                .as_str()
                .unwrap()
                .parse::<u64>()
                .is_ok()
        );
        let is_promised = ["text", "location", "contacts"].contains(&kind);
        assert_eq!(body.get("contacts").is_some(), is_promised, "{kind}");
    }
    for (kind, usual) in [
        ("video", "video/mp4"),
        ("document", "application/pdf"),
        ("audio", "audio/mpeg"),
        ("voice", "audio/ogg; codecs=opus"),
        ("sticker", "image/webp"),
    ] {
        let body = stage.told("tujenge", &json!({"type": kind})).await;
        let media = &body["messages"][0][kind];
        assert_eq!(media["mime_type"], usual);
        assert!(!media["id"].as_str().unwrap().is_empty());
        assert_eq!(media["sha256"].as_str().unwrap().len(), 64);
    }
    let reply = json!({"id": "1", "title": "One", "description": "d"});
    for (name, reply) in [
        ("list_reply", reply.clone()),
        ("button_reply", with(reply, &json!({"description": null}))),
    ] {
        let part = json!({"type": "interactive", "interactive": {name: reply}});
        let body = stage.told("tujenge", &part).await;
        let told = json!({"type": name, name: reply});
        assert_eq!(body["messages"][0]["interactive"], told);
    }
    let errors = json!([{"code": 501, "title": "Message type is not supported"}]);
    let unknown = json!({"type": "unknown", "unknown": {"errors": errors}});
    let message = stage.told("tujenge", &unknown).await["messages"][0].clone();
    assert_eq!(
        (&message["type"], &message["errors"]),
        (&json!("unknown"), &errors)
    );
    assert!(message.get("unknown").is_none());
    let alone = json!({"type": "errors", "errors": {"errors": errors}, "from": null});
    assert_eq!(
        stage.told("tujenge", &alone).await,
        json!({ "errors": errors })
    );
    stage.refused("tujenge", &json!({"type": "call"})).await;
}

#[tokio::test]
async fn tujenge_tells_what_happens_in_groups() {
    let mut stage = Stage::open().await;
    for kind in [
        "group_created",
        "group_user_promoted",
        "group_user_demoted",
        "group_user_joined",
        "group_user_left",
        "group_subject_changed",
        "group_description_changed",
        "group_icon_changed",
        "group_icon_deleted",
        "group_invite_link_revoked",
        "user_identity_changed",
        "group_user_changed_number",
        "group_error_fetching_photo",
        "group_error_adding_users",
        "group_error_adding_user",
        "group_error_full_adding_users",
        "group_error_removing_user",
        "broadcast_list_created",
        "group_ended",
        "group_error_blocked_adding_user",
        "user_changed_number",
    ] {
        let system = json!({"type": kind, "body": "b", "wa_id": "79034567891"});
        let more =
            json!({"type": "system", "system": system, "group_id": "79034567890-1479621234"});
        let message = stage.told("tujenge", &more).await["messages"][0].clone();
        assert_eq!(message["system"], system);
        assert_eq!(message["group_id"], "79034567890-1479621234");
    }
    let context = json!({"message_id": "gBEG", "from": "79034567891", "group_id": "g",
        "mentions": ["79034567892"]});
    let more = json!({"text": "t", "context": context, "profile_name": "Ann"});
    let body = stage.told("tujenge", &more).await;
    assert_eq!(
        body["messages"][0]["context"],
        json!({"id": "gBEG", "from": "79034567891", "group_id": "g", "mentions": ["79034567892"]})
    );
    assert_eq!(body["contacts"][0]["profile"]["name"], "Ann");
}

#[tokio::test]
async fn chat_api_tells_every_type() {
    let mut stage = Stage::open().await;
    for (kind, told) in [
        ("image", "image"),
        ("voice", "ptt"),
        ("document", "document"),
        ("audio", "audio"),
        ("video", "video"),
    ] {
        let part = json!({"link": LINK, "caption": "c"});
        let body = stage
            .told("chat-api", &json!({"type": kind, kind: part}))
            .await;
        let message = &body["messages"][0];
        assert_eq!(
            (&message["type"], &message["body"]),
            (&json!(told), &json!(LINK))
        );
        assert_eq!(message["caption"], "c");
    }
    let place = json!({"latitude": 55.75, "longitude": 37.62});
    for (more, kind, text) in [
        (json!({"text": "hi"}), "chat", "hi"),
        (
            json!({"type": "location", "location": place}),
            "location",
            "55.75;37.62",
        ),
        (json!({"type": "call"}), "call_log", "[Call]"),
        (
            json!({"type": "contacts", "contacts": [contact()]}),
            "vcard",
            "BEGIN:VCARD\nVERSION:3.0\nN:;Ann\\; Lee;;;\nFN:Ann\\; Lee\n\
             TEL;waid=79034567890:+7 903 456-78-90\nEND:VCARD",
        ),
    ] {
        let message = stage.told("chat-api", &more).await["messages"][0].clone();
        assert_eq!(
            (&message["type"], &message["body"]),
            (&json!(kind), &json!(text))
        );
        assert!(
            message["id"]
                .as_str()
                .unwrap()
                .starts_with("false_79034567890@c.us_")
        );
    }
    let group = "79680561234-1479621234@g.us";
    let more = json!({"text": "t", "group_id": group,
        "context": {"message_id": "true_1", "body": "before"}});
    let message = stage.told("chat-api", &more).await["messages"][0].clone();
    assert_eq!(message["chatId"], group);
    assert_eq!(message["author"], "79034567890@c.us");
    assert_eq!(message["quotedMsgId"], "true_1");
    assert_eq!(message["quotedMsgBody"], "before");
    let message = stage
        .told("chat-api", &json!({"text": "t", "from_me": true}))
        .await["messages"][0]
        .clone();
    assert_eq!(message["fromMe"], true);
    assert_eq!(message["chatId"], "79034567890@c.us");
    assert_ne!(message["author"], "79034567890@c.us");
    assert!(message["id"].as_str().unwrap().starts_with("true_"));
    let change = json!({"old": {"name": "A"}, "new": {"name": "B"}});
    let body = stage
        .told(
            "chat-api",
            &json!({"type": "chat", "chat": change, "from": null}),
        )
        .await;
    assert_eq!(body, json!({"chatUpdate": [change], "instanceId": "1"}));
    for bad in [
        json!({"type": "sticker", "sticker": {"link": LINK}}),
        json!({"type": "image"}),
        json!({"type": "contacts", "contacts": [contact(), contact()]}),
        json!({"text": "t", "context": {"message_id": "1", "from": "1"}}),
    ] {
        stage.refused("chat-api", &bad).await;
    }
}

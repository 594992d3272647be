//! What a person could be known by is shown by no `Debug` of Tujenge's calls: of their arguments, and of what they answer.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wamux_engine::call::Call;
use wamux_engine::gateway::{self, typed::tujenge};
use wamux_engine::{Response, call_output};

const MARK: &str = "QZ7-private-QZ7";
const PHONE: &str = "79034567890";

fn is_hidden(value: &impl Debug) -> bool {
    let shown = format!("{value:?}");
    !shown.contains(MARK) && !shown.contains(PHONE)
}

fn arguments<C: Call + DeserializeOwned>(arguments: Value) {
    let call: C = serde_json::from_value(arguments).unwrap();
    assert!(is_hidden(&call), "{call:?}");
}

fn answer<C: Call<Output: Debug>>(answer: &Value) {
    let gateway = gateway::reader("tujenge").unwrap();
    let response = Response::new(200, answer.to_string().into_bytes());
    let output = call_output::<C>(gateway, &response).unwrap();
    let written = serde_json::to_string(&output).unwrap();
    assert!(
        written.contains(MARK) || written.contains(PHONE),
        "{written}"
    );
    assert!(is_hidden(&output), "{output:?}");
}

#[test]
fn arguments_are_hidden() {
    let pack = || json!({"publisher": MARK, "name": MARK, "ios_app_store_link": MARK});
    let changed = |mut pack: Value| {
        pack["sticker_pack_id"] = "1".into();
        pack
    };
    let sticker = || json!({"sticker_pack_id": "1", "image_data_id": MARK, "emojis": [MARK]});
    let placed = |mut sticker: Value| {
        sticker["index"] = 1.into();
        sticker
    };
    let group = || json!({"group_id": PHONE});
    let named = || json!({"group_id": PHONE, "subject": MARK});
    let people = || json!({"group_id": PHONE, "wa_ids": [PHONE]});
    let profile = json!({
        "address": MARK, "description": MARK, "email": MARK, "vertical": MARK, "websites": [MARK],
    });
    arguments::<tujenge::CheckContacts>(json!({"contacts": [PHONE]}));
    arguments::<tujenge::BlockContact>(json!({"phone": PHONE, "reason": MARK}));
    arguments::<tujenge::UnblockContact>(json!({"phone": PHONE}));
    arguments::<tujenge::CreateGroup>(json!({"subject": MARK}));
    arguments::<tujenge::GetGroup>(group());
    arguments::<tujenge::UpdateGroup>(named());
    arguments::<tujenge::GetGroupInvite>(group());
    arguments::<tujenge::RevokeGroupInvite>(group());
    arguments::<tujenge::RemoveGroupParticipants>(people());
    arguments::<tujenge::LeaveGroup>(group());
    arguments::<tujenge::GetGroupIcon>(group());
    arguments::<tujenge::SetGroupIcon>(json!({"group_id": PHONE, "mime_type": "image/png"}));
    arguments::<tujenge::DeleteGroupIcon>(group());
    arguments::<tujenge::AddGroupAdmins>(people());
    arguments::<tujenge::RemoveGroupAdmins>(people());
    arguments::<tujenge::UpdateBusinessProfile>(profile);
    arguments::<tujenge::SetAbout>(json!({"text": MARK}));
    arguments::<tujenge::CreateStickerPack>(pack());
    arguments::<tujenge::UpdateStickerPack>(changed(pack()));
    arguments::<tujenge::AddSticker>(sticker());
    arguments::<tujenge::UpdateSticker>(placed(sticker()));
    arguments::<tujenge::SetWebhook>(json!({"url": MARK, "headers": {"x-key": MARK, PHONE: "a"}}));
}

#[test]
fn answers_are_hidden() {
    let group = json!({"groups": [{
        "id": PHONE, "subject": MARK, "creator": PHONE, "admins": [PHONE], "participants": [PHONE],
    }]});
    answer::<tujenge::CheckContacts>(&json!({"contacts": [
        {"input": PHONE, "wa_id": PHONE, "status": MARK},
    ]}));
    answer::<tujenge::ListGroups>(&group);
    answer::<tujenge::CreateGroup>(&group);
    answer::<tujenge::GetGroup>(&group);
    answer::<tujenge::GetGroupInvite>(&json!({"groups": [{"link": MARK}]}));
    answer::<tujenge::GetBusinessProfile>(&json!({"settings": {"business": {"profile": {
        "address": MARK, "description": MARK, "email": MARK, "vertical": MARK, "websites": [MARK],
    }}}}));
    answer::<tujenge::GetAbout>(&json!({"settings": {"profile": {"about": {"text": MARK}}}}));
    answer::<tujenge::GetProfilePhotoLink>(&json!({"settings": {"profile": {"photo": {
        "link": MARK,
    }}}}));
    answer::<tujenge::GetStickerPack>(&json!({"stickerpacks": [{
        "publisher": MARK, "name": MARK, "android_app_store_link": MARK,
    }]}));
    answer::<tujenge::GetSticker>(&json!({"stickers": [{"emojis": [MARK]}]}));
    answer::<tujenge::SetWebhook>(&json!({"url": MARK, "headers": {"x-key": MARK, PHONE: "a"}}));
}

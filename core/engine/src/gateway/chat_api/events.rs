//! The webhook: lists of messages, acknowledgements and chat updates in one object.
//!
//! Source: chat-api, "The REST API", webhook.

use serde_json::Value;

use crate::event::{
    ChatContent, ChatMessage, Direction, Event, Status, StatusKind, address, integer, items,
    moment, nonempty, text_or_number,
};
use crate::gateway::Profile;
use crate::masked::Private;
use crate::message::Text;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    let members = body.as_object()?;
    let known = ["messages", "ack", "chatUpdate", "instanceId"];
    if !known.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let mut events = Vec::new();
    for (name, value) in members {
        let read: fn(&Value) -> Result<Event, &'static str> = match name.as_str() {
            "messages" => |item| message(item).map(Event::Message).ok_or("no id or no chat"),
            "ack" => |item| {
                acknowledgement(item)
                    .map(Event::Status)
                    .ok_or("no id or no status")
            },
            "chatUpdate" => |_| Err("a chat update, which this version does not read"),
            _ => continue,
        };
        events.extend(
            items(value).iter().map(|item| {
                read(item).unwrap_or_else(|why| Event::unreadable(profile.id, why, item))
            }),
        );
    }
    Some(events)
}

fn acknowledgement(item: &Value) -> Option<Status> {
    let raw_status = nonempty(item.get("status"))?;
    Some(Status {
        message_id: text_or_number(item.get("id"))?,
        client_id: None,
        status: match raw_status.as_str() {
            "sent" => StatusKind::Sent,
            "delivered" => StatusKind::Delivered,
            "viewed" => StatusKind::Read,
            _ => StatusKind::Unknown,
        },
        raw_status,
        at: None,
        to: nonempty(item.get("chatId")).map(|chat| address(&chat)),
        error: None,
        callback_data: None,
        click: None,
        pricing: None,
        raw: Private::new(item.to_string()),
    })
}

fn message(item: &Value) -> Option<ChatMessage> {
    let chat_id = nonempty(item.get("chatId"))?;
    let id = text_or_number(item.get("id"))?;
    // The id begins with the same truth.
    let own = item.get("fromMe").and_then(Value::as_bool);
    let outgoing = own.unwrap_or_else(|| id.starts_with("true_"));
    let author = nonempty(item.get("author")).map(|author| address(&author));
    let from = author
        .clone()
        .or_else(|| (!outgoing).then(|| address(&chat_id)));
    let raw_type = nonempty(item.get("type"));
    let content = match (
        raw_type.as_deref(),
        item.get("body").and_then(Value::as_str),
    ) {
        (Some("chat"), Some(text)) => ChatContent::Text {
            text: Text::new(text),
        },
        _ => ChatContent::Unknown { raw_type },
    };
    Some(ChatMessage {
        id,
        direction: if outgoing {
            Direction::Outgoing
        } else {
            Direction::Incoming
        },
        from,
        to: outgoing.then(|| address(&chat_id)),
        author,
        sequence: item.get("messageNumber").and_then(Value::as_u64),
        at: integer(item.get("time")).and_then(moment),
        profile_name: nonempty(item.get("senderName")),
        content,
        chat_id: Some(chat_id),
        raw: Private::new(item.to_string()),
    })
}

//! The webhook: lists of messages, acknowledgements and chat updates in one object.

use serde_json::Value;

use crate::event::{
    ChatContent, ChatMessage, Direction, Event, Status, StatusKind, address, integer, moment,
    nonempty, text_or_number,
};
use crate::gateway::Profile;
use crate::masked::Private;
use crate::message::Text;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    let known = ["messages", "ack", "chatUpdate", "instanceId"];
    if !known.iter().any(|name| body.get(name).is_some()) {
        return None;
    }
    let list = |name: &str| {
        body.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let messages = list("messages").map(|item| {
        message(item).map_or_else(
            || Event::unreadable(profile.id, "a message without its id or chat", item),
            Event::Message,
        )
    });
    let acknowledgements = list("ack").map(|item| {
        acknowledgement(item).map_or_else(
            || {
                Event::unreadable(
                    profile.id,
                    "an acknowledgement without its id or status",
                    item,
                )
            },
            Event::Status,
        )
    });
    let updates = list("chatUpdate").map(|item| {
        Event::unreadable(
            profile.id,
            "a chat update, which this version does not read",
            item,
        )
    });
    Some(messages.chain(acknowledgements).chain(updates).collect())
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
    let outgoing = item.get("fromMe").and_then(Value::as_bool) == Some(true);
    let author = nonempty(item.get("author")).map(|author| address(&author));
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
        id: text_or_number(item.get("id"))?,
        direction: if outgoing {
            Direction::Outgoing
        } else {
            Direction::Incoming
        },
        from: author.clone().unwrap_or_else(|| address(&chat_id)),
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

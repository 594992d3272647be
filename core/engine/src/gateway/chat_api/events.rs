//! The webhook: lists of messages, acknowledgements and chat updates in one object.
//!
//! Source: chat-api, "The REST API", webhook; the `OpenAPI` description of its later clients.

use serde_json::Value;

use super::PROFILE;
use crate::event::{
    Call, ChatContent, ChatContext, ChatDescription, ChatLocation, ChatMedia, ChatMessage,
    ChatUpdate, Direction, Event, Status, StatusKind, address, count, decimal, integer, items,
    moment, nonempty, text_or_number, truth,
};
use crate::masked::Private;
use crate::message::Text;

pub(super) fn events(body: &Value) -> Option<Vec<Event>> {
    let members = body.as_object()?;
    let known = ["messages", "ack", "chatUpdate", "instanceId"];
    if !known.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let lists = members.iter().map(|(name, value)| match name.as_str() {
        "messages" => messages(value),
        "ack" => each(value, "no id or no status", |item| {
            acknowledgement(item).map(Event::Status)
        }),
        "chatUpdate" => each(value, "no chat", |item| chat_update(item).map(Event::Chat)),
        _ => Vec::new(),
    });
    Some(lists.flatten().collect())
}

/// The messages of a list, as a webhook and the calls that ask for messages have it.
pub(super) fn messages(list: &Value) -> Vec<Event> {
    each(list, "no id or no chat", |item| {
        message(item).map(Event::Message)
    })
}

/// The items of a list, in order; one that cannot be read is told of, and why.
fn each(list: &Value, why: &str, read: impl Fn(&Value) -> Option<Event>) -> Vec<Event> {
    let items = items(list).iter();
    items
        .map(|item| read(item).unwrap_or_else(|| Event::unreadable(PROFILE.id, why, item)))
        .collect()
}

fn acknowledgement(item: &Value) -> Option<Status> {
    let raw_status = nonempty(item.get("status"))?;
    let kind = match raw_status.as_str() {
        "sent" => StatusKind::Sent,
        "delivered" => StatusKind::Delivered,
        "viewed" => StatusKind::Read,
        _ => StatusKind::Unknown,
    };
    let message_id = text_or_number(item.get("id"))?;
    Some(Status {
        to: nonempty(item.get("chatId")).map(|chat| address(&chat)),
        ..Status::new(message_id, kind, raw_status, item)
    })
}

/// `{"old", "new"}`; a new chat has no `old`, and one that is gone no `new`.
fn chat_update(item: &Value) -> Option<ChatUpdate> {
    let side = |name: &str| {
        let chat = item.get(name).filter(|chat| chat.is_object())?;
        Some(ChatDescription {
            id: text_or_number(chat.get("id")),
            name: nonempty(chat.get("name")),
            image: nonempty(chat.get("image")),
        })
    };
    let (old, new) = (side("old"), side("new"));
    let id = |chat: &Option<ChatDescription>| chat.as_ref().and_then(|chat| chat.id.clone());
    (old.is_some() || new.is_some()).then(|| ChatUpdate {
        chat_id: id(&new).or_else(|| id(&old)),
        old,
        new,
        raw: Private::new(item.to_string()),
    })
}

fn message(item: &Value) -> Option<ChatMessage> {
    let chat_id = nonempty(item.get("chatId"))?;
    let id = text_or_number(item.get("id"))?;
    // The id begins with the same truth.
    let own = truth(item.get("fromMe"));
    let outgoing = own.unwrap_or_else(|| id.starts_with("true_"));
    let author = nonempty(item.get("author")).map(|author| address(&author));
    let from = author
        .clone()
        .or_else(|| (!outgoing).then(|| address(&chat_id)));
    let content = content(item).unwrap_or_else(|| ChatContent::Unknown {
        raw_type: nonempty(item.get("type")),
    });
    let direction = if outgoing {
        Direction::Outgoing
    } else {
        Direction::Incoming
    };
    Some(ChatMessage {
        from,
        to: outgoing.then(|| address(&chat_id)),
        author,
        sequence: count(item.get("messageNumber")),
        at: integer(item.get("time")).and_then(moment),
        profile_name: nonempty(item.get("senderName")),
        context: context(item),
        chat_id: Some(chat_id),
        ..ChatMessage::new(id, direction, content, item)
    })
}

/// `body` is the text, or where the file is, or the coordinates.
fn content(item: &Value) -> Option<ChatContent> {
    let body = item.get("body").and_then(Value::as_str);
    let kind = item.get("type")?.as_str()?;
    Some(match kind {
        "chat" => ChatContent::Text {
            text: Text::new(body?),
        },
        "image" | "audio" | "video" | "document" | "ptt" => {
            let media = ChatMedia {
                link: Some(nonempty(item.get("body"))?),
                caption: nonempty(item.get("caption")),
                ..ChatMedia::default()
            };
            ChatContent::of_media(if kind == "ptt" { "voice" } else { kind }, media)
        }
        "location" => ChatContent::Location {
            location: coordinates(body?)?,
        },
        "call_log" => ChatContent::Call {
            call: Call {
                body: nonempty(item.get("body")),
            },
        },
        _ => return None,
    })
}

/// `55.7522;37.6156`: no page shows the sign between them.
fn coordinates(text: &str) -> Option<ChatLocation> {
    let (latitude, longitude) = text.split_once([';', ','])?;
    let number = |text: &str| decimal(Some(&Value::from(text)));
    Some(ChatLocation {
        latitude: number(latitude)?,
        longitude: number(longitude)?,
        name: None,
        address: None,
        url: None,
    })
}

fn context(item: &Value) -> Option<ChatContext> {
    ChatContext {
        message_id: text_or_number(item.get("quotedMsgId")),
        forwarded: truth(item.get("isForwarded")),
        ..ChatContext::default()
    }
    .if_any()
}

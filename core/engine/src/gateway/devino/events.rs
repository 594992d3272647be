//! Status callbacks and incoming messages.
//!
//! Sources: Devino Telecom, "WhatsApp" and "Direct WA API", Callback and Incoming message.

use serde_json::{Map, Value};

use crate::code::{self, Given, Place};
use crate::event::{
    ChatContent, ChatLocation, ChatMedia, ChatMessage, Click, Direction, Event, Status, StatusKind,
    address, decimal, error_code, integer, is_there, items, moment, nonempty, text_or_number,
};
use crate::gateway::{Profile, meta};
use crate::message::Text;

/// Reads a status callback (an array, or one object) or an incoming message (one object).
pub(in crate::gateway) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    match body {
        Value::Array(items) => Some(items.iter().map(|item| event(profile, item)).collect()),
        Value::Object(_) => Some(vec![event(profile, body)]),
        _ => None,
    }
}

fn event(profile: &'static Profile, item: &Value) -> Event {
    if is_there(item, "incomingMessageId") {
        return incoming(item).map_or_else(
            || Event::unreadable(profile.id, "an incoming message without its sender", item),
            Event::Message,
        );
    }
    status(profile, item).map_or_else(
        || Event::unreadable(profile.id, "neither a status nor an incoming message", item),
        Event::Status,
    )
}

fn status(profile: &'static Profile, item: &Value) -> Option<Status> {
    let raw_status = item.get("status")?.as_str()?.to_owned();
    let click = Click {
        ip: nonempty(item.get("ip")),
        browser: nonempty(item.get("browser")),
        os: nonempty(item.get("os")),
        user_agent: nonempty(item.get("userAgent")),
    };
    let error_code = error_code(item.get("errorCode"));
    let message_id = text_or_number(item.get("messageId"))?;
    let kind = status_kind(&raw_status);
    Some(Status {
        at: at(item),
        error: error_code
            .map(|code| code::status_error(profile, Place::Status, &[Given::code(code)])),
        callback_data: nonempty(item.get("options")),
        click: (click != Click::default()).then_some(click),
        ..Status::new(message_id, kind, raw_status, item)
    })
}

/// The sample's 0 is no moment.
fn at(item: &Value) -> Option<String> {
    let count = integer(item.get("ts")).filter(|count| *count > 0);
    count.and_then(moment)
}

/// The pages show `DELIVERED` only; the other words are those of the product that they replaced.
fn status_kind(raw: &str) -> StatusKind {
    match raw.to_ascii_lowercase().as_str() {
        "enqueued" => StatusKind::Accepted,
        "sent" => StatusKind::Sent,
        "delivered" => StatusKind::Delivered,
        "read" | "seen" | "visited" => StatusKind::Read,
        "undelivered" | "undelived" | "failed" | "rejected" | "expired" | "vp_expired"
        | "cancelled" => StatusKind::Failed,
        _ => StatusKind::Unknown,
    }
}

fn incoming(item: &Value) -> Option<ChatMessage> {
    let id = text_or_number(item.get("incomingMessageId"))?;
    Some(ChatMessage {
        from: Some(address(&text_or_number(item.get("from"))?)),
        to: text_or_number(item.get("to")).map(|to| address(&to)),
        at: at(item),
        profile_name: nonempty(item.get("profileName")),
        ..ChatMessage::new(id, Direction::Incoming, content(item), item)
    })
}

/// Text, a file with text beside it, a place, or contact cards. Nothing names the type.
fn content(item: &Value) -> ChatContent {
    let text = nonempty(item.get("text"));
    let mime_type = nonempty(item.get("contentType"));
    if let Some(link) = nonempty(item.get("contentUrl")) {
        let family = mime_type.as_deref().and_then(|name| name.split('/').next());
        let family = family.unwrap_or_default().trim().to_ascii_lowercase();
        let media = ChatMedia {
            link: Some(link),
            filename: nonempty(item.get("contentName")),
            caption: text,
            mime_type: mime_type.clone(),
            ..ChatMedia::default()
        };
        let kind = ["image", "audio", "video"]
            .into_iter()
            .find(|kind| *kind == family);
        return ChatContent::of_media(kind.unwrap_or("document"), media);
    }
    if let Some(location) = item.get("whatsAppGeoLocation").and_then(location) {
        return ChatContent::Location { location };
    }
    let cards = item.get("whatsAppContacts").map(in_snake_case);
    let contacts = cards.as_ref().map(meta::contacts).unwrap_or_default();
    if !contacts.is_empty() {
        return ChatContent::Contacts { contacts };
    }
    match text {
        Some(text) => ChatContent::Text {
            text: Text::new(text),
        },
        None => ChatContent::Unknown {
            raw_type: mime_type,
        },
    }
}

fn location(part: &Value) -> Option<ChatLocation> {
    Some(ChatLocation {
        latitude: decimal(part.get("latitude"))?,
        longitude: decimal(part.get("longitude"))?,
        name: nonempty(part.get("addressName")),
        address: nonempty(part.get("address")),
        // The page prints the name so.
        url: nonempty(part.get("addressurl")),
    })
}

/// Cards with the members of Meta's: names in camel case become snake case, and the two lists of one item that item.
fn in_snake_case(cards: &Value) -> Value {
    match cards {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| match name.as_str() {
                "contactName" => ("name".to_owned(), first(value)),
                "contactCompany" => ("org".to_owned(), first(value)),
                _ => (snake_case(name), in_snake_case(value)),
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(in_snake_case).collect(),
        other => other.clone(),
    }
}

/// The only item of a list, or what stands in its place; its parts' names lose their `name`.
fn first(value: &Value) -> Value {
    let item = items(value).first().map(in_snake_case);
    let Some(Value::Object(mut members)) = item else {
        return Value::Null;
    };
    for (ours, theirs) in [("prefix", "name_prefix"), ("suffix", "name_suffix")] {
        if let Some(value) = members.remove(theirs) {
            members.insert(ours.to_owned(), value);
        }
    }
    Value::Object(members)
}

/// `countryCode` → `country_code`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

//! Delivery reports and incoming messages: one object a webhook.
//!
//! Sources: Rapporto, "Delivery statuses" and "Incoming messages".

use serde_json::Value;

use super::dates;
use crate::code::{self, Given, Place};
use crate::event::{
    ChatContent, ChatMedia, ChatMessage, Direction, Event, Status, StatusKind, address, error_code,
    integer, is_there, nonempty, text_or_number,
};
use crate::gateway::Profile;
use crate::message::Text;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    match body {
        Value::Object(_) => Some(vec![event(profile, body)]),
        // The documentation shows one object; an array of them loses nothing.
        Value::Array(items) => Some(items.iter().map(|item| event(profile, item)).collect()),
        _ => None,
    }
}

fn event(profile: &'static Profile, item: &Value) -> Event {
    let read = if is_there(item, "transactionId") {
        incoming(item).map(Event::Message)
    } else {
        status(profile, item).map(Event::Status)
    };
    read.unwrap_or_else(|| {
        Event::unreadable(
            profile.id,
            "neither a delivery report nor an incoming message",
            item,
        )
    })
}

fn status(profile: &'static Profile, item: &Value) -> Option<Status> {
    let raw_status = text_or_number(item.get("status"))?;
    let status = match integer(item.get("status")) {
        Some(0) => StatusKind::Sent,
        Some(2) => StatusKind::Delivered,
        Some(5) => StatusKind::Failed,
        Some(9) => StatusKind::Read,
        _ => StatusKind::Unknown,
    };
    let error_code = error_code(item.get("errorCode"));
    // Empty for a message that was not delivered.
    let date = nonempty(item.get("doneDate"));
    let message_id = text_or_number(item.get("mtNum"))?;
    Some(Status {
        client_id: text_or_number(item.get("id")),
        // All links of a cascade have one `mtNum`.
        channel: nonempty(item.get("type"))
            .map(|channel| channel.to_lowercase())
            .filter(|channel| channel != "whatsapp"),
        at: date.and_then(|date| dates::to_rfc3339(&date)),
        to: nonempty(item.get("destAddr")).map(|to| address(&to)),
        error: error_code
            .map(|code| code::status_error(profile, Place::Status, &[Given::code(code)])),
        ..Status::new(message_id, status, raw_status, item)
    })
}

fn incoming(item: &Value) -> Option<ChatMessage> {
    let words = nonempty(item.get("message"));
    let content = match (nonempty(item.get("mediaURL")), words) {
        // The page shows pictures only, and no type beside the address.
        (Some(link), caption) => ChatContent::Image {
            image: ChatMedia {
                link: Some(link),
                caption,
                ..ChatMedia::default()
            },
        },
        (None, Some(text)) => ChatContent::Text {
            text: Text::new(text),
        },
        (None, None) => ChatContent::Unknown { raw_type: None },
    };
    let id = text_or_number(item.get("transactionId"))?;
    Some(ChatMessage {
        from: Some(address(&text_or_number(item.get("sourceAddr"))?)),
        to: text_or_number(item.get("destAddr")).map(service_number),
        at: nonempty(item.get("receivedDate")).and_then(|date| dates::to_rfc3339(&date)),
        ..ChatMessage::new(id, Direction::Incoming, content, item)
    })
}

/// A service number: a phone number, or a short one or a name, which stays as it is.
fn service_number(text: String) -> String {
    // A country's code does not begin with zero, and no phone number of the world is shorter.
    if text.len() < 7 || text.starts_with('0') {
        text
    } else {
        address(&text)
    }
}

//! Delivery reports and incoming messages: one object a webhook.
//!
//! Sources: Rapporto, "Delivery statuses" and "Incoming messages".

use serde_json::Value;

use super::dates;
use crate::code::{self, Given, Place};
use crate::event::{
    ChatContent, ChatMessage, Direction, Event, Status, StatusKind, address, error_code, integer,
    is_there, nonempty, text_or_number,
};
use crate::gateway::Profile;
use crate::masked::Private;
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
    Some(Status {
        message_id: text_or_number(item.get("mtNum"))?,
        client_id: text_or_number(item.get("id")),
        status,
        raw_status,
        at: date.and_then(|date| dates::to_rfc3339(&date)),
        to: nonempty(item.get("destAddr")).map(|to| address(&to)),
        error: error_code.map(|code| {
            let given = Given {
                code,
                ..Given::default()
            };
            code::status_error(profile, Place::Status, &[given])
        }),
        callback_data: None,
        click: None,
        pricing: None,
        raw: Private::new(item.to_string()),
    })
}

fn incoming(item: &Value) -> Option<ChatMessage> {
    let media = nonempty(item.get("mediaURL")).is_some();
    let content = match nonempty(item.get("message")) {
        Some(text) if !media => ChatContent::Text {
            text: Text::new(text),
        },
        _ => ChatContent::Unknown {
            raw_type: media.then(|| "mediaURL".to_owned()),
        },
    };
    Some(ChatMessage {
        id: text_or_number(item.get("transactionId"))?,
        direction: Direction::Incoming,
        from: Some(address(&text_or_number(item.get("sourceAddr"))?)),
        to: nonempty(item.get("destAddr")).map(|to| address(&to)),
        chat_id: None,
        author: None,
        sequence: None,
        at: nonempty(item.get("receivedDate")).and_then(|date| dates::to_rfc3339(&date)),
        profile_name: None,
        content,
        raw: Private::new(item.to_string()),
    })
}

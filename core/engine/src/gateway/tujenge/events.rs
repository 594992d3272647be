//! The webhook: lists of statuses, messages and errors in one object.
//!
//! Source: Meta, "WhatsApp On-Premises API", Webhooks.

use serde_json::Value;

use super::given;
use crate::code::{self, Given, Place};
use crate::event::{
    ChatContent, ChatMessage, Direction, ErrorEvent, Event, Status, StatusKind, address, integer,
    items, moment, nonempty, text_or_number,
};
use crate::gateway::Profile;
use crate::masked::Private;
use crate::message::Text;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    let members = body.as_object()?;
    let known = ["messages", "statuses", "errors", "contacts", "meta"];
    if !known.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let mut events = Vec::new();
    for (name, value) in members {
        for item in items(value) {
            events.push(match name.as_str() {
                "messages" => incoming(body, item).map_or_else(
                    || Event::unreadable(profile.id, "a message without its id or sender", item),
                    Event::Message,
                ),
                "statuses" => status(profile, item),
                "errors" => match given(item) {
                    Some(given) => error_event(profile, &[given], item),
                    None => Event::unreadable(profile.id, "an error without its code", item),
                },
                _ => continue,
            });
        }
    }
    Some(events)
}

fn error_event(profile: &'static Profile, given: &[Given], item: &Value) -> Event {
    Event::Error(ErrorEvent {
        error: code::status_error(profile, Place::Webhook, given),
        message: None,
        raw: Private::new(item.to_string()),
    })
}

fn status(profile: &'static Profile, item: &Value) -> Event {
    let errors = item.get("errors").map(items).unwrap_or_default();
    let given: Vec<Given> = errors.iter().filter_map(given).collect();
    let Some(raw_status) = nonempty(item.get("status")) else {
        return Event::unreadable(profile.id, "a status without its word", item);
    };
    // A warning tells of the message without a change of its state.
    if raw_status == "warning" {
        return error_event(profile, &given, item);
    }
    let Some(message_id) = text_or_number(item.get("id")) else {
        return Event::unreadable(profile.id, "a status without its message's id", item);
    };
    Event::Status(Status {
        message_id,
        client_id: None,
        status: match raw_status.as_str() {
            "sent" => StatusKind::Sent,
            "delivered" => StatusKind::Delivered,
            "read" => StatusKind::Read,
            "failed" => StatusKind::Failed,
            "deleted" => StatusKind::Deleted,
            _ => StatusKind::Unknown,
        },
        raw_status,
        at: integer(item.get("timestamp")).and_then(moment),
        to: nonempty(item.get("recipient_id")).map(|to| address(&to)),
        error: (!errors.is_empty()).then(|| code::status_error(profile, Place::Webhook, &given)),
        callback_data: None,
        click: None,
        pricing: item
            .get("pricing")
            .filter(|pricing| pricing.is_object())
            .cloned(),
        raw: Private::new(item.to_string()),
    })
}

fn incoming(body: &Value, item: &Value) -> Option<ChatMessage> {
    let from = text_or_number(item.get("from"))?;
    let raw_type = nonempty(item.get("type"));
    let text = item.pointer("/text/body").and_then(Value::as_str);
    let content = match text {
        Some(text) if raw_type.as_deref() == Some("text") => ChatContent::Text {
            text: Text::new(text),
        },
        _ => ChatContent::Unknown { raw_type },
    };
    Some(ChatMessage {
        id: text_or_number(item.get("id"))?,
        direction: Direction::Incoming,
        profile_name: profile_name(body, &from),
        from: Some(address(&from)),
        to: None,
        chat_id: nonempty(item.get("group_id")),
        author: None,
        sequence: None,
        at: integer(item.get("timestamp")).and_then(moment),
        content,
        raw: Private::new(item.to_string()),
    })
}

/// The sender's name stands beside the messages, by WhatsApp id.
fn profile_name(body: &Value, wa_id: &str) -> Option<String> {
    let contacts = body.get("contacts")?.as_array()?;
    let contact = contacts
        .iter()
        .find(|c| c.get("wa_id").and_then(Value::as_str) == Some(wa_id))?;
    nonempty(contact.pointer("/profile/name"))
}

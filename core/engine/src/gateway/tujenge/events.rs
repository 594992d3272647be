//! The webhook: lists of statuses, messages and errors in one object.
//!
//! Source: Meta, "WhatsApp On-Premises API", Webhooks.

use std::collections::HashMap;

use serde_json::Value;

use super::given;
use crate::code::{self, Given, Place};
use crate::event::{
    ChatContent, ChatMessage, Direction, ErrorEvent, Event, Status, StatusKind, address, integer,
    items, moment, nonempty, text_or_number,
};
use crate::gateway::{Profile, meta};
use crate::masked::Private;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    let members = body.as_object()?;
    let known = ["messages", "statuses", "errors", "contacts", "meta"];
    if !known.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let names = profile_names(body);
    let mut events = Vec::new();
    for (name, value) in members {
        for item in items(value) {
            events.push(match name.as_str() {
                "messages" => incoming(profile, &names, item).map_or_else(
                    || Event::unreadable(profile.id, "a message without its id or sender", item),
                    Event::Message,
                ),
                "statuses" => status(profile, item),
                "errors" => match given(item) {
                    Some(given) => error_event(profile, &[given], None, item),
                    None => Event::unreadable(
                        profile.id,
                        "an error without a code and without words",
                        item,
                    ),
                },
                _ => continue,
            });
        }
    }
    Some(events)
}

fn error_event(
    profile: &'static Profile,
    given: &[Given],
    message: Option<&str>,
    item: &Value,
) -> Event {
    Event::Error(ErrorEvent {
        message_id: text_or_number(item.get("id")),
        at: integer(item.get("timestamp")).and_then(moment),
        to: text_or_number(item.get("recipient_id")).map(|to| address(&to)),
        error: code::status_error(profile, Place::Webhook, given),
        message: message.map(str::to_owned),
        raw: Private::new(item.to_string()),
    })
}

/// The codes of an item's `errors`; `None` where it has none, so that nothing failed.
fn failures(item: &Value) -> Option<Vec<Given>> {
    let errors = items(item.get("errors")?);
    (!errors.is_empty()).then(|| errors.iter().filter_map(given).collect())
}

/// What the gateway says in its own words, where it is an object.
fn object(item: &Value, name: &str) -> Option<Value> {
    item.get(name).filter(|value| value.is_object()).cloned()
}

fn status(profile: &'static Profile, item: &Value) -> Event {
    let given = failures(item);
    let Some(raw_status) = nonempty(item.get("status")) else {
        return Event::unreadable(profile.id, "a status without its word", item);
    };
    // A warning tells of the message without a change of its state.
    if raw_status == "warning" {
        let words = "a warning about a message that was sent";
        return error_event(profile, &given.unwrap_or_default(), Some(words), item);
    }
    let Some(message_id) = text_or_number(item.get("id")) else {
        return Event::unreadable(profile.id, "a status without its message's id", item);
    };
    let kind = match raw_status.as_str() {
        "sent" => StatusKind::Sent,
        "delivered" => StatusKind::Delivered,
        "read" => StatusKind::Read,
        "failed" => StatusKind::Failed,
        "deleted" => StatusKind::Deleted,
        _ => StatusKind::Unknown,
    };
    Event::Status(Status {
        at: integer(item.get("timestamp")).and_then(moment),
        to: text_or_number(item.get("recipient_id")).map(|to| address(&to)),
        error: given.map(|given| code::status_error(profile, Place::Webhook, &given)),
        pricing: object(item, "pricing"),
        conversation: object(item, "conversation"),
        ..Status::new(message_id, kind, raw_status, item)
    })
}

fn incoming(
    profile: &'static Profile,
    names: &HashMap<String, &str>,
    item: &Value,
) -> Option<ChatMessage> {
    let from = text_or_number(item.get("from"))?;
    let content = meta::content(item).unwrap_or_else(|| ChatContent::Unknown {
        raw_type: nonempty(item.get("type")),
    });
    let group = text_or_number(item.get("group_id"));
    let id = text_or_number(item.get("id"))?;
    Some(ChatMessage {
        profile_name: names.get(&from).map(|name| (*name).to_owned()),
        // In a group, the sender is one of many.
        author: group.is_some().then(|| address(&from)),
        from: Some(address(&from)),
        chat_id: group,
        at: integer(item.get("timestamp")).and_then(moment),
        context: item.get("context").and_then(meta::context),
        error: failures(item).map(|given| code::status_error(profile, Place::Webhook, &given)),
        referral: object(item, "referral"),
        identity: object(item, "identity"),
        ..ChatMessage::new(id, Direction::Incoming, content, item)
    })
}

/// The senders' names stand beside the messages, by WhatsApp id.
fn profile_names(body: &Value) -> HashMap<String, &str> {
    let contacts = body.get("contacts").map(items).unwrap_or_default();
    // Of two names of one sender the first stands.
    let named = contacts.iter().rev().filter_map(|contact| {
        let name = contact.pointer("/profile/name")?.as_str()?;
        Some((text_or_number(contact.get("wa_id"))?, name))
    });
    named.filter(|(_, name)| !name.is_empty()).collect()
}

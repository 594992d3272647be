//! Statuses and incoming messages: one object a webhook.
//!
//! Source: Sample, "Webhooks".

use serde_json::Value;

use crate::event::{
    ChatContent, ChatMessage, Direction, Event, Status, StatusKind, address, is_there, nonempty,
    text_or_number,
};
use crate::gateway::Profile;
use crate::message::Text;

pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    body.is_object().then(|| vec![event(profile, body)])
}

fn event(profile: &'static Profile, item: &Value) -> Event {
    let read = if is_there(item, "state") {
        status(item).map(Event::Status)
    } else {
        incoming(item).map(Event::Message)
    };
    read.unwrap_or_else(|| {
        Event::unreadable(profile.id, "neither a status nor an incoming message", item)
    })
}

fn status(item: &Value) -> Option<Status> {
    let id = text_or_number(item.get("id"))?;
    let state = nonempty(item.get("state"))?;
    let status = match state.as_str() {
        "delivered" => StatusKind::Delivered,
        "read" => StatusKind::Read,
        "failed" => StatusKind::Failed,
        _ => StatusKind::Unknown,
    };
    Some(Status::new(id, status, state, item))
}

fn incoming(item: &Value) -> Option<ChatMessage> {
    let id = text_or_number(item.get("id"))?;
    let text = Text::new(nonempty(item.get("text"))?);
    let content = ChatContent::Text { text };
    Some(ChatMessage {
        from: Some(address(&nonempty(item.get("from"))?)),
        ..ChatMessage::new(id, Direction::Incoming, content, item)
    })
}

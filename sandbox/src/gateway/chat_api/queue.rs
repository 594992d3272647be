//! What waits until the instance is linked to a phone: messages and actions in groups.

use serde_json::{Value, json};

use super::groups::Action;
use jiff::Timestamp;

/// How many items the lists show.
const SHOWN: usize = 100;

/// One message or action that waits.
pub(super) struct Waiting<T> {
    pub(super) id: u64,
    pub(super) item: T,
    /// Milliseconds since 1970.
    last_try: i64,
}

/// The two queues.
#[derive(Default)]
pub(super) struct Queues {
    pub(super) messages: Vec<Waiting<Value>>,
    pub(super) actions: Vec<Waiting<Action>>,
    last_message: u64,
    last_action: u64,
}

impl Queues {
    /// The next message's place in the queue, be it sent at once.
    pub(super) fn next_message(&mut self) -> u64 {
        self.last_message += 1;
        self.last_message
    }

    pub(super) fn add_message(&mut self, id: u64, message: Value) {
        self.messages.push(waiting(id, message));
    }

    pub(super) fn add_action(&mut self, action: Action) {
        self.last_action += 1;
        self.actions.push(waiting(self.last_action, action));
    }

    /// `GET /showMessagesQueue`.
    pub(super) fn show_messages(&self) -> Value {
        let shown = self.messages.iter().take(SHOWN).map(|waiting| {
            let of = |name: &str| waiting.item.get(name).cloned().unwrap_or_default();
            let kind = match of("type") {
                // The queue's own name of it, in the page's sample.
                Value::String(kind) if kind == "chat" => json!("text"),
                other => other,
            };
            json!({
                "id": waiting.id,
                "body": of("body"),
                "type": kind,
                "chatId": of("chatId"),
                "last_try": waiting.last_try,
                "metadata": "{}",
            })
        });
        let shown: Vec<Value> = shown.collect();
        json!({"totalMessages": self.messages.len(), "first100": shown})
    }

    /// `POST /clearMessagesQueue`.
    pub(super) fn clear_messages(&mut self) -> Value {
        let cleared = std::mem::take(&mut self.messages);
        let texts = cleared.iter().take(SHOWN);
        let texts: Vec<Option<&Value>> = texts.map(|waiting| waiting.item.get("body")).collect();
        let message = format!("Cleared {} messages", cleared.len());
        json!({"message": message, "messageTextsExample": texts})
    }

    /// `GET /showActionsQueue`.
    pub(super) fn show_actions(&self) -> Value {
        let shown = self.actions.iter().take(SHOWN).map(|waiting| {
            json!({
                "id": waiting.id,
                "type": waiting.item.name(),
                "last_try": waiting.last_try,
                "json_data": waiting.item.as_json(),
            })
        });
        let shown: Vec<Value> = shown.collect();
        json!({"totalActions": self.actions.len(), "first100": shown})
    }

    /// `POST /clearActionsQueue`.
    pub(super) fn clear_actions(&mut self) -> Value {
        let cleared = std::mem::take(&mut self.actions);
        let names = cleared.iter().take(SHOWN);
        let names: Vec<&str> = names.map(|waiting| waiting.item.name()).collect();
        let message = format!("Cleared {} actions", cleared.len());
        json!({"message": message, "actionsExample": names})
    }
}

fn waiting<T>(id: u64, item: T) -> Waiting<T> {
    Waiting {
        id,
        item,
        last_try: Timestamp::now().as_millisecond(),
    }
}

//! All that the instance remembers, and how its parts move together.

use serde_json::{Map, Value, json};

use super::account::{Account, Condition, Status};
use super::ban::Ban;
use super::groups::{self, Action, Groups};
use super::message::{self, Told};
use super::queue::Queues;
use super::store::Store;
use super::{INSTANCE, callback, codes, settings};
use crate::gateway::Callback;

/// The instance.
pub(super) struct State {
    pub(super) settings: Map<String, Value>,
    pub(super) account: Account,
    pub(super) store: Store,
    pub(super) groups: Groups,
    pub(super) queues: Queues,
    pub(super) ban: Ban,
    /// Callbacks of what waited until now, those of each message in order.
    pub(super) due: Vec<Vec<Callback>>,
    /// The list that was answered last.
    pub(super) last_page: Option<Value>,
}

impl State {
    pub(super) fn new(keep_messages: usize) -> Self {
        Self {
            settings: settings::initial(),
            account: Account::new(),
            store: Store::new(keep_messages),
            groups: Groups::default(),
            queues: Queues::default(),
            ban: Ban::default(),
            due: Vec::new(),
            last_page: None,
        }
    }

    pub(super) fn webhook_url(&self) -> Option<String> {
        let url = self.settings.get("webhookUrl")?.as_str()?;
        (!url.is_empty()).then(|| url.to_owned())
    }

    fn is_on(&self, switch: &str) -> bool {
        self.settings.get(switch) == Some(&Value::Bool(true))
    }

    fn is_linked(&self) -> bool {
        self.account.condition().status == Status::Authenticated
    }

    /// Changes the instance's condition. What waited for the link goes out with it.
    pub(super) fn enter(&mut self, condition: Condition) {
        let is_noted = self.is_on("instanceStatuses");
        self.account.enter(condition, is_noted);
        if !self.is_linked() {
            return;
        }
        for waiting in std::mem::take(&mut self.queues.actions) {
            // Nobody waits for the answer any more; what cannot be done now is dropped.
            let _ = self.carry_out(&waiting.item);
        }
        for waiting in std::mem::take(&mut self.queues.messages) {
            let callbacks = self.deliver(waiting.item, waiting.id);
            self.due.push(callbacks);
        }
    }

    /// Sends a message, or lets it wait; gives the callbacks that follow at once.
    pub(super) fn send(&mut self, message: Value) -> Vec<Callback> {
        let id = self.queues.next_message();
        if self.is_linked() {
            return self.deliver(message, id);
        }
        self.queues.add_message(id, message);
        Vec::new()
    }

    /// Keeps a sent message; gives its copy, where its recipient asks for one, and its acknowledgements, while they are
    /// on.
    fn deliver(&mut self, mut message: Value, queue_number: u64) -> Vec<Callback> {
        let url = self.webhook_url();
        let of = |name: &str| message.get(name).cloned().unwrap_or_default();
        let (id, chat) = (of("id"), of("chatId"));
        let is_copied = chat.as_str().is_some_and(codes::wants_copy);
        let hook = is_copied.then(|| self.hook(url.is_some())).flatten();
        self.store.add(&mut message, hook);
        let Some(url) = url else {
            return Vec::new();
        };
        let mut bodies = Vec::new();
        if is_copied {
            bodies.push(message::webhook(&message));
        }
        if self.is_on("ackNotificationsOn") {
            bodies.extend(["delivered", "viewed"].map(|status| {
                json!({
                    "ack": [{
                        "id": id,
                        "queueNumber": queue_number,
                        "chatId": chat,
                        "status": status,
                    }],
                    "instanceId": INSTANCE,
                })
            }));
        }
        let callbacks = bodies.into_iter().map(|body| callback(&url, body));
        callbacks.collect()
    }

    /// What is known of a message's webhook at the start, while that is collected.
    fn hook(&self, is_posted: bool) -> Option<&'static str> {
        let status = if is_posted { "queued" } else { "not sent" };
        self.is_on("webhookStatuses").then_some(status)
    }

    /// Numbers and keeps the messages of a webhook.
    pub(super) fn take_in(&mut self, webhook: &mut Value, is_posted: bool) {
        let hook = self.hook(is_posted);
        let messages = webhook.get_mut("messages").and_then(Value::as_array_mut);
        for message in messages.into_iter().flatten() {
            self.store.add(message, hook);
        }
    }

    /// Notes how a webhook ended for each message in it.
    pub(super) fn note_posted(&mut self, webhook: &Value, is_delivered: bool) {
        let messages = webhook.get("messages").and_then(Value::as_array);
        let status = if is_delivered { "sent" } else { "not sent" };
        for message in messages.into_iter().flatten() {
            if let Some(id) = message.get("id").and_then(Value::as_str) {
                self.store.mark(id, status);
            }
        }
    }

    /// Does the action, or lets it wait.
    pub(super) fn act(&mut self, action: Action) -> Result<Value, String> {
        if self.is_linked() {
            return self.carry_out(&action);
        }
        let answer = action.waiting();
        self.queues.add_action(action);
        Ok(answer)
    }

    fn carry_out(&mut self, action: &Action) -> Result<Value, String> {
        match action {
            Action::Create {
                name,
                members,
                text,
            } => {
                let group = self.groups.create(name, members)?;
                let answer = groups::created(group);
                if let Some((serial, text)) = text {
                    let chat = group.id.clone();
                    let id = message::id(true, &chat, *serial);
                    let told = Told::own(&id, &chat, "chat", text.clone());
                    let callbacks = self.send(told.object());
                    self.due.push(callbacks);
                }
                Ok(answer)
            }
            Action::Change {
                change,
                group,
                person,
            } => {
                let message = self.groups.change(*change, group, person, &self.store)?;
                Ok(json!({"add": true, "message": message, "groupId": group}))
            }
        }
    }

    /// Whether there is such a chat.
    pub(super) fn knows_chat(&self, chat: &str) -> bool {
        self.groups.knows(chat) || self.store.knows(chat)
    }

    /// Forgets all messages, those that wait too.
    pub(super) fn forget_messages(&mut self) {
        self.store.clear();
        self.queues.messages.clear();
        self.due.clear();
        self.last_page = None;
    }
}

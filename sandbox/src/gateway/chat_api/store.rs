//! The instance's messages, incoming and outgoing, and the calls that list them.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::query::Query;
use crate::log::keep;

/// How many messages a list has where the call does not say (chat-api, GET /messages, `limit`).
const USUAL_LIMIT: u64 = 100;

/// How the webhook that told a message ended: `sent`, `not sent` or `queued`.
struct Hook {
    status: &'static str,
    at: Timestamp,
}

struct Kept {
    number: u64,
    message: Value,
    hook: Option<Hook>,
}

impl Kept {
    fn text(&self, name: &str) -> Option<&str> {
        self.message.get(name)?.as_str()
    }

    fn is_in(&self, chat: Option<&str>) -> bool {
        chat.is_none_or(|chat| self.text("chatId") == Some(chat))
    }

    fn seconds(&self) -> u64 {
        let time = self.message.get("time").and_then(Value::as_u64);
        time.unwrap_or_default()
    }
}

/// The messages in the order of their numbers.
pub(super) struct Store {
    messages: VecDeque<Kept>,
    /// How many are kept.
    most: usize,
    last_number: u64,
}

impl Store {
    pub(super) fn new(most: usize) -> Self {
        Self {
            messages: VecDeque::new(),
            most,
            last_number: 0,
        }
    }

    /// Numbers the message and keeps it; `hook` is what is known of its webhook.
    pub(super) fn add(&mut self, message: &mut Value, hook: Option<&'static str>) {
        self.last_number += 1;
        message["messageNumber"] = self.last_number.into();
        let kept = Kept {
            number: self.last_number,
            message: message.clone(),
            hook: hook.map(|status| Hook {
                status,
                at: Timestamp::now(),
            }),
        };
        keep(&mut self.messages, kept, self.most);
    }

    /// Leaves numbers out.
    pub(super) fn skip(&mut self, numbers: u32) {
        self.last_number += u64::from(numbers);
    }

    /// Forgets the messages; the numbers go on.
    pub(super) fn clear(&mut self) {
        self.messages.clear();
    }

    /// Whether a message stands in the chat.
    pub(super) fn knows(&self, chat: &str) -> bool {
        self.messages.iter().any(|kept| kept.is_in(Some(chat)))
    }

    /// Where the latest message of that id stands.
    fn latest(&self, id: &str) -> Option<usize> {
        let mut messages = self.messages.iter();
        messages.rposition(|kept| kept.text("id") == Some(id))
    }

    /// The message of that id.
    pub(super) fn find(&self, id: &str) -> Option<&Value> {
        Some(&self.messages.get(self.latest(id)?)?.message)
    }

    /// Notes how the webhook of a message ended. What was sent once stays sent.
    pub(super) fn mark(&mut self, id: &str, status: &'static str) {
        let found = self.latest(id);
        let hook = found.and_then(|index| self.messages.get_mut(index)?.hook.as_mut());
        if let Some(hook) = hook.filter(|hook| hook.status != "sent") {
            hook.status = status;
        }
    }

    /// `GET /webhookStatus`.
    pub(super) fn webhook_status(&self, mut query: Query<'_>) -> Result<Value, String> {
        let id = query.required("msgId");
        query.finish()?;
        let found = self.latest(id);
        let hook = found.and_then(|index| self.messages.get(index)?.hook.as_ref());
        let hook = hook.ok_or("msgId: no webhook told such a message")?;
        Ok(json!({"msgId": id, "time": hook.at.to_string(), "status": hook.status}))
    }

    /// `GET /messages`.
    pub(super) fn list(&self, mut query: Query<'_>) -> Result<Value, String> {
        let after = query.number("lastMessageNumber");
        let is_last = query.flag("last");
        let chat = query.chat("chatId");
        let limit = query.number("limit");
        let from = query.number("min_time").unwrap_or(0);
        let until = query.number("max_time").unwrap_or(u64::MAX);
        query.finish()?;
        let after = after.filter(|_| !is_last);
        let first = after.map_or(0, |after| {
            self.messages.partition_point(|kept| kept.number <= after)
        });
        let found = self
            .messages
            .range(first..)
            .filter(|kept| kept.is_in(chat) && (from..=until).contains(&kept.seconds()));
        let most = most(limit);
        let page: Vec<&Kept> = if is_last {
            let mut page: Vec<_> = found.rev().take(most).collect();
            page.reverse();
            page
        } else {
            found.take(most).collect()
        };
        // What a client asks with next: after an empty list the same again.
        let last = page.last().map(|kept| kept.number).or(after).unwrap_or(0);
        let messages: Vec<&Value> = page.iter().map(|kept| &kept.message).collect();
        Ok(json!({"messages": messages, "lastMessageNumber": last}))
    }

    /// `GET /messagesHistory`: the newest message first, pages from 0.
    pub(super) fn history(&self, mut query: Query<'_>) -> Result<Value, String> {
        let page = query.number("page").unwrap_or(0);
        let count = query.number("count").unwrap_or(USUAL_LIMIT);
        let chat = query.chat("chatId");
        if count == 0 {
            query.refuse("count", "must be at least 1");
        }
        query.finish()?;
        let skipped = usize::try_from(page.saturating_mul(count)).unwrap_or(usize::MAX);
        let messages: Vec<&Value> = self
            .messages
            .iter()
            .rev()
            .filter(|kept| kept.is_in(chat))
            .skip(skipped)
            .take(most(Some(count)))
            .map(|kept| &kept.message)
            .collect();
        Ok(json!({ "messages": messages }))
    }

    /// The chats that have messages, each with the name that its person told last, the latest chat first.
    pub(super) fn chats(&self) -> Vec<(&str, Option<&str>)> {
        let mut chats: Vec<(&str, Option<&str>)> = Vec::new();
        for kept in self.messages.iter().rev() {
            let Some(chat) = kept.text("chatId") else {
                continue;
            };
            let is_persons = kept.text("author") == Some(chat);
            let name = kept.text("senderName").filter(|_| is_persons);
            match chats.iter_mut().find(|(id, _)| *id == chat) {
                Some((_, known)) => *known = known.or(name),
                None => chats.push((chat, name)),
            }
        }
        chats
    }
}

/// The length of a list; 0 asks for all.
fn most(limit: Option<u64>) -> usize {
    match limit.unwrap_or(USUAL_LIMIT) {
        0 => usize::MAX,
        limit => usize::try_from(limit).unwrap_or(usize::MAX),
    }
}

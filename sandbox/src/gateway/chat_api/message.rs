//! The message object of webhooks and lists.

use serde_json::{Value, json};

use super::INSTANCE;
use super::card::card_of_number;
use crate::form::is_web_address;
use crate::gateway::unix_seconds;

/// The instance's own chat id.
pub(super) const OWN_CHAT: &str = "79000000001@c.us";

/// The id of a message, after which whose it is and its chat can be told.
pub(super) fn id(from_me: bool, chat: &str, serial: u64) -> String {
    format!("{from_me}_{chat}_{serial:032X}")
}

/// A message that has no number yet.
pub(super) struct Told {
    pub(super) id: String,
    pub(super) kind: String,
    /// The text, or the link to the file, or what else the type has.
    pub(super) body: String,
    pub(super) sender_name: String,
    pub(super) from_me: bool,
    pub(super) author: String,
    pub(super) chat: String,
    /// Members that only some messages have, such as `caption`.
    pub(super) more: Vec<(&'static str, Value)>,
}

impl Told {
    /// A message of the instance itself.
    pub(super) fn own(id: &str, chat: &str, kind: impl Into<String>, body: String) -> Self {
        Self {
            id: id.to_owned(),
            kind: kind.into(),
            body,
            sender_name: "Sandbox".to_owned(),
            from_me: true,
            author: OWN_CHAT.to_owned(),
            chat: chat.to_owned(),
            more: Vec::new(),
        }
    }

    pub(super) fn object(self) -> Value {
        let mut message = json!({
            "id": self.id,
            "body": self.body,
            "type": self.kind,
            "senderName": self.sender_name,
            "fromMe": self.from_me,
            "author": self.author,
            "time": unix_seconds(),
            "chatId": self.chat,
        });
        for (name, value) in self.more {
            message[name] = value;
        }
        message
    }
}

/// The body of a webhook with this message alone.
pub(super) fn webhook(message: &Value) -> Value {
    json!({"messages": [message], "instanceId": INSTANCE})
}

/// The message that `method` sent; `original` is the one that it forwards, where the instance knows it.
pub(super) fn sent(
    method: &str,
    document: &Value,
    chat: &str,
    id: &str,
    original: Option<&Value>,
) -> Value {
    let text = |document: &Value, name: &str| {
        let text = document.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let degrees = |name: &str| document.get(name).cloned().unwrap_or_default();
    let (kind, body) = match method {
        "sendFile" => (
            kind_of_file(&text(document, "filename")),
            link(&text(document, "body"), id),
        ),
        "sendPTT" => ("ptt", link(&text(document, "audio"), id)),
        "sendVCard" => ("vcard", text(document, "vcard")),
        "sendLocation" => ("location", format!("{};{}", degrees("lat"), degrees("lng"))),
        "sendContact" => ("vcard", card_of_number(first(document.get("contactId")))),
        _ => ("chat", text(document, "body")),
    };
    let mut told = Told::own(id, chat, kind, body);
    if let Some(original) = original {
        told.kind = text(original, "type");
        told.body = text(original, "body");
        told.more.push(("isForwarded", 1.into()));
    }
    let source = original.unwrap_or(document);
    for name in ["caption", "quotedMsgId"] {
        if let Some(value) = source.get(name) {
            told.more.push((name, value.clone()));
        }
    }
    told.object()
}

/// The first of the ids that a call may name alone or in an array.
pub(super) fn first(ids: Option<&Value>) -> &str {
    let first = match ids {
        Some(Value::Array(ids)) => ids.first(),
        other => other,
    };
    first.and_then(Value::as_str).unwrap_or_default()
}

/// Where the file lies: what came as bytes has an address that nothing answers.
fn link(file: &str, id: &str) -> String {
    if is_web_address(file) {
        file.to_owned()
    } else {
        format!("https://files.sandbox.invalid/{id}")
    }
}

/// The type that the ending of a file's name tells.
fn kind_of_file(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" => "image",
        "mp4" | "3gp" => "video",
        "mp3" | "aac" | "amr" | "ogg" => "audio",
        _ => "document",
    }
}

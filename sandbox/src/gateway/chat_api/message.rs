//! The message object of webhooks.

use serde_json::{Value, json};

use super::INSTANCE;
use crate::gateway::{Numbers, unix_seconds};

/// The instance's own chat id, where a copy needs an author.
pub(super) const OWN_CHAT: &str = "79000000001@c.us";

/// A message as the webhook tells it.
pub(super) struct Told {
    pub(super) id: String,
    pub(super) kind: &'static str,
    /// The text, or the link to the file, or what else the type has.
    pub(super) body: Value,
    pub(super) sender_name: String,
    pub(super) from_me: bool,
    pub(super) author: String,
    pub(super) chat: String,
    /// Members that only some messages have, such as `caption`.
    pub(super) more: Vec<(&'static str, Value)>,
}

impl Told {
    /// The body of a webhook with this message alone.
    pub(super) fn webhook(self, numbers: &Numbers) -> Value {
        let mut message = json!({
            "id": self.id,
            "body": self.body,
            "type": self.kind,
            "senderName": self.sender_name,
            "fromMe": self.from_me,
            "author": self.author,
            "time": unix_seconds(),
            "chatId": self.chat,
            "messageNumber": numbers.next_in_sequence(),
        });
        for (name, value) in self.more {
            message[name] = value;
        }
        json!({"messages": [message], "instanceId": INSTANCE})
    }
}

/// The copy of a message that `method` sent.
pub(super) fn copy(
    method: &str,
    document: &Value,
    chat: &str,
    id: &str,
    numbers: &Numbers,
) -> Value {
    let (kind, member) = match method {
        "sendFile" => (kind_of_file(document), "body"),
        "sendPTT" => ("ptt", "audio"),
        "sendVCard" => ("vcard", "vcard"),
        "sendLocation" => ("location", "address"),
        "sendContact" => ("vcard", "contactId"),
        _ => ("chat", "body"),
    };
    let told = Told {
        id: id.to_owned(),
        kind,
        body: document.get(member).cloned().unwrap_or_else(|| json!("")),
        sender_name: "Sandbox".to_owned(),
        from_me: true,
        author: OWN_CHAT.to_owned(),
        chat: chat.to_owned(),
        more: document
            .get("caption")
            .map(|caption| ("caption", caption.clone()))
            .into_iter()
            .collect(),
    };
    told.webhook(numbers)
}

/// The type that the ending of a file's name tells.
fn kind_of_file(document: &Value) -> &'static str {
    let name = document.get("filename").and_then(Value::as_str);
    let ending = name
        .and_then(|name| name.rsplit('.').next())
        .unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" => "image",
        "mp4" | "3gp" => "video",
        "mp3" | "aac" | "amr" | "ogg" => "audio",
        _ => "document",
    }
}

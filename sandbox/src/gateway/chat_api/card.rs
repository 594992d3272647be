//! Contacts as vCards of version 3.0.

use serde_json::{Map, Value};

/// The contact's name and numbers.
pub(super) fn card(contact: &Map<String, Value>) -> String {
    let text =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let name = contact
        .get("name")
        .and_then(|name| text(name, "formatted_name"))
        .unwrap_or_default();
    let phones = contact.get("phones").and_then(Value::as_array);
    let numbers = phones.into_iter().flatten().map(|phone| {
        let number = text(phone, "phone").unwrap_or_default();
        match text(phone, "wa_id") {
            Some(id) => format!("TEL;waid={id}:{number}"),
            None => format!("TEL:{number}"),
        }
    });
    lines(&escaped(&name), numbers)
}

/// The contact that a chat's id stands for.
pub(super) fn card_of_number(chat: &str) -> String {
    let number = chat.split('@').next().unwrap_or(chat);
    let line = format!("TEL;waid={number}:+{number}");
    lines(&format!("+{number}"), [line].into_iter())
}

fn lines(name: &str, numbers: impl Iterator<Item = String>) -> String {
    let head = [
        "BEGIN:VCARD".to_owned(),
        "VERSION:3.0".to_owned(),
        format!("N:;{name};;;"),
        format!("FN:{name}"),
    ];
    let end = ["END:VCARD".to_owned()];
    let lines: Vec<String> = head.into_iter().chain(numbers).chain(end).collect();
    lines.join("\n")
}

/// A text as a vCard's value (RFC 2426, 4).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    escaped
}

//! Values that Kotlin and Swift can hold and JSON cannot: text that is not Unicode, and numbers
//! that are not finite.

use serde_json::Value;
use wamux_engine::message::Message;
use wamux_engine::{Code, Error, Violation};

/// What stands for a lone surrogate when text crosses from UTF-16: a noncharacter, which no text
/// that is meant for others bears. The generated code writes it; `uniffi-bindgen` sees to that.
pub const LONE_SURROGATE: char = '\u{FDD0}';

/// A message that a caller made of typed parts, read by the engine's one parser, so that a fault is
/// the same violation at the same path as in JSON.
pub(crate) fn checked(message: &Message) -> Result<Message, Error> {
    Message::from_value(&message_json(message)?)
}

/// A message in JSON.
pub(crate) fn message_json(message: &Message) -> Result<Value, Error> {
    let json = serde_json::to_value(message).unwrap_or_default();
    // Absent members are left out, so that a null is a number that is not finite.
    refuse(&json, &|value| match value {
        Value::Null => Some("must be a finite number"),
        other => lone_surrogate(other),
    })?;
    Ok(json)
}

/// A native payload, where a null is a null.
pub(crate) fn check_payload(payload: &Value) -> Result<(), Error> {
    refuse(payload, &lone_surrogate)
}

/// Whether text has a lone surrogate.
pub(crate) fn has_lone_surrogate(text: &str) -> bool {
    text.contains(LONE_SURROGATE)
}

fn lone_surrogate(value: &Value) -> Option<&'static str> {
    let found = match value {
        Value::String(text) => has_lone_surrogate(text),
        Value::Object(members) => members.keys().any(|name| has_lone_surrogate(name)),
        _ => false,
    };
    found.then_some("must be Unicode text: a lone surrogate stands in it")
}

type Fault<'a> = &'a dyn Fn(&Value) -> Option<&'static str>;

/// The error of every value that has a fault.
fn refuse(json: &Value, fault: Fault<'_>) -> Result<(), Error> {
    let mut violations = Vec::new();
    collect("", json, fault, &mut violations);
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::from_violations(violations))
    }
}

fn collect(path: &str, value: &Value, fault: Fault<'_>, violations: &mut Vec<Violation>) {
    if let Some(words) = fault(value) {
        violations.push(Violation::error(Code::Invalid, path, words));
    }
    match value {
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(&format!("{path}[{position}]"), item, fault, violations);
            }
        }
        Value::Object(members) => {
            let separator = if path.is_empty() { "" } else { "." };
            for (name, member) in members {
                let path = format!("{path}{separator}{name}");
                collect(&path, member, fault, violations);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wamux_engine::message::{Content, Context, Location, Text};

    use super::*;

    fn faults(error: &Error) -> Vec<&str> {
        let violations = error.violations().iter();
        let invalid = violations.filter(|violation| violation.code == Code::Invalid);
        invalid.map(|violation| violation.path.as_str()).collect()
    }

    #[test]
    fn what_json_has_no_form_for_is_invalid_at_its_path() {
        let place = Location {
            latitude: f64::NAN,
            longitude: f64::INFINITY,
            name: Some("\u{FDD0}".into()),
            address: None,
        };
        let mut message = Message::new("+79034567890", Content::Location(place));
        message.context = Some(Context {
            message_id: "1\u{FDD0}".into(),
        });
        let expected = [
            "location.latitude",
            "location.longitude",
            "location.name",
            "context.message_id",
        ];
        assert_eq!(faults(&checked(&message).unwrap_err()), expected);
    }

    #[test]
    fn a_payload_may_have_nulls_but_no_lone_surrogates() {
        assert_eq!(check_payload(&json!({"to": null})), Ok(()));
        let payload = json!({"messages": [{"to": null}, {"\u{FDD0}": {"text": "\u{FDD0}"}}]});
        let error = check_payload(&payload).unwrap_err();
        let expected = ["messages[1]", "messages[1].\u{FDD0}.text"];
        assert_eq!(faults(&error), expected);
    }

    #[test]
    fn a_whole_message_stays_as_it_is() {
        let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234 👍")));
        assert_eq!(checked(&message), Ok(message));
    }
}

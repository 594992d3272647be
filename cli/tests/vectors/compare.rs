//! Whether an output is what a vector expects, and where it is not.

use std::fmt;

use libtest_mimic::{Failed, Trial};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Where `actual` differs from `expected`, one line each; none when it is as expected.
pub(crate) fn differences(expected: &RawValue, actual: &RawValue) -> Vec<String> {
    let mut found = Vec::new();
    compare("output", expected, actual, &mut found);
    found
}

/// JSON text without the white space between its tokens.
pub(crate) fn without_white_space(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in json.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_string = character == '"';
        }
        compact.push(character);
    }
    compact
}

fn compare(path: &str, expected: &RawValue, actual: &RawValue, found: &mut Vec<String>) {
    if is_body(path) {
        // The bytes of a body are part of the contract, the order of its members included.
        if without_white_space(expected.get()) != without_white_space(actual.get()) {
            found.push(differ(path, expected, actual));
        }
    } else if let (Some(expected), Some(actual)) = (members(expected), members(actual)) {
        compare_members(path, &expected, &actual, found);
    } else if let (Some(expected), Some(actual)) = (elements(expected), elements(actual)) {
        if expected.len() != actual.len() {
            found.push(format!(
                "{path}: expected {} elements, got {}",
                expected.len(),
                actual.len()
            ));
        }
        for (index, (expected, actual)) in expected.iter().zip(&actual).enumerate() {
            compare(&format!("{path}[{index}]"), expected, actual, found);
        }
    } else if scalar(expected) != scalar(actual) {
        found.push(differ(path, expected, actual));
    }
}

fn compare_members(
    path: &str,
    expected: &Members<'_>,
    actual: &Members<'_>,
    found: &mut Vec<String>,
) {
    for (name, value) in &expected.0 {
        match actual.get(name) {
            Some(other) => compare(&format!("{path}.{name}"), value, other, found),
            None => found.push(format!(
                "{path}.{name}: expected {}, got nothing",
                value.get()
            )),
        }
    }
    for (index, (name, value)) in actual.0.iter().enumerate() {
        if actual.0[..index].iter().any(|(other, _)| other == name) {
            found.push(format!("{path}.{name}: stands twice"));
        }
        if expected.get(name).is_some() {
            continue;
        }
        if may_be_left_out(path, name, expected) {
            continue;
        }
        if name == "message" && is_explained(path) {
            if !matches!(scalar(value), Some(Value::String(text)) if !text.is_empty()) {
                found.push(format!(
                    "{path}.message: expected a text, got {}",
                    value.get()
                ));
            }
        } else {
            found.push(format!(
                "{path}.{name}: expected nothing, got {}",
                value.get()
            ));
        }
    }
    if expected.get("message").is_none()
        && actual.get("message").is_none()
        && is_explained(path)
        && !may_be_left_out(path, "message", expected)
    {
        found.push(format!("{path}.message: expected a text, got nothing"));
    }
}

fn differ(path: &str, expected: &RawValue, actual: &RawValue) -> String {
    format!("{path}: expected {}, got {}", expected.get(), actual.get())
}

/// The body of a request.
fn is_body(path: &str) -> bool {
    path.strip_suffix(".body")
        .is_some_and(|request| is_element_of(request, "requests"))
}

/// An error, a violation or a warning: what explains itself with a `message` for people.
fn is_explained(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, name)| name == "error")
        || is_element_of(path, "violations")
        || is_element_of(path, "warnings")
}

/// Whether a vector need not repeat a member that explains or quotes: in what a gateway answered or told, and in an
/// error with a `kind`, which its violations and reasons explain.
fn may_be_left_out(path: &str, name: &str, expected: &Members<'_>) -> bool {
    let is_text = ["title", "advice", "description", "message", "raw"].contains(&name);
    let is_violation = is_element_of(path, "violations") || is_element_of(path, "warnings");
    is_text
        && !is_violation
        && (path.starts_with("output.results[")
            || path.starts_with("output.events[")
            || (path == "output.error" && expected.get("kind").is_some()))
}

fn is_element_of(path: &str, array: &str) -> bool {
    path.strip_suffix(']')
        .and_then(|path| path.rsplit_once('['))
        .is_some_and(|(path, _)| path.rsplit_once('.').is_some_and(|(_, name)| name == array))
}

fn members(json: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(json.get()).ok()
}

fn elements(json: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(json.get()).ok()
}

fn scalar(json: &RawValue) -> Option<Value> {
    serde_json::from_str(json.get()).ok()
}

/// The members of an object in their order, each value as its text.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// What the comparison must see: a name, what is expected, what is there, and whether that is equal.
const CASES: &[(&str, &str, &str, bool)] = &[
    (
        "the order of members",
        r#"{"a":1,"b":[2]}"#,
        r#"{"b": [2], "a": 1}"#,
        true,
    ),
    ("a value", r#"{"a":1}"#, r#"{"a":2}"#, false),
    ("a type", r#"{"a":1}"#, r#"{"a":"1"}"#, false),
    ("a missing member", r#"{"a":1}"#, r"{}", false),
    ("a null member", r#"{"a":null}"#, r"{}", false),
    ("an added member", r"{}", r#"{"a":1}"#, false),
    ("a member twice", r#"{"a":1}"#, r#"{"a":1,"a":1}"#, false),
    ("a missing element", "[1,2]", "[1]", false),
    ("the order of elements", "[1,2]", "[2,1]", false),
    ("an object for an array", "[]", "{}", false),
    ("escapes", r#"["\u00e9"]"#, r#"["é"]"#, true),
    (
        "a message left out",
        r#"{"error":{"code":"x"}}"#,
        r#"{"error":{"code":"x","message":"y"}}"#,
        true,
    ),
    (
        "an empty message",
        r#"{"error":{"code":"x"}}"#,
        r#"{"error":{"code":"x","message":""}}"#,
        false,
    ),
    (
        "no message",
        r#"{"error":{"code":"x"}}"#,
        r#"{"error":{"code":"x"}}"#,
        false,
    ),
    (
        "the message of an error event",
        r#"{"events":[{"type":"error"}]}"#,
        r#"{"events":[{"type":"error","message":"y"}]}"#,
        true,
    ),
    (
        "a message that matters",
        r#"{"error":{"message":"x"}}"#,
        r#"{"error":{"message":"y"}}"#,
        false,
    ),
    (
        "a violation's message",
        r#"{"violations":[{"path":""}]}"#,
        r#"{"violations":[{"path":"","message":"y"}]}"#,
        true,
    ),
    (
        "texts left out of an event",
        r#"{"events":[{"type":"error","error":{"code":"1","reasons":[{"code":"1"}]}}]}"#,
        r#"{"events":[{"type":"error","message":"a","raw":"{}","error":{"code":"1","reasons":[{"code":"1","title":"b","advice":"c","description":"d"}]}}]}"#,
        true,
    ),
    (
        "a wrong text of a result",
        r#"{"results":[{"receipt":{"raw":"1"}}]}"#,
        r#"{"results":[{"receipt":{"raw":"2"}}]}"#,
        false,
    ),
    (
        "another member of a result",
        r#"{"results":[{"receipt":{}}]}"#,
        r#"{"results":[{"receipt":{"to":"x"}}]}"#,
        false,
    ),
    (
        "a warning of a result without a message",
        r#"{"results":[{"receipt":{"warnings":[{"path":""}]}}]}"#,
        r#"{"results":[{"receipt":{"warnings":[{"path":""}]}}]}"#,
        false,
    ),
    (
        "an error of a kind without a message",
        r#"{"error":{"kind":"validation"}}"#,
        r#"{"error":{"kind":"validation"}}"#,
        true,
    ),
    ("a text of no event", r"{}", r#"{"raw":"x"}"#, false),
    ("a message elsewhere", r"{}", r#"{"message":"y"}"#, false),
    (
        "white space in a body",
        r#"{"requests":[{"body":{"a": "b \" c", "d": 1}}]}"#,
        r#"{"requests":[{"body":{"a":"b \" c","d":1}}]}"#,
        true,
    ),
    (
        "the order in a body",
        r#"{"requests":[{"body":{"a":1,"b":2}}]}"#,
        r#"{"requests":[{"body":{"b":2,"a":1}}]}"#,
        false,
    ),
    (
        "a number in a body",
        r#"{"requests":[{"body":[1.0]}]}"#,
        r#"{"requests":[{"body":[1]}]}"#,
        false,
    ),
    (
        "a body elsewhere",
        r#"{"body":{"a":1,"b":2}}"#,
        r#"{"body":{"b":2,"a":1}}"#,
        true,
    ),
];

/// Proofs that the comparison sees what it must see.
pub(crate) fn trials() -> Vec<Trial> {
    CASES
        .iter()
        .map(|&(name, expected, actual, is_equal)| {
            Trial::test(format!("comparison sees {name}"), move || {
                let found = differences(
                    serde_json::from_str(expected)?,
                    serde_json::from_str(actual)?,
                );
                if found.is_empty() == is_equal {
                    Ok(())
                } else {
                    Err(Failed::from(format!("{found:?}")))
                }
            })
        })
        .collect()
}

//! A call's arguments as they stand on a command line: `FIELD=VALUE` and `FIELD:=JSON`.

use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::status::Stop;

/// The arguments of a call, each value read by its type in the call's schema. What the schema does not take is left for
/// the call itself to refuse, which knows what is wrong and where.
pub(super) fn read(schema: &Value, words: &[String]) -> Result<Map<String, Value>, Stop> {
    let mut arguments = Map::new();
    for word in words {
        // What stands in the word is not shown: it may be a text or a number.
        let (name, text) = word.split_once('=').ok_or_else(|| {
            let words =
                "arguments are FIELD=VALUE or FIELD:=JSON, or - alone to read them from stdin";
            Stop::Usage(words.to_owned())
        })?;
        let (name, value) = match name.strip_suffix(':') {
            Some(name) => {
                let unreadable = |error: serde_json::Error| {
                    Stop::Usage(format!("{name}:= is not JSON: {error}"))
                };
                (name, serde_json::from_str(text).map_err(unreadable)?)
            }
            None => (name, value(&schema["properties"][name], text)),
        };
        insert(&mut arguments, name, value)?;
    }
    Ok(arguments)
}

/// Adds an argument; what is repeated must be a list, which it makes longer.
fn insert(arguments: &mut Map<String, Value>, name: &str, value: Value) -> Result<(), Stop> {
    match arguments.entry(name) {
        Entry::Vacant(entry) => {
            entry.insert(value);
            Ok(())
        }
        Entry::Occupied(mut entry) => match (entry.get_mut(), value) {
            (Value::Array(known), Value::Array(more)) => {
                known.extend(more);
                Ok(())
            }
            _ => Err(Stop::Usage(format!(
                "{name} stands twice, and is not a list"
            ))),
        },
    }
}

/// A value as its schema wants it. A text that the schema takes is what stands there; a list can be JSON, or have one
/// item for each time that its name stands there; everything else is JSON.
fn value(schema: &Value, text: &str) -> Value {
    if takes(schema, "string") {
        return text.into();
    }
    let json = serde_json::from_str(text).ok();
    if takes(schema, "array") {
        return match json {
            Some(Value::Array(items)) => items.into(),
            _ => vec![value(&schema["items"], text)].into(),
        };
    }
    json.unwrap_or_else(|| text.into())
}

/// Whether a schema takes values of a type.
fn takes(schema: &Value, name: &str) -> bool {
    let is = |word: &Value| word.as_str() == Some(name);
    let choices = ["anyOf", "oneOf"].into_iter();
    let mut choices = choices.filter_map(|word| schema[word].as_array()).flatten();
    is(&schema["type"])
        || schema["type"]
            .as_array()
            .is_some_and(|types| types.iter().any(is))
        || choices.any(|choice| takes(choice, name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({"properties": {
            "phone": {"type": "string"},
            "reason": {"type": ["string", "null"]},
            "namespace": {"anyOf": [{"oneOf": [{"type": "string", "const": "whatsapp"}]}, {"type": "null"}]},
            "full": {"type": ["boolean", "null"]},
            "index": {"type": "integer"},
            "contacts": {"type": "array", "items": {"type": "string"}},
            "indices": {"type": ["array", "null"], "items": {"type": "integer"}},
            "headers": {"type": "object"},
        }})
    }

    fn arguments(words: &[&str]) -> Result<Value, Stop> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        read(&schema(), &words).map(Value::Object)
    }

    #[test]
    fn a_value_is_read_by_the_type_of_its_field() {
        let cases = [
            (vec!["phone=+79034567890"], json!({"phone": "+79034567890"})),
            (
                vec!["reason=a=b, true", "phone=1"],
                json!({"reason": "a=b, true", "phone": "1"}),
            ),
            (vec!["namespace=whatsapp"], json!({"namespace": "whatsapp"})),
            (
                vec!["full=true", "index=3"],
                json!({"full": true, "index": 3}),
            ),
            (
                vec!["contacts=1", "contacts=[2"],
                json!({"contacts": ["1", "[2"]}),
            ),
            (
                vec!["contacts=[\"1\",\"2\"]", "contacts=3"],
                json!({"contacts": ["1", "2", "3"]}),
            ),
            (vec!["indices=1", "indices=2"], json!({"indices": [1, 2]})),
            (
                vec!["headers={\"A\":\"b\"}"],
                json!({"headers": {"A": "b"}}),
            ),
            (
                vec!["headers:={\"A\":\"b\"}", "phone:=null"],
                json!({"headers": {"A": "b"}, "phone": null}),
            ),
            (vec!["phone="], json!({"phone": ""})),
        ];
        for (words, expected) in cases {
            assert_eq!(arguments(&words).unwrap(), expected, "{words:?}");
        }
    }

    #[test]
    fn what_the_schema_does_not_take_is_left_to_the_call() {
        let given = arguments(&["full=yes", "index=first", "unheard=of"]).unwrap();
        assert_eq!(
            given,
            json!({"full": "yes", "index": "first", "unheard": "of"})
        );
    }

    #[test]
    fn what_is_no_argument_is_wrong_usage_and_not_shown() {
        for words in [
            vec!["+79034567890"],
            vec!["phone:=+79034567890"],
            vec!["phone=+79034567890", "phone=1"],
        ] {
            let Err(Stop::Usage(said)) = arguments(&words) else {
                panic!("{words:?}")
            };
            assert!(!said.contains("7903"), "{said}");
        }
    }
}

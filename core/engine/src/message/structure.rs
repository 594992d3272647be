//! What is wrong with the structure of a message that did not parse.
//!
//! The published schema is a `oneOf` of branches told apart by `type`. A validator says of a bare
//! `oneOf` only that no branch fits; so this module turns each such `oneOf` into "if the type is
//! this, then that branch" before it compiles the schema, and every fault has its own path.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::ContentType;
use super::json::schema;
use crate::payload::Payload;
use crate::validate::Validator;
use crate::violation::{Code, Violation};

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::compile(&by_type(schema())));

/// Every structural fault of a message, in the order of its members.
pub(super) fn violations(message: &Value) -> Vec<Violation> {
    let Value::Object(members) = message else {
        return VALIDATOR.violations(&Payload::from(message));
    };
    // A part that is null is not there; only the part of the type is missed then.
    let own = members.get("type").and_then(Value::as_str);
    let is_null_part = |name: &str, value: &Value| {
        value.is_null() && own != Some(name) && ContentType::ALL.iter().any(|t| t.as_str() == name)
    };
    let mut members = members.clone();
    members.retain(|name, value| !is_null_part(name, value));
    let members = Value::Object(members);
    let mut violations = VALIDATOR.violations(&Payload::from(&members));
    for violation in &mut violations {
        if violation.code == Code::UnknownField && violation.path == "template.namespace" {
            // The one gateway whose templates have it has it elsewhere.
            violation.message = "is not a field of this object; a template's namespace is the \
                                 option `options.tujenge.namespace` or the setting \
                                 `template_namespace`"
                .into();
        }
    }
    violations
}

/// Rewrites every `oneOf` whose branches have a constant `type` or are constants, and every
/// optional member.
pub(crate) fn by_type(schema: Value) -> Value {
    match schema {
        Value::Array(items) => Value::Array(items.into_iter().map(by_type).collect()),
        Value::Object(members) => {
            let mut members: Map<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, by_type(value)))
                .collect();
            if let Some(other) = optional(&members) {
                members.remove("anyOf");
                members.insert("if".into(), json!({"type": "null"}));
                members.insert("else".into(), other);
            }
            if let Some(choices) = constants(&members) {
                members.remove("oneOf");
                members.insert("enum".into(), choices);
            }
            let branches = match members.get("oneOf") {
                Some(Value::Array(branches)) if branches.iter().all(|b| type_of(b).is_some()) => {
                    branches.clone()
                }
                _ => return Value::Object(members),
            };
            members.remove("oneOf");
            let types: Vec<&Value> = branches.iter().filter_map(type_of).collect();
            members.insert("type".into(), json!("object"));
            // What all types share is checked even where the type itself is wrong.
            let shared = if branches.len() > 1 {
                branches.as_slice()
            } else {
                &[]
            };
            let mut required = shared_required(shared);
            if required.is_empty() {
                required.push(json!("type"));
            }
            members.insert("required".into(), Value::Array(required));
            let mut properties = shared_properties(shared);
            properties.insert("type".into(), json!({"enum": types}));
            members.insert("properties".into(), Value::Object(properties));
            let choices: Vec<Value> = branches
                .iter()
                .map(|branch| {
                    json!({
                        "if": {"required": ["type"], "properties": {"type": type_schema(branch)}},
                        "then": branch,
                    })
                })
                .collect();
            members.insert("allOf".into(), Value::Array(choices));
            Value::Object(members)
        }
        other => other,
    }
}

/// The members that every branch requires: they are missed even where no branch is chosen.
fn shared_required(branches: &[Value]) -> Vec<Value> {
    let required = |branch: &Value| branch["required"].as_array().cloned().unwrap_or_default();
    let mut shared = branches.first().map(required).unwrap_or_default();
    shared.retain(|name| {
        branches
            .iter()
            .all(|branch| required(branch).contains(name))
    });
    shared
}

/// The members that every branch describes alike.
fn shared_properties(branches: &[Value]) -> Map<String, Value> {
    let properties = |branch: &Value| branch["properties"].as_object().cloned();
    let mut shared = branches.first().and_then(properties).unwrap_or_default();
    shared.retain(|name, schema| {
        branches
            .iter()
            .all(|branch| branch["properties"].get(name.as_str()) == Some(schema))
    });
    shared
}

/// The values of a `oneOf` that only lists values, each with a description.
fn constants(members: &Map<String, Value>) -> Option<Value> {
    let branches = members.get("oneOf")?.as_array()?;
    branches
        .iter()
        .map(|branch| branch.get("const").cloned())
        .collect()
}

/// What an optional member may be besides `null`. An `anyOf` too says nothing of its branches.
fn optional(members: &Map<String, Value>) -> Option<Value> {
    match members.get("anyOf")?.as_array()?.as_slice() {
        [other, null] if *null == json!({"type": "null"}) => Some(other.clone()),
        _ => None,
    }
}

fn type_schema(branch: &Value) -> Option<&Value> {
    branch.get("properties")?.get("type")
}

fn type_of(branch: &Value) -> Option<&Value> {
    type_schema(branch)?.get("const")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(message: &Value) -> Vec<(String, &'static str)> {
        let violations = violations(message);
        violations
            .into_iter()
            .map(|violation| (violation.path, violation.code.as_str()))
            .collect()
    }

    #[test]
    fn every_fault_has_its_own_path_in_the_order_of_the_message() {
        let message = json!({
            "to": null,
            "recipient_type": "everybody",
            "type": "template",
            "template": {
                "nmae": "order",
                "components": [
                    {"type": "body", "parameters": [{"type": "text"}, {"type": "sound"}]},
                    {"type": "button", "index": -1},
                ],
            },
            "context": {"message": "1"},
            "text": {"body": "Hi"},
        });
        let expected = [
            ("to", "must.be.not.null"),
            ("recipient_type", "invalid"),
            ("template.nmae", "unknown.field"),
            (
                "template.components[0].parameters[0].text",
                "must.be.not.null",
            ),
            ("template.components[0].parameters[1].type", "invalid"),
            ("template.components[1].index", "invalid"),
            ("template.name", "must.be.not.null"),
            ("context.message", "unknown.field"),
            ("context.message_id", "must.be.not.null"),
            ("text", "unknown.field"),
        ];
        let expected: Vec<_> = expected.map(|(path, code)| (path.to_owned(), code)).into();
        assert_eq!(faults(&message), expected);
    }

    #[test]
    fn media_has_exactly_one_source() {
        let message = |image: Value| json!({"to": "+79034567890", "type": "image", "image": image});
        let none = faults(&message(json!({"caption": "x"})));
        assert_eq!(none, [("image".to_owned(), "must.be.not.null")]);
        let two = faults(&message(json!({"link": "https://a.b", "id": "1"})));
        assert_eq!(two, [("image".to_owned(), "invalid")]);
        let data = faults(&message(json!({"data": "not base64!"})));
        assert_eq!(data, [("image.data".to_owned(), "invalid")]);
    }

    #[test]
    fn without_a_type_the_members_of_every_message_are_checked() {
        let missing = |path: &str| (path.to_owned(), "must.be.not.null");
        assert_eq!(faults(&json!({})), [missing("to"), missing("type")]);
        let fax = json!({"type": "fax", "from": 1, "fax": {}});
        let invalid = |path: &str| (path.to_owned(), "invalid");
        assert_eq!(
            faults(&fax),
            [invalid("type"), invalid("from"), missing("to")]
        );
        assert_eq!(faults(&json!([])), [(String::new(), "invalid")]);
    }
}

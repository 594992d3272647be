//! The rules of a gateway's calls: schemas read from their text, for a whole body and for one message
//! in it, with what stops a message and what does not.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{Limit, Validator};
use crate::payload::Payload;
use crate::violation::{Severity, Violation, first};

/// The rules of one call.
#[derive(Debug)]
pub struct CallRules {
    pub(crate) name: &'static str,
    /// The schema of the call's body.
    pub(crate) body: &'static LazyLock<Rules>,
}

/// A compiled schema, and that of one message in it.
#[derive(Debug)]
pub(crate) struct Rules {
    whole: Checks,
    message: Option<Checks>,
}

#[derive(Debug)]
struct Checks {
    errors: Validator,
    warnings: Option<Validator>,
}

impl Rules {
    /// Reads a schema from its text. A definition `message` is what one message of the call has to
    /// keep to, where the call bears several; one called `warnings` (and `message_warnings`) is
    /// what does not stop a message.
    pub(crate) fn new(text: &str) -> Self {
        let schema: Value = serde_json::from_str(text).unwrap_or_default();
        let part = |name: &str| {
            let there = schema.pointer(&format!("/$defs/{name}")).is_some();
            there.then(|| {
                Validator::compile(&json!({
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "$ref": format!("#/$defs/{name}"),
                    "$defs": schema["$defs"],
                }))
            })
        };
        Self {
            message: part("message").map(|errors| Checks {
                errors,
                warnings: part("message_warnings"),
            }),
            whole: Checks {
                errors: Validator::compile(&schema),
                warnings: part("warnings"),
            },
        }
    }

    /// Rules of a body that is a list of messages under a name; the text is that of one message.
    pub(crate) fn list_of(text: &str, name: &str) -> Self {
        let one: Value = serde_json::from_str(text).unwrap_or_default();
        let mut parts = one["$defs"].clone();
        if let Some(warnings) = parts.get_mut("warnings").map(Value::take) {
            parts["item_warnings"] = warnings;
            parts["warnings"] = json!({
                "properties": {name: {"items": {"$ref": "#/$defs/item_warnings"}}},
            });
        }
        let list = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [name],
            "additionalProperties": false,
            "properties": {
                name: {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/message"}},
            },
            "$defs": parts,
        });
        Self::new(&list.to_string())
    }

    /// The limits that the call's schemas name.
    pub(crate) fn limits(&self, call: &'static str) -> Vec<Limit> {
        let mut limits = self.whole.errors.limits(call, Severity::Error);
        // The warnings of one message are those of the whole, at the message's place in it.
        let message = || self.message.as_ref()?.warnings.as_ref();
        if let Some(warnings) = self.whole.warnings.as_ref().or_else(message) {
            limits.extend(warnings.limits(call, Severity::Warning));
        }
        limits
    }

    /// The faults of a whole native body.
    pub(crate) fn check_body(&self, payload: &Payload<'_>) -> Vec<Violation> {
        self.whole.violations(payload)
    }

    /// The faults of one message's payload.
    pub(crate) fn check_message(&self, payload: &Payload<'_>) -> Vec<Violation> {
        self.message
            .as_ref()
            .unwrap_or(&self.whole)
            .violations(payload)
    }
}

impl Checks {
    fn violations(&self, payload: &Payload<'_>) -> Vec<Violation> {
        let mut violations = self.errors.violations(payload);
        if let Some(warnings) = &self.warnings {
            for warning in warnings.violations(payload) {
                let known = |v: &Violation| v.code == warning.code && v.path == warning.path;
                if !violations.iter().any(known) {
                    let severity = Severity::Warning;
                    violations.push(Violation {
                        severity,
                        ..warning
                    });
                }
            }
        }
        first(violations)
    }
}

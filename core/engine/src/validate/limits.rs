//! The limits that a schema names, for those who want to know them before they break one.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::violation::Severity;

/// A limit of a gateway's call, on the wire.
///
/// ```
/// use wamux_engine::gateway;
///
/// let limits = gateway::profile("devino-v2")?.limits();
/// let text = limits.iter().find(|limit| limit.path == "text.body").unwrap();
/// assert_eq!((text.rule, text.limit.as_u64()), ("max_length", Some(4096)));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Limit {
    /// The call, such as `messages`.
    pub call: &'static str,
    /// The member of the call's body, such as `interactive.action.buttons[].reply.title`.
    pub path: String,
    /// `min_length` and `max_length` (code points), `min_items` and `max_items`, `max_total` (items of all lists
    /// together), `minimum` and `maximum`.
    pub rule: &'static str,
    /// The limit itself, which is still allowed.
    #[schemars(with = "i64")]
    pub limit: Number,
    /// For which values of other members it holds, such as `type: header`; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Whether what is past it is refused, or told of and sent.
    pub severity: Severity,
}

const RULES: [(&str, &str); 6] = [
    ("minLength", "min_length"),
    ("maxLength", "max_length"),
    ("minItems", "min_items"),
    ("maxItems", "max_items"),
    ("minimum", "minimum"),
    ("maximum", "maximum"),
];

/// The limits of a schema, in its order.
pub(super) fn of(schema: &Value, call: &'static str, severity: Severity) -> Vec<Limit> {
    let mut walk = Walk {
        definitions: schema,
        call,
        severity,
        found: Vec::new(),
        open: Vec::new(),
    };
    walk.schema(schema, "", None);
    walk.found
}

struct Walk<'s> {
    definitions: &'s Value,
    call: &'static str,
    severity: Severity,
    found: Vec<Limit>,
    /// The definitions that the walk stands in: a recursive one is walked once.
    open: Vec<&'s str>,
}

impl<'s> Walk<'s> {
    fn schema(&mut self, schema: &'s Value, path: &str, when: Option<&str>) {
        let Value::Object(members) = schema else {
            return;
        };
        self.limits(members, path, when);
        if let Some(reference) = members.get("$ref").and_then(Value::as_str)
            && !self.open.contains(&reference)
        {
            self.open.push(reference);
            let target = self
                .definitions
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(&Value::Null);
            self.schema(target, path, when);
            self.open.pop();
        }
        if let Some(Value::Object(properties)) = members.get("properties") {
            for (name, property) in properties {
                let separator = if path.is_empty() { "" } else { "." };
                self.schema(property, &format!("{path}{separator}{name}"), when);
            }
        }
        if let Some(items) = members.get("items") {
            self.schema(items, &format!("{path}[]"), when);
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            let branches = members.get(name).and_then(Value::as_array);
            for branch in branches.into_iter().flatten() {
                self.schema(branch, path, when);
            }
        }
        if let Some(then) = members.get("then") {
            let condition = members.get("if").and_then(condition);
            self.schema(then, path, condition.as_deref().or(when));
        }
        if let Some(otherwise) = members.get("else") {
            self.schema(otherwise, path, when);
        }
    }

    fn limits(&mut self, members: &Map<String, Value>, path: &str, when: Option<&str>) {
        let mut add = |rule, limit: &Value| {
            let Value::Number(number) = limit else { return };
            // That something must not be empty is no limit to plan with.
            if rule == "min_length" && number.as_u64() == Some(1) {
                return;
            }
            let limit = Limit {
                call: self.call,
                path: path.to_owned(),
                rule,
                limit: number.clone(),
                when: when.map(str::to_owned),
                severity: self.severity,
            };
            if !self.found.contains(&limit) {
                self.found.push(limit);
            }
        };
        for (keyword, rule) in RULES {
            if let Some(limit) = members.get(keyword) {
                add(rule, limit);
            }
        }
        if let Some(limit) = members.get("maxTotal").and_then(|total| total.get("limit")) {
            add("max_total", limit);
        }
    }
}

/// `{"properties": {"type": {"const": "header"}}}` → `type: header`.
fn condition(schema: &Value) -> Option<String> {
    let properties = schema.get("properties")?.as_object()?;
    let words = properties.iter().filter_map(|(name, property)| {
        let one = property.get("const").map(std::slice::from_ref);
        let values = one.or_else(|| Some(property.get("enum")?.as_array()?.as_slice()))?;
        let values = values.iter().map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Some(format!("{name}: {}", values.collect::<Vec<_>>().join(", ")))
    });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join("; "))
}

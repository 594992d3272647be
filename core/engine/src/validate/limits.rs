//! The limits that a schema names, for those who want to know them before they break one.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::condition::Condition;
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
    walk.schema(schema, "", &[]);
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
    fn schema(&mut self, schema: &'s Value, path: &str, when: &[Circumstance]) {
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
        let condition = members.get("if").map(Condition::of);
        for (keyword, condition) in [
            ("then", condition),
            ("else", condition.map(Condition::opposite)),
        ] {
            if let Some(branch) = members.get(keyword) {
                let when = within(when, condition.and_then(Circumstance::of), path);
                self.schema(branch, path, &when);
            }
        }
    }

    fn limits(&mut self, members: &Map<String, Value>, path: &str, when: &[Circumstance]) {
        let mut add = |rule: &'static str, limit: &Value| {
            let Value::Number(number) = limit else { return };
            if is_no_limit(rule, number) {
                return;
            }
            let limit = Limit {
                call: self.call,
                path: path.to_owned(),
                rule,
                limit: number.clone(),
                when: words(when),
                severity: self.severity,
            };
            // What keeps to the stricter of two keeps to both.
            match self
                .found
                .iter_mut()
                .find(|known| is_of_same(known, &limit))
            {
                Some(known) if is_stricter(&limit, known) => *known = limit,
                Some(_) => {}
                None => self.found.push(limit),
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

/// That something must not be empty or below zero is no limit to plan with, nor is the last number
/// that JSON parsers or a phone number's digits can have.
fn is_no_limit(rule: &str, limit: &Number) -> bool {
    const MOST_DIGITS: u64 = 999_999_999_999_999;
    let limit = limit.as_u64();
    limit == Some(0)
        || (rule == "min_length" && limit == Some(1))
        || limit.is_some_and(|limit| limit >= MOST_DIGITS)
}

fn is_of_same(one: &Limit, other: &Limit) -> bool {
    (&one.path, one.rule, &one.when) == (&other.path, other.rule, &other.when)
}

fn is_stricter(one: &Limit, other: &Limit) -> bool {
    let (one_limit, other_limit) = (one.limit.as_f64(), other.limit.as_f64());
    if one.rule.starts_with("min") {
        one_limit > other_limit
    } else {
        one_limit < other_limit
    }
}

/// A condition under which limits hold, in words: `{"properties": {"type": {"const": "header"}}}` is
/// `type: header`; without `required` a message without the member fits as well.
#[derive(Clone)]
struct Circumstance {
    holds: bool,
    /// The members whose values it names.
    names: Vec<String>,
    /// These members with their values: `type: header`.
    text: String,
}

impl Circumstance {
    fn of(condition: Condition<'_>) -> Option<Self> {
        let (names, texts): (Vec<String>, Vec<String>) = condition
            .choices()
            .map(|(name, mut values)| {
                if condition.required().all(|required| required != name) {
                    values.push("none".into());
                }
                (name.to_owned(), format!("{name}: {}", values.join(", ")))
            })
            .unzip();
        (!names.is_empty()).then(|| Self {
            holds: condition.holds,
            names,
            text: texts.join("; "),
        })
    }
}

/// A branch's condition in that of the branches around it. Of two members with one name the inner is
/// told by its whole path.
fn within(outer: &[Circumstance], inner: Option<Circumstance>, path: &str) -> Vec<Circumstance> {
    let mut all = outer.to_vec();
    if let Some(mut inner) = inner {
        let is_known = outer
            .iter()
            .any(|known| known.names.contains(&inner.names[0]));
        if is_known && !path.is_empty() {
            inner.text = format!("{path}.{}", inner.text);
            inner.names[0] = format!("{path}.{}", inner.names[0]);
        }
        all.push(inner);
    }
    all
}

/// The circumstances as they are told; `None` for a limit that always holds.
fn words(when: &[Circumstance]) -> Option<String> {
    let words = when.iter().map(|one| {
        let negation = if one.holds { "" } else { "not " };
        format!("{negation}{}", one.text)
    });
    (!when.is_empty()).then(|| words.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{REGISTRY, profile};
    use serde_json::json;

    #[test]
    fn no_two_limits_contradict_each_other() {
        for profile in REGISTRY {
            let limits = profile.limits();
            for (position, one) in limits.iter().enumerate() {
                let same = |other: &&Limit| other.call == one.call && is_of_same(one, other);
                let other = limits[position + 1..].iter().find(same);
                assert_eq!(other, None, "{}: {one:?}", profile.id);
                assert!(!is_no_limit(one.rule, &one.limit), "{one:?}");
            }
        }
    }

    #[test]
    fn a_limit_names_the_conditions_of_all_branches_around_it() {
        let limits = profile("rapporto").unwrap().limits();
        let of = |when: &str| {
            let ttl = |limit: &&Limit| {
                (limit.path.as_str(), limit.rule) == ("message.data.ttl", "maximum")
                    && limit.when.as_deref() == Some(when)
            };
            limits
                .iter()
                .find(ttl)
                .and_then(|limit| limit.limit.as_u64())
        };
        assert_eq!(of("type: SMS; ttlUnit: MINUTES, none"), Some(2880));
        assert_eq!(of("type: VK; ttlUnit: MINUTES, none"), Some(1440));
        assert_eq!(of("type: FLASHINGCALL"), Some(5));
        assert_eq!(of("type: WHATSAPP, WhatsApp"), None);
    }

    #[test]
    fn of_two_members_with_one_name_the_inner_has_its_path() {
        let type_is =
            |name: &str| json!({"properties": {"type": {"const": name}}, "required": ["type"]});
        let told = |outer: &[Circumstance], condition: &Value, path: &str| {
            let all = within(outer, Circumstance::of(Condition::of(condition)), path);
            (words(&all).unwrap(), all)
        };
        let (_, list) = told(&[], &type_is("list"), "");
        let (inner, _) = told(&list, &json!({"not": type_is("text")}), "header");
        assert_eq!(inner, "type: list; not header.type: text");
        assert_eq!(told(&[], &type_is("text"), "").0, "type: text");
    }
}

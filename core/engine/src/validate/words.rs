//! What the rules of a schema want, in words.
//!
//! A schema has words of its own where a rule's text says nothing to people: a member `words` beside a
//! `pattern`, in a `not`, or around a member that is `false`.

use jsonschema::error::TypeKind;
use serde_json::Value;

use super::condition::Condition;

/// The schema object that the keyword at `location` stands in.
pub(super) fn parent<'s>(schema: &'s Value, location: &str) -> Option<&'s Value> {
    schema.pointer(location.rsplit_once('/')?.0)
}

/// The words that a schema has of its own.
pub(super) fn own_words(schema: &Value) -> Option<String> {
    schema.get("words")?.as_str().map(str::to_owned)
}

/// Why a member whose schema is `false` must not be there: the nearest branch around it knows.
pub(super) fn misplaced(schema: &Value, location: &str) -> String {
    let mut outer = location;
    while let Some((rest, keyword)) = outer.rsplit_once('/') {
        let around = schema.pointer(rest).unwrap_or(&Value::Null);
        let words = own_words(&around[keyword]).or_else(|| match keyword {
            "then" => belongs(Condition::of(&around["if"])),
            "else" => belongs(Condition::of(&around["if"]).opposite()),
            _ if rest.ends_with("/dependentSchemas") => {
                Some(format!("does not belong beside `{keyword}`"))
            }
            _ => None,
        });
        if let Some(words) = words {
            return words;
        }
        outer = rest;
    }
    "does not belong beside the other members".to_owned()
}

/// Where a member belongs that is refused if the condition holds, or if it does not.
fn belongs(condition: Condition<'_>) -> Option<String> {
    let values = condition.choices().next();
    let place = match values {
        Some((name, values)) => format!("where `{name}` is {}", values.join(" or ")),
        None => format!("beside `{}`", condition.required().next()?),
    };
    Some(if condition.holds {
        format!("does not belong {place}")
    } else {
        format!("belongs only {place}")
    })
}

/// What a `oneOf` of required members wants.
pub(super) fn alternatives(schema: &Value, location: &str) -> String {
    let object = parent(schema, location);
    let exactly = if object.is_some_and(|o| o.get("oneOf").is_some()) {
        "exactly"
    } else {
        "at least"
    };
    let names: Vec<&str> = object
        .and_then(|object| {
            object
                .get("oneOf")
                .or_else(|| object.get("anyOf"))?
                .as_array()
        })
        .into_iter()
        .flatten()
        .filter_map(|branch| branch.get("required")?.get(0)?.as_str())
        .collect();
    format!("needs {exactly} one of {}", list(&names))
}

pub(super) fn types(kind: &TypeKind) -> String {
    let name = |json_type: &jsonschema::JsonType| match json_type {
        jsonschema::JsonType::Null => "null",
        jsonschema::JsonType::Boolean => "true or false",
        jsonschema::JsonType::Integer => "an integer",
        jsonschema::JsonType::Number => "a number",
        jsonschema::JsonType::String => "a string",
        jsonschema::JsonType::Array => "an array",
        jsonschema::JsonType::Object => "an object",
    };
    match kind {
        TypeKind::Single(one) => name(one).to_owned(),
        TypeKind::Multiple(set) => {
            // That a value may be left out by a null helps nobody who gave another.
            let without_null = set.iter().filter(|one| *one != jsonschema::JsonType::Null);
            let names: Vec<&str> = without_null.map(|one| name(&one)).collect();
            names.join(" or ")
        }
    }
}

pub(super) fn choices(options: &Value) -> String {
    options
        .as_array()
        .map(|options| {
            options
                .iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        })
        .unwrap_or_default()
}

pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(super) fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

pub(super) fn format_words(format: &str) -> String {
    match format {
        "http-url" => "must be an http or https URL".into(),
        "data-uri" => "must be data:<MIME type>;base64,<bytes>".into(),
        "http-url-or-data-uri" => {
            "must be an http or https URL, or data:<MIME type>;base64,<bytes>".into()
        }
        "http-url-or-ogg" => {
            "must be an http or https URL, or Ogg: data:audio/ogg;base64,<bytes>".into()
        }
        "http-url-or-host" => "must be an http or https URL, or a host name".into(),
        "lifetime" => {
            "must be seconds above zero, such as \"86400\", or an ISO 8601 duration, such as \"P1D\""
                .into()
        }
        "regex" => "must be a regular expression".into(),
        "date" => "must be a date such as 2026-12-31".into(),
        "offset-date-time" => {
            "must be a date with an offset and without fractions of a second, such as \
             2026-12-31T16:29:30+03:00"
                .into()
        }
        other => format!("must be {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of the patterns that have no words, those of conditions left out.
    fn without_words(schema: &Value, place: &str, found: &mut Vec<String>) {
        let members: Vec<(String, &Value)> = match schema {
            Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
            Value::Array(items) => items.iter().map(|item| (String::new(), item)).collect(),
            _ => return,
        };
        if schema["pattern"].is_string() && own_words(schema).is_none() {
            found.push(place.to_owned());
        }
        for (name, member) in members {
            if name != "if" {
                without_words(member, &format!("{place}/{name}"), found);
            }
        }
    }

    #[test]
    fn every_pattern_of_a_gateway_has_words() {
        let mut found = Vec::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
        let gateways = std::fs::read_dir(folder)
            .unwrap()
            .map(|one| one.unwrap().path());
        for gateway in gateways.filter(|path| path.is_dir()) {
            for file in std::fs::read_dir(gateway).unwrap() {
                let path = file.unwrap().path();
                let schema = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                without_words(&schema, &path.display().to_string(), &mut found);
            }
        }
        assert_eq!(found, [""; 0]);
    }
}

//! From the validator's errors to violations.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::{Number, Value};

use super::first::{First, Located};
use super::keywords::Found;
use crate::origin::Places;
use crate::payload::Payload;
use crate::violation::{Code, MOST_VIOLATIONS, Violation};

/// Adds what one error of the validator says.
pub(super) fn collect(
    error: &ValidationError<'_>,
    places: &mut Places<'_>,
    schema: &Value,
    out: &mut First,
) {
    let pointer = error.instance_path().as_str();
    let segments: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let place = places.find(segments.iter().map(String::as_str));
    let keyword = match error.kind() {
        Kind::Custom { keyword, .. } => keyword.as_str(),
        _ => "",
    };
    let faults = match error.kind() {
        // In the document's order, so that those beyond the first are not told in any case.
        Kind::AdditionalProperties { unexpected } => {
            let known = siblings(schema, error.schema_path().as_str());
            let first = unexpected.iter().take(MOST_VIOLATIONS);
            first.map(|name| unknown_field(name, &known)).collect()
        }
        // An object without any fields of its own: the validator does not name what it found.
        Kind::FalseSchema
            if error
                .schema_path()
                .as_str()
                .ends_with("/additionalProperties") =>
        {
            let members = match place.node {
                Some(Payload::Record(members)) => members.as_slice(),
                _ => &[],
            };
            let present = members.iter().filter(|member| member.value().is_some());
            let first = present.take(MOST_VIOLATIONS);
            first
                .map(|member| unknown_field(member.name(), &[]))
                .collect()
        }
        kind => vec![
            bound(kind)
                .or_else(|| missing(kind, place.node))
                .unwrap_or_else(|| other(error, schema)),
        ],
    };
    for fault in faults {
        let below = fault.below.iter().flat_map(|place| place.split('.'));
        let place = places.below(place.clone(), below);
        let violation = Violation::error(fault.code, place.path, fault.message);
        out.add(Located {
            order: place.order,
            keyword: keyword.to_owned(),
            violation: Violation {
                limit: fault.limit,
                ..violation
            },
        });
    }
}

/// A fault at the error's place, or at one below it.
struct Fault {
    below: Option<String>,
    code: Code,
    message: String,
    limit: Option<Number>,
}

impl Fault {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            below: None,
            code,
            message: message.into(),
            limit: None,
        }
    }

    fn below(self, place: Option<&str>) -> Self {
        Self {
            below: place.map(str::to_owned),
            ..self
        }
    }

    fn limit(self, limit: impl Into<Number>) -> Self {
        Self {
            limit: Some(limit.into()),
            ..self
        }
    }
}

/// What passes a bound.
fn bound(kind: &Kind) -> Option<Fault> {
    let value = |limit: &Value, words: &str| {
        let fault = Fault::new(Code::Invalid, format!("must be {words} {limit}"));
        match limit.as_number() {
            Some(limit) => fault.limit(limit.clone()),
            None => fault,
        }
    };
    Some(match kind {
        Kind::MinLength { limit } => {
            let words = format!("must have at least {limit} character{}", plural(*limit));
            Fault::new(Code::LengthTooShort, words).limit(*limit)
        }
        Kind::MaxLength { limit } => {
            let words = format!("must have at most {limit} characters");
            Fault::new(Code::LengthTooLong, words).limit(*limit)
        }
        Kind::MaxItems { limit } => {
            let words = format!("must have at most {limit} item{}", plural(*limit));
            Fault::new(Code::TooMany, words).limit(*limit)
        }
        Kind::Minimum { limit } => value(limit, "at least"),
        Kind::Maximum { limit } => value(limit, "at most"),
        _ => return None,
    })
}

/// What is not there.
fn missing(kind: &Kind, node: Option<&Payload<'_>>) -> Option<Fault> {
    match kind {
        Kind::Required { property } => {
            Some(Fault::new(Code::MustBeNotNull, "is missing").below(property.as_str()))
        }
        Kind::Enum { .. } | Kind::Constant { .. } if is_null(node) => {
            Some(Fault::new(Code::MustBeNotNull, "must not be null"))
        }
        Kind::Type { kind } if is_null(node) => Some(Fault::new(
            Code::MustBeNotNull,
            format!("must be {}", types(kind)),
        )),
        Kind::MinItems { .. } if is_empty(node) => {
            Some(Fault::new(Code::MustBeNotNull, "must not be empty"))
        }
        Kind::MinItems { limit } => {
            let words = format!("must have at least {limit} item{}", plural(*limit));
            Some(Fault::new(Code::TooFew, words).limit(*limit))
        }
        _ => None,
    }
}

/// What is there and wrong.
fn other(error: &ValidationError<'_>, schema: &Value) -> Fault {
    let invalid = |words: String| Fault::new(Code::Invalid, words);
    match error.kind() {
        Kind::Type { kind } => invalid(format!("must be {}", types(kind))),
        Kind::UniqueItems => Fault::new(Code::NotUnique, "the items must differ from each other"),
        Kind::FalseSchema => invalid("does not belong beside the other members".into()),
        Kind::Enum { options } => invalid(format!("must be one of {}", choices(options))),
        Kind::Constant { expected_value } => invalid(format!("must be {expected_value}")),
        Kind::OneOfNotValid { .. } | Kind::AnyOf { .. } => {
            Fault::new(Code::MustBeNotNull, alternatives(schema, error))
        }
        Kind::OneOfMultipleValid { .. } => invalid(alternatives(schema, error)),
        Kind::Format { format } => invalid(format_words(format)),
        Kind::Pattern { pattern } => invalid(format!("must match {pattern}")),
        Kind::Custom { message, .. } => match serde_json::from_str::<Found>(message) {
            Ok(found) => {
                let fault = Fault::new(found.code, found.message).below(found.at.as_deref());
                match found.limit {
                    Some(limit) => fault.limit(limit),
                    None => fault,
                }
            }
            Err(_) => invalid(message.clone()),
        },
        _ => invalid("is not what the schema allows".into()),
    }
}

fn unknown_field(name: &str, known: &[&str]) -> Fault {
    // One or two letters are like anything, and a very long name like nothing.
    let has_likeness = (3..=64).contains(&name.chars().count());
    let nearest = known
        .iter()
        .filter(|_| has_likeness)
        .map(|candidate| (strsim::jaro_winkler(candidate, name), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let words = match nearest {
        Some((_, candidate)) => {
            format!("is not a field of this object; do you mean `{candidate}`?")
        }
        None if known.is_empty() => "this object has no fields".into(),
        None => format!(
            "is not a field of this object; its fields are {}",
            list(known)
        ),
    };
    Fault::new(Code::UnknownField, words).below(Some(name))
}

/// The names under `properties` beside the keyword at `location`.
fn siblings<'s>(schema: &'s Value, location: &str) -> Vec<&'s str> {
    parent(schema, location)
        .and_then(|object| object.get("properties")?.as_object())
        .map(|properties| properties.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

/// The schema object that the keyword at `location` stands in.
fn parent<'s>(schema: &'s Value, location: &str) -> Option<&'s Value> {
    schema.pointer(location.rsplit_once('/')?.0)
}

/// What a `oneOf` of required members wants.
fn alternatives(schema: &Value, error: &ValidationError<'_>) -> String {
    let object = parent(schema, error.schema_path().as_str());
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

fn is_null(node: Option<&Payload<'_>>) -> bool {
    match node {
        Some(Payload::Null) => true,
        Some(Payload::Float(number)) => !number.is_finite(),
        _ => false,
    }
}

fn is_empty(node: Option<&Payload<'_>>) -> bool {
    matches!(node, Some(Payload::List(items)) if items.is_empty())
}

/// A segment of a JSON Pointer, unescaped.
fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

fn types(kind: &TypeKind) -> String {
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
            let names: Vec<&str> = set.iter().map(|one| name(&one)).collect();
            names.join(" or ")
        }
    }
}

fn choices(options: &Value) -> String {
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

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn format_words(format: &str) -> String {
    match format {
        "http-url" => "must be an http or https URL".into(),
        "http-url-or-data-uri" => {
            "must be an http or https URL, or data:<MIME type>;base64,<bytes>".into()
        }
        "http-url-or-host" => "must be an http or https URL, or a host name".into(),
        "lifetime" => {
            "must be seconds above zero, such as \"86400\", or an ISO 8601 duration, such as \"P1D\""
                .into()
        }
        "date" => "must be a date such as 2026-12-31".into(),
        "offset-date-time" => {
            "must be a date with an offset and without fractions of a second, such as \
             2026-12-31T16:29:30+03:00"
                .into()
        }
        other => format!("must be {other}"),
    }
}

//! From the validator's errors to violations.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Number, Value};

use super::first::{First, Located};
use super::keywords::Found;
use super::words::{
    alternatives, choices, format_words, list, misplaced, own_words, parent, plural, types,
};
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
    let location = error.schema_path().as_str();
    let own = parent(schema, location).and_then(own_words);
    let faults = match error.kind() {
        // In the document's order, so that those beyond the first are not told in any case.
        Kind::AdditionalProperties { unexpected } => {
            let known = siblings(schema, location);
            let first = unexpected.iter().take(MOST_VIOLATIONS);
            first
                .map(|name| unknown_field(name, &known, own.as_deref()))
                .collect()
        }
        // An object without any fields of its own: the validator does not name what it found.
        Kind::FalseSchema if location.ends_with("/additionalProperties") => {
            let members = match place.node {
                Some(Payload::Record(members)) => members.as_slice(),
                _ => &[],
            };
            let present = members.iter().filter(|member| member.value().is_some());
            let first = present.take(MOST_VIOLATIONS);
            first
                .map(|member| unknown_field(member.name(), &[], own.as_deref()))
                .collect()
        }
        // A name that the caller made up; the error's instance is that name.
        Kind::PropertyNames { error } => {
            vec![other(error, schema).below(error.instance().as_str())]
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
    let location = error.schema_path().as_str();
    match error.kind() {
        Kind::Type { kind } => invalid(format!("must be {}", types(kind))),
        Kind::UniqueItems => Fault::new(Code::NotUnique, "the items must differ from each other"),
        Kind::FalseSchema => invalid(misplaced(schema, location)),
        Kind::Enum { options } => invalid(format!("must be one of {}", choices(options))),
        Kind::Constant { expected_value } => invalid(format!("must be {expected_value}")),
        Kind::OneOfNotValid { .. } | Kind::AnyOf { .. } => {
            Fault::new(Code::MustBeNotNull, alternatives(schema, location))
        }
        Kind::OneOfMultipleValid { .. } => invalid(alternatives(schema, location)),
        Kind::Format { format } => invalid(format_words(format)),
        Kind::Pattern { pattern } => invalid(
            parent(schema, location)
                .and_then(own_words)
                .unwrap_or_else(|| format!("must match {pattern}")),
        ),
        Kind::Not { .. } => {
            let words = schema.pointer(location).and_then(own_words);
            invalid(words.unwrap_or_else(|| "is not what the schema allows".into()))
        }
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

/// A member that the object does not have; `own` are the words of an object without names of its own.
fn unknown_field(name: &str, known: &[&str], own: Option<&str>) -> Fault {
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
        None if known.is_empty() => own.unwrap_or("this object has no fields").into(),
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

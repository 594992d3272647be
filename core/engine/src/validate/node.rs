//! The payload as the validator reads it: `jsonschema`'s own JSON trait over the borrowed tree.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::Value;

use crate::payload::{File, Member, Payload};

/// Stands for a credential that is filled in later: any text that is not empty.
const CREDENTIAL: &str = "***";

/// Stands for a file, whose bytes are written as base64 without fail: its data URI with other bytes.
fn stand_in(file: &File<'_>) -> String {
    format!("data:{};base64,AAAA", file.mime_type)
}

#[derive(Debug)]
pub(super) struct PayloadJson;

impl Json for PayloadJson {
    type Node<'a> = &'a Payload<'a>;
    type PreparedKey = String;
    type StringBuffer = ();

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        (): &mut (),
        string: &str,
        visit: impl FnOnce(Self::Node<'_>) -> T,
    ) -> T {
        visit(&Payload::Text(Cow::Borrowed(string)))
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Integer(i64),
    Float(f64),
}

impl JsonNumber for Number {
    fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(number) => u64::try_from(*number).ok(),
            Self::Float(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Float(_) => None,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "bounds are compared in floating point"
    )]
    fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self {
            Self::Integer(number) => number.to_string().into(),
            Self::Float(number) => number.to_string().into(),
        }
    }

    /// A number with a fraction or an exponent is none, even where the fraction is zero: the
    /// gateways' parsers and ours do not read `1.0` as an integer.
    fn is_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(match self {
            Self::Integer(number) => (*number).into(),
            Self::Float(number) => {
                serde_json::Number::from_f64(*number).unwrap_or_else(|| 0.into())
            }
        })
    }
}

impl<'a> Node<'a, PayloadJson> for &'a Payload<'a> {
    type Object = &'a [Member<'a>];
    type Array = &'a [Payload<'a>];
    type Number = Number;

    fn as_object(&self) -> Option<Self::Object> {
        match self {
            Payload::Record(members) => Some(members),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Self::Array> {
        match self {
            Payload::List(items) => Some(items),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Payload::Text(text) => Some(Cow::Borrowed(text)),
            Payload::File(file) => Some(Cow::Owned(stand_in(file))),
            Payload::Credential(_) => Some(Cow::Borrowed(CREDENTIAL)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self {
            Payload::Integer(number) => Some(Number::Integer(*number)),
            Payload::Float(number) if number.is_finite() => Some(Number::Float(*number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Payload::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self {
            Payload::Null => JsonType::Null,
            Payload::Bool(_) => JsonType::Boolean,
            // JSON has no infinity; such a number is written as null.
            Payload::Float(number) if !number.is_finite() => JsonType::Null,
            Payload::Integer(_) | Payload::Float(_) => JsonType::Number,
            Payload::Text(_) | Payload::File(_) | Payload::Credential(_) => JsonType::String,
            Payload::List(_) => JsonType::Array,
            Payload::Record(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Payload::Text(text), Value::String(other)) => text == other,
            (Payload::Bool(truth), Value::Bool(other)) => truth == other,
            (Payload::Text(_) | Payload::Bool(_) | Payload::Record(_) | Payload::List(_), _) => {
                false
            }
            (Payload::Integer(number), Value::Number(other)) => other.as_i64() == Some(*number),
            _ => *self.to_value() == *expected,
        }
    }

    fn string_length(&self) -> Option<u64> {
        match self {
            Payload::Text(text) if text.is_ascii() => Some(text.len() as u64),
            Payload::Text(text) => Some(text.chars().count() as u64),
            Payload::File(file) => Some(stand_in(file).chars().count() as u64),
            Payload::Credential(_) => Some(CREDENTIAL.len() as u64),
            _ => None,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        // The validator puts a copy of the value into its error; nothing of ours reads it.
        Cow::Owned(match self {
            Payload::Integer(number) => (*number).into(),
            Payload::Float(number) => (*number).into(),
            Payload::Bool(truth) => (*truth).into(),
            Payload::Text(text) => Value::String(text.clone().into_owned()),
            _ => Value::Null,
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(
            std::ptr::from_ref::<Payload<'_>>(*self).addr(),
        ))
    }
}

impl<'a> Object<'a, PayloadJson> for &'a [Member<'a>] {
    type Node = &'a Payload<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.iter()
            .filter(|member| member.value().is_some())
            .count()
    }

    fn get(&self, key: &String) -> Option<&'a Payload<'a>> {
        self.iter()
            .find(|member| member.name() == key.as_str())?
            .value()
    }

    fn members(&self) -> Members<'a> {
        Members(self.iter())
    }
}

/// The members that are there.
#[derive(Debug)]
pub(super) struct Members<'a>(std::slice::Iter<'a, Member<'a>>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a Payload<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0
            .by_ref()
            .find_map(|member| Some((member.name(), member.value()?)))
    }
}

impl<'a> Array<'a, PayloadJson> for &'a [Payload<'a>] {
    type Node = &'a Payload<'a>;
    type ElementsIter = std::slice::Iter<'a, Payload<'a>>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn elements(&self) -> Self::ElementsIter {
        self.iter()
    }

    fn is_unique(&self) -> bool {
        self.iter()
            .enumerate()
            .all(|(position, item)| !self[..position].contains(item))
    }
}

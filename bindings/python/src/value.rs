//! Python values as serde reads them, straight into a message.
//!
//! Most messages are good, so the first reading makes no tree. Where it fails, the same reading makes a JSON value, in
//! which the engine finds every fault of the structure. What JSON has no form for (a lone surrogate, NaN, a set) is a
//! fault of its own, at its path.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyBytesMethods, PyDict, PyFloat, PyInt, PyList, PyMapping,
    PyString, PyTuple,
};
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;
use wamux::message::Message;
use wamux::{Code, Error, Violation};

use crate::errors::raise;
use crate::record::{Field, Record};

/// As deep as the engine reads JSON.
pub(crate) const DEPTH: u8 = 127;

/// A message given as a record, a mapping, or JSON text.
pub(crate) fn message(value: &Bound<'_, PyAny>) -> PyResult<Message> {
    if let Some(json) = json_text(value)? {
        return Message::from_json(json).map_err(|error| raise(value.py(), &error));
    }
    if let Ok(message) = Message::deserialize(PyValue::of_message(value)) {
        return Ok(message);
    }
    Message::from_value(&json(value, Form::Part)?).map_err(|error| raise(value.py(), &error))
}

/// A native payload given as a mapping, a list, or JSON text.
pub(crate) fn payload(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    match json_text(value)? {
        Some(json) => serde_json::from_slice(json)
            .map_err(|error| raise(value.py(), &wamux::not_json(&error))),
        None => json(value, Form::Json),
    }
}

/// A body or JSON text, given as text or bytes.
pub(crate) fn json_text<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<Option<&'a [u8]>> {
    if let Ok(text) = value.cast::<PyString>() {
        let text = text
            .to_str()
            .map_err(|_| raise(value.py(), &lone_surrogate("")))?;
        return Ok(Some(text.as_bytes()));
    }
    let bytes = value.cast::<PyBytes>().ok();
    Ok(bytes.map(PyBytesMethods::as_bytes))
}

/// Any value as JSON.
fn json(value: &Bound<'_, PyAny>, form: Form) -> PyResult<Value> {
    serde_path_to_error::deserialize(PyValue::of_json(value, form)).map_err(|error| {
        let path = error.path().to_string();
        match error.into_inner() {
            Fault::Raised(error) => error,
            Fault::Words(words) => {
                let path = if path == "." { "" } else { &path };
                raise(value.py(), &invalid(path, words))
            }
        }
    })
}

/// The error of a text with a lone surrogate.
pub(crate) fn lone_surrogate(path: &str) -> Error {
    invalid(path, LONE_SURROGATE.to_owned())
}

const LONE_SURROGATE: &str = "must be Unicode text; it has a lone surrogate";

fn invalid(path: &str, message: String) -> Error {
    Error::from_violations(vec![Violation::error(Code::Invalid, path, message)])
}

/// Why a value cannot be read.
#[derive(Debug)]
pub(crate) enum Fault {
    Words(String),
    /// An exception of the value's own, such as a mapping's.
    Raised(PyErr),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Raised(_) => f.write_str("the value raised an exception"),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Words(message.to_string())
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

/// A Python value that serde reads.
struct PyValue<'py> {
    value: Bound<'py, PyAny>,
    depth: u8,
    /// Whether a list may stand where the reader takes anything. A message has lists only where it asks for one; serde
    /// would read others as a struct, member by member.
    free_lists: bool,
    form: Form,
}

/// What a value may be beside what JSON has. Bytes or a moment in any other place are a slip, which text must not hide.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// No more than JSON.
    Json,
    /// Bytes: the data of a media part.
    Bytes,
    /// A moment: the deadline of a schedule.
    Moment,
    /// A message or a part of it.
    Part,
    /// The callback of a message, whose data is text.
    Callback,
}

impl Form {
    /// The form of a member.
    fn member(self, name: &str) -> Self {
        match (self, name) {
            (Self::Json | Self::Callback, _) => Self::Json,
            (Self::Part, "data") => Self::Bytes,
            (Self::Part, "deadline") => Self::Moment,
            (Self::Part, "callback") => Self::Callback,
            _ => Self::Part,
        }
    }
}

impl<'py> PyValue<'py> {
    fn of_message(value: &Bound<'py, PyAny>) -> Self {
        Self {
            value: value.clone(),
            depth: 0,
            free_lists: false,
            form: Form::Part,
        }
    }

    fn of_json(value: &Bound<'py, PyAny>, form: Form) -> Self {
        Self {
            value: value.clone(),
            depth: 0,
            free_lists: true,
            form,
        }
    }

    fn child(&self, value: Bound<'py, PyAny>, form: Form) -> Self {
        Self {
            value,
            depth: self.depth + 1,
            free_lists: self.free_lists,
            form,
        }
    }

    fn check_depth(&self) -> Result<(), Fault> {
        if self.depth < DEPTH {
            return Ok(());
        }
        Err(Fault::Words(format!(
            "must not be nested more than {DEPTH} levels deep"
        )))
    }

    fn visit_text<'de, V: Visitor<'de>>(
        text: &Bound<'_, PyString>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match text.to_str() {
            Ok(text) => visitor.visit_str(text),
            Err(_) => Err(Fault::Words(LONE_SURROGATE.to_owned())),
        }
    }

    /// Reads an object; `None` where it is none.
    fn visit_object<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<Result<V::Value, V>, Fault> {
        if let Ok(record) = self.value.cast::<Record>() {
            self.check_depth()?;
            let record = record.get();
            let constant = record.shape.constant;
            let members = RecordMembers {
                parent: self,
                record,
                position: 0,
                constant,
                value: None,
            };
            return visitor.visit_map(members).map(Ok);
        }
        let mapping;
        let members = if let Ok(members) = self.value.cast::<PyDict>() {
            members
        } else if let Ok(other) = self.value.cast::<PyMapping>() {
            mapping = PyDict::new(self.value.py());
            mapping.update(other)?;
            &mapping
        } else {
            return Ok(Err(visitor));
        };
        self.check_depth()?;
        let members = DictMembers {
            parent: self,
            members: members.iter(),
            value: None,
        };
        visitor.visit_map(members).map(Ok)
    }

    /// Reads a list; `Err` where it is none.
    fn visit_list<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<Result<V::Value, V>, Fault> {
        if let Ok(items) = self.value.cast::<PyTuple>() {
            self.visit_items(visitor, items.iter()).map(Ok)
        } else if let Ok(items) = self.value.cast::<PyList>() {
            self.visit_items(visitor, items.iter()).map(Ok)
        } else {
            Ok(Err(visitor))
        }
    }

    fn visit_items<'de, V: Visitor<'de>>(
        &self,
        visitor: V,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> Result<V::Value, Fault> {
        self.check_depth()?;
        visitor.visit_seq(Items {
            parent: self,
            items,
        })
    }

    /// Reads what is neither text nor number nor object nor list, but may stand here.
    fn visit_other<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fault> {
        let text = match self.form {
            Form::Bytes => base64(&self.value),
            Form::Moment => moment(&self.value)?,
            Form::Json | Form::Part | Form::Callback => None,
        };
        match text {
            Some(text) => visitor.visit_str(&text),
            None => Err(Fault::Words(format!(
                "must be a value that JSON has, not a {}",
                self.value
                    .get_type()
                    .name()
                    .map_or_else(|_| "value".to_owned(), |name| name.to_string())
            ))),
        }
    }
}

/// Bytes as base64.
pub(crate) fn base64(value: &Bound<'_, PyAny>) -> Option<String> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(BASE64_STANDARD.encode(bytes.as_bytes()));
    }
    let bytes = value.cast::<PyByteArray>().ok()?;
    Some(BASE64_STANDARD.encode(bytes.to_vec()))
}

/// A datetime as RFC 3339.
pub(crate) fn moment(value: &Bound<'_, PyAny>) -> Result<Option<String>, Fault> {
    let py = value.py();
    let datetime = py.import("datetime")?;
    if !value.is_instance(&datetime.getattr("datetime")?)? {
        return Ok(None);
    }
    if value.call_method0("utcoffset")?.is_none() {
        return Err(Fault::Words(
            "must have a time zone, such as datetime.now(timezone.utc)".to_owned(),
        ));
    }
    Ok(Some(value.call_method0("isoformat")?.extract()?))
}

impl<'de> Deserializer<'de> for PyValue<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let value = &self.value;
        if let Ok(text) = value.cast::<PyString>() {
            return Self::visit_text(text, visitor);
        }
        if value.is_none() {
            return visitor.visit_unit();
        }
        if let Ok(truth) = value.cast::<PyBool>() {
            return visitor.visit_bool(truth.is_true());
        }
        if value.is_instance_of::<PyInt>() {
            return match value.extract::<i64>() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => match value.extract::<u64>() {
                    Ok(number) => visitor.visit_u64(number),
                    // Beyond 64 bits it is a number all the same, as it is in JSON text.
                    Err(_) => match value.extract::<f64>() {
                        Ok(number) => visitor.visit_f64(number),
                        Err(_) => Err(Fault::Words("must be a smaller number".to_owned())),
                    },
                },
            };
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            let number = number.value();
            return if number.is_finite() {
                visitor.visit_f64(number)
            } else {
                Err(Fault::Words("must be a finite number".to_owned()))
            };
        }
        let visitor = match self.visit_object(visitor)? {
            Ok(read) => return Ok(read),
            Err(visitor) => visitor,
        };
        if !self.free_lists {
            return self.visit_other(visitor);
        }
        match self.visit_list(visitor)? {
            Ok(read) => Ok(read),
            Err(visitor) => self.visit_other(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.value.is_none() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.visit_list(visitor)? {
            Ok(read) => Ok(read),
            Err(visitor) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.visit_object(visitor)? {
            Ok(read) => Ok(read),
            Err(visitor) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value.cast::<PyString>().map(|text| text.to_str()) {
            Ok(Ok(text)) => visitor.visit_enum(IntoDeserializer::<Fault>::into_deserializer(text)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The members of a record that are there; its constant first.
struct RecordMembers<'a, 'py> {
    parent: &'a PyValue<'py>,
    record: &'a Record,
    position: usize,
    constant: Option<(&'static str, &'static str)>,
    value: Option<RecordMember<'py>>,
}

enum RecordMember<'py> {
    Constant(&'static str),
    Given(Bound<'py, PyAny>, Form),
}

impl<'de> MapAccess<'de> for RecordMembers<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        if let Some((name, value)) = self.constant.take() {
            self.value = Some(RecordMember::Constant(value));
            return seed.deserialize(text(name)).map(Some);
        }
        while let (Some(Field { json_name, .. }), Some(value)) = (
            self.record.shape.fields.get(self.position),
            self.record.values.get(self.position),
        ) {
            self.position += 1;
            if let Some(value) = value {
                let value = value.bind(self.parent.value.py()).clone();
                let form = self.parent.form.member(json_name);
                self.value = Some(RecordMember::Given(value, form));
                return seed.deserialize(text(json_name)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some(RecordMember::Constant(value)) => seed.deserialize(text(value)),
            Some(RecordMember::Given(value, form)) => {
                seed.deserialize(self.parent.child(value, form))
            }
            None => Err(serde::de::Error::custom("a value was read before its name")),
        }
    }
}

/// The members of a dict.
struct DictMembers<'a, 'py> {
    parent: &'a PyValue<'py>,
    members: pyo3::types::dict::BoundDictIterator<'py>,
    value: Option<(Bound<'py, PyAny>, Form)>,
}

impl<'de> MapAccess<'de> for DictMembers<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        match name.cast::<PyString>().map(|name| name.to_str()) {
            Ok(Ok(name)) => {
                self.value = Some((value, self.parent.form.member(name)));
                seed.deserialize(text(name)).map(Some)
            }
            Ok(Err(_)) => Err(Fault::Words(format!(
                "has a member whose name {LONE_SURROGATE}"
            ))),
            Err(_) => Err(Fault::Words(
                "must have strings as the names of its members".to_owned(),
            )),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some((value, form)) => seed.deserialize(self.parent.child(value, form)),
            None => Err(serde::de::Error::custom("a value was read before its name")),
        }
    }
}

/// The items of a list or tuple.
struct Items<'a, 'py, I> {
    parent: &'a PyValue<'py>,
    items: I,
}

impl<'de, 'py, I: Iterator<Item = Bound<'py, PyAny>>> SeqAccess<'de> for Items<'_, 'py, I> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let item = self.items.next();
        item.map(|item| seed.deserialize(self.parent.child(item, self.parent.form)))
            .transpose()
    }
}

fn text(text: &str) -> StrDeserializer<'_, Fault> {
    text.into_deserializer()
}

//! Arrays only where lists belong.
//!
//! serde reads a struct from an array as well, member by member; a message's JSON does not have that
//! form. This pass over the text finds such an array before the message is read.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::json::schema;

/// The names of the members that are lists.
static LISTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut names = BTreeSet::new();
    collect(&schema(), &mut names);
    names
});

/// Adds the members of every `properties` that are described as an array.
fn collect(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                let lists = properties
                    .iter()
                    .filter(|(_, schema)| schema["type"] == "array");
                names.extend(lists.map(|(name, _)| name.clone()));
            }
            members.values().for_each(|value| collect(value, names));
        }
        _ => {}
    }
}

/// Whether every array of a document is the value of a member that is a list. What cannot be read
/// at all has none; reading it tells why.
pub(super) fn has_no_stray_list<'de>(document: impl Deserializer<'de>) -> bool {
    Place { list: false }.deserialize(document).unwrap_or(true)
}

/// A value, which may be an array or not.
#[derive(Clone, Copy)]
struct Place {
    list: bool,
}

impl<'de> DeserializeSeed<'de> for Place {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let mut good = self.list;
        while let Some(item) = items.next_element_seed(Self { list: false })? {
            good &= item;
        }
        Ok(good)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        let mut good = true;
        while let Some(name) = members.next_key_seed(Name)? {
            good &= members.next_value_seed(Self { list: name })?;
        }
        Ok(good)
    }
}

/// A member's name: is it a list's?
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(LISTS.contains(name))
    }
}

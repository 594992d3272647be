//! What an `if` of a schema asks for.

use serde_json::Value;

/// A condition, without the `not`s around it.
#[derive(Clone, Copy)]
pub(super) struct Condition<'s> {
    schema: &'s Value,
    /// Whether it has to hold, or not to.
    pub(super) holds: bool,
}

impl<'s> Condition<'s> {
    pub(super) fn of(schema: &'s Value) -> Self {
        match schema.get("not") {
            Some(opposite) => Self::of(opposite).opposite(),
            None => Self {
                schema,
                holds: true,
            },
        }
    }

    pub(super) fn opposite(self) -> Self {
        Self {
            holds: !self.holds,
            ..self
        }
    }

    /// The members whose values it names, and these values.
    pub(super) fn choices(self) -> impl Iterator<Item = (&'s str, Vec<String>)> {
        let properties = self.schema.get("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flatten()
            .filter_map(|(name, property)| {
                let one = property.get("const").map(std::slice::from_ref);
                let values = one.or_else(|| Some(property.get("enum")?.as_array()?.as_slice()))?;
                let values = values.iter().map(|value| match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                Some((name.as_str(), values.collect()))
            })
    }

    /// The members that have to be there.
    pub(super) fn required(self) -> impl Iterator<Item = &'s str> {
        let names = self.schema.get("required").and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str)
    }
}

//! The JSON Schema of what wamux answers with, from which other languages make their types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::code::Row;
use crate::error::ErrorJson;
use crate::event::Event;
use crate::gateway::Description;
use crate::message::{camel_case, for_readers};
use crate::metrics::Metrics;
use crate::receipt::ReceiptJson;
use crate::violation::Violation;

/// A phone number as people write it, read into E.164.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct PhoneNumber {
    /// The number in E.164, such as `+79034567890`.
    e164: String,
    /// The number in E.164 without its plus.
    digits: String,
    /// The region the number belongs to, such as `RU`; null where the numbering plan does not tell.
    region: Option<String>,
    /// Whether the numbering plan has assigned the number's range.
    valid: bool,
    /// The other `wa_id` that the same subscriber may have, as digits: offered, never applied.
    wa_id_candidates: Vec<String>,
}

/// The request that a message becomes. Credentials show as `***`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct Request {
    /// The HTTP method.
    method: String,
    /// The URL.
    url: String,
    /// The headers, by their names in lower case.
    headers: std::collections::BTreeMap<String, String>,
    /// The body, as it stands on the wire: its text, or its bytes where they are no text.
    body: String,
    /// Faults that do not stop the message.
    warnings: Vec<Violation>,
}

/// The JSON Schema of receipts, errors, events, phone numbers, requests, descriptions of gateways, codes and metrics: its `$defs` has each by
/// its name. The variants of a union are definitions of their own, such as `StatusEvent`.
///
/// The repository keeps it as `core/engine/schemas/results.schema.json`.
///
/// ```
/// let schema = wamux_engine::results_schema();
/// assert_eq!(schema["$defs"]["StatusEvent"]["properties"]["type"]["const"], "status");
/// ```
#[must_use]
pub fn results_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let answers = [
        reference::<ReceiptJson<'_>>(&mut generator),
        reference::<ErrorJson<'_>>(&mut generator),
        reference::<Event>(&mut generator),
        reference::<PhoneNumber>(&mut generator),
        reference::<Request>(&mut generator),
        reference::<Description>(&mut generator),
        reference::<Row>(&mut generator),
        reference::<Metrics>(&mut generator),
    ];
    let mut definitions = generator.definitions().clone();
    for name in definitions.keys().cloned().collect::<Vec<_>>() {
        name_variants(&name, &mut definitions);
    }
    definitions.values_mut().for_each(leave_out_null);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Result",
        "description": "What wamux answers with.",
        "anyOf": answers,
        "$defs": definitions,
    });
    for_readers(&mut schema);
    schema
}

fn reference<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

/// Makes a definition of each variant of a union: `status` of `Event` is `StatusEvent`.
pub(crate) fn name_variants(union: &str, definitions: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = definitions
        .get_mut(union)
        .and_then(|definition| definition.get_mut("oneOf"))
        .map(Value::take)
    else {
        return;
    };
    // The variants of a list of names are constants; they stay where they are.
    if variants
        .iter()
        .all(|variant| variant.get("const").is_some())
    {
        definitions[union]["oneOf"] = Value::Array(variants);
        return;
    }
    let mut references = Vec::new();
    for mut variant in variants {
        let tag = variant["properties"]["type"]["const"].as_str();
        let name = format!("{}{union}", camel_case(tag.unwrap_or_default()));
        if let Some(Value::String(inner)) = variant.as_object_mut().and_then(|v| v.remove("$ref")) {
            // The struct in a variant is that variant's alone.
            let inner = inner.rsplit('/').next().unwrap_or_default();
            merge(&mut variant, definitions.remove(inner));
        }
        references.push(json!({"$ref": format!("#/$defs/{name}")}));
        definitions.insert(name, variant);
    }
    definitions[union]["oneOf"] = Value::Array(references);
}

/// Adds the members of the struct that a variant holds to those of the variant.
fn merge(variant: &mut Value, inner: Option<Value>) {
    let Some(inner) = inner else { return };
    if let (Some(to), Some(from)) = (
        variant["properties"].as_object_mut(),
        inner["properties"].as_object(),
    ) {
        to.extend(from.clone());
    }
    if let (Some(to), Some(from)) = (
        variant["required"].as_array_mut(),
        inner["required"].as_array(),
    ) {
        to.extend(from.clone());
    }
}

/// A member that may be absent is never null.
pub(crate) fn leave_out_null(definition: &mut Value) {
    let required = definition["required"].clone();
    let Some(properties) = definition
        .get_mut("properties")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let is_required = |name: &str| {
        required
            .as_array()
            .is_some_and(|names| names.iter().any(|required| required == name))
    };
    for (name, property) in properties {
        if is_required(name) {
            continue;
        }
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                property["type"] = only.clone();
            }
        }
        let Some(Value::Array(mut choices)) = property.get_mut("anyOf").map(Value::take) else {
            continue;
        };
        choices.retain(|choice| choice["type"] != "null");
        let Some(members) = property.as_object_mut() else {
            continue;
        };
        if let [Value::Object(only)] = choices.as_slice() {
            members.remove("anyOf");
            members.extend(only.clone());
        } else {
            members.insert("anyOf".into(), Value::Array(choices));
        }
    }
}

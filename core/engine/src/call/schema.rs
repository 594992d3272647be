//! The calls of all gateways as data, from which other languages and the documentation have theirs.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::gateway::REGISTRY;
use crate::message::for_readers;
use crate::results::{leave_out_null, name_variants};

/// Every call beyond sending: by gateway a list of `{"name", "transfer", "arguments", "output"}`, the last two as JSON
/// Schemas whose definitions stand in `$defs`.
///
/// The repository keeps it as `core/engine/schemas/calls.schema.json`.
///
/// ```
/// let schema = wamux_engine::calls_schema();
/// let call = &schema["gateways"]["tujenge"][0];
/// assert_eq!(call["name"], "mark_as_read");
/// assert_eq!(call["arguments"]["required"][0], "message_id");
/// ```
#[must_use]
pub fn calls_schema() -> Value {
    let mut inputs = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    let mut outputs = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut gateways = Map::new();
    for profile in REGISTRY {
        let calls = profile.calls.iter().map(|call| {
            json!({
                "name": call.name,
                "transfer": call.transfer,
                "arguments": (call.arguments_schema)(&mut inputs).to_value(),
                "output": (call.output_schema)(&mut outputs).to_value(),
            })
        });
        gateways.insert(profile.id.to_owned(), calls.collect());
    }
    let mut definitions = outputs.definitions().clone();
    for name in definitions.keys().cloned().collect::<Vec<_>>() {
        name_variants(&name, &mut definitions);
    }
    definitions.values_mut().for_each(leave_out_null);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Calls",
        "description": "The calls beyond sending: their arguments and what they answer.",
        "gateways": gateways,
        "$defs": definitions,
    });
    for_readers(&mut schema);
    schema
}

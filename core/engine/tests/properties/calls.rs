//! Calls of any gateway, with arguments of the right names.

use proptest::prelude::*;
use serde_json::{Value, json};
use wamux_engine::{CallProfile, calls_schema, gateway};

use crate::documents::{MARK, VALUES, document};

/// A value of the type that a call's schema has for an argument, and now and then any other.
fn argument(schema: &Value) -> BoxedStrategy<Value> {
    let text = prop_oneof![
        Just(MARK.to_owned()),
        proptest::sample::select(VALUES).prop_map(str::to_owned),
        "\\+?[0-9]{0,16}",
        ".{0,70}",
    ];
    let is = |name: &str| schema["type"] == name || schema["type"][0] == name;
    let right = if is("array") {
        proptest::collection::vec(text, 0..5)
            .prop_map(Value::from)
            .boxed()
    } else if is("object") {
        // A header's name is shown as it is; its value is not.
        proptest::collection::btree_map("[A-Za-z-]{1,12}|.{0,20}", text, 0..4)
            .prop_map(|members| json!(members))
            .boxed()
    } else if is("integer") {
        prop_oneof![any::<i64>(), 0..100_i64]
            .prop_map(Value::from)
            .boxed()
    } else if is("boolean") {
        any::<bool>().prop_map(Value::from).boxed()
    } else {
        let choices = schema["anyOf"][0]["oneOf"].as_array().into_iter().flatten();
        let words: Vec<Value> = choices.map(|choice| choice["const"].clone()).collect();
        if words.is_empty() {
            text.prop_map(Value::from).boxed()
        } else {
            proptest::sample::select(words).boxed()
        }
    };
    prop_oneof![15 => right, 1 => document()].boxed()
}

/// A call of any gateway, and arguments of the right names.
pub(crate) fn call() -> impl Strategy<Value = (&'static str, &'static CallProfile, Value)> {
    let schema = calls_schema();
    let calls = gateway::REGISTRY.iter().flat_map(|profile| {
        let schemas = schema["gateways"][profile.id].as_array().unwrap();
        let calls = profile.calls.iter().zip(schemas);
        calls.map(|(call, schema)| (profile.id, call, schema["arguments"]["properties"].clone()))
    });
    let calls: Vec<_> = calls.collect();
    proptest::sample::select(calls).prop_flat_map(|(gateway, call, properties)| {
        let members = properties.as_object().into_iter().flatten();
        let members = members.map(|(name, schema)| {
            let value = proptest::option::weighted(0.9, argument(schema));
            (Just(name.clone()), value)
        });
        let members: Vec<_> = members.collect();
        members.prop_map(move |members| {
            let present = members
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)));
            (gateway, call, Value::Object(present.collect()))
        })
    })
}

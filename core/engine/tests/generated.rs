//! Generated files are fresh, and what is described is what is written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../examples/tables/pages/mod.rs"]
mod pages;

use serde_json::Value;
use wamux_engine::phone::{Options, parse};

fn pretty(schema: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(schema).unwrap())
}

#[test]
fn the_message_schema_is_the_one_of_the_code() {
    let kept = include_str!("../schemas/message.schema.json");
    let fresh = pretty(&wamux_engine::message::schema());
    assert!(
        kept == fresh,
        "schemas/message.schema.json is stale; run `make generate`"
    );
}

#[test]
fn the_results_schema_is_the_one_of_the_code() {
    let kept = include_str!("../schemas/results.schema.json");
    let fresh = pretty(&wamux_engine::results_schema());
    assert!(
        kept == fresh,
        "schemas/results.schema.json is stale; run `make generate`"
    );
}

#[test]
fn the_calls_schema_is_the_one_of_the_code() {
    let kept = include_str!("../schemas/calls.schema.json");
    let fresh = pretty(&wamux_engine::calls_schema());
    assert!(
        kept == fresh,
        "schemas/calls.schema.json is stale; run `make generate`"
    );
}

/// The definitions of all gateways' calls stand beside each other, and beside those of messages and results.
#[test]
fn every_output_of_a_call_has_a_name_of_its_own() {
    let calls = wamux_engine::calls_schema();
    let results = wamux_engine::results_schema();
    for name in calls["$defs"].as_object().unwrap().keys() {
        assert!(
            !name.ends_with(|c: char| c.is_ascii_digit()),
            "{name} stands twice"
        );
        let known = results["$defs"].get(name);
        assert!(
            known.is_none() || known == calls["$defs"].get(name),
            "{name} is a result's"
        );
    }
}

#[test]
fn a_phone_number_has_the_members_that_its_schema_describes() {
    let number = parse("+79034567890", &Options::default()).unwrap();
    let written = serde_json::to_value(number).unwrap();
    let schema = wamux_engine::results_schema();
    let described = schema["$defs"]["PhoneNumber"]["properties"]
        .as_object()
        .unwrap();
    assert!(written.as_object().unwrap().keys().eq(described.keys()));
}

#[test]
fn the_tables_of_the_pages_are_those_of_the_code() {
    for (path, fresh) in pages::pages().unwrap() {
        let kept = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().display();
        assert!(kept == fresh, "{name} is stale; run `make generate`");
    }
}

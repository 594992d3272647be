//! Generated files are fresh.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[test]
fn the_message_schema_is_the_one_of_the_code() {
    let kept = include_str!("../schemas/message.schema.json");
    let mut fresh = serde_json::to_string_pretty(&wamux_engine::message::schema()).unwrap();
    fresh.push('\n');
    assert!(
        kept == fresh,
        "schemas/message.schema.json is stale; run `make generate`"
    );
}

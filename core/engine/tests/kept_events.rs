//! Events that a store keeps as JSON are the same when they are read again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use serde_json::Value;
use wamux_engine::{Event, gateway, kept_events};

#[test]
fn every_event_of_the_vectors_is_read_again_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/events");
    let mut kept = 0;
    for file in fs::read_dir(folder).unwrap() {
        let vectors = fs::read(file.unwrap().path()).unwrap();
        let vectors: Vec<Value> = serde_json::from_slice(&vectors).unwrap();
        for vector in vectors {
            let gateway = gateway::reader(vector["args"][1].as_str().unwrap()).unwrap();
            for event in kept_events(gateway, vector["input"].to_string().as_bytes()) {
                let json = serde_json::to_string(&event).unwrap();
                assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
                kept += 1;
            }
        }
    }
    assert!(kept > 100, "{kept} events");
}

#[test]
fn an_event_of_no_gateway_is_not_read() {
    let error = r#"{"kind":"protocol","retryable":false,"gateway":"pigeon","reasons":[]}"#;
    let event = format!(r#"{{"type":"error","error":{error},"raw":"{{}}"}}"#);
    let refused = serde_json::from_str::<Event>(&event).unwrap_err();
    assert!(refused.to_string().contains("devino-v2"), "{refused}");
}

#[test]
fn a_body_that_cannot_be_read_is_kept_as_it_came() {
    let raw = |body: &[u8]| {
        let events = kept_events(gateway::reader("tujenge").unwrap(), body);
        let [Event::Error(event)] = events.as_slice() else {
            panic!("{events:?}")
        };
        event.raw.as_str().to_owned()
    };
    assert_eq!(raw(b""), r#""""#);
    assert_eq!(
        raw(b"{\"statuses\": [{\"id\""),
        r#""{\"statuses\": [{\"id\"""#
    );
    assert_eq!(raw(b"[ 1 ]"), "[1]");
    assert_eq!(raw(b"\xff"), "\"\u{fffd}\"");
}

//! What the engine accepts, the sandbox accepts; and what the sandbox then has says what the message said. The sandbox is
//! written from the vendors' pages, by other hands.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "round_trip/messages.rs"]
mod messages;
#[path = "round_trip/readers.rs"]
mod readers;
mod support;

use std::collections::BTreeMap;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use wamux::message::Message;
use wamux::{Code, Error};

/// How many messages are tried with each gateway.
const MESSAGES: usize = 1_000;
/// How many of them have to be sent, at least: through a gateway that has texts alone, some sixty are.
const ENOUGH: usize = 30;

/// Leaves out what the gateway cannot say; `None` where that is the content itself, or not the fault.
fn without_unsupported(error: &Error, message: &Value) -> Option<Value> {
    let mut rest = message.clone();
    for violation in error.violations() {
        let path = match violation.path.as_str() {
            // A group's id is no phone number.
            "recipient_type" => return None,
            path => path,
        };
        if violation.code != Code::Unsupported || path == message["type"] {
            return None;
        }
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match rest.pointer_mut(parent)? {
            Value::Object(members) => _ = members.remove(name),
            // What lies in a list goes with the whole of it, since others' places would change.
            _ => return None,
        }
    }
    if rest["callback"] == serde_json::json!({}) {
        rest.as_object_mut()?.remove("callback");
    }
    (rest != *message).then_some(rest)
}

#[tokio::test]
async fn the_sandbox_accepts_what_is_built_and_has_what_was_meant() {
    let sandbox = support::sandbox().await;
    let mut runner = TestRunner::new(Config::default());
    let mut sent = BTreeMap::new();
    for (gateway, base_url) in support::gateways(&sandbox) {
        let mut settings = support::settings(&base_url);
        settings.set("region", "RU").unwrap();
        settings.set("template_namespace", "c8ae5f90").unwrap();
        let profile = wamux::gateway::profile(gateway).unwrap();
        let client = support::client(gateway, &settings);
        for _ in 0..MESSAGES {
            let mut message = messages::message().new_tree(&mut runner).unwrap().current();
            let result = loop {
                let parsed = Message::from_value(&message).unwrap();
                match client.send(&parsed).await {
                    Err(error) if !error.violations().is_empty() => {
                        match without_unsupported(&error, &message) {
                            Some(rest) => message = rest,
                            None => break None,
                        }
                    }
                    result => break Some((result, serde_json::to_value(&parsed).unwrap())),
                }
            };
            let Some((result, message)) = result else {
                continue;
            };
            assert!(result.is_ok(), "{gateway} refused {message}: {result:?}");
            let stored = sandbox.messages().pop().unwrap();
            let told = readers::told(gateway, &stored.path, &stored.body);
            assert_eq!(
                told,
                readers::meant(profile, &message),
                "{gateway}: {message}"
            );
            *sent.entry(gateway).or_insert(0) += 1;
            sandbox.clear();
        }
    }
    for (gateway, count) in &sent {
        assert!(
            *count >= ENOUGH,
            "{gateway} was sent {count} of {MESSAGES} messages"
        );
    }
}

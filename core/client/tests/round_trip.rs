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

use std::collections::{BTreeMap, BTreeSet};

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use wamux::gateway::Profile;
use wamux::message::{ContentType, Message};
use wamux::{Client, Code, Severity};

/// How many messages are tried with each gateway.
const MESSAGES: usize = 1_500;
/// How many of each type, and with each thing that can be said beside it, have to be sent at least.
const HANDFUL: usize = 5;
/// The namespace of templates that name none.
const NAMESPACE: &str = "c8ae5f90";

/// How many may be refused for another reason than that the gateway cannot say it, for each one that is sent.
const MOST_REFUSED: usize = 2;

/// What can be said to a gateway beside the recipient and the content, where that is written down.
fn beside(gateway: &str) -> Option<BTreeSet<&'static str>> {
    let names: &[&str] = match gateway {
        "devino-v1" => &["from", "callback_url", "callback_data", "validity"],
        "devino-v2" => &["from", "callback_url", "callback_data", "preview_url"],
        "rapporto" => &[
            "from",
            "callback_url",
            "client_id",
            "ttl",
            "ttl_unit",
            "schedule",
            "registered_delivery",
            "shorten_links",
            "extra_param",
            "cascade",
        ],
        "tujenge" => &[
            "context",
            "ttl",
            "namespace",
            "render_mentions",
            "preview_url",
            "id",
            "provider",
            "hsm",
        ],
        "chat-api" => &["context", "mentioned_phones", "data", "form_data"],
        _ => return None,
    };
    Some(names.iter().copied().collect())
}

/// The names of what a message says beside the recipient and the content, less what the settings say for it, and of
/// what is rare in its content.
fn names(told: &Value) -> impl Iterator<Item = String> {
    let beside = told.as_object().unwrap().iter();
    let beside = beside.filter(|(name, value)| match name.as_str() {
        "to" | "type" | "part" => false,
        "from" => *value != support::FROM,
        "namespace" => *value != NAMESPACE,
        _ => true,
    });
    let beside = beside.map(|(name, _)| name.as_str());
    let part = ["id", "data", "preview_url", "provider"].into_iter();
    let part = part.filter(|name| told["part"].get(name).is_some());
    let old_form = (told["type"] == "hsm").then_some("hsm");
    beside.chain(part).chain(old_form).map(str::to_owned)
}

/// What became of the messages that were tried with one gateway.
#[derive(Debug, Default)]
struct Tally {
    /// How many were sent, by their type.
    sent: BTreeMap<String, usize>,
    /// How many were sent that say this beside their content.
    said: BTreeMap<String, usize>,
    /// How many were refused though nothing in them is unsupported, by their type.
    refused: BTreeMap<String, usize>,
}

impl Tally {
    fn assert_enough(&self, profile: &Profile) {
        let sends = serde_json::to_value(profile.capabilities.sends).unwrap();
        for name in ContentType::ALL.map(ContentType::as_str) {
            let sent = self.sent.get(name).copied().unwrap_or_default();
            let refused = self.refused.get(name).copied().unwrap_or_default();
            if sends.as_array().unwrap().contains(&name.into()) {
                assert!(sent >= HANDFUL, "{}: {name}: {self:?}", profile.id);
                assert!(
                    refused <= MOST_REFUSED * sent,
                    "{}: {name}: {self:?}",
                    profile.id
                );
            } else {
                assert_eq!(sent, 0, "{}: {name}", profile.id);
            }
        }
        let said = self.said.iter().filter(|(_, count)| **count >= HANDFUL);
        let said: BTreeSet<&str> = said.map(|(name, _)| name.as_str()).collect();
        if let Some(beside) = beside(profile.id) {
            assert_eq!(said, beside, "{}: {self:?}", profile.id);
        }
    }
}

enum Outcome {
    /// The message as it was sent, without what the gateway cannot say.
    Sent(Value),
    /// The gateway cannot say the content itself.
    Unsupported,
    Refused,
}

/// Sends a message; what the gateway cannot say is left out.
async fn send(client: &Client, gateway: &str, mut message: Value) -> Outcome {
    loop {
        let parsed = Message::from_value(&message).unwrap();
        let Err(error) = client.send(&parsed).await else {
            return Outcome::Sent(serde_json::to_value(&parsed).unwrap());
        };
        let faults = error.violations().iter();
        let faults: Vec<_> = faults
            .filter(|fault| fault.severity == Severity::Error)
            .collect();
        assert!(!faults.is_empty(), "{gateway} refused {message}: {error:?}");
        if faults.iter().any(|fault| fault.code != Code::Unsupported) {
            return Outcome::Refused;
        }
        let paths = faults.iter().map(|fault| fault.path.as_str());
        match without(paths, &message) {
            Some(rest) => message = rest,
            None => return Outcome::Unsupported,
        }
    }
}

/// Leaves out what the gateway cannot say; `None` where that is the content itself, or whom it goes to.
fn without<'p>(paths: impl Iterator<Item = &'p str>, message: &Value) -> Option<Value> {
    let mut rest = message.clone();
    let mut pointers = Vec::new();
    for path in paths {
        let name = path.rsplit('.').next().unwrap();
        let is_source = ["id", "data"].contains(&name) && path != "callback.data";
        // A group's id is no phone number.
        if path == "recipient_type" || path == message["type"] || is_source {
            return None;
        }
        let pointer = path.replace(['.', '['], "/").replace(']', "");
        pointers.push(format!("/{pointer}"));
    }
    // The last one of a list first, so that the places of the others stay. No list here has more than ten.
    pointers.sort();
    for pointer in pointers.iter().rev() {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match rest.pointer_mut(parent)? {
            Value::Object(members) => _ = members.remove(name),
            Value::Array(items) => _ = items.remove(name.parse().unwrap()),
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
    let any_message = messages::message();
    let mut runner = TestRunner::new(Config::default());
    for (gateway, base_url) in support::gateways(&sandbox) {
        let mut settings = support::settings(&base_url);
        settings.set("region", "RU").unwrap();
        settings.set("template_namespace", NAMESPACE).unwrap();
        let client = support::client(gateway, &settings);
        let mut tally = Tally::default();
        for _ in 0..MESSAGES {
            let message = any_message.new_tree(&mut runner).unwrap().current();
            let kind = message["type"].as_str().unwrap().to_owned();
            match send(&client, gateway, message).await {
                Outcome::Sent(message) => {
                    let stored = sandbox.messages().pop().unwrap();
                    let told = readers::told(gateway, &stored.path, &stored.body);
                    assert_eq!(
                        told,
                        readers::meant(gateway, &message),
                        "{gateway}: {message}"
                    );
                    sandbox.clear();
                    *tally.sent.entry(kind).or_default() += 1;
                    for name in names(&told) {
                        *tally.said.entry(name).or_default() += 1;
                    }
                }
                Outcome::Refused => *tally.refused.entry(kind).or_default() += 1,
                Outcome::Unsupported => {}
            }
        }
        tally.assert_enough(wamux::gateway::profile(gateway).unwrap());
    }
}

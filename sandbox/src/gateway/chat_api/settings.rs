//! The instance's settings and its webhook.

use serde_json::{Map, Value, json};

use crate::check::{ANY_LENGTH, Need, Object, Problems, Rule, note};
use crate::form::is_web_address;

const SWITCHES: [&str; 9] = [
    "ackNotificationsOn",
    "chatUpdateOn",
    "videoUploadOn",
    "guaranteedHooks",
    "ignoreOldMessages",
    "processArchive",
    "instanceStatuses",
    "webhookStatuses",
    "statusNotificationsOn",
];

/// What is on at the start, since a test that waits for none of it is rare.
const ON_AT_START: [&str; 3] = ["ackNotificationsOn", "instanceStatuses", "webhookStatuses"];

/// The settings at the start.
pub(super) fn initial() -> Map<String, Value> {
    let switches = SWITCHES.map(|name| (name, json!(ON_AT_START.contains(&name))));
    let texts = ["webhookUrl", "proxy"].map(|name| (name, json!("")));
    let all = texts.into_iter().chain(switches);
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `POST /settings`.
pub(super) fn set(
    settings: &mut Map<String, Value>,
    request: Object<'_>,
    problems: &mut Problems,
) -> Value {
    let update = read(request, problems);
    if problems.is_empty() {
        settings.extend(update.clone());
    }
    let mut answer = settings.clone();
    answer.insert("update".to_owned(), Value::Object(update));
    Value::Object(answer)
}

/// `POST /webhook`.
pub(super) fn set_webhook(
    settings: &mut Map<String, Value>,
    mut request: Object<'_>,
    problems: &mut Problems,
) -> Value {
    let mut update = Map::new();
    read_url(&mut request, &mut update, problems);
    // Clients take the webhook away with the settings; here the page wants an address.
    if update.get("webhookUrl").is_some_and(|url| url == "") {
        note(problems, Rule::Invalid, "webhookUrl", NO_ADDRESS);
    }
    request.finish(problems);
    if problems.is_empty() {
        settings.extend(update);
    }
    json!({"set": true, "webhookUrl": settings.get("webhookUrl")})
}

/// Reads the body of `POST /settings`.
fn read(mut request: Object<'_>, problems: &mut Problems) -> Map<String, Value> {
    let mut update = Map::new();
    for name in SWITCHES {
        if !request.has(name) {
            continue;
        }
        // The page has 1 and 0, the clients true and false.
        let is_on = match request.get(name) {
            Some(Value::Bool(is_on)) => Some(*is_on),
            Some(Value::Number(number)) if number.as_u64() == Some(1) => Some(true),
            Some(Value::Number(number)) if number.as_u64() == Some(0) => Some(false),
            _ => None,
        };
        match is_on {
            Some(is_on) => {
                update.insert(name.to_owned(), Value::Bool(is_on));
            }
            None => note(
                problems,
                Rule::WrongType,
                name,
                "must be true, false, 1 or 0",
            ),
        }
    }
    if let Some(proxy) = request.string("proxy", Need::Optional, &ANY_LENGTH, problems) {
        update.insert("proxy".to_owned(), json!(proxy));
    }
    if request.has("webhookUrl") {
        read_url(&mut request, &mut update, problems);
    }
    request.finish(problems);
    update
}

const NO_ADDRESS: &str = "must be an http or https address";

/// An empty address takes the webhook away.
fn read_url(request: &mut Object<'_>, update: &mut Map<String, Value>, problems: &mut Problems) {
    let Some(url) = request.string("webhookUrl", Need::Required, &ANY_LENGTH, problems) else {
        return;
    };
    if !url.is_empty() && !is_web_address(url) {
        note(problems, Rule::Invalid, "webhookUrl", NO_ADDRESS);
    }
    update.insert("webhookUrl".to_owned(), json!(url));
}

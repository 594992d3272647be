//! The native payloads of the vectors, each changed in one place: what the rules let through the sandbox accepts, and
//! what they refuse it refuses.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use wamux::Severity;
use wamux_sandbox::{Options, Sandbox};

/// Devino publishes no number of messages in a list; the sandbox has one, so that splitting can be seen.
const TOO_MANY: &str = "101 messages";

/// A number of less than seven digits: no page names the shortest, and the sandbox has one.
const SHORT: &[&str] = &["a number", "a number in a text", "a text of zero"];

/// Where the two judge otherwise: the end of the member's place, and the changes (none: all).
const EXCEPTIONS: &[(&str, &[&str])] = &[
    // The sandbox has one account.
    ("/login", &[]),
    ("/password", &[]),
    // The pages name no form of a language's code; the sandbox takes those like en and en_US.
    ("/languageCode", &[]),
    ("/language/code", &[]),
    ("/to", SHORT),
    ("/destAddr", SHORT),
    ("/phone", SHORT),
    ("/mentionedPhones", SHORT),
    ("/mentionedPhones/0", SHORT),
    ("/mentionedPhones/1", SHORT),
];

/// The places of a document.
fn places(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, format!("{place}/{name}"), found);
            }
        }
        Value::Array(items) => {
            // Those further on are like the first two.
            for (index, item) in items.iter().take(2).enumerate() {
                places(item, format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(place);
}

/// What two payloads have in common whose members are the same and differ in no type: one of them is enough.
fn shape(payload: &Value) -> String {
    let mut found = Vec::new();
    places(payload, String::new(), &mut found);
    let types = found.iter().filter(|place| place.ends_with("type"));
    let types: Vec<String> = types
        .filter_map(|place| Some(payload.pointer(place)?.to_string()))
        .collect();
    format!("{found:?} {types:?}")
}

/// What a value is changed into.
fn changes(value: &Value) -> Value {
    let mut changes = json!({
        "null": null, "a boolean": true, "a number": 7, "a whole fraction": 2.0, "a fraction": 1.5,
        "below zero": -1, "zero": 0, "a large number": 1_000_000_000, "an empty text": "",
        "a text of zero": "0", "a number in a text": "7", "a word": "word", "a long text": "a".repeat(5000),
        "an empty object": {}, "an empty array": [],
    });
    match value {
        Value::String(text) => {
            for (what, sign) in [("a zero before it", '0'), ("a blank", ' '), ("a plus", '+')] {
                changes[what] = json!(format!("{sign}{text}"));
            }
        }
        Value::Array(items) => {
            let many = items.iter().cycle().take(12 * items.len()).cloned();
            changes["many items"] = many.collect();
        }
        Value::Object(_) => {
            changes["a member more"] = value.clone();
            changes["a member more"]["surplus"] = json!("word");
        }
        _ => {}
    }
    changes
}

/// The payload with each change of each place, and without each member and item.
fn changed(payload: &Value) -> Vec<(String, String, Value)> {
    let (mut all, mut found) = (Vec::new(), Vec::new());
    places(payload, String::new(), &mut found);
    for place in found {
        for (what, change) in changes(payload.pointer(&place).unwrap())
            .as_object()
            .unwrap()
        {
            let mut payload = payload.clone();
            *payload.pointer_mut(&place).unwrap() = change.clone();
            all.push((place.clone(), what.clone(), payload));
        }
        let mut payload = payload.clone();
        let Some((parent, name)) = place.rsplit_once('/') else {
            continue;
        };
        match payload.pointer_mut(parent).unwrap() {
            Value::Array(items) => drop(items.remove(name.parse().unwrap())),
            parent => drop(parent.as_object_mut().unwrap().remove(name)),
        }
        all.push((place, "absent".to_owned(), payload));
    }
    all
}

fn is_valid(gateway: &str, call: Option<&str>, payload: &Value) -> bool {
    let profile = wamux::gateway::profile(gateway).unwrap();
    let violations = wamux::validate_payload(profile, call, payload).unwrap();
    violations.iter().all(|one| one.severity != Severity::Error)
}

async fn is_accepted(client: &mut SendRequest<Full<Bytes>>, url: &str, payload: &Value) -> bool {
    let request = Request::post(url)
        .header("Content-Type", "application/json")
        .header("Authorization", "Key sandbox-key")
        .header("WA-API-KEY", "sandbox-key");
    let request = request.body(Full::from(payload.to_string())).unwrap();
    client.ready().await.unwrap();
    let answer = client.send_request(request).await.unwrap();
    let is_success = answer.status().is_success();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let is_ok = |results: &Vec<Value>| results.iter().all(|result| result["code"] == "OK");
    is_success && body["sent"] != false && body["result"].as_array().is_none_or(is_ok)
}

#[tokio::test]
async fn a_changed_payload_is_judged_alike() {
    // Nothing is called back.
    let callback_delay = Duration::from_hours(1);
    let options = Options {
        callback_delay,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut client, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let (mut judged, mut otherwise) = (0, Vec::new());
    let (mut excepted, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/validate");
    let files = fs::read_dir(folder).unwrap();
    let vectors = files.flat_map(|file| {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        serde_json::from_str::<Vec<Value>>(&text).unwrap()
    });
    for vector in vectors.filter(|vector| vector["output"]["valid"].is_boolean()) {
        let name = vector["name"].as_str().unwrap();
        let arguments: Vec<&str> = vector["args"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let (gateway, call) = (arguments[1], arguments.get(3).copied());
        // A payload by its second name is no path of the gateway's.
        if call.is_some_and(|call| call.contains('_')) {
            continue;
        }
        let mut payload = vector["input"].clone();
        for name in ["login", "password"] {
            if let Some(credential) = payload.get_mut(name) {
                *credential = json!("sandbox");
            }
        }
        let path = match gateway {
            "devino-v1" => "/whatsapp/messages".to_owned(),
            "devino-v2" => format!("/whatsapp/v2/{}", call.unwrap_or("messages")),
            "tujenge" => "/v1/messages".to_owned(),
            "chat-api" => format!(
                "/instance1/{}?token=sandbox-token",
                call.unwrap_or("sendMessage")
            ),
            _ => String::new(),
        };
        let url = sandbox.base_url(gateway).unwrap() + &path;
        let mut all = Vec::new();
        let mut is_new = || seen.insert(format!("{gateway} {call:?} {}", shape(&payload)));
        if name != TOO_MANY && vector["output"]["valid"] == true && is_new() {
            all = changed(&payload);
        }
        all.push((String::new(), "unchanged".to_owned(), payload));
        for (place, what, payload) in all {
            judged += 1;
            let valid = is_valid(gateway, call, &payload);
            if valid == is_accepted(&mut client, &url, &payload).await || name == TOO_MANY {
                continue;
            }
            let exception = EXCEPTIONS.iter().find(|(end, changes)| {
                place.ends_with(end) && (changes.is_empty() || changes.contains(&what.as_str()))
            });
            match exception {
                Some((end, _)) => drop(excepted.insert(*end)),
                None => otherwise.push(format!("{gateway}, {name}{place}, {what}: valid {valid}")),
            }
        }
    }
    assert!(judged > 10_000, "{judged}");
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
    let listed = EXCEPTIONS.iter().map(|(end, _)| *end).collect();
    assert_eq!(excepted, listed, "each exception is one");
}

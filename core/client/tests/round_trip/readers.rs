//! What a message says, in one form for all gateways: read from the neutral message, and from what a gateway was sent.

use serde_json::{Map, Value, json};
use wamux::Feature;
use wamux::gateway::Profile;

use crate::support::FROM;

#[path = "vcard.rs"]
mod vcard;

/// What a message says, less what the gateway's dialect has no member for: this is the whole table of losses.
pub(crate) fn meant(profile: &Profile, message: &Value) -> Value {
    let kind = message["type"].as_str().unwrap();
    let mut said = Map::new();
    let mut say = |name: &str, value: Value| {
        if !value.is_null() {
            said.insert(name.to_owned(), value);
        }
    };
    let individual = message.get("recipient_type").is_none();
    let to = message["to"].as_str().unwrap();
    say("to", if individual { digits(to) } else { to.into() });
    if profile.capabilities.sends.contains(&Feature::From) {
        say(
            "from",
            message.get("from").cloned().unwrap_or_else(|| FROM.into()),
        );
    }
    say("context", message["context"]["message_id"].clone());
    say("callback_url", message["callback"]["url"].clone());
    say("callback_data", message["callback"]["data"].clone());
    say("ttl", message["ttl"].clone());
    say("schedule", message["schedule"].clone());
    // Only Rapporto has a place for the caller's own id.
    if profile.id == "rapporto" {
        say("client_id", message["client_id"].clone());
    }
    let mut part = message[kind].clone();
    let media = part.get("link").is_some();
    match profile.id {
        // Files have no kind there; its MIME type tells.
        "devino-v1" if media => say("type", "file".into()),
        // Files have neither kind nor MIME type.
        "chat-api" if media && kind != "voice" => {
            say("type", "file".into());
            forget_mime_type(&mut part);
        }
        "devino-v1" => {
            say("type", kind.into());
            if kind == "template" {
                let bodies = part["components"].as_array().into_iter().flatten();
                let texts = bodies.flat_map(|body| body["parameters"].as_array().unwrap());
                let texts: Vec<Value> = texts.map(|text| text["text"].clone()).collect();
                part = json!({
                    "name": part["name"], "language": part["language"]["code"], "texts": texts,
                });
            }
        }
        "devino-v2" | "tujenge" => {
            say("type", kind.into());
            forget_mime_type(&mut part);
            in_words_of_meta(&mut part);
        }
        _ => {
            say("type", kind.into());
            forget_mime_type(&mut part);
        }
    }
    say("part", part);
    Value::Object(said)
}

/// What a gateway was told.
pub(crate) fn told(gateway: &str, path: &str, body: &Value) -> Value {
    let said = match gateway {
        "devino-v1" => devino_v1(body),
        "devino-v2" => meta(
            body,
            json!({
                "to": body["to"], "from": body["from"], "callback_url": body["callbackUrl"],
                "callback_data": body["callbackData"],
            }),
        ),
        "tujenge" => meta(
            body,
            json!({
                "to": body["to"], "context": body["context"]["message_id"], "ttl": body["ttl"],
            }),
        ),
        "rapporto" => rapporto(body),
        "chat-api" => chat_api(path, body),
        other => panic!("{other} has no reader here"),
    };
    present(said)
}

fn devino_v1(body: &Value) -> Value {
    let (kind, part) = if let Some(name) = body.get("templateId") {
        let parameters = body["templateParams"].as_object();
        let count = parameters.map_or(0, Map::len);
        let texts: Vec<Value> = (1..=count)
            .map(|n| body["templateParams"][n.to_string()].clone())
            .collect();
        let part = json!({"name": name, "language": body["languageCode"], "texts": texts});
        ("template", part)
    } else if let Some(link) = body.get("contentUrl") {
        let part = present(json!({
            "link": link, "filename": body["contentName"], "mime_type": body["contentType"],
            "caption": body["text"],
        }));
        ("file", part)
    } else {
        ("text", json!({"body": body["text"]}))
    };
    json!({
        "to": body["to"], "from": body["from"], "callback_url": body["callbackUrl"],
        "callback_data": body["callbackData"], "type": kind, "part": part,
    })
}

fn meta(body: &Value, mut said: Value) -> Value {
    let kind = body["type"].as_str().unwrap();
    let mut part = body[kind].clone();
    if let (Some(preview), Some(text)) = (body.get("preview_url"), part.as_object_mut()) {
        text.insert("preview_url".to_owned(), preview.clone());
    }
    if let (true, Some(template)) = (kind == "template", part.as_object_mut()) {
        template.remove("namespace");
    }
    said["type"] = kind.into();
    said["part"] = part;
    said
}

fn rapporto(body: &Value) -> Value {
    let data = &body["message"]["data"];
    let content = &data["instantContent"];
    let (kind, part) = match content["type"].as_str().unwrap() {
        "TEXT" => ("text", json!({"body": content["data"]["text"]})),
        "IMAGE_URL" => ("image", json!({"link": content["data"]["imageURL"]})),
        other => panic!("{other}"),
    };
    let schedule = &body["scheduleInfo"];
    let days = schedule["weekdaysSchedule"].as_str().unwrap_or_default();
    let days: Vec<u32> = days.chars().map(|day| day.to_digit(10).unwrap()).collect();
    // The page's dates have no colon in the offset.
    let deadline = schedule["deadline"].as_str();
    let deadline =
        deadline.map(|date| format!("{}:{}", &date[..date.len() - 2], &date[date.len() - 2..]));
    let schedule = present(json!({
        "from": schedule["timeBegin"], "until": schedule["timeEnd"], "deadline": deadline,
        "weekdays": if days.is_empty() { Value::Null } else { days.into() },
        "recipient_time_zone": body["useTimeDiff"],
    }));
    json!({
        "to": body["destAddr"], "from": data["serviceNumber"], "callback_url": body["notifyUrl"],
        "client_id": body["id"], "ttl": data["ttl"].as_u64().map(|minutes| minutes * 60),
        "schedule": if schedule == json!({}) { Value::Null } else { schedule },
        "type": kind, "part": part,
    })
}

fn chat_api(path: &str, body: &Value) -> Value {
    let (kind, part) = match path.rsplit('/').next().unwrap() {
        "sendMessage" => ("text", json!({"body": body["body"]})),
        "sendFile" => (
            "file",
            present(json!({
                "link": body["body"], "filename": body["filename"], "caption": body["caption"],
            })),
        ),
        "sendPTT" => ("voice", json!({"link": body["audio"]})),
        "sendLocation" => {
            // Name and address are two lines of one text.
            let lines: Vec<&str> = body["address"].as_str().unwrap().splitn(2, '\n').collect();
            (
                "location",
                json!({
                    "latitude": body["lat"], "longitude": body["lng"], "name": lines[0], "address": lines.get(1),
                }),
            )
        }
        "sendVCard" => {
            let card = body["vcard"].as_str().unwrap();
            ("contacts", json!([vcard::contact(card)]))
        }
        other => panic!("{other}"),
    };
    json!({
        "to": body.get("phone").or(body.get("chatId")).unwrap(), "context": body["quotedMsgId"], "type": kind,
        "part": part,
    })
}

/// How Meta's dialects write what the message leaves out or writes otherwise.
fn in_words_of_meta(part: &mut Value) {
    if let Some(language) = part.get_mut("language").and_then(Value::as_object_mut) {
        language.entry("policy").or_insert("deterministic".into());
    }
    let components = part.get_mut("components").and_then(Value::as_array_mut);
    for component in components.into_iter().flatten() {
        if let Some(index) = component.get("index").and_then(Value::as_u64) {
            component["index"] = index.to_string().into();
        }
    }
}

/// No member of the dialect takes the MIME type of a link.
fn forget_mime_type(part: &mut Value) {
    if let Some(members) = part.as_object_mut() {
        members.remove("mime_type");
    }
}

fn digits(number: &str) -> Value {
    let options = wamux::phone::Options {
        region: Some("RU".parse().unwrap()),
        strict: false,
    };
    let number = wamux::phone::parse(number, &options).unwrap();
    number.digits().into()
}

/// An object without its nulls.
fn present(value: Value) -> Value {
    let Value::Object(members) = value else {
        panic!("{value}")
    };
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect()
}

//! What a message says, in one form for all gateways: read from the neutral message, and from what a gateway was sent.

use serde_json::{Map, Value, json};

use crate::NAMESPACE;
use crate::support::FROM;

#[path = "cascade.rs"]
mod cascade;
#[path = "hsm.rs"]
mod hsm;
#[path = "vcard.rs"]
mod vcard;

/// The gateways whose messages have a sender.
const WITH_SENDER: [&str; 3] = ["devino-v1", "devino-v2", "rapporto"];

/// What a message says, less what the gateway's dialect has no member for: this is the whole table of losses.
pub(crate) fn meant(gateway: &str, message: &Value) -> Value {
    let kind = message["type"].as_str().unwrap();
    let own = &message["options"][gateway];
    let mut said = Map::new();
    let mut say = |name: &str, value: Value| {
        if !value.is_null() {
            said.insert(name.to_owned(), value);
        }
    };
    let individual = message.get("recipient_type").is_none();
    let to = message["to"].as_str().unwrap();
    say("to", if individual { digits(to) } else { to.into() });
    if WITH_SENDER.contains(&gateway) {
        let from = message.get("from").cloned();
        say("from", from.unwrap_or_else(|| FROM.into()));
    }
    say("context", message["context"]["message_id"].clone());
    say("callback_url", message["callback"]["url"].clone());
    say("callback_data", message["callback"]["data"].clone());
    say("ttl", message["ttl"].clone());
    say("schedule", message["schedule"].clone());
    say("type", kind.into());
    let mut part = message[kind].clone();
    let media = ["link", "id", "data"]
        .iter()
        .any(|source| part.get(source).is_some());
    match gateway {
        "devino-v1" => {
            forget(&mut part, "preview_url");
            say("validity", own["validity"].clone());
            if media {
                // Files have no kind there; their MIME type tells.
                say("type", "file".into());
            } else if kind == "template" {
                part = numbered(&part);
            }
        }
        "devino-v2" => in_words_of_meta(&mut part),
        "tujenge" => {
            in_words_of_meta(&mut part);
            if own["hsm"] == true {
                say("type", "hsm".into());
            }
            if kind == "template" {
                let namespace = own.get("namespace").cloned();
                say("namespace", namespace.unwrap_or_else(|| NAMESPACE.into()));
            }
            if let Some(provider) = own.get("provider") {
                name_provider(&mut part, provider);
            }
            say("render_mentions", own["render_mentions"].clone());
        }
        "rapporto" => {
            forget(&mut part, "mime_type");
            forget(&mut part, "preview_url");
            // Only Rapporto has a place for the caller's own id.
            say("client_id", message["client_id"].clone());
            for (name, value) in own.as_object().into_iter().flatten() {
                say(name, value.clone());
            }
        }
        "chat-api" => {
            forget(&mut part, "preview_url");
            if let Some(phones) = own["mentioned_phones"].as_array() {
                let phones = phones.iter().map(|phone| digits(phone.as_str().unwrap()));
                say("mentioned_phones", phones.collect());
            }
            if part.get("data").is_none() {
                forget(&mut part, "mime_type");
            } else if let Some(mime_type) = part["mime_type"].as_str() {
                part["mime_type"] = mime_type.replace(' ', "").into();
                if own["form_data"] == true {
                    say("form_data", true.into());
                }
            }
            if media && kind != "voice" {
                // Files have no kind.
                say("type", "file".into());
            }
        }
        // A gateway that has no line here says all of the part, but for the choice of a preview.
        _ => forget(&mut part, "preview_url"),
    }
    say("part", part);
    Value::Object(said)
}

/// A template as the first of Devino's APIs has it: texts by their number.
fn numbered(template: &Value) -> Value {
    let bodies = template["components"].as_array().into_iter().flatten();
    let texts = bodies.flat_map(|body| body["parameters"].as_array().into_iter().flatten());
    let texts: Vec<Value> = texts.map(|text| text["text"].clone()).collect();
    json!({"name": template["name"], "language": template["language"]["code"], "texts": texts})
}

/// Puts the provider beside each link of media.
fn name_provider(part: &mut Value, provider: &Value) {
    match part {
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|value| name_provider(value, provider));
            if members.contains_key("link") {
                members.insert("provider".to_owned(), json!({"name": provider}));
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| name_provider(item, provider)),
        _ => {}
    }
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
                "render_mentions": body["render_mentions"],
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
        "callback_data": body["callbackData"], "validity": body["validity"], "type": kind, "part": part,
    })
}

fn meta(body: &Value, mut said: Value) -> Value {
    let kind = body["type"].as_str().unwrap();
    let mut part = body[kind].clone();
    if let (Some(preview), Some(text)) = (body.get("preview_url"), part.as_object_mut()) {
        text.insert("preview_url".to_owned(), preview.clone());
    }
    if let Some(namespace) = part
        .as_object_mut()
        .and_then(|part| part.remove("namespace"))
    {
        said["namespace"] = namespace;
    }
    if kind == "hsm" {
        part = hsm::template(&part);
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
    let cascade = body.get("cascadeChainLink").map(cascade::links);
    // In a cascade, each message has the switch.
    let switched = if cascade.is_some() {
        &body["message"]
    } else {
        body
    };
    let extra_param = body["extraParam"].as_str().map(cascade::further_parameters);
    json!({
        "to": body["destAddr"], "from": data["serviceNumber"], "callback_url": body["notifyUrl"],
        "client_id": body["id"], "ttl": cascade::seconds(data), "ttl_unit": data["ttlUnit"],
        "registered_delivery": body["registeredDelivery"], "shorten_links": switched["shortenLinks"],
        "extra_param": extra_param, "cascade": cascade,
        "schedule": if schedule == json!({}) { Value::Null } else { schedule },
        "type": kind, "part": part,
    })
}

fn chat_api(path: &str, body: &Value) -> Value {
    let (kind, part) = match path.rsplit('/').next().unwrap() {
        "sendMessage" => ("text", json!({"body": body["body"]})),
        "sendFile" => {
            let mut file = file(&body["body"]);
            file["filename"] = body["filename"].clone();
            file["caption"] = body["caption"].clone();
            ("file", present(file))
        }
        "sendPTT" => ("voice", file(&body["audio"])),
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
    let in_form = body["body"].is_object().then_some(true);
    json!({
        "to": body.get("phone").or(body.get("chatId")).unwrap(), "context": body["quotedMsgId"],
        "mentioned_phones": body["mentionedPhones"], "form_data": in_form, "type": kind, "part": part,
    })
}

/// A link, a data URI, or the file of a form.
fn file(file: &Value) -> Value {
    let Some(text) = file.as_str() else {
        return json!({"data": file["base64"], "mime_type": file["content_type"]});
    };
    match text.strip_prefix("data:") {
        Some(rest) => {
            let (mime_type, data) = rest.split_once(";base64,").unwrap();
            json!({"data": data, "mime_type": mime_type})
        }
        None => json!({"link": text}),
    }
}

/// How Meta's dialects write what the message leaves out or writes otherwise.
fn in_words_of_meta(part: &mut Value) {
    // No member takes the MIME type.
    forget(part, "mime_type");
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

fn forget(part: &mut Value, name: &str) {
    if let Some(members) = part.as_object_mut() {
        members.remove(name);
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

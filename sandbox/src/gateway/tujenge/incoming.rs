//! Incoming messages, as the webhook gets them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::ID;
use super::media::sample;
use crate::gateway::{Numbers, unix_seconds};
use crate::incoming::{Content, Context, Envelope, Incoming, Interactive, Media, Reply};

/// The webhook's body for the incoming message.
pub(super) fn body(incoming: &Incoming, numbers: &Numbers) -> Result<Value, String> {
    let Incoming { envelope, content } = incoming;
    if envelope.to.is_some() || envelope.from_me {
        return Err(format!("{ID} tells neither to nor from_me"));
    }
    if let Content::Errors(errors) = content {
        return Ok(json!({ "errors": errors.errors }));
    }
    let mut message = json!({
        "from": envelope.from,
        "id": format!("ABEGsandbox{:016X}", numbers.next()),
        "timestamp": unix_seconds().to_string(),
        "type": content.name(),
    });
    match content {
        Content::Unknown(unknown) => message["errors"] = json!(unknown.errors),
        _ => message[content.name()] = part(content, numbers)?,
    }
    if let Some(context) = &envelope.context {
        if context.body.is_some() {
            return Err(format!(
                "context.body: {ID} tells the message's id and not its text"
            ));
        }
        message["context"] = told_context(context);
    }
    if let Some(group) = &envelope.group_id {
        message["group_id"] = group.as_str().into();
    }
    let mut body = json!({ "messages": [message] });
    if let Some(name) = profile_name(envelope, content) {
        body["contacts"] = json!([{"wa_id": envelope.from, "profile": {"name": name}}]);
    }
    Ok(body)
}

/// The documents promise the profile with texts, contacts and locations alone; elsewhere it stands when asked for.
fn profile_name<'a>(envelope: &'a Envelope, content: &Content) -> Option<&'a str> {
    let is_promised = matches!(
        content,
        Content::Text(_) | Content::Contacts(_) | Content::Location(_)
    );
    envelope
        .profile_name
        .as_deref()
        .or(is_promised.then_some("Sandbox"))
}

/// The part that the type names.
fn part(content: &Content, numbers: &Numbers) -> Result<Value, String> {
    if let Some((media, usual_type)) = content.media() {
        return Ok(told_media(media, usual_type, numbers));
    }
    Ok(match content {
        Content::Text(text) => json!({"body": text.body()}),
        Content::Location(location) => with_texts(
            json!({"latitude": location.latitude, "longitude": location.longitude}),
            &[
                ("name", &location.name),
                ("address", &location.address),
                ("url", &location.url),
            ],
        ),
        Content::Contacts(contacts) => json!(contacts),
        Content::System(system) => {
            let mut members: Map<String, Value> = system.more.clone();
            members.insert("type".to_owned(), system.kind.as_str().into());
            with_texts(Value::Object(members), &[("body", &system.body)])
        }
        Content::Button(button) => with_texts(
            json!({"text": button.text}),
            &[("payload", &button.payload)],
        ),
        Content::Interactive(Interactive::ListReply(reply)) => {
            json!({"type": "list_reply", "list_reply": told_reply(reply)})
        }
        Content::Interactive(Interactive::ButtonReply(reply)) => {
            json!({"type": "button_reply", "button_reply": told_reply(reply)})
        }
        Content::Order(order) => with_texts(
            json!({"catalog_id": order.catalog_id, "product_items": order.product_items}),
            &[("text", &order.text)],
        ),
        Content::Reaction(reaction) => {
            json!({"message_id": reaction.message_id, "emoji": reaction.emoji})
        }
        other => return Err(other.not_told_by(ID)),
    })
}

fn told_media(media: &Media, usual_type: &str, numbers: &Numbers) -> Value {
    let id = numbers.next();
    let mime_type = media.mime_type.as_deref().unwrap_or(usual_type);
    with_texts(
        json!({
            "id": media.id.clone().unwrap_or_else(|| format!("sandbox-{id}")),
            "mime_type": mime_type,
            "sha256": media.sha256.clone().unwrap_or_else(|| sha256(sample(mime_type))),
        }),
        &[
            ("link", &media.link),
            ("caption", &media.caption),
            ("filename", &media.filename),
        ],
    )
}

fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string never fails.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

fn told_reply(reply: &Reply) -> Value {
    with_texts(
        json!({"id": reply.id, "title": reply.title}),
        &[("description", &reply.description)],
    )
}

fn told_context(context: &Context) -> Value {
    let mut told = with_texts(
        json!({"id": context.message_id}),
        &[("from", &context.from), ("group_id", &context.group_id)],
    );
    if let Some(mentions) = &context.mentions {
        told["mentions"] = json!(mentions);
    }
    told
}

/// The object with those of the texts that stand.
fn with_texts(mut object: Value, texts: &[(&str, &Option<String>)]) -> Value {
    for (name, text) in texts {
        if let Some(text) = text {
            object[*name] = text.as_str().into();
        }
    }
    object
}

//! Incoming messages, and copies of what went out from the phone.

use serde_json::{Value, json};

use super::card::card;
use super::message::{self, OWN_CHAT, Told};
use super::{ID, INSTANCE};
use crate::gateway::Numbers;
use crate::incoming::{Content, Envelope, Incoming};

/// The webhook's body for the incoming message, which has no number yet.
pub(super) fn body(incoming: &Incoming, numbers: &Numbers) -> Result<Value, String> {
    let Incoming { envelope, content } = incoming;
    if let Content::Chat(chat) = content {
        let change = json!({"old": chat.old, "new": chat.new});
        return Ok(json!({"chatUpdate": [change], "instanceId": INSTANCE}));
    }
    if envelope.to.is_some() {
        return Err(format!("{ID} does not tell to"));
    }
    let (kind, body) = told_content(content)?;
    let person = format!("{}@c.us", envelope.from);
    let chat = envelope.group_id.clone().unwrap_or_else(|| person.clone());
    let author = if envelope.from_me {
        OWN_CHAT.to_owned()
    } else {
        person
    };
    let told = Told {
        id: message::id(envelope.from_me, &chat, numbers.next()),
        kind: kind.to_owned(),
        body,
        sender_name: sender_name(envelope).to_owned(),
        from_me: envelope.from_me,
        author,
        chat,
        more: more(incoming)?,
    };
    Ok(message::webhook(&told.object()))
}

fn sender_name(envelope: &Envelope) -> &str {
    envelope.profile_name.as_deref().unwrap_or("Sandbox")
}

/// The type in this dialect and the message's `body`.
fn told_content(content: &Content) -> Result<(&'static str, String), String> {
    let link = |kind| {
        let (media, _) = content.media().ok_or_else(|| content.not_told_by(ID))?;
        Ok((kind, media.link(content.name())?.to_owned()))
    };
    match content {
        Content::Text(text) => Ok(("chat", text.body().to_owned())),
        Content::Image(_) => link("image"),
        Content::Video(_) => link("video"),
        Content::Audio(_) => link("audio"),
        Content::Voice(_) => link("ptt"),
        Content::Document(_) => link("document"),
        Content::Location(location) => {
            let place = format!("{};{}", location.latitude, location.longitude);
            Ok(("location", place))
        }
        Content::Contacts(contacts) => match contacts.as_slice() {
            [contact] => Ok(("vcard", card(contact))),
            _ => Err(format!("contacts: {ID} tells one contact a message")),
        },
        Content::Call(_) => Ok(("call_log", "[Call]".to_owned())),
        other => Err(other.not_told_by(ID)),
    }
}

/// The members that only some messages have.
fn more(incoming: &Incoming) -> Result<Vec<(&'static str, Value)>, String> {
    let mut more = Vec::new();
    let media = incoming.content.media();
    if let Some(caption) = media.and_then(|(media, _)| media.caption.as_ref()) {
        more.push(("caption", caption.as_str().into()));
    }
    if let Some(quoted) = &incoming.envelope.context {
        if quoted.from.is_some() || quoted.group_id.is_some() || quoted.mentions.is_some() {
            return Err(format!("context: {ID} tells message_id and body alone"));
        }
        more.push(("quotedMsgId", quoted.message_id.as_str().into()));
        if let Some(body) = &quoted.body {
            more.push(("quotedMsgBody", body.as_str().into()));
            more.push(("quotedMsgType", "chat".into()));
        }
    }
    Ok(more)
}

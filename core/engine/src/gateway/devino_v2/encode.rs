//! The message object: Meta's content under Devino's own sender, recipient and callback.
//!
//! Source: Devino, "Direct WA API", Request parameters.

use std::borrow::Cow;

use super::{Configuration, PROFILE};
use crate::gateway::meta::ContentEncoder;
use crate::masked::Private;
use crate::message::{Content, Message};
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;
use crate::violation::Violation;

pub(super) fn payload<'m>(
    configuration: &'m Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let callback = message.callback.as_ref();
    let options = message.options.devino_v2.as_ref();
    let text = match &message.content {
        Content::Text(text) => Some(text),
        _ => None,
    };
    let plain = options.is_some_and(|options| options.batch_text_as_string == Some(true));
    let mut members = vec![
        Member::new(
            "from",
            message
                .from
                .as_deref()
                .or(configuration.from.as_ref().map(Private::as_str)),
        ),
        Member::new("to", recipient.digits()),
        Member::new(
            "callbackUrl",
            callback.and_then(|callback| callback.url.as_ref()),
        )
        .at("callback.url"),
        Member::new(
            "callbackData",
            callback.and_then(|callback| callback.data.as_ref()),
        )
        .at("callback.data"),
        Member::new("preview_url", text.and_then(|text| text.preview_url)).at("text.preview_url"),
    ];
    match text {
        Some(text) if plain => members.push(Member::new("text", &text.body).at("text.body")),
        _ => {
            let name = message.content.content_type().as_str();
            members.push(Member::new("type", name));
            let part = ContentEncoder::new(&PROFILE, violations).part(&message.content);
            members.push(Member::new(name, part));
        }
    }
    Payload::Record(members)
}

/// The document of a message that goes alone: a text that was written as a string, which only the
/// batch's sample has, becomes an object with its type.
pub(super) fn alone<'p, 'm>(payload: &'p Payload<'m>) -> Cow<'p, Payload<'m>> {
    let Payload::Record(members) = payload else {
        return Cow::Borrowed(payload);
    };
    let Some((last, others)) = members.split_last() else {
        return Cow::Borrowed(payload);
    };
    let Some(body @ Payload::Text(_)) = last.value().filter(|_| last.name() == "text") else {
        return Cow::Borrowed(payload);
    };
    let mut members = others.to_vec();
    members.push(Member::new("type", "text"));
    members.push(Member::new(
        "text",
        Payload::record([Member::new("body", body.clone())]),
    ));
    Cow::Owned(Payload::Record(members))
}

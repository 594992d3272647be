//! The calls `sendMessage` and `sendFile`.
//!
//! Source: chat-api, "The REST API", sendMessage and sendFile.

use super::PROFILE;
use crate::gateway::Encoded;
use crate::message::{Content, Media, MediaSource, Message};
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;
use crate::violation::{Code, Violation};

pub(super) fn encoded<'m>(
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Encoded<'m> {
    if let Recipient::Group(id) = recipient
        && !id.ends_with("@g.us")
    {
        let words = "must be a group's id, such as 79680561234-1479621234@g.us";
        violations.push(Violation::error(Code::Invalid, "to", words));
    }
    let chat_id = match recipient {
        Recipient::Group(id) | Recipient::Chat(id) => Some(id),
        Recipient::Phone(_) | Recipient::Unreadable => None,
    };
    let mut members = vec![
        Member::new("chatId", chat_id).at("to"),
        Member::new("phone", recipient.digits()).at("to"),
    ];
    let call = match &message.content {
        Content::Image(media) => {
            members.extend(file(media));
            &PROFILE.calls[1]
        }
        content => {
            let (body, path) = match content {
                Content::Text(text) => (Some(&text.body), "text.body"),
                // The missing body is not a second fault of a type that is refused already.
                other => (None, other.content_type().as_str()),
            };
            members.push(Member::new("body", body).at(path));
            &PROFILE.calls[0]
        }
    };
    Encoded {
        call,
        payload: Payload::Record(members),
    }
}

fn file(media: &Media) -> [Member<'_>; 3] {
    let link = match &media.source {
        MediaSource::Link(link) => Some(link),
        MediaSource::Id(_) | MediaSource::Data(_) => None,
    };
    [
        Member::new("body", link).at("image.link"),
        Member::new("filename", media.filename.as_ref()).at("image.filename"),
        Member::new("caption", media.caption.as_ref()).at("image.caption"),
    ]
}

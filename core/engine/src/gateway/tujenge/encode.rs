//! The message object: Meta's content, with the template's namespace.
//!
//! Source: Meta, "WhatsApp On-Premises API", Messages.

use super::{Configuration, PROFILE};
use crate::gateway::meta::ContentEncoder;
use crate::message::{Content, Message};
use crate::payload::{IntoPayload, Member, Payload};
use crate::recipient::Recipient;
use crate::violation::Violation;

pub(super) fn payload<'m>(
    configuration: &'m Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let (to, recipient_type) = match recipient {
        // Chat ids belong to other gateways; that they are not this one's is said already.
        Recipient::Group(id) | Recipient::Chat(id) => (Some(id.as_str()), Some("group")),
        Recipient::Phone(_) | Recipient::Unreadable => (recipient.digits(), None),
    };
    let preview_url = match &message.content {
        Content::Text(text) => text.preview_url,
        _ => None,
    };
    let name = message.content.content_type().as_str();
    let mut part = ContentEncoder::new(&PROFILE, violations).part(&message.content);
    if let (Content::Template(_), Some(Payload::Record(members))) = (&message.content, &mut part) {
        let own = message
            .options
            .tujenge
            .as_ref()
            .and_then(|options| options.namespace.as_ref());
        let namespace = own.or(configuration.template_namespace.as_ref());
        let namespace = Member::new("namespace", namespace).at("options.tujenge.namespace");
        members.insert(0, namespace);
    }
    Payload::record([
        Member::new("to", to),
        Member::new("recipient_type", recipient_type),
        Member::new("ttl", message.ttl.and_then(seconds)),
        Member::new(
            "context",
            message
                .context
                .as_ref()
                .map(|context| Payload::record([Member::new("message_id", &context.message_id)])),
        ),
        Member::new("preview_url", preview_url).at("text.preview_url"),
        Member::new("type", name),
        Member::new(name, part),
    ])
}

/// A number that is too large for the wire stays too large for the schema.
fn seconds<'m>(seconds: u64) -> Option<Payload<'m>> {
    i64::try_from(seconds).unwrap_or(i64::MAX).into_payload()
}

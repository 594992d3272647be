//! The request: the recipient, the text, and the caller's own id.
//!
//! Source: Sample, "Messages".

use crate::message::{Content, Message};
use crate::origin::Origin;
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;

pub(super) fn payload<'m>(message: &'m Message, recipient: &'m Recipient) -> Payload<'m> {
    let part = message.content.content_type().as_str();
    let text = match &message.content {
        Content::Text(text) => Some(&text.body),
        _ => None,
    };
    Payload::record([
        Member::new("to", recipient.digits()),
        // Of another part, which is refused already, the missing text is no second fault.
        Member::new("text", text).from(Origin::In(part, "body")),
        Member::new("reference", message.client_id.as_ref()).at("client_id"),
    ])
}

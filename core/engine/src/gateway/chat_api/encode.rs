//! The calls that send: one for each kind of content.
//!
//! Source: chat-api, "The REST API", sendMessage and sendFile; the `OpenAPI` description of its later
//! clients, sendPTT, sendLocation and sendVCard.

use super::{Configuration, Options, destination, file, vcard};
use crate::gateway::Encoded;
use crate::message::{Contact, Content, Location, Message};
use crate::origin::Origin;
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;
use crate::violation::{Code, Violation};

pub(super) fn encoded<'m>(
    configuration: &Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Encoded<'m> {
    let to = destination::members(recipient, violations);
    let mut members = to
        .map(|(name, value)| Member::new(name, value).at("to"))
        .to_vec();
    let options = message.options.chat_api.as_ref();
    refuse_misplaced(message, options, violations);
    let part = message.content.content_type().as_str();
    let call = match &message.content {
        Content::Text(text) => {
            let quoted = message.context.as_ref().map(|context| &context.message_id);
            let mentioned =
                options.and_then(|options| mentioned(configuration, options, violations));
            members.extend([
                Member::new("body", &text.body).at("text.body"),
                Member::new("quotedMsgId", quoted).at("context.message_id"),
                Member::new("mentionedPhones", mentioned).at("options.chat-api.mentioned_phones"),
            ]);
            &super::SEND_MESSAGE
        }
        Content::Image(media)
        | Content::Audio(media)
        | Content::Video(media)
        | Content::Document(media) => {
            let in_form = options.is_some_and(|options| options.form_data == Some(true));
            members.extend(file::members(media, part, in_form, violations));
            &super::SEND_FILE
        }
        Content::Voice(media) => {
            members.push(file::voice(media, violations));
            &super::SEND_PTT
        }
        Content::Location(location) => {
            members.extend(place(location));
            &super::SEND_LOCATION
        }
        Content::Contacts(contacts) => {
            members.push(card(contacts, violations));
            &super::SEND_VCARD
        }
        // The missing body is not a second fault of a type that is refused already.
        _ => {
            members.push(Member::new("body", None::<&str>).at(part));
            &super::SEND_MESSAGE
        }
    };
    Encoded {
        call,
        payload: Payload::Record(members),
    }
}

/// What one call has and another lacks.
fn refuse_misplaced(message: &Message, options: Option<&Options>, violations: &mut Vec<Violation>) {
    let mut refuse = |path: &str, words: &str| {
        violations.push(Violation::error(Code::Unsupported, path, words));
    };
    if !matches!(message.content, Content::Text(_)) {
        if message.context.is_some() {
            refuse("context", "on chat-api a text alone can answer a message");
        }
        if options.is_some_and(|options| !options.mentioned_phones.is_empty()) {
            let words = "on chat-api a text alone can mention people";
            refuse("options.chat-api.mentioned_phones", words);
        }
    }
    let is_voice = matches!(message.content, Content::Voice(_));
    if is_voice && options.is_some_and(|options| options.form_data == Some(true)) {
        let words = "on chat-api a voice message is never a form";
        refuse("options.chat-api.form_data", words);
    }
}

/// The digits of the numbers; a wrong one is noted and left out.
fn mentioned<'m>(
    configuration: &Configuration,
    options: &Options,
    violations: &mut Vec<Violation>,
) -> Option<Payload<'m>> {
    let reading = wamux_phone::Options {
        region: configuration.region,
        strict: false,
    };
    let phones = options.mentioned_phones.iter().enumerate();
    Payload::list(phones.filter_map(|(position, phone)| {
        match wamux_phone::parse(phone, &reading) {
            Ok(number) => Some(Payload::Text(number.digits().to_owned().into())),
            Err(error) => {
                let path = format!("options.chat-api.mentioned_phones[{position}]");
                violations.push(Violation::error(Code::Invalid, path, error.to_string()));
                None
            }
        }
    }))
}

/// The name of the place stands in the first line of its address.
fn place(location: &Location) -> [Member<'_>; 3] {
    let lines = [location.name.as_deref(), location.address.as_deref()];
    let lines: Vec<&str> = lines.into_iter().flatten().collect();
    [
        Member::new("lat", location.latitude).at("location.latitude"),
        Member::new("lng", location.longitude).at("location.longitude"),
        Member::new("address", (!lines.is_empty()).then(|| lines.join("\n")))
            .at("location.address"),
    ]
}

/// One card: the call has no room for more.
fn card<'m>(contacts: &'m [Contact], violations: &mut Vec<Violation>) -> Member<'m> {
    if contacts.len() > 1 {
        let words = "must have at most 1 item";
        violations.push(Violation::error(Code::TooMany, "contacts", words).with_limit(1));
    }
    let card = contacts
        .first()
        .map(|contact| vcard::write(contact, violations));
    let path = match contacts {
        [] => Origin::At("contacts"),
        _ => Origin::At("contacts[0]"),
    };
    Member::new("vcard", card).from(path)
}

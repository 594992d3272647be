//! Files and voice messages, by link or by their bytes.
//!
//! Source: chat-api, "The REST API", sendFile; the `OpenAPI` description of its later clients,
//! sendPTT.

use super::PROFILE;
use crate::feature::{Feature, is_of_type, unsupported};
use crate::message::{Media, MediaSource};
use crate::origin::Origin;
use crate::payload::{File, IntoPayload, Member, Payload};
use crate::validate::is_mime_type;
use crate::violation::{Code, Violation};

/// The members of sendFile. `in_form` says that bytes go as a form and not as a data URI.
pub(super) fn members<'m>(
    media: &'m Media,
    part: &'static str,
    in_form: bool,
    violations: &mut Vec<Violation>,
) -> [Member<'m>; 3] {
    if part == "audio" && media.caption.is_some() {
        violations.push(unsupported(
            &PROFILE,
            Feature::AudioCaption,
            "audio.caption",
        ));
    }
    [
        content("body", media, part, in_form, violations),
        Member::new("filename", media.filename.as_ref()).from(Origin::In(part, "filename")),
        Member::new("caption", media.caption.as_ref()).from(Origin::In(part, "caption")),
    ]
}

/// What sendPTT takes.
pub(super) const OGG: &str = "audio/ogg";

/// The member of sendPTT, which has neither name nor caption.
pub(super) fn voice<'m>(media: &'m Media, violations: &mut Vec<Violation>) -> Member<'m> {
    if media.filename.is_some() {
        let words = "a voice message of chat-api has no file name";
        violations.push(Violation::error(Code::Unsupported, "voice.filename", words));
    }
    if media.caption.is_some() {
        violations.push(unsupported(
            &PROFILE,
            Feature::AudioCaption,
            "voice.caption",
        ));
    }
    content("audio", media, "voice", false, violations)
}

/// A link as it is, or the bytes with their type.
fn content<'m>(
    name: &'static str,
    media: &'m Media,
    part: &'static str,
    in_form: bool,
    violations: &mut Vec<Violation>,
) -> Member<'m> {
    let (value, source) = match &media.source {
        MediaSource::Link(link) => (link.into_payload(), "link"),
        MediaSource::Id(_) => (None, "link"),
        MediaSource::Data(bytes) => {
            let mut mime_type = mime_type(media, part, violations);
            // A voice message of another type is refused at its `mime_type`, and once is enough.
            if part == "voice" && !is_of_type(&mime_type, OGG) {
                OGG.clone_into(&mut mime_type);
            }
            if bytes.is_empty() {
                let (path, words) = (format!("{part}.data"), "must have at least 1 byte");
                let fault = Violation::error(Code::LengthTooShort, path, words);
                violations.push(fault.with_limit(1));
            }
            let file = File {
                mime_type: mime_type.into(),
                bytes,
                in_form,
            };
            (Some(Payload::File(file)), "data")
        }
    };
    Member::new(name, value).from(Origin::In(part, source))
}

/// The type of bytes, without blanks between its parameters. A fault is noted; the message is
/// refused then, and its bytes may have any type.
fn mime_type(media: &Media, part: &str, violations: &mut Vec<Violation>) -> String {
    let mut refuse = |code, words| {
        violations.push(Violation::error(code, format!("{part}.mime_type"), words));
        "application/octet-stream".to_owned()
    };
    let Some(given) = &media.mime_type else {
        return refuse(
            Code::MustBeNotNull,
            "is missing: chat-api has to know what the bytes are",
        );
    };
    let parts: Vec<&str> = given.split(';').map(str::trim).collect();
    let mime_type = parts.join(";");
    if is_mime_type(&mime_type) {
        mime_type
    } else {
        refuse(Code::Invalid, "must be a MIME type, such as image/jpeg")
    }
}

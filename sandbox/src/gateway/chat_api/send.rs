//! The methods that send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::{is_digits, is_international_number, is_web_address};

/// `message` is an older name of `sendMessage`.
pub(super) const METHODS: [&str; 9] = [
    "sendMessage",
    "message",
    "sendFile",
    "sendPTT",
    "sendLink",
    "sendContact",
    "sendLocation",
    "sendVCard",
    "forwardMessage",
];

/// Checks the body of `method`, which may have been a form; gives the chat that it goes to.
pub(super) fn check(
    method: &str,
    mut request: Object<'_>,
    is_form: bool,
    problems: &mut Problems,
) -> Option<String> {
    let chat = read_chat(&mut request, CHAT_OR_PHONE, problems);
    match method {
        "sendFile" => {
            if is_form && request.get("body").is_some_and(Value::is_object) {
                check_upload(&mut request, problems);
            } else {
                check_file(&mut request, problems);
            }
            request.string("filename", Need::Required, &NOT_EMPTY, problems);
            request.string("caption", Need::Optional, &ANY_LENGTH, problems);
        }
        "sendPTT" => check_voice(&mut request, problems),
        "sendLink" => {
            let address = request.string("body", Need::Required, &ANY_LENGTH, problems);
            if address.is_some_and(|address| !is_web_address(address)) {
                note(
                    problems,
                    Rule::Invalid,
                    "body",
                    "must be an http or https address",
                );
            }
            check_preview(&mut request, problems);
            request.string("title", Need::Required, &NOT_EMPTY, problems);
            request.string("description", Need::Optional, &ANY_LENGTH, problems);
        }
        "sendContact" => check_ids(&mut request, "contactId", is_chat, problems),
        "sendLocation" => check_location(&mut request, problems),
        "sendVCard" => {
            let card = request.string("vcard", Need::Required, &NOT_EMPTY, problems);
            if card.is_some_and(|card| !is_card(card)) {
                note(
                    problems,
                    Rule::Invalid,
                    "vcard",
                    "must be a vCard of version 3.0",
                );
            }
        }
        "forwardMessage" => check_ids(&mut request, "messageId", |id| !id.is_empty(), problems),
        _ => {
            request.string("body", Need::Required, &NOT_EMPTY, problems);
            request.string("quotedMsgId", Need::Optional, &NOT_EMPTY, problems);
            if request.has("mentionedPhones") {
                let is_number = |number: &str| is_international_number(number);
                check_ids(&mut request, "mentionedPhones", is_number, problems);
            }
        }
    }
    request.finish(problems);
    chat
}

/// The names of the two parameters of which a call that goes to a chat has one.
pub(super) const CHAT_OR_PHONE: [&str; 2] = ["chatId", "phone"];

/// Exactly one of a chat's id and a phone number, under these names.
pub(super) fn read_chat(
    request: &mut Object<'_>,
    [chat_name, phone_name]: [&'static str; 2],
    problems: &mut Problems,
) -> Option<String> {
    if request.has(chat_name) == request.has(phone_name) {
        // Both are read, so that only this one problem is noted.
        request.get(chat_name);
        request.get(phone_name);
        let detail = format!("needs one of {chat_name} and {phone_name}");
        note(problems, Rule::Missing, "", detail);
        return None;
    }
    if request.has(phone_name) {
        let phone = read_phone(request, phone_name, problems)?;
        return Some(format!("{phone}@c.us"));
    }
    let chat = request.string(chat_name, Need::Required, &ANY_LENGTH, problems)?;
    if !is_chat(chat) {
        note(
            problems,
            Rule::Invalid,
            chat_name,
            "must be digits and @c.us, or a group's id and @g.us",
        );
    }
    Some(chat.to_owned())
}

/// A phone number, in digits.
pub(super) fn read_phone(
    request: &mut Object<'_>,
    name: &'static str,
    problems: &mut Problems,
) -> Option<String> {
    let phone = phone(request.value(name, Need::Required, problems)?);
    if !is_international_number(&phone) {
        note(
            problems,
            Rule::Invalid,
            name,
            "must be digits that begin with the country code",
        );
    }
    Some(phone)
}

/// The digits of a phone number. The page's samples have a string, its clients a number.
pub(super) fn phone(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// `digits@c.us`, `digits@g.us` or `digits-digits@g.us`.
pub(super) fn is_chat(id: &str) -> bool {
    is_person(id) || is_group(id)
}

/// `digits@c.us`.
pub(super) fn is_person(id: &str) -> bool {
    id.strip_suffix("@c.us").is_some_and(is_digits)
}

/// `digits@g.us` or `digits-digits@g.us`.
pub(super) fn is_group(id: &str) -> bool {
    let Some(group) = id.strip_suffix("@g.us") else {
        return false;
    };
    match group.split_once('-') {
        Some((creator, time)) => is_digits(creator) && is_digits(time),
        None => is_digits(group),
    }
}

/// A file of a form, which must not be empty.
fn check_upload(request: &mut Object<'_>, problems: &mut Problems) {
    let file = request.get("body");
    let size = file.and_then(|file| file.get("size")?.as_u64());
    if size == Some(0) {
        note(problems, Rule::TooShort, "body", "is an empty file");
    }
}

/// A link, or a data URI in base64.
fn check_file(request: &mut Object<'_>, problems: &mut Problems) {
    let file = request.string("body", Need::Required, &NOT_EMPTY, problems);
    if file.is_some_and(|file| !is_web_address(file) && !is_data(file, is_kind)) {
        note(
            problems,
            Rule::Invalid,
            "body",
            "must be an http or https address, or data:<MIME type>;base64,<data>",
        );
    }
}

/// A picture, as a data URI in base64.
fn check_preview(request: &mut Object<'_>, problems: &mut Problems) {
    let picture = request.string("previewBase64", Need::Required, &NOT_EMPTY, problems);
    if picture.is_some_and(|picture| !is_data(picture, is_kind)) {
        let detail = "must be data:<MIME type>;base64,<data>";
        note(problems, Rule::Invalid, "previewBase64", detail);
    }
}

/// Whether a text can be a MIME type.
fn is_kind(text: &str) -> bool {
    text.contains('/')
}

/// A link, or an Ogg file in base64, with or without a data URI around it.
fn check_voice(request: &mut Object<'_>, problems: &mut Problems) {
    let Some(audio) = request.string("audio", Need::Required, &NOT_EMPTY, problems) else {
        return;
    };
    let is_ogg = |kind: &str| {
        let essence = kind.split(';').next().unwrap_or_default();
        essence.eq_ignore_ascii_case("audio/ogg")
    };
    // Every page of an Ogg file begins with these letters (RFC 3533, 6).
    let is_bare = || {
        STANDARD
            .decode(audio)
            .is_ok_and(|bytes| bytes.starts_with(b"OggS"))
    };
    if !is_web_address(audio) && !is_data(audio, is_ogg) && !is_bare() {
        note(
            problems,
            Rule::Invalid,
            "audio",
            "must be an http or https address, or an Ogg file in base64",
        );
    }
}

/// Whether a text is a data URI of a MIME type that passes, with data in base64.
fn is_data(text: &str, is_kind: impl Fn(&str) -> bool) -> bool {
    text.strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
        .is_some_and(|(kind, data)| {
            is_kind(kind) && !data.is_empty() && STANDARD.decode(data).is_ok()
        })
}

/// A string or an array of strings.
fn check_ids(
    request: &mut Object<'_>,
    name: &'static str,
    is_id: impl Fn(&str) -> bool,
    problems: &mut Problems,
) {
    let Some(value) = request.value(name, Need::Required, problems) else {
        return;
    };
    let is_valid = match value {
        Value::String(id) => is_id(id),
        Value::Array(ids) => {
            !ids.is_empty() && ids.iter().all(|id| id.as_str().is_some_and(&is_id))
        }
        _ => false,
    };
    if !is_valid {
        note(
            problems,
            Rule::Invalid,
            name,
            "must be an id or an array of ids",
        );
    }
}

fn check_location(request: &mut Object<'_>, problems: &mut Problems) {
    for (name, bound) in [("lat", 90.0), ("lng", 180.0)] {
        let Some(value) = request.value(name, Need::Required, problems) else {
            continue;
        };
        let is_valid = value
            .as_f64()
            .is_some_and(|degrees| (-bound..=bound).contains(&degrees));
        if !is_valid {
            let detail = format!("must be a number between -{bound} and {bound}");
            note(problems, Rule::Invalid, name, detail);
        }
    }
    request.string("address", Need::Required, &NOT_EMPTY, problems);
}

fn is_card(card: &str) -> bool {
    let mut lines = card.lines().map(str::trim_end);
    card.trim_end().ends_with("END:VCARD")
        && lines.next() == Some("BEGIN:VCARD")
        && lines.any(|line| line == "VERSION:3.0")
}

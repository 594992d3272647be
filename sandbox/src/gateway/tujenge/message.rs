//! The document of `POST /v1/messages`.

use serde_json::Value;

use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::{contains_web_address, is_digits, is_encoded_twice, is_international_number};
use crate::gateway::business::{
    MediaKind, Variant, check_contacts, check_interactive, check_location, check_media,
    check_template,
};

/// The API also names `unknown`, for what it cannot receive; nobody can send that.
const TYPES: [&str; 13] = [
    "audio",
    "contacts",
    "document",
    "hsm",
    "image",
    "interactive",
    "location",
    "reaction",
    "sticker",
    "template",
    "text",
    "video",
    "voice",
];

/// What is said of a link that was percent-encoded twice. It has a code of its own.
pub(super) const ENCODED_TWICE: &str =
    "is percent-encoded twice, so that the file cannot be loaded";

/// The media id that no file has; every other id has one.
const UNKNOWN_MEDIA_ID: &str = "unknown-media";

/// What is said of that id. It has a code of its own.
pub(super) const UNKNOWN_MEDIA: &str = "is not the id of a stored file";

/// Checks a message.
pub(super) fn check_message(mut message: Object<'_>, problems: &mut Problems) {
    let recipient = message.choice(
        "recipient_type",
        Need::Optional,
        &["individual", "group"],
        problems,
    );
    let to = message.string("to", Need::Required, &NOT_EMPTY, problems);
    let is_number = to.is_none_or(|to| to.is_empty() || is_international_number(to));
    if recipient != Some("group") && !is_number {
        note(
            problems,
            Rule::Invalid,
            "to",
            "must be the digits of an international number without leading zeros",
        );
    }
    check_common(&mut message, problems);
    let kind = if message.has("type") {
        message.choice("type", Need::Required, &TYPES, problems)
    } else {
        Some("text")
    };
    // Without a type nothing says which part must stand; the type itself is noted already.
    let Some(kind) = kind else { return };
    check_part(&mut message, kind, problems);
    message.finish(problems);
}

/// The members that go with every type.
fn check_common(message: &mut Object<'_>, problems: &mut Problems) {
    message.boolean("render_mentions", Need::Optional, problems);
    message.string(
        "recipient_identity_key_hash",
        Need::Optional,
        &NOT_EMPTY,
        problems,
    );
    if let Some(mut context) = message.object("context", Need::Optional, problems) {
        context.string("message_id", Need::Required, &NOT_EMPTY, problems);
        context.finish(problems);
    }
    if let Some(ttl) = message.value("ttl", Need::Optional, problems) {
        // A number of seconds, the same as digits, or a duration such as P1D.
        let is_valid = match ttl {
            Value::Number(seconds) => seconds.as_u64().is_some_and(|seconds| seconds > 0),
            Value::String(text) => is_digits(text) || is_duration(text),
            _ => false,
        };
        if !is_valid {
            note(
                problems,
                Rule::Invalid,
                "ttl",
                "must be whole seconds or a duration such as P1D",
            );
        }
    }
}

/// `P`, then numbers with units.
fn is_duration(text: &str) -> bool {
    text.strip_prefix('P').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit() || first == 'T')
            && rest.ends_with(['D', 'H', 'M', 'S', 'W'])
            && rest
                .chars()
                .all(|character| character.is_ascii_digit() || "DHMSTW".contains(character))
    })
}

/// Checks the part that the type names.
fn check_part(message: &mut Object<'_>, kind: &str, problems: &mut Problems) {
    match kind {
        "text" => check_text(message, problems),
        "contacts" => {
            let contacts = message.array("contacts", Need::Required, usize::MAX, problems);
            check_contacts(contacts, Variant::OnPremises, problems);
        }
        "location" => {
            if let Some(location) = message.object("location", Need::Required, problems) {
                check_location(location, Variant::OnPremises, problems);
            }
        }
        "template" => {
            if let Some(template) = message.object("template", Need::Required, problems) {
                check_template(template, Variant::OnPremises, problems);
            }
        }
        "interactive" => {
            if let Some(interactive) = message.object("interactive", Need::Required, problems) {
                check_interactive(interactive, Variant::OnPremises, problems);
            }
        }
        "reaction" => {
            if let Some(mut reaction) = message.object("reaction", Need::Required, problems) {
                reaction.string("message_id", Need::Required, &NOT_EMPTY, problems);
                // An empty emoji takes the reaction back.
                reaction.string("emoji", Need::Required, &ANY_LENGTH, problems);
                reaction.finish(problems);
            }
        }
        "hsm" => {
            if let Some(hsm) = message.object("hsm", Need::Required, problems) {
                check_hsm(hsm, problems);
            }
        }
        media => {
            if let Some(media) = MediaKind::named(media) {
                check_media_part(message, media, problems);
            }
        }
    }
}

fn check_text(message: &mut Object<'_>, problems: &mut Problems) {
    let preview = message.boolean("preview_url", Need::Optional, problems);
    let Some(mut text) = message.object("text", Need::Required, problems) else {
        return;
    };
    let body = text.string("body", Need::Required, &(1..=4096), problems);
    if preview == Some(true) && body.is_some_and(|body| !contains_web_address(body)) {
        note(
            problems,
            Rule::Invalid,
            "preview_url",
            "needs an address with the scheme http or https in the text",
        );
    }
    text.finish(problems);
}

fn check_media_part(message: &mut Object<'_>, kind: MediaKind, problems: &mut Problems) {
    let link = message
        .get(kind.name())
        .and_then(|media| media.get("link")?.as_str());
    if link.is_some_and(is_encoded_twice) {
        let path = format!("{}.link", kind.name());
        note(problems, Rule::Invalid, path, ENCODED_TWICE);
    }
    let id = message
        .get(kind.name())
        .and_then(|media| media.get("id")?.as_str());
    if id == Some(UNKNOWN_MEDIA_ID) {
        let path = format!("{}.id", kind.name());
        note(problems, Rule::Invalid, path, UNKNOWN_MEDIA);
    }
    if let Some(media) = message.object(kind.name(), Need::Required, problems) {
        check_media(media, kind, Variant::OnPremises, problems);
    }
}

/// The older form of a template.
fn check_hsm(mut hsm: Object<'_>, problems: &mut Problems) {
    hsm.string("namespace", Need::Required, &NOT_EMPTY, problems);
    hsm.string("element_name", Need::Required, &(1..=512), problems);
    if let Some(mut language) = hsm.object("language", Need::Required, problems) {
        let policies = ["fallback", "deterministic"];
        language.choice("policy", Need::Required, &policies, problems);
        language.string("code", Need::Required, &NOT_EMPTY, problems);
        language.finish(problems);
    }
    for (path, value) in hsm.array("localizable_params", Need::Optional, usize::MAX, problems) {
        let Some(mut parameter) = Object::new(value, path, problems) else {
            continue;
        };
        parameter.string("default", Need::Required, &ANY_LENGTH, problems);
        if let Some(mut currency) = parameter.object("currency", Need::Optional, problems) {
            currency.string("currency_code", Need::Required, &(3..=3), problems);
            let any = i64::MIN..=i64::MAX;
            currency.integer("amount_1000", Need::Required, &any, problems);
            currency.finish(problems);
        }
        if let Some(mut date_time) = parameter.object("date_time", Need::Optional, problems) {
            check_hsm_date_time(&mut date_time, problems);
            date_time.finish(problems);
        }
        parameter.finish(problems);
    }
    hsm.finish(problems);
}

/// Components or an epoch; the components have no published limits.
fn check_hsm_date_time(date_time: &mut Object<'_>, problems: &mut Problems) {
    if date_time.has("component") == date_time.has("unix_epoch") {
        date_time.get("component");
        date_time.get("unix_epoch");
        let detail = "needs one of component and unix_epoch";
        note(problems, Rule::Missing, date_time.path(), detail);
        return;
    }
    date_time.object("component", Need::Optional, problems);
    if let Some(mut epoch) = date_time.object("unix_epoch", Need::Optional, problems) {
        epoch.integer("timestamp", Need::Required, &(0..=i64::MAX), problems);
        epoch.finish(problems);
    }
}

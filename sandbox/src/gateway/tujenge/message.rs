//! The document of `POST /v1/messages`.

use jiff::Span;
use serde_json::Value;

use crate::check::{ANY_LENGTH, ANY_NUMBER, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::{contains_web_address, is_digits, is_international_number};
use crate::gateway::business::{
    MediaKind, Variant, check_contacts, check_date_components, check_interactive, check_location,
    check_media, check_rest_of_date, check_template,
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

/// Checks a message.
pub(super) fn check_message(mut message: Object<'_>, problems: &mut Problems) {
    let recipient = message.choice(
        "recipient_type",
        Need::Optional,
        &["individual", "group"],
        problems,
    );
    let to = message.string("to", Need::Required, &NOT_EMPTY, problems);
    let digits = to.map(|to| to.strip_prefix('+').unwrap_or(to));
    let is_number = to == Some("") || digits.is_none_or(is_international_number);
    if recipient != Some("group") && !is_number {
        note(
            problems,
            Rule::Invalid,
            "to",
            "must be an international number, its digits without leading zeros",
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
    message.plain_strings(&["recipient_identity_key_hash"], problems);
    if let Some(mut context) = message.object("context", Need::Optional, problems) {
        context.string("message_id", Need::Required, &NOT_EMPTY, problems);
        context.finish(problems);
    }
    if let Some(ttl) = message.value("ttl", Need::Optional, problems) {
        // A number of seconds, the same as digits, or a duration such as P1D.
        let is_valid = match ttl {
            Value::Number(seconds) => seconds.as_u64().is_some_and(|seconds| seconds > 0),
            Value::String(text) => is_seconds(text) || is_duration(text),
            _ => false,
        };
        if !is_valid {
            note(
                problems,
                Rule::Invalid,
                "ttl",
                "must be whole seconds above zero or a duration such as P1D",
            );
        }
    }
}

/// Digits that are not all zeros.
fn is_seconds(text: &str) -> bool {
    is_digits(text) && has_number(text)
}

fn has_number(text: &str) -> bool {
    text.contains(|digit: char| ('1'..='9').contains(&digit))
}

/// A duration of ISO 8601 in whole numbers and capital letters, longer than nothing.
fn is_duration(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && text.starts_with('P')
        && has_number(text)
        && text.parse::<Span>().is_ok()
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
            if let Some(kind) = MediaKind::named(media)
                && let Some(media) = message.object(kind.name(), Need::Required, problems)
            {
                check_media(media, kind, Variant::OnPremises, problems);
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
        // A template's content has at most 1024 characters.
        parameter.string("default", Need::Required, &(1..=1024), problems);
        if parameter.has("currency") && parameter.has("date_time") {
            let detail = "is an amount or a date, not both";
            note(problems, Rule::Invalid, parameter.path(), detail);
        }
        if let Some(mut currency) = parameter.object("currency", Need::Optional, problems) {
            currency.string("currency_code", Need::Required, &(3..=3), problems);
            currency.integer("amount_1000", Need::Required, &ANY_NUMBER, problems);
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

/// Components or an epoch.
fn check_hsm_date_time(date_time: &mut Object<'_>, problems: &mut Problems) {
    if date_time.has("component") == date_time.has("unix_epoch") {
        date_time.get("component");
        date_time.get("unix_epoch");
        let detail = "needs one of component and unix_epoch";
        note(problems, Rule::Missing, date_time.path(), detail);
        return;
    }
    if let Some(mut component) = date_time.object("component", Need::Optional, problems) {
        check_component(&mut component, problems);
        component.finish(problems);
    }
    if let Some(mut epoch) = date_time.object("unix_epoch", Need::Optional, problems) {
        epoch.integer("timestamp", Need::Required, &ANY_NUMBER, problems);
        epoch.finish(problems);
    }
}

/// The parts of a date. The day of the week alone may be a string, too.
fn check_component(component: &mut Object<'_>, problems: &mut Problems) {
    let day = component.get("day_of_week").and_then(Value::as_str);
    let Some(day) = day else {
        if !check_date_components(component, problems) {
            note(
                problems,
                Rule::Missing,
                component.path(),
                "must have a part",
            );
        }
        return;
    };
    if !matches!(day, "1" | "2" | "3" | "4" | "5" | "6" | "7") {
        let path = component.path_of("day_of_week");
        note(problems, Rule::Invalid, path, "must lie between 1 and 7");
    }
    check_rest_of_date(component, problems);
}

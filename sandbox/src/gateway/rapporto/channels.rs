//! What a message says on its channel: `data`.

use std::ops::RangeInclusive;

use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, check_web_address, note};

/// The channels that a cascade goes over. The vendor's own generator writes the first as `WhatsApp`.
pub(super) const CHANNELS: [&str; 8] = [
    "WHATSAPP",
    "WhatsApp",
    "FLASHINGCALL",
    "PUSH",
    "SMS",
    "TELEGRAM",
    "VIBER",
    "VK",
];

/// The channel of a message without a cascade.
pub(super) const WHATSAPP: [&str; 2] = ["WHATSAPP", "WhatsApp"];

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// Lifetimes in minutes that a WhatsApp message may have where no unit stands.
const MINUTES: [i64; 7] = [1440, 2880, 4320, 5760, 7200, 8640, 10080];

/// Checks the `data` of a message that goes over `channel`. Each channel has a page of its own.
pub(super) fn check_data(mut data: Object<'_>, channel: &str, problems: &mut Problems) {
    match channel {
        "FLASHINGCALL" => {
            let text = data.string("text", Need::Required, &(1..=2000), problems);
            if text.is_some_and(|text| !text.is_empty() && !has_call_code(text)) {
                let detail = "must have a code of four or six digits";
                note(problems, Rule::Invalid, data.path_of("text"), detail);
            }
            // In minutes, and without a unit.
            data.integer("ttl", Need::Optional, &(0..=5), problems);
        }
        "PUSH" => {
            data.string("text", Need::Required, &(1..=1000), problems);
            data.string("title", Need::Optional, &(0..=80), problems);
            if let Some(mut content) = data.object("content", Need::Optional, problems) {
                let kinds = ["IMAGE", "HTML"];
                content.choice("contentCategory", Need::Optional, &kinds, problems);
                check_address(&mut content, "contentUrl", Need::Optional, problems);
            }
            check_sender_and_lifetime(&mut data, &(30..=DAY), problems);
            // An app has parameters of its own.
            return;
        }
        "SMS" => {
            data.string("text", Need::Required, &(1..=2000), problems);
            check_sender_and_lifetime(&mut data, &(MINUTE..=2 * DAY), problems);
        }
        "TELEGRAM" => {
            data.string("text", Need::Required, &(1..=1000), problems);
            check_address(&mut data, "link", Need::Optional, problems);
            data.string("link", Need::Optional, &(0..=256), problems);
            check_sender_and_lifetime(&mut data, &(30..=DAY), problems);
        }
        "VIBER" => {
            if let Some(content) = data.object("instantContent", Need::Required, problems) {
                check_content(content, &["TEXT", "IMAGE_URL", "BUTTON"], problems);
            }
            check_sender_and_lifetime(&mut data, &(30..=DAY), problems);
        }
        "VK" => {
            data.string("text", Need::Required, &(1..=2000), problems);
            data.value("serviceNumber", Need::Required, problems);
            check_sender_and_lifetime(&mut data, &(MINUTE..=DAY), problems);
        }
        _ => {
            if let Some(content) = data.object("instantContent", Need::Required, problems) {
                check_content(content, &["TEXT", "IMAGE_URL"], problems);
            }
            let unit = data.has("ttlUnit");
            let ttl = check_sender_and_lifetime(&mut data, &(0..=i64::MAX), problems);
            // The list of values stands without a unit; the cascade sample, with one, counts freely.
            if !unit && ttl.is_some_and(|ttl| ttl != 0 && !MINUTES.contains(&ttl)) {
                let detail = "must be one to seven days in minutes";
                note(problems, Rule::Invalid, data.path_of("ttl"), detail);
            }
        }
    }
    data.finish(problems);
}

/// Whether a text has a number of four or six digits.
fn has_call_code(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit())
        .any(|digits| matches!(digits.len(), 4 | 6))
}

/// Checks the sender and the lifetime, whose limits are in seconds; gives the lifetime as it stands. 0 is the
/// account's own.
fn check_sender_and_lifetime(
    data: &mut Object<'_>,
    limits: &RangeInclusive<i64>,
    problems: &mut Problems,
) -> Option<i64> {
    data.string("serviceNumber", Need::Optional, &NOT_EMPTY, problems);
    let units = ["SECONDS", "MINUTES", "HOURS"];
    let unit = data.choice("ttlUnit", Need::Optional, &units, problems);
    if unit.is_some() && !data.has("ttl") {
        let detail = "goes with a ttl alone";
        note(problems, Rule::Invalid, data.path_of("ttlUnit"), detail);
    }
    let ttl = data.integer("ttl", Need::Optional, &(0..=i64::MAX), problems)?;
    let seconds = match unit {
        Some("SECONDS") => ttl,
        Some("HOURS") => ttl.saturating_mul(60 * MINUTE),
        _ => ttl.saturating_mul(MINUTE),
    };
    if ttl != 0 && !limits.contains(&seconds) {
        let (least, most) = (limits.start(), limits.end());
        let detail = format!("must be {least} to {most} seconds");
        note(problems, Rule::Invalid, data.path_of("ttl"), detail);
    }
    Some(ttl)
}

/// Checks a text, a picture, or a text with a button. What does not belong to the type is left unread and so refused.
fn check_content(mut content: Object<'_>, kinds: &[&str], problems: &mut Problems) {
    let kind = content.choice("type", Need::Required, kinds, problems);
    if let (Some(kind), Some(mut data)) = (kind, content.object("data", Need::Required, problems)) {
        if kind != "IMAGE_URL" {
            data.string("text", Need::Required, &(1..=1000), problems);
        }
        match kind {
            "TEXT" => {}
            "IMAGE_URL" => check_address(&mut data, "imageURL", Need::Required, problems),
            _ => {
                check_address(&mut data, "imageURL", Need::Optional, problems);
                check_button(&mut data, problems);
            }
        }
        data.finish(problems);
    }
    content.finish(problems);
}

/// The button's name and where it leads (Rapporto, Viber).
fn check_button(data: &mut Object<'_>, problems: &mut Problems) {
    const SCHEMES: [&str; 5] = ["http://", "https://", "viber://", "mailto:", "tel:"];
    data.string("caption", Need::Required, &(1..=30), problems);
    let action = data.string("action", Need::Required, &(0..=2048), problems);
    if action.is_some_and(|action| !SCHEMES.iter().any(|scheme| action.starts_with(scheme))) {
        let detail = format!("must begin with one of {}", SCHEMES.join(", "));
        note(problems, Rule::Invalid, data.path_of("action"), detail);
    }
}

fn check_address(data: &mut Object<'_>, name: &'static str, need: Need, problems: &mut Problems) {
    if let Some(address) = data.string(name, need, &ANY_LENGTH, problems) {
        check_web_address(address, &data.path_of(name), problems);
    }
}

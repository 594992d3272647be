//! The objects that Devino v2 and the On-Premises Business API share, read with the differences of each.

mod contacts;
mod interactive;
mod media;
mod template;

use serde_json::Value;

pub(super) use contacts::check_contacts;
pub(super) use interactive::check_interactive;
pub(super) use media::{ENCODED_TWICE, MediaKind, UNKNOWN_MEDIA, UNKNOWN_MEDIA_ID, check_media};
pub(super) use template::check_template;

use crate::check::{ANY_NUMBER, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::is_digits;

/// Where the dialects differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// Devino, Direct WA API: media by link alone, flat reply buttons are as good as nested ones.
    Devino,
    /// Tujenge and other hosts of the On-Premises API: media also by id, a template has a namespace, a list has at
    /// most ten rows over all its sections.
    OnPremises,
}

/// Checks a location.
pub(super) fn check_location(mut location: Object<'_>, variant: Variant, problems: &mut Problems) {
    for (name, bound) in [("longitude", 180.0), ("latitude", 90.0)] {
        let Some(value) = location.value(name, Need::Required, problems) else {
            continue;
        };
        let number = match value {
            // The On-Premises description types both as strings; its hosts take numbers too.
            Value::String(text) if variant == Variant::OnPremises => degrees(text),
            other => other.as_f64(),
        };
        match number {
            None => note(
                problems,
                Rule::WrongType,
                location.path_of(name),
                "must be a number",
            ),
            Some(degrees) if !(-bound..=bound).contains(&degrees) => note(
                problems,
                Rule::Invalid,
                location.path_of(name),
                format!("must lie between -{bound} and {bound}"),
            ),
            Some(_) => {}
        }
    }
    location.plain_strings(&["name", "address"], problems);
    location.finish(problems);
}

/// The number that a text writes in plain decimals.
fn degrees(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_plain = whole == "0" || !whole.starts_with('0');
    (is_plain && is_digits(whole) && is_digits(fraction)).then(|| text.parse().ok())?
}

/// Checks a `{"text": …}` object such as an interactive body or footer.
fn check_text_object(mut object: Object<'_>, most: usize, problems: &mut Problems) {
    object.string("text", Need::Required, &(1..=most), problems);
    object.finish(problems);
}

/// Checks the amount of a template parameter.
fn check_currency(mut currency: Object<'_>, problems: &mut Problems) {
    currency.string("fallback_value", Need::Required, &NOT_EMPTY, problems);
    currency.string("code", Need::Required, &(3..=3), problems);
    currency.integer("amount_1000", Need::Required, &ANY_NUMBER, problems);
    currency.finish(problems);
}

/// Reads the parts of a date; gives whether there are any.
pub(super) fn check_date_components(date: &mut Object<'_>, problems: &mut Problems) -> bool {
    let has_day = date.has("day_of_week");
    date.integer("day_of_week", Need::Optional, &(1..=7), problems);
    check_rest_of_date(date, problems) || has_day
}

/// The parts besides the day of the week.
pub(super) fn check_rest_of_date(date: &mut Object<'_>, problems: &mut Problems) -> bool {
    let mut has_components = false;
    for (name, range) in [
        ("day_of_month", 1..=31),
        ("year", ANY_NUMBER),
        ("month", 1..=12),
        ("hour", 0..=23),
        ("minute", 0..=59),
    ] {
        has_components |= date.has(name);
        date.integer(name, Need::Optional, &range, problems);
    }
    has_components
}

/// Checks the date of a template parameter: components or a timestamp, not both.
fn check_date_time(mut date_time: Object<'_>, problems: &mut Problems) {
    date_time.string("fallback_value", Need::Required, &NOT_EMPTY, problems);
    let has_components = check_date_components(&mut date_time, problems);
    let timestamp = date_time.integer("timestamp", Need::Optional, &ANY_NUMBER, problems);
    if has_components && timestamp.is_some() {
        note(
            problems,
            Rule::Invalid,
            date_time.path(),
            "has a timestamp and components; one of both is enough",
        );
    }
    date_time.finish(problems);
}

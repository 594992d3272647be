//! The request's document.

use jiff::Timestamp;
use jiff::civil::Time;

use super::channels::{CHANNELS, WHATSAPP, check_data};
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::{is_digits, is_web_address};

/// Checks the whole document. The credentials are judged elsewhere.
pub(super) fn check_request(mut request: Object<'_>, problems: &mut Problems) {
    for name in ["login", "password"] {
        request.string(name, Need::Required, &NOT_EMPTY, problems);
    }
    for name in ["useTimeDiff", "shortenLinks"] {
        request.boolean(name, Need::Optional, problems);
    }
    request.string("id", Need::Optional, &ANY_LENGTH, problems);
    if let Some(schedule) = request.object("scheduleInfo", Need::Optional, problems) {
        check_schedule(schedule, problems);
    }
    let address = request.string("destAddr", Need::Required, &ANY_LENGTH, problems);
    if address.is_some_and(|address| !is_destination(address)) {
        note(
            problems,
            Rule::Invalid,
            "destAddr",
            "must be a phone number such as 72101234567, +72101234567 or 8-210-123-45-67",
        );
    }
    // The page of WhatsApp has its own type alone; a cascade may begin with any.
    let channels: &[&str] = if request.has("cascadeChainLink") {
        &CHANNELS
    } else {
        &WHATSAPP
    };
    let channel = request
        .object("message", Need::Required, problems)
        .and_then(|message| check_message(message, channels, problems));
    let extra = request.string("extraParam", Need::Optional, &ANY_LENGTH, problems);
    if extra.is_some_and(|extra| !is_list_of_parameters(extra)) {
        note(
            problems,
            Rule::Invalid,
            "extraParam",
            "must be name=value pairs between commas; a comma inside a value is doubled",
        );
    }
    request.integer("registeredDelivery", Need::Optional, &(0..=2), problems);
    check_notify_url(&mut request, problems);
    if let Some(link) = request.object("cascadeChainLink", Need::Optional, problems) {
        check_cascade(link, channel, problems);
    }
    request.finish(problems);
}

/// Digits, dashes, and one leading plus.
fn is_destination(address: &str) -> bool {
    let unsigned = address.strip_prefix('+').unwrap_or(address);
    let digits = unsigned.replace('-', "");
    unsigned.split('-').all(is_digits) && (7..=15).contains(&digits.len())
}

fn check_schedule(mut schedule: Object<'_>, problems: &mut Problems) {
    for name in ["timeBegin", "timeEnd"] {
        let time = schedule.string(name, Need::Optional, &ANY_LENGTH, problems);
        if time.is_some_and(|time| time.len() != 5 || Time::strptime("%H:%M", time).is_err()) {
            note(
                problems,
                Rule::Invalid,
                schedule.path_of(name),
                "must be a time written HH:MM",
            );
        }
    }
    let weekdays = schedule.string("weekdaysSchedule", Need::Optional, &(0..=7), problems);
    if weekdays.is_some_and(|days| !days.bytes().all(|day| (b'1'..=b'7').contains(&day))) {
        note(
            problems,
            Rule::Invalid,
            schedule.path_of("weekdaysSchedule"),
            "must be digits from 1 (Monday) to 7 (Sunday)",
        );
    }
    let deadline = schedule.string("deadline", Need::Optional, &ANY_LENGTH, problems);
    if deadline.is_some_and(|deadline| {
        // The vendor writes an offset without a colon, and reads one with it.
        let form = match deadline.len() {
            24 => "%Y-%m-%dT%H:%M:%S%z",
            _ => "%Y-%m-%dT%H:%M:%S%:z",
        };
        let is_plain = deadline.len() <= 25 && deadline.starts_with(|c: char| c.is_ascii_digit());
        !is_plain || Timestamp::strptime(form, deadline).is_err()
    }) {
        note(
            problems,
            Rule::Invalid,
            schedule.path_of("deadline"),
            "must be a time such as 2019-05-10T16:29:30+0300",
        );
    }
    schedule.finish(problems);
}

/// Checks a message; gives its channel.
fn check_message<'a>(
    mut message: Object<'a>,
    channels: &[&str],
    problems: &mut Problems,
) -> Option<&'a str> {
    let channel = message.choice("type", Need::Required, channels, problems)?;
    // A cascade has the switch in each message.
    message.boolean("shortenLinks", Need::Optional, problems);
    if let Some(data) = message.object("data", Need::Required, problems) {
        check_data(data, channel, problems);
    }
    message.finish(problems);
    Some(channel)
}

/// `name=value,name=value`. A doubled comma is a comma of the value.
fn is_list_of_parameters(text: &str) -> bool {
    text.replace(",,", " ").split(',').all(|pair| {
        pair.split_once('=')
            .is_some_and(|(name, _)| !name.trim().is_empty())
    })
}

fn check_notify_url(request: &mut Object<'_>, problems: &mut Problems) {
    let Some(url) = request.string("notifyUrl", Need::Optional, &(1..=2048), problems) else {
        return;
    };
    let is_address = if url.contains("://") {
        is_web_address(url)
    } else {
        is_web_address(&format!("http://{url}"))
    };
    if !is_address && !url.is_empty() {
        note(
            problems,
            Rule::Invalid,
            "notifyUrl",
            "must be a host name or an address with the scheme http or https",
        );
    }
}

/// Checks a link and all that follow. `previous` is the channel that the link's state speaks of.
fn check_cascade(mut link: Object<'_>, previous: Option<&str>, problems: &mut Problems) {
    // A flashing call cannot be read.
    let states: &[&str] = if previous == Some("FLASHINGCALL") {
        &["DELIVERED"]
    } else {
        &["DELIVERED", "READ"]
    };
    link.choice("state", Need::Required, states, problems);
    let channel = link
        .object("message", Need::Required, problems)
        .and_then(|message| check_message(message, &CHANNELS, problems));
    if let Some(next) = link.object("nextLink", Need::Optional, problems) {
        check_cascade(next, channel, problems);
    }
    link.finish(problems);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_of_the_page() {
        for address in [
            "72101234567",
            "+72101234567",
            "8-210-123-45-67",
            "82101234567",
        ] {
            assert!(is_destination(address), "{address}");
        }
        for address in [
            "",
            "+",
            "7210",
            "7 210 123 45 67",
            "++72101234567",
            "-72101234567",
            "8--210-123-45-67",
            "72101234567-",
        ] {
            assert!(!is_destination(address), "{address}");
        }
    }

    #[test]
    fn extra_parameters_double_their_commas() {
        assert!(is_list_of_parameters(
            "name=a-2,place=53.80,, 58.63,from=23.02.09"
        ));
        assert!(!is_list_of_parameters("name"));
        assert!(!is_list_of_parameters("name=a, b"));
        assert!(!is_list_of_parameters(""));
    }
}

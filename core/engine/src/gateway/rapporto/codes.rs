//! Rapporto's codes: errors in answers, and the reasons in delivery reports.
//!
//! Sources: Rapporto, "WhatsApp Message Sending", table "Error Codes", and "Delivery statuses",
//! the reasons of WhatsApp and of the other channels of a cascade.

use crate::code::{Place, Row};
use crate::error::{Delivery, Kind};

/// Every code.
pub(super) static CODES: &[&[Row]] = &[ANSWERS, REASONS];

const fn answer(
    code: &'static str,
    http_status: u16,
    kind: Kind,
    retryable: bool,
    title: &'static str,
    advice: &'static str,
) -> Row {
    // Code 100 comes with HTTP 500 and no text: the message may have been taken.
    let delivery = if http_status == 500 {
        Delivery::Unknown
    } else {
        Delivery::NotSent
    };
    Row {
        code,
        reference: None,
        places: &[Place::Answer],
        http_status: Some(http_status),
        title,
        kind,
        retryable,
        delivery: Some(delivery),
        advice,
    }
}

const fn reason(code: &'static str, kind: Kind, title: &'static str, advice: &'static str) -> Row {
    Row {
        code,
        reference: None,
        places: &[Place::Status],
        http_status: None,
        title,
        kind,
        retryable: false,
        delivery: None,
        advice,
    }
}

/// A reason of the PUSH channel, where the partner's own app is told.
const fn push_reason(code: &'static str, title: &'static str, advice: &'static str) -> Row {
    reason(code, Kind::Rejected, title, advice)
}

static ANSWERS: &[Row] = &[
    answer(
        "1",
        503,
        Kind::Unavailable,
        true,
        "the service is unavailable",
        "Send again later.",
    ),
    answer(
        "2",
        403,
        Kind::Permission,
        false,
        "the IP address is not allowed",
        "Have Rapporto add this server's address to the account's list.",
    ),
    answer(
        "3",
        429,
        Kind::RateLimited,
        true,
        "too many connections",
        "Send again later, over fewer connections.",
    ),
    answer(
        "4",
        400,
        Kind::Validation,
        false,
        "the request is not correct",
        "Correct what the gateway's own words name.",
    ),
    answer(
        "5",
        401,
        Kind::Authentication,
        false,
        "the login is wrong",
        "Correct the setting `login`.",
    ),
    answer(
        "6",
        401,
        Kind::Authentication,
        false,
        "the password is wrong",
        "Correct the setting `password`.",
    ),
    answer(
        "7",
        400,
        Kind::Sender,
        false,
        "the sender is not defined",
        "Give the message a `from` that Rapporto has set up for the account.",
    ),
    answer(
        "8",
        406,
        Kind::Recipient,
        false,
        "the recipient's number is not correct",
        "Correct the recipient's number.",
    ),
    answer(
        "9",
        406,
        Kind::Validation,
        false,
        "the message type is not correct",
        "Use a type that the account has.",
    ),
    answer(
        "10",
        409,
        Kind::Duplicate,
        false,
        "sending duplicates is prohibited",
        "Nothing to do: a message with this id was sent before.",
    ),
    answer(
        "11",
        406,
        Kind::Validation,
        false,
        "the lifetime is wrong",
        "Use one to seven whole days, or a unit that the account has.",
    ),
    answer(
        "100",
        500,
        Kind::Unavailable,
        true,
        "an internal error that Rapporto does not name",
        "Find out whether the message arrived before it is sent again.",
    ),
];

static REASONS: &[Row] = &[
    reason(
        "1",
        Kind::Rejected,
        "unknown",
        "Ask Rapporto's support, with the message's id.",
    ),
    reason(
        "2",
        Kind::Rejected,
        "the subscriber is absent",
        "Send again when the subscriber can be reached.",
    ),
    reason(
        "3",
        Kind::Rejected,
        "the call is barred",
        "Reach the recipient another way.",
    ),
    reason(
        "4",
        Kind::Rejected,
        "failure",
        "Ask Rapporto's support, with the message's id.",
    ),
    reason(
        "5",
        Kind::Rejected,
        "the phone's memory is full",
        "Send again later.",
    ),
    reason(
        "6",
        Kind::Rejected,
        "the service is not provided to the recipient",
        "Reach the recipient another way.",
    ),
    reason(
        "7",
        Kind::Timeout,
        "the message's lifetime ended before it was delivered",
        "Send again if the message still matters.",
    ),
    reason(
        "8",
        Kind::Rejected,
        "the subscriber is unknown",
        "Check the recipient's number.",
    ),
    reason(
        "9",
        Kind::Rejected,
        "a duplicate",
        "Nothing to do: the same message was sent before.",
    ),
    reason(
        "10",
        Kind::Rejected,
        "the message was filtered",
        "Change the text, and write only to people who agreed to it.",
    ),
    reason(
        "11",
        Kind::Rejected,
        "no route to the recipient",
        "Reach the recipient another way.",
    ),
    reason(
        "12",
        Kind::Rejected,
        "the operator has the recipient on a block list",
        "Reach the recipient another way.",
    ),
    reason(
        "13",
        Kind::Rejected,
        "the operator does not accept the sender",
        "Use another sender.",
    ),
    reason(
        "14",
        Kind::Rejected,
        "the operator's spam filter",
        "Change the text, and write only to people who agreed to it.",
    ),
    reason(
        "16",
        Kind::Rejected,
        "the line is busy",
        "Send again later.",
    ),
    push_reason(
        "18",
        "push: the parameters are wrong or incomplete",
        "Correct the link of the cascade.",
    ),
    push_reason(
        "19",
        "push: no card of the subscriber's id",
        "Check the subscriber's id in the app's data.",
    ),
    push_reason(
        "20",
        "push: no card of the subscriber's number",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "21",
        "push: the device is not the main one",
        "Send to all devices, or over another channel.",
    ),
    push_reason(
        "22",
        "push: the app is not active on the device",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "23",
        "push: the recipient forbids notifications in the app",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "24",
        "push: the recipient forbids notifications in the system",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "25",
        "push: the app lacks the subscriptions that were named",
        "Name subscriptions that the app has.",
    ),
    push_reason(
        "26",
        "push: the app is not installed",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "27",
        "push: the app is older than the least version",
        "Reach the recipient over another channel.",
    ),
    push_reason(
        "28",
        "push: the notification provider refused",
        "Ask Rapporto's support, with the message's id.",
    ),
];

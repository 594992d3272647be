//! chat-api's failures. It has no numbers for them; the code is the member that tells of the
//! failure.
//!
//! Source: chat-api, "The REST API", the answers of its calls and those of its public clients.

use crate::code::{Place, Row};
use crate::error::{Delivery, Kind};

/// The answer's `sent` is false.
pub(super) const NOT_SENT: &str = "sent:false";
/// The answer has an `error`.
pub(super) const ERROR: &str = "error";
/// The answer's `result` is `failed`.
pub(super) const FAILED: &str = "result:failed";

/// Every code.
pub(super) static CODES: &[&[Row]] = &[FAILURES];

const fn failure(code: &'static str, title: &'static str) -> Row {
    Row {
        code,
        reference: None,
        places: &[Place::Answer],
        http_status: Some(200),
        title,
        kind: Kind::Rejected,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice: "Read the gateway's own words: they name the cause.",
    }
}

static FAILURES: &[Row] = &[
    failure(NOT_SENT, "the message was not queued"),
    failure(ERROR, "the call failed"),
    failure(FAILED, "the call failed"),
    Row {
        code: "401",
        reference: None,
        places: &[Place::Answer],
        http_status: Some(401),
        title: "the token is missing or wrong",
        kind: Kind::Authentication,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice: "Correct the setting `token`.",
    },
];

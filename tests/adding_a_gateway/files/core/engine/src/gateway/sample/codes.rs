//! The sample's codes, all of them in answers.
//!
//! Source: Sample, "Messages", table "Failures".

use crate::code::{Place, Row};
use crate::error::{Delivery, Kind};

/// Every code.
pub(super) static CODES: &[&[Row]] = &[ANSWERS];

static ANSWERS: &[Row] = &[
    Row {
        code: "10",
        reference: None,
        places: &[Place::Answer],
        http_status: Some(400),
        title: "the request is not correct",
        kind: Kind::Validation,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice: "Correct what the gateway's own words name.",
    },
    Row {
        code: "20",
        reference: None,
        places: &[Place::Answer],
        http_status: Some(404),
        title: "the recipient is not on WhatsApp",
        kind: Kind::Recipient,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice: "Reach the recipient another way.",
    },
    Row {
        code: "30",
        reference: None,
        places: &[Place::Answer],
        http_status: Some(429),
        title: "too many messages in a second",
        kind: Kind::RateLimited,
        retryable: true,
        delivery: Some(Delivery::NotSent),
        advice: "Send again later, and more slowly.",
    },
];

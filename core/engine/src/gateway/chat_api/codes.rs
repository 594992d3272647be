//! chat-api's failures. It has no numbers for them; the code is the member that tells of the
//! failure, and its words can name a cause.
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

/// The causes that the words of a failure name: what is looked for, in lower case, and the
/// reference of the row. Phrases, since a single word such as `limit` or `phone` stands in failures
/// of every kind; what none of them fits has no cause.
const CAUSES: &[(&str, &str)] = &[
    ("wrong token", TOKEN),
    ("token is", TOKEN),
    ("provide token", TOKEN),
    ("too many", LIMIT),
    ("rate limit", LIMIT),
    ("messages limit", LIMIT),
    ("wrong phone", RECIPIENT),
    ("wrong chat", RECIPIENT),
    ("invalid phone", RECIPIENT),
    ("invalid chat", RECIPIENT),
    ("not paid", PAYMENT),
    ("unpaid", PAYMENT),
    ("payment", PAYMENT),
];

const TOKEN: &str = "token";
const LIMIT: &str = "limit";
const RECIPIENT: &str = "recipient";
const PAYMENT: &str = "payment";

/// The cause that a failure's words name.
pub(super) fn cause(words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let found = CAUSES.iter().find(|(part, _)| words.contains(part));
    found.map(|(_, cause)| (*cause).to_owned())
}

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

const fn because(
    code: &'static str,
    cause: &'static str,
    kind: Kind,
    title: &'static str,
    advice: &'static str,
) -> Row {
    Row {
        reference: Some(cause),
        title,
        kind,
        retryable: matches!(kind, Kind::RateLimited),
        advice,
        ..failure(code, title)
    }
}

const fn token(code: &'static str) -> Row {
    let advice = "Correct the settings `instance` and `token`.";
    because(
        code,
        TOKEN,
        Kind::Authentication,
        "the token is missing or wrong",
        advice,
    )
}

const fn limit(code: &'static str) -> Row {
    let advice = "Send again later, and more slowly.";
    because(code, LIMIT, Kind::RateLimited, "too many messages", advice)
}

const fn recipient(code: &'static str) -> Row {
    let advice = "Correct the recipient's number or chat id.";
    because(
        code,
        RECIPIENT,
        Kind::Recipient,
        "the recipient is wrong",
        advice,
    )
}

const fn payment(code: &'static str) -> Row {
    let advice = "Pay for the instance.";
    because(
        code,
        PAYMENT,
        Kind::Balance,
        "the instance is not paid for",
        advice,
    )
}

static FAILURES: &[Row] = &[
    failure(NOT_SENT, "the message was not queued"),
    token(NOT_SENT),
    limit(NOT_SENT),
    recipient(NOT_SENT),
    payment(NOT_SENT),
    failure(ERROR, "the call failed"),
    token(ERROR),
    limit(ERROR),
    recipient(ERROR),
    payment(ERROR),
    failure(FAILED, "the call failed"),
    token(FAILED),
    limit(FAILED),
    recipient(FAILED),
    payment(FAILED),
];

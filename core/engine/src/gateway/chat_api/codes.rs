//! chat-api's failures. It has no numbers for them; the code is the member that tells of the
//! failure, and its words can name a cause.
//!
//! Sources: chat-api, "The REST API", the answers of its calls; the `OpenAPI` description of its later clients, their
//! answers; those of its public clients.

use serde_json::Value;

use super::PROFILE;
use crate::code::{self, Given, Place, Row};
use crate::error::{Delivery, Error, Kind};
use crate::event::nonempty;
use crate::gateway::Answer;

/// The answer has an `error`.
const ERROR: &str = "error";
/// The answer's `result` is `failed`.
const FAILED: &str = "result:failed";
/// The answer's `set` is false.
const NOT_SET: &str = "set:false";

/// The members which say that a call failed where they are false, with their codes.
const TRUTHS: &[(&str, &str)] = &[
    ("sent", "sent:false"),
    ("created", "created:false"),
    ("read", "read:false"),
    ("add", "add:false"),
    ("success", "success:false"),
];

/// The failure that an answer to any call tells of: failures come with HTTP 200 too.
pub(super) fn refusal(answer: &Answer<'_>) -> Option<Error> {
    let body = answer.body;
    if nonempty(body.get("error")).is_some() {
        return Some(failed(answer, ERROR, "error"));
    }
    let is_false = |name: &str| body.get(name).and_then(Value::as_bool) == Some(false);
    if let Some((_, code)) = TRUTHS.iter().find(|(name, _)| is_false(name)) {
        return Some(failed(answer, code, "message"));
    }
    let failure = body.get("result").and_then(Value::as_str) == Some("failed");
    failure.then(|| failed(answer, FAILED, "message"))
}

/// The failure of a call that sets something. Where something is only asked for, the same member says that the call
/// has changed nothing.
pub(super) fn not_set(answer: &Answer<'_>) -> Option<Error> {
    let set = answer.body.get("set").and_then(Value::as_bool);
    (set == Some(false)).then(|| failed(answer, NOT_SET, "message"))
}

/// A failure of a code, whose words stand in a member.
fn failed(answer: &Answer<'_>, code: &str, words: &str) -> Error {
    let description = nonempty(answer.body.get(words));
    let given = Given {
        code: code.to_owned(),
        reference: description.as_deref().and_then(cause),
        description,
        ..Given::default()
    };
    code::refusal(&PROFILE, Place::Answer, answer.status, &[given])
}

/// Every code.
pub(super) static CODES: &[&[Row]] = &[
    &failures("sent:false", "the message was not queued"),
    &failures(ERROR, "the call failed"),
    &failures(FAILED, "the call failed"),
    &failures("created:false", "the group was not created"),
    &failures("read:false", "the chat was not marked as read"),
    &failures("add:false", "the group's participant was not changed"),
    &failures(NOT_SET, "the setting was not changed"),
    &failures("success:false", "the call failed"),
];

/// The rows of one code: by the causes that its words can name.
const fn failures(code: &'static str, title: &'static str) -> [Row; 5] {
    [
        failure(code, title),
        token(code),
        limit(code),
        recipient(code),
        payment(code),
    ]
}

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
fn cause(words: &str) -> Option<String> {
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

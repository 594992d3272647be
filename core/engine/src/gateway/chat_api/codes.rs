//! chat-api's failures. It has no numbers for them; the code is the member that tells of the
//! failure, and its words can name a cause.
//!
//! Sources: chat-api, "The REST API", the answers of its calls; the `OpenAPI` description of its later clients, their
//! answers; those of its public clients.

use serde_json::Value;

use super::PROFILE;
use crate::code::{self, Given, Place, Row};
use crate::error::{Delivery, Error, Kind};
use crate::event::{nonempty, text_or_number, truth};
use crate::gateway::Answer;

/// The answer has an `error`.
const ERROR: &str = "error";
/// The answer's `result` is `failed`, or another word for it.
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
    if let Some(error) = body.get("error").filter(|error| is_failure(error)) {
        return Some(failed(answer, ERROR, words_of(error)));
    }
    let is_false = |name: &str| truth(body.get(name)) == Some(false);
    let told = TRUTHS.iter().find(|(name, _)| is_false(name));
    let code = told.map(|(_, code)| *code).or_else(|| {
        let result = body.get("result").and_then(Value::as_str);
        let failed = matches!(result, Some("failed" | "error")) || is_false("result");
        failed.then_some(FAILED)
    })?;
    Some(failed(answer, code, None))
}

/// The failure of a call that sets something. Where something is only asked for, the same member says that the call
/// has changed nothing.
pub(super) fn not_set(answer: &Answer<'_>) -> Option<Error> {
    let set = truth(answer.body.get("set"));
    (set == Some(false)).then(|| failed(answer, NOT_SET, None))
}

/// Whether an `error` tells of one: some hosts always write the member.
fn is_failure(error: &Value) -> bool {
    !error.is_null() && error != "" && truth(Some(error)) != Some(false)
}

/// The words of an `error`: itself, its `message`, or else all that it says. A bare `true` says nothing.
fn words_of(error: &Value) -> Option<String> {
    match error {
        Value::Bool(_) => None,
        Value::Object(_) => nonempty(error.get("message")).or_else(|| Some(error.to_string())),
        other => text_or_number(Some(other)).or_else(|| Some(other.to_string())),
    }
}

/// A failure of a code, whose words are these or stand in the answer's `message`.
fn failed(answer: &Answer<'_>, code: &str, words: Option<String>) -> Error {
    let description = words.or_else(|| nonempty(answer.body.get("message")));
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

//! How the answer to a call is read.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::decode::{finish, unreadable};
use crate::error::Error;
use crate::gateway::{Answer, Gateway};
use crate::request::Response;

/// Reads an answer: first for the gateway's own words of failure, then as `decode` does.
pub(super) fn output<T>(
    gateway: &dyn Gateway,
    response: &Response,
    decode: impl FnOnce(&Answer<'_>) -> Option<Result<T, Error>>,
) -> Result<T, Error> {
    let success = (200..300).contains(&response.status);
    if !success {
        let unknown = || unreadable(gateway, response, status_words(response.status));
        return Err(error(gateway, response).unwrap_or_else(unknown));
    }
    with_answer(response, |answer| {
        if let Some(refusal) = gateway.refusal(answer) {
            return Some(Err(refusal.with_raw(answer.text)));
        }
        Some(decode(answer)?.map_err(|error| error.with_raw(answer.text)))
    })
    .map_or_else(
        || {
            let words = "the answer is not shaped as the gateway's documentation says";
            Err(unreadable(gateway, response, words))
        },
        |result| result.map_err(|error| finish(gateway, response, error)),
    )
}

/// The error that an answer tells of.
pub(super) fn error(gateway: &dyn Gateway, response: &Response) -> Option<Error> {
    let told = with_answer(response, |answer| {
        Some(gateway.refusal(answer)?.with_raw(answer.text))
    });
    match told {
        Some(error) => Some(finish(gateway, response, error)),
        None if (200..300).contains(&response.status) => None,
        None => Some(unreadable(gateway, response, status_words(response.status))),
    }
}

fn status_words(status: u16) -> &'static str {
    match status {
        404 => "the gateway knows nothing at this path; check base_url and the ids",
        _ => crate::decode::status_words(status)
            .unwrap_or("the gateway refused the call without words that can be read"),
    }
}

/// Reads the body; an empty one is `null`, with which some calls tell of success.
fn with_answer<T>(response: &Response, read: impl FnOnce(&Answer<'_>) -> Option<T>) -> Option<T> {
    let text = std::str::from_utf8(&response.body).ok()?.trim();
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(text).ok()?
    };
    read(&Answer {
        status: response.status,
        body: &body,
        text,
        messages: None,
    })
}

/// What stands at a JSON Pointer of the answer, as a type whose members may all be missing.
pub(crate) fn read_as<T: DeserializeOwned>(answer: &Answer<'_>, pointer: &str) -> Option<T> {
    let value = answer.body.pointer(pointer)?;
    T::deserialize(value).ok()
}

/// The answer to a call that says no more than that it is done.
#[expect(clippy::unnecessary_wraps, reason = "what a call's `decode` gives")]
pub(crate) fn done() -> Option<Result<(), Error>> {
    Some(Ok(()))
}

//! How the answer to a call is read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::decode::{finish, unreadable};
use crate::error::Error;
use crate::event::{integer, moment, text_or_number};
use crate::gateway::{Answer, Gateway};
use crate::request::Response;

/// Reads an answer: first for the gateway's own words of failure, then as `decode` does.
pub(super) fn output<T>(
    gateway: &dyn Gateway,
    response: &Response,
    decode: impl FnOnce(&Answer<'_>) -> Option<Result<T, Error>>,
) -> Result<T, Error> {
    told(gateway, response, decode).unwrap_or_else(|| {
        let words = "the answer is not shaped as the gateway's documentation says";
        Err(unreadable(gateway, response, words))
    })
}

/// The error that an answer tells of.
pub(super) fn error(gateway: &dyn Gateway, response: &Response) -> Option<Error> {
    told(gateway, response, |_| None::<Result<(), Error>>)?.err()
}

/// What an answer tells: a failure, or else, under a status of success, what `read` finds in it.
fn told<T>(
    gateway: &dyn Gateway,
    response: &Response,
    read: impl FnOnce(&Answer<'_>) -> Option<Result<T, Error>>,
) -> Option<Result<T, Error>> {
    let success = (200..300).contains(&response.status);
    let told = with_answer(response, |answer| {
        let told = match gateway.refusal(answer) {
            Some(refusal) => Some(Err(refusal)),
            None if success => read(answer),
            None => None,
        };
        Some(told?.map_err(|error| error.with_raw(answer.text)))
    });
    match told {
        Some(told) => Some(told.map_err(|error| finish(gateway, response, error))),
        None if success => None,
        None => {
            let words = status_words(response.status);
            Some(Err(unreadable(gateway, response, words)))
        }
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
    // An array would be taken for the members in their order.
    let value = answer
        .body
        .pointer(pointer)
        .filter(|value| !value.is_array())?;
    T::deserialize(value).ok()
}

/// The answer to a call that says no more than that it is done: nothing, `null`, or an object.
pub(crate) fn acknowledged(answer: &Answer<'_>) -> Option<Result<(), Error>> {
    (answer.body.is_null() || answer.body.is_object()).then_some(Ok(()))
}

/// The answer to a download, of which nothing is read: it is the file.
#[expect(clippy::unnecessary_wraps, reason = "what a call's `decode` gives")]
pub(crate) fn done() -> Option<Result<(), Error>> {
    Some(Ok(()))
}

/// A member of an answer, or its default where it has another type than the documentation says: the rest of the answer
/// can be read all the same.
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// A list of an answer: those of its items that can be read.
pub(crate) fn lenient_list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let items = value.as_array().into_iter().flatten();
    let items = items.filter(|item| !item.is_array());
    Ok(items.filter_map(|item| T::deserialize(item).ok()).collect())
}

/// An id, which gateways write now as a string, now as a number.
pub(crate) fn lenient_id<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(text_or_number(Some(&value)))
}

/// A list of ids: those of its items that are some.
pub(crate) fn lenient_ids<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let items = value.as_array().into_iter().flatten();
    Ok(items
        .filter_map(|item| text_or_number(Some(item)))
        .collect())
}

/// A number, which gateways write now as a number, now as a string; one that is out of range is none.
pub(crate) fn lenient_integer<'de, D: Deserializer<'de>, T: TryFrom<i64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(integer(Some(&value)).and_then(|number| T::try_from(number).ok()))
}

/// A moment, which gateways write as a count since 1970, as RFC 3339 in UTC.
pub(crate) fn lenient_moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(integer(Some(&value)).and_then(moment))
}

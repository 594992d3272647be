//! The way back: a gateway's answer becomes receipts and errors, a webhook's body becomes events.

use serde_json::Value;

use crate::error::{Delivery, Error, Kind};
use crate::event::Event;
use crate::gateway::{Accepted, Answer, Gateway};
use crate::masked::Private;
use crate::receipt::Receipt;
use crate::request::Response;

/// The longest webhook body that is read: 1 MiB.
pub const WEBHOOK_LIMIT: usize = 1024 * 1024;

/// Reads the answer to a send call: one result for each message, in the order of the request.
///
/// `messages` says how many messages the request carried; for each one that the answer does not
/// speak of, the result is a `protocol` error of unknown delivery. Without it, the answer alone
/// says how many there are.
///
/// ```
/// use wamux_engine::{Response, Settings, decode, gateway};
///
/// let gateway = gateway::open("devino-v2", &Settings::default().masked())?;
/// let response = Response::new(
///     200,
///     br#"{"result":[{"code":"OK","messageId":"3482512350952730368"}]}"#.to_vec(),
/// );
/// let results = decode(gateway.as_ref(), &response, Some(1));
/// let receipt = results[0].as_ref().unwrap();
/// assert_eq!(receipt.message_id.as_deref(), Some("3482512350952730368"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn decode(
    gateway: &dyn Gateway,
    response: &Response,
    messages: Option<usize>,
) -> Vec<Result<Receipt, Error>> {
    let id = gateway.profile().id;
    let text = std::str::from_utf8(&response.body).map(str::trim);
    let read = text
        .ok()
        .and_then(|text| Some((text, serde_json::from_str::<Value>(text).ok()?)));
    let results = read.as_ref().and_then(|(text, body)| {
        let status = response.status;
        let results = gateway.decode(&Answer {
            status,
            body,
            text,
            messages,
        })?;
        let usable = !results.is_empty() || messages == Some(0);
        usable.then_some(results)
    });
    let Some(results) = results else {
        let what = if read.is_some() {
            "the answer is not shaped as the gateway's documentation says"
        } else {
            "the answer is not JSON"
        };
        let what = status_words(response.status).unwrap_or(what);
        let error = unreadable(gateway, response, what);
        return vec![Err(error); messages.unwrap_or(1)];
    };
    let expected = messages.unwrap_or(results.len());
    let raw = read.map(|(text, _)| text).unwrap_or_default();
    let missing = || {
        unreadable(
            gateway,
            response,
            "the answer does not speak of this message",
        )
    };
    let success = (200..300).contains(&response.status);
    results
        .into_iter()
        .map(|result| match result {
            Ok(accepted) if success => Ok(receipt(id, accepted)),
            Ok(_) => Err(unreadable(
                gateway,
                response,
                "an acceptance under an HTTP error",
            )),
            Err(error) => Err(finish(gateway, response, error.with_raw(raw))),
        })
        .chain(std::iter::repeat_with(|| Err(missing())))
        .take(expected)
        .collect()
}

/// What a status says by itself.
pub(crate) fn status_words(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "the gateway refused the credentials",
        403 => "the gateway does not allow this to the account",
        404 => "nothing answers at this path; check base_url",
        429 => "too many requests in too short a time",
        502..=504 => "the gateway is not working at the moment",
        _ => return None,
    })
}

fn receipt(gateway: &'static str, accepted: Accepted) -> Receipt {
    Receipt {
        gateway,
        message_id: accepted.message_id,
        client_id: accepted.client_id,
        to: None,
        attempts: Vec::new(),
        warnings: Vec::new(),
        raw: Private::new(accepted.raw),
    }
}

/// An error with the kind, and whether the same message can succeed later, that an HTTP status
/// decides, whatever the body says.
pub(crate) fn by_status(error: Error, status: u16) -> Error {
    let (kind, retryable) = match status {
        401 => (Kind::Authentication, false),
        403 => (Kind::Permission, false),
        429 => (Kind::RateLimited, true),
        502..=504 => (Kind::Unavailable, true),
        _ => return error,
    };
    error.with_kind(kind).with_retryable(retryable)
}

/// Adds what the answer's status and headers say.
pub(crate) fn finish(gateway: &dyn Gateway, response: &Response, error: Error) -> Error {
    let error = by_status(error, response.status);
    let error = match response.status {
        400..500 => error.with_delivery(Delivery::NotSent),
        _ => error,
    };
    error
        .with_gateway(gateway.profile().id)
        .with_http_status(response.status)
        .with_retry_after(response.retry_after())
}

/// The error of an answer that says nothing of the message, or of which only a part is there: its
/// status alone can tell that the message was refused.
///
/// ```
/// use wamux_engine::{Delivery, Kind, Response, Settings, gateway, unreadable};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let cut = Response::new(200, br#"{"mtNum":"1079"#.to_vec());
/// let error = unreadable(gateway.as_ref(), &cut, "the answer ended early");
/// assert_eq!((error.kind(), error.delivery()), (Kind::Protocol, Delivery::Unknown));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn unreadable(gateway: &dyn Gateway, response: &Response, words: &str) -> Error {
    let error = Error::new(Kind::Protocol, Delivery::Unknown, words)
        // The next answer may be whole; a refusal stays one.
        .with_retryable(!(400..500).contains(&response.status))
        .with_raw(response.excerpt());
    finish(gateway, response, error)
}

/// Reads a webhook's body: all its items, in order. An item that cannot be read is an `error`
/// event beside the others.
///
/// # Errors
///
/// A `protocol` error for a body over 1 MiB, one that is not JSON, or one of a shape that the
/// gateway's documentation does not have.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let body = br#"{"ack":[{"id":"true_1@c.us_A","queueNumber":1,"chatId":"1@c.us","status":"viewed"}]}"#;
/// let Event::Status(status) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// assert_eq!(status.raw_status, "viewed");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn events(gateway: &dyn Gateway, body: &[u8]) -> Result<Vec<Event>, Error> {
    let id = gateway.profile().id;
    let refuse = |what: &str| {
        let excerpt = Response::new(0, body[..body.len().min(512)].to_vec()).excerpt();
        Error::new(Kind::Protocol, Delivery::NotSent, what)
            .with_gateway(id)
            .with_raw(excerpt)
    };
    if body.len() > WEBHOOK_LIMIT {
        return Err(refuse(
            "a webhook body must have at most 1 MiB (1,048,576 bytes)",
        ));
    }
    let value: Value =
        serde_json::from_slice(body).map_err(|_| refuse("the webhook body is not JSON"))?;
    gateway
        .events(&value)
        .ok_or_else(|| refuse("the webhook body is not shaped as the gateway's documentation says"))
}

/// Reads a webhook's body as [`events`] does, for a receiver that keeps whatever comes: a body that cannot be read at all
/// is one `error` event, whose `raw` is the body, as JSON text where it is JSON, otherwise as a JSON string of its text.
///
/// ```
/// use wamux_engine::{Event, gateway, kept_events};
///
/// let gateway = gateway::reader("rapporto")?;
/// let Event::Error(event) = &kept_events(gateway, b"<html>")[0] else { panic!() };
/// assert_eq!(event.message.as_deref(), Some("the webhook body is not JSON"));
/// assert_eq!(event.raw.as_str(), r#""<html>""#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[must_use]
pub fn kept_events(gateway: &dyn Gateway, body: &[u8]) -> Vec<Event> {
    events(gateway, body).unwrap_or_else(|error| {
        let body = serde_json::from_slice(body)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(body)));
        let why = error.context().unwrap_or_default();
        vec![Event::unreadable(gateway.profile().id, why, &body)]
    })
}

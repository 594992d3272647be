//! The one place where errors become exceptions.
//!
//! An exception of Node-API carries a code and a message and nothing more. So the message is a JSON text, [`Exception`],
//! and `errors.ts` makes of it an error of a class. A panic of ours is an `internal` error: unwinding into Node would
//! end the process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;
use wamux::{Delivery, Error, Kind};
use wamux_phone::PhoneError;

/// What went wrong, on its way to `errors.ts`.
#[derive(Serialize)]
pub(crate) struct Exception {
    /// The line for people.
    line: String,
    /// The error as it is in JSON.
    error: Error,
    /// The code of a phone number's fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_code: Option<&'static str>,
}

impl From<Error> for Exception {
    fn from(error: Error) -> Self {
        Self {
            line: error.to_string(),
            error,
            phone_code: None,
        }
    }
}

impl From<PhoneError> for Exception {
    fn from(error: PhoneError) -> Self {
        Self {
            line: error.to_string(),
            error: Error::new(Kind::Validation, Delivery::NotSent, error.to_string()),
            phone_code: Some(error.code().as_str()),
        }
    }
}

impl From<Exception> for napi::Error {
    fn from(exception: Exception) -> Self {
        match serde_json::to_string(&exception) {
            Ok(json) => Self::from_reason(json),
            Err(_) => Self::from_reason(exception.line),
        }
    }
}

/// Runs a call whose outcome goes to JavaScript.
pub(crate) fn guarded<T, E: Into<Exception>>(
    call: impl FnOnce() -> Result<T, E>,
) -> napi::Result<T> {
    // What a panic leaves half-done is dropped with the call.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| error.into().into()),
        Err(_) => Err(Exception::from(panicked()).into()),
    }
}

/// A result as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| {
        let words = "the result cannot be written as JSON";
        Error::new(Kind::Internal, Delivery::Unknown, words)
    })
}

/// A setting or argument that is missing or wrong.
pub(crate) fn configuration(words: impl Into<String>) -> Error {
    Error::new(Kind::Configuration, Delivery::NotSent, words)
}

/// What a panic of ours is to the caller, who cannot know how far the call came.
pub(crate) fn panicked() -> Error {
    let words = "wamux failed on a fault of its own; please report it";
    Error::new(Kind::Internal, Delivery::Unknown, words)
}

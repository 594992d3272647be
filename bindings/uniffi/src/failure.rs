//! Errors as they cross: one record with all that an error has, which each language makes an
//! exception of its own from.

use std::fmt;

use wamux_engine::phone::PhoneError;
use wamux_engine::{Attempt, Delivery, Error, Kind, Reason, Violation};

/// Why a call failed.
#[derive(Clone, Debug, uniffi::Error)]
pub enum Failure {
    /// An error of the engine.
    Engine {
        /// All that it says.
        details: Details,
    },
    /// A phone number that cannot be read.
    Phone {
        /// What is wrong: `too_short` and so on.
        code: String,
        /// The same in words.
        words: String,
    },
}

/// All that an error says.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Details {
    /// What kind of error it is.
    pub kind: Kind,
    /// What is known about the message.
    pub delivery: Delivery,
    /// Whether sending the same message again can succeed.
    pub retryable: bool,
    /// For how long the gateway asks to wait, in seconds.
    pub retry_after: Option<u64>,
    /// The gateway's id.
    pub gateway: Option<String>,
    /// The HTTP status of the answer.
    pub http_status: Option<u16>,
    /// The gateway's code; with several reasons, the first one's.
    pub code: Option<String>,
    /// What went wrong, in words, where neither reasons nor violations say it.
    pub context: Option<String>,
    /// The reasons that the gateway gave.
    pub reasons: Vec<Reason>,
    /// The rules that the message breaks.
    pub violations: Vec<Violation>,
    /// The attempts at sending, in order.
    pub attempts: Vec<Attempt>,
    /// The answer: its JSON text, or the first 512 bytes of what could not be read.
    pub raw: Option<String>,
    /// The whole error in one line, for people.
    pub line: String,
}

impl From<&Error> for Details {
    fn from(error: &Error) -> Self {
        Self {
            kind: error.kind(),
            delivery: error.delivery(),
            retryable: error.retryable(),
            retry_after: error.retry_after(),
            gateway: error.gateway().map(str::to_owned),
            http_status: error.http_status(),
            code: error.code().map(str::to_owned),
            context: error.context().map(str::to_owned),
            reasons: error.reasons().to_vec(),
            violations: error.violations().to_vec(),
            attempts: error.attempts().to_vec(),
            raw: error.raw().map(str::to_owned),
            line: error.to_string(),
        }
    }
}

/// The line for people: it has neither numbers nor texts.
impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine {
            details: Details::from(&error),
        }
    }
}

impl From<PhoneError> for Failure {
    fn from(error: PhoneError) -> Self {
        Self::Phone {
            code: error.code().as_str().to_owned(),
            words: error.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine { details } => f.write_str(&details.line),
            Self::Phone { words, .. } => f.write_str(words),
        }
    }
}

impl std::error::Error for Failure {}

/// A setting that is wrong.
pub(crate) fn configuration(words: String) -> Failure {
    Error::new(Kind::Configuration, Delivery::NotSent, words).into()
}

//! How an error is shown: one line for people, its shape for developers, JSON for programs.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Delivery, Error, Kind, Reason};
use crate::masked::{Private, word};
use crate::receipt::Attempt;
use crate::violation::Violation;

/// One line: the gateway, the kind, what it said, and what is known about the message.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        if let Some(gateway) = details.gateway {
            write!(f, "{gateway}: ")?;
        }
        f.write_str(details.kind.as_str())?;
        let mut separator = ": ";
        let mut say = |f: &mut fmt::Formatter<'_>, text: &dyn fmt::Display| {
            let result = write!(f, "{separator}{text}");
            separator = "; ";
            result
        };
        if let Some(context) = &details.context {
            say(f, context)?;
        }
        for reason in &details.reasons {
            let title = reason.title.as_deref().unwrap_or("not documented");
            match &reason.reference {
                Some(reference) => {
                    let at = word(reference);
                    say(f, &format_args!("{} at {at}, {title}", word(&reason.code)))?;
                }
                None => {
                    say(f, &format_args!("{}, {title}", word(&reason.code)))?;
                }
            }
        }
        for violation in &details.violations {
            say(f, violation)?;
        }
        if let Some(status) = details.http_status {
            say(f, &format_args!("HTTP {status}"))?;
        }
        match details.delivery {
            Delivery::NotSent => f.write_str(" (not sent)"),
            Delivery::Unknown => f.write_str(" (may have been sent)"),
        }
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reason")
            .field("code", &word(&self.code))
            .field("reference", &self.reference.as_deref().map(word))
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        f.debug_struct("Error")
            .field("kind", &details.kind)
            .field("delivery", &details.delivery)
            .field("retryable", &details.retryable)
            .field("retry_after", &details.retry_after)
            .field("gateway", &details.gateway)
            .field("http_status", &details.http_status)
            .field("code", &details.code.as_deref().map(word))
            .field("reasons", &details.reasons)
            .field("violations", &details.violations)
            .field("attempts", &details.attempts)
            .field("raw", &details.raw)
            .field("context", &details.context)
            .finish()
    }
}

impl std::error::Error for Error {}

/// The members that every error has, and those that this one has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub(crate) struct ErrorJson<'a> {
    /// What kind of error it is.
    kind: Kind,
    /// What is known about the message.
    delivery: Delivery,
    /// Whether sending the same message again can succeed.
    retryable: bool,
    /// For how long the gateway asks to wait, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    /// The gateway's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<&'static str>,
    /// The HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    /// The gateway's code; with several reasons, the first one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    /// What went wrong, in words, where neither reasons nor violations say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    /// The reasons that the gateway gave.
    reasons: &'a [Reason],
    /// The rules that the message breaks.
    violations: &'a [Violation],
    /// The attempts at sending, in order.
    attempts: &'a [Attempt],
    /// The answer: its JSON text, or the first 512 bytes of what could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a Private>,
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let details = &self.0;
        ErrorJson {
            kind: details.kind,
            delivery: details.delivery,
            retryable: details.retryable,
            retry_after: details.retry_after,
            gateway: details.gateway,
            http_status: details.http_status,
            code: details.code.as_deref(),
            message: details.context.as_deref(),
            reasons: &details.reasons,
            violations: &details.violations,
            attempts: &details.attempts,
            raw: details.raw.as_ref(),
        }
        .serialize(serializer)
    }
}

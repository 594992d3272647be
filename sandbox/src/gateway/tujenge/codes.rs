//! Tujenge's codes: the upstream's errors in answers and in statuses, and the host's own refusals.

use http::StatusCode;

use super::ID;
use crate::recipient::{MagicRecipient, Place, Series, magic};

/// An error of the upstream, the On-Premises Business API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) number: u32,
    pub(super) title: &'static str,
    /// The HTTP status of an answer that bears the code; `None` where the code comes in statuses alone.
    status: Option<u16>,
}

const fn code(number: u32, status: u16, title: &'static str) -> Code {
    Code {
        number,
        title,
        status: Some(status),
    }
}

const fn late_code(number: u32, title: &'static str) -> Code {
    Code {
        number,
        title,
        status: None,
    }
}

/// The API's error codes (Tujenge, Messages, Error scenarios; the On-Premises API's list of errors). Where no HTTP status
/// is published, an answer has 400.
const CODES: [Code; 78] = [
    code(400, 400, "Bad Request"),
    late_code(401, "Group does not exist"),
    late_code(402, "Payment required"),
    late_code(408, "Message was pending for too long"),
    late_code(410, "Message expired"),
    late_code(429, "Rate limit hit"),
    late_code(430, "Unsigned certificate"),
    late_code(432, "Certificate id mismatch"),
    late_code(433, "Certificate signature is not valid"),
    late_code(
        470,
        "Outside the 24 hours after the customer's last message",
    ),
    late_code(471, "Spam rate limit hit"),
    late_code(472, "Recipient is part of an experiment"),
    late_code(480, "The recipient's identity may have changed"),
    late_code(
        500,
        "structure unavailable: Client could not display highly structured message",
    ),
    late_code(501, "Message type is not supported"),
    code(1000, 500, "Generic error"),
    code(1001, 400, "Message too long"),
    code(1002, 400, "Recipient type is not valid"),
    code(1003, 400, "Not a participant of the group"),
    code(1004, 409, "Resource already exists"),
    code(1005, 403, "Access denied"),
    code(1006, 404, "Resource not found"),
    code(1007, 403, "Recipient is blocked"),
    code(1008, 400, "Required parameter is missing"),
    code(1009, 400, "Parameter value is not valid"),
    code(1010, 400, "Parameter is not required"),
    code(1011, 500, "Service is not ready"),
    code(1012, 404, "Unknown group"),
    code(1013, 400, "User is not valid"),
    code(1014, 500, "Internal error"),
    code(1015, 429, "Too many requests"),
    code(1016, 503, "System is overloaded"),
    code(1017, 500, "Not the primary master"),
    code(1018, 500, "Not the primary coreapp"),
    code(1019, 400, "Not an admin of the group"),
    code(1020, 400, "Group is not valid"),
    code(1021, 400, "User is not valid: it is the sender"),
    code(1022, 412, "Webhook address is not configured"),
    code(1023, 500, "Database error"),
    code(1024, 401, "Password must be changed"),
    code(1025, 400, "Request is not valid"),
    code(1026, 501, "Receiver is incapable of this message"),
    code(1028, 400, "Identity change must be acknowledged"),
    code(1031, 400, "Sender account is locked"),
    code(2000, 400, "Number of template parameters differs"),
    code(2001, 404, "Template name does not exist in the translation"),
    code(2002, 404, "Translation could not be fetched"),
    code(2003, 404, "Translation pack is missing"),
    code(2004, 400, "Parameter too long"),
    code(2005, 400, "Text with its parameters too long"),
    code(2006, 400, "Whitespace policy violated"),
    code(2007, 400, "Format character policy violated"),
    code(2008, 400, "Media format is not supported"),
    code(2009, 400, "Required component is missing"),
    code(2010, 400, "Button address is not valid"),
    code(2011, 400, "Button phone number is not valid"),
    code(2012, 400, "Parameter format does not match"),
    code(2013, 501, "Receiver does not support buttons"),
    code(2014, 400, "Namespace is empty"),
    code(2015, 400, "Wrong number of sections"),
    code(2016, 400, "Wrong number of rows"),
    code(2017, 400, "Wrong number of characters"),
    code(2023, 400, "Wrong number of products"),
    code(2024, 400, "Catalog is missing"),
    code(2025, 400, "Catalog is not linked"),
    code(2026, 400, "Products are missing"),
    code(2027, 400, "No product is valid"),
    code(2028, 400, "Product lacks compliance information"),
    code(2029, 400, "Products lack compliance information"),
    code(2030, 400, "Product was refused"),
    code(2036, 400, "Header structure not valid"),
    code(2048, 400, "Contact is not engaged"),
    code(2050, 400, "Compliance information is missing"),
    code(2060, 400, "Template was rejected"),
    code(2061, 400, "Template is paused"),
    code(2062, 400, "Template is disabled"),
    code(2068, 400, "Flow is blocked"),
    code(2069, 400, "Flow is throttled"),
];

/// Statuses of the host's own refusals. A 50X says 500 in its body whatever its own status.
pub(super) const HOST_STATUSES: [(u16, &str); 5] = [
    (401, "the API key is wrong"),
    (403, "the path is blocked"),
    (404, "there is no such path"),
    (500, "the host failed"),
    (502, "the upstream does not run"),
];

impl Code {
    /// The row of that number.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        CODES.into_iter().find(|code| code.number == number)
    }

    /// The HTTP status of an answer that bears the code.
    pub(super) fn status(self) -> StatusCode {
        self.status
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::BAD_REQUEST)
    }
}

/// What a recipient forces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forced {
    /// The upstream refuses.
    Answer(Code),
    /// The message fails after it was accepted.
    Failure(Code),
    /// The host refuses with this HTTP status.
    Host {
        status: StatusCode,
        title: &'static str,
        /// Whether the members of `meta` are spelled `httpCode` and `developerMessage`.
        camel_case: bool,
    },
    /// Another ending.
    Outcome(Outcome),
}

/// Endings without a code of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Delivered, read, and deleted by its author.
    Deleted,
    /// Delivered with a warning.
    Warning,
    /// A body of errors that no message is named in.
    Errors,
    /// A delivery that tells conversation and price.
    Pricing,
}

const OUTCOMES: [(u32, Outcome, &str, &str); 4] = [
    (
        1,
        Outcome::Deleted,
        "deleted",
        "delivered, read, then deleted",
    ),
    (
        2,
        Outcome::Warning,
        "warning",
        "delivered, then a warning with its errors",
    ),
    (
        3,
        Outcome::Errors,
        "errors",
        "delivered and read, then a body of errors alone",
    ),
    (
        4,
        Outcome::Pricing,
        "pricing",
        "delivered with conversation and pricing, then read",
    ),
];

/// What the recipient of a good message forces.
pub(super) fn forced_by(to: &str) -> Option<Forced> {
    let (series, serial) = magic(to)?;
    match series {
        Series::Answer => Code::numbered(serial)
            .filter(|code| code.status.is_some())
            .map(Forced::Answer),
        Series::Callback => Code::numbered(serial).map(Forced::Failure),
        Series::Host | Series::HostCamelCase => {
            let (status, title) = HOST_STATUSES
                .into_iter()
                .find(|(status, _)| u32::from(*status) == serial)?;
            Some(Forced::Host {
                status: StatusCode::from_u16(status).ok()?,
                title,
                camel_case: series == Series::HostCamelCase,
            })
        }
        Series::Outcome => OUTCOMES
            .into_iter()
            .find(|(number, ..)| *number == serial)
            .map(|(_, outcome, ..)| Forced::Outcome(outcome)),
    }
}

/// All magic recipients.
pub(super) fn recipients() -> Vec<MagicRecipient> {
    let answers = CODES.iter().filter_map(|code| {
        let to = Series::Answer.number(code.number);
        Some(MagicRecipient {
            http_status: Some(code.status?),
            ..MagicRecipient::new(ID, to, Place::Answer, code.number.to_string(), code.title)
        })
    });
    let failures = CODES.iter().map(|code| {
        let to = Series::Callback.number(code.number);
        MagicRecipient::new(ID, to, Place::Webhook, code.number.to_string(), code.title)
    });
    let refusals = [Series::Host, Series::HostCamelCase]
        .into_iter()
        .flat_map(|series| {
            HOST_STATUSES
                .iter()
                .map(move |(status, title)| MagicRecipient {
                    http_status: Some(*status),
                    ..MagicRecipient::new(
                        ID,
                        series.number(u32::from(*status)),
                        Place::Answer,
                        status.to_string(),
                        title,
                    )
                })
        });
    let outcomes = OUTCOMES.iter().map(|(serial, _, state, title)| {
        MagicRecipient::new(
            ID,
            Series::Outcome.number(*serial),
            Place::Outcome,
            *state,
            title,
        )
    });
    answers
        .chain(failures)
        .chain(refusals)
        .chain(outcomes)
        .collect()
}

//! Rapporto's codes: the errors of an answer, and the reasons of a failed delivery.

use http::StatusCode;
use serde_json::{Value, json};

use super::ID;
use crate::check::Problem;
use crate::gateway::Reply;
use crate::recipient::{MagicRecipient, Place, Series, failing_code, failing_recipients, magic};

/// A row of the table of errors (Rapporto, WhatsApp, Error Codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Unavailable,
    Address,
    TooManyConnections,
    InvalidRequest,
    InvalidLogin,
    InvalidPassword,
    ServiceNumber,
    DestinationAddress,
    MessageType,
    Duplicate,
    TimeToLive,
    Nameless,
}

impl Refusal {
    const ALL: [Self; 12] = [
        Self::Unavailable,
        Self::Address,
        Self::TooManyConnections,
        Self::InvalidRequest,
        Self::InvalidLogin,
        Self::InvalidPassword,
        Self::ServiceNumber,
        Self::DestinationAddress,
        Self::MessageType,
        Self::Duplicate,
        Self::TimeToLive,
        Self::Nameless,
    ];

    fn row(self) -> (u32, &'static str, StatusCode) {
        match self {
            Self::Unavailable => (1, "Service is unavailable", StatusCode::SERVICE_UNAVAILABLE),
            Self::Address => (2, "Invalid IP-address", StatusCode::FORBIDDEN),
            Self::TooManyConnections => (3, "Too many connections", StatusCode::TOO_MANY_REQUESTS),
            Self::InvalidRequest => (4, "Invalid request", StatusCode::BAD_REQUEST),
            Self::InvalidLogin => (5, "Invalid login", StatusCode::UNAUTHORIZED),
            Self::InvalidPassword => (6, "Invalid password", StatusCode::UNAUTHORIZED),
            Self::ServiceNumber => (7, "serviceNumber is not defined", StatusCode::BAD_REQUEST),
            Self::DestinationAddress => (8, "destAddr is not correct", StatusCode::NOT_ACCEPTABLE),
            Self::MessageType => (9, "Message type is not correct", StatusCode::NOT_ACCEPTABLE),
            Self::Duplicate => (10, "Prohibited sending duplicates", StatusCode::CONFLICT),
            Self::TimeToLive => (11, "Invalid TTL", StatusCode::NOT_ACCEPTABLE),
            // The page prints the code in place of a description.
            Self::Nameless => (100, "100", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    pub(super) fn body(self, extended: Option<&str>) -> Value {
        let (code, description, _) = self.row();
        let mut body = json!({"error": {"code": code, "description": description}});
        if let Some(extended) = extended {
            body["extendedDescription"] = extended.into();
        }
        body
    }

    pub(super) fn reply(self, extended: Option<&str>) -> Reply {
        Reply::json(self.row().2, &self.body(extended))
    }

    /// The row for a problem at a wire path.
    pub(super) fn of(problem: &Problem) -> Self {
        let path = problem.path.as_str();
        if path.ends_with("message.type") {
            Self::MessageType
        } else if path.ends_with("data.ttl") {
            Self::TimeToLive
        } else if path == "destAddr" {
            Self::DestinationAddress
        } else {
            Self::InvalidRequest
        }
    }

    /// The row that a recipient forces.
    pub(super) fn forced_by(to: &str) -> Option<Self> {
        let (Series::Answer, code) = magic(to)? else {
            return None;
        };
        Self::ALL
            .into_iter()
            .find(|refusal| refusal.row().0 == code)
    }
}

/// `errorCode` of a report with the status 5 (Rapporto, delivery statuses). WhatsApp's own are 3, 6, 7 and 10; the others
/// are those of the channels that a cascade can go to.
const REASONS: &[(u32, &str)] = &[
    (1, "unknown"),
    (2, "absent-subscriber"),
    (3, "call-barred"),
    (4, "failure"),
    (5, "memory-capacity-exceeded"),
    (6, "teleservice-not-provisioned"),
    (7, "timeout"),
    (8, "unknown-subscriber"),
    (9, "duplicated"),
    (10, "filtered"),
    (11, "unrouted"),
    (12, "oper-blacklisted"),
    (13, "oper-invsrcaddr"),
    (14, "oper-spamfiltered"),
    (16, "busy"),
    (18, "a reason of PUSH"),
    (19, "a reason of PUSH"),
    (20, "a reason of PUSH"),
    (21, "a reason of PUSH"),
    (22, "a reason of PUSH"),
    (23, "a reason of PUSH"),
    (24, "a reason of PUSH"),
    (25, "a reason of PUSH"),
    (26, "a reason of PUSH"),
    (27, "a reason of PUSH"),
    (28, "a reason of PUSH"),
];

/// The reason of a failed delivery that a recipient forces.
pub(super) fn reason_for(to: &str) -> Option<u32> {
    failing_code(to, REASONS)
}

/// All magic recipients.
pub(super) fn recipients() -> Vec<MagicRecipient> {
    let answers = Refusal::ALL.into_iter().map(|refusal| {
        let (code, title, status) = refusal.row();
        let to = Series::Answer.number(code);
        MagicRecipient {
            http_status: Some(status.as_u16()),
            ..MagicRecipient::new(ID, to, Place::Answer, code.to_string(), title)
        }
    });
    answers.chain(failing_recipients(ID, REASONS)).collect()
}

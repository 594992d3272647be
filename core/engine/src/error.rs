//! The error of everything that wamux does, and what is known about the message after it.

mod render;

pub(crate) use render::ErrorJson;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::masked::Private;
use crate::receipt::Attempt;
use crate::violation::Violation;

/// What went wrong, whether the message may have been sent, and whether to try again.
///
/// ```
/// use wamux_engine::{Delivery, Kind, message::Message};
///
/// let error = Message::from_json(b"{}").unwrap_err();
/// assert_eq!(error.kind(), Kind::Validation);
/// assert_eq!(error.delivery(), Delivery::NotSent);
/// assert!(!error.retryable());
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<Details>);

/// Why a message was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A setting is missing or wrong.
    Configuration,
    /// The message breaks a rule of its structure or of the gateway.
    Validation,
    /// The gateway cannot say this.
    Unsupported,
    /// The gateway does not know the credentials.
    Authentication,
    /// The account may not do this.
    Permission,
    /// The account has no money left.
    Balance,
    /// The recipient is wrong, or cannot receive this.
    Recipient,
    /// The sender is wrong, or not the account's.
    Sender,
    /// The template is missing, paused, or filled in wrongly.
    Template,
    /// The media is of a wrong type or size, or cannot be fetched.
    Media,
    /// More than 24 hours have passed since the recipient last wrote; only a template may be sent.
    WindowClosed,
    /// The same message was sent before.
    Duplicate,
    /// Too many messages in too short a time.
    RateLimited,
    /// The gateway refused the message for another reason.
    Rejected,
    /// The gateway is not working at the moment.
    Unavailable,
    /// The gateway did not answer in time, or the message's lifetime ended.
    Timeout,
    /// No connection: DNS, TCP, TLS or proxy.
    Connect,
    /// An answer that cannot be read.
    Protocol,
    /// The caller gave up.
    Cancelled,
    /// A fault of wamux itself.
    Internal,
}

impl Kind {
    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::Kind::WindowClosed.as_str(), "window_closed");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Validation => "validation",
            Self::Unsupported => "unsupported",
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::Balance => "balance",
            Self::Recipient => "recipient",
            Self::Sender => "sender",
            Self::Template => "template",
            Self::Media => "media",
            Self::WindowClosed => "window_closed",
            Self::Duplicate => "duplicate",
            Self::RateLimited => "rate_limited",
            Self::Rejected => "rejected",
            Self::Unavailable => "unavailable",
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::Protocol => "protocol",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

/// What is known about a message that was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The gateway does not have it.
    NotSent,
    /// The gateway may have it.
    Unknown,
}

impl Delivery {
    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::Delivery::NotSent.as_str(), "not_sent");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Unknown => "unknown",
        }
    }
}

/// One reason that a gateway gave.
///
/// `Debug` shows the gateway's own words only where they look like codes.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Reason {
    /// The gateway's code.
    pub code: String,
    /// What the code is about: the gateway's own reference to a parameter.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What the code means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The gateway's own words. They can repeat what the caller sent, so nothing prints them unasked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Private>,
}

#[derive(Clone, PartialEq)]
struct Details {
    kind: Kind,
    delivery: Delivery,
    retryable: bool,
    retry_after: Option<u64>,
    gateway: Option<&'static str>,
    http_status: Option<u16>,
    code: Option<String>,
    reasons: Vec<Reason>,
    violations: Vec<Violation>,
    attempts: Vec<Attempt>,
    raw: Option<Private>,
    context: Option<String>,
}

impl Error {
    /// An error of a kind, with what is known about the message.
    ///
    /// `context` says in words what went wrong; it must not hold credentials, numbers or texts.
    ///
    /// ```
    /// use wamux_engine::{Delivery, Error, Kind};
    ///
    /// let error = Error::new(Kind::Connect, Delivery::NotSent, "connection refused");
    /// assert_eq!(error.to_string(), "connect: connection refused (not sent)");
    /// ```
    pub fn new(kind: Kind, delivery: Delivery, context: impl Into<String>) -> Self {
        let context = context.into();
        Self(Box::new(Details {
            kind,
            delivery,
            retryable: false,
            retry_after: None,
            gateway: None,
            http_status: None,
            code: None,
            reasons: Vec::new(),
            violations: Vec::new(),
            attempts: Vec::new(),
            raw: None,
            context: (!context.is_empty()).then_some(context),
        }))
    }

    /// A message that breaks rules. The kind is `unsupported` when every violation that stops the
    /// message is, else `validation`. The first 100 violations are kept.
    ///
    /// ```
    /// use wamux_engine::{Code, Error, Kind, Violation};
    ///
    /// let violation = Violation::error(Code::Invalid, "text.body", "not text");
    /// assert_eq!(Error::from_violations(vec![violation]).kind(), Kind::Validation);
    /// ```
    #[must_use]
    pub fn from_violations(violations: Vec<Violation>) -> Self {
        use crate::violation::{Code, Severity, first};
        let mut errors = violations
            .iter()
            .filter(|v| v.severity == Severity::Error)
            .peekable();
        let unsupported = errors.peek().is_some() && errors.all(|v| v.code == Code::Unsupported);
        let kind = if unsupported {
            Kind::Unsupported
        } else {
            Kind::Validation
        };
        let mut error = Self::new(kind, Delivery::NotSent, "");
        error.0.violations = first(violations);
        error
    }

    /// A setting that is missing or wrong.
    pub(crate) fn configuration(context: impl Into<String>) -> Self {
        Self::new(Kind::Configuration, Delivery::NotSent, context)
    }

    /// A fault of wamux itself.
    pub(crate) fn internal(context: impl Into<String>) -> Self {
        Self::new(Kind::Internal, Delivery::NotSent, context)
    }

    /// What the gateway has no way to say or do.
    pub(crate) fn unsupported(context: impl Into<String>) -> Self {
        Self::new(Kind::Unsupported, Delivery::NotSent, context)
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What is known about the message.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// Whether sending the same message again can succeed.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.0.retryable
    }

    /// For how long the gateway asks to wait, in seconds.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        self.0.retry_after
    }

    /// The gateway's id.
    #[must_use]
    pub fn gateway(&self) -> Option<&'static str> {
        self.0.gateway
    }

    /// What went wrong, in words, where neither reasons nor violations say it.
    #[must_use]
    pub fn context(&self) -> Option<&str> {
        self.0.context.as_deref()
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The gateway's code; with several reasons, the first one's.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The reasons that the gateway gave.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.0.reasons
    }

    /// The rules that the message breaks: the first 100 in order, so that a message of any size has
    /// an answer that can be read.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// The attempts at sending, in order.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// The answer: its JSON text, or the first 512 bytes of what could not be read.
    #[must_use]
    pub fn raw(&self) -> Option<&str> {
        self.0.raw.as_ref().map(Private::as_str)
    }

    /// Says whether sending again can succeed.
    #[must_use]
    pub fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Says which gateway it was.
    #[must_use]
    pub fn with_gateway(mut self, gateway: &'static str) -> Self {
        self.0.gateway = Some(gateway);
        self
    }

    /// Lists the attempts at sending.
    #[must_use]
    pub fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Says what is known about the message.
    #[must_use]
    pub fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.0.delivery = delivery;
        self
    }

    pub(crate) fn with_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Says which HTTP status the answer had.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    /// Says for how long the gateway asks to wait, in seconds.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: Option<u64>) -> Self {
        self.0.retry_after = seconds;
        self
    }

    pub(crate) fn with_reasons(mut self, reasons: Vec<Reason>) -> Self {
        self.0.code = reasons.first().map(|reason| reason.code.clone());
        self.0.reasons = reasons;
        self
    }

    /// Keeps the answer, or its beginning.
    #[must_use]
    pub fn with_raw(mut self, raw: impl Into<String>) -> Self {
        self.0.raw = Some(Private::new(raw));
        self
    }
}

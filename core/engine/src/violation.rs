//! Violations: what is wrong with a message, and where its author put it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::masked::path;

/// How many violations of one message, or of one native payload, are told.
pub(crate) const MOST_VIOLATIONS: usize = 100;

/// The first violations, in order. Of more than are told, warnings give way to what stops a message.
pub(crate) fn first(mut violations: Vec<Violation>) -> Vec<Violation> {
    if violations.len() > MOST_VIOLATIONS {
        violations.sort_by_key(|violation| violation.severity == Severity::Warning);
        violations.truncate(MOST_VIOLATIONS);
    }
    violations
}

/// One fault of a message or of a native payload.
///
/// ```
/// use wamux_engine::message::Message;
///
/// let json = br#"{"to": "+79034567890", "type": "text", "text": {"body": 17}}"#;
/// let error = Message::from_json(json).unwrap_err();
/// let violation = &error.violations()[0];
/// assert_eq!((violation.code.as_str(), violation.path.as_str()), ("invalid", "text.body"));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Violation {
    /// What kind of fault it is.
    pub code: Code,
    /// Where the caller put the value: `template.components[1].parameters[0].text`; `""` is the
    /// message itself.
    pub path: String,
    /// What is wrong and what would be right, in words. It never repeats the value.
    pub message: String,
    /// The limit that was passed, where the rule has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Number>,
    /// Whether the fault stops the message.
    pub severity: Severity,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Code {
    /// Missing, `null`, or an empty array that must not be empty.
    #[serde(rename = "must.be.not.null")]
    MustBeNotNull,
    /// Of a wrong type, or outside the values, range or format that are allowed.
    #[serde(rename = "invalid")]
    Invalid,
    /// A string of too many code points.
    #[serde(rename = "length.too.long")]
    LengthTooLong,
    /// A string of too few code points.
    #[serde(rename = "length.too.short")]
    LengthTooShort,
    /// More messages than one request may bear.
    #[serde(rename = "too.many.messages")]
    TooManyMessages,
    /// More items than the array may have.
    #[serde(rename = "too.many")]
    TooMany,
    /// Fewer items than the array must have.
    #[serde(rename = "too.few")]
    TooFew,
    /// Two items are equal that must differ.
    #[serde(rename = "not.unique")]
    NotUnique,
    /// A sender that the account does not have.
    #[serde(rename = "not.available")]
    NotAvailable,
    /// The gateway cannot say this.
    #[serde(rename = "unsupported")]
    Unsupported,
    /// Not a member of this object.
    #[serde(rename = "unknown.field")]
    UnknownField,
}

impl Code {
    /// The code as it is written in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::Code::LengthTooLong.as_str(), "length.too.long");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MustBeNotNull => "must.be.not.null",
            Self::Invalid => "invalid",
            Self::LengthTooLong => "length.too.long",
            Self::LengthTooShort => "length.too.short",
            Self::TooManyMessages => "too.many.messages",
            Self::TooMany => "too.many",
            Self::TooFew => "too.few",
            Self::NotUnique => "not.unique",
            Self::NotAvailable => "not.available",
            Self::Unsupported => "unsupported",
            Self::UnknownField => "unknown.field",
        }
    }
}

/// Whether a fault stops the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The message is not sent.
    Error,
    /// The message is sent; the receipt tells of the fault.
    Warning,
}

impl Violation {
    /// A fault that stops the message.
    ///
    /// ```
    /// use wamux_engine::{Code, Severity, Violation};
    ///
    /// let violation = Violation::error(Code::Invalid, "text.body", "must be Unicode text");
    /// assert_eq!(violation.severity, Severity::Error);
    /// ```
    pub fn error(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            path: path.into(),
            message: message.into(),
            limit: None,
            severity: Severity::Error,
        }
    }

    /// The same fault, with the limit that was passed.
    pub(crate) fn with_limit(self, limit: impl Into<Number>) -> Self {
        Self {
            limit: Some(limit.into()),
            ..self
        }
    }

    /// Text that is not JSON; serde's own message is left out, since it can repeat the text.
    pub(crate) fn not_json(error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        let message = match error.classify() {
            Category::Eof => "not JSON: it ends too early".to_owned(),
            _ => format!(
                "not JSON that can be read (line {}, column {}): a syntax error, a lone surrogate, \
                 or more than 127 levels of nesting",
                error.line(),
                error.column()
            ),
        };
        Self::error(Code::Invalid, "", message)
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("code", &self.code)
            .field("path", &path(&self.path))
            .field("message", &self.message)
            .field("limit", &self.limit)
            .field("severity", &self.severity)
            .finish()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() {
            "the message".to_owned()
        } else {
            path(&self.path)
        };
        write!(f, "{path}: {} ({})", self.message, self.code.as_str())
    }
}

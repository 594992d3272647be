//! What is known after a gateway accepted a message.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::error::{Delivery, Kind};
use crate::masked::{Private, id};
use crate::violation::Violation;

/// A gateway's acceptance of one message. Accepted is not delivered: that is told by a later
/// status event with the same `message_id`.
///
/// `Debug` masks the recipient and leaves `raw` out.
///
/// ```
/// use wamux_engine::{Response, Settings, decode, gateway};
///
/// let gateway = gateway::open("devino-v2", &Settings::default().masked())?;
/// let answer = Response::new(200, br#"{"result":[{"code":"OK","messageId":"34825"}]}"#.to_vec());
/// let receipt = decode(gateway.as_ref(), &answer, Some(1)).remove(0)?;
/// let json = serde_json::to_value(&receipt).unwrap();
/// assert_eq!((&json["status"], &json["message_id"]), (&"accepted".into(), &"34825".into()));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Receipt {
    /// The gateway's id.
    pub gateway: &'static str,
    /// The gateway's id of the message; chat-api's answer may bear none.
    pub message_id: Option<String>,
    /// The caller's own id of the message.
    pub client_id: Option<String>,
    /// The recipient: E.164, or the gateway's id of a chat; absent where an answer is read
    /// without its request.
    pub to: Option<String>,
    /// The attempts at sending, in order.
    pub attempts: Vec<Attempt>,
    /// Faults that did not stop the message.
    pub warnings: Vec<Violation>,
    /// The gateway's answer: JSON text.
    pub raw: Private,
}

/// One attempt at sending a message.
///
/// ```
/// use wamux_engine::{Attempt, Delivery, Error, Kind};
///
/// let attempt = Attempt {
///     at: "2026-01-31T09:00:00.000Z".into(),
///     kind: Some(Kind::Timeout),
///     delivery: Some(Delivery::Unknown),
///     http_status: None,
///     gateway: None,
/// };
/// let error = Error::new(Kind::Timeout, Delivery::Unknown, "no answer within 30 seconds")
///     .with_attempts(vec![attempt]);
/// let may_have_arrived = |attempt: &Attempt| attempt.delivery == Some(Delivery::Unknown);
/// assert!(error.attempts().iter().any(may_have_arrived));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Attempt {
    /// When it began: RFC 3339, UTC.
    pub at: String,
    /// Why it failed; absent for the one that succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What was known about the message after it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// The HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The gateway, where a message was tried at several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<&'static str>,
}

impl Attempt {
    /// Says at which gateway it was.
    ///
    /// ```
    /// # use wamux_engine::Attempt;
    /// # let at = "2026-01-31T09:00:00.000Z".into();
    /// # let attempt = Attempt { at, kind: None, delivery: None, http_status: Some(200), gateway: None };
    /// assert_eq!(attempt.at_gateway("rapporto").gateway, Some("rapporto"));
    /// ```
    #[must_use]
    pub fn at_gateway(mut self, gateway: &'static str) -> Self {
        self.gateway = Some(gateway);
        self
    }
}

/// A receipt in JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(
    rename = "Receipt",
    description = "A gateway's acceptance of one message. Accepted is not delivered."
)]
pub(crate) struct ReceiptJson<'a> {
    /// The gateway's id.
    gateway: &'static str,
    /// The gateway's id of the message; chat-api's answer may bear none.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<&'a str>,
    /// The caller's own id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<&'a str>,
    /// The recipient: E.164, or the gateway's id of a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// Always `accepted`, which is not delivered.
    #[schemars(extend("const" = "accepted"))]
    status: &'static str,
    /// The attempts at sending, in order.
    attempts: &'a [Attempt],
    /// Faults that did not stop the message.
    warnings: &'a [Violation],
    /// The gateway's answer: JSON text.
    raw: &'a Private,
}

impl Serialize for Receipt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ReceiptJson {
            gateway: self.gateway,
            message_id: self.message_id.as_deref(),
            client_id: self.client_id.as_deref(),
            to: self.to.as_deref(),
            status: "accepted",
            attempts: &self.attempts,
            warnings: &self.warnings,
            raw: &self.raw,
        }
        .serialize(serializer)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("gateway", &self.gateway)
            .field("message_id", &self.message_id.as_deref().map(id))
            .field("client_id", &self.client_id)
            .field("to", &self.to.as_deref().map(wamux_phone::mask))
            .field("attempts", &self.attempts)
            .field("warnings", &self.warnings)
            .field("raw", &self.raw)
            .finish()
    }
}

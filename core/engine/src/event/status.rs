//! What became of a message that was sent.

use std::fmt;

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Kind, Reason};
use crate::gateway;
use crate::masked::{Private, id, word};

/// By this name, since a reference would tie what is read to the text that it is read from.
type GatewayId = &'static str;

/// What became of a message.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let body = br#"{"mtNum": "107931706", "id": 8770100, "destAddr": "79034567890", "status": 2}"#;
/// let Event::Status(status) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// assert_eq!(status.message_id, "107931706"); // as the receipt has it
/// assert_eq!(status.client_id.as_deref(), Some("8770100"));
/// assert_eq!(status.to.as_deref(), Some("+79034567890"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Status {
    /// The gateway's id of the message, as its receipt has it.
    pub message_id: String,
    /// The caller's own id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// What the gateway's word means.
    pub status: StatusKind,
    /// The gateway's own word.
    pub raw_status: String,
    /// The channel that it is about, where a cascade has gone on to another than WhatsApp: the gateway's own word in
    /// lower case, such as `sms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// When it happened: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The recipient: E.164, or the gateway's id of a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Why the message failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<StatusError>,
    /// What the message's `callback.data` was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    /// Who followed a link in the message, and with what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub click: Option<Click>,
    /// What the gateway charges, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing: Option<serde_json::Value>,
    /// The conversation that the gateway counts the message to, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<serde_json::Value>,
    /// The item as the gateway sent it: JSON text.
    pub raw: Private,
}

/// What became of a message, in the words that all gateways share.
///
/// ```
/// use wamux_engine::{Event, Settings, StatusKind, events, gateway};
///
/// let read = |id, body: &str| {
///     let gateway = gateway::open(id, &Settings::default().masked())?;
///     let event = events(gateway.as_ref(), body.as_bytes())?.remove(0);
///     let Event::Status(status) = event else { panic!() };
///     Ok::<_, wamux_engine::Error>(status.status)
/// };
/// assert_eq!(read("rapporto", r#"{"mtNum": "1079", "status": 9}"#)?, StatusKind::Read);
/// assert_eq!(read("chat-api", r#"{"ack":[{"id":"A","status":"viewed"}]}"#)?, StatusKind::Read);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// The gateway has taken the message.
    Accepted,
    /// WhatsApp has taken the message.
    Sent,
    /// The recipient's phone has the message.
    Delivered,
    /// The recipient has opened the message.
    Read,
    /// The message will not arrive.
    Failed,
    /// The message was deleted.
    Deleted,
    /// A word that no documentation has.
    Unknown,
}

/// Who followed a link.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("devino-v1", &Settings::default().masked())?;
/// let body = br#"[{"messageId": "34825", "status": "VISITED", "os": "Android"}]"#;
/// let Event::Status(status) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// let click = status.click.as_ref().unwrap();
/// assert_eq!((click.os.as_deref(), click.browser.as_deref()), (Some("Android"), None));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Click {
    /// The IP address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// The browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// The operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// The browser's full name of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// Why a message failed after it was accepted: shaped like the error of a send,
/// without what only a call has.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let body = br#"{"mtNum": "107931706", "status": 5, "errorCode": 2}"#;
/// let Event::Status(status) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// let error = status.error.as_ref().unwrap();
/// assert_eq!(error.code.as_deref(), Some("2"));
/// assert_eq!(error.reasons[0].title.as_deref(), Some("the subscriber is absent"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct StatusError {
    /// What kind of error it is.
    pub kind: Kind,
    /// Whether the same message can succeed later; nothing is sent again by itself.
    pub retryable: bool,
    /// The gateway's id.
    #[serde(deserialize_with = "gateway_id")]
    pub gateway: GatewayId,
    /// The gateway's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The gateway's reasons.
    pub reasons: Vec<Reason>,
}

impl Status {
    /// A status of which only the gateway's word is known.
    pub(crate) fn new(
        message_id: String,
        status: StatusKind,
        raw_status: String,
        item: &serde_json::Value,
    ) -> Self {
        Self {
            message_id,
            client_id: None,
            status,
            raw_status,
            channel: None,
            at: None,
            to: None,
            error: None,
            callback_data: None,
            click: None,
            pricing: None,
            conversation: None,
            raw: Private::new(item.to_string()),
        }
    }
}

fn gateway_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<GatewayId, D::Error> {
    let id = String::deserialize(deserializer)?;
    let profile = gateway::profile(&id).map_err(D::Error::custom)?;
    Ok(profile.id)
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status")
            .field("message_id", &id(&self.message_id))
            .field("client_id", &self.client_id)
            .field("status", &self.status)
            .field("raw_status", &word(&self.raw_status))
            .field("channel", &self.channel.as_deref().map(word))
            .field("at", &self.at)
            .field("to", &self.to.as_deref().map(wamux_phone::mask))
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusError")
            .field("kind", &self.kind)
            .field("retryable", &self.retryable)
            .field("code", &self.code.as_deref().map(word))
            .field("reasons", &self.reasons)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Click {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Click").finish_non_exhaustive()
    }
}

//! Events: what a gateway tells of its own accord.

mod chat;
mod chat_update;
mod parts;
mod read;
mod status;

pub use chat::{ChatContent, ChatContext, ChatMessage, Direction};
pub use chat_update::{ChatDescription, ChatUpdate};
pub use parts::{
    ButtonReply, Call, ChatLocation, ChatMedia, Interaction, ListReply, Order, OrderItem,
    QuickReply, SystemNotice,
};
pub(crate) use read::{
    address, any_moment, as_told, count, decimal, error_code, integer, is_there, items, moment,
    nonempty, objects, text_or_number, truth, word,
};
pub use status::{Click, Status, StatusError, StatusKind};

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Kind;
use crate::masked::{Private, id};

/// One thing that a webhook told.
///
/// `Debug` masks numbers and hides texts. As JSON it can be kept and read again.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let body = br#"[
///     {"mtNum": "107931706", "status": 9},
///     {"transactionId": "51", "sourceAddr": "79034567890", "message": "Yes, please"}
/// ]"#;
/// let mut told = Vec::new();
/// for event in events(gateway.as_ref(), body)? {
///     told.push(match event {
///         Event::Status(status) => format!("{} is {:?}", status.message_id, status.status),
///         Event::Message(message) => format!("{} came in", message.id),
///         Event::Error(error) => error.message.unwrap_or_default(),
///         _ => continue,
///     });
/// }
/// assert_eq!(told, ["107931706 is Read", "51 came in"]);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// What became of a message that was sent.
    Status(#[cfg_attr(feature = "uniffi", uniffi(name = "status"))] Status),
    /// A message of a chat.
    Message(#[cfg_attr(feature = "uniffi", uniffi(name = "message"))] ChatMessage),
    /// A chat that changed: its name or its picture.
    Chat(#[cfg_attr(feature = "uniffi", uniffi(name = "chat"))] ChatUpdate),
    /// An item that could not be read, beside those that could.
    Error(#[cfg_attr(feature = "uniffi", uniffi(name = "error"))] ErrorEvent),
}

/// An item of a webhook that could not be read, or that tells of a failure without a message.
///
/// ```
/// use wamux_engine::{Event, Kind, Settings, events, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let body = br#"{"ack": [{"status": "viewed"}]}"#;
/// let Event::Error(event) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// assert_eq!(event.error.kind, Kind::Protocol);
/// assert_eq!(event.message.as_deref(), Some("no id or no status"));
/// assert_eq!(event.raw.as_str(), r#"{"status":"viewed"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ErrorEvent {
    /// The gateway's id of the message that it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// When it happened: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The recipient of that message: E.164, or the gateway's id of a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What is wrong.
    pub error: StatusError,
    /// Why, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The item as the gateway sent it: JSON text.
    pub raw: Private,
}

impl Event {
    /// An item that is not shaped as the documentation says.
    pub(crate) fn unreadable(
        gateway: &'static str,
        message: &str,
        item: &serde_json::Value,
    ) -> Self {
        Self::Error(ErrorEvent {
            message_id: None,
            at: None,
            to: None,
            error: StatusError {
                kind: Kind::Protocol,
                retryable: false,
                gateway,
                code: None,
                reasons: Vec::new(),
            },
            message: Some(message.to_owned()),
            raw: Private::new(item.to_string()),
        })
    }
}

impl fmt::Debug for ErrorEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorEvent")
            .field("message_id", &self.message_id.as_deref().map(id))
            .field("error", &self.error)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

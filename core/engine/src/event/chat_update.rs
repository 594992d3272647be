//! A chat that changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::masked::{Private, masked_debug};

/// A chat that changed: its name or its picture.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let body = br#"{"chatUpdate": [{
///     "old": {"id": "79680561234-1479621234@g.us", "name": "Browsers"},
///     "new": {"id": "79680561234-1479621234@g.us", "name": "Web browsers"}
/// }]}"#;
/// let Event::Chat(update) = &events(gateway.as_ref(), body)?[0] else { panic!() };
/// assert_eq!(update.new.as_ref().unwrap().name.as_deref(), Some("Web browsers"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatUpdate {
    /// The gateway's id of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// What it was; absent for a new chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<ChatDescription>,
    /// What it is; absent for a chat that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<ChatDescription>,
    /// The item as the gateway sent it: JSON text.
    pub raw: Private,
}

/// A chat as its gateway describes it.
///
/// ```
/// let unnamed = wamux_engine::ChatDescription::default();
/// assert_eq!(unnamed.name, None);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatDescription {
    /// The gateway's id of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the chat: of the group, or of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address of its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

masked_debug!(ChatUpdate, ChatDescription);

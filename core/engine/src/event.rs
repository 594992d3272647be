//! Events: what a gateway tells of its own accord.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Kind, Reason};
use crate::masked::{Private, id, word};
use crate::message::Text;

/// One thing that a webhook told.
///
/// `Debug` masks numbers and hides texts.
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// What became of a message that was sent.
    Status(#[cfg_attr(feature = "uniffi", uniffi(name = "status"))] Status),
    /// A message of a chat.
    Message(#[cfg_attr(feature = "uniffi", uniffi(name = "message"))] ChatMessage),
    /// An item that could not be read, beside those that could.
    Error(#[cfg_attr(feature = "uniffi", uniffi(name = "error"))] ErrorEvent),
}

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
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
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
#[derive(Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct StatusError {
    /// What kind of error it is.
    pub kind: Kind,
    /// Whether the same message can succeed later; nothing is sent again by itself.
    pub retryable: bool,
    /// The gateway's id.
    pub gateway: &'static str,
    /// The gateway's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The gateway's reasons.
    pub reasons: Vec<Reason>,
}

/// A message of a chat.
///
/// ```
/// use wamux_engine::message::{Content, Context, Message, Text};
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let body = br#"{"transactionId": "51", "sourceAddr": "79034567890", "message": "Yes, please"}"#;
/// let Event::Message(incoming) = events(gateway.as_ref(), body)?.remove(0) else { panic!() };
///
/// let done = Content::Text(Text::new("Done"));
/// let mut reply = Message::new(incoming.from.unwrap_or_default(), done);
/// reply.context = Some(Context { message_id: incoming.id });
/// assert_eq!(reply.to, "+79034567890");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatMessage {
    /// The gateway's id of the message.
    pub id: String,
    /// Whether it came in, or is a copy of one that went out.
    pub direction: Direction,
    /// The sender: E.164, or the gateway's id of a chat; absent for a copy of a message of this
    /// account's own that does not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The recipient: E.164, or the gateway's id of a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The gateway's id of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// Who wrote it, in a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The message's number in the gateway's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// When it was written: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The sender's name in WhatsApp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_name: Option<String>,
    /// What it says.
    pub content: ChatContent,
    /// The item as the gateway sent it: JSON text.
    pub raw: Private,
}

/// Which way a message went.
///
/// ```
/// use wamux_engine::{Direction, Event, Settings, events, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let body = br#"{"messages": [
///     {"id": "A", "chatId": "79034567890@c.us", "type": "chat", "body": "When?", "fromMe": false},
///     {"id": "B", "chatId": "79034567890@c.us", "type": "chat", "body": "At nine", "fromMe": true}
/// ]}"#;
/// let mut answers = events(gateway.as_ref(), body)?;
/// // A bot that answers its own messages never ends.
/// answers.retain(|event| {
///     matches!(event, Event::Message(message) if message.direction == Direction::Incoming)
/// });
/// assert_eq!(answers.len(), 1);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To this account.
    Incoming,
    /// From this account.
    Outgoing,
}

/// What a message of a chat says.
///
/// ```
/// use wamux_engine::{ChatContent, message::Text};
///
/// let reply = |content: &ChatContent| match content {
///     ChatContent::Text { text } if text.body == "STOP" => "Goodbye.",
///     ChatContent::Text { .. } => "Thank you.",
///     _ => "Please write in words.",
/// };
/// assert_eq!(reply(&ChatContent::Text { text: Text::new("STOP") }), "Goodbye.");
/// assert_eq!(reply(&ChatContent::Unknown { raw_type: None }), "Please write in words.");
/// ```
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChatContent {
    /// Plain text.
    Text {
        /// The text.
        text: Text,
    },
    /// A type that this version does not read; `raw` of the message has it.
    Unknown {
        /// The gateway's own word for the type, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        raw_type: Option<String>,
    },
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ErrorEvent {
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

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status")
            .field("message_id", &id(&self.message_id))
            .field("client_id", &self.client_id)
            .field("status", &self.status)
            .field("raw_status", &word(&self.raw_status))
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

impl fmt::Debug for ChatContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text } => text.fmt(f),
            Self::Unknown { raw_type } => {
                write!(f, "Unknown({:?})", raw_type.as_deref().map(word))
            }
        }
    }
}

impl fmt::Debug for Click {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Click").finish_non_exhaustive()
    }
}

impl fmt::Debug for ChatMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatMessage")
            .field("id", &id(&self.id))
            .field("direction", &self.direction)
            .field("from", &self.from.as_deref().map(wamux_phone::mask))
            .field("at", &self.at)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

/// A moment as RFC 3339 in UTC, from a count since 1970 that is in seconds, or in milliseconds
/// where it is above 100,000,000,000 (as seconds, that is the year 5138).
pub(crate) fn moment(count: i64) -> Option<String> {
    const SECONDS_END: i64 = 100_000_000_000;
    let timestamp = if count > SECONDS_END {
        jiff::Timestamp::from_millisecond(count)
    } else {
        jiff::Timestamp::from_second(count)
    };
    timestamp.ok().map(|timestamp| timestamp.to_string())
}

/// An id or code that a gateway writes now as a string, now as a number; an empty one is none.
pub(crate) fn text_or_number(value: Option<&serde_json::Value>) -> Option<String> {
    match value? {
        serde_json::Value::String(text) if !text.is_empty() => Some(text.clone()),
        // Beyond 64 bits a number is read as a fraction, which is not the id any more.
        serde_json::Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// The code of an error; a zero, as a number or a string, is "no error".
pub(crate) fn error_code(value: Option<&serde_json::Value>) -> Option<String> {
    text_or_number(value).filter(|code| code.bytes().any(|byte| byte != b'0'))
}

/// Whether a member is there; `null` is not.
pub(crate) fn is_there(item: &serde_json::Value, name: &str) -> bool {
    item.get(name).is_some_and(|value| !value.is_null())
}

/// The items of a webhook's member: those of an array, or what stands in its place, so that it is
/// told of as unreadable; `null` has none.
pub(crate) fn items(value: &serde_json::Value) -> &[serde_json::Value] {
    match value {
        serde_json::Value::Array(items) => items,
        serde_json::Value::Null => &[],
        other => std::slice::from_ref(other),
    }
}

/// A number that a gateway writes now as a number, now as a string.
pub(crate) fn integer(value: Option<&serde_json::Value>) -> Option<i64> {
    match value? {
        serde_json::Value::Number(number) => number.as_i64(),
        serde_json::Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A string that is there and not empty.
pub(crate) fn nonempty(value: Option<&serde_json::Value>) -> Option<String> {
    value?
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A number's digits as E.164; anything else as it is.
pub(crate) fn address(text: &str) -> String {
    let digits = text.strip_suffix("@c.us").unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("+{digits}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_above_the_limit_are_milliseconds() {
        assert_eq!(moment(1_504_208_593).unwrap(), "2017-08-31T19:43:13Z");
        assert_eq!(moment(1_504_208_593_000).unwrap(), "2017-08-31T19:43:13Z");
        assert_eq!(moment(i64::MAX), None);
    }

    #[test]
    fn addresses_are_e164_where_they_are_numbers() {
        assert_eq!(address("79034567890"), "+79034567890");
        assert_eq!(address("79034567890@c.us"), "+79034567890");
        assert_eq!(
            address("79680561234-1479621234@g.us"),
            "79680561234-1479621234@g.us"
        );
        assert_eq!(address(""), "");
    }
}

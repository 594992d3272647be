//! A message of a chat: one that came in, or a copy of one that went out.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::StatusError;
use super::parts::{Call, ChatLocation, ChatMedia, Interaction, Order, QuickReply, SystemNotice};
use crate::masked::{Private, id, masked_debug, word};
use crate::message::{Contact, Reaction, Text};

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
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// The message that it answers, and whom it mentions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<ChatContext>,
    /// What it says.
    pub content: ChatContent,
    /// Why the gateway could not pass its content on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<StatusError>,
    /// The advertisement that the sender came from, as the gateway says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<serde_json::Value>,
    /// What is known of the sender's security code, as the gateway says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<serde_json::Value>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To this account.
    Incoming,
    /// From this account.
    Outgoing,
}

/// The message that another one answers, and whom that one mentions.
///
/// ```
/// use wamux_engine::{Event, Settings, events, gateway};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let body = br#"{"messages": [{"from": "79034567890", "id": "B", "timestamp": "1504208593",
///     "type": "text", "text": {"body": "Yes"}, "context": {"from": "79031112233", "id": "A"}}]}"#;
/// let Event::Message(answer) = events(gateway.as_ref(), body)?.remove(0) else { panic!() };
/// assert_eq!(answer.context.unwrap().message_id.as_deref(), Some("A"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatContext {
    /// The gateway's id of the message that is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// Who wrote the message that is answered: E.164, or the gateway's id of a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The gateway's id of the group that the message which is answered stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// Who is mentioned: E.164 each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<String>,
    /// Whether the message was forwarded, where the gateway says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<bool>,
}

/// What a message of a chat says: the parts of a message that is sent, and what only comes in.
///
/// ```
/// use wamux_engine::{ChatContent, Interaction, message::Text};
///
/// let reply = |content: &ChatContent| match content {
///     ChatContent::Text { text } if text.body == "STOP" => "Goodbye.".to_owned(),
///     ChatContent::Interactive { interactive: Interaction::ListReply { list_reply } } => {
///         format!("You chose {}.", list_reply.title)
///     }
///     ChatContent::Text { .. } => "Thank you.".to_owned(),
///     _ => "Please write in words.".to_owned(),
/// };
/// assert_eq!(reply(&ChatContent::Text { text: Text::new("STOP") }), "Goodbye.");
/// assert_eq!(reply(&ChatContent::Unknown { raw_type: None }), "Please write in words.");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChatContent {
    /// Plain text.
    Text {
        /// The text.
        text: Text,
    },
    /// A picture.
    Image {
        /// The picture.
        image: ChatMedia,
    },
    /// A sound.
    Audio {
        /// The sound.
        audio: ChatMedia,
    },
    /// A voice message.
    Voice {
        /// The sound.
        voice: ChatMedia,
    },
    /// A film.
    Video {
        /// The film.
        video: ChatMedia,
    },
    /// A file.
    Document {
        /// The file.
        document: ChatMedia,
    },
    /// A sticker.
    Sticker {
        /// The sticker.
        sticker: ChatMedia,
    },
    /// A place.
    Location {
        /// The place.
        location: ChatLocation,
    },
    /// Contact cards.
    Contacts {
        /// The cards.
        contacts: Vec<Contact>,
    },
    /// A choice from a list or of a button.
    Interactive {
        /// The choice.
        interactive: Interaction,
    },
    /// A quick-reply button of a template that was pressed.
    Button {
        /// The button.
        button: QuickReply,
    },
    /// An emoji on an earlier message.
    Reaction {
        /// The emoji; an empty one takes the reaction back.
        reaction: Reaction,
    },
    /// Products that were ordered.
    Order {
        /// The order.
        order: Order,
    },
    /// A notice of WhatsApp itself, such as a changed number.
    System {
        /// The notice.
        system: SystemNotice,
    },
    /// A call.
    Call {
        /// The call.
        call: Call,
    },
    /// A type that this version does not read; `raw` of the message has it.
    Unknown {
        /// The gateway's own word for the type, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        raw_type: Option<String>,
    },
}

impl ChatMessage {
    /// A message of which only the content is known.
    pub(crate) fn new(
        id: String,
        direction: Direction,
        content: ChatContent,
        item: &serde_json::Value,
    ) -> Self {
        Self {
            id,
            direction,
            from: None,
            to: None,
            chat_id: None,
            author: None,
            sequence: None,
            at: None,
            profile_name: None,
            context: None,
            content,
            error: None,
            referral: None,
            identity: None,
            raw: Private::new(item.to_string()),
        }
    }
}

impl ChatContent {
    /// Media as the part of its kind; another word is a document, which every file can be.
    pub(crate) fn of_media(kind: &str, media: ChatMedia) -> Self {
        match kind {
            "image" => Self::Image { image: media },
            "audio" => Self::Audio { audio: media },
            "voice" => Self::Voice { voice: media },
            "video" => Self::Video { video: media },
            "sticker" => Self::Sticker { sticker: media },
            _ => Self::Document { document: media },
        }
    }
}

impl ChatContext {
    /// The context, where it says anything.
    pub(crate) fn if_any(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

impl fmt::Debug for ChatContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { raw_type } => {
                write!(f, "Unknown({:?})", raw_type.as_deref().map(word))
            }
            known => crate::masked::debug("ChatContent", known, f),
        }
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

masked_debug!(ChatContext);

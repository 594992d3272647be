//! The neutral message: one shape that every gateway's encoder reads.
//!
//! A message is written in the shape that the field already knows from Meta's APIs: `type`
//! discriminates, and the part bears its name.
//!
//! ```
//! use wamux_engine::message::{Content, Message};
//!
//! let message = Message::from_json(br#"{
//!     "to": "+7 (903) 456-78-90",
//!     "type": "text",
//!     "text": {"body": "Code: 1234"}
//! }"#)?;
//! assert_eq!(message.content.content_type().as_str(), "text");
//! let Content::Text(text) = &message.content else { unreachable!() };
//! assert_eq!(text.body, "Code: 1234");
//! # Ok::<(), wamux_engine::Error>(())
//! ```

mod contacts;
mod interactive;
mod json;
mod lists;
mod media;
pub(crate) mod structure;
mod template;

pub use contacts::{
    Contact, ContactAddress, ContactEmail, ContactIm, ContactName, ContactOrganisation,
    ContactPhone, ContactUrl,
};
pub use interactive::{
    Action, Header, Interactive, InteractiveKind, InteractiveText, Reply, ReplyButton, Row, Section,
};
pub use json::schema;
pub(crate) use json::{camel_case, for_readers};
pub use media::{Media, MediaSource};
pub use template::{
    ButtonKind, Component, ComponentKind, Currency, DateTime, Language, Parameter, Policy, Template,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::gateway::Options;
use crate::masked::masked_debug;

/// A message to one recipient, before any gateway has seen it.
///
/// `Debug` shows the shape only: no text, no full number.
///
/// ```
/// use wamux_engine::message::{Content, Context, Message, Text};
///
/// let mut message = Message::new("8 903 456-78-90", Content::Text(Text::new("Code: 1234")));
/// message.client_id = Some("order-17".into());
/// message.context = Some(Context { message_id: "34825".into() });
/// message.ttl = Some(600);
/// let json = serde_json::to_value(&message).unwrap();
/// assert_eq!(json["context"]["message_id"], "34825");
/// assert!(!format!("{message:?}").contains("1234"));
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Message {
    /// The recipient: a phone number in any form that a person writes, or the gateway's own id of
    /// a group or chat (see [`RecipientType`]).
    pub to: String,
    /// What `to` is.
    pub recipient_type: RecipientType,
    /// The sender's name or number, where the gateway has several.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<String>,
    /// What the message says.
    pub content: Content,
    /// The message that this one answers.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub context: Option<Context>,
    /// The caller's own id. It returns in the receipt, and is the idempotency key where the
    /// gateway has one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub client_id: Option<String>,
    /// Where the gateway reports the message's status.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub callback: Option<Callback>,
    /// For how long the gateway tries to deliver the message, in seconds.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ttl: Option<u64>,
    /// When the gateway may deliver the message.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub schedule: Option<Schedule>,
    /// What only one gateway has, by gateway.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub options: Options,
}

impl Message {
    /// A message to a phone number, with nothing but its content.
    ///
    /// ```
    /// use wamux_engine::message::{Content, Message, Text};
    ///
    /// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
    /// assert_eq!(message.to, "+79034567890");
    /// ```
    pub fn new(to: impl Into<String>, content: Content) -> Self {
        Self {
            to: to.into(),
            recipient_type: RecipientType::default(),
            from: None,
            content,
            context: None,
            client_id: None,
            callback: None,
            ttl: None,
            schedule: None,
            options: Options::default(),
        }
    }
}

/// What a message's `to` is.
///
/// ```
/// use wamux_engine::message::{Content, Message, RecipientType, Text};
///
/// let mut message = Message::new("79680561234-1479621234@g.us", Content::Text(Text::new("Hi")));
/// message.recipient_type = RecipientType::Group;
/// assert_eq!(serde_json::to_value(&message).unwrap()["recipient_type"], "group");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum RecipientType {
    /// A phone number in any form.
    #[default]
    Individual,
    /// The gateway's id of a group, such as `…@g.us`.
    Group,
    /// The gateway's id of any chat, such as `79034567890@c.us`.
    Chat,
}

/// What a message says: one part, named by the message's `type`.
///
/// ```
/// use wamux_engine::message::{Content, Location, Reaction};
///
/// let place = Location { latitude: 59.93, longitude: 30.36, name: None, address: None };
/// let thumb = Reaction { message_id: "34825".into(), emoji: "👍".into() };
/// let types = [Content::Location(place), Content::Reaction(thumb)]
///     .map(|content| content.content_type().as_str());
/// assert_eq!(types, ["location", "reaction"]);
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
pub enum Content {
    /// Plain text.
    Text(#[cfg_attr(feature = "uniffi", uniffi(name = "text"))] Text),
    /// A picture.
    Image(#[cfg_attr(feature = "uniffi", uniffi(name = "image"))] Media),
    /// A sound file.
    Audio(#[cfg_attr(feature = "uniffi", uniffi(name = "audio"))] Media),
    /// A voice message: Ogg with Opus.
    Voice(#[cfg_attr(feature = "uniffi", uniffi(name = "voice"))] Media),
    /// A film.
    Video(#[cfg_attr(feature = "uniffi", uniffi(name = "video"))] Media),
    /// A file of any kind.
    Document(#[cfg_attr(feature = "uniffi", uniffi(name = "document"))] Media),
    /// A sticker: a WebP picture.
    Sticker(#[cfg_attr(feature = "uniffi", uniffi(name = "sticker"))] Media),
    /// A place.
    Location(#[cfg_attr(feature = "uniffi", uniffi(name = "location"))] Location),
    /// Contact cards.
    Contacts(#[cfg_attr(feature = "uniffi", uniffi(name = "contacts"))] Vec<Contact>),
    /// A message whose text WhatsApp has approved beforehand.
    Template(#[cfg_attr(feature = "uniffi", uniffi(name = "template"))] Template),
    /// A list to choose from, or reply buttons.
    Interactive(#[cfg_attr(feature = "uniffi", uniffi(name = "interactive"))] Interactive),
    /// An emoji on an earlier message.
    Reaction(#[cfg_attr(feature = "uniffi", uniffi(name = "reaction"))] Reaction),
}

impl Content {
    /// The message's `type`.
    #[must_use]
    pub fn content_type(&self) -> ContentType {
        match self {
            Self::Text(_) => ContentType::Text,
            Self::Image(_) => ContentType::Image,
            Self::Audio(_) => ContentType::Audio,
            Self::Voice(_) => ContentType::Voice,
            Self::Video(_) => ContentType::Video,
            Self::Document(_) => ContentType::Document,
            Self::Sticker(_) => ContentType::Sticker,
            Self::Location(_) => ContentType::Location,
            Self::Contacts(_) => ContentType::Contacts,
            Self::Template(_) => ContentType::Template,
            Self::Interactive(_) => ContentType::Interactive,
            Self::Reaction(_) => ContentType::Reaction,
        }
    }
}

impl Content {
    /// The media part of a picture, sound, film, file or sticker.
    ///
    /// ```
    /// use wamux_engine::message::{Content, Media, Text};
    ///
    /// assert!(Content::Image(Media::id("1")).media().is_some());
    /// assert!(Content::Text(Text::new("Hi")).media().is_none());
    /// ```
    #[must_use]
    pub fn media(&self) -> Option<&Media> {
        match self {
            Self::Image(media)
            | Self::Audio(media)
            | Self::Voice(media)
            | Self::Video(media)
            | Self::Document(media)
            | Self::Sticker(media) => Some(media),
            _ => None,
        }
    }
}

/// The `type` of a message.
///
/// ```
/// use wamux_engine::message::{Content, ContentType, Media};
///
/// let content = Content::Voice(Media::link("https://example.com/hello.ogg"));
/// assert_eq!(content.content_type(), ContentType::Voice);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each name says what it is; `Content` documents the parts"
)]
pub enum ContentType {
    Text,
    Image,
    Audio,
    Voice,
    Video,
    Document,
    Sticker,
    Location,
    Contacts,
    Template,
    Interactive,
    Reaction,
}

impl ContentType {
    /// Every type, in the order of the documentation.
    ///
    /// ```
    /// # use wamux_engine::message::ContentType;
    /// let typed = "video";
    /// let found = ContentType::ALL.into_iter().find(|known| known.as_str() == typed);
    /// assert_eq!(found, Some(ContentType::Video));
    /// ```
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Image,
        Self::Audio,
        Self::Voice,
        Self::Video,
        Self::Document,
        Self::Sticker,
        Self::Location,
        Self::Contacts,
        Self::Template,
        Self::Interactive,
        Self::Reaction,
    ];

    /// The name in JSON, which is also the name of the part.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::Document => "document",
            Self::Sticker => "sticker",
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Template => "template",
            Self::Interactive => "interactive",
            Self::Reaction => "reaction",
        }
    }
}

/// Plain text.
///
/// ```
/// use wamux_engine::message::Text;
///
/// let mut text = Text::new("Track it: https://example.com/17");
/// text.preview_url = Some(true);
/// assert_eq!(serde_json::to_value(&text).unwrap()["preview_url"], true);
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The text. Gateways take 1,000 or 4,096 characters.
    pub body: String,
    /// Whether WhatsApp shows a preview of the first link; absent: the gateway's default, no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub preview_url: Option<bool>,
}

impl Text {
    /// A text without a link preview.
    ///
    /// ```
    /// assert_eq!(wamux_engine::message::Text::new("Hello").preview_url, None);
    /// ```
    pub fn new(body: impl Into<String>) -> Self {
        Self {
            body: body.into(),
            preview_url: None,
        }
    }
}

/// A place on the map.
///
/// ```
/// use wamux_engine::message::{Content, Location};
///
/// let office = Location {
///     latitude: 59.934,
///     longitude: 30.361,
///     name: Some("MyCompany".into()),
///     address: Some("Nevsky prospekt 70".into()),
/// };
/// assert_eq!(Content::Location(office).content_type().as_str(), "location");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
    /// The place's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub name: Option<String>,
    /// The place's address, shown under its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub address: Option<String>,
}

/// An emoji on an earlier message.
///
/// ```
/// use wamux_engine::message::Reaction;
///
/// let thumb = Reaction { message_id: "34825".into(), emoji: "👍".into() };
/// let take_back = Reaction { emoji: String::new(), ..thumb.clone() };
/// assert_eq!(take_back.message_id, thumb.message_id);
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Reaction {
    /// The gateway's id of the message to react to.
    pub message_id: String,
    /// The emoji; an empty string takes an earlier reaction back.
    pub emoji: String,
}

/// The message that this one answers.
///
/// ```
/// use wamux_engine::message::{Content, Context, Message, Text};
///
/// let mut answer = Message::new("+79034567890", Content::Text(Text::new("At nine")));
/// answer.context = Some(Context { message_id: "34825".into() });
/// assert_eq!(serde_json::to_value(&answer).unwrap()["context"]["message_id"], "34825");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The gateway's id of that message.
    pub message_id: String,
}

/// Where and with what the gateway reports a message's status.
///
/// ```
/// use wamux_engine::message::{Callback, Content, Message, Text};
///
/// let mut message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
/// message.callback = Some(Callback { data: Some("order-17".into()), ..Callback::default() });
/// assert_eq!(serde_json::to_value(&message).unwrap()["callback"]["data"], "order-17");
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// The http or https URL that the gateway posts statuses to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub url: Option<String>,
    /// A string of the caller's that comes back with each status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub data: Option<String>,
}

/// When a gateway may deliver a message.
///
/// ```
/// use wamux_engine::message::Schedule;
///
/// let working_hours = Schedule {
///     from: Some("09:00".into()),
///     until: Some("18:00".into()),
///     weekdays: (1..=5).collect(),
///     recipient_time_zone: Some(true),
///     ..Schedule::default()
/// };
/// assert_eq!(working_hours.deadline, None);
/// assert!(serde_json::from_str::<Schedule>(r#"{"weekdays": [8]}"#).is_err());
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The earliest time of day, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The latest time of day, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The days of the week, 1 for Monday to 7 for Sunday; empty: every day.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "weekdays"
    )]
    #[schemars(inner(range(min = 1, max = 7)))]
    pub weekdays: Vec<u8>,
    /// The moment after which the message is not sent any more, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Whether the times are the recipient's own; absent or false: the gateway's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_time_zone: Option<bool>,
}

fn weekdays<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let days = Vec::<u8>::deserialize(deserializer)?;
    if days.iter().all(|day| (1..=7).contains(day)) {
        Ok(days)
    } else {
        Err(serde::de::Error::custom("not a day of the week"))
    }
}

masked_debug!(
    Message, Content, Text, Location, Reaction, Context, Callback, Schedule
);

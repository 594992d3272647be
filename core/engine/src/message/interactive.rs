//! Lists and reply buttons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Media;
use crate::masked::masked_debug;

/// A message with a list to choose from or with reply buttons.
///
/// ```
/// use wamux_engine::message::{Action, Interactive, InteractiveKind, ReplyButton};
///
/// let interactive = Interactive::buttons("Deliver today?", vec![
///     ReplyButton::new("yes", "Yes"),
///     ReplyButton::new("no", "No"),
/// ]);
/// assert_eq!(interactive.kind, InteractiveKind::Button);
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Interactive {
    /// List or buttons.
    #[serde(rename = "type")]
    pub kind: InteractiveKind,
    /// Above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub header: Option<Header>,
    /// The text, up to 1,024 characters.
    pub body: InteractiveText,
    /// Under the text, up to 60 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub footer: Option<InteractiveText>,
    /// What the recipient can do.
    pub action: Action,
}

impl Interactive {
    /// A list to choose from, opened by a button.
    ///
    /// ```
    /// use wamux_engine::message::{Interactive, Row, Section};
    ///
    /// let list = Interactive::list("When shall we come?", "Slots", vec![
    ///     Section { title: None, rows: vec![Row::new("9", "Nine o'clock")] },
    /// ]);
    /// assert_eq!(list.action.sections.len(), 1);
    /// ```
    pub fn list(
        body: impl Into<String>,
        button: impl Into<String>,
        sections: Vec<Section>,
    ) -> Self {
        Self {
            kind: InteractiveKind::List,
            header: None,
            body: InteractiveText { text: body.into() },
            footer: None,
            action: Action {
                button: Some(button.into()),
                sections,
                buttons: Vec::new(),
            },
        }
    }

    /// Up to three buttons, each of which answers with its id.
    pub fn buttons(body: impl Into<String>, buttons: Vec<ReplyButton>) -> Self {
        Self {
            kind: InteractiveKind::Button,
            header: None,
            body: InteractiveText { text: body.into() },
            footer: None,
            action: Action {
                button: None,
                sections: Vec::new(),
                buttons,
            },
        }
    }
}

/// The two kinds of interactive message.
///
/// ```
/// use wamux_engine::message::{Interactive, InteractiveKind};
///
/// let json = r#"{"type": "list", "body": {"text": "When?"}, "action": {"button": "Slots"}}"#;
/// let interactive: Interactive = serde_json::from_str(json)?;
/// assert_eq!(interactive.kind, InteractiveKind::List);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum InteractiveKind {
    /// A list of rows in sections.
    List,
    /// Reply buttons.
    Button,
}

impl InteractiveKind {
    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::message::InteractiveKind::Button.as_str(), "button");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Button => "button",
        }
    }
}

/// What stands above the text.
///
/// ```
/// use wamux_engine::message::{Header, Interactive, ReplyButton};
///
/// let mut interactive = Interactive::buttons("Today?", vec![ReplyButton::new("yes", "Yes")]);
/// interactive.header = Some(Header::Text { text: "Order 17".into() });
/// assert_eq!(serde_json::to_value(&interactive).unwrap()["header"]["text"], "Order 17");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is named as its variant")]
pub enum Header {
    /// Text, up to 60 characters.
    Text { text: String },
    /// A picture, over buttons only.
    Image { image: Media },
    /// A film, over buttons only.
    Video { video: Media },
    /// A file, over buttons only.
    Document { document: Media },
}

impl Header {
    /// The header's `type` in JSON.
    ///
    /// ```
    /// use wamux_engine::message::{Header, Media};
    ///
    /// let header = Header::Image { image: Media::link("https://example.com/map.png") };
    /// assert_eq!(header.type_name(), "image");
    /// ```
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Document { .. } => "document",
        }
    }
}

/// The text of a body or footer.
///
/// ```
/// use wamux_engine::message::{Interactive, InteractiveText, ReplyButton};
///
/// let mut interactive = Interactive::buttons("Today?", vec![ReplyButton::new("yes", "Yes")]);
/// assert_eq!(interactive.body.text, "Today?");
/// interactive.footer = Some(InteractiveText { text: "Free of charge".into() });
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct InteractiveText {
    /// The text.
    pub text: String,
}

/// What the recipient can do: open a list, or press a button.
///
/// ```
/// use wamux_engine::message::{Action, ReplyButton};
///
/// let action = Action { buttons: vec![ReplyButton::new("yes", "Yes")], ..Action::default() };
/// assert_eq!(
///     serde_json::to_string(&action).unwrap(),
///     r#"{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}}]}"#,
/// );
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// For a list: the text of the button that opens it, up to 20 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub button: Option<String>,
    /// For a list: its sections, up to 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub sections: Vec<Section>,
    /// For buttons: one to three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub buttons: Vec<ReplyButton>,
}

/// A section of a list.
///
/// ```
/// use wamux_engine::message::{Interactive, Row, Section};
///
/// let section = |title: &str, rows| Section { title: Some(title.into()), rows };
/// let slots = vec![
///     section("Morning", vec![Row::new("9", "Nine o'clock")]),
///     section("Evening", vec![Row::new("18", "Six o'clock"), Row::new("19", "Seven o'clock")]),
/// ];
/// assert_eq!(Interactive::list("When?", "Slots", slots).action.sections[1].rows[0].id, "18");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading, up to 24 characters; needed where there are several sections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub title: Option<String>,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub rows: Vec<Row>,
}

/// One line of a list.
///
/// ```
/// use wamux_engine::message::Row;
///
/// let mut row = Row::new("9", "Nine o'clock");
/// row.description = Some("Two places left".into());
/// assert_eq!(serde_json::to_value(&row).unwrap()["description"], "Two places left");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What comes back when the row is chosen, up to 200 characters.
    pub id: String,
    /// The line's text, up to 24 characters.
    pub title: String,
    /// A second, smaller line, up to 72 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub description: Option<String>,
}

impl Row {
    /// A row without a description.
    ///
    /// ```
    /// assert_eq!(wamux_engine::message::Row::new("9", "Nine o'clock").description, None);
    /// ```
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            description: None,
        }
    }
}

/// A reply button.
///
/// ```
/// use wamux_engine::message::ReplyButton;
///
/// let json = r#"{"type": "reply", "reply": {"id": "no", "title": "No"}}"#;
/// let button: ReplyButton = serde_json::from_str(json)?;
/// assert_eq!(button, ReplyButton::new("no", "No"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReplyButton {
    /// Answers with its id.
    Reply {
        /// The button's id and text.
        reply: Reply,
    },
}

impl ReplyButton {
    /// A button that answers with `id` and reads `title`.
    ///
    /// ```
    /// # use wamux_engine::message::ReplyButton;
    /// let ReplyButton::Reply { reply } = ReplyButton::new("yes", "Yes");
    /// assert_eq!(reply.title, "Yes");
    /// ```
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self::Reply {
            reply: Reply {
                id: id.into(),
                title: title.into(),
            },
        }
    }
}

/// What a reply button says and answers.
///
/// ```
/// use wamux_engine::message::{Reply, ReplyButton};
///
/// let reply = Reply { id: "yes".into(), title: "Yes".into() };
/// assert_eq!(ReplyButton::Reply { reply }, ReplyButton::new("yes", "Yes"));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// What comes back when the button is pressed, up to 256 characters.
    pub id: String,
    /// The button's text, up to 20 characters.
    pub title: String,
}

masked_debug!(
    Interactive,
    Header,
    InteractiveText,
    Action,
    Section,
    Row,
    ReplyButton,
    Reply
);

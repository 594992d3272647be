//! Templates: messages whose text WhatsApp has approved beforehand, with parameters to fill in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Media;
use crate::masked::masked_debug;

/// A template to send, and what fills it.
///
/// ```
/// use wamux_engine::message::{Component, ComponentKind, Parameter, Template};
///
/// let mut template = Template::new("order_shipped", "en");
/// template.components.push(Component::new(
///     ComponentKind::Body,
///     vec![Parameter::Text { text: "17".into() }],
/// ));
/// assert_eq!(template.language.code.as_deref(), Some("en"));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The template's name (Devino v1: its id).
    pub name: String,
    /// The translation to send.
    #[serde(default)]
    pub language: Language,
    /// What fills the template's header, body, footer and buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub components: Vec<Component>,
}

impl Template {
    /// A template in one language, with nothing to fill in.
    pub fn new(name: impl Into<String>, language: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            language: Language {
                policy: Policy::default(),
                code: Some(language.into()),
            },
            components: Vec::new(),
        }
    }
}

/// The translation of a template.
///
/// ```
/// use wamux_engine::message::{Language, Policy, Template};
///
/// let mut template = Template::new("order_shipped", "en_US");
/// template.language.policy = Policy::Fallback;
/// let expected = Language { policy: Policy::Fallback, code: Some("en_US".into()) };
/// assert_eq!(template.language, expected);
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// How the gateway chooses the translation.
    #[serde(default)]
    pub policy: Policy,
    /// The language or locale, such as `en` or `en_US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub code: Option<String>,
}

/// How a gateway chooses a template's translation.
///
/// ```
/// use wamux_engine::message::{Language, Policy};
///
/// let language: Language = serde_json::from_str(r#"{"code": "en"}"#)?;
/// assert_eq!(language.policy, Policy::Deterministic);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Exactly the language that the message names.
    #[default]
    Deterministic,
    /// The recipient's own language, else the one that the message names.
    Fallback,
}

impl Policy {
    /// The policy as the gateways write it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Deterministic => "deterministic",
            Self::Fallback => "fallback",
        }
    }
}

/// What fills one part of a template.
///
/// ```
/// use wamux_engine::message::{ButtonKind, Component, Parameter};
///
/// let json = r#"{"type": "button", "sub_type": "url", "index": "0",
///     "parameters": [{"type": "text", "text": "17"}]}"#;
/// let component: Component = serde_json::from_str(json)?;
/// let end_of_url = Parameter::Text { text: "17".into() };
/// assert_eq!(component, Component::button(ButtonKind::Url, 0, vec![end_of_url]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Which part.
    #[serde(rename = "type")]
    pub kind: ComponentKind,
    /// For a button: what it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub sub_type: Option<ButtonKind>,
    /// For a button: its position, counted from 0.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "integer_or_digits"
    )]
    #[schemars(schema_with = "index_schema")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub index: Option<u32>,
    /// The values, in the order of the template's placeholders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub parameters: Vec<Parameter>,
}

impl Component {
    /// A component that is not a button.
    ///
    /// ```
    /// # use wamux_engine::message::{Component, ComponentKind};
    /// assert!(Component::new(ComponentKind::Footer, vec![]).index.is_none());
    /// ```
    #[must_use]
    pub fn new(kind: ComponentKind, parameters: Vec<Parameter>) -> Self {
        Self {
            kind,
            sub_type: None,
            index: None,
            parameters,
        }
    }

    /// A button's component.
    ///
    /// ```
    /// # use wamux_engine::message::{ButtonKind, Component, ComponentKind};
    /// let button = Component::button(ButtonKind::Url, 0, vec![]);
    /// assert_eq!(button.kind, ComponentKind::Button);
    /// ```
    #[must_use]
    pub fn button(sub_type: ButtonKind, index: u32, parameters: Vec<Parameter>) -> Self {
        Self {
            kind: ComponentKind::Button,
            sub_type: Some(sub_type),
            index: Some(index),
            parameters,
        }
    }
}

/// A part of a template.
///
/// ```
/// use wamux_engine::message::{Component, ComponentKind, Media, Parameter};
///
/// let picture = Parameter::Image { image: Media::link("https://example.com/cover.jpg") };
/// let header = Component::new(ComponentKind::Header, vec![picture]);
/// assert_eq!(serde_json::to_value(&header).unwrap()["type"], "header");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// Above the text.
    Header,
    /// The text.
    Body,
    /// Under the text.
    Footer,
    /// A button under the message.
    Button,
}

impl ComponentKind {
    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::message::ComponentKind::Header.as_str(), "header");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Body => "body",
            Self::Footer => "footer",
            Self::Button => "button",
        }
    }
}

/// What a template's button does.
///
/// ```
/// use wamux_engine::message::{ButtonKind, Component, Parameter};
///
/// let answer = Parameter::Payload { payload: "unsubscribe".into() };
/// let button = Component::button(ButtonKind::QuickReply, 1, vec![answer]);
/// assert_eq!(serde_json::to_value(&button).unwrap()["sub_type"], "quick_reply");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ButtonKind {
    /// Answers with a payload of the sender's.
    QuickReply,
    /// Opens a URL whose end the message gives.
    Url,
}

impl ButtonKind {
    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_engine::message::ButtonKind::QuickReply.as_str(), "quick_reply");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QuickReply => "quick_reply",
            Self::Url => "url",
        }
    }
}

/// One value of a template.
///
/// ```
/// use wamux_engine::message::Parameter;
///
/// let parameter: Parameter = serde_json::from_str(r#"{"type": "text", "text": "17"}"#)?;
/// assert_eq!(parameter, Parameter::Text { text: "17".into() });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is named as its variant")]
pub enum Parameter {
    /// Text; for a URL button, the end of its URL.
    Text { text: String },
    /// What a quick-reply button answers with.
    Payload { payload: String },
    /// An amount of money.
    Currency { currency: Currency },
    /// A moment.
    DateTime { date_time: DateTime },
    /// A picture, in a header.
    Image { image: Media },
    /// A film, in a header.
    Video { video: Media },
    /// A file, in a header.
    Document { document: Media },
}

impl Parameter {
    /// The parameter's `type` in JSON.
    ///
    /// ```
    /// use wamux_engine::message::{Media, Parameter};
    ///
    /// let picture = Parameter::Image { image: Media::link("https://example.com/cover.jpg") };
    /// assert_eq!(picture.type_name(), "image");
    /// ```
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Payload { .. } => "payload",
            Self::Currency { .. } => "currency",
            Self::DateTime { .. } => "date_time",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Document { .. } => "document",
        }
    }
}

/// An amount of money, shown as the recipient's phone writes it.
///
/// ```
/// use wamux_engine::message::{Currency, Parameter};
///
/// // 100.99 dollars.
/// let price = Currency {
///     fallback_value: "$100.99".into(),
///     code: "USD".into(),
///     amount_1000: 100_990,
/// };
/// assert_eq!(Parameter::Currency { currency: price }.type_name(), "currency");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// What is shown where the phone cannot format the amount.
    pub fallback_value: String,
    /// The currency in ISO 4217, such as `USD`.
    pub code: String,
    /// The amount times 1,000.
    pub amount_1000: i64,
}

/// A moment, shown as the recipient's phone writes it: a timestamp, or its parts.
///
/// ```
/// use wamux_engine::message::{DateTime, Parameter};
///
/// let delivery = DateTime {
///     fallback_value: "31 January, 09:00".into(),
///     month: Some(1),
///     day_of_month: Some(31),
///     hour: Some(9),
///     minute: Some(0),
///     ..DateTime::default()
/// };
/// assert_eq!(Parameter::DateTime { date_time: delivery }.type_name(), "date_time");
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct DateTime {
    /// What is shown where the phone cannot format the moment.
    pub fallback_value: String,
    /// The day of the week, 1 for Monday to 7 for Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub day_of_week: Option<i64>,
    /// The day of the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub day_of_month: Option<i64>,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub year: Option<i64>,
    /// The month, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub month: Option<i64>,
    /// The hour, 0 to 23.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub hour: Option<i64>,
    /// The minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub minute: Option<i64>,
    /// The moment in seconds since 1970, in place of the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub timestamp: Option<i64>,
}

fn index_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "description": "For a button: its position, counted from 0, as an integer or a string of digits.",
        "type": ["integer", "string", "null"],
        "minimum": 0,
        "maximum": u32::MAX,
        "pattern": "^[0-9]{1,9}$",
    })
}

/// Meta's own samples write a button's index both as `0` and as `"0"`.
fn integer_or_digits<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written<'a> {
        Integer(u32),
        Digits(#[serde(borrow)] std::borrow::Cow<'a, str>),
    }
    match Option::<Written<'de>>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Written::Integer(index)) => Ok(Some(index)),
        Some(Written::Digits(digits)) => {
            if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit())
            {
                return Err(serde::de::Error::custom("not an index"));
            }
            digits
                .parse()
                .map(Some)
                .map_err(|_| serde::de::Error::custom("not an index"))
        }
    }
}

masked_debug!(Template, Language, Component, Parameter, Currency, DateTime);

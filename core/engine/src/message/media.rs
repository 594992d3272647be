//! Pictures, sounds, films and files.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::masked::masked_debug;

/// A media part: exactly one source, and what describes it.
///
/// ```
/// use wamux_engine::message::{Media, MediaSource};
///
/// let media = Media::link("https://example.com/cover.jpg");
/// assert_eq!(media.source, MediaSource::Link("https://example.com/cover.jpg".into()));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(into = "MediaFields", try_from = "MediaFields")]
pub struct Media {
    /// Where the bytes are.
    pub source: MediaSource,
    /// The MIME type, such as `image/jpeg`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub mime_type: Option<String>,
    /// The name that the recipient sees.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub filename: Option<String>,
    /// The text under the picture, film or file.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub caption: Option<String>,
}

/// Where a media part's bytes are.
///
/// ```
/// use wamux_engine::message::{Media, MediaSource};
///
/// let media = Media::data(b"\x89PNG");
/// assert_eq!(media.source.field(), "data");
/// let to_upload = match &media.source {
///     MediaSource::Data(bytes) => bytes.len(),
///     MediaSource::Link(_) | MediaSource::Id(_) => 0,
/// };
/// assert_eq!(to_upload, 4);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "uniffi",
    derive(uniffi::Enum),
    uniffi::export(Debug, Eq, Hash)
)]
pub enum MediaSource {
    /// An http or https URL that the gateway fetches.
    Link(#[cfg_attr(feature = "uniffi", uniffi(name = "link"))] String),
    /// The id of media that was uploaded to the gateway before.
    Id(#[cfg_attr(feature = "uniffi", uniffi(name = "id"))] String),
    /// The bytes themselves; base64 in JSON.
    Data(#[cfg_attr(feature = "uniffi", uniffi(name = "data"))] Vec<u8>),
}

impl Media {
    /// Media that the gateway fetches from a URL.
    pub fn link(url: impl Into<String>) -> Self {
        Self::from_source(MediaSource::Link(url.into()))
    }

    /// Media that was uploaded to the gateway before.
    ///
    /// ```
    /// # use wamux_engine::message::{Media, MediaSource};
    /// assert_eq!(Media::id("media-1").source, MediaSource::Id("media-1".into()));
    /// ```
    pub fn id(id: impl Into<String>) -> Self {
        Self::from_source(MediaSource::Id(id.into()))
    }

    /// Media whose bytes are at hand.
    ///
    /// ```
    /// # use wamux_engine::message::{Media, MediaSource};
    /// assert_eq!(Media::data([1, 2]).source, MediaSource::Data(vec![1, 2]));
    /// ```
    pub fn data(bytes: impl Into<Vec<u8>>) -> Self {
        Self::from_source(MediaSource::Data(bytes.into()))
    }

    fn from_source(source: MediaSource) -> Self {
        Self {
            source,
            mime_type: None,
            filename: None,
            caption: None,
        }
    }
}

impl MediaSource {
    /// The address, where the file is behind one.
    pub(crate) fn as_link(&self) -> Option<&String> {
        match self {
            Self::Link(link) => Some(link),
            Self::Id(_) | Self::Data(_) => None,
        }
    }

    /// The name of the field that holds this source.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Id(_) => "id",
            Self::Data(_) => "data",
        }
    }
}

/// The JSON shape of [`Media`]: the three sources side by side, of which one is there.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename = "Media", deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["link"]}, {"required": ["id"]}, {"required": ["data"]}]))]
struct MediaFields {
    /// An http or https URL that the gateway fetches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    link: Option<String>,
    /// The id of media that was uploaded to the gateway before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    id: Option<String>,
    /// The bytes, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("format" = "base64"))]
    data: Option<Base64>,
    /// The MIME type, such as `image/jpeg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mime_type: Option<String>,
    /// The name that the recipient sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    /// The text under the picture, film or file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
}

impl TryFrom<MediaFields> for Media {
    type Error = &'static str;

    fn try_from(fields: MediaFields) -> Result<Self, Self::Error> {
        let source = match (fields.link, fields.id, fields.data) {
            (Some(link), None, None) => MediaSource::Link(link),
            (None, Some(id), None) => MediaSource::Id(id),
            (None, None, Some(data)) => MediaSource::Data(data.0),
            _ => return Err("exactly one of link, id and data is needed"),
        };
        Ok(Self {
            source,
            mime_type: fields.mime_type,
            filename: fields.filename,
            caption: fields.caption,
        })
    }
}

impl From<Media> for MediaFields {
    fn from(media: Media) -> Self {
        let mut fields = Self {
            link: None,
            id: None,
            data: None,
            mime_type: media.mime_type,
            filename: media.filename,
            caption: media.caption,
        };
        match media.source {
            MediaSource::Link(link) => fields.link = Some(link),
            MediaSource::Id(id) => fields.id = Some(id),
            MediaSource::Data(data) => fields.data = Some(Base64(data)),
        }
        fields
    }
}

struct Base64(Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&base64::display::Base64Display::new(
            &self.0,
            &BASE64_STANDARD,
        ))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        BASE64_STANDARD
            .decode(text.as_bytes())
            .map(Self)
            .map_err(|_| serde::de::Error::custom("not base64"))
    }
}

impl std::fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple(self.field()).finish_non_exhaustive()
    }
}

masked_debug!(Media);

//! Features: what a message can ask for and a gateway may lack.

use schemars::JsonSchema;
use serde::Serialize;

use crate::event::StatusKind;
use crate::gateway::{Profile, REGISTRY};
use crate::message::{Content, ContentType, Media, MediaSource, Message, RecipientType};
use crate::validate::is_mime_type;
use crate::violation::{Code, Violation};

/// Declares the features: each with its name in words.
macro_rules! features {
    ($(#[$doc:meta])* pub enum Feature { $($feature:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "`name` says what each is")]
        pub enum Feature {
            $($feature,)*
        }

        impl Feature {
            /// Every feature.
            pub const ALL: &[Self] = &[$(Self::$feature),*];

            /// What the feature is called in words.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$feature => $name,)*
                }
            }
        }
    };
}

features! {
    /// Something that one gateway can say and another cannot.
    ///
    /// ```
    /// use wamux_engine::{Feature, gateway::REGISTRY};
    ///
    /// let mut able = REGISTRY.to_vec();
    /// able.retain(|profile| profile.capabilities.sends.contains(&Feature::Group));
    /// let ids: Vec<&str> = able.iter().map(|profile| profile.id).collect();
    /// println!("{}: {}", Feature::Group.name(), ids.join(", "));
    /// assert!(ids.contains(&"chat-api"));
    /// ```
    pub enum Feature {
        Text = "text messages",
        Image = "images",
        Audio = "audio",
        Voice = "voice messages",
        Video = "video",
        Document = "documents",
        Sticker = "stickers",
        Location = "locations",
        Contacts = "contacts",
        Template = "templates",
        Interactive = "interactive messages",
        Reaction = "reactions",
        From = "a sender for each message",
        Group = "messages to groups",
        Chat = "messages to a chat id",
        Context = "replies to an earlier message",
        CallbackUrl = "a callback URL for each message",
        CallbackData = "callback data",
        Ttl = "a time to live",
        Schedule = "a schedule",
        PreviewUrl = "a choice of link previews",
        Caption = "captions",
        DocumentCaption = "captions of documents",
        AudioCaption = "captions of audio, voice messages and stickers",
        ContactIms = "instant messengers on contact cards",
        MediaId = "media by id",
        MediaData = "media by its bytes",
        TemplateHeader = "parameters of a template's header",
        TemplateFooter = "parameters of a template's footer",
        TemplateButton = "parameters of a template's buttons",
        TypedParameters = "template parameters other than text",
        FallbackLanguage = "the language policy `fallback`",
        Filename = "file names of media other than documents",
    }
}

impl Feature {
    fn of_type(content_type: ContentType) -> Self {
        match content_type {
            ContentType::Text => Self::Text,
            ContentType::Image => Self::Image,
            ContentType::Audio => Self::Audio,
            ContentType::Voice => Self::Voice,
            ContentType::Video => Self::Video,
            ContentType::Document => Self::Document,
            ContentType::Sticker => Self::Sticker,
            ContentType::Location => Self::Location,
            ContentType::Contacts => Self::Contacts,
            ContentType::Template => Self::Template,
            ContentType::Interactive => Self::Interactive,
            ContentType::Reaction => Self::Reaction,
        }
    }
}

/// What a gateway can say.
///
/// ```
/// use wamux_engine::{Feature, gateway};
///
/// let capabilities = gateway::profile("devino-v2")?.capabilities;
/// assert!(capabilities.sends.contains(&Feature::Template));
/// assert!(!capabilities.not_yet.contains(&Feature::Template));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Capabilities {
    /// What wamux sends through the gateway.
    pub sends: &'static [Feature],
    /// What the gateway documents and this version of wamux does not send yet.
    pub not_yet: &'static [Feature],
    /// What it tells of messages that were sent.
    pub statuses: &'static [StatusKind],
    /// The types of messages that come in.
    pub receives: &'static [&'static str],
}

/// The violation for a feature that a gateway lacks.
pub(crate) fn unsupported(
    profile: &Profile,
    feature: Feature,
    path: impl Into<String>,
) -> Violation {
    let name = feature.name();
    let id = profile.id;
    let others = |has: fn(&Capabilities) -> &'static [Feature]| {
        let able = REGISTRY
            .iter()
            .filter(|other| has(&other.capabilities).contains(&feature));
        let ids: Vec<&str> = able
            .map(|other| other.id)
            .filter(|other| *other != id)
            .collect();
        ids.join(", ")
    };
    let (able, later) = (others(|c| c.sends), others(|c| c.not_yet));
    let words = if profile.capabilities.not_yet.contains(&feature) {
        format!("{id} has {name}, but this version of wamux does not send that")
    } else if !able.is_empty() {
        format!("{id} does not have {name}; {able} can")
    } else if !later.is_empty() {
        format!(
            "{id} does not have {name}; {later} can, but this version of wamux does not send that"
        )
    } else {
        format!("{id} does not have {name}, nor has any other gateway here")
    };
    Violation::error(Code::Unsupported, path, words)
}

/// Adds a violation for each thing that the message asks for and the gateway lacks, as far as it
/// can be told from the message's fields; encoders add what lies deeper.
pub(crate) fn check(profile: &Profile, message: &Message, violations: &mut Vec<Violation>) {
    let mut need = |feature: Feature, path: &str| {
        if !profile.sends(feature) {
            violations.push(unsupported(profile, feature, path));
        }
    };
    match message.recipient_type {
        RecipientType::Individual => {}
        RecipientType::Group => need(Feature::Group, "recipient_type"),
        RecipientType::Chat => need(Feature::Chat, "recipient_type"),
    }
    if message.from.is_some() {
        need(Feature::From, "from");
    }
    let content_type = message.content.content_type();
    need(Feature::of_type(content_type), content_type.as_str());
    if profile.sends(Feature::of_type(content_type)) {
        match &message.content {
            Content::Text(text) if text.preview_url == Some(true) => {
                need(Feature::PreviewUrl, "text.preview_url");
            }
            content => {
                if let Some(media) = content.media() {
                    media_source(media, content_type.as_str(), &mut need);
                }
            }
        }
    }
    if message.context.is_some() {
        need(Feature::Context, "context");
    }
    if let Some(callback) = &message.callback {
        if callback.url.is_some() {
            need(Feature::CallbackUrl, "callback.url");
        }
        if callback.data.is_some() {
            need(Feature::CallbackData, "callback.data");
        }
    }
    if message.ttl.is_some() {
        need(Feature::Ttl, "ttl");
    }
    if message.schedule.is_some() {
        need(Feature::Schedule, "schedule");
    }
}

/// Adds the violation of a message's own media whose MIME type is wrong.
pub(crate) fn check_media_type(
    profile: &Profile,
    message: &Message,
    violations: &mut Vec<Violation>,
) {
    if let Some(media) = message.content.media() {
        let part = message.content.content_type().as_str();
        let wrong = wrong_media_type(media, profile.media_types(part), part);
        // Where the type is on the wire, the schema may have said so already.
        violations.extend(wrong.filter(|v| violations.iter().all(|known| known.path != v.path)));
    }
}

/// The violation of media whose MIME type is given and is none of those that its kind may have, or
/// none at all where the kind may have any.
pub(crate) fn wrong_media_type(
    media: &Media,
    types: Option<&[&str]>,
    path: &str,
) -> Option<Violation> {
    let given = media.mime_type.as_deref()?;
    let words = match types {
        Some(types) if types.iter().any(|allowed| is_of_type(given, allowed)) => return None,
        Some(types) => format!("must be one of {}", types.join(", ")),
        None if is_mime_type(&given.replace(' ', "")) => return None,
        None => "must be a MIME type such as application/pdf".to_owned(),
    };
    Some(Violation::error(
        Code::Invalid,
        format!("{path}.mime_type"),
        words,
    ))
}

/// Whether a MIME type is one that is allowed: with any parameters, or, where the allowed one has
/// some (`audio/ogg; codecs=opus`), with the same.
pub(crate) fn is_of_type(given: &str, allowed: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(';').map(|part| part.trim().replace('"', ""));
        parts.map(|part| part.to_ascii_lowercase()).collect()
    };
    let (given, allowed) = (parts(given), parts(allowed));
    if let Some(family) = allowed[0].strip_suffix('*') {
        return given[0].starts_with(family) && is_mime_type(&given.join(";"));
    }
    given.first() == allowed.first() && (allowed.len() == 1 || given == allowed)
}

/// Asks for what the media's source takes; the media stands at `part`.
pub(crate) fn media_source(media: &Media, part: &str, need: &mut impl FnMut(Feature, &str)) {
    match media.source {
        MediaSource::Link(_) => {}
        MediaSource::Id(_) => need(Feature::MediaId, &format!("{part}.id")),
        MediaSource::Data(_) => need(Feature::MediaData, &format!("{part}.data")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_has_every_feature_once() {
        for (position, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(*feature as usize, position);
        }
        assert_eq!(Feature::ALL.last(), Some(&Feature::Filename));
    }
}

//! Media objects.

use super::Variant;
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::is_web_address;

/// What a media object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Audio,
    Document,
    Image,
    Sticker,
    Video,
    Voice,
}

impl MediaKind {
    const ALL: [Self; 6] = [
        Self::Audio,
        Self::Document,
        Self::Image,
        Self::Sticker,
        Self::Video,
        Self::Voice,
    ];

    /// The wire name of the type and of its part.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Image => "image",
            Self::Sticker => "sticker",
            Self::Video => "video",
            Self::Voice => "voice",
        }
    }

    /// The kind of that wire name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the object may bear a caption. Devino: image and video; On-Premises: the document too.
    fn has_caption(self, variant: Variant) -> bool {
        matches!(self, Self::Image | Self::Video)
            || (self == Self::Document && variant == Variant::OnPremises)
    }
}

/// Checks a media object.
pub(crate) fn check_media(
    mut media: Object<'_>,
    kind: MediaKind,
    variant: Variant,
    problems: &mut Problems,
) {
    let by_id = variant == Variant::OnPremises && media.has("id");
    if by_id {
        media.string("id", Need::Required, &NOT_EMPTY, problems);
        if media.has("link") {
            note(
                problems,
                Rule::Unknown,
                media.path_of("link"),
                "stands beside an id; one of both is enough",
            );
            media.get("link");
        }
    } else if let Some(link) = media.string("link", Need::Required, &ANY_LENGTH, problems)
        && !is_web_address(link)
    {
        note(
            problems,
            Rule::Invalid,
            media.path_of("link"),
            "must be an address with the scheme http or https",
        );
    }
    if variant == Variant::OnPremises
        && let Some(mut provider) = media.object("provider", Need::Optional, problems)
    {
        provider.string("name", Need::Required, &ANY_LENGTH, problems);
        provider.finish(problems);
    }
    if kind.has_caption(variant) {
        media.string("caption", Need::Optional, &ANY_LENGTH, problems);
    }
    if kind == MediaKind::Document {
        let length = match variant {
            Variant::Devino => 1..=100,
            Variant::OnPremises => NOT_EMPTY,
        };
        media.string("filename", Need::Optional, &length, problems);
    }
    media.finish(problems);
}

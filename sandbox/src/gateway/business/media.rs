//! Media objects.

use super::Variant;
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, check_web_address, note};
use crate::form::is_encoded_twice;

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

/// What is said of a link that was percent-encoded twice. It has a code of its own.
pub(crate) const ENCODED_TWICE: &str =
    "is percent-encoded twice, so that the file cannot be loaded";

/// The media id that no file has; every other id has one.
pub(crate) const UNKNOWN_MEDIA_ID: &str = "unknown-media";

/// What is said of that id. It has a code of its own.
pub(crate) const UNKNOWN_MEDIA: &str = "is not the id of a stored file";

/// Checks a media object.
pub(crate) fn check_media(
    mut media: Object<'_>,
    kind: MediaKind,
    variant: Variant,
    problems: &mut Problems,
) {
    let by_id = variant == Variant::OnPremises && media.has("id");
    if by_id {
        let id = media.string("id", Need::Required, &NOT_EMPTY, problems);
        if id == Some(UNKNOWN_MEDIA_ID) {
            note(problems, Rule::Invalid, media.path_of("id"), UNKNOWN_MEDIA);
        }
        // A provider fetches what a link names.
        for name in ["link", "provider"] {
            if media.get(name).is_some() {
                let detail = "stands beside an id, which is enough";
                note(problems, Rule::Unknown, media.path_of(name), detail);
            }
        }
    } else if let Some(link) = media.string("link", Need::Required, &ANY_LENGTH, problems) {
        check_link(link, &media.path_of("link"), variant, problems);
    }
    if variant == Variant::OnPremises
        && kind != MediaKind::Sticker
        && !by_id
        && let Some(mut provider) = media.object("provider", Need::Optional, problems)
    {
        provider.string("name", Need::Required, &NOT_EMPTY, problems);
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

fn check_link(link: &str, path: &str, variant: Variant, problems: &mut Problems) {
    let is_address = check_web_address(link, path, problems);
    if is_address && variant == Variant::OnPremises && is_encoded_twice(link) {
        note(problems, Rule::Invalid, path, ENCODED_TWICE);
    }
}

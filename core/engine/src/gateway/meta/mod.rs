//! The content that Meta's own APIs defined and several gateways took over, under the same names as in the neutral
//! message: how it is written, and how it is read.

mod contact;
mod encode;
mod read;

pub(super) use encode::{ContentEncoder, language};
pub(super) use read::{contacts, content, context};

/// Pictures that WhatsApp shows.
pub(super) const IMAGE: &[&str] = &["image/jpeg", "image/png"];
/// Films that WhatsApp plays: H.264 and AAC.
pub(super) const VIDEO: &[&str] = &["video/mp4", "video/3gpp"];
/// Sounds that WhatsApp plays; Ogg with the codec Opus only. The pages print `audio/acc` for AAC.
pub(super) const AUDIO: &[&str] = &[
    "audio/aac",
    "audio/acc",
    "audio/mp4",
    "audio/amr",
    "audio/mpeg",
    "audio/ogg",
];

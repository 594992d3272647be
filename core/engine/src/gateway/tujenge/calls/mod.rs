//! The calls beyond sending.
//!
//! Sources: Meta, "WhatsApp On-Premises API", its pages on each of them; Tujenge, "WhatsApp API Version 1", for what it
//! passes on.

mod blocked;
mod business_profile;
mod contacts;
mod group_icon;
mod group_members;
mod groups;
mod media;
mod messages;
mod profile;
mod sticker_packs;
mod stickers;
mod webhook;

pub(super) use blocked::blocked;
pub use business_profile::{BusinessProfile, GetBusinessProfile, UpdateBusinessProfile};
pub use contacts::{
    BlockContact, Blocking, CheckContacts, CheckedContact, CheckedContacts, ContactStatus,
    UnblockContact,
};
pub use group_icon::{DeleteGroupIcon, GetGroupIcon, SetGroupIcon};
pub use group_members::{
    AddGroupAdmins, GetGroupInvite, GroupInvite, RemoveGroupAdmins, RemoveGroupParticipants,
    RevokeGroupInvite,
};
pub use groups::{
    CreateGroup, GetGroup, GroupDetails, GroupEntry, Groups, LeaveGroup, ListGroups, UpdateGroup,
};
pub use media::{DeleteMedia, DownloadMedia, Media, UploadMedia};
pub use messages::MarkAsRead;
pub use profile::{
    AboutText, DeleteProfilePhoto, GetAbout, GetProfilePhoto, GetProfilePhotoLink,
    ProfilePhotoLink, SetAbout, SetProfilePhoto,
};
pub use sticker_packs::{
    CreateStickerPack, DeleteStickerPack, GetStickerPack, ListStickerPacks, StickerNamespace,
    StickerPackDetails, StickerPackEntry, StickerPacks, UpdateStickerPack,
};
pub use stickers::{
    AddSticker, DeleteSticker, GetSticker, ListStickers, StickerDetails, StickerEntry, Stickers,
    UpdateSticker,
};
pub(super) use webhook::WEBHOOK;
pub use webhook::{SetWebhook, WebhookTarget};

use wamux_phone::Region;

use crate::call::{CallProfile, CallRequest, Source, phone_digits};
use crate::feature::is_of_type;
use crate::gateway::meta;
use crate::payload::Payload;
use crate::violation::{Code, Violation};

pub(super) static CALLS: &[CallProfile] = &[
    CallProfile::of::<MarkAsRead>(),
    CallProfile::of::<CheckContacts>(),
    CallProfile::of::<BlockContact>(),
    CallProfile::of::<UnblockContact>(),
    CallProfile::of::<UploadMedia>(),
    CallProfile::of::<DownloadMedia>(),
    CallProfile::of::<DeleteMedia>(),
    CallProfile::of::<ListGroups>(),
    CallProfile::of::<CreateGroup>(),
    CallProfile::of::<GetGroup>(),
    CallProfile::of::<UpdateGroup>(),
    CallProfile::of::<GetGroupInvite>(),
    CallProfile::of::<RevokeGroupInvite>(),
    CallProfile::of::<RemoveGroupParticipants>(),
    CallProfile::of::<LeaveGroup>(),
    CallProfile::of::<GetGroupIcon>(),
    CallProfile::of::<SetGroupIcon>(),
    CallProfile::of::<DeleteGroupIcon>(),
    CallProfile::of::<AddGroupAdmins>(),
    CallProfile::of::<RemoveGroupAdmins>(),
    CallProfile::of::<GetBusinessProfile>(),
    CallProfile::of::<UpdateBusinessProfile>(),
    CallProfile::of::<GetAbout>(),
    CallProfile::of::<SetAbout>(),
    CallProfile::of::<GetProfilePhoto>(),
    CallProfile::of::<GetProfilePhotoLink>(),
    CallProfile::of::<SetProfilePhoto>(),
    CallProfile::of::<DeleteProfilePhoto>(),
    CallProfile::of::<ListStickerPacks>(),
    CallProfile::of::<CreateStickerPack>(),
    CallProfile::of::<GetStickerPack>(),
    CallProfile::of::<UpdateStickerPack>(),
    CallProfile::of::<DeleteStickerPack>(),
    CallProfile::of::<ListStickers>(),
    CallProfile::of::<AddSticker>(),
    CallProfile::of::<GetSticker>(),
    CallProfile::of::<UpdateSticker>(),
    CallProfile::of::<DeleteSticker>(),
    CallProfile::of::<SetWebhook>(),
];

/// The rules of a call's body, by the name of their file.
macro_rules! body_rules {
    ($file:literal) => {{
        static RULES: std::sync::LazyLock<crate::validate::Rules> =
            std::sync::LazyLock::new(|| {
                crate::validate::Rules::new(include_str!(concat!(
                    "../../../../schemas/tujenge/",
                    $file,
                    ".json"
                )))
            });
        Some(&CallRules {
            name: Self::NAME,
            body: &RULES,
        })
    }};
}
use body_rules;

/// The most bytes that a profile's or a group's picture may have: 5 MiB. Source: Meta, "WhatsApp On-Premises API",
/// Settings: profile.
const PICTURE_LIMIT: u64 = 5 * 1024 * 1024;

/// Gives a call the picture of a profile or a group.
fn picture<'c>(call: CallRequest<'c>, mime_type: &'c str, source: &Source) -> CallRequest<'c> {
    let call = call.upload(mime_type, source, PICTURE_LIMIT);
    let is_picture = |allowed: &&str| is_of_type(mime_type, allowed);
    if meta::IMAGE.iter().any(is_picture) {
        return call;
    }
    let words = "must be image/jpeg or image/png";
    call.fault(Violation::error(Code::Invalid, "mime_type", words))
}

/// A list of people, each as `read` has them. What cannot be read is a violation, and stays in its place, so that the
/// others keep theirs.
fn people_list<'c>(
    argument: &str,
    texts: &'c [String],
    mut read: impl FnMut(&str, &str) -> Option<String>,
) -> Payload<'c> {
    let people = texts.iter().enumerate().map(|(position, text)| {
        let person = read(&format!("{argument}[{position}]"), text);
        Payload::Text(person.map_or_else(|| text.into(), Into::into))
    });
    Payload::List(people.collect())
}

/// A WhatsApp id: digits stay as they are, with a plus sign or without, since no region may make another person of
/// them; any other text is a phone number, of which the digits are the id. What is wrong with it is a violation at
/// `argument`.
fn wa_id(
    argument: &str,
    text: &str,
    region: Option<Region>,
    violations: &mut Vec<Violation>,
) -> Option<String> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return phone_digits(argument, text, region, violations);
    }
    if digits.len() > 15 || digits.starts_with('0') {
        let words = "must be a WhatsApp id: 1 to 15 digits, of which the first is no 0, such as 79034567890";
        violations.push(Violation::error(Code::Invalid, argument, words));
        return None;
    }
    Some(digits.to_owned())
}

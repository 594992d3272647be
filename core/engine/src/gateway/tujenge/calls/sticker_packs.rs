//! Packs of stickers.
//!
//! Source: Meta, "WhatsApp On-Premises API", Stickerpacks.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::body_rules;
use crate::call::{Call, CallRequest, acknowledged, lenient, lenient_id, lenient_list, read_as};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// Where packs are, and the stickers in them.
pub(super) const PATH: &str = "/v1/stickerpacks";

/// Lists the packs of stickers.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::ListStickerPacks};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &ListStickerPacks::default())?;
/// assert!(request.url().ends_with("/v1/stickerpacks"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListStickerPacks {
    /// Whose packs; by default those that were created here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<StickerNamespace>,
}

/// Whose packs of stickers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StickerNamespace {
    /// WhatsApp's own.
    Whatsapp,
}

/// The word of the query.
impl fmt::Display for StickerNamespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whatsapp => f.write_str("whatsapp"),
        }
    }
}

impl Call for ListStickerPacks {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "list_sticker_packs";

    type Output = StickerPacks;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH).query("namespace", self.namespace)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<StickerPacks, Error>> {
        answer.body.get("stickerpacks")?.as_array()?;
        read_as(answer, "").map(Ok)
    }
}

/// Packs of stickers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StickerPacks {
    /// The packs.
    #[serde(
        rename(deserialize = "stickerpacks"),
        deserialize_with = "lenient_list"
    )]
    pub sticker_packs: Vec<StickerPackEntry>,
}

/// A pack of stickers in a list, or one that was created.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StickerPackEntry {
    /// The id of the pack.
    #[serde(
        deserialize_with = "lenient_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<String>,
}

/// Creates a pack of stickers, which has none yet.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::CreateStickerPack};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = CreateStickerPack {
///     publisher: "A Shop".into(),
///     name: "Fruits".into(),
///     ..CreateStickerPack::default()
/// };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "POST");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateStickerPack {
    /// Who publishes the pack.
    pub publisher: String,
    /// The name of the pack.
    pub name: String,
    /// Where the pack's app for iOS is: an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ios_app_store_link: Option<String>,
    /// Where the pack's app for Android is: an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android_app_store_link: Option<String>,
}

masked_debug!(CreateStickerPack);

impl Call for CreateStickerPack {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "create_sticker_pack";
    const RULES: Option<&'static CallRules> = body_rules!("create_sticker_pack");

    type Output = StickerPackEntry;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::post(PATH).json(Payload::record([
            Member::new("publisher", &self.publisher),
            Member::new("name", &self.name),
            Member::new("ios_app_store_link", self.ios_app_store_link.as_ref()),
            Member::new(
                "android_app_store_link",
                self.android_app_store_link.as_ref(),
            ),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<StickerPackEntry, Error>> {
        read_as(answer, "/stickerpacks/0").map(Ok)
    }
}

/// Gets what a pack of stickers is called and who publishes it.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetStickerPack};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = GetStickerPack { sticker_pack_id: "1".into(), ..GetStickerPack::default() };
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/v1/stickerpacks/1"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetStickerPack {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// Whose pack it is; by default one that was created here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<StickerNamespace>,
}

impl Call for GetStickerPack {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_sticker_pack";

    type Output = StickerPackDetails;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH)
            .segment("sticker_pack_id", &self.sticker_pack_id)
            .query("namespace", self.namespace)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<StickerPackDetails, Error>> {
        read_as(answer, "/stickerpacks/0").map(Ok)
    }
}

/// What a pack of stickers is.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StickerPackDetails {
    /// Who publishes it.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its name.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where its app for iOS is.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub ios_app_store_link: Option<String>,
    /// Where its app for Android is.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub android_app_store_link: Option<String>,
}

masked_debug!(StickerPackDetails);

/// Changes what a pack of stickers is called and who publishes it. What is left out stays as it is.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UpdateStickerPack};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = UpdateStickerPack {
///     sticker_pack_id: "1".into(),
///     name: Some("Berries".into()),
///     ..UpdateStickerPack::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!((request.method.as_str(), request.body.as_bytes()), ("PATCH", &br#"{"name":"Berries"}"#[..]));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateStickerPack {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// Who publishes the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The name of the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the pack's app for iOS is: an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ios_app_store_link: Option<String>,
    /// Where the pack's app for Android is: an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android_app_store_link: Option<String>,
}

masked_debug!(UpdateStickerPack);

impl Call for UpdateStickerPack {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "update_sticker_pack";
    const RULES: Option<&'static CallRules> = body_rules!("update_sticker_pack");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::patch(PATH)
            .segment("sticker_pack_id", &self.sticker_pack_id)
            .json(Payload::record([
                Member::new("publisher", self.publisher.as_ref()),
                Member::new("name", self.name.as_ref()),
                Member::new("ios_app_store_link", self.ios_app_store_link.as_ref()),
                Member::new(
                    "android_app_store_link",
                    self.android_app_store_link.as_ref(),
                ),
            ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Deletes a pack of stickers.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DeleteStickerPack};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = DeleteStickerPack { sticker_pack_id: "1".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteStickerPack {
    /// The id of the pack.
    pub sticker_pack_id: String,
}

impl Call for DeleteStickerPack {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "delete_sticker_pack";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::delete(PATH).segment("sticker_pack_id", &self.sticker_pack_id)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

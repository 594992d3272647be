//! The stickers in a pack.
//!
//! Source: Meta, "WhatsApp On-Premises API", Stickers. The page's title has `/sticker`, and every call on it
//! `/stickers`.

use http::Method;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::body_rules;
use super::sticker_packs::{PATH, StickerNamespace};
use crate::call::{
    Call, CallRequest, acknowledged, lenient_id, lenient_integer, lenient_list, read_as,
};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// The path of the stickers of a pack.
fn stickers<'c>(method: Method, sticker_pack_id: &str) -> CallRequest<'c> {
    CallRequest::new(method, PATH)
        .segment("sticker_pack_id", sticker_pack_id)
        .then("/stickers")
}

/// The path of a sticker of a pack.
fn sticker<'c>(method: Method, sticker_pack_id: &str, index: u64) -> CallRequest<'c> {
    stickers(method, sticker_pack_id).segment("index", &index.to_string())
}

/// Lists the stickers of a pack.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::ListStickers};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = ListStickers { sticker_pack_id: "1".into(), ..ListStickers::default() };
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/v1/stickerpacks/1/stickers"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListStickers {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// Whose pack it is; by default one that was created here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<StickerNamespace>,
}

impl Call for ListStickers {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "list_stickers";

    type Output = Stickers;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        stickers(Method::GET, &self.sticker_pack_id).query("namespace", self.namespace)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<Stickers, Error>> {
        answer.body.get("stickers")?.as_array()?;
        read_as(answer, "").map(Ok)
    }
}

/// The stickers of a pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stickers {
    /// The stickers.
    #[serde(deserialize_with = "lenient_list")]
    pub stickers: Vec<StickerEntry>,
}

/// A sticker in a list, or one that was added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StickerEntry {
    /// Its place in the pack.
    #[serde(
        deserialize_with = "lenient_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub index: Option<u64>,
}

/// Adds a sticker to a pack.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::AddSticker};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = AddSticker {
///     sticker_pack_id: "1".into(),
///     image_data_id: "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68".into(),
///     emojis: Some(vec!["🐥".into()]),
/// };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "POST");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSticker {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// The id of the picture, which was uploaded as `image/webp`.
    pub image_data_id: String,
    /// The emoji that the sticker stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emojis: Option<Vec<String>>,
}

masked_debug!(AddSticker);

impl Call for AddSticker {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "add_sticker";
    const RULES: Option<&'static CallRules> = body_rules!("add_sticker");

    type Output = StickerEntry;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let emojis = self.emojis.as_deref();
        stickers(Method::POST, &self.sticker_pack_id).json(Payload::record([
            Member::new("image_data_id", &self.image_data_id),
            Member::new("emojis", emojis.map(Payload::texts)),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<StickerEntry, Error>> {
        read_as(answer, "/stickers/0").map(Ok)
    }
}

/// Gets a sticker of a pack.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetSticker};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = GetSticker::new("1", 2);
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/v1/stickerpacks/1/stickers/2"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSticker {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// The sticker's place in the pack, as `list_stickers` tells it.
    pub index: u64,
    /// Whose pack it is; by default one that was created here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<StickerNamespace>,
}

impl GetSticker {
    /// The sticker at this place of a pack that was created here.
    pub fn new(sticker_pack_id: impl Into<String>, index: u64) -> Self {
        Self {
            sticker_pack_id: sticker_pack_id.into(),
            index,
            namespace: None,
        }
    }
}

impl Call for GetSticker {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_sticker";

    type Output = StickerDetails;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        sticker(Method::GET, &self.sticker_pack_id, self.index).query("namespace", self.namespace)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<StickerDetails, Error>> {
        read_as(answer, "/stickers/0").map(Ok)
    }
}

/// What a sticker of a pack is.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StickerDetails {
    /// Its id, by which a message can bear it.
    #[serde(
        deserialize_with = "lenient_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<String>,
    /// The emoji that it stands for.
    #[serde(deserialize_with = "lenient_list")]
    pub emojis: Vec<String>,
    /// The id of its picture.
    #[serde(
        deserialize_with = "lenient_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub image_data_id: Option<String>,
}

masked_debug!(StickerDetails);

/// Changes a sticker of a pack. What is left out stays as it is.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UpdateSticker};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = UpdateSticker {
///     emojis: Some(vec!["🐣".into()]),
///     ..UpdateSticker::new("1", 2)
/// };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "PATCH");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSticker {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// The sticker's place in the pack, as `list_stickers` tells it.
    pub index: u64,
    /// The id of the picture, which was uploaded as `image/webp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_data_id: Option<String>,
    /// The emoji that the sticker stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emojis: Option<Vec<String>>,
}

masked_debug!(UpdateSticker);

impl UpdateSticker {
    /// No change yet of the sticker at this place of the pack.
    pub fn new(sticker_pack_id: impl Into<String>, index: u64) -> Self {
        Self {
            sticker_pack_id: sticker_pack_id.into(),
            index,
            image_data_id: None,
            emojis: None,
        }
    }
}

impl Call for UpdateSticker {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "update_sticker";
    const RULES: Option<&'static CallRules> = body_rules!("update_sticker");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let emojis = self.emojis.as_deref();
        sticker(Method::PATCH, &self.sticker_pack_id, self.index).json(Payload::record([
            Member::new("image_data_id", self.image_data_id.as_ref()),
            Member::new("emojis", emojis.map(Payload::texts)),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Deletes a sticker of a pack.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DeleteSticker};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = DeleteSticker { sticker_pack_id: "1".into(), index: 2 };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteSticker {
    /// The id of the pack.
    pub sticker_pack_id: String,
    /// The sticker's place in the pack, as `list_stickers` tells it.
    pub index: u64,
}

impl Call for DeleteSticker {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "delete_sticker";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        sticker(Method::DELETE, &self.sticker_pack_id, self.index)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

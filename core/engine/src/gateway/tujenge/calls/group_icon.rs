//! The picture of a group.
//!
//! Source: Meta, "WhatsApp On-Premises API", Groups: icon. It is uploaded as its bytes, as the profile's picture is.

use http::Method;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::groups::PATH;
use super::picture;
use crate::call::{Call, CallRequest, DownloadCall, Source, Transfer, acknowledged, done};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;

/// The path of a group's picture.
fn icon<'c>(method: Method, group_id: &str) -> CallRequest<'c> {
    CallRequest::new(method, PATH)
        .segment("group_id", group_id)
        .then("/icon")
}

/// Downloads the picture of a group.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetGroupIcon};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = GetGroupIcon { group_id: "79034567890-1479621234".into() };
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/icon"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetGroupIcon {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(GetGroupIcon);

impl Call for GetGroupIcon {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_group_icon";
    const TRANSFER: Transfer = Transfer::Download;
    const FILE: Option<&'static str> = Some("image/");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        icon(Method::GET, &self.group_id)
    }

    fn decode(_answer: &Answer<'_>) -> Option<Result<(), Error>> {
        done()
    }
}

impl DownloadCall for GetGroupIcon {}

/// Sets the picture of a group: JPEG or PNG of at most 5 MiB.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::SetGroupIcon};
/// use wamux_engine::{Settings, Source, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = SetGroupIcon {
///     group_id: "79034567890-1479621234".into(),
///     mime_type: "image/png".into(),
///     source: Source::from(b"\x89PNG".to_vec()),
/// };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "POST");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetGroupIcon {
    /// The id of the group.
    pub group_id: String,
    /// The MIME type of the picture: `image/jpeg` or `image/png`.
    pub mime_type: String,
    /// The picture.
    #[serde(skip)]
    pub source: Source,
}

masked_debug!(SetGroupIcon);

impl Call for SetGroupIcon {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_group_icon";
    const TRANSFER: Transfer = Transfer::Upload;

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        picture(
            icon(Method::POST, &self.group_id),
            &self.mime_type,
            &self.source,
        )
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }

    fn attach(&mut self, source: Source) {
        self.source = source;
    }
}

/// Deletes the picture of a group.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DeleteGroupIcon};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = DeleteGroupIcon { group_id: "79034567890-1479621234".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteGroupIcon {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(DeleteGroupIcon);

impl Call for DeleteGroupIcon {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "delete_group_icon";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        icon(Method::DELETE, &self.group_id)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

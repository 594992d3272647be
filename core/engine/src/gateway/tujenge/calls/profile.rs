//! The profile's text and picture.
//!
//! Source: Meta, "WhatsApp On-Premises API", Settings: profile.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::{body_rules, picture};
use crate::call::{
    Call, CallRequest, DownloadCall, Source, Transfer, acknowledged, done, lenient, read_as,
};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

const ABOUT: &str = "/v1/settings/profile/about";
const PHOTO: &str = "/v1/settings/profile/photo";

/// Gets the text of the profile.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetAbout};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &GetAbout {})?;
/// assert!(request.url().ends_with("/v1/settings/profile/about"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetAbout {}

impl Call for GetAbout {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_about";

    type Output = AboutText;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(ABOUT)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<AboutText, Error>> {
        read_as(answer, "/settings/profile/about").map(Ok)
    }
}

/// The text of a profile.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AboutText {
    /// The text.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

masked_debug!(AboutText);

/// Sets the text of the profile.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::SetAbout};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = SetAbout { text: "We answer from 9 to 18".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "PATCH");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAbout {
    /// The text; at most 139 characters.
    pub text: String,
}

masked_debug!(SetAbout);

impl Call for SetAbout {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_about";
    const RULES: Option<&'static CallRules> = body_rules!("set_about");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::patch(ABOUT).json(Payload::record([Member::new("text", &self.text)]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Downloads the picture of the profile.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetProfilePhoto};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &GetProfilePhoto {})?;
/// assert!(request.url().ends_with("/v1/settings/profile/photo"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProfilePhoto {}

impl Call for GetProfilePhoto {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_profile_photo";
    const TRANSFER: Transfer = Transfer::Download;
    const FILE: Option<&'static str> = Some("image/");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PHOTO)
    }

    fn decode(_answer: &Answer<'_>) -> Option<Result<(), Error>> {
        done()
    }
}

impl DownloadCall for GetProfilePhoto {}

/// Gets the address of the profile's picture.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetProfilePhotoLink};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &GetProfilePhotoLink {})?;
/// assert!(request.url().ends_with("/v1/settings/profile/photo?format=link"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProfilePhotoLink {}

impl Call for GetProfilePhotoLink {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_profile_photo_link";

    type Output = ProfilePhotoLink;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PHOTO).query("format", Some("link"))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<ProfilePhotoLink, Error>> {
        read_as(answer, "/settings/profile/photo").map(Ok)
    }
}

/// Where the picture of a profile is.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ProfilePhotoLink {
    /// The URL; absent where there is no picture.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

masked_debug!(ProfilePhotoLink);

/// Sets the picture of the profile: JPEG or PNG of at most 5 MiB.
///
/// It should be square, with edges from 192 to 640 pixels, which is not checked here.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::SetProfilePhoto};
/// use wamux_engine::{Settings, Source, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let picture = Source::from(b"\x89PNG".to_vec());
/// let call = SetProfilePhoto { mime_type: "image/png".into(), source: picture };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!((request.method.as_str(), &request.headers["content-type"]), ("POST", &"image/png".parse().unwrap()));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProfilePhoto {
    /// The MIME type of the picture: `image/jpeg` or `image/png`.
    pub mime_type: String,
    /// The picture.
    #[serde(skip)]
    pub source: Source,
}

impl Call for SetProfilePhoto {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_profile_photo";
    const TRANSFER: Transfer = Transfer::Upload;

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        picture(CallRequest::post(PHOTO), &self.mime_type, &self.source)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }

    fn attach(&mut self, source: Source) {
        self.source = source;
    }
}

/// Deletes the picture of the profile.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DeleteProfilePhoto};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// assert_eq!(call_request(gateway.as_ref(), &DeleteProfilePhoto {})?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteProfilePhoto {}

impl Call for DeleteProfilePhoto {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "delete_profile_photo";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::delete(PHOTO)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

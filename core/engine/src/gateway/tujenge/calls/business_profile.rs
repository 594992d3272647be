//! The business profile, which people see beside a chat.
//!
//! Source: Meta, "WhatsApp On-Premises API", Settings: business profile.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::body_rules;
use crate::call::{Call, CallRequest, acknowledged, lenient, lenient_list, read_as};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

const PATH: &str = "/v1/settings/business/profile";

/// Gets the business profile.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetBusinessProfile};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &GetBusinessProfile {})?;
/// assert!(request.url().ends_with("/v1/settings/business/profile"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetBusinessProfile {}

impl Call for GetBusinessProfile {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_business_profile";

    type Output = BusinessProfile;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<BusinessProfile, Error>> {
        read_as(answer, "/settings/business/profile").map(Ok)
    }
}

/// A business profile. What is not set is absent, or empty.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BusinessProfile {
    /// The address.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the business is.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The email address.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The industry, in WhatsApp's own words, such as `Education`.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub vertical: Option<String>,
    /// The web pages.
    #[serde(deserialize_with = "lenient_list")]
    pub websites: Vec<String>,
}

masked_debug!(BusinessProfile);

/// Changes the business profile.
///
/// What is left out stays as it is, since version 2.23 of the API.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UpdateBusinessProfile};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = UpdateBusinessProfile {
///     vertical: Some("Education".into()),
///     ..UpdateBusinessProfile::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"vertical":"Education"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateBusinessProfile {
    /// The address; at most 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the business is; at most 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The email address; at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The industry: one of `Automotive`, `Beauty, Spa and Salon`, `Clothing and Apparel`, `Education`,
    /// `Entertainment`, `Event Planning and Service`, `Finance and Banking`, `Food and Grocery`, `Public Service`,
    /// `Hotel and Lodging`, `Medical and Health`, `Non-profit`, `Professional Services`, `Shopping and Retail`,
    /// `Travel and Transportation`, `Restaurant`, `Other`, or an empty text; once it is set it cannot be emptied again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vertical: Option<String>,
    /// The web pages: at most two http or https URLs, of at most 256 characters each; they replace those that are set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub websites: Option<Vec<String>>,
}

masked_debug!(UpdateBusinessProfile);

impl Call for UpdateBusinessProfile {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "update_business_profile";
    const RULES: Option<&'static CallRules> = body_rules!("update_business_profile");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let websites = self.websites.as_deref();
        CallRequest::post(PATH).json(Payload::record([
            Member::new("address", self.address.as_ref()),
            Member::new("description", self.description.as_ref()),
            Member::new("email", self.email.as_ref()),
            Member::new("vertical", self.vertical.as_ref()),
            Member::new("websites", websites.map(Payload::texts)),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

//! Where the gateway sends what it has to tell.
//!
//! Source: Tujenge, "WhatsApp API Version 1", Set Webhook URL.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::body_rules;
use crate::call::{Call, CallRequest, lenient, read_as};
use crate::error::Error;
use crate::gateway::tujenge::PROFILE;
use crate::gateway::{Answer, WebhookCall};
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::secret::Secret;
use crate::validate::CallRules;

/// The call, for those who set the address of any gateway.
pub(in crate::gateway::tujenge) const WEBHOOK: WebhookCall = WebhookCall {
    path: "/v1/configs/webhook",
    member: "url",
};

/// Sets the address of the webhook, and the headers that each delivery bears.
///
/// Redirects are not followed; the address should answer 200 at once, and over https with a whole chain of
/// certificates. A header with a secret is the one thing by which a receiver can know the gateway: its deliveries are
/// not signed.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::SetWebhook};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = SetWebhook {
///     url: "https://shop.example.com/whatsapp".into(),
///     headers: [("Authorization".into(), "Basic dGVzdHVzZXI6dGVzdHBhc3M=".into())].into(),
/// };
/// assert!(!format!("{call:?}").contains("Basic"));
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().ends_with("/v1/configs/webhook"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWebhook {
    /// The address: an http or https URL.
    pub url: String,
    /// The headers of each delivery, by name, such as `Authorization`. Their values are visible ASCII, and are treated
    /// as credentials.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

// The values of headers are credentials.
masked_debug!(SetWebhook);

impl Call for SetWebhook {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_webhook";
    const RULES: Option<&'static CallRules> = body_rules!("set_webhook");

    type Output = WebhookTarget;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let headers = self.headers.iter();
        let headers: Vec<Member<'_>> = headers
            .map(|(name, value)| Member::new(name, value))
            .collect();
        CallRequest::post(WEBHOOK.path).json(Payload::record([
            Member::new(WEBHOOK.member, &self.url).at("url"),
            Member::new(
                "headers",
                (!headers.is_empty()).then_some(Payload::Record(headers)),
            ),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<WebhookTarget, Error>> {
        read_as(answer, "").map(Ok)
    }
}

/// Where a gateway sends what it has to tell.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WebhookTarget {
    /// The address.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headers of each delivery, by name. Their values are credentials: each shows as `***`.
    #[serde(
        deserialize_with = "masked_headers",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub headers: BTreeMap<String, String>,
}

// An address can bear a key too.
masked_debug!(WebhookTarget);

/// The names of the headers that are set, each with the mask for its value.
fn masked_headers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let headers = Value::deserialize(deserializer)?;
    let headers = headers.as_object().into_iter().flatten();
    let set = headers.filter(|(_, value)| !value.is_null());
    Ok(set
        .map(|(name, _)| (name.clone(), Secret::MASK.to_owned()))
        .collect())
}

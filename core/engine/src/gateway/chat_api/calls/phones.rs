//! Phone numbers.
//!
//! Source: public clients of chat-api, checkPhone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest, phone_digits};
use crate::error::Error;
use crate::event::word;
use crate::gateway::Answer;
use crate::gateway::chat_api::PROFILE;
use crate::masked::masked_debug;

/// Asks whether a phone number has WhatsApp.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::CheckPhone};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = CheckPhone { phone: "+1 747 282-24-86".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/checkPhone?phone=17472822486&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPhone {
    /// The phone number, in any form.
    pub phone: String,
}

masked_debug!(CheckPhone);

impl Call for CheckPhone {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "check_phone";

    type Output = CheckedPhone;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let mut violations = Vec::new();
        let digits = phone_digits("phone", &self.phone, region, &mut violations);
        CallRequest::get("/checkPhone")
            .query("phone", digits)
            .faults(violations)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<CheckedPhone, Error>> {
        let (result, raw_result) = word(answer.body.get("result"))?;
        Some(Ok(CheckedPhone { result, raw_result }))
    }
}

/// Whether a phone number has WhatsApp.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckedPhone {
    /// What the gateway's words mean.
    pub result: PhoneExistence,
    /// The gateway's words.
    pub raw_result: String,
}

masked_debug!(CheckedPhone);

/// Whether a phone number has WhatsApp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "snake_case"))]
pub enum PhoneExistence {
    /// It has.
    #[serde(rename(deserialize = "exists"))]
    Exists,
    /// It has not.
    #[serde(rename(deserialize = "not exists"))]
    NotExists,
    /// Words that no public client knows.
    #[serde(other)]
    Unknown,
}

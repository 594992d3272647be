//! Whom the instance blocks by itself.
//!
//! Source: the `OpenAPI` description of chat-api's clients, banSettings and banTest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::bare_call;
use crate::call::{Call, CallRequest, phone_digits};
use crate::error::Error;
use crate::event::{address, nonempty, text_or_number, truth};
use crate::gateway::Answer;
use crate::gateway::chat_api::{PROFILE, call_rules, codes};
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

bare_call! {
    /// Gets whom the instance blocks by itself.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::GetBanSettings};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &GetBanSettings {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/banSettings?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    GetBanSettings = "get_ban_settings", get "/banSettings", ban_settings, BanSettings
}

/// Sets whom the instance blocks by itself: those who write from a number that fits an expression.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::SetBanSettings};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = SetBanSettings { ban_phone_mask: "^1".into(), pre_ban_message: None };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"banPhoneMask":"^1"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBanSettings {
    /// A regular expression; numbers that it fits are blocked. An empty one blocks nobody.
    pub ban_phone_mask: String,
    /// What a person is told before; without it nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_ban_message: Option<String>,
}

masked_debug!(SetBanSettings);

impl Call for SetBanSettings {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_ban_settings";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("banSettings"));

    type Output = BanSettings;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::post("/banSettings").json(Payload::record([
            Member::new("banPhoneMask", &self.ban_phone_mask).at("ban_phone_mask"),
            Member::new("preBanMessage", self.pre_ban_message.as_ref()).at("pre_ban_message"),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<BanSettings, Error>> {
        match codes::not_set(answer) {
            Some(error) => Some(Err(error)),
            None => ban_settings(answer).map(Ok),
        }
    }
}

/// Whom the instance blocks by itself.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct BanSettings {
    /// The regular expression; numbers that it fits are blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ban_phone_mask: Option<String>,
    /// What a person is told before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_ban_message: Option<String>,
    /// Whether the call has changed this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<bool>,
}

masked_debug!(BanSettings);

fn ban_settings(answer: &Answer<'_>) -> Option<BanSettings> {
    let body = answer.body.as_object()?;
    Some(BanSettings {
        ban_phone_mask: nonempty(body.get("banPhoneMask")),
        pre_ban_message: nonempty(body.get("preBanMessage")),
        set: truth(body.get("set")),
    })
}

/// Asks whether the instance would block a number by itself.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::TestBan};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = TestBan { phone: "+1 747 282-24-86".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"phone":"17472822486"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestBan {
    /// The phone number, in any form.
    pub phone: String,
}

masked_debug!(TestBan);

impl Call for TestBan {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "test_ban";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("banTest"));

    type Output = BanVerdict;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let mut violations = Vec::new();
        let digits = phone_digits("phone", &self.phone, region, &mut violations);
        CallRequest::post("/banTest")
            .json(Payload::record([Member::new("phone", digits)]))
            .faults(violations)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<BanVerdict, Error>> {
        let body = answer.body;
        Some(Ok(BanVerdict {
            banned: truth(body.get("banned"))?,
            message: nonempty(body.get("message")),
            phone: text_or_number(body.get("phone")).map(|phone| address(&phone)),
            ban_phone_mask: nonempty(body.get("banPhoneMask")),
        }))
    }
}

/// Whether the instance would block a number.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct BanVerdict {
    /// Whether it would.
    pub banned: bool,
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The regular expression that it was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ban_phone_mask: Option<String>,
}

masked_debug!(BanVerdict);

//! Where webhooks are sent to, and what became of them.
//!
//! Source: chat-api, "The REST API", webhook; the `OpenAPI` description of its later clients, webhookStatus.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::bare_call;
use crate::call::{Call, CallRequest};
use crate::error::Error;
use crate::event::{any_moment, nonempty, text_or_number, truth, word};
use crate::gateway::chat_api::{PROFILE, call_rules, codes};
use crate::gateway::{Answer, WebhookCall};
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;
use crate::violation::{Code, Violation};

/// The call that sets where webhooks are sent to.
pub(in crate::gateway::chat_api) const WEBHOOK: WebhookCall = WebhookCall {
    path: "/webhook",
    member: "webhookUrl",
};

/// Sets where the gateway sends what it tells of its own accord: messages, and what became of those sent.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::SetWebhook};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = SetWebhook { url: "https://example.com/whatsapp".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"webhookUrl":"https://example.com/whatsapp"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWebhook {
    /// An http or https URL.
    pub url: String,
}

masked_debug!(SetWebhook);

impl Call for SetWebhook {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "set_webhook";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("webhook"));

    type Output = InstanceWebhook;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let url = Member::new(WEBHOOK.member, &self.url).at("url");
        CallRequest::post(WEBHOOK.path).json(Payload::record([url]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<InstanceWebhook, Error>> {
        match codes::not_set(answer) {
            Some(error) => Some(Err(error)),
            None => webhook(answer).map(Ok),
        }
    }
}

bare_call! {
    /// Gets where webhooks are sent to.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::GetWebhook};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &GetWebhook {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/webhook?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    GetWebhook = "get_webhook", get "/webhook", webhook, InstanceWebhook
}

/// Where webhooks are sent to.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct InstanceWebhook {
    /// Whether one is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<bool>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

masked_debug!(InstanceWebhook);

/// The page has the address, the later clients a message.
fn webhook(answer: &Answer<'_>) -> Option<InstanceWebhook> {
    let body = answer.body.as_object()?;
    Some(InstanceWebhook {
        set: truth(body.get("set")),
        url: nonempty(body.get("webhookUrl")),
        message: nonempty(body.get("message")),
    })
}

/// Asks whether a message's webhook was sent. The gateway knows it while its setting `webhook_statuses` is on.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetWebhookStatus};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = GetWebhookStatus { message_id: "false_17472822486@c.us_DF38".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/webhookStatus?msgId=false_17472822486%40c.us_DF38&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetWebhookStatus {
    /// The id of the message, as its event has it.
    pub message_id: String,
}

masked_debug!(GetWebhookStatus);

impl Call for GetWebhookStatus {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_webhook_status";

    type Output = WebhookDelivery;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let call = CallRequest::get("/webhookStatus").query("msgId", Some(&self.message_id));
        if self.message_id.is_empty() {
            let words = "must not be empty";
            let fault = Violation::error(Code::LengthTooShort, "message_id", words).with_limit(1);
            return call.fault(fault);
        }
        call
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<WebhookDelivery, Error>> {
        let body = answer.body;
        let (status, raw_status) = word(body.get("status"))?;
        Some(Ok(WebhookDelivery {
            message_id: text_or_number(body.get("msgId")),
            status,
            raw_status,
            at: any_moment(body.get("time")),
            raw_at: text_or_number(body.get("time")),
        }))
    }
}

/// What became of a webhook.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct WebhookDelivery {
    /// The id of the message that it told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// What the gateway's word means.
    pub status: WebhookDeliveryStatus,
    /// The gateway's word.
    pub raw_status: String,
    /// When it was made: RFC 3339, UTC; absent where the gateway's words do not say it whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The same in the gateway's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_at: Option<String>,
}

masked_debug!(WebhookDelivery);

/// Whether a webhook was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "snake_case"))]
pub enum WebhookDeliveryStatus {
    /// It was.
    #[serde(rename(deserialize = "sent"))]
    Sent,
    /// It was not.
    #[serde(rename(deserialize = "not sent"))]
    NotSent,
    /// It waits.
    #[serde(rename(deserialize = "queued"))]
    Queued,
    /// A word that the documentation does not have.
    #[serde(other)]
    Unknown,
}

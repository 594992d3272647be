//! The instance's settings.
//!
//! Source: chat-api, "The REST API", ack notifications; the `OpenAPI` description of its later clients, settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::bare_call;
use crate::call::{Call, CallRequest};
use crate::error::Error;
use crate::event::truth;
use crate::gateway::Answer;
use crate::gateway::chat_api::{PROFILE, call_rules};
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

bare_call! {
    /// Gets the instance's settings.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::GetSettings};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &GetSettings {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/settings?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    GetSettings = "get_settings", get "/settings", settings, InstanceSettings
}

/// Changes the instance's settings; those that are not given stay as they are.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::UpdateSettings};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = UpdateSettings { ack_notifications_on: Some(true), ..UpdateSettings::default() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"ackNotificationsOn":true}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateSettings {
    /// Where webhooks are sent to: an http or https URL. An empty one: nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Whether webhooks tell that messages were delivered and read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ack_notifications_on: Option<bool>,
    /// Whether webhooks tell that chats changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_update_on: Option<bool>,
    /// Whether films that come in are fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_upload_on: Option<bool>,
    /// The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not
    /// work either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Whether a webhook is sent up to 20 times, until it is answered with status 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guaranteed_hooks: Option<bool>,
    /// Whether webhooks leave out the old messages that come in while the instance is paired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_old_messages: Option<bool>,
    /// Whether messages of archived chats are processed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_archive: Option<bool>,
    /// Whether the changes of the instance's status are kept, for `get_instance_statuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_statuses: Option<bool>,
    /// Whether the fate of webhooks is kept, for `get_webhook_status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_statuses: Option<bool>,
    /// Whether webhooks tell that the instance's status changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_notifications_on: Option<bool>,
}

masked_debug!(UpdateSettings);

impl Call for UpdateSettings {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "update_settings";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("settings"));

    type Output = UpdatedSettings;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::post("/settings").json(Payload::record([
            Member::new("webhookUrl", self.webhook_url.as_ref()).at("webhook_url"),
            Member::new("ackNotificationsOn", self.ack_notifications_on).at("ack_notifications_on"),
            Member::new("chatUpdateOn", self.chat_update_on).at("chat_update_on"),
            Member::new("videoUploadOn", self.video_upload_on).at("video_upload_on"),
            Member::new("proxy", self.proxy.as_ref()),
            Member::new("guaranteedHooks", self.guaranteed_hooks).at("guaranteed_hooks"),
            Member::new("ignoreOldMessages", self.ignore_old_messages).at("ignore_old_messages"),
            Member::new("processArchive", self.process_archive).at("process_archive"),
            Member::new("instanceStatuses", self.instance_statuses).at("instance_statuses"),
            Member::new("webhookStatuses", self.webhook_statuses).at("webhook_statuses"),
            Member::new("statusNotificationsOn", self.status_notifications_on)
                .at("status_notifications_on"),
        ]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<UpdatedSettings, Error>> {
        Some(Ok(UpdatedSettings {
            settings: settings(answer)?,
            update: answer.body.get("update").and_then(read),
        }))
    }
}

/// The instance's settings, as far as the gateway tells them.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct InstanceSettings {
    /// Where webhooks are sent to: an http or https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Whether webhooks tell that messages were delivered and read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ack_notifications_on: Option<bool>,
    /// Whether webhooks tell that chats changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_update_on: Option<bool>,
    /// Whether films that come in are fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_upload_on: Option<bool>,
    /// The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not
    /// work either.
    /// Its user and password are not shown: `***@10.0.0.1:1080`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Whether a webhook is sent up to 20 times, until it is answered with status 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guaranteed_hooks: Option<bool>,
    /// Whether webhooks leave out the old messages that come in while the instance is paired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_old_messages: Option<bool>,
    /// Whether messages of archived chats are processed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_archive: Option<bool>,
    /// Whether the changes of the instance's status are kept, for `get_instance_statuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_statuses: Option<bool>,
    /// Whether the fate of webhooks is kept, for `get_webhook_status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_statuses: Option<bool>,
    /// Whether webhooks tell that the instance's status changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_notifications_on: Option<bool>,
}

/// Settings after a change.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct UpdatedSettings {
    /// All of them.
    pub settings: InstanceSettings,
    /// Those that were changed, where the gateway tells them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<InstanceSettings>,
}

masked_debug!(InstanceSettings, UpdatedSettings);

fn settings(answer: &Answer<'_>) -> Option<InstanceSettings> {
    read(answer.body)
}

fn read(settings: &Value) -> Option<InstanceSettings> {
    let settings = settings.as_object()?;
    let is = |name: &str| truth(settings.get(name));
    let words = |name: &str| {
        settings
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    Some(InstanceSettings {
        webhook_url: words("webhookUrl"),
        ack_notifications_on: is("ackNotificationsOn"),
        chat_update_on: is("chatUpdateOn"),
        video_upload_on: is("videoUploadOn"),
        proxy: words("proxy").map(|proxy| without_credentials(&proxy)),
        guaranteed_hooks: is("guaranteedHooks"),
        ignore_old_messages: is("ignoreOldMessages"),
        process_archive: is("processArchive"),
        instance_statuses: is("instanceStatuses"),
        webhook_statuses: is("webhookStatuses"),
        status_notifications_on: is("statusNotificationsOn"),
    })
}

/// The address of a proxy, with or without a scheme, its user and password hidden.
fn without_credentials(proxy: &str) -> String {
    let Some((before, address)) = proxy.rsplit_once('@') else {
        return proxy.to_owned();
    };
    // What stands before the signs in a password is no scheme.
    let is_scheme = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match before.split_once("://") {
        Some((scheme, _)) if is_scheme(scheme) => format!("{scheme}://***@{address}"),
        _ => format!("***@{address}"),
    }
}

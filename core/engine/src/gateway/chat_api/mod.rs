//! chat-api.com, and the hosts that kept its dialect.
//!
//! Source: chat-api, "The REST API".

mod calls;
mod codes;
mod destination;
mod encode;
mod events;
mod file;
mod rules;
mod vcard;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::{Accepted, Answer, Encoded, Gateway, PackedRequest, Profile, WebhookCall};
use crate::error::Error;
use crate::event::{Event, StatusKind};
use crate::feature::{Capabilities, Feature};
use crate::form;
use crate::masked::masked_debug;
use crate::message::Message;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{BaseUrl, Settings, required};
use crate::validate::CallRules;
use crate::violation::Violation;

use rules::call_rules;

pub use calls::*;

pub(super) static PROFILE: Profile = Profile {
    id: "chat-api",
    name: "chat-api.com",
    base_url: "https://api.chat-api.com",
    region: None,
    capabilities: Capabilities {
        sends: &[
            Feature::Text,
            Feature::Image,
            Feature::Audio,
            Feature::Voice,
            Feature::Video,
            Feature::Document,
            Feature::Location,
            Feature::Contacts,
            Feature::Group,
            Feature::Chat,
            Feature::Context,
            Feature::Caption,
            Feature::DocumentCaption,
            Feature::Filename,
            Feature::MediaData,
        ],
        not_yet: &[],
        statuses: &[StatusKind::Sent, StatusKind::Delivered, StatusKind::Read],
        receives: &[
            "text", "image", "audio", "voice", "video", "document", "location", "call",
        ],
    },
    media_types: &[
        ("image", &["image/*"]),
        ("audio", &["audio/*"]),
        ("voice", &[file::OGG]),
        ("video", &["video/*"]),
    ],
    calls: calls::CALLS,
    payloads: &[SEND_MESSAGE, SEND_FILE, SEND_PTT, SEND_LOCATION, SEND_VCARD],
    codes: codes::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

const SEND_MESSAGE: CallRules = call_rules!("sendMessage");
const SEND_FILE: CallRules = call_rules!("sendFile");
const SEND_PTT: CallRules = call_rules!("sendPTT");
const SEND_LOCATION: CallRules = call_rules!("sendLocation");
const SEND_VCARD: CallRules = call_rules!("sendVCard");

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where the gateway is, without the instance.
    pub base_url: BaseUrl,
    /// The instance's token; it travels in every URL's query.
    pub token: Secret,
    /// The instance's number.
    pub instance: String,
    /// Whether the instance stands in the query (`?instanceId=1`) and not in the path
    /// (`/instance1`), as later clients write it.
    pub instance_in_query: bool,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
}

impl Configuration {
    /// Reads the settings `base_url`, `token`, `instance`, `instance_in_query` and `region`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::chat_api::Configuration};
    ///
    /// let mut settings = Settings::default();
    /// settings.set("token", "token")?;
    /// let error = Configuration::from_settings(&settings).unwrap_err();
    /// assert!(error.to_string().contains("instance"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        let instance = required(PROFILE.id, "instance", settings.instance.as_ref())?;
        if instance.is_empty() || !instance.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::configuration(
                "instance must be the instance's id, of letters and digits, such as 1",
            ));
        }
        Ok(Self {
            base_url: settings.base_url(PROFILE.base_url)?,
            token: required(PROFILE.id, "token", settings.token.as_ref())?.clone(),
            instance: instance.clone(),
            instance_in_query: settings.instance_in_query,
            region: settings.region.or_else(|| PROFILE.region()),
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(ChatApi(self))
    }
}

/// What only chat-api has.
///
/// ```
/// use wamux_engine::gateway::typed::chat_api::Options;
///
/// let options = Options { mentioned_phones: vec!["+79034567890".into()], ..Options::default() };
/// assert!(!format!("{options:?}").contains("903"));
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatApiOptions {
    /// Whom a text mentions: phone numbers in any form. The text has each as `@` and its digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub mentioned_phones: Vec<String>,
    /// Whether a file's bytes go as a form (`multipart/form-data`) and not in base64, which is a
    /// third longer. Links and texts go as JSON in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub form_data: Option<bool>,
}

masked_debug!(ChatApiOptions);

/// Every gateway's options have this name; the type's own one tells them apart in other languages.
pub type Options = ChatApiOptions;

#[derive(Debug)]
struct ChatApi(Configuration);

impl Gateway for ChatApi {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn region(&self) -> Option<Region> {
        self.0.region
    }

    fn encode<'m>(
        &'m self,
        message: &'m Message,
        recipient: &'m Recipient,
        violations: &mut Vec<Violation>,
    ) -> Encoded<'m> {
        encode::encoded(&self.0, message, recipient, violations)
    }

    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        super::one_each(items, |item| {
            let url = self.url(&format!("/{}", item.call.name));
            match form::of(&item.payload, "filename") {
                Some(form) => Request::post_form(url, form),
                None => Request::post_json(url, super::json(&item.payload)),
            }
        })
    }

    fn authorise(&self, request: &mut Request) {
        if self.0.instance_in_query {
            request.add_query("instanceId", &self.0.instance);
        }
        request.add_query("token", self.0.token.expose());
    }

    fn url(&self, path: &str) -> String {
        if self.0.instance_in_query {
            self.0.base_url.join(path)
        } else {
            self.0
                .base_url
                .join(&format!("/instance{}{path}", self.0.instance))
        }
    }

    /// Source: chat-api, "The REST API", webhook.
    fn webhook_call(&self) -> Option<WebhookCall> {
        Some(calls::WEBHOOK)
    }

    fn refusal(&self, answer: &Answer<'_>) -> Option<Error> {
        codes::refusal(answer)
    }

    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>> {
        if let Some(error) = self.refusal(answer) {
            return Some(vec![Err(error)]);
        }
        let accepted = calls::accepted(answer)?;
        Some(vec![Ok(Accepted {
            message_id: accepted.message_id,
            client_id: None,
            raw: answer.text.to_owned(),
        })])
    }

    fn events(&self, body: &Value) -> Option<Vec<Event>> {
        events::events(body)
    }
}

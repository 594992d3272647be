//! The sample gateway: texts alone, one a request.
//!
//! Sources: Sample, "Messages" and "Webhooks".

mod codes;
mod encode;
mod events;

use std::sync::LazyLock;

use http::HeaderName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::{Accepted, Answer, Encoded, Gateway, PackedRequest, Profile, WebhookCall};
use crate::code::{self, Given, Place};
use crate::error::Error;
use crate::event::{Event, StatusKind, nonempty, text_or_number};
use crate::feature::{Capabilities, Feature};
use crate::message::Message;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{BaseUrl, Settings, for_header, required};
use crate::validate::{CallRules, Rules};
use crate::violation::Violation;

pub(super) static PROFILE: Profile = Profile {
    id: "sample",
    name: "Sample",
    base_url: "https://sample.invalid",
    region: None,
    capabilities: Capabilities {
        sends: &[Feature::Text],
        not_yet: &[],
        statuses: &[StatusKind::Delivered, StatusKind::Read, StatusKind::Failed],
        receives: &["text"],
    },
    media_types: &[],
    calls: &[],
    payloads: &[CallRules {
        name: "messages",
        body: &RULES,
    }],
    codes: codes::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(include_str!("../../../schemas/sample/messages.json")));

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where the gateway is.
    pub base_url: BaseUrl,
    /// The token, sent as the header `X-Token`.
    pub token: Secret,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
}

impl Configuration {
    /// Reads the settings `base_url`, `token` and `region`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::sample::Configuration};
    ///
    /// let error = Configuration::from_settings(&Settings::default()).unwrap_err();
    /// assert!(error.to_string().contains("token"));
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        let token = required(PROFILE.id, "token", settings.token.as_ref())?;
        Ok(Self {
            base_url: settings.base_url(PROFILE.base_url)?,
            token: for_header("token", token)?,
            region: settings.region.or_else(|| PROFILE.region()),
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(Sample(self))
    }
}

/// What only the sample has: nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SampleOptions")]
#[cfg_attr(
    feature = "uniffi",
    derive(uniffi::Record),
    uniffi(name = "SampleOptions")
)]
pub struct Options {}

#[derive(Debug)]
struct Sample(Configuration);

impl Gateway for Sample {
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
        _: &mut Vec<Violation>,
    ) -> Encoded<'m> {
        Encoded {
            call: &PROFILE.payloads[0],
            payload: encode::payload(message, recipient),
        }
    }

    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        super::one_each(items, |item| {
            Request::post_json(self.url("/messages"), super::json(&item.payload))
        })
    }

    fn authorise(&self, request: &mut Request) {
        let name = HeaderName::from_static("x-token");
        request.add_credential(name, self.0.token.expose());
    }

    fn url(&self, path: &str) -> String {
        self.0.base_url.join(path)
    }

    /// Source: Sample, "Webhooks".
    fn webhook_call(&self) -> Option<WebhookCall> {
        Some(WebhookCall {
            path: "/webhook",
            member: "url",
        })
    }

    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>> {
        if let Some(failure) = answer.body.get("failure") {
            let given = Given {
                code: text_or_number(failure.get("code"))?,
                description: nonempty(failure.get("words")),
                ..Given::default()
            };
            let error = code::refusal(&PROFILE, Place::Answer, answer.status, &[given]);
            return Some(vec![Err(error)]);
        }
        Some(vec![Ok(Accepted {
            message_id: Some(text_or_number(answer.body.get("id"))?),
            client_id: None,
            raw: answer.text.to_owned(),
        })])
    }

    fn events(&self, body: &Value) -> Option<Vec<Event>> {
        events::events(&PROFILE, body)
    }
}

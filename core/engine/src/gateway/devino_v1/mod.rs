//! Devino Telecom, `POST /whatsapp/messages`.
//!
//! Source: Devino, "WhatsApp".

mod encode;

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::devino::{self, Credentials};
use super::{Accepted, Answer, Encoded, Gateway, PackedRequest, Profile, meta};
use crate::error::Error;
use crate::event::Event;
use crate::feature::{Capabilities, Feature};
use crate::masked::Private;
use crate::message::Message;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::settings::{BaseUrl, Settings};
use crate::validate::{CallRules, Rules};
use crate::violation::Violation;

pub(super) static PROFILE: Profile = Profile {
    id: "devino-v1",
    name: "Devino Telecom, WhatsApp",
    base_url: devino::BASE_URL,
    region: Some("RU"),
    capabilities: Capabilities {
        sends: &[
            Feature::Text,
            Feature::Image,
            Feature::Audio,
            Feature::Voice,
            Feature::Video,
            Feature::Document,
            Feature::Template,
            Feature::From,
            Feature::CallbackUrl,
            Feature::CallbackData,
            Feature::Caption,
            Feature::DocumentCaption,
            Feature::AudioCaption,
            Feature::Filename,
        ],
        not_yet: &[],
        statuses: devino::STATUSES,
        receives: devino::RECEIVES,
    },
    media_types: &[
        ("image", meta::IMAGE),
        ("audio", meta::AUDIO),
        // The page prints `auidio/ogg`.
        ("voice", &["audio/ogg"]),
        ("video", meta::VIDEO),
    ],
    calls: &[],
    payloads: &[CallRules {
        name: "messages",
        body: &RULES,
    }],
    codes: devino::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(include_str!("../../../schemas/devino-v1/messages.json")));

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where the gateway is.
    pub base_url: BaseUrl,
    /// The account's credentials.
    pub credentials: Credentials,
    /// The sender of messages that name none.
    pub from: Option<Private>,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
    /// How many messages go into one request. The gateway's own limit is not published.
    pub batch_size: NonZeroUsize,
}

impl Configuration {
    /// Reads the settings `base_url`, `api_key` (or `login` and `password`), `from`, `region` and
    /// `batch_size`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::devino_v1::Configuration};
    ///
    /// assert!(Configuration::from_settings(&Settings::default()).is_err());
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            base_url: settings.base_url(devino::BASE_URL)?,
            credentials: Credentials::from_settings(PROFILE.id, settings)?,
            from: settings.from.clone().map(Private::new),
            region: settings.region.or_else(|| PROFILE.region()),
            batch_size: settings.batch_size.unwrap_or(devino::BATCH_SIZE),
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(DevinoV1(self))
    }
}

/// What only Devino v1 has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DevinoV1Options")]
#[cfg_attr(
    feature = "uniffi",
    derive(uniffi::Record),
    uniffi(name = "DevinoV1Options")
)]
pub struct Options {
    /// How long a template message lives. The documentation names no unit ("a day" is its one
    /// example); the number is passed on as it is. Only with a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub validity: Option<i64>,
}

#[derive(Debug)]
struct DevinoV1(Configuration);

impl Gateway for DevinoV1 {
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
        let payload = encode::payload(&self.0, message, recipient, violations);
        Encoded {
            call: &PROFILE.payloads[0],
            payload,
        }
    }

    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        devino::batches(&self.url("/whatsapp/messages"), items, self.0.batch_size)
    }

    fn authorise(&self, request: &mut Request) {
        self.0.credentials.authorise(request);
    }

    fn batch_size(&self) -> usize {
        self.0.batch_size.get()
    }

    fn url(&self, path: &str) -> String {
        self.0.base_url.join(path)
    }

    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>> {
        devino::decode(&PROFILE, answer)
    }

    fn events(&self, body: &Value) -> Option<Vec<Event>> {
        devino::events(&PROFILE, body)
    }
}

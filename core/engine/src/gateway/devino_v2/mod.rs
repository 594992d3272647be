//! Devino's "Direct WA API", `POST /whatsapp/v2/messages` and `/whatsapp/v2/messages/batch`.
//!
//! Source: Devino, "Direct WA API".

mod encode;

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use http::HeaderName;
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
use crate::secret::Secret;
use crate::settings::{BaseUrl, Settings, for_header};
use crate::validate::{CallRules, Rules};
use crate::violation::Violation;

pub(super) static PROFILE: Profile = Profile {
    id: "devino-v2",
    name: "Devino Telecom, Direct WA API",
    base_url: devino::BASE_URL,
    region: Some("RU"),
    capabilities: Capabilities {
        sends: &[
            Feature::Text,
            Feature::Image,
            Feature::Audio,
            Feature::Video,
            Feature::Document,
            Feature::Location,
            Feature::Contacts,
            Feature::Template,
            Feature::Interactive,
            Feature::From,
            Feature::CallbackUrl,
            Feature::CallbackData,
            Feature::PreviewUrl,
            Feature::Caption,
            Feature::TemplateHeader,
            Feature::TemplateFooter,
            Feature::TemplateButton,
            Feature::TypedParameters,
            Feature::FallbackLanguage,
        ],
        not_yet: &[],
        statuses: devino::STATUSES,
        receives: devino::RECEIVES,
    },
    media_types: &[
        ("image", meta::IMAGE),
        ("audio", meta::AUDIO),
        ("video", meta::VIDEO),
    ],
    calls: &[],
    payloads: &[
        CallRules {
            name: "messages",
            body: &RULES,
        },
        CallRules {
            name: "messages/batch",
            body: &BATCH_RULES,
        },
    ],
    codes: devino::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(include_str!("../../../schemas/devino-v2/messages.json")));

/// The batch is the list of messages around the rules of one.
static BATCH_RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::list_of(
        include_str!("../../../schemas/devino-v2/messages.json"),
        "messages",
    )
});

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where the gateway is.
    pub base_url: BaseUrl,
    /// The account's credentials.
    pub credentials: Credentials,
    /// The header `X-Api-Key`, which the documentation's samples bear and its text never explains;
    /// it is sent only when it is set.
    pub x_api_key: Option<Secret>,
    /// The sender of messages that name none.
    pub from: Option<Private>,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
    /// How many messages go into one request. The gateway's own limit is not published.
    pub batch_size: NonZeroUsize,
}

impl Configuration {
    /// Reads the settings `base_url`, `api_key` (or `login` and `password`), `x_api_key`, `from`,
    /// `region` and `batch_size`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::devino_v2::Configuration};
    ///
    /// let mut settings = Settings::default();
    /// settings.set("api_key", "key")?;
    /// assert_eq!(Configuration::from_settings(&settings)?.batch_size.get(), 100);
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        let x_api_key = settings.x_api_key.as_ref();
        let x_api_key = x_api_key.map(|key| for_header("x_api_key", key));
        Ok(Self {
            base_url: settings.base_url(devino::BASE_URL)?,
            credentials: Credentials::from_settings(PROFILE.id, settings)?,
            x_api_key: x_api_key.transpose()?,
            from: settings.from.clone().map(Private::new),
            region: settings.region.or_else(|| PROFILE.region()),
            batch_size: settings.batch_size.unwrap_or(devino::BATCH_SIZE),
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(DevinoV2(self))
    }
}

/// What only Devino v2 has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DevinoV2Options")]
#[cfg_attr(
    feature = "uniffi",
    derive(uniffi::Record),
    uniffi(name = "DevinoV2Options")
)]
pub struct Options {
    /// Whether a text in a batch is written as a plain string without a type, as the documentation's
    /// sample of a batch has it; absent or false: as an object with its type, as its other samples
    /// have it. A message that goes alone has the object in either case, since no sample of a single
    /// send has a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub batch_text_as_string: Option<bool>,
}

#[derive(Debug)]
struct DevinoV2(Configuration);

impl Gateway for DevinoV2 {
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

    /// One message is a request of its own; several go by the batch.
    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        if let [item] = items {
            let url = self.url("/whatsapp/v2/messages");
            let request = Request::post_json(url, super::json(&encode::alone(&item.payload)));
            return vec![PackedRequest {
                request,
                items: 0..1,
            }];
        }
        let url = self.url("/whatsapp/v2/messages/batch");
        devino::batches(&url, items, self.0.batch_size)
    }

    fn authorise(&self, request: &mut Request) {
        self.0.credentials.authorise(request);
        if let Some(key) = &self.0.x_api_key {
            request.add_credential(HeaderName::from_static("x-api-key"), key.expose());
        }
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

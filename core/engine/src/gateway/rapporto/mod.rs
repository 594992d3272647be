//! Rapporto's REST API, version 6.0.
//!
//! Sources: Rapporto, "WhatsApp Message Sending", "Delivery statuses" and "Incoming messages".

mod cascade;
mod codes;
mod dates;
mod encode;
mod events;
mod lifetime;

pub use cascade::{CascadeButton, CascadeChannel, CascadeLink, CascadeState};

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::{Accepted, Answer, Encoded, Gateway, PackedRequest, Profile, meta};
use crate::code::{self, Given, Place};
use crate::error::Error;
use crate::event::{Event, StatusKind, nonempty, text_or_number};
use crate::feature::{Capabilities, Feature};
use crate::masked::{Private, masked_debug};
use crate::message::Message;
use crate::payload::Credential;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{BaseUrl, Settings, required};
use crate::validate::{CallRules, Rules};
use crate::violation::Violation;

pub(super) static PROFILE: Profile = Profile {
    id: "rapporto",
    name: "Rapporto",
    // The vendor gives each partner an address of its own and publishes none.
    base_url: "https://rapporto.invalid",
    region: Some("RU"),
    capabilities: Capabilities {
        sends: &[
            Feature::Text,
            Feature::Image,
            Feature::From,
            Feature::CallbackUrl,
            Feature::Ttl,
            Feature::Schedule,
        ],
        not_yet: &[],
        statuses: &[
            StatusKind::Sent,
            StatusKind::Delivered,
            StatusKind::Read,
            StatusKind::Failed,
        ],
        receives: &["text", "image"],
    },
    media_types: &[("image", meta::IMAGE)],
    calls: &[],
    payloads: &[CallRules {
        name: "send",
        body: &RULES,
    }],
    codes: codes::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(include_str!("../../../schemas/rapporto/send.json")));

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The partner's own address, such as `https://host/<login>`.
    pub base_url: BaseUrl,
    /// The partner's name.
    pub login: Secret,
    /// The partner's password.
    pub password: Secret,
    /// The sender of messages that name none (`serviceNumber`).
    pub from: Option<Private>,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
    /// Whether Rapporto has switched de-duplication by id on for the account.
    pub deduplicates: bool,
}

impl Configuration {
    /// Reads the settings `base_url`, `login`, `password`, `from`, `region` and `deduplicates`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::rapporto::Configuration};
    ///
    /// let error = Configuration::from_settings(&Settings::default()).unwrap_err();
    /// assert!(error.to_string().contains("base_url"));
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            base_url: settings.own_base_url(PROFILE.id, PROFILE.base_url)?,
            login: required(PROFILE.id, "login", settings.login.as_ref())?.clone(),
            password: required(PROFILE.id, "password", settings.password.as_ref())?.clone(),
            from: settings.from.clone().map(Private::new),
            region: settings.region.or_else(|| PROFILE.region()),
            deduplicates: settings.deduplicates,
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(Rapporto(self))
    }
}

/// What only Rapporto has.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct RapportoOptions {
    /// Which delivery reports are wanted: 0 none, 1 all (the gateway's default), 2 only
    /// "undelivered".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub registered_delivery: Option<i64>,
    /// The unit in which the message's `ttl` is passed on. Without it, `ttl` is one to seven whole
    /// days; with it, any whole number of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ttl_unit: Option<TtlUnit>,
    /// Whether long links are shortened, where the account has that service. In a cascade, each link
    /// has a switch of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub shorten_links: Option<bool>,
    /// Further parameters that were agreed on with Rapporto. A name has neither `,` nor `=`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_param: BTreeMap<String, String>,
    /// What is sent, link after link, where the message and then each link before is not delivered
    /// or read in time; at most 16 links. The account needs that service, and `registered_delivery`
    /// other than 1 leaves out the reports on the links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cascade: Vec<CascadeLink>,
}

masked_debug!(RapportoOptions);

/// Every gateway's options have this name; the type's own one tells them apart in other languages.
pub type Options = RapportoOptions;

/// The unit of `ttl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TtlUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
}

#[derive(Debug)]
struct Rapporto(Configuration);

impl Gateway for Rapporto {
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

    /// Credentials stand in the body, so they are filled in here and not in `authorise`.
    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        super::one_each(items, |item| {
            let mut json = Vec::with_capacity(1024);
            item.payload
                .write_json(&mut json, &|credential| match credential {
                    Credential::Login => self.0.login.expose(),
                    Credential::Password => self.0.password.expose(),
                });
            Request::post_json(self.url(""), json)
        })
    }

    fn authorise(&self, _: &mut Request) {}

    fn deduplicates(&self) -> bool {
        self.0.deduplicates
    }

    fn url(&self, path: &str) -> String {
        self.0.base_url.join(path)
    }

    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>> {
        if let Some(error) = answer.body.get("error").filter(|error| !error.is_null()) {
            let given = Given {
                code: text_or_number(error.get("code"))?,
                description: nonempty(answer.body.get("extendedDescription"))
                    .or_else(|| nonempty(error.get("description"))),
                ..Given::default()
            };
            return Some(vec![Err(code::refusal(
                &PROFILE,
                Place::Answer,
                answer.status,
                &[given],
            ))]);
        }
        let message_id = Some(text_or_number(answer.body.get("mtNum"))?);
        Some(vec![Ok(Accepted {
            message_id,
            client_id: text_or_number(answer.body.get("id")),
            raw: answer.text.to_owned(),
        })])
    }

    fn events(&self, body: &Value) -> Option<Vec<Event>> {
        events::events(&PROFILE, body)
    }
}

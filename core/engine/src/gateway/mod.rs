//! Gateways: who they are, what they can, and how each one says it.
//!
//! A gateway is one folder here and one line in the list below; everything else iterates the list.

mod chat_api;
mod description;
mod devino;
mod devino_v1;
mod devino_v2;
mod meta;
mod rapporto;
mod tujenge;

pub use description::Description;

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use crate::call::CallProfile;
use crate::code::Row;
use crate::error::Error;
use crate::event::Event;
use crate::feature::{Capabilities, Feature};
use crate::message::Message;
use crate::payload::Payload;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::settings::Settings;
use crate::validate::{CallRules, Limit};
use crate::violation::Violation;

/// Declares the gateways: their modules' profiles in one list, and their options in one struct.
macro_rules! gateways {
    ($($module:ident $id:literal,)*) => {
        /// Every gateway.
        pub static REGISTRY: &[&Profile] = &[$(&$module::PROFILE),*];

        /// What only one gateway has, by gateway: `{"rapporto": {"registered_delivery": 1}}`.
        ///
        /// Options of other gateways than the one that sends are left alone.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
        #[serde(default, deny_unknown_fields)]
        #[expect(missing_docs, reason = "each field is named as its gateway")]
        pub struct Options {
            $(
                #[serde(rename = $id, skip_serializing_if = "Option::is_none")]
                #[cfg_attr(feature = "uniffi", uniffi(default))]
                pub $module: Option<$module::Options>,
            )*
        }

        impl Options {
            pub(crate) fn is_empty(&self) -> bool {
                $(self.$module.is_none())&&*
            }
        }

        /// The types that only one gateway has: its configuration, its options and what is in them.
        pub mod typed {
            $(
                #[doc = concat!("`", $id, "`")]
                pub mod $module {
                    pub use crate::gateway::$module::*;
                }
            )*
            pub use crate::gateway::devino::Credentials as DevinoCredentials;
        }
    };
}

gateways! {
    devino_v1 "devino-v1",
    devino_v2 "devino-v2",
    rapporto "rapporto",
    tujenge "tujenge",
    chat_api "chat-api",
}

/// What is known of a gateway without a configuration.
#[derive(Debug)]
pub struct Profile {
    /// The id: `devino-v2`.
    pub id: &'static str,
    /// The gateway's name.
    pub name: &'static str,
    /// The documented address. Rapporto publishes none: its own address is a setting.
    pub base_url: &'static str,
    /// The region of phone numbers in national form.
    pub region: Option<&'static str>,
    /// What the gateway can say.
    pub capabilities: Capabilities,
    /// The MIME types that media may have, by kind; a kind that is not here may have any.
    pub media_types: &'static [MediaTypes],
    /// Its calls beyond sending.
    pub calls: &'static [CallProfile],
    /// The rules of the payloads that send; the first is the send call's.
    pub(crate) payloads: &'static [CallRules],
    /// Its codes.
    pub(crate) codes: &'static [&'static [Row]],
    pub(crate) open: fn(&Settings) -> Result<Box<dyn Gateway>, Error>,
}

impl Profile {
    /// The documented codes.
    pub fn codes(&self) -> impl Iterator<Item = &'static Row> + use<> {
        self.codes.iter().copied().flatten()
    }

    /// The names of the native payloads that can be checked: those that send, the send call's first, and the bodies of
    /// the calls beyond sending.
    pub fn payload_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.all_rules().map(|rules| rules.name)
    }

    /// A call beyond sending, by its name.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the gateway's calls.
    ///
    /// ```
    /// let profile = wamux_engine::gateway::profile("tujenge")?;
    /// assert_eq!(profile.find_call("mark_as_read")?.name, "mark_as_read");
    /// assert!(profile.find_call("mark_as_seen").unwrap_err().to_string().contains("mark_as_read"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn find_call(&self, name: &str) -> Result<&'static CallProfile, Error> {
        let calls = self.calls;
        calls.iter().find(|call| call.name == name).ok_or_else(|| {
            let names: Vec<&str> = calls.iter().map(|call| call.name).collect();
            let words = if names.is_empty() {
                format!("{} has no calls beyond sending", self.id)
            } else {
                format!(
                    "{} has no call of that name; its calls are {}",
                    self.id,
                    names.join(", ")
                )
            };
            Error::configuration(words).with_gateway(self.id)
        })
    }

    /// The limits of its payloads, in the order of their schemas.
    #[must_use]
    pub fn limits(&self) -> Vec<Limit> {
        self.all_rules()
            .flat_map(|rules| rules.body.limits(rules.name))
            .collect()
    }

    /// Whether wamux sends what a feature names through the gateway.
    pub(crate) fn sends(&self, feature: Feature) -> bool {
        self.capabilities.sends.contains(&feature)
    }

    /// The MIME types that media of a kind may have; `None`: any.
    pub(crate) fn media_types(&self, kind: &str) -> Option<&'static [&'static str]> {
        let types = self.media_types.iter().find(|(name, _)| *name == kind);
        types.map(|(_, types)| *types)
    }

    /// The rules of all payloads.
    fn all_rules(&self) -> impl Iterator<Item = &'static CallRules> + use<> {
        let beyond = self.calls.iter().filter_map(|call| call.rules);
        self.payloads.iter().chain(beyond)
    }

    /// The rules of a payload, by its name on the wire (`sendLink`), the same in snake case (`send_link`), or the name of
    /// the call that it is the body of (`create_group` for `group`); `None` names the send call's.
    pub(crate) fn payload_rules(&self, name: Option<&str>) -> Option<&'static CallRules> {
        let Some(name) = name else {
            return self.all_rules().next();
        };
        let by = |is_named: &dyn Fn(&CallRules) -> bool| {
            let mut rules = self.all_rules();
            rules.find(|rules| is_named(rules))
        };
        let call = || self.calls.iter().find(|call| call.name == name)?.rules;
        by(&|rules| rules.name == name)
            .or_else(call)
            .or_else(|| by(&|rules| snake_case(rules.name) == name))
    }

    /// The region to read phone numbers in.
    pub(crate) fn region(&self) -> Option<Region> {
        self.region.and_then(|region| region.parse().ok())
    }
}

/// `sendPTT` → `send_ptt`, as the other languages and the calls write names.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut after_lower_case = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && after_lower_case {
            out.push('_');
        }
        after_lower_case = letter.is_ascii_lowercase();
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// A kind of media (`image`; inside another part, such as a template's header, too) and the MIME
/// types that it may have.
pub type MediaTypes = (&'static str, &'static [&'static str]);

/// How one gateway says things. All of it is pure: no clock, no socket, no global.
pub trait Gateway: fmt::Debug + Send + Sync {
    /// What is known of the gateway without its configuration.
    fn profile(&self) -> &'static Profile;

    /// The region of phone numbers in national form.
    fn region(&self) -> Option<Region>;

    /// Turns a message into the gateway's wire document. What the gateway cannot say, beyond what
    /// its capabilities tell, is added to `violations` and left out.
    fn encode<'m>(
        &'m self,
        message: &'m Message,
        recipient: &'m Recipient,
        violations: &mut Vec<Violation>,
    ) -> Encoded<'m>;

    /// Makes requests of wire documents, several to a request where the gateway has batches.
    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest>;

    /// Adds the credentials.
    fn authorise(&self, request: &mut Request);

    /// Where a path of the gateway's own is, for calls that the engine has no type for.
    fn url(&self, path: &str) -> String;

    /// The call that sets the address of the gateway's webhooks; `None` where the address goes with each message, or is
    /// set by the gateway's support.
    fn webhook_call(&self) -> Option<WebhookCall> {
        None
    }

    /// Why the gateway does not let a path be called, where its documentation says so.
    fn blocked(&self, _path: &str) -> Option<&'static str> {
        None
    }

    /// The error that an answer to any call tells of; `None` where it tells of none.
    fn refusal(&self, answer: &Answer<'_>) -> Option<Error> {
        self.decode(answer)?.into_iter().find_map(Result::err)
    }

    /// How many messages one request can carry.
    fn batch_size(&self) -> usize {
        1
    }

    /// Whether the gateway recognises a `client_id` that it has had, so that a message can be sent again without being
    /// shown twice.
    fn deduplicates(&self) -> bool {
        false
    }

    /// Reads the answer to a send call: one result for each message, in order, or `None` where the
    /// answer is not shaped as the documentation says.
    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>>;

    /// Reads a webhook's body: all its items, in order, or `None` where it is not shaped as the
    /// documentation says.
    fn events(&self, body: &Value) -> Option<Vec<Event>>;
}

/// The POST that sets the address of a gateway's webhooks: its body is `{"<member>": "<address>"}`.
///
/// ```
/// use wamux_engine::gateway;
///
/// let call = gateway::reader("tujenge")?.webhook_call().unwrap();
/// assert_eq!((call.path, call.member), ("/v1/configs/webhook", "url"));
/// assert_eq!(gateway::reader("rapporto")?.webhook_call(), None);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookCall {
    /// The path, for [`Gateway::url`].
    pub path: &'static str,
    /// The member of the body that bears the address.
    pub member: &'static str,
}

/// A message as its gateway wants it.
#[derive(Debug)]
pub struct Encoded<'m> {
    /// The call that bears it.
    pub(crate) call: &'static CallRules,
    /// The wire document.
    pub(crate) payload: Payload<'m>,
}

/// A request and the messages that it carries.
#[derive(Debug)]
pub struct PackedRequest {
    /// The request.
    pub request: Request,
    /// Which of the packed messages it carries.
    pub items: Range<usize>,
}

/// An answer whose body is JSON.
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: &'a Value,
    /// The body's text.
    pub text: &'a str,
    /// How many messages the request carried, where that is known.
    pub messages: Option<usize>,
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// One accepted message of an answer.
pub struct Accepted {
    /// The gateway's id of the message.
    pub message_id: Option<String>,
    /// The caller's own id, where the gateway returns it.
    pub client_id: Option<String>,
    /// The message's part of the answer: JSON text.
    pub raw: String,
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted").finish_non_exhaustive()
    }
}

/// A payload without credentials as JSON text.
fn json(payload: &Payload<'_>) -> Vec<u8> {
    let mut json = Vec::with_capacity(1024);
    payload.write_json(&mut json, &|_| "");
    json
}

/// A request of its own for each message, where the gateway has no batches.
fn one_each(
    items: &[Encoded<'_>],
    request: impl Fn(&Encoded<'_>) -> Request,
) -> Vec<PackedRequest> {
    let requests = items.iter().enumerate();
    requests
        .map(|(position, item)| PackedRequest {
            request: request(item),
            items: position..position + 1,
        })
        .collect()
}

/// `{"<name>": [<payloads>]}`
fn json_list(name: &str, items: &[Encoded<'_>]) -> Vec<u8> {
    let mut json = format!("{{\"{name}\":[").into_bytes();
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            json.push(b',');
        }
        item.payload.write_json(&mut json, &|_| "");
    }
    json.extend_from_slice(b"]}");
    json
}

/// What is known of a gateway.
///
/// # Errors
///
/// A `configuration` error for an id that is none of the registry's.
///
/// ```
/// let error = wamux_engine::gateway::profile("devino").unwrap_err();
/// assert!(error.to_string().contains("devino-v2"));
/// ```
pub fn profile(id: &str) -> Result<&'static Profile, Error> {
    REGISTRY
        .iter()
        .find(|profile| profile.id == id)
        .copied()
        .ok_or_else(|| {
            let ids: Vec<&str> = REGISTRY.iter().map(|profile| profile.id).collect();
            Error::configuration(format!(
                "`{id}` is not a gateway; the gateways are {}",
                ids.join(", ")
            ))
        })
}

/// Opens a gateway.
///
/// # Errors
///
/// A `configuration` error that names the setting which is missing or wrong.
///
/// ```
/// use wamux_engine::{Settings, gateway};
///
/// let error = gateway::open("tujenge", &Settings::default()).unwrap_err();
/// assert!(error.to_string().contains("api_key"));
/// ```
pub fn open(id: &str, settings: &Settings) -> Result<Box<dyn Gateway>, Error> {
    let profile = profile(id)?;
    (profile.open)(settings).map_err(|error| error.with_gateway(profile.id))
}

/// A gateway to read answers and webhooks with, and to show requests: without settings, with `***` for credentials.
/// Each is opened once a process.
///
/// # Errors
///
/// A `configuration` error for an id that is none of the registry's.
///
/// ```
/// use wamux_engine::{events, gateway};
///
/// let events = events(gateway::reader("rapporto")?, br#"[{"mtNum": "107931706", "status": 9}]"#)?;
/// assert_eq!(events.len(), 1);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn reader(id: &str) -> Result<&'static dyn Gateway, Error> {
    static READERS: LazyLock<Vec<Result<Box<dyn Gateway>, Error>>> = LazyLock::new(|| {
        let settings = Settings::default().masked();
        let ids = REGISTRY.iter().map(|profile| profile.id);
        ids.map(|id| open(id, &settings)).collect()
    });
    let wanted = profile(id)?.id;
    for reader in &*READERS {
        match reader {
            Ok(gateway) if gateway.profile().id == wanted => return Ok(gateway.as_ref()),
            Err(error) if error.gateway() == Some(wanted) => return Err(error.clone()),
            _ => {}
        }
    }
    Err(Error::configuration("the registry has lost a gateway"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_has_its_wire_name_that_in_snake_case_and_the_name_of_its_call() {
        let wire_name = |gateway: &str, name: &str| {
            let rules = profile(gateway).unwrap().payload_rules(Some(name));
            rules.map(|rules| rules.name)
        };
        for (name, expected) in [
            ("sendLink", Some("sendLink")),
            ("send_link", Some("sendLink")),
            ("send_message", Some("sendMessage")),
            ("send_ptt", Some("sendPTT")),
            ("send_vcard", Some("sendVCard")),
            ("group", Some("group")),
            ("create_group", Some("group")),
            ("ban_settings", Some("banSettings")),
            ("set_ban_settings", Some("banSettings")),
            ("get_ban_settings", None),
            ("send_links", None),
            ("sendlink", None),
            ("", None),
        ] {
            assert_eq!(wire_name("chat-api", name), expected, "{name}");
        }
        assert_eq!(
            wire_name("devino-v2", "messages/batch"),
            Some("messages/batch")
        );
        for profile in REGISTRY {
            for rules in profile.all_rules() {
                assert_eq!(wire_name(profile.id, rules.name), Some(rules.name));
            }
        }
    }

    #[test]
    fn every_gateway_can_be_read_with() {
        for profile in REGISTRY {
            assert_eq!(reader(profile.id).unwrap().profile().id, profile.id);
        }
    }

    #[test]
    fn every_schema_compiles_and_every_id_is_its_own() {
        for (position, profile) in REGISTRY.iter().enumerate() {
            assert!(
                REGISTRY[..position]
                    .iter()
                    .all(|other| other.id != profile.id)
            );
            assert!(
                !profile.payloads.is_empty(),
                "{} has no send call",
                profile.id
            );
            for rules in profile.all_rules() {
                LazyLock::force(rules.body);
            }
            let region = profile
                .region
                .map(|region| region.parse::<Region>().is_ok());
            assert_ne!(region, Some(false), "{}", profile.id);
        }
    }
}

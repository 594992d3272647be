//! What only the calls answer with; the engine has a type of its own for each.

use std::collections::HashMap;
use std::fmt;

use wamux_engine::gateway::Profile;
use wamux_engine::{Error, Feature, Receipt, Violation, http, phone};

use crate::failure::Details;

/// A request to a gateway, without credentials.
///
/// Shown as text, it has neither the body nor the path.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Request {
    /// The HTTP method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The headers, by their names in small letters.
    pub headers: HashMap<String, String>,
    /// The body's bytes, as on the wire.
    pub body: Vec<u8>,
    /// Faults of the message that do not stop it.
    pub warnings: Vec<Violation>,
}

impl Request {
    pub(crate) fn new(request: &wamux_engine::Request, warnings: Vec<Violation>) -> Self {
        let headers = request.headers_as_text();
        Self {
            method: request.method.to_string(),
            url: request.url().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            body: request.body.as_bytes().to_vec(),
            warnings,
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = wamux_engine::Request::new(http::Method::GET, self.url.as_str());
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &shown.origin())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

/// What an answer says of one message.
#[derive(Clone, Debug, uniffi::Enum)]
#[uniffi::export(Debug)]
pub enum Outcome {
    /// The gateway accepted it.
    Accepted {
        /// The acceptance.
        receipt: Receipt,
    },
    /// The gateway refused it, or the answer cannot be read.
    Failed {
        /// Why.
        details: Details,
    },
}

impl From<Result<Receipt, Error>> for Outcome {
    fn from(result: Result<Receipt, Error>) -> Self {
        match result {
            Ok(receipt) => Self::Accepted { receipt },
            Err(error) => Self::Failed {
                details: Details::from(&error),
            },
        }
    }
}

/// A phone number in E.164.
///
/// Shown as text, it is masked.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct PhoneNumber {
    /// The number in E.164, such as `+79034567890`.
    pub e164: String,
    /// The same without its plus.
    pub digits: String,
    /// The region that the number belongs to, by two letters; absent where its numbering plan does
    /// not tell.
    pub region: Option<String>,
    /// Whether the numbering plan has assigned the number's range.
    pub valid: bool,
    /// The other `wa_id` that the same subscriber may have, as digits.
    pub wa_id_candidates: Vec<String>,
}

impl From<phone::PhoneNumber> for PhoneNumber {
    fn from(number: phone::PhoneNumber) -> Self {
        Self {
            e164: number.e164().to_owned(),
            digits: number.digits().to_owned(),
            region: number.region().map(|region| region.to_string()),
            valid: number.is_valid(),
            wa_id_candidates: number.wa_id_candidates(),
        }
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = phone::mask(&self.e164);
        f.debug_tuple("PhoneNumber")
            .field(&format_args!("{masked}"))
            .finish()
    }
}

/// What is known of a gateway.
#[derive(Clone, Debug, uniffi::Record)]
pub struct GatewayProfile {
    /// The id: `devino-v2`.
    pub id: String,
    /// The gateway's name.
    pub name: String,
    /// The documented address.
    pub base_url: String,
    /// The region of phone numbers in national form.
    pub region: Option<String>,
    /// What wamux sends through it.
    pub sends: Vec<Feature>,
    /// What it documents and this version of wamux does not send yet.
    pub not_yet: Vec<Feature>,
    /// The names of the native payloads that can be checked; the first is the send call's.
    pub payloads: Vec<String>,
}

impl From<&Profile> for GatewayProfile {
    fn from(profile: &Profile) -> Self {
        Self {
            id: profile.id.to_owned(),
            name: profile.name.to_owned(),
            base_url: profile.base_url.to_owned(),
            region: profile.region.map(str::to_owned),
            sends: profile.capabilities.sends.to_vec(),
            not_yet: profile.capabilities.not_yet.to_vec(),
            payloads: profile.payload_names().map(str::to_owned).collect(),
        }
    }
}

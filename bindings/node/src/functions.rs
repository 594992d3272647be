//! The functions that need no network.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;
use serde::Serialize;
use wamux::gateway::{self, Gateway, REGISTRY};
use wamux::message::Message;
use wamux::phone::{self, Region};
use wamux::{Error, Options, Receipt, Request, Response, Settings, Violation, not_json};

use crate::errors::{Exception, configuration, guarded, json};
use crate::settings;

/// What a gateway told: text or bytes.
pub(crate) type Body = Either<String, Uint8Array>;

#[derive(Serialize)]
pub(crate) struct ShownRequest<'a> {
    method: &'a str,
    url: &'a str,
    headers: BTreeMap<&'a str, String>,
    body: ShownBody<'a>,
    warnings: Vec<Violation>,
}

/// The body as it goes out: its text, or its bytes where they are no text.
#[derive(Serialize)]
#[serde(untagged)]
enum ShownBody<'a> {
    Text(&'a str),
    Bytes { base64: String },
}

/// The request that a message becomes, with credentials as `***`.
#[napi]
pub fn build_request(gateway: String, message: String, settings: String) -> napi::Result<String> {
    guarded(|| {
        opened(&gateway, &settings, |gateway| {
            let message = Message::from_json(message.as_bytes())?;
            let (request, checked) = wamux::build_one(gateway, &message)?;
            json(&shown(&request, checked.warnings))
        })
    })
}

/// What a gateway with these settings does; its credentials are `***`.
pub(crate) fn opened<T>(
    gateway: &str,
    settings: &str,
    call: impl FnOnce(&dyn Gateway) -> Result<T, Error>,
) -> Result<T, Error> {
    if settings == "{}" {
        return call(gateway::reader(gateway)?);
    }
    let (settings, _) = settings::read(settings)?;
    call(gateway::open(gateway, &settings.masked())?.as_ref())
}

pub(crate) fn shown(request: &Request, warnings: Vec<Violation>) -> ShownRequest<'_> {
    let bytes = request.body.as_bytes();
    let body = match std::str::from_utf8(bytes) {
        Ok(text) => ShownBody::Text(text),
        Err(_) => ShownBody::Bytes {
            base64: BASE64_STANDARD.encode(bytes),
        },
    };
    ShownRequest {
        method: request.method.as_str(),
        url: request.url(),
        headers: request.headers_as_text().collect(),
        body,
        warnings,
    }
}

/// Checks a gateway's native payload; the violations in JSON.
#[napi]
pub fn validate_payload(
    gateway: String,
    payload: String,
    call: Option<String>,
) -> napi::Result<String> {
    guarded(|| {
        let profile = gateway::profile(&gateway)?;
        let payload = serde_json::from_str(&payload).map_err(|error| not_json(&error))?;
        json(&wamux::validate_payload(
            profile,
            call.as_deref(),
            &payload,
        )?)
    })
}

/// Reads a webhook's body; the events in JSON.
#[napi]
pub fn parse_webhook(gateway: String, body: Body) -> napi::Result<String> {
    guarded(|| json(&wamux::events(gateway::reader(&gateway)?, bytes(&body))?))
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Receipt(Receipt),
    Error(Exception),
}

/// Reads the answer to a send call; in JSON, `{"receipt"}` or `{"error"}` for each message that it speaks of.
#[napi]
pub fn parse_response(gateway: String, body: Body, status: u32) -> napi::Result<String> {
    guarded(|| {
        let gateway = gateway::reader(&gateway)?;
        let response = response(&body, status)?;
        let results = wamux::decode(gateway, &response, None).into_iter();
        let outcomes = results.map(|result| match result {
            Ok(receipt) => Outcome::Receipt(receipt),
            Err(error) => Outcome::Error(error.into()),
        });
        json(&outcomes.collect::<Vec<_>>())
    })
}

/// An answer of a status and a body.
pub(crate) fn response(body: &Body, status: u32) -> Result<Response, Error> {
    let status = u16::try_from(status)
        .ok()
        .filter(|status| (100..600).contains(status))
        .ok_or_else(|| configuration("status must be an HTTP status from 100 to 599"))?;
    Ok(Response::new(status, bytes(body).to_vec()))
}

pub(crate) fn bytes(body: &Body) -> &[u8] {
    match body {
        Either::A(text) => text.as_bytes(),
        Either::B(bytes) => bytes,
    }
}

/// Reads a phone number; what it is in JSON.
#[napi]
pub fn normalize_phone(text: String, region: Option<String>, strict: bool) -> napi::Result<String> {
    guarded(|| {
        let region = region.map(|region| region.parse::<Region>()).transpose();
        let region = region.map_err(|error| configuration(format!("region: {error}")))?;
        let number = phone::parse(&text, &phone::Options { region, strict })?;
        json(&number).map_err(Exception::from)
    })
}

/// What a gateway can do, in JSON.
#[napi]
pub fn capabilities(gateway: String) -> napi::Result<String> {
    guarded(|| json(&gateway::profile(&gateway)?.describe()))
}

/// The codes that a gateway documents, in JSON.
#[napi]
pub fn codes(gateway: String) -> napi::Result<String> {
    guarded(|| json(&gateway::profile(&gateway)?.codes().collect::<Vec<_>>()))
}

/// The form in which a phone number may stand in a log.
#[napi]
pub fn mask_phone(text: String) -> String {
    phone::mask(&text)
}

/// A gateway's own word as it may stand in a log: one that does not look like a word is shown by its length.
#[napi]
pub fn shown_word(text: String) -> String {
    wamux::shown_word(&text)
}

/// The path of a violation as it may stand in a log: a name that the caller made up is shown by its length.
#[napi]
pub fn shown_path(text: String) -> String {
    wamux::shown_path(&text)
}

/// The id of a message as it may stand in a log: one that has a number in it is shown by its length.
#[napi]
pub fn shown_id(text: String) -> String {
    wamux::shown_id(&text)
}

/// Refuses an argument with violations in JSON, which the caller has found in a value that JSON has no form for.
#[napi]
pub fn refuse(violations: String) -> napi::Result<()> {
    guarded(|| {
        let violations = serde_json::from_str(&violations).map_err(|error| not_json(&error))?;
        Err(Error::from_violations(violations))
    })
}

/// Refuses a setting or argument in words.
#[napi]
pub fn refuse_setting(words: String) -> napi::Result<()> {
    guarded(|| Err(configuration(words)))
}

#[derive(Serialize)]
struct Names {
    gateways: Vec<&'static str>,
    settings: Vec<&'static str>,
}

/// The ids of all gateways, and the names of all settings, in JSON.
#[napi]
pub fn names() -> napi::Result<String> {
    guarded(|| {
        let settings = Settings::NAMES.into_iter().chain(Options::NAMES);
        json(&Names {
            gateways: REGISTRY.iter().map(|profile| profile.id).collect(),
            settings: settings.collect(),
        })
    })
}

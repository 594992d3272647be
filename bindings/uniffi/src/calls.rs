//! The calls: each converts, asks the engine, and converts back.
#![expect(
    clippy::needless_pass_by_value,
    clippy::implicit_hasher,
    reason = "uniffi hands over what it has read, and reads no type parameters"
)]

use std::collections::HashMap;

use wamux_engine::gateway::{self, Gateway, REGISTRY};
use wamux_engine::message::Message;
use wamux_engine::phone::{Options, Region, parse};
use wamux_engine::{
    Event, Response, Settings, Source, Violation, build_one, decode, events, not_json,
    validate_payload as validate,
};

use crate::failure::{Failure, configuration};
use crate::formless::{check_payload, checked, has_lone_surrogate, message_json};
use crate::records::{GatewayProfile, Outcome, PhoneNumber, Request};

/// The request that a message becomes. No credentials are needed: absent and present ones alike
/// show as `***`.
///
/// # Errors
///
/// What is wrong with the message, a setting or the gateway's id.
#[uniffi::export]
pub fn build_request(
    gateway: &str,
    message: Message,
    settings: HashMap<String, String>,
) -> Result<Request, Failure> {
    let gateway = opened(gateway, &settings)?;
    let (request, checked) = build_one(gateway.as_ref(), &checked(&message)?)?;
    Ok(Request::new(&request, checked.warnings))
}

/// The request that a call beyond sending becomes; `arguments` is JSON text, `length` the number of bytes that it
/// uploads. No credentials are needed: absent and present ones alike show as `***`.
///
/// # Errors
///
/// What is wrong with the arguments, a setting, the call's name or the gateway's id.
#[uniffi::export]
pub fn build_call(
    gateway: &str,
    call: &str,
    arguments: &str,
    settings: HashMap<String, String>,
    length: Option<u64>,
) -> Result<Request, Failure> {
    let gateway = opened(gateway, &settings)?;
    let arguments = serde_json::from_str(arguments).map_err(|error| not_json(&error))?;
    check_payload(&arguments)?;
    let source = length.map(Source::of_length);
    let call = gateway.profile().find_call(call)?;
    let request = call.request(gateway.as_ref(), &arguments, source)?;
    Ok(Request::new(&request, Vec::new()))
}

/// A gateway with these settings, and `***` for credentials.
fn opened(gateway: &str, settings: &HashMap<String, String>) -> Result<Box<dyn Gateway>, Failure> {
    let mut values = Settings::default();
    for (name, value) in settings {
        if has_lone_surrogate(value) {
            let words = format!("{name} must be Unicode text: a lone surrogate stands in it");
            return Err(configuration(words));
        }
        values.set(name, value)?;
    }
    Ok(gateway::open(gateway, &values.masked())?)
}

/// Checks a gateway's native payload, which is JSON text; `call` is the name of a call, or absent
/// for the send call. Warnings are among the violations.
///
/// # Errors
///
/// Text that is not JSON, and an unknown gateway or call.
#[uniffi::export]
pub fn validate_payload(
    gateway: &str,
    payload: &str,
    call: Option<String>,
) -> Result<Vec<Violation>, Failure> {
    let profile = gateway::profile(gateway)?;
    let payload = serde_json::from_str(payload).map_err(|error| not_json(&error))?;
    check_payload(&payload)?;
    Ok(validate(profile, call.as_deref(), &payload)?)
}

/// Reads a webhook's body: all its items, in order. An item that cannot be read is an `error`
/// event beside the others.
///
/// # Errors
///
/// A body that cannot be read at all, and an unknown gateway.
#[uniffi::export]
pub fn parse_webhook(gateway: &str, body: Vec<u8>) -> Result<Vec<Event>, Failure> {
    Ok(events(gateway::reader(gateway)?, &body)?)
}

/// Reads the answer to a send call: a receipt or an error for each message that it speaks of.
///
/// # Errors
///
/// An unknown gateway. A refusal is among the results.
#[uniffi::export]
pub fn parse_response(gateway: &str, body: Vec<u8>, status: u16) -> Result<Vec<Outcome>, Failure> {
    let response = Response::new(status, body);
    let results = decode(gateway::reader(gateway)?, &response, None);
    Ok(results.into_iter().map(Outcome::from).collect())
}

/// Reads the answer to a call beyond sending: what it says, as JSON text.
///
/// # Errors
///
/// What the gateway refuses, an answer that cannot be read, and an unknown gateway or call.
#[uniffi::export]
pub fn parse_call_response(
    gateway: &str,
    call: &str,
    body: Vec<u8>,
    status: u16,
) -> Result<String, Failure> {
    let gateway = gateway::reader(gateway)?;
    let call = gateway.profile().find_call(call)?;
    Ok(call
        .decode(gateway, &Response::new(status, body))?
        .to_string())
}

/// Reads a phone number as a person wrote it. `region` is where it is dialled, by two letters;
/// `strict` refuses a number that is possible but not assigned.
///
/// # Errors
///
/// What is wrong with the number, and an unknown region.
#[uniffi::export]
pub fn normalize_phone(
    text: &str,
    region: Option<String>,
    strict: bool,
) -> Result<PhoneNumber, Failure> {
    let region = region.map(|region| {
        let unknown = |error| configuration(format!("region: {error}"));
        region.parse::<Region>().map_err(unknown)
    });
    let options = Options {
        region: region.transpose()?,
        strict,
    };
    Ok(parse(text, &options)?.into())
}

/// Reads a message from JSON text.
///
/// # Errors
///
/// Every fault of its structure.
#[uniffi::export]
pub fn message_from_json(json: &str) -> Result<Message, Failure> {
    let message = Message::from_json(json.as_bytes())?;
    message_json(&message)?;
    Ok(message)
}

/// Writes a message as JSON text.
///
/// # Errors
///
/// What JSON has no form for: text that is not Unicode, a number that is not finite.
#[uniffi::export]
pub fn message_to_json(message: Message) -> Result<String, Failure> {
    Ok(message_json(&message)?.to_string())
}

/// Every gateway, and what it can do.
#[uniffi::export]
#[must_use]
pub fn gateways() -> Vec<GatewayProfile> {
    REGISTRY.iter().copied().map(GatewayProfile::from).collect()
}

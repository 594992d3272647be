//! The two halves of a call beyond sending, without a network between them.

use napi_derive::napi;
use wamux::gateway::{self, Gateway};
use wamux::{CallProfile, Error, Source, not_json};

use crate::errors::{guarded, json};
use crate::functions::{Body, opened, response, shown};

/// The request that a call becomes, with credentials as `***`. `length` is how many bytes it would upload.
#[napi]
pub fn build_call(
    gateway: String,
    name: String,
    arguments: String,
    length: Option<i64>,
    settings: String,
) -> napi::Result<String> {
    guarded(|| {
        opened(&gateway, &settings, |gateway| {
            let arguments = serde_json::from_str(&arguments).map_err(|error| not_json(&error))?;
            let length = length.and_then(|length| u64::try_from(length).ok());
            let source = length.map(Source::of_length);
            let request = find(gateway, &name)?.request(gateway, &arguments, source)?;
            json(&shown(&request, Vec::new()))
        })
    })
}

/// Reads the answer to a call; its output in JSON.
#[napi]
pub fn parse_call_response(
    gateway: String,
    name: String,
    body: Body,
    status: u32,
) -> napi::Result<String> {
    guarded(|| {
        let gateway = gateway::reader(&gateway)?;
        let call = find(gateway, &name)?;
        json(&call.decode(gateway, &response(&body, status)?)?)
    })
}

fn find(gateway: &dyn Gateway, name: &str) -> Result<&'static CallProfile, Error> {
    gateway.profile().find_call(name)
}

//! A request that a webhook's address was sent, and the answer to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wamux::Error;
use wamux::http::{HeaderMap, HeaderName, HeaderValue, Method};
use wamux::inbox::Answer;

use crate::errors::{configuration, json};

/// The head of a request.
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
}

#[derive(Deserialize)]
struct Given {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
}

impl Head {
    /// From `{"method", "path", "headers": [[name, value], …]}`.
    pub(crate) fn read(json: &str) -> Result<Self, Error> {
        let given: Given = serde_json::from_str(json)
            .map_err(|_| configuration("the request must be texts without lone surrogates"))?;
        let headers = given.headers.iter();
        Ok(Self {
            // What is no method is not POST either, which alone is answered otherwise.
            method: given.method.parse().unwrap_or(Method::GET),
            path: given.path,
            headers: headers
                .filter_map(|(name, value)| Some((header_name(name)?, header_value(value)?)))
                .collect(),
        })
    }
}

/// What is no header says nothing.
fn header_name(name: &str) -> Option<HeaderName> {
    name.parse().ok()
}

/// Node and the class `Headers` show each byte of a value as one character; other servers read UTF-8.
fn header_value(value: &str) -> Option<HeaderValue> {
    let bytes = value.chars().map(|sign| u8::try_from(sign).ok());
    let bytes = bytes.collect::<Option<Vec<u8>>>();
    HeaderValue::from_bytes(bytes.as_deref().unwrap_or(value.as_bytes())).ok()
}

#[derive(Serialize)]
struct Shown {
    status: u16,
    headers: BTreeMap<&'static str, &'static str>,
}

/// An answer in JSON.
pub(crate) fn shown(answer: Answer) -> Result<String, Error> {
    json(&Shown {
        status: answer.status,
        headers: answer.headers.iter().copied().collect(),
    })
}

//! A request that a webhook's address was sent, and the answer to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wamux::Error;
use wamux::inbox::{Answer, Head, header_bytes};

use crate::errors::{configuration, json};

#[derive(Deserialize)]
struct Given {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
}

/// Reads the head of a request from `{"method", "path", "headers": [[name, value], …]}`.
pub(crate) fn read_head(json: &str) -> Result<Head, Error> {
    let given: Given = serde_json::from_str(json)
        .map_err(|_| configuration("the request must be texts without lone surrogates"))?;
    let mut head = Head::new(&given.method, given.path);
    for (name, value) in &given.headers {
        head.add(header_bytes(name), header_bytes(value));
    }
    Ok(head)
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

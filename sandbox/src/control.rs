//! The sandbox's own routes, below `/_sandbox`.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::callbacks::post_in_order;
use crate::faults::Fault;
use crate::form::{is_international_number, is_web_address};
use crate::gateway::IncomingText;
use crate::recipient::magic_recipients;
use crate::server::{Answer, Shared, respond_json};

/// Answers a call; `route` is what follows `/_sandbox`.
pub(crate) fn answer(shared: &Arc<Shared>, method: &Method, route: &str, body: &[u8]) -> Answer {
    let outcome = match (method, route) {
        (&Method::GET, "" | "/") => Ok(index(shared)),
        (&Method::GET, "/messages") => Ok(shared.log.messages_as_json()),
        (&Method::DELETE, "/messages") => {
            shared.log.clear();
            Ok(shared.log.messages_as_json())
        }
        (&Method::GET, "/log") => Ok(shared.log.records_as_json()),
        (&Method::GET, "/recipients") => Ok(json!(magic_recipients())),
        (&Method::GET, "/faults") => Ok(pending_faults(shared)),
        (&Method::DELETE, "/faults") => {
            post_in_order(shared, shared.scripts.clear());
            Ok(pending_faults(shared))
        }
        (&Method::POST, "/faults") => inject(shared, body),
        (&Method::POST, "/incoming") => receive(shared, body),
        _ => {
            let error = json!({"error": "no such route; GET /_sandbox lists the routes"});
            return respond_json(StatusCode::NOT_FOUND, &error);
        }
    };
    match outcome {
        Ok(body) => respond_json(StatusCode::OK, &body),
        Err(error) => respond_json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

fn index(shared: &Shared) -> Value {
    let url = shared.url();
    let gateways: Vec<Value> = shared
        .gateways
        .iter()
        .map(|gateway| {
            json!({"id": gateway.id(), "base_url": format!("{url}{}", gateway.base_path())})
        })
        .collect();
    json!({
        "gateways": gateways,
        "routes": [
            "GET /_sandbox/messages",
            "DELETE /_sandbox/messages",
            "GET /_sandbox/log",
            "GET /_sandbox/recipients",
            "POST /_sandbox/faults",
            "GET /_sandbox/faults",
            "DELETE /_sandbox/faults",
            "POST /_sandbox/incoming",
        ],
    })
}

fn pending_faults(shared: &Shared) -> Value {
    json!({"faults": shared.scripts.pending()})
}

fn inject(shared: &Shared, body: &[u8]) -> Result<Value, String> {
    let fault: Fault = read(body)?;
    shared.inject(fault).map_err(|error| error.to_string())?;
    Ok(pending_faults(shared))
}

fn receive(shared: &Arc<Shared>, body: &[u8]) -> Result<Value, String> {
    let text: IncomingText = read(body)?;
    if !is_international_number(&text.from) {
        return Err("from: must be the digits of an international number".to_owned());
    }
    if text.url.as_deref().is_some_and(|url| !is_web_address(url)) {
        return Err("url: must be an address with the scheme http or https".to_owned());
    }
    let Some(gateway) = shared.gateway(&text.gateway) else {
        let ids: Vec<&str> = shared.gateways.iter().map(|gateway| gateway.id()).collect();
        return Err(format!("gateway: must be one of {}", ids.join(", ")));
    };
    let callback = gateway.incoming(&text, &shared.numbers)?;
    let posted = callback.body.clone();
    post_in_order(shared, vec![callback]);
    Ok(json!({"gateway": text.gateway, "posted": posted}))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body cannot be read: {error}"))
}

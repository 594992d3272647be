//! The sandbox's own routes, below `/_sandbox`.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::{Answer, into_answer, respond_json};
use crate::callbacks::{join, post_in_order, repeat_each};
use crate::faults::Fault;
use crate::incoming;
use crate::recipient::magic_recipients;
use crate::server::{Shared, post_due};

/// Answers a call; `route` is what follows `/_sandbox`.
pub(crate) fn answer(shared: &Arc<Shared>, method: &Method, route: &str, body: &[u8]) -> Answer {
    let outcome = match (method, route) {
        (&Method::GET, "" | "/") => Ok(index(shared)),
        (&Method::GET, "/messages") => Ok(shared.log.messages_as_json()),
        (&Method::DELETE, "/messages") => {
            shared.clear();
            Ok(shared.log.messages_as_json())
        }
        (&Method::GET, "/calls") => Ok(shared.log.all_calls_as_json()),
        (&Method::GET, "/log") => Ok(shared.log.records_as_json()),
        (&Method::GET, "/recipients") => Ok(json!(magic_recipients())),
        (&Method::GET, "/faults") => Ok(pending_faults(shared)),
        (&Method::DELETE, "/faults") => {
            post_in_order(shared, shared.scripts.clear());
            Ok(pending_faults(shared))
        }
        (&Method::POST, "/faults") => inject(shared, body),
        (&Method::POST, "/incoming") => receive(shared, body),
        _ => return answer_for_gateway(shared, method, route, body),
    };
    match outcome {
        Ok(body) => respond_json(StatusCode::OK, &body),
        Err(error) => respond_json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

/// Answers a route that one gateway alone has.
fn answer_for_gateway(shared: &Arc<Shared>, method: &Method, route: &str, body: &[u8]) -> Answer {
    for gateway in &shared.gateways {
        if let Some(reply) = gateway.control(method, route, body) {
            post_due(shared, gateway.as_ref());
            return into_answer(reply);
        }
    }
    let error = json!({"error": "no such route; GET /_sandbox lists the routes"});
    respond_json(StatusCode::NOT_FOUND, &error)
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
    let mut routes = vec![
        "GET /_sandbox/messages",
        "DELETE /_sandbox/messages",
        "GET /_sandbox/calls",
        "GET /_sandbox/log",
        "GET /_sandbox/recipients",
        "POST /_sandbox/faults",
        "GET /_sandbox/faults",
        "DELETE /_sandbox/faults",
        "POST /_sandbox/incoming",
    ];
    for gateway in &shared.gateways {
        routes.extend(gateway.control_routes());
    }
    json!({"gateways": gateways, "routes": routes})
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
    let request = incoming::read(body)?;
    let Some(gateway) = shared.gateway(&request.gateway) else {
        let ids: Vec<&str> = shared.gateways.iter().map(|gateway| gateway.id()).collect();
        return Err(format!("gateway: must be one of {}", ids.join(", ")));
    };
    let callbacks = request
        .messages
        .iter()
        .map(|message| gateway.incoming(message, request.url.as_deref(), &shared.numbers))
        .collect::<Result<Vec<_>, _>>()?;
    let mut joined = join(callbacks);
    let [callback] = joined.as_mut_slice() else {
        let gateway = request.gateway;
        return Err(format!("messages: {gateway} posts one message a body"));
    };
    gateway.take_in(callback);
    let times = if callback.url.is_empty() {
        0
    } else {
        request.times
    };
    let posted = callback.body.clone();
    post_in_order(shared, repeat_each(&joined, times));
    Ok(json!({"gateway": request.gateway, "times": times, "posted": posted}))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body cannot be read: {error}"))
}

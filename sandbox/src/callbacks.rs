//! Posting to the user's side.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, header};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tokio::sync::Semaphore;
use url::Url;

use crate::gateway::Callback;
use crate::log::{CallbackRecord, now};
use crate::server::Shared;

/// Tries before a callback is given up.
const ATTEMPTS: u32 = 5;
/// The pause before the second try; each later one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// How long the user's side may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Posts at the same time.
const SLOTS: usize = 64;

/// Posts callbacks over plain HTTP.
pub(crate) struct Callbacks {
    client: Client<HttpConnector, Full<Bytes>>,
    delay: Duration,
    slots: Semaphore,
}

impl Callbacks {
    pub(crate) fn new(delay: Duration) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            delay,
            slots: Semaphore::new(SLOTS),
        }
    }
}

/// Posts the callbacks of one message in their order, each after the delay, until the sandbox stops.
pub(crate) fn post_in_order(shared: &Arc<Shared>, callbacks: Vec<Callback>) {
    if callbacks.is_empty() {
        return;
    }
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let mut stopping = shared.stopping();
        let posting = async {
            for callback in callbacks {
                tokio::time::sleep(shared.callbacks.delay).await;
                post(&shared, &callback).await;
            }
        };
        tokio::select! {
            () = posting => {}
            _ = stopping.wait_for(|is_stopping| *is_stopping) => {}
        }
    });
}

/// Each callback `times` times, one after the other.
pub(crate) fn repeat_each(callbacks: &[Callback], times: u32) -> Vec<Callback> {
    callbacks
        .iter()
        .flat_map(|callback| (0..times).map(|_| callback.clone()))
        .collect()
}

/// The callbacks with as few bodies as their dialects allow: what goes to one address of one gateway is in one body, at
/// the place of the first.
pub(crate) fn join(callbacks: Vec<Callback>) -> Vec<Callback> {
    let mut joined: Vec<Callback> = Vec::new();
    for callback in callbacks {
        let first = joined.iter_mut().find(|first| {
            first.joins
                && callback.joins
                && (first.gateway, &first.url, &first.headers)
                    == (callback.gateway, &callback.url, &callback.headers)
        });
        match first {
            Some(first) => append(&mut first.body, callback.body),
            None => joined.push(callback),
        }
    }
    joined
}

/// Appends the items of `more` to those of `body`: those of the array itself, or of each array in the object.
fn append(body: &mut Value, more: Value) {
    match (body, more) {
        (Value::Array(items), Value::Array(more)) => items.extend(more),
        (Value::Object(members), Value::Object(more)) => {
            for (name, value) in more {
                match members.get_mut(&name) {
                    Some(known) => append(known, value),
                    None => {
                        members.insert(name, value);
                    }
                }
            }
        }
        // A member such as the instance's id is the same in both.
        _ => {}
    }
}

/// Posts until the answer is 200, a few times.
async fn post(shared: &Shared, callback: &Callback) {
    let origin = origin(&callback.url);
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=ATTEMPTS {
        let outcome = try_once(&shared.callbacks, callback).await;
        let (status, error) = match outcome {
            Ok(status) => (Some(status), None),
            Err(error) => (None, Some(error)),
        };
        let gives_up = matches!(error, Some(Failure::Address));
        shared.log.add_callback(CallbackRecord {
            at: now(),
            gateway: callback.gateway,
            origin: origin.clone(),
            attempt,
            status,
            error: error.map(|error| error.to_string()),
        });
        let is_delivered = status == Some(200);
        if is_delivered || gives_up || attempt == ATTEMPTS {
            if let Some(gateway) = shared.gateway(callback.gateway) {
                gateway.note_posted(&callback.body, is_delivered);
            }
            return;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
}

/// Why there is no status.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the sandbox posts over plain http alone")]
    Address,
    #[error("no answer within 10 seconds")]
    Timeout,
    #[error("the address could not be reached, or its answer could not be read")]
    Connection,
}

async fn try_once(callbacks: &Callbacks, callback: &Callback) -> Result<u16, Failure> {
    let is_plain = Url::parse(&callback.url).is_ok_and(|url| url.scheme() == "http");
    if !is_plain {
        return Err(Failure::Address);
    }
    let mut request = Request::post(&callback.url).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in &callback.headers {
        request = request.header(name, value);
    }
    let request = request
        .body(Full::from(callback.body.to_string()))
        .map_err(|_| Failure::Address)?;
    let Ok(_slot) = callbacks.slots.acquire().await else {
        return Err(Failure::Connection);
    };
    match tokio::time::timeout(TIMEOUT, callbacks.client.request(request)).await {
        Ok(Ok(answer)) => Ok(answer.status().as_u16()),
        Ok(Err(_)) => Err(Failure::Connection),
        Err(_) => Err(Failure::Timeout),
    }
}

fn origin(url: &str) -> String {
    Url::parse(url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

//! Bodies about an accepted message, for the configured webhook.

use serde_json::{Value, json};

use super::ID;
use super::codes::{Forced, Outcome};
use super::webhook::Webhook;
use crate::gateway::{Callback, unix_seconds};

/// The callbacks of a message that was accepted. `sent_status` says whether `sent` comes first.
pub(super) fn callbacks(
    webhook: &Webhook,
    id: &str,
    to: &str,
    forced: Option<Forced>,
    sent_status: bool,
) -> Vec<Callback> {
    let status = |state: &str| status(id, to, state);
    let mut bodies: Vec<Value> = sent_status
        .then(|| statuses(status("sent")))
        .into_iter()
        .collect();
    match forced {
        Some(Forced::Failure(code)) => {
            let mut failed = status("failed");
            failed["errors"] = json!([{"code": code.number, "title": code.title}]);
            bodies.push(statuses(failed));
        }
        Some(Forced::Outcome(Outcome::Deleted)) => {
            bodies.extend(["delivered", "read", "deleted"].map(|state| statuses(status(state))));
        }
        Some(Forced::Outcome(Outcome::Warning)) => {
            let mut warning = status("warning");
            warning["errors"] = json!([{
                "code": 2028,
                "title": "Product lacks compliance information",
                "details": "one item of the message is not shown",
            }]);
            bodies.extend([status("delivered"), warning].map(statuses));
        }
        Some(Forced::Outcome(Outcome::Errors)) => {
            bodies.extend(["delivered", "read"].map(|state| statuses(status(state))));
            bodies.push(errors_alone());
        }
        Some(Forced::Outcome(Outcome::Pricing)) => {
            let mut delivered = status("delivered");
            delivered["conversation"] = json!({
                "id": "7a1f6e9b3c5d4820a1b2c3d4e5f60718",
                "expiration_timestamp": unix_seconds() + 24 * 60 * 60,
                "origin": {"type": "business_initiated"},
            });
            delivered["pricing"] = json!({
                "billable": true,
                "pricing_model": "CBP",
                "category": "business_initiated",
            });
            bodies.extend([delivered, status("read")].map(statuses));
        }
        _ => bodies.extend(["delivered", "read"].map(|state| statuses(status(state)))),
    }
    bodies
        .into_iter()
        .map(|body| Callback {
            gateway: ID,
            url: webhook.url.clone(),
            headers: webhook.headers.clone(),
            body,
            joins: true,
        })
        .collect()
}

/// A body that no message is named in.
fn errors_alone() -> Value {
    json!({"errors": [{
        "code": 1014,
        "title": "Internal error",
        "details": "Request for a media file failed",
    }]})
}

fn statuses(status: Value) -> Value {
    json!({"statuses": vec![status]})
}

fn status(id: &str, to: &str, state: &str) -> Value {
    json!({
        "id": id,
        "recipient_id": to,
        "status": state,
        "timestamp": unix_seconds().to_string(),
    })
}

//! Delivery reports.

use serde_json::{Value, json};

use super::{ID, codes, moscow_time};
use crate::gateway::Callback;

/// The reports that `registeredDelivery` asks for: handed to the operator (0), delivered (2), read (9), or not
/// delivered (5).
pub(super) fn reports(document: &Value, number: &str) -> Vec<Callback> {
    let Some(url) = document.get("notifyUrl").and_then(Value::as_str) else {
        return Vec::new();
    };
    let to = document.get("destAddr").and_then(Value::as_str);
    let reason = to.and_then(codes::reason_for);
    let wish = document.get("registeredDelivery").and_then(Value::as_i64);
    let statuses: &[u32] = match (wish.unwrap_or(1), reason) {
        (1, None) => &[0, 2, 9],
        (1, Some(_)) => &[0, 5],
        (2, Some(_)) => &[5],
        _ => &[],
    };
    // The page calls the parameter a host name; addresses are what clients send.
    let url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    statuses
        .iter()
        .map(|status| Callback {
            gateway: ID,
            url: url.clone(),
            headers: Vec::new(),
            body: report(document, number, *status, reason),
            joins: false,
        })
        .collect()
}

fn report(document: &Value, number: &str, status: u32, reason: Option<u32>) -> Value {
    let at = moscow_time();
    let has_failed = status == 5;
    let mut body = json!({
        "mtNum": number,
        "status": status,
        "type": "WHATSAPP",
        "doneDate": if has_failed { "" } else { at.as_str() },
        "submitDate": at,
        "destAddr": document["destAddr"],
        "sourceAddr": document.pointer("/message/data/serviceNumber").unwrap_or(&Value::Null),
        "text": document.pointer("/message/data/instantContent/data/text").unwrap_or(&Value::Null),
        "partCount": "001",
        "errorCode": reason.filter(|_| has_failed).unwrap_or(0).to_string(),
        "mccMnc": "25012",
        "trafficType": 1,
    });
    if let Some(members) = body.as_object_mut() {
        if let Some(id) = document.get("id") {
            members.insert("id".to_owned(), id.clone());
        }
        members.retain(|_, value| !value.is_null());
    }
    body
}

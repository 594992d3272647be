//! Status callbacks, in the form of the page's sample: an array, the id as a number, `errorCode` as the number 0.

use serde_json::{Value, json};

use super::codes;
use crate::gateway::{Callback, unix_seconds};

/// What a status of a click tells of the recipient's browser.
const CLICK: [(&str, &str); 4] = [
    ("ip", "192.0.2.7"),
    ("browser", "Chrome Mobile"),
    ("os", "Android"),
    (
        "userAgent",
        "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile",
    ),
];

/// The status callbacks of an accepted message; none where it has no `callbackUrl`.
pub(super) fn callbacks(message: &Value, id: u64, gateway: &'static str) -> Vec<Callback> {
    let text = |name: &str| message.get(name).and_then(Value::as_str);
    let Some(url) = text("callbackUrl") else {
        return Vec::new();
    };
    let to = text("to").unwrap_or_default();
    let statuses: Vec<Value> = match codes::status_code_for(to) {
        // The table types the code as a string, and the sample has a number. The failed state is the older product's.
        Some(code) => vec![status(id, "UNDELIVERED", &json!(code.to_string()))],
        None => codes::states_for(to)
            .iter()
            .map(|state| status(id, state, &json!(0)))
            .collect(),
    };
    statuses
        .into_iter()
        .map(|mut status| {
            if let Some(data) = text("callbackData") {
                status["options"] = data.into();
            }
            Callback {
                gateway,
                url: url.to_owned(),
                headers: Vec::new(),
                body: json!([status]),
                joins: true,
            }
        })
        .collect()
}

fn status(id: u64, state: &str, code: &Value) -> Value {
    let mut status = json!({
        "messageId": id,
        "ts": unix_seconds(),
        "status": state,
        "errorCode": code,
    });
    for (name, value) in CLICK {
        let value = if state == "VISITED" { value } else { "" };
        status[name] = value.into();
    }
    status
}

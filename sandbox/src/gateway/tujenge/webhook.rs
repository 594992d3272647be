//! The configured webhook.

use std::sync::Mutex;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::errors::refuse_call;
use crate::check::{ANY_LENGTH, Need, Object, Problems, Rule, check_web_address, note};
use crate::gateway::Reply;
use crate::lock;

/// Where status callbacks and incoming messages go.
#[derive(Clone)]
pub(super) struct Webhook {
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
}

/// `POST /v1/configs/webhook`: echoes what is configured from now on (Tujenge, Set Webhook URL).
pub(super) fn configure(configured: &Mutex<Option<Webhook>>, document: &Value) -> Reply {
    let mut problems = Problems::new();
    let read = Object::new(document, "", &mut problems)
        .and_then(|configuration| read_webhook(configuration, &mut problems));
    match read {
        Some(webhook) if problems.is_empty() => {
            let headers: Map<String, Value> = webhook
                .headers
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().into()))
                .collect();
            let answer = json!({"url": webhook.url, "headers": headers});
            *lock(configured) = Some(webhook);
            Reply::json(StatusCode::OK, &answer)
        }
        _ => refuse_call(
            StatusCode::BAD_REQUEST,
            "the webhook is not valid",
            &problems,
        ),
    }
}

fn read_webhook(mut configuration: Object<'_>, problems: &mut Problems) -> Option<Webhook> {
    let url = configuration.string("url", Need::Required, &ANY_LENGTH, problems);
    if let Some(url) = url {
        check_web_address(url, "url", problems);
    }
    let mut headers = Vec::new();
    if let Some(value) = configuration.value("headers", Need::Optional, problems) {
        let pairs = value.as_object().map(|map| {
            map.iter()
                .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect::<Option<Vec<_>>>()
        });
        match pairs {
            Some(Some(pairs)) if pairs.iter().all(is_header) => headers = pairs,
            _ => note(
                problems,
                Rule::WrongType,
                "headers",
                "must map header names to their values",
            ),
        }
    }
    configuration.finish(problems);
    Some(Webhook {
        url: url?.to_owned(),
        headers,
    })
}

/// Whether HTTP can carry the pair.
fn is_header((name, value): &(String, String)) -> bool {
    http::HeaderName::try_from(name.as_str()).is_ok()
        && http::HeaderValue::try_from(value.as_str()).is_ok()
}

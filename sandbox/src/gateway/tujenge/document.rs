//! The shapes of good answers.

use http::StatusCode;
use serde_json::{Value, json};

use super::errors::meta;
use crate::gateway::Reply;

/// An answer with HTTP 200 that says something.
pub(super) fn tell(mut body: Value) -> Reply {
    body["meta"] = meta();
    Reply::json(StatusCode::OK, &body)
}

/// An answer with HTTP 200 that says nothing. The documents have `null` and `{}` for it.
pub(super) fn done() -> Reply {
    Reply::json(StatusCode::OK, &json!({}))
}

//! What the calls beside sending have in common: a document that is read, and the shapes of good answers.

use http::StatusCode;
use serde_json::{Value, json};

use super::errors::{meta, refuse_call, refuse_message};
use crate::check::{Object, Problems};
use crate::gateway::{Call, Reply};

/// What `read` makes of the call's document, or the refusal of one that is not JSON or breaks a rule.
pub(super) fn read_document<T>(
    call: &Call<'_>,
    read: impl FnOnce(&mut Object<'_>, &mut Problems) -> Option<T>,
) -> Result<T, Reply> {
    let document = call
        .json()
        .map_err(|problem| refuse_call(StatusCode::BAD_REQUEST, &problem, &Problems::new()))?;
    let mut problems = Problems::new();
    let read = Object::new(&document, "", &mut problems).and_then(|mut object| {
        let read = read(&mut object, &mut problems);
        object.finish(&mut problems);
        read
    });
    read.filter(|_| problems.is_empty())
        .ok_or_else(|| refuse_message(&problems))
}

/// An answer with HTTP 200 that says something.
pub(super) fn tell(mut body: Value) -> Reply {
    body["meta"] = meta();
    Reply::json(StatusCode::OK, &body)
}

/// An answer with HTTP 200 that says nothing. The documents have `null` and `{}` for it.
pub(super) fn done() -> Reply {
    Reply::json(StatusCode::OK, &json!({}))
}

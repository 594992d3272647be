//! `multipart/form-data`, in which `sendFile` also takes its file.

use std::convert::Infallible;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::stream::once;
use http::header;
use multer::{Field, Multipart};
use serde_json::{Map, Value, json};

use crate::gateway::Call;

/// Whether the body is a form.
pub(super) fn is_form(call: &Call<'_>) -> bool {
    boundary(call).is_some()
}

fn boundary(call: &Call<'_>) -> Option<String> {
    multer::parse_boundary(call.header(header::CONTENT_TYPE.as_str())?).ok()
}

/// The form as a document: a field is a string, and a file is `{"filename", "content_type", "size", "base64"}`.
pub(super) fn read(call: &Call<'_>) -> Result<Value, String> {
    let boundary = boundary(call).ok_or("the form has no boundary")?;
    let body = Bytes::copy_from_slice(call.body);
    let form = Multipart::new(once(async { Ok::<_, Infallible>(body) }), boundary);
    // The whole body is at hand, so that reading never waits.
    read_fields(form)
        .now_or_never()
        .ok_or("the form does not end")?
        .map(Value::Object)
        .map_err(|error| format!("the form cannot be read: {error}"))
}

async fn read_fields(mut form: Multipart<'_>) -> Result<Map<String, Value>, multer::Error> {
    let mut members = Map::new();
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some() || field.content_type().is_some();
        let value = if is_file {
            read_file(field).await?
        } else {
            field.text().await?.into()
        };
        members.insert(name, value);
    }
    Ok(members)
}

async fn read_file(field: Field<'_>) -> Result<Value, multer::Error> {
    let filename = field.file_name().map(str::to_owned);
    let content_type = field.content_type().map(ToString::to_string);
    let bytes = field.bytes().await?;
    Ok(json!({
        "filename": filename,
        "content_type": content_type,
        "size": bytes.len(),
        "base64": STANDARD.encode(&bytes),
    }))
}

//! `wamux call GET /path`: calls that have no name.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use wamux::http::Method;
use wamux::{Client, Response};

use crate::commands::runtime;
use crate::lines::ErrorLine;
use crate::status::Stop;
use crate::stdio::Output;

/// The method that a call's name is, if it is one.
pub(super) fn method(name: &str) -> Option<Method> {
    [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ]
    .into_iter()
    .find(|method| method.as_str() == name)
}

/// Makes the call of a method, a path and a body.
pub(super) fn run(
    client: &Client,
    method: Method,
    words: &[String],
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let (path, body) = match words {
        [path] => (path, None),
        [path, body] => (path, Some(body)),
        _ => {
            let words = "after an HTTP method a path follows, and after it at most a body in JSON";
            return Err(Stop::Usage(words.to_owned()));
        }
    };
    if let Some(body) = body {
        serde_json::from_str::<IgnoredAny>(body)
            .map_err(|error| Stop::Usage(format!("the body is not JSON: {error}")))?;
    }
    let body = body.map(|body| body.clone().into_bytes());
    let answered = runtime()?.block_on(client.call(method, path, body));
    match answered {
        Ok(response) => output.write(&Answer {
            response: ShownResponse::from(response),
        })?,
        Err(error) => output.write_failure(&ErrorLine { error })?,
    }
    Ok(())
}

#[derive(Serialize)]
struct Answer {
    response: ShownResponse,
}

/// An answer: its body as JSON, or as text, or in base64 where it is neither.
#[derive(Serialize)]
struct ShownResponse {
    status: u16,
    #[serde(flatten)]
    body: ShownBody,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ShownBody {
    Json { body: Box<RawValue> },
    Text { body: String },
    Bytes { base64: String },
}

impl From<Response> for ShownResponse {
    fn from(response: Response) -> Self {
        let body = match String::from_utf8(response.body) {
            Ok(text) => json(&text).map_or(ShownBody::Text { body: text }, |body| {
                ShownBody::Json { body }
            }),
            Err(error) => ShownBody::Bytes {
                base64: BASE64_STANDARD.encode(error.as_bytes()),
            },
        };
        Self {
            status: response.status,
            body,
        }
    }
}

/// A JSON document on one line. Its strings have no line ends, which JSON writes as `\n`.
fn json(text: &str) -> Option<Box<RawValue>> {
    RawValue::from_string(text.replace(['\n', '\r'], " ")).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_body_is_json_or_text_or_base64() {
        let cases: [(&[u8], Value); 5] = [
            (
                b"{\"id\":\n 12345678901234567890}",
                json!({"body": {"id": 12_345_678_901_234_567_890_u64}}),
            ),
            (b"null", json!({"body": null})),
            (b"<html>\n", json!({"body": "<html>\n"})),
            (b"", json!({"body": ""})),
            (b"\x89PNG", json!({"base64": "iVBORw=="})),
        ];
        for (body, mut expected) in cases {
            let shown = ShownResponse::from(Response::new(200, body.to_vec()));
            let line = serde_json::to_string(&shown).unwrap();
            assert!(!line.contains('\n'));
            expected["status"] = 200.into();
            assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), expected);
        }
    }
}

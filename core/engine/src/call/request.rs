//! A call as its gateway wants it.

use std::borrow::Cow;
use std::fmt::{self, Display};

use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wamux_phone::Region;

use super::{Source, Upload};
use crate::error::Error;
use crate::gateway::Gateway;
use crate::payload::Payload;
use crate::request::{Body, Request};
use crate::validate::{self, CallRules};
use crate::violation::{Code, Violation};

/// What may stand in a segment of a path as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// A call on its way to become a request: what a [`Call`](super::Call) makes of its arguments.
pub struct CallRequest<'c> {
    method: Method,
    path: String,
    query: Vec<(&'static str, Cow<'c, str>)>,
    body: CallBody<'c>,
    violations: Vec<Violation>,
}

enum CallBody<'c> {
    Empty,
    Json(Payload<'c>),
    Upload {
        mime_type: Cow<'c, str>,
        upload: Upload,
    },
}

impl<'c> CallRequest<'c> {
    /// A call of a method at a path of the gateway's.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: CallBody::Empty,
            violations: Vec::new(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    pub(crate) fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(crate) fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Adds a segment to the path, escaped; `argument` is where the caller put it.
    pub(crate) fn segment(mut self, argument: &str, value: &str) -> Self {
        if value.is_empty() {
            self.violations.push(Violation {
                limit: Some(1.into()),
                ..Violation::error(Code::LengthTooShort, argument, "must not be empty")
            });
        } else if matches!(value, "." | "..") {
            // An HTTP client would take these for steps to another path.
            let words = "must be an id of the gateway's, not a step in a path";
            self.violations
                .push(Violation::error(Code::Invalid, argument, words));
        }
        self.path.push('/');
        self.path.extend(utf8_percent_encode(value, SEGMENT));
        self
    }

    /// Adds what follows the last segment, such as `/block`.
    pub(crate) fn then(mut self, path: &str) -> Self {
        self.path.push_str(path);
        self
    }

    /// Adds a parameter to the query; an absent one is left out.
    pub(crate) fn query(mut self, name: &'static str, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.query.push((name, Cow::Owned(value.to_string())));
        }
        self
    }

    /// Gives the call a body.
    pub(crate) fn json(mut self, body: Payload<'c>) -> Self {
        self.body = CallBody::Json(body);
        self
    }

    /// Gives the call bytes to upload: `limit` is the most that the gateway takes.
    pub(crate) fn upload(
        mut self,
        mime_type: impl Into<Cow<'c, str>>,
        source: &Source,
        limit: u64,
    ) -> Self {
        let mime_type = mime_type.into();
        if !is_mime_type(&mime_type) {
            let words = "must be a MIME type such as image/png";
            self = self.fault(Violation::error(Code::Invalid, "mime_type", words));
        }
        let too_long = source.length().filter(|length| *length > limit);
        if let Some(length) = too_long {
            let words = format!("has {length} bytes; at most {limit} are allowed");
            self = self.fault(Violation {
                limit: Some(limit.into()),
                ..Violation::error(Code::LengthTooLong, "source", words)
            });
        }
        if source.length() == Some(0) {
            let words = "must not be empty";
            self = self.fault(Violation {
                limit: Some(1.into()),
                ..Violation::error(Code::LengthTooShort, "source", words)
            });
        }
        let source = source.clone();
        self.body = CallBody::Upload {
            mime_type,
            upload: Upload { source, limit },
        };
        self
    }

    /// Notes what is wrong with an argument, unless that is noted already.
    pub(crate) fn fault(mut self, violation: Violation) -> Self {
        let is_same =
            |known: &Violation| (&known.path, known.code) == (&violation.path, violation.code);
        if !self.violations.iter().any(is_same) {
            self.violations.push(violation);
        }
        self
    }

    /// Notes all that is wrong with the arguments.
    pub(crate) fn faults(mut self, violations: impl IntoIterator<Item = Violation>) -> Self {
        self.violations.extend(violations);
        self
    }

    /// The request: with the gateway's address and credentials, after all rules are checked.
    pub(super) fn finish(
        mut self,
        gateway: &dyn Gateway,
        rules: Option<&CallRules>,
    ) -> Result<Request, Error> {
        if let (CallBody::Json(payload), Some(rules)) = (&self.body, rules) {
            let found = rules.body.check_body(payload);
            let known = self.violations.len();
            // What could not be read was left out of the body, so that the schema misses it: one fault, not two.
            let missed = |violation: &Violation, earlier: &[Violation]| {
                earlier.iter().any(|known| {
                    let below = known.path.strip_prefix(&violation.path);
                    below.is_some_and(|below| below.is_empty() || below.starts_with('['))
                })
            };
            for violation in found {
                if !missed(&violation, &self.violations[..known]) {
                    self.violations.push(violation);
                }
            }
        }
        if !self.violations.is_empty() {
            return Err(Error::from_violations(self.violations));
        }
        let mut request = Request::new(self.method, gateway.url(&self.path));
        for (name, value) in &self.query {
            request.add_query(name, value);
        }
        let json = HeaderValue::from_static("application/json");
        match self.body {
            CallBody::Empty => {}
            CallBody::Json(payload) => {
                request.headers.insert(CONTENT_TYPE, json.clone());
                let mut text = Vec::with_capacity(256);
                payload.write_json(&mut text, &|_| "");
                request.body = Body::Json(text);
            }
            CallBody::Upload { mime_type, upload } => {
                if let Ok(mime_type) = HeaderValue::from_str(&mime_type) {
                    request.headers.insert(CONTENT_TYPE, mime_type);
                }
                request.body = Body::Upload(upload);
            }
        }
        request.headers.insert(ACCEPT, json);
        gateway.authorise(&mut request);
        Ok(request)
    }
}

/// Shows the method alone: path, query and body bear numbers, ids and texts.
impl fmt::Debug for CallRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallRequest")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Whether a text is a MIME type that a header can bear, as people write it: with spaces before its parameters, whose
/// values may stand in quotes.
fn is_mime_type(text: &str) -> bool {
    let parts = text.split(';').map(|part| part.trim().replace('"', ""));
    let plain = parts.collect::<Vec<_>>().join(";");
    validate::is_mime_type(&plain) && HeaderValue::from_str(text).is_ok()
}

/// The digits of a phone number in any form; what is wrong with it is a violation at `argument`.
pub(crate) fn phone_digits(
    argument: &str,
    text: &str,
    region: Option<Region>,
    violations: &mut Vec<Violation>,
) -> Option<String> {
    let options = wamux_phone::Options {
        region,
        strict: false,
    };
    match wamux_phone::parse(text, &options) {
        Ok(number) => Some(number.digits().to_owned()),
        Err(error) => {
            let words = error.to_string();
            violations.push(Violation::error(Code::Invalid, argument, words));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nobody() {
        let call = CallRequest::post("/v1/contacts")
            .segment("phone", "79034567890")
            .query("phone", Some("79034567891"))
            .json(Payload::Text("79034567892".into()));
        assert_eq!(format!("{call:?}"), "CallRequest { method: POST, .. }");
    }
}

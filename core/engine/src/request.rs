//! Requests and responses, without any I/O: an app can bring its own HTTP.

use std::fmt;

use http::header::HeaderMap;
use http::{HeaderName, HeaderValue, Method};

use crate::call::{Source, Upload};
use crate::form::Form;
use crate::masked::Private;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request to a gateway, ready to be sent.
///
/// `Debug` shows neither credentials nor the body.
///
/// ```
/// use wamux_engine::message::{Content, Message, Text};
/// use wamux_engine::{Settings, build, gateway, http};
///
/// # let mut settings = Settings::default().masked();
/// # settings.set("from", "MyCompany")?;
/// let gateway = gateway::open("devino-v2", &settings)?;
/// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
/// let request = build(gateway.as_ref(), &[message]).requests.remove(0).request;
///
/// // For an HTTP client of the caller's own:
/// let mut parts = http::Request::builder().method(&request.method).uri(request.url());
/// parts.headers_mut().unwrap().extend(request.headers.clone());
/// let to_send = parts.body(request.body.as_bytes().to_vec()).unwrap();
/// assert_eq!(to_send.uri().path(), "/whatsapp/v2/messages");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The headers. Those that bear credentials are marked as sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
    url: String,
}

/// The body of a request.
///
/// ```
/// use wamux_engine::{Body, Request, http::Method};
///
/// let mut request = Request::new(Method::POST, "https://api.example.com/templates");
/// assert!(request.body.as_bytes().is_empty());
/// request.body = Body::Json(br#"{"name": "order"}"#.to_vec());
/// assert_eq!(request.body.as_bytes(), br#"{"name": "order"}"#);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    Empty,
    /// JSON text.
    Json(Vec<u8>),
    /// A form (`multipart/form-data`); its boundary stands in the header `Content-Type`.
    Form(Vec<u8>),
    /// Bytes that the transport opens and streams; their MIME type stands in the header `Content-Type`.
    Upload(Upload),
}

impl Request {
    /// A POST of JSON text.
    pub(crate) fn post_json(url: String, json: Vec<u8>) -> Self {
        Self::post(url, JSON, Body::Json(json))
    }

    /// A POST of a form. The answer is JSON here too.
    pub(crate) fn post_form(url: String, form: Form) -> Self {
        Self::post(url, form.content_type, Body::Form(form.body))
    }

    fn post(url: String, content_type: HeaderValue, body: Body) -> Self {
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(http::header::CONTENT_TYPE, content_type);
        headers.insert(http::header::ACCEPT, JSON);
        Self {
            method: Method::POST,
            url,
            headers,
            body,
        }
    }

    /// A request of the caller's own: the escape hatch for what the engine has no type for.
    ///
    /// The gateway's `authorise` adds the credentials.
    ///
    /// ```
    /// use wamux_engine::{Request, http::Method};
    ///
    /// let request = Request::new(Method::GET, "https://api.example.com/status");
    /// assert_eq!(request.url(), "https://api.example.com/status");
    /// ```
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: HeaderMap::new(),
            body: Body::Empty,
        }
    }

    /// The URL. chat-api's bears the token in its query, so it does not belong into a log.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Scheme, host and port: what of the URL may be shown.
    ///
    /// ```
    /// use wamux_engine::{Request, http::Method};
    ///
    /// let request = Request::new(Method::GET, "https://api.example.com/instance1?token=secret");
    /// assert_eq!(request.origin(), "https://api.example.com");
    /// ```
    #[must_use]
    pub fn origin(&self) -> &str {
        crate::settings::origin(&self.url)
    }

    /// The headers as text, each name once: several values of one stand side by side, with commas between.
    ///
    /// ```
    /// use wamux_engine::{Request, http::Method};
    ///
    /// let mut request = Request::new(Method::GET, "https://api.example.com/status");
    /// request.headers.append("accept", "application/json".parse().unwrap());
    /// request.headers.append("accept", "text/html".parse().unwrap());
    /// let headers: Vec<_> = request.headers_as_text().collect();
    /// assert_eq!(headers, [("accept", "application/json, text/html".to_owned())]);
    /// ```
    pub fn headers_as_text(&self) -> impl Iterator<Item = (&str, String)> {
        as_text(&self.headers)
    }

    /// Adds a header whose value is a credential.
    pub(crate) fn add_credential(&mut self, name: HeaderName, value: &str) {
        // A credential with line breaks or other controls fits no header; the gateway answers 401.
        if let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
    }

    /// Adds a query parameter, escaped.
    pub(crate) fn add_query(&mut self, name: &str, value: &str) {
        use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
        const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
            .remove(b'-')
            .remove(b'.')
            .remove(b'_')
            .remove(b'~')
            .remove(b'*');
        self.url
            .push(if self.url.contains('?') { '&' } else { '?' });
        self.url.push_str(name);
        self.url.push('=');
        self.url.extend(utf8_percent_encode(value, UNRESERVED));
    }
}

impl Body {
    /// The bytes of the body; of an upload, those that are in memory: others are the transport's to open.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Json(bytes) | Self::Form(bytes) => bytes,
            Self::Upload(upload) => match &upload.source {
                Source::Bytes(bytes) => bytes,
                Source::File { .. } | Source::Reader { .. } => &[],
            },
        }
    }

    /// The body as JSON text, to be shown: JSON as it stands, another text as a string, other bytes
    /// as `{"base64": "…"}`; `None` for no body.
    ///
    /// ```
    /// use wamux_engine::Body;
    ///
    /// assert_eq!(Body::Json(b"[1]".to_vec()).to_json().as_deref(), Some("[1]"));
    /// assert_eq!(Body::Form(b"--a\r\n".to_vec()).to_json().as_deref(), Some(r#""--a\r\n""#));
    /// let png = Body::Form(b"\x89PNG".to_vec()).to_json();
    /// assert_eq!(png.as_deref(), Some(r#"{"base64":"iVBORw=="}"#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let bytes = self.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        Some(match (self, std::str::from_utf8(bytes)) {
            (Self::Json(_), Ok(json)) => json.to_owned(),
            (_, Ok(text)) => serde_json::Value::from(text).to_string(),
            (_, Err(_)) => serde_json::json!({"base64": BASE64_STANDARD.encode(bytes)}).to_string(),
        })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.origin())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Form(form) => write!(f, "Form({} bytes)", form.len()),
            Self::Upload(upload) => write!(f, "Upload({:?})", upload.source),
        }
    }
}

/// A gateway's answer.
///
/// ```
/// use wamux_engine::Response;
///
/// let response = Response::new(200, br#"{"result":[]}"#.to_vec());
/// assert_eq!(response.status, 200);
/// ```
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer without headers.
    #[must_use]
    pub fn new(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body,
        }
    }

    /// The headers as text, each name once, as [`Request::headers_as_text`] gives them.
    ///
    /// ```
    /// use wamux_engine::Response;
    ///
    /// let mut response = Response::new(200, Vec::new());
    /// response.headers.append("via", "1.1 one".parse().unwrap());
    /// response.headers.append("via", "1.1 two".parse().unwrap());
    /// let headers: Vec<_> = response.headers_as_text().collect();
    /// assert_eq!(headers, [("via", "1.1 one, 1.1 two".to_owned())]);
    /// ```
    pub fn headers_as_text(&self) -> impl Iterator<Item = (&str, String)> {
        as_text(&self.headers)
    }

    /// `Retry-After` in seconds: given so, or as a moment, which is then compared with the answer's own `Date`.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        use http::header::{DATE, RETRY_AFTER};
        let text = |name| Some(self.headers.get(name)?.to_str().ok()?.trim());
        let given = text(RETRY_AFTER)?;
        if let Ok(seconds) = given.parse() {
            return Some(seconds);
        }
        let moment = |text| jiff::fmt::rfc2822::parse(text).ok();
        let seconds =
            moment(given)?.timestamp().as_second() - moment(text(DATE)?)?.timestamp().as_second();
        Some(u64::try_from(seconds).unwrap_or(0))
    }

    /// The first 512 bytes of a body that could not be read, as text.
    pub(crate) fn excerpt(&self) -> String {
        const LIMIT: usize = 512;
        String::from_utf8_lossy(&self.body[..self.body.len().min(LIMIT)]).into_owned()
    }
}

fn as_text(headers: &HeaderMap) -> impl Iterator<Item = (&str, String)> {
    headers.keys().map(|name| {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        (name.as_str(), values.join(", "))
    })
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &Private::new(self.excerpt()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry_after(given: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut response = Response::new(429, Vec::new());
        let headers = &mut response.headers;
        headers.insert("retry-after", HeaderValue::from_static(given));
        if let Some(date) = date {
            headers.insert("date", HeaderValue::from_static(date));
        }
        response.retry_after()
    }

    #[test]
    fn retry_after_is_seconds_or_a_moment() {
        let now = Some("Fri, 31 Dec 1999 23:59:59 GMT");
        assert_eq!(retry_after("120", None), Some(120));
        assert_eq!(retry_after(" 0 ", now), Some(0));
        assert_eq!(retry_after("Sat, 01 Jan 2000 00:01:59 GMT", now), Some(120));
        // What has passed is not to be waited for.
        assert_eq!(retry_after("Fri, 31 Dec 1999 23:59:00 GMT", now), Some(0));
        // Without the gateway's clock, nothing can be said.
        assert_eq!(retry_after("Sat, 01 Jan 2000 00:01:59 GMT", None), None);
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-1", now), None);
    }
}

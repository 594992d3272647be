//! What comes before the body of a webhook, as servers have it that keep it as text.

use std::borrow::Cow;
use std::fmt;

use wamux_engine::http::{HeaderMap, HeaderName, HeaderValue, Method};
use wamux_engine::{Authentication, Webhook};

use super::{Answer, check_head};

/// The head of a webhook, of whatever a server tells of it.
///
/// ```
/// use wamux::inbox::{Head, header_bytes};
///
/// let mut head = Head::new("POST", "/webhook?from=devino");
/// head.add("X-Webhook-Secret", header_bytes("größer"));
/// let webhook = head.webhook(b"{}");
/// assert_eq!(webhook.headers["x-webhook-secret"].as_bytes(), b"gr\xf6\xdfer");
/// ```
#[derive(Clone)]
pub struct Head {
    method: Method,
    path: String,
    headers: HeaderMap,
}

impl Head {
    /// A head without headers. `path` can have a query. What is no method is not `POST` either, which alone is answered
    /// otherwise.
    pub fn new(method: &str, path: impl Into<String>) -> Self {
        Self {
            method: method.parse().unwrap_or(Method::GET),
            path: path.into(),
            headers: HeaderMap::new(),
        }
    }

    /// Adds a header. What is no name is none that is looked for; what is no value is there all the same, and no secret.
    /// What comes after thousands of headers is left out: no gateway sends that many.
    ///
    /// ```
    /// use wamux::Authentication;
    /// use wamux::inbox::Head;
    ///
    /// let authentication = Authentication::header("x-webhook-secret", "correct horse")?;
    /// let mut head = Head::new("POST", "/");
    /// head.add("no name", "correct horse");
    /// assert_eq!(head.check(&authentication).unwrap_err().status, 401);
    ///
    /// head.add("x-webhook-secret", "no\nvalue");
    /// assert_eq!(head.check(&authentication).unwrap_err().status, 403);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn add(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        if let Ok(name) = HeaderName::from_bytes(name.as_ref()) {
            let value = HeaderValue::from_bytes(value.as_ref());
            let value = value.unwrap_or(HeaderValue::from_static(""));
            // An error says that the map is full.
            let _ = self.headers.try_append(name, value);
        }
    }

    /// Checks what is known before the body has come, as [`check_head`] does.
    ///
    /// # Errors
    ///
    /// What to answer, where the body need not be read.
    pub fn check(&self, authentication: &Authentication) -> Result<(), Answer> {
        check_head(authentication, &self.method, &self.path, &self.headers)
    }

    /// The webhook with its body.
    #[must_use]
    pub fn webhook<'w>(&'w self, body: &'w [u8]) -> Webhook<'w> {
        Webhook {
            method: &self.method,
            path: &self.path,
            headers: &self.headers,
            body,
        }
    }
}

/// The path and the headers can have a credential in them.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// The bytes of a header that a server keeps as text: most show each byte as one character, a few read UTF-8.
///
/// ```
/// use wamux::inbox::header_bytes;
///
/// assert_eq!(*header_bytes("\u{e9}"), [0xe9]);
/// assert_eq!(*header_bytes("ё"), *"ё".as_bytes());
/// ```
#[must_use]
pub fn header_bytes(text: &str) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return text.as_bytes().into();
    }
    let latin: Option<Vec<u8>> = text.chars().map(|sign| u8::try_from(sign).ok()).collect();
    latin.map_or(text.as_bytes().into(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_headers_than_a_map_can_have_are_left_out() {
        let mut head = Head::new("POST", "/");
        for number in 0..40_000 {
            head.add(format!("x-{number}"), "1");
        }
        let webhook = head.webhook(b"");
        assert!(webhook.headers.contains_key("x-0"));
        assert!(webhook.headers.len() < 40_000);
    }
}

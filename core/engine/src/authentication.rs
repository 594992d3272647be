//! Who may post a webhook.
//!
//! None of the five gateways signs what it posts: their webhooks are known by a secret that the receiver has chosen and
//! that stands in a header (Tujenge sends the headers that `POST /v1/configs/webhook` sets), in the address, or in its
//! user and password. Meta's own API signs the body.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Method};
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::error::Error;
use crate::secret::Secret;

/// A request that a webhook's address was sent.
///
/// `Debug` shows neither the path, which may bear a secret, nor headers nor body.
#[derive(Clone, Copy)]
pub struct Webhook<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// The path; a query behind it says nothing.
    pub path: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body's bytes, as they came.
    pub body: &'a [u8],
}

impl fmt::Debug for Webhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("method", self.method)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// How a webhook shows that it comes from the gateway. What is configured is enforced: a webhook that lacks it is refused.
///
/// Secrets are compared in a time that does not depend on what was sent.
///
/// ```
/// use wamux_engine::http::{HeaderMap, Method};
/// use wamux_engine::{Authentication, Refusal, Webhook};
///
/// let authentication = Authentication::header("x-webhook-secret", "correct horse")?;
/// let mut headers = HeaderMap::new();
/// let mut check = |headers: &HeaderMap| {
///     authentication.check(&Webhook { method: &Method::POST, path: "/", headers, body: b"{}" })
/// };
/// assert_eq!(check(&headers), Err(Refusal::Missing));
/// headers.insert("x-webhook-secret", "battery".parse().unwrap());
/// assert_eq!(check(&headers), Err(Refusal::Wrong));
/// headers.insert("x-webhook-secret", "correct horse".parse().unwrap());
/// assert_eq!(check(&headers), Ok(()));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone)]
pub struct Authentication(Way);

#[derive(Clone)]
enum Way {
    None,
    Header(HeaderName, Digest),
    Path(Digest),
    Basic(Digest),
    Signature(HeaderName, Box<Hmac<Sha256>>),
}

/// What is compared in place of a secret: of one length, and of no use to who reads it.
type Digest = [u8; 32];

/// Why a webhook is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It bears no credential where one must be.
    Missing,
    /// Its credential is wrong.
    Wrong,
}

impl Refusal {
    /// The HTTP status to answer with: 401 where the credential is missing, 403 where it is wrong.
    ///
    /// ```
    /// use wamux_engine::Refusal;
    ///
    /// assert_eq!((Refusal::Missing.status(), Refusal::Wrong.status()), (401, 403));
    /// ```
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Missing => 401,
            Self::Wrong => 403,
        }
    }
}

impl Authentication {
    /// Everybody who reaches the address is believed: for an address that only the gateway can reach.
    ///
    /// ```
    /// use wamux_engine::http::HeaderMap;
    ///
    /// let anybody = wamux_engine::Authentication::none();
    /// assert_eq!(anybody.check_head("/", &HeaderMap::new()), Ok(()));
    /// ```
    #[must_use]
    pub const fn none() -> Self {
        Self(Way::None)
    }

    /// A shared secret in a header.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that no header can have, and for an empty secret.
    ///
    /// ```
    /// use wamux_engine::Authentication;
    ///
    /// let error = Authentication::header("x-webhook-secret", "").unwrap_err();
    /// assert!(error.to_string().contains("empty"));
    /// ```
    pub fn header(name: &str, secret: impl Into<Secret>) -> Result<Self, Error> {
        let secret = checked(&secret.into())?;
        Ok(Self(Way::Header(header_name(name)?, digest(&secret))))
    }

    /// A shared secret as the last segment of the path.
    ///
    /// # Errors
    ///
    /// A `configuration` error for an empty secret, and for one with a slash, which no segment has.
    ///
    /// ```
    /// use wamux_engine::http::HeaderMap;
    /// use wamux_engine::{Authentication, Refusal};
    ///
    /// let authentication = Authentication::path("correct-horse")?;
    /// let check = |path| authentication.check_head(path, &HeaderMap::new());
    /// assert_eq!(check("/webhook/correct-horse"), Ok(()));
    /// assert_eq!(check("/webhook/"), Err(Refusal::Missing));
    /// assert_eq!(check("/correct-horse/webhook"), Err(Refusal::Wrong));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn path(secret: impl Into<Secret>) -> Result<Self, Error> {
        let secret = checked(&secret.into())?;
        if secret.contains(&b'/') {
            return Err(Error::configuration(
                "a secret that stands in the path must have no slash",
            ));
        }
        Ok(Self(Way::Path(digest(&secret))))
    }

    /// A user and a password (RFC 7617), which the address bears: `https://user:password@host/webhook`.
    ///
    /// # Errors
    ///
    /// A `configuration` error for an empty password, and for a user with a colon.
    ///
    /// ```
    /// use wamux_engine::Authentication;
    ///
    /// let error = Authentication::basic("gate:way", "correct horse").unwrap_err();
    /// assert!(error.to_string().contains("colon"));
    /// ```
    pub fn basic(user: &str, password: impl Into<Secret>) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(Error::configuration("a user must have no colon"));
        }
        let password = checked(&password.into())?;
        let both = [user.as_bytes(), b":", &password].concat();
        Ok(Self(Way::Basic(digest(&both))))
    }

    /// The HMAC-SHA256 of the body's bytes in hexadecimal digits, with or without `sha256=` before them, in a header.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that no header can have, and for an empty secret.
    ///
    /// Source: Meta, "Webhooks", Validating Payloads (`X-Hub-Signature-256`).
    ///
    /// ```
    /// use wamux_engine::http::{HeaderMap, Method};
    /// use wamux_engine::{Authentication, Webhook};
    ///
    /// let authentication = Authentication::signature("x-hub-signature-256", "key")?;
    /// let mut headers = HeaderMap::new();
    /// let signature = "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
    /// headers.insert("x-hub-signature-256", signature.parse().unwrap());
    /// let body = b"The quick brown fox jumps over the lazy dog";
    /// let webhook = Webhook { method: &Method::POST, path: "/", headers: &headers, body };
    /// assert_eq!(authentication.check(&webhook), Ok(()));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn signature(header: &str, secret: impl Into<Secret>) -> Result<Self, Error> {
        let secret = checked(&secret.into())?;
        let mac = Hmac::new_from_slice(&secret)
            .map_err(|_| Error::configuration("the secret cannot be a key of HMAC-SHA256"))?;
        Ok(Self(Way::Signature(header_name(header)?, Box::new(mac))))
    }

    /// Checks a webhook.
    ///
    /// # Errors
    ///
    /// Why it is not let in.
    pub fn check(&self, webhook: &Webhook<'_>) -> Result<(), Refusal> {
        self.check_head(webhook.path, webhook.headers)?;
        if let Way::Signature(name, mac) = &self.0 {
            let signature = one_value(webhook.headers, name)?;
            let digits = signature.strip_prefix(b"sha256=").unwrap_or(signature);
            let signature = hex::decode(digits).map_err(|_| Refusal::Wrong)?;
            let mac = (**mac).clone().chain_update(webhook.body);
            mac.verify_slice(&signature).map_err(|_| Refusal::Wrong)?;
        }
        Ok(())
    }

    /// Checks what can be checked before the body has come, so that strangers cannot make a receiver read megabytes. What
    /// passes is still to be checked by [`Authentication::check`].
    ///
    /// # Errors
    ///
    /// Why it is not let in.
    ///
    /// ```
    /// use wamux_engine::http::HeaderMap;
    /// use wamux_engine::{Authentication, Refusal};
    ///
    /// let authentication = Authentication::basic("gateway", "correct horse")?;
    /// assert_eq!(authentication.check_head("/", &HeaderMap::new()), Err(Refusal::Missing));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn check_head(&self, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        match &self.0 {
            Way::None => Ok(()),
            Way::Header(name, expected) => same(expected, one_value(headers, name)?),
            Way::Path(expected) => {
                let path = path.split('?').next().unwrap_or_default();
                let segment = path.rsplit('/').next().unwrap_or_default();
                if segment.is_empty() {
                    return Err(Refusal::Missing);
                }
                let segment: Vec<u8> = percent_decode_str(segment).collect();
                same(expected, &segment)
            }
            Way::Basic(expected) => {
                let value = one_value(headers, &AUTHORIZATION)?;
                let credentials = basic_credentials(value).ok_or(Refusal::Wrong)?;
                same(expected, &credentials)
            }
            Way::Signature(name, _) => one_value(headers, name).map(|_| ()),
        }
    }

    /// Whether a user and a password are wanted, which a refusal then asks for by `WWW-Authenticate`.
    ///
    /// ```
    /// assert!(!wamux_engine::Authentication::none().is_basic());
    /// ```
    #[must_use]
    pub const fn is_basic(&self) -> bool {
        matches!(self.0, Way::Basic(_))
    }
}

/// Shows the way, and nothing of the secret.
impl fmt::Debug for Authentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Way::None => f.write_str("None"),
            Way::Header(name, _) => write!(f, "Header({name})"),
            Way::Path(_) => f.write_str("Path"),
            Way::Basic(_) => f.write_str("Basic"),
            Way::Signature(name, _) => write!(f, "Signature({name})"),
        }
    }
}

fn checked(secret: &Secret) -> Result<Vec<u8>, Error> {
    if secret.expose().is_empty() {
        return Err(Error::configuration("the secret must not be empty"));
    }
    Ok(secret.expose().as_bytes().to_vec())
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    name.parse()
        .map_err(|_| Error::configuration("the name of the header has a sign that no name has"))
}

fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

fn same(expected: &Digest, given: &[u8]) -> Result<(), Refusal> {
    if digest(given).ct_eq(expected).into() {
        Ok(())
    } else {
        Err(Refusal::Wrong)
    }
}

/// The value of a header; one that stands twice says nothing that can be relied on.
fn one_value<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h [u8], Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Err(Refusal::Missing),
        (Some(value), None) => Ok(value.as_bytes()),
        (Some(_), Some(_)) => Err(Refusal::Wrong),
    }
}

/// The `user:password` of `Basic …`.
fn basic_credentials(value: &[u8]) -> Option<Vec<u8>> {
    let (scheme, credentials) = std::str::from_utf8(value).ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    BASE64_STANDARD.decode(credentials.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const BODY: &[u8] = b"{}";
    /// `openssl dgst -sha256 -hmac 'correct horse'` of `{}`.
    const SIGNATURE: &str = "8c8fa10a0a358dcaffcec61d2679a7460d2f2fbf1046be7aa8686e68ccab130e";

    fn check(
        authentication: &Authentication,
        headers: &[(&'static str, &str)],
    ) -> Result<(), Refusal> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        authentication.check(&Webhook {
            method: &Method::POST,
            path: "/",
            headers: &map,
            body: BODY,
        })
    }

    #[test]
    fn a_secret_in_a_header_is_whole_and_stands_once() {
        let authentication = Authentication::header("X-Secret", "correct horse").unwrap();
        assert_eq!(
            check(&authentication, &[("x-secret", "correct horse")]),
            Ok(())
        );
        for value in ["", "correct", "correct horse ", "Correct horse"] {
            let refused = check(&authentication, &[("x-secret", value)]);
            assert_eq!(refused, Err(Refusal::Wrong), "{value}");
        }
        let twice = [("x-secret", "correct horse"), ("x-secret", "correct horse")];
        assert_eq!(check(&authentication, &twice), Err(Refusal::Wrong));
        let elsewhere = check(&authentication, &[("x-secrets", "correct horse")]);
        assert_eq!(elsewhere, Err(Refusal::Missing));
    }

    #[test]
    fn a_user_and_a_password_are_both_compared() {
        let authentication = Authentication::basic("gateway", "correct:horse").unwrap();
        let with = |scheme: &str, both: &str| {
            let value = format!("{scheme} {}", BASE64_STANDARD.encode(both));
            check(&authentication, &[("authorization", &value)])
        };
        assert_eq!(with("Basic", "gateway:correct:horse"), Ok(()));
        assert_eq!(with("basic", "gateway:correct:horse"), Ok(()));
        assert_eq!(with("Basic", "other:correct:horse"), Err(Refusal::Wrong));
        assert_eq!(with("Basic", "gateway:"), Err(Refusal::Wrong));
        assert_eq!(with("Bearer", "gateway:correct:horse"), Err(Refusal::Wrong));
        let garbled = check(&authentication, &[("authorization", "Basic %%%")]);
        assert_eq!(garbled, Err(Refusal::Wrong));
        assert_eq!(check(&authentication, &[]), Err(Refusal::Missing));
    }

    #[test]
    fn a_signature_is_of_these_bytes_and_this_key() {
        let authentication = Authentication::signature("x-signature", "correct horse").unwrap();
        let upper = SIGNATURE.to_uppercase();
        for good in [SIGNATURE, &format!("sha256={SIGNATURE}"), &upper] {
            assert_eq!(check(&authentication, &[("x-signature", good)]), Ok(()));
        }
        let of_half = &SIGNATURE[..32];
        for bad in [
            "",
            "sha256=",
            of_half,
            "zz",
            "sha1=00",
            &upper.replace('A', "B"),
        ] {
            let refused = check(&authentication, &[("x-signature", bad)]);
            assert_eq!(refused, Err(Refusal::Wrong), "{bad}");
        }
        assert_eq!(check(&authentication, &[]), Err(Refusal::Missing));
        let other = Authentication::signature("x-signature", "battery").unwrap();
        let refused = check(&other, &[("x-signature", SIGNATURE)]);
        assert_eq!(refused, Err(Refusal::Wrong));
    }

    #[test]
    fn a_secret_in_the_path_may_be_escaped() {
        let authentication = Authentication::path("correct horse").unwrap();
        let check = |path| authentication.check_head(path, &HeaderMap::new());
        assert_eq!(check("/correct%20horse"), Ok(()));
        assert_eq!(check("correct%20horse"), Ok(()));
        assert_eq!(check("/correct%20horse?a=b/c"), Ok(()));
        assert_eq!(check("/correct%20horse/"), Err(Refusal::Missing));
        assert_eq!(check("/correct%20horsE"), Err(Refusal::Wrong));
        assert!(Authentication::path("a/b").is_err());
    }

    #[test]
    fn nothing_secret_is_printed() {
        for authentication in [
            Authentication::header("x-secret", "correct horse"),
            Authentication::path("correct horse"),
            Authentication::basic("gateway", "correct horse"),
            Authentication::signature("x-secret", "correct horse"),
        ] {
            let printed = format!("{:?}", authentication.unwrap());
            assert!(!printed.contains("horse"), "{printed}");
        }
        let error = Authentication::header("no name", "correct horse").unwrap_err();
        assert!(!error.to_string().contains("horse"));
    }
}

//! How webhooks show that they come from the gateway.

use pyo3::prelude::*;
use pyo3::types::PyString;
use wamux::{Error, Secret};

use crate::errors::{configuration, raise};
use crate::name::Name;

/// How a webhook shows that it comes from the gateway. What is configured is enforced: a webhook without its credential is
/// answered 401, and one with a wrong one 403.
///
/// Secrets are compared in a time that does not depend on what was sent, and are not shown.
///
/// >>> from wamux import Authentication
/// >>> Authentication.header("X-Webhook-Secret", "correct horse")
/// Authentication.header('X-Webhook-Secret', '***')
/// >>> Authentication.signature("X-Hub-Signature-256", "")
/// Traceback (most recent call last):
///     ...
/// wamux.errors.ConfigurationError: configuration: the secret must not be empty (not sent)
#[pyclass(frozen, module = "wamux")]
pub(crate) struct Authentication {
    way: wamux::Authentication,
    shown: String,
}

impl Authentication {
    fn new(
        py: Python<'_>,
        way: Result<wamux::Authentication, Error>,
        shown: String,
    ) -> PyResult<Self> {
        let way = way.map_err(|error| raise(py, &error))?;
        Ok(Self { way, shown })
    }

    pub(crate) fn way(&self) -> wamux::Authentication {
        self.way.clone()
    }
}

#[pymethods]
impl Authentication {
    /// A shared secret in the header of this name.
    ///
    /// Raises ConfigurationError for a name that no header can have, and for an empty secret.
    #[staticmethod]
    fn header(py: Python<'_>, name: Name, secret: &Bound<'_, PyString>) -> PyResult<Self> {
        let way = wamux::Authentication::header(&name, text(secret)?);
        Self::new(py, way, format!("header('{}', '***')", &*name))
    }

    /// A shared secret as the last segment of the path.
    ///
    /// Raises ConfigurationError for an empty secret, and for one with a slash.
    #[staticmethod]
    fn path(py: Python<'_>, secret: &Bound<'_, PyString>) -> PyResult<Self> {
        let way = wamux::Authentication::path(text(secret)?);
        Self::new(py, way, "path('***')".to_owned())
    }

    /// A user and a password (RFC 7617), which the address bears: `https://user:password@host/webhook`.
    ///
    /// Raises ConfigurationError for an empty password, and for a user with a colon.
    #[staticmethod]
    fn basic(py: Python<'_>, user: Name, secret: &Bound<'_, PyString>) -> PyResult<Self> {
        let way = wamux::Authentication::basic(&user, text(secret)?);
        Self::new(py, way, "basic('***', '***')".to_owned())
    }

    /// The HMAC-SHA256 of the body's bytes in hexadecimal digits, with or without `sha256=` before them, in a header; the
    /// secret is its key.
    ///
    /// Raises ConfigurationError for a name that no header can have, and for an empty secret.
    #[staticmethod]
    fn signature(py: Python<'_>, header: Name, secret: &Bound<'_, PyString>) -> PyResult<Self> {
        let way = wamux::Authentication::signature(&header, text(secret)?);
        Self::new(py, way, format!("signature('{}', '***')", &*header))
    }

    /// Everybody who reaches the address is believed: for an address that only the gateway can reach.
    #[staticmethod]
    fn none() -> Self {
        Self {
            way: wamux::Authentication::none(),
            shown: "none()".to_owned(),
        }
    }

    fn __repr__(&self) -> String {
        format!("Authentication.{}", self.shown)
    }
}

fn text(secret: &Bound<'_, PyString>) -> PyResult<Secret> {
    let text = secret.to_str();
    let text = text.map_err(|_| configuration(secret.py(), "the secret must be Unicode text"))?;
    Ok(Secret::from(text.to_owned()))
}

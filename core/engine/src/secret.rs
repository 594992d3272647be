//! Credentials.

use std::fmt;

/// A key, password or token. Nothing prints it, and only the engine reads it.
///
/// ```
/// use wamux_engine::Secret;
///
/// let secret = Secret::from("sandbox-key");
/// assert_eq!(format!("{secret:?}"), "***");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// What stands for a credential wherever one would be shown.
    ///
    /// ```
    /// use wamux_engine::{Secret, Settings};
    ///
    /// let shown = Settings::default().masked();
    /// assert_eq!(shown.api_key, Some(Secret::from(Secret::MASK)));
    /// ```
    pub const MASK: &'static str = "***";

    pub(crate) fn masked() -> Self {
        Self(Self::MASK.to_owned())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(secret: T) -> Self {
        Self(secret.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::MASK)
    }
}

//! The variables that stand for flags.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

/// What the names of all variables begin with.
const PREFIX: &str = "WAMUX_";

/// The variables `WAMUX_…` that a command reads where a flag is absent.
///
/// [`run`](crate::run) takes them as an argument and reads nothing of the process's own, so that tests and hosts decide
/// what a command sees. `Debug` shows names, never values.
///
/// ```
/// use wamux_cli::Environment;
///
/// let environment: Environment = [("WAMUX_API_KEY", "secret"), ("HOME", "/root")].into_iter().collect();
/// assert_eq!(format!("{environment:?}"), r#"{"WAMUX_API_KEY"}"#);
/// ```
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// The process's own variables.
    ///
    /// ```
    /// let environment = wamux_cli::Environment::of_process();
    /// assert!(!format!("{environment:?}").contains("PATH"));
    /// ```
    #[must_use]
    pub fn of_process() -> Self {
        std::env::vars_os().collect()
    }

    /// The value of `WAMUX_<NAME>`; an empty one counts as absent. `Err` where it is not UTF-8.
    pub(crate) fn setting(&self, name: &str) -> Result<Option<&str>, NotUtf8> {
        let variable = variable(name);
        match self.0.get(variable.as_ref() as &std::ffi::OsStr) {
            None => Ok(None),
            Some(value) if value.is_empty() => Ok(None),
            Some(value) => value.to_str().map(Some).ok_or(NotUtf8),
        }
    }
}

/// A value that is not text.
#[derive(Debug)]
pub(crate) struct NotUtf8;

/// The variable of a setting: `api_key` → `WAMUX_API_KEY`.
pub(crate) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase())
}

/// Keeps the variables of wamux and forgets all others.
impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter();
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let is_ours = |name: &OsString| name.to_str().is_some_and(|name| name.starts_with(PREFIX));
        Self(variables.filter(|(name, _)| is_ours(name)).collect())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

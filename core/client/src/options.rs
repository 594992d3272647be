//! What a client needs beside its gateway: the time that a message may take, and the way out.

use std::path::PathBuf;
use std::time::Duration;

use wamux_engine::{Delivery, Error, Kind, Private, Settings};

/// The options of a client.
///
/// ```
/// use wamux::Options;
///
/// let mut options = Options::default();
/// assert_eq!(options.timeout.as_secs(), 30);
/// options.set("timeout", "2.5")?;
/// assert_eq!(options.timeout.as_millis(), 2500);
/// # Ok::<(), wamux::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one attempt may take, from connecting to the last byte of the answer; 30 seconds
    /// by default. Connecting alone may take no longer than 10 seconds of it.
    pub timeout: Duration,
    /// A PEM file of certificates that are trusted beside the public ones, such as those of a
    /// company's own proxy.
    pub ca_bundle: Option<PathBuf>,
    /// The HTTP proxy that all requests go through, such as `http://proxy.example:3128`. The
    /// address may hold a user and a password, so `Debug` hides it.
    pub proxy: Option<Private>,
    /// The hosts that are reached without the proxy: names, names with a leading dot for all below
    /// them, addresses, address ranges (`10.0.0.0/8`), separated by commas.
    pub no_proxy: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            ca_bundle: None,
            proxy: None,
            no_proxy: None,
        }
    }
}

impl Options {
    /// The names of all options that [`Options::set`] takes.
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use wamux::Options;
    ///
    /// let file = HashMap::from([("timeout", "5"), ("base_url", "https://gateway.example")]);
    /// let mut options = Options::default();
    /// for name in Options::NAMES {
    ///     if let Some(value) = file.get(name) {
    ///         options.set(name, value)?;
    ///     }
    /// }
    /// assert_eq!(options.timeout.as_secs(), 5);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub const NAMES: [&'static str; 4] = ["timeout", "ca_bundle", "proxy", "no_proxy"];

    /// The longest timeout that [`Options::set`] takes: a day, in seconds.
    const LONGEST_TIMEOUT: f64 = 86_400.0;

    /// Sets one option from text, as flags and variables give it. `timeout` is in seconds, with
    /// decimals where wanted.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that is none of [`Options::NAMES`], and for a timeout
    /// that is no number, not above 0, or above 86,400.
    ///
    /// ```
    /// use wamux::Options;
    ///
    /// let error = Options::default().set("timeout", "soon").unwrap_err();
    /// assert_eq!(error.kind().as_str(), "configuration");
    /// ```
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        match name {
            "timeout" => {
                let seconds = value
                    .parse::<f64>()
                    .ok()
                    .filter(|seconds| *seconds > 0.0 && *seconds <= Self::LONGEST_TIMEOUT);
                let timeout = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.timeout = timeout.ok_or_else(|| {
                    configuration("timeout must be a number of seconds above 0 and up to 86400")
                })?;
            }
            "ca_bundle" => self.ca_bundle = Some(PathBuf::from(value)),
            "proxy" => self.proxy = Some(Private::new(value)),
            "no_proxy" => self.no_proxy = Some(value.to_owned()),
            _ => {
                return Err(configuration(format!(
                    "`{name}` is not an option; the options are {}",
                    Self::NAMES.join(", ")
                )));
            }
        }
        Ok(())
    }
}

/// Sets a setting or an option by its name: what a language that gives both by name reads them with.
///
/// # Errors
///
/// A `configuration` error that names all of them, for a name that is none; and those of [`Settings::set`] and
/// [`Options::set`].
///
/// ```
/// use wamux::{Options, Settings, set_by_name};
///
/// let (mut settings, mut options) = (Settings::default(), Options::default());
/// set_by_name(&mut settings, &mut options, "api_key", "key")?;
/// set_by_name(&mut settings, &mut options, "timeout", "5")?;
/// assert_eq!(options.timeout.as_secs(), 5);
/// let error = set_by_name(&mut settings, &mut options, "apikey", "key").unwrap_err();
/// assert!(error.to_string().contains("api_key") && error.to_string().contains("timeout"));
/// # Ok::<(), wamux::Error>(())
/// ```
pub fn set_by_name(
    settings: &mut Settings,
    options: &mut Options,
    name: &str,
    value: &str,
) -> Result<(), Error> {
    if Options::NAMES.contains(&name) {
        options.set(name, value)
    } else if Settings::NAMES.contains(&name) {
        settings.set(name, value)
    } else {
        Err(configuration(format!(
            "`{name}` is not a setting; the settings are {}, {}",
            Settings::NAMES.join(", "),
            Options::NAMES.join(", ")
        )))
    }
}

/// An option or setting that is missing or wrong.
pub(crate) fn configuration(context: impl Into<String>) -> Error {
    Error::new(Kind::Configuration, Delivery::NotSent, context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_be_set() {
        let mut options = Options::default();
        for name in Options::NAMES {
            options.set(name, "1").unwrap();
        }
        assert_eq!(options.timeout, Duration::from_secs(1));
        assert_eq!(options.ca_bundle, Some(PathBuf::from("1")));
        assert_eq!(options.proxy.as_ref().unwrap().as_str(), "1");
        assert_eq!(options.no_proxy.as_deref(), Some("1"));
    }

    #[test]
    fn wrong_values_are_refused_and_change_nothing() {
        let mut options = Options::default();
        for value in ["", "0", "-1", "NaN", "inf", "1e300", "86401", "1s"] {
            assert_eq!(
                options.set("timeout", value).unwrap_err().kind(),
                Kind::Configuration
            );
        }
        let error = options.set("time_out", "1").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("timeout, ca_bundle, proxy, no_proxy")
        );
        assert_eq!(options.timeout, Duration::from_secs(30));
    }

    #[test]
    fn the_proxy_is_not_printed() {
        let mut options = Options::default();
        options
            .set("proxy", "http://user:pass-word@proxy.example:3128")
            .unwrap();
        let printed = format!("{options:?}");
        assert!(
            !printed.contains("pass-word") && !printed.contains("user"),
            "{printed}"
        );
    }
}

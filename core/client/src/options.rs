//! What a client needs beside its gateway: the time that a message may take, and the way out.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use wamux_engine::{Delivery, Error, Kind, Private, Settings};

use crate::limits::NO_BURST;
use crate::retry::OnRetry;
use crate::tls::TlsVersion;

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
    /// A PEM file with the certificate that the client shows to a server which asks for one, an https proxy too. The
    /// client's own stands first, then those between it and the server's authority.
    pub client_certificate: Option<PathBuf>,
    /// A PEM file with the private key of `client_certificate`, not encrypted: RSA, ECDSA or Ed25519. Where absent, the
    /// key stands in the certificate's file.
    pub client_key: Option<PathBuf>,
    /// The oldest version of TLS that is spoken, 1.2 or 1.3; 1.2 by default.
    pub minimum_tls_version: TlsVersion,
    /// The proxy that all requests go through, such as `http://proxy.example:3128` or `socks5h://127.0.0.1:1080`. With
    /// `http` and `https` it is an HTTP proxy; with `socks5` a SOCKS proxy that gets the gateway's address, with `socks5h`
    /// one that gets its name and looks it up itself. The address may hold a user and a password, with `%40` for an `@`
    /// and the like, so `Debug` hides it.
    pub proxy: Option<Private>,
    /// The hosts that are reached without the proxy: names, each with all names below it, with or without a leading
    /// dot, addresses, address ranges (`10.0.0.0/8`), or `*` for all, separated by commas.
    pub no_proxy: Option<String>,
    /// How often a failed attempt is repeated at most; 2 by default, 0 for never.
    ///
    /// Only what can succeed later and what the gateway does not have is repeated: a refused connection, a 429, a
    /// documented passing failure. The waits grow from half a second to 30, each drawn at random from its whole length;
    /// `Retry-After` is kept to, up to a minute. An outage is not amplified: retries are a fifth of all calls at most,
    /// and one or two a second beside.
    pub retries: u32,
    /// Whether an attempt is repeated too whose message the gateway may have, so that it may be shown twice. Without it,
    /// this is done only where the setting `deduplicates` is on and the message bears a `client_id`.
    pub retry_unknown: bool,
    /// What is called before each retry.
    pub on_retry: Option<OnRetry>,
    /// How many messages may leave in a second, retries included; no limit by default.
    pub rate: Option<f64>,
    /// How many messages may leave at once where the rate was not used before, and so go in one request at most; 1 by
    /// default. Without a rate it says nothing.
    pub burst: NonZeroU32,
    /// How many requests may be under way at once; 64 by default.
    pub concurrency: NonZeroUsize,
}

const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(64).unwrap();

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            ca_bundle: None,
            client_certificate: None,
            client_key: None,
            minimum_tls_version: TlsVersion::default(),
            proxy: None,
            no_proxy: None,
            retries: 2,
            retry_unknown: false,
            on_retry: None,
            rate: None,
            burst: NO_BURST,
            concurrency: CONCURRENCY,
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
    pub const NAMES: [&'static str; 12] = [
        "timeout",
        "ca_bundle",
        "client_certificate",
        "client_key",
        "minimum_tls_version",
        "proxy",
        "no_proxy",
        "retries",
        "retry_unknown",
        "rate",
        "burst",
        "concurrency",
    ];

    /// The most that [`Options::set`] takes for `retries`, `rate`, `burst` and `concurrency`.
    const MOST: u32 = 100_000;

    /// The longest timeout that [`Options::set`] takes: a day, in seconds.
    const LONGEST_TIMEOUT: f64 = 86_400.0;

    /// Sets one option from text, as flags and variables give it. `timeout` is in seconds, with
    /// decimals where wanted.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that is none of [`Options::NAMES`], and for a value that the option cannot
    /// have, such as a timeout that is no number, not above 0, or above 86,400.
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
            "client_certificate" => self.client_certificate = Some(PathBuf::from(value)),
            "client_key" => self.client_key = Some(PathBuf::from(value)),
            "minimum_tls_version" => {
                self.minimum_tls_version = match value {
                    "1.2" => TlsVersion::Tls12,
                    "1.3" => TlsVersion::Tls13,
                    _ => return Err(configuration("minimum_tls_version must be 1.2 or 1.3")),
                }
            }
            "proxy" => self.proxy = Some(Private::new(value)),
            "no_proxy" => self.no_proxy = Some(value.to_owned()),
            "retries" => self.retries = count(name, value, 0)?,
            "retry_unknown" => self.retry_unknown = switch(name, value)?,
            "rate" => {
                let rate = value.parse::<f64>().ok();
                let allowed = |rate: &f64| *rate > 0.0 && *rate <= f64::from(Self::MOST);
                self.rate = Some(rate.filter(allowed).ok_or_else(|| {
                    let most = Self::MOST;
                    configuration(format!(
                        "rate must be a number of messages a second above 0 and up to {most}"
                    ))
                })?);
            }
            "burst" => {
                self.burst = NonZeroU32::new(count(name, value, 1)?).unwrap_or(NO_BURST);
            }
            "concurrency" => {
                let count = usize::try_from(count(name, value, 1)?).ok();
                self.concurrency = count.and_then(NonZeroUsize::new).unwrap_or(CONCURRENCY);
            }
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

/// A whole number from text.
pub(crate) fn count(name: &str, value: &str, least: u32) -> Result<u32, Error> {
    let most = Options::MOST;
    let count = value.parse().ok();
    count
        .filter(|count| (least..=most).contains(count))
        .ok_or_else(|| {
            configuration(format!(
                "{name} must be a whole number from {least} to {most}"
            ))
        })
}

/// A switch from text.
fn switch(name: &str, value: &str) -> Result<bool, Error> {
    let wrong = || configuration(format!("{name} must be true or false"));
    value.to_ascii_lowercase().parse().map_err(|_| wrong())
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
            let value = match name {
                "retry_unknown" => "true",
                "minimum_tls_version" => "1.3",
                _ => "1",
            };
            options.set(name, value).unwrap();
        }
        assert_eq!(options.timeout, Duration::from_secs(1));
        assert_eq!(options.ca_bundle, Some(PathBuf::from("1")));
        assert_eq!(options.client_certificate, Some(PathBuf::from("1")));
        assert_eq!(options.client_key, Some(PathBuf::from("1")));
        assert_eq!(options.minimum_tls_version, TlsVersion::Tls13);
        assert_eq!(options.proxy.as_ref().unwrap().as_str(), "1");
        assert_eq!(options.no_proxy.as_deref(), Some("1"));
        assert_eq!((options.retries, options.retry_unknown), (1, true));
        assert_eq!((options.rate, options.burst.get()), (Some(1.0), 1));
        assert_eq!(options.concurrency.get(), 1);
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
        for (name, value) in [
            ("minimum_tls_version", "1.1"),
            ("minimum_tls_version", "TLSv1.3"),
            ("minimum_tls_version", ""),
            ("retries", "-1"),
            ("retries", "100001"),
            ("retry_unknown", "perhaps"),
            ("rate", "0"),
            ("rate", "NaN"),
            ("burst", "0"),
            ("concurrency", "0"),
        ] {
            let error = options.set(name, value).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
        let error = options.set("time_out", "1").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("timeout, ca_bundle, client_certificate, client_key")
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

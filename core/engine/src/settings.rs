//! Settings: what a gateway is opened with, under the names that flags, variables and every
//! language share.

use std::fmt;
use std::num::NonZeroUsize;

use wamux_phone::Region;

use crate::error::Error;
use crate::secret::Secret;
use crate::validate::is_http_url;

/// The settings of a gateway. Each gateway reads those that it has, and says which it misses.
///
/// ```
/// use wamux_engine::{Settings, gateway};
///
/// let mut settings = Settings::default();
/// settings.set("api_key", "key")?;
/// settings.set("from", "MyCompany")?;
/// let gateway = gateway::open("devino-v2", &settings)?;
/// assert_eq!(gateway.profile().id, "devino-v2");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
///
/// `Debug` shows which settings there are, and the value of none.
#[derive(Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Settings {
    /// Where the gateway is; absent: its documented address.
    pub base_url: Option<String>,
    /// The API key (Devino, Tujenge).
    pub api_key: Option<Secret>,
    /// The second key that Devino's v2 samples bear.
    pub x_api_key: Option<Secret>,
    /// The login (Rapporto; Devino in place of a key).
    pub login: Option<Secret>,
    /// The password to the login.
    pub password: Option<Secret>,
    /// The token (chat-api).
    pub token: Option<Secret>,
    /// The instance (chat-api).
    pub instance: Option<String>,
    /// Whether the instance stands in the query and not in the path (chat-api).
    pub instance_in_query: bool,
    /// The name of the header that bears the key (Tujenge and other hosts of the same API).
    pub header_name: Option<String>,
    /// The sender of messages that name none.
    pub from: Option<String>,
    /// The region of phone numbers in national form; absent: the gateway's own.
    pub region: Option<Region>,
    /// The namespace of templates that name none (Tujenge).
    pub template_namespace: Option<String>,
    /// How many messages the engine's `build` puts into one request, at least 1; absent: 100 (Devino,
    /// which publishes no limit of its own). A client sends one message a request.
    pub batch_size: Option<NonZeroUsize>,
    /// Whether the account refuses or joins repeated ids (Rapporto switches that on per account).
    pub deduplicates: bool,
    /// Whether a base URL may be plain http beyond loopback.
    pub allow_insecure: bool,
    /// Whether these settings only show requests and never send them.
    masked: bool,
}

impl Settings {
    /// The names of all settings that [`Settings::set`] takes.
    pub const NAMES: [&'static str; 15] = [
        "base_url",
        "api_key",
        "x_api_key",
        "login",
        "password",
        "token",
        "instance",
        "instance_in_query",
        "header_name",
        "from",
        "region",
        "template_namespace",
        "batch_size",
        "deduplicates",
        "allow_insecure",
    ];

    /// Sets one setting from text, as flags and variables give it.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that is none of [`Settings::NAMES`], an unknown region,
    /// a count that is no whole number from 1, or a switch that is neither `true` nor `false`.
    ///
    /// ```
    /// use wamux_engine::Settings;
    ///
    /// let error = Settings::default().set("region", "Russia").unwrap_err();
    /// assert_eq!(error.kind().as_str(), "configuration");
    /// ```
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let text = || Some(value.to_owned());
        let secret = || Some(Secret::from(value));
        match name {
            "base_url" => self.base_url = text(),
            "api_key" => self.api_key = secret(),
            "x_api_key" => self.x_api_key = secret(),
            "login" => self.login = secret(),
            "password" => self.password = secret(),
            "token" => self.token = secret(),
            "instance" => self.instance = text(),
            "instance_in_query" => self.instance_in_query = switch(name, value)?,
            "header_name" => self.header_name = text(),
            "from" => self.from = text(),
            "region" => {
                let region = value.parse::<Region>();
                self.region =
                    Some(region.map_err(|e| Error::configuration(format!("region: {e}")))?);
            }
            "template_namespace" => self.template_namespace = text(),
            "batch_size" => {
                let size = value.parse().map_err(|_| {
                    Error::configuration("batch_size must be a whole number from 1, such as 100")
                });
                self.batch_size = Some(size?);
            }
            "deduplicates" => self.deduplicates = switch(name, value)?,
            "allow_insecure" => self.allow_insecure = switch(name, value)?,
            _ => {
                return Err(Error::configuration(format!(
                    "`{name}` is not a setting; the settings are {}",
                    Self::NAMES.join(", ")
                )));
            }
        }
        Ok(())
    }

    /// The same settings with every credential replaced by `***`, also those that are not set, so
    /// that requests can be built and shown without any.
    #[must_use]
    pub fn masked(&self) -> Self {
        Self {
            api_key: Some(Secret::masked()),
            x_api_key: self.x_api_key.as_ref().map(|_| Secret::masked()),
            login: Some(Secret::masked()),
            password: Some(Secret::masked()),
            token: Some(Secret::masked()),
            instance: self.instance.clone().or_else(|| Some("1".to_owned())),
            masked: true,
            ..self.clone()
        }
    }

    pub(crate) fn base_url(&self, documented: &'static str) -> Result<BaseUrl, Error> {
        match &self.base_url {
            None => Ok(BaseUrl(documented.to_owned())),
            Some(url) => BaseUrl::new(url, self.allow_insecure),
        }
    }

    /// The base URL of a gateway that publishes none: it has to be set, but to show a request.
    pub(crate) fn own_base_url(
        &self,
        gateway: &str,
        shown: &'static str,
    ) -> Result<BaseUrl, Error> {
        if !self.masked {
            required(gateway, "base_url", self.base_url.as_ref())?;
        }
        self.base_url(shown)
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let present = [
            ("base_url", self.base_url.is_some()),
            ("api_key", self.api_key.is_some()),
            ("x_api_key", self.x_api_key.is_some()),
            ("login", self.login.is_some()),
            ("password", self.password.is_some()),
            ("token", self.token.is_some()),
            ("instance", self.instance.is_some()),
            ("instance_in_query", self.instance_in_query),
            ("header_name", self.header_name.is_some()),
            ("from", self.from.is_some()),
            ("region", self.region.is_some()),
            ("template_namespace", self.template_namespace.is_some()),
            ("batch_size", self.batch_size.is_some()),
            ("deduplicates", self.deduplicates),
            ("allow_insecure", self.allow_insecure),
        ];
        let names = present
            .iter()
            .filter(|(_, there)| *there)
            .map(|(name, _)| name);
        f.write_str("Settings ")?;
        f.debug_set().entries(names).finish()
    }
}

/// A credential that a header has to bear.
pub(crate) fn for_header(name: &str, secret: &Secret) -> Result<Secret, Error> {
    match http::HeaderValue::from_str(secret.expose()) {
        Ok(_) => Ok(secret.clone()),
        Err(_) => Err(Error::configuration(format!(
            "`{name}` has characters that no header can bear, such as a line break at its end"
        ))),
    }
}

/// The setting that a gateway cannot do without.
pub(crate) fn required<'s, T>(
    gateway: &str,
    name: &str,
    value: Option<&'s T>,
) -> Result<&'s T, Error> {
    value.ok_or_else(|| {
        Error::configuration(format!(
            "{gateway} needs the setting `{name}` (on the command line `--{}`, in the environment `WAMUX_{}`)",
            name.replace('_', "-"),
            name.to_uppercase()
        ))
    })
}

fn switch(name: &str, value: &str) -> Result<bool, Error> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Error::configuration(format!(
            "{name} must be true or false"
        ))),
    }
}

/// Where a gateway is: an absolute URL without a slash at its end.
///
/// `Debug` leaves the path out: Rapporto's has the login in it.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Takes a base URL.
    ///
    /// # Errors
    ///
    /// A `configuration` error where it is not an http or https URL without query and fragment,
    /// or where it is plain http, not loopback, and `allow_insecure` is false: credentials would
    /// cross the network in the clear.
    ///
    /// ```
    /// use wamux_engine::BaseUrl;
    ///
    /// assert!(BaseUrl::new("https://api.example.com/", false).is_ok());
    /// assert!(BaseUrl::new("http://127.0.0.1:8420/devino", false).is_ok());
    /// assert!(BaseUrl::new("http://api.example.com", false).is_err());
    /// ```
    pub fn new(url: &str, allow_insecure: bool) -> Result<Self, Error> {
        if !is_http_url(url) || url.contains(['?', '#', '@']) {
            return Err(Error::configuration(
                "base_url must begin with https:// (or http://) and have neither user nor query nor \
                 fragment, such as https://api.example.com",
            ));
        }
        let secure = url
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("https://"));
        if !secure && !allow_insecure && !is_loopback(url) {
            return Err(Error::configuration(
                "base_url must be https: credentials would cross the network in the clear; \
                 the setting `allow_insecure` permits it",
            ));
        }
        Ok(Self(url.trim_end_matches('/').to_owned()))
    }

    /// The URL with a path appended, which begins with a slash or is empty.
    pub(crate) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(origin(&self.0))
    }
}

/// Scheme, host and port of a URL.
pub(crate) fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |position| position + 3);
    let end = url[host..]
        .find(['/', '?', '#'])
        .map_or(url.len(), |end| host + end);
    &url[..end]
}

fn is_loopback(url: &str) -> bool {
    let authority = url
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_be_set() {
        for name in Settings::NAMES {
            let value = match name {
                "region" => "ru",
                "batch_size" => "100",
                "instance_in_query" | "deduplicates" | "allow_insecure" => "true",
                _ => "value",
            };
            Settings::default().set(name, value).unwrap();
        }
        assert!(Settings::default().set("key", "value").is_err());
        assert!(Settings::default().set("deduplicates", "maybe").is_err());
        for size in ["0", "-1", "1.5", "", "many"] {
            let error = Settings::default().set("batch_size", size).unwrap_err();
            assert!(error.to_string().contains("from 1"), "{size}");
        }
    }

    #[test]
    fn plain_http_needs_loopback_or_permission() {
        for url in [
            "http://localhost:1",
            "http://127.9.0.1/x",
            "http://[::1]:80",
            "https://a.b",
        ] {
            assert!(BaseUrl::new(url, false).is_ok(), "{url}");
        }
        for url in ["http://localhost.example.com", "http://10.0.0.1"] {
            assert!(BaseUrl::new(url, false).is_err(), "{url}");
            assert!(BaseUrl::new(url, true).is_ok(), "{url}");
        }
        for url in [
            "",
            "a.b",
            "https://a.b?c",
            "https://a.b/#d",
            "https://user:password@a.b",
            "http://127.0.0.1@a.b",
            "ftp://a.b",
        ] {
            assert!(BaseUrl::new(url, true).is_err(), "{url}");
        }
    }
}

//! The client: one gateway, one transport, and what is shared by all that goes through both.

use std::fmt;
use std::sync::Arc;

use wamux_engine::gateway::{self, Gateway};
use wamux_engine::{Error, Settings};

use crate::environment::settings_from_environment;
use crate::http_transport::HttpTransport;
use crate::limits::Limits;
use crate::metrics::Meter;
use crate::options::{Options, allowed_rate};
use crate::retry::Retries;
use crate::transport::Transport;

/// A client of one gateway. Clones share its connections.
///
/// Each send writes one [`tracing`] span, `send`, with the fields `gateway`, `type`, `to` (masked)
/// and, after a failure, `kind` and `delivery`; `http_status` stands where an answer came. Each attempt is an event in it
/// of the level `DEBUG`; each retry, and a failure after which the gateway may have the message, one of the level `WARN`.
/// [`Client::metrics`] counts.
///
/// ```
/// use wamux::message::{Content, Message, Text};
/// use wamux::{Client, Settings};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
/// # let base_url = sandbox.base_url("devino-v2").unwrap();
/// let mut settings = Settings::default();
/// settings.set("base_url", &base_url)?;
/// settings.set("api_key", "sandbox-key")?;
/// settings.set("from", "MyCompany")?;
/// let client = Client::from_settings("devino-v2", &settings)?;
///
/// let receipt = client
///     .send(&Message::new("8 903 456-78-90", Content::Text(Text::new("Code: 1234"))))
///     .await?;
/// assert_eq!(receipt.to.as_deref(), Some("+79034567890"));
/// assert_eq!(receipt.attempts.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    gateway: Box<dyn Gateway>,
    transport: Box<dyn Transport>,
    retries: Retries,
    limits: Limits,
    meter: Meter,
}

impl Client {
    /// A client of an open gateway.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a wrong option, as [`HttpTransport::new`] tells.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wamux::{Client, Options, Settings, gateway};
    ///
    /// let mut settings = Settings::default();
    /// settings.set("api_key", "key")?;
    /// let options = Options { timeout: Duration::from_secs(5), ..Options::default() };
    /// let client = Client::new(gateway::open("devino-v2", &settings)?, &options)?;
    /// assert_eq!(client.gateway().profile().id, "devino-v2");
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn new(gateway: Box<dyn Gateway>, options: &Options) -> Result<Self, Error> {
        let id = gateway.profile().id;
        let transport = HttpTransport::new(options).map_err(|error| error.with_gateway(id))?;
        options.rate.map(allowed_rate).transpose()?;
        Ok(Self::with_transport(gateway, transport, options))
    }

    /// A client over a given transport; [`Transport`] has an example of one of the caller's own. Of the options, those of
    /// retries and limits are the client's; the others are a transport's own.
    ///
    /// ```
    /// use wamux::{Client, HttpTransport, Options, Settings, gateway};
    ///
    /// // Two gateways over the connections of one transport.
    /// let transport = HttpTransport::new(&Options::default())?;
    /// let settings = Settings::default().masked();
    /// let clients = ["devino-v1", "devino-v2"].map(|id| {
    ///     let gateway = gateway::open(id, &settings)?;
    ///     Ok::<_, wamux::Error>(Client::with_transport(gateway, transport.clone(), &Options::default()))
    /// });
    /// for client in clients {
    ///     assert!(client?.gateway().profile().id.starts_with("devino-"));
    /// }
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn with_transport(
        gateway: Box<dyn Gateway>,
        transport: impl Transport + 'static,
        options: &Options,
    ) -> Self {
        Self(Arc::new(Inner {
            meter: Meter::new(gateway.as_ref()),
            gateway,
            transport: Box::new(transport),
            retries: Retries::new(options),
            limits: Limits::new(options),
        }))
    }

    /// A client of a gateway, with the usual options.
    ///
    /// # Errors
    ///
    /// A `configuration` error for an unknown gateway and for a setting that is missing or wrong.
    ///
    /// ```
    /// use wamux::{Client, Settings};
    ///
    /// let error = Client::from_settings("devino-v2", &Settings::default()).unwrap_err();
    /// assert!(error.to_string().contains("api_key"));
    /// ```
    pub fn from_settings(gateway: &str, settings: &Settings) -> Result<Self, Error> {
        Self::new(gateway::open(gateway, settings)?, &Options::default())
    }

    /// A client of a gateway with what the variables `WAMUX_*` say: one for every name of
    /// [`Settings::NAMES`] and [`Options::NAMES`], in capitals, such as `WAMUX_API_KEY` and
    /// `WAMUX_TIMEOUT`. An empty variable counts as absent.
    ///
    /// # Errors
    ///
    /// A `configuration` error for an unknown gateway and for a variable that is missing or wrong.
    ///
    /// ```no_run
    /// let client = wamux::Client::from_environment("devino-v2")?;
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn from_environment(gateway: &str) -> Result<Self, Error> {
        let (settings, options) = settings_from_environment()?;
        Self::new(gateway::open(gateway, &settings)?, &options)
    }

    /// The gateway.
    ///
    /// ```
    /// use wamux::{Client, Feature, Settings};
    ///
    /// let client = Client::from_settings("devino-v2", &Settings::default().masked())?;
    /// assert!(client.gateway().profile().capabilities.sends.contains(&Feature::Template));
    /// # Ok::<(), wamux::Error>(())
    /// ```
    #[must_use]
    pub fn gateway(&self) -> &dyn Gateway {
        self.0.gateway.as_ref()
    }

    /// How many messages can be under way at once: as many requests as [`Options::concurrency`] allows, each with as many
    /// messages as go in one.
    ///
    /// ```
    /// use wamux::{Client, Options, Settings, gateway};
    ///
    /// let mut options = Options::default();
    /// options.set("concurrency", "4")?;
    /// let mut settings = Settings::default().masked();
    /// settings.set("batch_size", "10")?;
    /// let client = Client::new(gateway::open("devino-v2", &settings)?, &options)?;
    /// assert_eq!(client.at_once(), 40);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    #[must_use]
    pub fn at_once(&self) -> usize {
        self.limits().at_once().saturating_mul(self.batch_size())
    }

    /// How many messages go in one request of [`Client::send_many`] at most: as many as the gateway takes in one, and no
    /// more than [`Options::burst`] where there is a [rate](Options::rate).
    ///
    /// ```
    /// use wamux::{Client, Options, Settings, gateway};
    ///
    /// let mut options = Options::default();
    /// options.set("rate", "50")?;
    /// options.set("burst", "20")?;
    /// let gateway = gateway::open("devino-v2", &Settings::default().masked())?;
    /// assert!(gateway.batch_size() > 20);
    /// assert_eq!(Client::new(gateway, &options)?.batch_size(), 20);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    #[must_use]
    pub fn batch_size(&self) -> usize {
        self.gateway().batch_size().min(self.limits().burst())
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        self.0.transport.as_ref()
    }

    pub(crate) fn retries(&self) -> &Retries {
        &self.0.retries
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn meter(&self) -> &Meter {
        &self.0.meter
    }
}

/// Shows the gateway's id: neither credentials nor addresses.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("gateway", &self.gateway().profile().id)
            .finish_non_exhaustive()
    }
}

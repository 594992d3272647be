//! Several gateways for one message: the next where the one before does not have it.

use std::fmt;
use std::future::pending;

use futures_util::FutureExt as _;
use wamux_engine::message::Message;
use wamux_engine::{Delivery, Error, Kind, Receipt};

use crate::client::Client;
use crate::options::configuration;

/// Clients in the order in which they are tried.
///
/// A message goes to the next client only where the one before has certainly not sent it, whatever the reason: it
/// cannot say the message, refuses it, or cannot be reached. What may have been sent is not sent a second time. Each
/// client makes its own retries first.
///
/// ```
/// use wamux::message::{Content, Message, Text};
/// use wamux::{Client, Failover, Settings};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
/// let mut settings = Settings::default();
/// settings.set("api_key", "sandbox-key")?;
/// settings.set("from", "MyCompany")?;
/// let mut clients = Vec::new();
/// for id in ["devino-v2", "tujenge"] {
/// #   settings.set("base_url", &sandbox.base_url(id).unwrap())?;
///     clients.push(Client::from_settings(id, &settings)?);
/// }
/// let gateways = Failover::new(clients)?;
///
/// // Only the second of the two can send to groups.
/// let mut message = Message::new("ABC-123", Content::Text(Text::new("We open at nine")));
/// message.recipient_type = wamux::message::RecipientType::Group;
/// assert_eq!(gateways.send(&message).await?.gateway, "tujenge");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Failover(Vec<Client>);

impl Failover {
    /// Clients in the order in which they are tried.
    ///
    /// # Errors
    ///
    /// `configuration` where there is none.
    pub fn new(clients: impl Into<Vec<Client>>) -> Result<Self, Error> {
        let clients = clients.into();
        if clients.is_empty() {
            return Err(configuration("a failover needs at least one client"));
        }
        Ok(Self(clients))
    }

    /// The clients.
    #[must_use]
    pub fn clients(&self) -> &[Client] {
        &self.0
    }

    /// Sends one message through the first client that does not fail for certain.
    ///
    /// # Errors
    ///
    /// That of the last client that was tried. Its attempts, like those of a receipt, are those of all clients in order,
    /// each with its gateway.
    pub async fn send(&self, message: &Message) -> Result<Receipt, Error> {
        self.send_unless(message, pending()).await
    }

    /// Sends one message, as [`Failover::send`] does, unless it is called off before: when `cancel` ends first, the
    /// connection is closed, and no further client is tried.
    ///
    /// # Errors
    ///
    /// As [`Failover::send`]; `cancelled` where it was called off, whose [`Error::delivery`] tells whether the gateway
    /// that was tried last may have the message. No other has it.
    ///
    /// ```
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Delivery, Failover, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("from", "MyCompany")?;
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let gateways = Failover::new([Client::from_settings("devino-v2", &settings)?])?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
    /// let error = gateways.send_unless(&message, async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn send_unless(
        &self,
        message: &Message,
        cancel: impl Future<Output = ()>,
    ) -> Result<Receipt, Error> {
        // One call-off for all clients: where it came, the one that was tried says so.
        let cancel = cancel.shared();
        let mut attempts = Vec::new();
        let mut last = configuration("a failover needs at least one client");
        for client in &self.0 {
            let gateway = client.gateway().profile().id;
            match client.send_unless(message, cancel.clone()).await {
                Ok(mut receipt) => {
                    attempts.extend(
                        receipt
                            .attempts
                            .drain(..)
                            .map(|own| own.at_gateway(gateway)),
                    );
                    receipt.attempts = attempts;
                    return Ok(receipt);
                }
                Err(error) => {
                    let own = error.attempts().iter().cloned();
                    attempts.extend(own.map(|own| own.at_gateway(gateway)));
                    let ended =
                        error.delivery() == Delivery::Unknown || error.kind() == Kind::Cancelled;
                    last = error;
                    if ended {
                        break;
                    }
                }
            }
        }
        Err(last.with_attempts(attempts))
    }
}

/// Shows the gateways' ids.
impl fmt::Debug for Failover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Failover").field(&self.0).finish()
    }
}

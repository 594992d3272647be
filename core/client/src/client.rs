//! The client: one gateway, one transport, and the way of a message through both.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::poll_immediate;
use jiff::Timestamp;
use tokio::sync::SemaphorePermit;
use tokio::time::Instant;
use tracing::field::debug;
use tracing::{Instrument as _, Span};
use wamux_engine::gateway::{self, Gateway};
use wamux_engine::message::{ContentType, Message};
use wamux_engine::{
    Checked, Delivery, Error, Kind, Receipt, Request, Response, Settings, build_one, decode,
};

use crate::environment::settings_from_environment;
use crate::http_transport::HttpTransport;
use crate::limits::Limits;
use crate::metrics::{Meter, OperationUnderWay};
use crate::options::Options;
use crate::progress::Progress;
use crate::retry::{Repeatable, Retries, Waits};
use crate::trace;
use crate::transport::{Opened, Transport};
use crate::watch::Watch;

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

/// A message that breaks no rule, as the request that bears it: what [`Client::prepare`] makes.
///
/// `Debug` shows neither the recipient's number nor the text.
#[derive(Debug)]
pub struct Prepared {
    request: Request,
    checked: Checked,
    client_id: Option<String>,
    content_type: ContentType,
}

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

    /// Sends one message: checks it, makes an attempt, reads the answer, and repeats what may be repeated, as
    /// [`Options::retries`] says.
    ///
    /// Accepted is not delivered: that is told by a later status event with the receipt's
    /// `message_id`. Where the future is dropped, the connection is closed, and the gateway may
    /// have the message or not.
    ///
    /// # Errors
    ///
    /// - `validation` or `unsupported` where the message breaks a rule; nothing is sent, and
    ///   [`Error::attempts`] is empty.
    /// - What the gateway refuses, by the kind of its code, and what goes wrong on the way, as the
    ///   table of [`transport`](crate::transport) lists it. [`Error::delivery`] tells whether the
    ///   gateway may have the message.
    ///
    /// ```
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Delivery, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use wamux_sandbox::{Fault, FaultKind, Options, Sandbox};
    /// # let sandbox = Sandbox::start(Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("devino-v2").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// # settings.set("from", "MyCompany")?;
    /// # sandbox.inject(Fault::new(FaultKind::Cut))?;
    /// let client = Client::from_settings("devino-v2", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
    ///
    /// // The gateway hangs up without an answer.
    /// let error = client.send(&message).await.unwrap_err();
    /// let next = match error.delivery() {
    ///     Delivery::NotSent if error.retryable() => "send it again",
    ///     Delivery::NotSent => "correct it",
    ///     Delivery::Unknown => "sending it again may show it twice",
    /// };
    /// assert_eq!(next, "sending it again may show it twice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn send(&self, message: &Message) -> Result<Receipt, Error> {
        let span = self.span(message.content.content_type());
        let prepared = span.in_scope(|| self.prepare(message));
        self.finish(prepared, span, &Watch::default()).await
    }

    /// Sends one message unless it is called off before: when `cancel` ends first, the connection is closed.
    ///
    /// # Errors
    ///
    /// As [`Client::send`]; `cancelled` where it was called off, whose [`Error::delivery`] tells whether the gateway may
    /// have the message.
    ///
    /// ```
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("from", "MyCompany")?;
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("devino-v2", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
    /// let error = client.send_unless(&message, async {}).await.unwrap_err();
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
        let span = self.span(message.content.content_type());
        let prepared = span.in_scope(|| self.prepare(message));
        let watch = Watch::default();
        tokio::select! {
            biased;
            result = self.finish(prepared, span, &watch) => result,
            () = cancel => Err(watch.cancelled(self.gateway())),
        }
    }

    /// Checks a message and makes its request, without sending it: the half of [`Client::send`] that neither waits nor
    /// needs a runtime.
    ///
    /// # Errors
    ///
    /// `validation` or `unsupported` where the message breaks a rule.
    ///
    /// ```
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("devino-v2").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// # settings.set("from", "MyCompany")?;
    /// let client = Client::from_settings("devino-v2", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
    /// let prepared = client.prepare(&message)?;
    /// let receipt = client.send_prepared(prepared).await?;
    /// assert_eq!(receipt.to.as_deref(), Some("+79034567890"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prepare(&self, message: &Message) -> Result<Prepared, Error> {
        let built = build_one(self.gateway(), message);
        let (request, checked) = built.inspect_err(|error| self.meter().refused(error))?;
        Ok(Prepared {
            request,
            checked,
            client_id: message.client_id.clone(),
            content_type: message.content.content_type(),
        })
    }

    /// Sends what [`Client::prepare`] of this client has made.
    ///
    /// # Errors
    ///
    /// As [`Client::send`], but for the rules, which the message has kept.
    pub async fn send_prepared(&self, prepared: Prepared) -> Result<Receipt, Error> {
        let span = self.span(prepared.content_type);
        self.finish(Ok(prepared), span, &Watch::default()).await
    }

    fn span(&self, content_type: ContentType) -> Span {
        trace::send(self.gateway().profile().id, content_type)
    }

    /// Sends what is prepared, and notes in the span how it went.
    async fn finish(
        &self,
        prepared: Result<Prepared, Error>,
        span: Span,
        watch: &Watch,
    ) -> Result<Receipt, Error> {
        let result = match prepared {
            Ok(prepared) => {
                let operation = self.meter().operation("send");
                let mut sending = operation.message(watch);
                let delivering = self.deliver(prepared, &span, watch, &operation);
                let result = delivering.instrument(span.clone()).await;
                sending.end(result.as_ref().err());
                operation.end(result.as_ref().err());
                result
            }
            Err(error) => Err(error),
        };
        let http_status = match &result {
            Ok(receipt) => receipt
                .attempts
                .last()
                .and_then(|attempt| attempt.http_status),
            Err(error) => {
                trace::failed(&span, error);
                error.http_status()
            }
        };
        if let Some(http_status) = http_status {
            trace::answered(&span, http_status);
        }
        result
    }

    async fn deliver(
        &self,
        prepared: Prepared,
        span: &Span,
        watch: &Watch,
        operation: &OperationUnderWay<'_>,
    ) -> Result<Receipt, Error> {
        let Prepared {
            request,
            checked,
            client_id,
            ..
        } = prepared;
        // A recipient's `Debug` is masked.
        span.record("to", debug(&checked.recipient));
        let repeatable = self.repeatable(client_id.is_some());
        let sent = self.attempts(operation, watch, repeatable, 1, |progress| {
            let exchange = self.exchange(request.clone(), progress);
            async {
                let answer = exchange.await?;
                let decoded = decode(self.gateway(), &answer, Some(1));
                Ok((one(decoded)??, answer.status))
            }
        });
        let mut receipt = completed(sent.await?, checked, client_id);
        receipt.attempts = watch.take();
        Ok(receipt)
    }

    /// Whether a message can be sent again.
    pub(crate) fn repeatable(&self, has_client_id: bool) -> Repeatable {
        if has_client_id && self.gateway().deduplicates() {
            Repeatable::Deduplicated
        } else {
            Repeatable::NotSent
        }
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

    /// Waits until one more request with so many messages may leave; it is under way while the permit lives.
    pub(crate) async fn turn(&self, messages: usize) -> Option<SemaphorePermit<'_>> {
        let waiting = async {
            self.limits().messages(messages).await;
            self.limits().request().await
        };
        let mut waiting = std::pin::pin!(waiting);
        if let Some(permit) = poll_immediate(&mut waiting).await {
            return permit;
        }
        let begin = Instant::now();
        let permit = waiting.await;
        self.meter().waited(begin.elapsed());
        permit
    }

    /// How long to wait before the next attempt of an operation; `None` where there is to be none.
    pub(crate) fn retry(
        &self,
        operation: &OperationUnderWay<'_>,
        error: &Error,
        repeatable: Repeatable,
        waits: &mut Waits,
    ) -> Option<Duration> {
        let wait = self.retries().wait(error, repeatable, waits)?;
        self.meter().retry(operation.name(), error);
        trace::retry(error, wait);
        Some(wait)
    }

    /// Attempts until one succeeds or none may follow. `once` makes one attempt, which carries so many messages, and
    /// tells the HTTP status of its answer.
    pub(crate) async fn attempts<T, F>(
        &self,
        operation: &OperationUnderWay<'_>,
        watch: &Watch,
        repeatable: Repeatable,
        messages: usize,
        once: impl Fn(Arc<Progress>) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<(T, u16), Error>>,
    {
        let mut waits = self.retries().begin();
        let mut number = 0;
        loop {
            number += 1;
            let permit = self.turn(messages).await;
            let result = once(watch.begin()).await;
            drop(permit);
            let error = match result {
                Ok((output, status)) => {
                    trace::attempt(number, None, Some(status));
                    watch.end(None, Some(status));
                    return Ok(output);
                }
                Err(error) => error,
            };
            trace::attempt(number, Some(&error), error.http_status());
            watch.end(Some(&error), error.http_status());
            match self.retry(operation, &error, repeatable, &mut waits) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(watch.failed(error)),
            }
        }
    }

    /// The one place where requests leave.
    pub(crate) async fn exchange(
        &self,
        request: Request,
        progress: Arc<Progress>,
    ) -> Result<Response, Error> {
        let under_way = self.meter().request(&request.method);
        let answer = self.0.transport.exchange_noting(request, progress).await;
        let answer = answer.map_err(|failure| failure.into_error(self.gateway()));
        under_way.end(answer.as_ref().map(|answer| answer.status));
        answer
    }

    /// The one place where requests leave whose answers are read as they come.
    pub(crate) async fn open(&self, request: Request) -> Result<Opened, Error> {
        let under_way = self.meter().request(&request.method);
        let answer = self.0.transport.open(request).await;
        let answer = answer.map_err(|failure| failure.into_error(self.gateway()));
        under_way.end(answer.as_ref().map(|answer| answer.status));
        answer
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

/// A receipt with what the caller and the check have said of its message.
pub(crate) fn completed(
    mut receipt: Receipt,
    checked: Checked,
    client_id: Option<String>,
) -> Receipt {
    receipt.to = checked.recipient.address().map(str::to_owned);
    receipt.client_id = client_id.or(receipt.client_id);
    receipt.warnings = checked.warnings;
    receipt
}

/// What one message becomes: the engine gives one of each.
fn one<T>(items: Vec<T>) -> Result<T, Error> {
    items.into_iter().next().ok_or_else(nothing)
}

/// What should not come: a message of which the engine says nothing.
pub(crate) fn nothing() -> Error {
    let words = "the engine returned nothing for the message";
    Error::new(Kind::Internal, Delivery::NotSent, words)
}

/// The time in UTC, to the millisecond.
pub(crate) fn now() -> String {
    format!("{:.3}", Timestamp::now())
}

//! One message through a client: checked, sent, and said what became of it.

use std::future::pending;

use tracing::field::debug;
use tracing::{Instrument as _, Span};
use wamux_engine::message::{ContentType, Message};
use wamux_engine::{Checked, Delivery, Error, Kind, Receipt, Request, build_one, decode};

use crate::client::Client;
use crate::metrics::OperationUnderWay;
use crate::retry::Repeatable;
use crate::trace;
use crate::watch::Watch;

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

impl Client {
    /// Sends one message: checks it, makes an attempt, reads the answer, and repeats what may be repeated, as
    /// [`Options::retries`](crate::Options::retries) says.
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
        self.send_unless(message, pending()).await
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
        self.finish_unless(prepared, span, cancel).await
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
        self.send_prepared_unless(prepared, pending()).await
    }

    /// Sends what [`Client::prepare`] of this client has made, unless it is called off before.
    ///
    /// # Errors
    ///
    /// As [`Client::send_unless`], but for the rules, which the message has kept.
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
    /// let prepared = client.prepare(&message)?;
    /// let error = client.send_prepared_unless(prepared, async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn send_prepared_unless(
        &self,
        prepared: Prepared,
        cancel: impl Future<Output = ()>,
    ) -> Result<Receipt, Error> {
        let span = self.span(prepared.content_type);
        self.finish_unless(Ok(prepared), span, cancel).await
    }

    async fn finish_unless(
        &self,
        prepared: Result<Prepared, Error>,
        span: Span,
        cancel: impl Future<Output = ()>,
    ) -> Result<Receipt, Error> {
        let watch = Watch::default();
        // Boxed, as what takes a future by value keeps room for it twice.
        let sending = Box::pin(self.finish(prepared, span, &watch));
        self.unless(&watch, sending, cancel).await
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
        let noted = trace::Noted::begin(&span, watch);
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
        noted.end(result.as_ref().err());
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
        let sent = self.attempts(operation, span, watch, repeatable, 1, |progress| {
            let exchange = self.exchange(operation, request.clone(), progress);
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

/// What should not come: an answer of which the engine says nothing for the message, which may have been accepted.
pub(crate) fn nothing() -> Error {
    let words = "the engine returned nothing for the message";
    Error::new(Kind::Internal, Delivery::Unknown, words)
}

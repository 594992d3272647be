//! Many messages through one client.

use std::future::pending;
use std::panic::resume_unwind;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, Stream, StreamExt as _};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::{Instrument as _, Span};
use wamux_engine::gateway::Gateway;
use wamux_engine::message::Message;
use wamux_engine::{BuiltRequest, Checked, Delivery, Error, Kind, Receipt, build, decode};

use crate::client::Client;
use crate::metrics::{MessageUnderWay, OperationUnderWay};
use crate::retry::Repeatable;
use crate::send::{completed, nothing};
use crate::trace;
use crate::unless::unless;
use crate::watch::Watch;

impl Client {
    /// Sends messages as they come, and gives the results as they come, each with the position of its message.
    ///
    /// As many requests are under way at once as [`Options::concurrency`](crate::Options::concurrency) allows, so that
    /// results can overtake each other; where the gateway takes several messages in one request, those that are there
    /// already go together. No more messages are taken than can leave, and no more leave than results are taken: a
    /// campaign of any size needs little memory. What is wrong with one message does not stop the others. Where the
    /// stream is dropped, what is under way is called off; [`Client::send_many_unless`] says what became of it.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
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
    /// let numbers = ["+7 903 456-78-90", "+7 903 456", "+7 903 456-78-92"];
    /// let messages = numbers.map(|to| Message::new(to, Content::Text(Text::new("We open at nine"))));
    ///
    /// let mut results = client.send_many(stream::iter(messages));
    /// let mut accepted = Vec::new();
    /// while let Some((position, result)) = results.next().await {
    ///     match result {
    ///         Ok(_) => accepted.push(position),
    ///         Err(error) => assert_eq!(error.violations()[0].path, "to"),
    ///     }
    /// }
    /// accepted.sort();
    /// assert_eq!(accepted, [0, 2]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.send_many_unless(messages, pending())
    }

    /// As [`Client::send_many`], unless it is called off before: when `cancel` ends first, no more messages are taken, and
    /// each one that was taken still has its result.
    ///
    /// What was under way is then `cancelled`, and its [`Error::delivery`] tells whether the gateway may have it.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("We open at nine")));
    ///
    /// // A campaign without an end.
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let cancel = async { drop(stopped.await) };
    /// let mut results = client.send_many_unless(stream::repeat(message), cancel);
    /// let (_, first) = results.next().await.unwrap();
    /// drop((stop, first?));
    /// while let Some((_, result)) = results.next().await {
    ///     if let Err(error) = result {
    ///         assert_eq!(error.kind(), Kind::Cancelled);
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many_unless<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.campaign(messages, cancel, |batch| beside(batch).boxed())
    }

    /// As [`Client::send_many_unless`], except that nothing goes on but while the stream is polled. It costs less, and it is
    /// for who does nothing else between two results: an answer that is not read within [`Options::timeout`] is lost, and
    /// a message that waits for its turn holds up all others of the client.
    ///
    /// [`Options::timeout`]: crate::Options::timeout
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("We open at nine")));
    /// let messages = stream::iter(vec![message; 100]);
    /// let results = client.send_many_while_polled(messages, std::future::pending());
    /// let results: Vec<_> = results.collect().await;
    /// assert!(results.into_iter().all(|(_, result)| result.is_ok()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many_while_polled<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.campaign(messages, cancel, |batch| batch)
    }

    /// Sends messages in batches, each of which runs as told.
    fn campaign<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
        run: impl Fn(Sending) -> Sending + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        let client = self.clone();
        // What runs beside the stream outlives what the caller lends, and listens to this in its place.
        let (call_off, called_off) = oneshot::channel::<()>();
        let called_off = called_off.map(drop).shared();
        let batches = messages
            .enumerate()
            .take_until(called_off.clone())
            .ready_chunks(self.batch_size())
            .map(move |batch| {
                let batch = client.clone().send_batch(batch, called_off.clone());
                run(batch.boxed())
            })
            .buffer_unordered(self.limits().at_once());
        let mut results = batches.flat_map(stream::iter).boxed();
        let mut cancel = Some((Box::pin(cancel), call_off));
        let results = stream::poll_fn(move |context| {
            if let Some((waiting, _)) = &mut cancel
                && waiting.as_mut().poll(context).is_ready()
            {
                cancel = None;
            }
            results.poll_next_unpin(context)
        });
        results.boxed()
    }

    /// Sends what fits into one request, and repeats what may be repeated.
    async fn send_batch(
        self,
        messages: Vec<(usize, Message)>,
        cancel: impl Future<Output = ()>,
    ) -> Vec<(usize, Result<Receipt, Error>)> {
        if let [(position, message)] = messages.as_slice() {
            return vec![(*position, self.send_unless(message, cancel).await)];
        }
        let operation = self.meter().operation("send_batch");
        let messages = messages.into_iter();
        let mut batch = Batch {
            span: trace::send_batch(self.gateway().profile().id, messages.len()),
            messages: messages
                .map(|(position, message)| Pending {
                    position,
                    message,
                    under_way: operation.message(Watch::default()),
                    outcome: None,
                })
                .collect(),
        };
        let sending = self.attempt_batch(&operation, &mut batch.messages);
        let sending = sending.instrument(batch.span.clone());
        if unless(sending, cancel).await.is_none() {
            operation.read_clock();
        }
        let messages = std::mem::take(&mut batch.messages).into_iter();
        let results: Vec<_> = messages.map(|own| own.finish(self.gateway())).collect();
        if results.iter().all(|(_, result)| is_refused(result)) {
            operation.forget();
        } else {
            operation.end(all_failed(results.iter().map(|(_, result)| result)));
        }
        let errors = results
            .iter()
            .filter_map(|(_, result)| result.as_ref().err());
        batch.span.in_scope(|| trace::unknown(errors));
        results
    }

    /// Attempts at all messages of a batch until none may be repeated. Where it is dropped before, what has no outcome yet
    /// is called off.
    async fn attempt_batch(&self, operation: &OperationUnderWay<'_>, batch: &mut [Pending<'_>]) {
        let mut waits = self.retries().begin();
        for number in 1.. {
            self.attempt_once(operation, number, batch).await;
            let failed = batch.iter().filter_map(|own| self.repeatable_failure(own));
            // One wait for all of them, as they go together again: the longest that the gateway asks for.
            let slowest = failed.max_by_key(|(error, _)| error.retry_after());
            let wait = slowest.and_then(|(error, repeatable)| {
                self.retry(operation, error, repeatable, &mut waits)
            });
            let Some(wait) = wait else { return };
            for own in &mut *batch {
                if self.repeatable_failure(own).is_some() {
                    own.outcome = None;
                }
            }
            operation.sleep(wait).await;
        }
    }

    /// The failure of a message that may be repeated.
    fn repeatable_failure<'p>(&self, own: &'p Pending<'_>) -> Option<(&'p Error, Repeatable)> {
        let error = own.outcome.as_ref()?.as_ref().err()?;
        let repeatable = self.repeatable(own.message.client_id.is_some());
        let may_repeat = self.retries().may_repeat(error, repeatable);
        may_repeat.then_some((error, repeatable))
    }

    /// One attempt at each message that has no outcome yet; each has one as soon as it is known.
    async fn attempt_once(
        &self,
        operation: &OperationUnderWay<'_>,
        number: usize,
        batch: &mut [Pending<'_>],
    ) {
        let mut open: Vec<&mut Pending<'_>> = batch
            .iter_mut()
            .filter(|own| own.outcome.is_none())
            .collect();
        let messages: Vec<&Message> = open.iter().map(|own| &own.message).collect();
        let built = build(self.gateway(), &messages);
        let mut checked: Vec<Option<Checked>> = Vec::with_capacity(open.len());
        for (own, result) in open.iter_mut().zip(built.checked) {
            checked.push(match result {
                Ok(checked) => Some(checked),
                Err(error) => {
                    self.meter().refused(&error);
                    own.outcome = Some(Err(error));
                    None
                }
            });
        }
        for BuiltRequest { request, messages } in built.requests {
            let permit = self.turn(operation, messages.len()).await;
            let carried = messages.iter();
            let watches = carried.map(|position| &open[*position].under_way.watch);
            let progress = Watch::begin_all(watches);
            let answer = self.exchange(operation, request, progress).await;
            drop(permit);
            let (decoded, status) = match answer {
                Ok(answer) => {
                    let decoded = decode(self.gateway(), &answer, Some(messages.len()));
                    (decoded, Some(answer.status))
                }
                Err(error) => (
                    vec![Err(error.clone()); messages.len()],
                    error.http_status(),
                ),
            };
            trace::attempt(number, all_failed(&decoded), status);
            for (position, result) in messages.into_iter().zip(decoded) {
                let own = &mut *open[position];
                own.under_way.watch.end(result.as_ref().err(), status);
                let checked = checked[position].take().ok_or_else(nothing);
                own.outcome = Some(result.and_then(|receipt| {
                    Ok(completed(receipt, checked?, own.message.client_id.clone()))
                }));
            }
        }
        for own in open {
            own.outcome.get_or_insert_with(|| Err(nothing()));
        }
    }
}

/// A batch on its way.
type Sending = BoxFuture<'static, Vec<(usize, Result<Receipt, Error>)>>;

/// What has been taken of a campaign goes on while nobody takes results: an answer that is not read in time would be no
/// answer. It ends with the future.
async fn beside<T: Send + 'static>(batch: impl Future<Output = T> + Send + 'static) -> T {
    // Without a runtime nothing is sent, and each message says so.
    let Ok(runtime) = Handle::try_current() else {
        return batch.await;
    };
    let mut task = Task(runtime.spawn(batch.in_current_span()));
    match (&mut task.0).await {
        Ok(output) => output,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and all that waits with it.
            Err(_) => pending().await,
        },
    }
}

/// A task that ends with this value.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The messages of one request on their way; they were called off where this is dropped with them.
struct Batch<'m> {
    span: Span,
    messages: Vec<Pending<'m>>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let open = self.messages.iter().filter(|own| own.outcome.is_none());
        let mut open = open.map(|own| own.under_way.watch.stop());
        if open.any(|delivery| delivery == Some(Delivery::Unknown)) {
            self.span.in_scope(trace::called_off);
        }
    }
}

/// A message of a batch on its way.
struct Pending<'m> {
    position: usize,
    message: Message,
    under_way: MessageUnderWay<'m, Watch>,
    /// What became of it, where that is known by now.
    outcome: Option<Result<Receipt, Error>>,
}

impl Pending<'_> {
    /// The result; that of a message without an outcome is that it was called off.
    fn finish(mut self, gateway: &dyn Gateway) -> (usize, Result<Receipt, Error>) {
        let result = self.end().unwrap_or_else(|| {
            let error = self.under_way.watch.cancelled(gateway);
            self.under_way.end(Some(&error));
            Err(error)
        });
        (self.position, result)
    }

    /// The outcome with the attempts, which is counted; `None` where there is none, or no longer.
    fn end(&mut self) -> Option<Result<Receipt, Error>> {
        let watch = &self.under_way.watch;
        let result = match self.outcome.take()? {
            Ok(mut receipt) => {
                receipt.attempts = watch.take();
                Ok(receipt)
            }
            Err(error) => Err(watch.failed(error)),
        };
        self.under_way.end(result.as_ref().err());
        Some(result)
    }
}

/// What has its outcome when the others of its batch are called off is counted by that.
impl Drop for Pending<'_> {
    fn drop(&mut self) {
        drop(self.end());
    }
}

/// Whether a message broke a rule, so that it was not sent at all.
fn is_refused(result: &Result<Receipt, Error>) -> bool {
    let refusal = |error: &Error| matches!(error.kind(), Kind::Validation | Kind::Unsupported);
    let error = result.as_ref().err();
    error.is_some_and(|error| error.attempts().is_empty() && refusal(error))
}

/// The last of the errors, where there is nothing else.
fn all_failed<'r>(
    results: impl IntoIterator<Item = &'r Result<Receipt, Error>>,
) -> Option<&'r Error> {
    let mut last = None;
    for result in results {
        last = Some(result.as_ref().err()?);
    }
    last
}

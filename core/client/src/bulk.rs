//! Many messages through one client.

use std::sync::Arc;

use futures_util::stream::{self, BoxStream, Stream, StreamExt as _};
use tracing::Instrument as _;
use wamux_engine::message::Message;
use wamux_engine::{BuiltRequest, Error, Receipt, build, decode};

use crate::client::{Client, completed, nothing};
use crate::metrics::MessageUnderWay;
use crate::progress::Progress;
use crate::trace;
use crate::watch::Watch;

impl Client {
    /// Sends messages as they come, and gives the results as they come, each with the position of its message.
    ///
    /// As many requests are under way at once as [`Options::concurrency`](crate::Options::concurrency) allows, so that
    /// results can overtake each other; where the gateway takes several messages in one request, those that are there
    /// already go together. No more messages are taken than can leave, and no more leave than results are taken: a
    /// campaign of any size needs little memory. What is wrong with one message does not stop the others. Where the
    /// stream is dropped, what is under way is called off.
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
        let client = self.clone();
        let batches = messages
            .enumerate()
            .ready_chunks(self.gateway().batch_size())
            .map(move |batch| {
                let client = client.clone();
                async move { client.send_batch(batch).await }
            })
            .buffer_unordered(self.limits().at_once());
        batches.flat_map(stream::iter).boxed()
    }

    /// Sends what fits into one request, and repeats what may be repeated.
    async fn send_batch(
        self,
        messages: Vec<(usize, Message)>,
    ) -> Vec<(usize, Result<Receipt, Error>)> {
        if let [(position, message)] = messages.as_slice() {
            return vec![(*position, self.send(message).await)];
        }
        let span = trace::send_batch(self.gateway().profile().id, messages.len());
        self.attempt_batch(messages).instrument(span).await
    }

    async fn attempt_batch(
        &self,
        messages: Vec<(usize, Message)>,
    ) -> Vec<(usize, Result<Receipt, Error>)> {
        let operation = self.meter().operation("send_batch");
        let mut done = Vec::with_capacity(messages.len());
        let mut waits = self.retries().begin();
        let messages = messages.into_iter();
        let mut pending: Vec<Pending<'_>> = messages
            .map(|(position, message)| Pending {
                position,
                message,
                under_way: operation.message(Watch::default()),
            })
            .collect();
        let mut number = 0;
        while !pending.is_empty() {
            number += 1;
            let results = self.attempt_all(&pending, number).await;
            let mut failed = Vec::new();
            for (own, result) in pending.into_iter().zip(results) {
                match result {
                    Err(error) if own.may_be_repeated(self, &error) => failed.push((own, error)),
                    result => done.push(own.finish(result)),
                }
            }
            // One wait for all of them, as they go together again: the longest that the gateway asks for.
            let slowest = failed.iter().max_by_key(|(_, error)| error.retry_after());
            let wait = slowest.and_then(|(own, error)| {
                let repeatable = self.repeatable(own.message.client_id.is_some());
                self.retry(&operation, error, repeatable, &mut waits)
            });
            let Some(wait) = wait else {
                done.extend(
                    failed
                        .into_iter()
                        .map(|(own, error)| own.finish(Err(error))),
                );
                break;
            };
            tokio::time::sleep(wait).await;
            pending = failed.into_iter().map(|(own, _)| own).collect();
        }
        operation.end(all_failed(done.iter().map(|(_, result)| result)));
        trace::unknown(done.iter().filter_map(|(_, result)| result.as_ref().err()));
        done
    }

    /// One attempt at each message: the results in their order.
    async fn attempt_all(
        &self,
        pending: &[Pending<'_>],
        number: usize,
    ) -> Vec<Result<Receipt, Error>> {
        let messages: Vec<&Message> = pending.iter().map(|own| &own.message).collect();
        let built = build(self.gateway(), &messages);
        let mut outcomes: Vec<Option<Result<Receipt, Error>>> = vec![None; messages.len()];
        for BuiltRequest { request, messages } in built.requests {
            let permit = self.turn(messages.len()).await;
            let progress = Arc::new(Progress::default());
            for position in &messages {
                pending[*position]
                    .under_way
                    .watch
                    .join(Arc::clone(&progress));
            }
            let answer = self.exchange(request, progress).await;
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
                let watch = &pending[position].under_way.watch;
                watch.end(result.as_ref().err(), status);
                outcomes[position] = Some(result);
            }
        }
        let checked = built.checked.into_iter().zip(&messages);
        checked
            .zip(outcomes)
            .map(|((checked, message), outcome)| {
                let checked = checked.inspect_err(|error| self.meter().refused(error))?;
                let receipt = outcome.ok_or_else(nothing)??;
                Ok(completed(receipt, checked, message.client_id.clone()))
            })
            .collect()
    }
}

/// A message of a batch on its way.
struct Pending<'m> {
    position: usize,
    message: Message,
    under_way: MessageUnderWay<'m, Watch>,
}

impl Pending<'_> {
    fn may_be_repeated(&self, client: &Client, error: &Error) -> bool {
        let repeatable = client.repeatable(self.message.client_id.is_some());
        client.retries().may_repeat(error, repeatable)
    }

    fn finish(mut self, result: Result<Receipt, Error>) -> (usize, Result<Receipt, Error>) {
        let watch = &self.under_way.watch;
        let result = match result {
            Ok(mut receipt) => {
                receipt.attempts = watch.take();
                Ok(receipt)
            }
            Err(error) => Err(watch.failed(error)),
        };
        self.under_way.end(result.as_ref().err());
        (self.position, result)
    }
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

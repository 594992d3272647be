//! The messages that go in one request.

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
    /// Sends what fits into one request, and repeats what may be repeated.
    pub(crate) async fn send_batch(
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

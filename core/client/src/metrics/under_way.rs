//! What a client counts and times while it runs: operations, messages and requests.

use std::borrow::Borrow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use wamux_engine::http::Method;
use wamux_engine::{Delivery, Error, Kind};

use super::series::add_one;
use super::{Meter, Operation, RequestKey};
use crate::watch::Watch;

/// The methods that have a name of their own in metrics.
const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "TRACE",
];

impl Meter {
    /// An operation begins.
    pub(crate) fn operation(&self, name: Operation) -> OperationUnderWay<'_> {
        OperationUnderWay {
            meter: self,
            name,
            begin: Instant::now(),
            latest: AtomicU64::new(0),
            ended: false,
        }
    }
}

/// An operation that runs; it was called off where it is dropped before it ended.
///
/// It reads the clock when something that takes time ends. What begins then begins at that moment, so that a message
/// which neither waits nor is repeated needs two readings: before it leaves, and when its answer is there.
pub(crate) struct OperationUnderWay<'m> {
    meter: &'m Meter,
    name: Operation,
    begin: Instant,
    /// When the clock was read last, in nanoseconds since the beginning.
    latest: AtomicU64,
    ended: bool,
}

impl<'m> OperationUnderWay<'m> {
    /// It sends a message.
    pub(crate) fn message<W: Borrow<Watch>>(&self, watch: W) -> MessageUnderWay<'m, W> {
        MessageUnderWay {
            meter: self.meter,
            operation: self.name,
            watch,
            ended: false,
        }
    }

    /// A request of it begins.
    pub(crate) fn request(&self, method: &Method) -> RequestUnderWay<'_> {
        let known = METHODS.into_iter().find(|known| *known == method.as_str());
        RequestUnderWay {
            operation: self,
            begin: self.latest(),
            key: RequestKey {
                method: known.unwrap_or("_OTHER"),
                status: None,
                error: Some(Kind::Cancelled),
            },
        }
    }

    /// It has to wait for its turn.
    pub(crate) async fn waits<T>(&self, turn: impl Future<Output = T>) -> T {
        let begin = self.latest();
        let output = turn.await;
        let waited = self.read_clock().saturating_sub(begin);
        self.meter.waits.of(()).record(waited);
        output
    }

    /// What failed so is about to be repeated.
    pub(crate) fn retry(&self, error: &Error) {
        add_one(self.meter.retries.of((self.name, error.kind())));
    }

    /// It rests before the next attempt.
    pub(crate) async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
        self.read_clock();
    }

    /// It ended, when the clock was read last.
    pub(crate) fn end(mut self, error: Option<&Error>) {
        self.ended = true;
        self.record(error.map(Error::kind), self.latest());
    }

    /// Nothing of it is recorded: there was nothing to do.
    pub(crate) fn forget(mut self) {
        self.ended = true;
    }

    /// Reads the clock: the nanoseconds since the beginning.
    pub(crate) fn read_clock(&self) -> u64 {
        let elapsed = self.begin.elapsed().as_nanos();
        let elapsed = u64::try_from(elapsed).unwrap_or(u64::MAX);
        self.latest.store(elapsed, Ordering::Relaxed);
        elapsed
    }

    fn latest(&self) -> u64 {
        self.latest.load(Ordering::Relaxed)
    }

    fn record(&self, error: Option<Kind>, nanoseconds: u64) {
        let series = self.meter.operations.of((self.name, error));
        series.record(nanoseconds);
    }
}

impl Drop for OperationUnderWay<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.record(Some(Kind::Cancelled), self.read_clock());
        }
    }
}

/// A message on its way; it was called off where it is dropped before it ended.
pub(crate) struct MessageUnderWay<'m, W: Borrow<Watch>> {
    meter: &'m Meter,
    operation: Operation,
    pub(crate) watch: W,
    ended: bool,
}

impl<W: Borrow<Watch>> MessageUnderWay<'_, W> {
    /// It ended.
    pub(crate) fn end(&mut self, error: Option<&Error>) {
        self.ended = true;
        // What no attempt was made at was not sent at all.
        if error.is_none_or(|error| !error.attempts().is_empty()) {
            self.count(error.map(|error| (error.kind(), error.delivery())));
        }
    }

    fn count(&self, failure: Option<(Kind, Delivery)>) {
        add_one(self.meter.messages.of((self.operation, failure)));
    }
}

impl<W: Borrow<Watch>> Drop for MessageUnderWay<'_, W> {
    fn drop(&mut self) {
        if !self.ended
            && let Some(delivery) = self.watch.borrow().stop()
        {
            self.count(Some((Kind::Cancelled, delivery)));
        }
    }
}

/// A request that runs; it was called off where it is dropped before it ended.
pub(crate) struct RequestUnderWay<'o> {
    operation: &'o OperationUnderWay<'o>,
    /// In nanoseconds since the beginning of the operation.
    begin: u64,
    key: RequestKey,
}

impl RequestUnderWay<'_> {
    /// It ended, with the status of its answer or without a whole one.
    pub(crate) fn end(mut self, outcome: Result<u16, &Error>) {
        self.key.status = outcome.map_or_else(Error::http_status, Some);
        self.key.error = outcome.err().map(Error::kind);
    }
}

impl Drop for RequestUnderWay<'_> {
    fn drop(&mut self) {
        let meter = self.operation.meter;
        let nanoseconds = self.operation.read_clock().saturating_sub(self.begin);
        meter.requests.of(self.key).record(nanoseconds);
    }
}

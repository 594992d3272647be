//! What a client counts: how often, how long, and with what outcome.
//!
//! Nothing here waits: a count is an atomic addition, and a series, once it is there, stays where it is. So a snapshot
//! stops nothing, and a message costs two readings of the clock for each thing that is timed, and no memory.

use std::borrow::Borrow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::Url;
use tokio::time::Instant;
use wamux_engine::gateway::Gateway;
use wamux_engine::http::Method;
use wamux_engine::{
    Attribute, Attributes, Delivery, Error, HistogramPoint, Kind, Metrics, NumberPoint,
};

use crate::client::Client;
use crate::watch::Watch;

/// The bounds that OpenTelemetry advises for durations of HTTP requests and of messaging, in seconds.
const BOUNDS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];
/// The methods that have a name of their own in metrics.
const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "TRACE",
];

impl Client {
    /// What this client and its clones have counted since they were made; `docs/observability.md` lists all of it.
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
    /// client.send(&Message::new("+79034567890", Content::Text(Text::new("Code: 1234")))).await?;
    ///
    /// let metrics = client.metrics();
    /// let sent = &metrics.counters[0];
    /// assert_eq!((sent.name, sent.value), ("messaging.client.sent.messages", 1));
    /// assert_eq!(metrics.histograms[0].name, "messaging.client.operation.duration");
    /// assert_eq!(metrics.histograms[0].count, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.meter().metrics()
    }
}

/// The counts of one client, shared by its clones.
pub(crate) struct Meter {
    system: &'static str,
    server: Option<(String, u16)>,
    messages: Series<(Operation, Option<(Kind, Delivery)>), AtomicU64>,
    refused: Series<Kind, AtomicU64>,
    retries: Series<(Operation, Kind), AtomicU64>,
    requests_under_way: AtomicU64,
    operations: Series<(Operation, Option<Kind>), Histogram>,
    requests: Series<RequestKey, Histogram>,
    waits: Series<(), Histogram>,
}

/// The name of what a client does: `send`, `send_batch`, or that of a call.
pub(crate) type Operation = &'static str;

#[derive(Clone, Copy, PartialEq)]
struct RequestKey {
    method: &'static str,
    status: Option<u16>,
    error: Option<Kind>,
}

impl Meter {
    pub(crate) fn new(gateway: &dyn Gateway) -> Self {
        let url = Url::parse(&gateway.url("")).ok();
        let server = url.and_then(|url| {
            let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
            Some((host, url.port_or_known_default()?))
        });
        Self {
            system: gateway.profile().id,
            server,
            messages: Series::default(),
            refused: Series::default(),
            retries: Series::default(),
            requests_under_way: AtomicU64::new(0),
            operations: Series::default(),
            requests: Series::default(),
            waits: Series::default(),
        }
    }

    /// The check refused a message.
    pub(crate) fn refused(&self, error: &Error) {
        add_one(self.refused.of(error.kind()));
    }

    /// What failed so is about to be repeated.
    pub(crate) fn retry(&self, operation: Operation, error: &Error) {
        add_one(self.retries.of((operation, error.kind())));
    }

    /// A request had to wait for its turn.
    pub(crate) fn waited(&self, duration: Duration) {
        self.waits.of(()).record(duration);
    }

    /// An operation begins.
    pub(crate) fn operation(&self, operation: Operation) -> OperationUnderWay<'_> {
        OperationUnderWay {
            meter: self,
            operation,
            begin: Instant::now(),
            error: Some(Kind::Cancelled),
        }
    }

    /// A request begins.
    pub(crate) fn request(&self, method: &Method) -> RequestUnderWay<'_> {
        self.requests_under_way.fetch_add(1, Ordering::Relaxed);
        let known = METHODS.into_iter().find(|known| *known == method.as_str());
        RequestUnderWay {
            meter: self,
            begin: Instant::now(),
            key: RequestKey {
                method: known.unwrap_or("_OTHER"),
                status: None,
                error: Some(Kind::Cancelled),
            },
        }
    }

    fn metrics(&self) -> Metrics {
        let mut metrics = Metrics::default();
        let mut count = |name, unit, attributes, value: &AtomicU64| {
            let value = value.load(Ordering::Relaxed);
            metrics.counters.push(NumberPoint {
                name,
                unit,
                attributes,
                value,
            });
        };
        for ((operation, failure), value) in self.messages.all() {
            let mut attributes = self.of_operation(operation, failure.map(|(kind, _)| kind));
            if let Some((_, delivery)) = failure {
                attributes.insert("wamux.delivery", delivery.as_str().into());
            }
            count(
                "messaging.client.sent.messages",
                "{message}",
                attributes,
                value,
            );
        }
        for (kind, value) in self.refused.all() {
            let mut attributes = self.of_gateway();
            attributes.insert("error.type", kind.as_str().into());
            count(
                "wamux.client.refused.messages",
                "{message}",
                attributes,
                value,
            );
        }
        for ((operation, kind), value) in self.retries.all() {
            let attributes = self.of_operation(operation, Some(kind));
            count("wamux.client.retries", "{retry}", attributes, value);
        }
        metrics.gauges.push(NumberPoint {
            name: "http.client.active_requests",
            unit: "{request}",
            attributes: self.of_server(),
            value: self.requests_under_way.load(Ordering::Relaxed),
        });
        for ((operation, error), histogram) in self.operations.all() {
            let attributes = self.of_operation(operation, error);
            let name = "messaging.client.operation.duration";
            metrics.histograms.push(histogram.point(name, attributes));
        }
        for (key, histogram) in self.requests.all() {
            let name = "http.client.request.duration";
            let attributes = self.of_request(key);
            metrics.histograms.push(histogram.point(name, attributes));
        }
        for ((), histogram) in self.waits.all() {
            let name = "wamux.client.wait.duration";
            metrics
                .histograms
                .push(histogram.point(name, self.of_gateway()));
        }
        metrics
    }

    fn of_gateway(&self) -> Attributes {
        Attributes::from([("messaging.system", self.system.into())])
    }

    fn of_server(&self) -> Attributes {
        let mut attributes = Attributes::new();
        if let Some((address, port)) = &self.server {
            attributes.insert("server.address", Attribute::Text(address.clone().into()));
            attributes.insert("server.port", (*port).into());
        }
        attributes
    }

    fn of_operation(&self, operation: Operation, error: Option<Kind>) -> Attributes {
        let mut attributes = self.of_server();
        attributes.extend(self.of_gateway());
        attributes.insert("messaging.operation.name", operation.into());
        if let Some(kind) = error {
            attributes.insert("error.type", kind.as_str().into());
        }
        attributes
    }

    fn of_request(&self, key: RequestKey) -> Attributes {
        let mut attributes = self.of_server();
        attributes.insert("http.request.method", key.method.into());
        if let Some(status) = key.status {
            attributes.insert("http.response.status_code", status.into());
            // Where the answer is whole, its status alone is the error, as the conventions say.
            if status >= 400 {
                attributes.insert("error.type", Attribute::Text(status.to_string().into()));
            }
        }
        if let Some(kind) = key.error {
            attributes.insert("error.type", kind.as_str().into());
        }
        attributes
    }
}

/// An operation that runs; it was called off where it is dropped before it ended.
pub(crate) struct OperationUnderWay<'m> {
    meter: &'m Meter,
    operation: Operation,
    begin: Instant,
    error: Option<Kind>,
}

impl<'m> OperationUnderWay<'m> {
    pub(crate) fn name(&self) -> Operation {
        self.operation
    }

    /// It sends a message.
    pub(crate) fn message<W: Borrow<Watch>>(&self, watch: W) -> MessageUnderWay<'m, W> {
        MessageUnderWay {
            meter: self.meter,
            operation: self.operation,
            watch,
            ended: false,
        }
    }

    /// It ended.
    pub(crate) fn end(mut self, error: Option<&Error>) {
        self.error = error.map(Error::kind);
    }
}

impl Drop for OperationUnderWay<'_> {
    fn drop(&mut self) {
        let series = self.meter.operations.of((self.operation, self.error));
        series.record(self.begin.elapsed());
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
            && let Some(delivery) = self.watch.borrow().so_far()
        {
            self.count(Some((Kind::Cancelled, delivery)));
        }
    }
}

/// A request that runs; it was called off where it is dropped before it ended.
pub(crate) struct RequestUnderWay<'m> {
    meter: &'m Meter,
    begin: Instant,
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
        self.meter
            .requests_under_way
            .fetch_sub(1, Ordering::Relaxed);
        self.meter
            .requests
            .of(self.key)
            .record(self.begin.elapsed());
    }
}

fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

/// How long things took.
#[derive(Default)]
struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

impl Histogram {
    fn record(&self, duration: Duration) {
        let seconds = duration.as_secs_f64();
        let bucket = BOUNDS.partition_point(|bound| *bound < seconds);
        if let Some(bucket) = self.buckets.get(bucket) {
            add_one(bucket);
        }
        let nanoseconds = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    fn point(&self, name: &'static str, attributes: Attributes) -> HistogramPoint {
        let counts = self.buckets.iter();
        let bucket_counts: Vec<u64> = counts.map(|count| count.load(Ordering::Relaxed)).collect();
        HistogramPoint {
            name,
            unit: "s",
            attributes,
            count: bucket_counts.iter().sum(),
            sum: Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64(),
            explicit_bounds: &BOUNDS,
            bucket_counts,
        }
    }
}

/// Values by their keys: a list to which any thread can append and from which nothing is taken. There are few, and the
/// usual one came first.
struct Series<K, V>(OnceLock<Box<Entry<K, V>>>);

struct Entry<K, V> {
    key: K,
    value: V,
    next: Series<K, V>,
}

impl<K, V> Default for Series<K, V> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<K: Copy + PartialEq, V: Default> Series<K, V> {
    /// The value of a key, made where it is missing.
    fn of(&self, key: K) -> &V {
        let mut place = self;
        loop {
            let entry = place.0.get_or_init(|| {
                Box::new(Entry {
                    key,
                    value: V::default(),
                    next: Self::default(),
                })
            });
            if entry.key == key {
                return &entry.value;
            }
            place = &entry.next;
        }
    }

    /// All that are there, in the order in which they came.
    fn all(&self) -> impl Iterator<Item = (K, &V)> {
        let first = self.0.get();
        let entries = std::iter::successors(first, |entry| entry.next.0.get());
        entries.map(|entry| (entry.key, &entry.value))
    }
}

/// One after the other: as many statuses as a server can think of must not be as many nested calls.
impl<K, V> Drop for Series<K, V> {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut entry) = next {
            next = entry.next.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_the_first_bucket_that_holds_it() {
        let histogram = Histogram::default();
        for milliseconds in [0, 5, 6, 10_000, 10_001] {
            histogram.record(Duration::from_millis(milliseconds));
        }
        let point = histogram.point("x", Attributes::new());
        assert_eq!(point.count, 5);
        assert!((point.sum - 20.012).abs() < 1e-9);
        assert_eq!(point.bucket_counts[..2], [2, 1]);
        assert_eq!(point.bucket_counts[13..], [1, 1]);
    }

    #[test]
    fn threads_that_come_together_share_a_series() {
        let series = Series::<u16, AtomicU64>::default();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for key in (0..100).cycle().take(10_000) {
                        add_one(series.of(key));
                    }
                });
            }
        });
        let all: Vec<_> = series.all().collect();
        assert_eq!(all.len(), 100);
        assert!(
            all.iter()
                .all(|(_, count)| count.load(Ordering::Relaxed) == 800)
        );
    }

    #[test]
    fn a_long_list_ends() {
        let series = Series::<u32, AtomicU64>::default();
        (0..5_000).for_each(|key| add_one(series.of(key)));
        assert_eq!(series.all().count(), 5_000);
    }
}

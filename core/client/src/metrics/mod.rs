//! What a client counts: how often, how long, and with what outcome.
//!
//! Nothing here waits: a count is an atomic addition, and a series, once it is there, stays where it is. So a snapshot
//! stops nothing, and a message costs no memory and two readings of the clock, which cost more than all the rest.

mod series;
mod under_way;

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Url;
use wamux_engine::gateway::Gateway;
use wamux_engine::{Attribute, Attributes, Delivery, Error, Kind, Metrics, NumberPoint};

use crate::client::Client;
use series::{Histogram, Series, add_one};
pub(crate) use under_way::{MessageUnderWay, OperationUnderWay};

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
        self.meter().metrics(self.limits().under_way())
    }
}

/// The counts of one client, shared by its clones.
pub(crate) struct Meter {
    system: &'static str,
    server: Option<(String, u16)>,
    messages: Series<(Operation, Option<(Kind, Delivery)>), AtomicU64>,
    refused: Series<Kind, AtomicU64>,
    retries: Series<(Operation, Kind), AtomicU64>,
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
            operations: Series::default(),
            requests: Series::default(),
            waits: Series::default(),
        }
    }

    /// The check refused a message.
    pub(crate) fn refused(&self, error: &Error) {
        add_one(self.refused.of(error.kind()));
    }

    fn metrics(&self, requests_under_way: usize) -> Metrics {
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
            value: u64::try_from(requests_under_way).unwrap_or(u64::MAX),
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

//! What a client tells `tracing`: a span for each operation, and an event for each attempt and each retry.
//!
//! Beside the fields that wamux has everywhere stand those of OpenTelemetry's semantic conventions, as
//! `tracing-opentelemetry` hands them on. No field has a text or a key, and a number is masked.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};
use wamux_engine::message::ContentType;
use wamux_engine::{Delivery, Error, Kind};

use crate::watch::Watch;

/// The sending of one message.
pub(crate) fn send(gateway: &'static str, content_type: ContentType) -> Span {
    info_span!(
        "send",
        gateway,
        "type" = content_type.as_str(),
        to = Empty,
        kind = Empty,
        delivery = Empty,
        http_status = Empty,
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "messaging.system" = gateway,
        "messaging.operation.name" = "send",
        "error.type" = Empty,
        "http.response.status_code" = Empty,
    )
}

/// The sending of several messages in one request.
pub(crate) fn send_batch(gateway: &'static str, messages: usize) -> Span {
    info_span!(
        "send_batch",
        gateway,
        messages,
        "otel.kind" = "client",
        "messaging.system" = gateway,
        "messaging.operation.name" = "send_batch",
        "messaging.batch.message_count" = messages,
    )
}

/// A call beyond sending.
pub(crate) fn call(gateway: &'static str, name: &'static str) -> Span {
    info_span!(
        "call",
        gateway,
        name,
        kind = Empty,
        delivery = Empty,
        http_status = Empty,
        "otel.name" = name,
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "messaging.system" = gateway,
        "messaging.operation.name" = name,
        "error.type" = Empty,
        "http.response.status_code" = Empty,
    )
}

/// Notes the status of the last answer, where one came.
pub(crate) fn answered(span: &Span, http_status: Option<u16>) {
    if let Some(http_status) = http_status {
        span.record("http_status", http_status);
        span.record("http.response.status_code", http_status);
    }
}

/// The span of an operation that runs; it was called off where this is dropped before it ended.
pub(crate) struct Noted<'n> {
    span: &'n Span,
    watch: &'n Watch,
    ended: bool,
}

impl<'n> Noted<'n> {
    /// The operation begins.
    pub(crate) fn begin(span: &'n Span, watch: &'n Watch) -> Self {
        Self {
            span,
            watch,
            ended: false,
        }
    }

    /// It ended.
    pub(crate) fn end(mut self, error: Option<&Error>) {
        self.ended = true;
        if let Some(error) = error {
            self.failed(error.kind(), error.delivery());
            self.span.in_scope(|| unknown([error]));
        }
    }

    fn failed(&self, kind: Kind, delivery: Delivery) {
        self.span.record("kind", kind.as_str());
        self.span.record("delivery", delivery.as_str());
        self.span.record("error.type", kind.as_str());
        self.span.record("otel.status_code", "ERROR");
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        if !self.ended {
            let delivery = self.watch.stop().unwrap_or(Delivery::NotSent);
            self.failed(Kind::Cancelled, delivery);
            if delivery == Delivery::Unknown {
                self.span.in_scope(called_off);
            }
        }
    }
}

/// Tells that something was called off that the gateway may have.
pub(crate) fn called_off() {
    let kind = Kind::Cancelled.as_str();
    warn!(kind, "it was called off, and the gateway may have it");
}

/// Tells of the failures after which the gateway may have it.
pub(crate) fn unknown<'e>(failures: impl IntoIterator<Item = &'e Error>) {
    let failures = failures.into_iter();
    let mut unknown = failures.filter(|error| error.delivery() == Delivery::Unknown);
    if let Some(first) = unknown.next() {
        warn!(
            kind = first.kind().as_str(),
            http_status = first.http_status(),
            attempts = first.attempts().len(),
            reason = %first,
            failures = unknown.count() + 1,
            "it failed, and the gateway may have it"
        );
    }
}

/// Tells of an attempt that ended, with the status of its answer.
pub(crate) fn attempt(number: usize, error: Option<&Error>, http_status: Option<u16>) {
    match error {
        None => debug!(attempt = number, http_status, "an attempt succeeded"),
        Some(error) => debug!(
            attempt = number,
            kind = error.kind().as_str(),
            delivery = error.delivery().as_str(),
            http_status,
            reason = %error,
            "an attempt failed"
        ),
    }
}

/// Tells of a retry that is about to happen.
pub(crate) fn retry(error: &Error, wait: Duration) {
    warn!(
        kind = error.kind().as_str(),
        delivery = error.delivery().as_str(),
        http_status = error.http_status(),
        seconds = wait.as_secs_f64(),
        reason = %error,
        "an attempt failed and is repeated"
    );
}

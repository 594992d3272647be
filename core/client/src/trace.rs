//! What a client tells `tracing`: a span for each operation, and an event for each attempt and each retry.
//!
//! Beside the fields that wamux has everywhere stand those of OpenTelemetry's semantic conventions, as
//! `tracing-opentelemetry` hands them on. No field has a text or a key, and a number is masked.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};
use wamux_engine::message::ContentType;
use wamux_engine::{Delivery, Error};

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

/// Notes the status of the last answer.
pub(crate) fn answered(span: &Span, http_status: u16) {
    span.record("http_status", http_status);
    span.record("http.response.status_code", http_status);
}

/// Notes how an operation failed.
pub(crate) fn failed(span: &Span, error: &Error) {
    span.record("kind", error.kind().as_str());
    span.record("delivery", error.delivery().as_str());
    span.record("error.type", error.kind().as_str());
    span.record("otel.status_code", "ERROR");
    span.in_scope(|| unknown([error]));
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

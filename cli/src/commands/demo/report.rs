//! What became of each message, as a table or in JSON.

use std::io;

use comfy_table::{Table, presets};
use serde::Serialize;
use serde_json::Value;
use wamux::StatusKind;

use super::receiver::Received;
use super::senders::Outcome;
use crate::stdio::Output;

/// A message and what is known of it.
#[derive(Debug, Serialize)]
pub(super) struct Delivery {
    language: String,
    pub(super) gateway: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    /// In the order in which they came; the first is the receipt's.
    pub(super) statuses: Vec<StatusKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    /// The error in words.
    #[serde(skip)]
    words: String,
}

impl Delivery {
    pub(super) fn new(
        language: &str,
        gateway: &'static str,
        kind: &'static str,
        outcome: Outcome,
    ) -> Self {
        let mut delivery = Self {
            language: language.to_owned(),
            gateway,
            kind,
            to: None,
            message_id: None,
            statuses: Vec::new(),
            error: None,
            words: String::new(),
        };
        match outcome {
            Outcome::Accepted { to, message_id } => {
                delivery.statuses.push(StatusKind::Accepted);
                delivery.to = to;
                delivery.message_id = message_id;
            }
            Outcome::Refused { words, error } => {
                delivery.words = words;
                delivery.error = Some(error);
            }
        }
        delivery
    }

    /// Whether the status speaks of this message.
    pub(super) fn is_of(&self, received: &Received) -> bool {
        self.gateway == received.gateway
            && self.message_id.as_ref() == Some(&received.status.message_id)
    }

    /// Whether the message was accepted and can still be delivered.
    pub(super) fn is_waiting(&self) -> bool {
        let has_failed = self.statuses.contains(&StatusKind::Failed);
        self.error.is_none() && !has_failed && !self.is_delivered()
    }

    fn is_delivered(&self) -> bool {
        self.statuses.contains(&StatusKind::Delivered)
    }

    /// The statuses in words, or why there is none.
    fn history(&self) -> String {
        if self.error.is_some() {
            return self.words.clone();
        }
        let words: Vec<&str> = self.statuses.iter().map(|status| word(*status)).collect();
        words.join(", ")
    }
}

fn word(status: StatusKind) -> &'static str {
    match status {
        StatusKind::Accepted => "accepted",
        StatusKind::Sent => "sent",
        StatusKind::Delivered => "delivered",
        StatusKind::Read => "read",
        StatusKind::Failed => "failed",
        StatusKind::Deleted => "deleted",
        StatusKind::Unknown => "unknown",
    }
}

pub(super) fn write(
    deliveries: &[Delivery],
    json: bool,
    output: &mut Output<'_>,
) -> io::Result<()> {
    if json {
        return deliveries.iter().try_for_each(|delivery| {
            if delivery.is_delivered() {
                output.write(delivery)
            } else {
                output.write_failure(delivery)
            }
        });
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header([
        "language",
        "gateway",
        "type",
        "recipient",
        "message id",
        "status",
    ]);
    for delivery in deliveries {
        table.add_row([
            delivery.language.as_str(),
            delivery.gateway,
            delivery.kind,
            delivery.to.as_deref().unwrap_or_default(),
            delivery.message_id.as_deref().unwrap_or_default(),
            &delivery.history(),
        ]);
    }
    output.write_text(&table.to_string())
}

/// Which messages were not delivered, in words without numbers; empty where all were.
pub(super) fn failures(deliveries: &[Delivery]) -> String {
    let missing = deliveries
        .iter()
        .filter(|delivery| !delivery.is_delivered());
    let missing: Vec<String> = missing
        .map(|delivery| {
            format!(
                "{}: {} {} ({})",
                delivery.language,
                delivery.gateway,
                delivery.kind,
                delivery.history()
            )
        })
        .collect();
    if deliveries.is_empty() {
        "demo: nothing was sent".to_owned()
    } else if missing.is_empty() {
        String::new()
    } else {
        format!("demo: not delivered: {}", missing.join("; "))
    }
}

//! The one table of codes: what each gateway documents of failures, and what wamux makes of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Delivery, Error, Kind, Reason};
use crate::event::StatusError;
use crate::gateway::Profile;
use crate::masked::Private;

/// A documented code of a gateway.
///
/// ```
/// use wamux_engine::gateway;
///
/// let row = gateway::profile("devino-v2")?.codes().find(|row| row.code == "2312").unwrap();
/// assert_eq!(row.kind.as_str(), "window_closed");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "GatewayCode")]
pub struct Row {
    /// The code, as text.
    pub code: &'static str,
    /// The parameter that the code refers to.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'static str>,
    /// Where the code is met.
    #[serde(rename = "where")]
    pub places: &'static [Place],
    /// The HTTP status that it comes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// What it means.
    pub title: &'static str,
    /// The kind of error that it becomes.
    pub kind: Kind,
    /// Whether the same message can succeed later.
    pub retryable: bool,
    /// What is known about the message; none for statuses and webhooks.
    pub delivery: Option<Delivery>,
    /// What to do about it.
    pub advice: &'static str,
}

/// Where a code is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A reason in a per-message rejection.
    Reason,
    /// The answer to a call.
    Answer,
    /// The status callback of a message.
    Status,
    /// A webhook's errors.
    Webhook,
}

/// A code as a gateway sent it.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) code: String,
    pub(crate) reference: Option<String>,
    /// The gateway's short text of the code: with some gateways it tells apart what the code joins.
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

impl Given {
    /// A code that came without any words.
    pub(crate) fn code(code: String) -> Self {
        Self {
            code,
            ..Self::default()
        }
    }
}

impl Row {
    fn matches(&self, given: &Given, place: Place) -> bool {
        self.code == given.code && self.places.contains(&place)
    }
}

/// The row of a code: of those met in this place (an answer can bear what else comes later), the one
/// with the same reference, else the one without any.
fn row(profile: &Profile, given: &Given, place: Place) -> Option<&'static Row> {
    let reference = given.reference.as_deref().map(without_indexes);
    let places: &[Place] = match place {
        Place::Answer => &[Place::Answer, Place::Webhook],
        Place::Reason => &[Place::Reason, Place::Status],
        Place::Status | Place::Webhook => std::slice::from_ref(&place),
    };
    places.iter().find_map(|place| {
        let rows = || profile.codes().filter(|row| row.matches(given, *place));
        rows()
            .find(|row| {
                row.reference
                    .is_some_and(|own| refers(reference.as_deref(), own))
            })
            .or_else(|| rows().find(|row| row.reference.is_none()))
    })
}

/// Whether a reference is that of a row; in a single send it has no `messages[i].` before it.
fn refers(given: Option<&str>, own: &str) -> bool {
    given.is_some_and(|given| own == given || own.strip_prefix("messages[i].") == Some(given))
}

/// `messages[3].to` → `messages[i].to`, as the documentation writes it.
fn without_indexes(reference: &str) -> String {
    let mut parts = reference.split('[');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((index, rest)) if index.bytes().all(|b| b.is_ascii_digit()) => {
                out.push_str("[i]");
                out.push_str(rest);
            }
            _ => {
                out.push('[');
                out.push_str(part);
            }
        }
    }
    out
}

fn reason(given: &Given, row: Option<&Row>) -> Reason {
    Reason {
        code: given.code.clone(),
        reference: given.reference.clone(),
        title: row.map(|row| row.title.to_owned()),
        advice: row.map(|row| row.advice.to_owned()),
        description: given
            .description
            .as_ref()
            .or(given.title.as_ref())
            .map(|text| Private::new(text.as_str())),
    }
}

/// What the table says of the codes that came together.
struct Reading {
    /// The row of the first code that is documented.
    first: Option<&'static Row>,
    retryable: bool,
    reasons: Vec<Reason>,
}

fn read(profile: &Profile, place: Place, given: &[Given]) -> Reading {
    let rows: Vec<Option<&Row>> = given
        .iter()
        .map(|given| row(profile, given, place))
        .collect();
    Reading {
        first: rows.iter().flatten().next().copied(),
        // One reason that will not go away is enough for the message to fail again.
        retryable: !rows.is_empty() && rows.iter().all(|row| row.is_some_and(|row| row.retryable)),
        reasons: given
            .iter()
            .zip(rows)
            .map(|(given, row)| reason(given, row))
            .collect(),
    }
}

/// The error of an answer that bears codes. Without a documented one the gateway still refused, so
/// that the message is not sent; but under a server error that proves nothing, and neither does a
/// documented code under a server error that is not its own.
pub(crate) fn refusal(profile: &Profile, place: Place, status: u16, given: &[Given]) -> Error {
    let reading = read(profile, place, given);
    // A known code about another parameter is the message's fault all the same.
    let known = |given: &Given| profile.codes().any(|row| row.matches(given, place));
    let other = if given.iter().any(known) {
        Kind::Validation
    } else {
        Kind::Rejected
    };
    let undocumented = if status < 500 {
        Delivery::NotSent
    } else {
        Delivery::Unknown
    };
    let documented = |row: &&Row| {
        status < 500 || row.http_status == Some(status) || row.code == status.to_string()
    };
    let delivery = reading
        .first
        .filter(documented)
        .and_then(|row| row.delivery);
    let kind = reading.first.map_or(other, |row| row.kind);
    Error::new(kind, delivery.unwrap_or(undocumented), "")
        .with_retryable(reading.retryable)
        .with_reasons(reading.reasons)
}

/// The error in a status callback.
pub(crate) fn status_error(profile: &Profile, place: Place, given: &[Given]) -> StatusError {
    let reading = read(profile, place, given);
    StatusError {
        kind: reading.first.map_or(Kind::Rejected, |row| row.kind),
        retryable: reading.retryable,
        gateway: profile.id,
        code: given.first().map(|given| given.code.clone()),
        reasons: reading.reasons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lose_their_indexes() {
        assert_eq!(without_indexes("messages[12].to"), "messages[i].to");
        assert_eq!(without_indexes("messages"), "messages");
        assert_eq!(without_indexes("messages[i].to"), "messages[i].to");
        assert_eq!(without_indexes("messages[1"), "messages[1");
    }
}

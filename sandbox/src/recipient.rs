//! Magic recipients: phone numbers that force a documented code.

use serde::Serialize;

use crate::Options;
use crate::gateway::registry;

/// What every magic number begins with: a Russian area code that is not assigned, so that nobody owns one of them.
const PREFIX: &str = "7200";
/// Digits of a whole number.
const LENGTH: usize = 11;

/// Where a documented code stands.
///
/// ```
/// use wamux_sandbox::Place;
///
/// assert_eq!(serde_json::to_string(&Place::Webhook)?, r#""webhook""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// In the answer to the call that sends; nothing is accepted.
    Answer,
    /// In the `reasons` of a message that an answer with HTTP 200 rejects.
    Reason,
    /// In a status callback: the message is accepted, and fails later.
    Status,
    /// In a body that goes to the configured webhook: the message is accepted, and fails later.
    Webhook,
    /// No code: the message is accepted and ends in the state, or leads to the body, that `code` names.
    Outcome,
}

/// A number that forces a documented code of a gateway, whatever the message, if the call is good otherwise.
///
/// ```
/// use wamux_sandbox::{Place, magic_recipients};
///
/// let left_whatsapp = magic_recipients()
///     .into_iter()
///     .find(|one| one.gateway == "devino-v2" && one.code == "2305")
///     .ok_or("no such row")?;
/// assert_eq!(left_whatsapp.to, "+72002002305");
/// assert_eq!(left_whatsapp.digits(), "72002002305");
/// assert_eq!(left_whatsapp.place, Place::Status);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MagicRecipient {
    /// The gateway's id, such as `devino-v1`. The same number may mean another code, or none, to another gateway.
    pub gateway: &'static str,
    /// The number in E.164.
    pub to: String,
    /// Where the code stands; `where` in JSON.
    #[serde(rename = "where")]
    pub place: Place,
    /// The code as the gateway writes it; for [`Place::Outcome`] the name of the last state.
    pub code: String,
    /// Devino's reference as its pages write it, such as `messages[i].to`; `ref` in JSON.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'static str>,
    /// The HTTP status of the answer; `None` where the message is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// What it means, in a few words.
    pub title: &'static str,
}

impl MagicRecipient {
    /// A row without a reference and without an HTTP status.
    pub(crate) fn new(
        gateway: &'static str,
        to: String,
        place: Place,
        code: impl Into<String>,
        title: &'static str,
    ) -> Self {
        Self {
            gateway,
            to,
            place,
            code: code.into(),
            reference: None,
            http_status: None,
            title,
        }
    }

    /// The number without `+`, as most gateways write it.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.to.trim_start_matches('+')
    }
}

/// The magic recipients of all gateways: one for each documented code in each place where it can stand.
///
/// ```
/// use wamux_sandbox::{Place, magic_recipients};
///
/// let refused: Vec<String> = magic_recipients()
///     .into_iter()
///     .filter(|one| one.gateway == "rapporto" && one.place == Place::Answer)
///     .map(|one| one.code)
///     .collect();
/// assert_eq!(refused, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "100"]);
/// ```
#[must_use]
pub fn magic_recipients() -> Vec<MagicRecipient> {
    registry(&Options::default())
        .iter()
        .flat_map(|gateway| gateway.recipients())
        .collect()
}

/// The digit after the prefix: what a magic number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    /// The answer refuses.
    Answer,
    /// A callback tells the failure.
    Callback,
    /// A host before the gateway refuses.
    Host,
    /// The same in the host's other spelling.
    HostCamelCase,
    /// An ending without a code.
    Outcome,
}

impl Series {
    const ALL: [Self; 5] = [
        Self::Answer,
        Self::Callback,
        Self::Host,
        Self::HostCamelCase,
        Self::Outcome,
    ];

    fn digit(self) -> char {
        match self {
            Self::Answer => '1',
            Self::Callback => '2',
            Self::Host => '3',
            Self::HostCamelCase => '4',
            Self::Outcome => '5',
        }
    }

    /// The number of this series whose last six digits are `serial`, in E.164.
    pub(crate) fn number(self, serial: u32) -> String {
        format!("+{PREFIX}{}{serial:06}", self.digit())
    }
}

/// The series and the last six digits of a recipient that may be magic. A chat's id, dashes, `+`, and the Russian trunk
/// prefix 8 are read too, since some gateways write them.
pub(crate) fn magic(to: &str) -> Option<(Series, u32)> {
    let number = to.split('@').next().unwrap_or_default();
    let digits = number.replace(['+', '-'], "");
    if digits.len() != LENGTH {
        return None;
    }
    let national = digits.strip_prefix(['7', '8'])?;
    let rest = national.strip_prefix(&PREFIX[1..])?;
    let series = Series::ALL
        .into_iter()
        .find(|series| rest.starts_with(series.digit()))?;
    Some((series, rest.get(1..)?.parse().ok()?))
}

/// The code among these, each with its title, that a recipient's status callback tells.
pub(crate) fn failing_code(to: &str, codes: &[(u32, &str)]) -> Option<u32> {
    let (Series::Callback, code) = magic(to)? else {
        return None;
    };
    codes
        .iter()
        .any(|(known, _)| *known == code)
        .then_some(code)
}

/// The recipients of these codes of status callbacks.
pub(crate) fn failing_recipients(
    gateway: &'static str,
    codes: &'static [(u32, &'static str)],
) -> impl Iterator<Item = MagicRecipient> {
    codes.iter().map(move |(code, title)| {
        let to = Series::Callback.number(*code);
        MagicRecipient::new(gateway, to, Place::Status, code.to_string(), title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_magic_number_is_read() {
        for to in [
            "+72001000004",
            "72001000004",
            "82001000004",
            "8-200-100-00-04",
            "72001000004@c.us",
        ] {
            assert_eq!(magic(to), Some((Series::Answer, 4)), "{to}");
        }
        assert_eq!(
            magic(&Series::Outcome.number(12)),
            Some((Series::Outcome, 12))
        );
        for to in [
            "",
            "72101234567",
            "79034567890",
            "7200100004",
            "720010000041",
            "72009000004",
            "7200100000x",
            "72001234567-1479621234@g.us",
        ] {
            assert_eq!(magic(to), None, "{to}");
        }
    }
}

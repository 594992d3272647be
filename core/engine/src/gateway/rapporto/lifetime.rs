//! Lifetimes: the caller's seconds in the unit that goes out.
//!
//! Sources: Rapporto, "WhatsApp Message Sending", Request Parameters; of the channels of a cascade
//! "SMS", "Viber", "VK", "Telegram", "Push" and "`FlashingCall` (`VoiceCode`)".

use super::TtlUnit;
use super::cascade::CascadeChannel;
use crate::payload::{IntoPayload, Payload};
use crate::violation::{Code, Violation};

const DAY: u64 = 86_400;

/// The largest number that every JSON parser reads exactly.
const MOST_UNITS: u64 = (1 << 53) - 1;

impl TtlUnit {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "SECONDS",
            Self::Minutes => "MINUTES",
            Self::Hours => "HOURS",
        }
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3600,
        }
    }
}

/// What a channel takes, in seconds.
struct Range {
    /// What a lifetime is a whole number of, and its name.
    step: (u64, &'static str),
    least: u64,
    most: u64,
}

impl Range {
    fn of(channel: CascadeChannel, unit: Option<TtlUnit>) -> Self {
        use CascadeChannel::{FlashingCall, Push, Sms, Telegram, Viber, Vk, Whatsapp};
        let step = match unit {
            None if channel == Whatsapp => (DAY, "days"),
            None | Some(TtlUnit::Minutes) => (60, "minutes"),
            Some(TtlUnit::Seconds) => (1, "seconds"),
            Some(TtlUnit::Hours) => (3600, "hours"),
        };
        let (least, most) = match (channel, unit) {
            (Whatsapp, None) => (DAY, 7 * DAY),
            (Whatsapp, Some(_)) => (1, MOST_UNITS.saturating_mul(step.0)),
            (FlashingCall, _) => (60, 300),
            (Sms, _) => (60, 2 * DAY),
            (Vk, _) => (60, DAY),
            (Push | Telegram | Viber, _) => (30, DAY),
        };
        Self {
            step,
            least: least.next_multiple_of(step.0),
            most,
        }
    }

    fn words(&self) -> String {
        let Self { step, least, most } = self;
        match step {
            (1, _) => format!("must be {least} to {most} seconds"),
            (step, name) if *most > MOST_UNITS => {
                format!("must be a whole number of {name}, such as {step} seconds")
            }
            (_, name) => format!("must be a whole number of {name}, {least} to {most} seconds"),
        }
    }
}

/// Says in seconds what the channel does not take. 0 is the gateway's own default.
pub(super) fn check(
    channel: CascadeChannel,
    seconds: Option<u64>,
    unit: Option<TtlUnit>,
    path: impl FnOnce() -> String,
    violations: &mut Vec<Violation>,
) {
    let Some(seconds) = seconds.filter(|seconds| *seconds > 0) else {
        return;
    };
    let range = Range::of(channel, unit);
    let (step, _) = range.step;
    let is_whole = seconds.is_multiple_of(step);
    let bound = if seconds < range.least {
        Some(range.least)
    } else {
        (seconds > range.most).then_some(range.most)
    };
    if is_whole && bound.is_none() {
        return;
    }
    // Whole days are seven values, of which none is a bound.
    let bound = bound.filter(|_| is_whole && step != DAY);
    violations.push(Violation {
        limit: bound.map(Into::into),
        ..Violation::error(Code::Invalid, path(), range.words())
    });
}

/// A lifetime in its unit (minutes without one); 0 is the gateway's default and left out. What is
/// no whole number of the unit is refused by [`check`].
#[expect(
    clippy::cast_precision_loss,
    reason = "a fraction is refused, whatever it is"
)]
pub(super) fn in_unit<'m>(seconds: Option<u64>, unit: Option<TtlUnit>) -> Option<Payload<'m>> {
    let seconds = seconds.filter(|seconds| *seconds > 0)?;
    let unit = unit.unwrap_or(TtlUnit::Minutes).seconds();
    match i64::try_from(seconds / unit) {
        Ok(value) if seconds.is_multiple_of(unit) => value.into_payload(),
        _ => (seconds as f64 / unit as f64).into_payload(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CascadeChannel::{FlashingCall, Push, Sms, Whatsapp};

    fn fault(
        channel: CascadeChannel,
        seconds: u64,
        unit: Option<TtlUnit>,
    ) -> Option<(String, Option<u64>)> {
        let mut violations = Vec::new();
        check(
            channel,
            Some(seconds),
            unit,
            || "ttl".into(),
            &mut violations,
        );
        let violation = violations.pop()?;
        Some((violation.message, violation.limit.and_then(|l| l.as_u64())))
    }

    #[test]
    fn faults_and_limits_are_in_seconds() {
        let days = "must be a whole number of days, 86400 to 604800 seconds";
        for seconds in [90, 1440, 86_399, 86_460, 8 * DAY] {
            assert_eq!(fault(Whatsapp, seconds, None), Some((days.into(), None)));
        }
        let call = "must be a whole number of minutes, 60 to 300 seconds".to_owned();
        assert_eq!(
            fault(FlashingCall, 360, None),
            Some((call.clone(), Some(300)))
        );
        assert_eq!(fault(FlashingCall, 90, None), Some((call, None)));
        let push = "must be a whole number of minutes, 60 to 86400 seconds".to_owned();
        assert_eq!(fault(Push, 30, None), Some((push, None)));
        let push = "must be 30 to 86400 seconds".to_owned();
        assert_eq!(
            fault(Push, 29, Some(TtlUnit::Seconds)),
            Some((push, Some(30)))
        );
        let sms = "must be a whole number of hours, 3600 to 172800 seconds".to_owned();
        assert_eq!(
            fault(Sms, 49 * 3600, Some(TtlUnit::Hours)),
            Some((sms, Some(172_800)))
        );
    }

    #[test]
    fn what_a_channel_takes_is_no_fault() {
        for (channel, seconds, unit) in [
            (Whatsapp, 0, None),
            (Whatsapp, 86_400, None),
            (Whatsapp, 604_800, None),
            (Whatsapp, 1, Some(TtlUnit::Seconds)),
            (Whatsapp, MOST_UNITS, Some(TtlUnit::Seconds)),
            (FlashingCall, 300, None),
            (Push, 30, Some(TtlUnit::Seconds)),
        ] {
            assert_eq!(fault(channel, seconds, unit), None, "{channel:?} {seconds}");
        }
        assert!(fault(Whatsapp, MOST_UNITS + 1, Some(TtlUnit::Seconds)).is_some());
    }
}

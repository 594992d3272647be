//! How the types that uniffi has no form for cross to Kotlin and Swift.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Number, Value as Json};

use crate::gateway;
use crate::masked::Private;
use crate::message::Schedule;

type GatewayId = &'static str;
type ExtraParameters = BTreeMap<String, String>;

uniffi::custom_type!(
    /// The id of a gateway, such as `devino-v2`.
    GatewayId, String, {
    remote,
    lower: |id| id.to_owned(),
    try_lift: |id| Ok(gateway::profile(&id)?.id),
});

uniffi::custom_type!(
    /// Text that can repeat what a person wrote: no `toString` shows it.
    Private, String, {
    lower: |text| text.as_str().to_owned(),
    try_lift: |text| Ok(Private::new(text)),
});

uniffi::custom_type!(
    /// JSON text.
    Json, String, {
    remote,
    lower: |json| json.to_string(),
    try_lift: |text| Ok(serde_json::from_str(&text)?),
});

uniffi::custom_type!(
    /// A limit: every limit of a gateway's schema is a whole number.
    Number, i64, {
    remote,
    lower: |number| number.as_i64().unwrap_or(i64::MAX),
    try_lift: |number| Ok(Number::from(number)),
});

uniffi::custom_type!(
    /// Parameters by their names.
    ExtraParameters, HashMap<String, String>, {
    remote,
    lower: |parameters| parameters.into_iter().collect(),
    try_lift: |parameters| Ok(parameters.into_iter().collect()),
});

uniffi::custom_type!(
    /// When a gateway may deliver a message.
    Schedule, ScheduleRecord, {
    lower: |schedule| schedule.into(),
    try_lift: |record| Ok(record.into()),
});

/// When a gateway may deliver a message.
// A record of its own, since uniffi makes an array of bytes of the weekdays' `Vec<u8>`.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct ScheduleRecord {
    /// The earliest time of day, `HH:MM`.
    #[uniffi(default)]
    from: Option<String>,
    /// The latest time of day, `HH:MM`.
    #[uniffi(default)]
    until: Option<String>,
    /// The days of the week, 1 for Monday to 7 for Sunday; empty: every day.
    #[uniffi(default)]
    weekdays: Vec<i32>,
    /// The moment after which the message is not sent any more, in RFC 3339.
    #[uniffi(default)]
    deadline: Option<String>,
    /// Whether the times are the recipient's own; absent or false: the gateway's.
    #[uniffi(default)]
    recipient_time_zone: Option<bool>,
}

impl From<Schedule> for ScheduleRecord {
    fn from(schedule: Schedule) -> Self {
        Self {
            from: schedule.from,
            until: schedule.until,
            weekdays: schedule.weekdays.into_iter().map(i32::from).collect(),
            deadline: schedule.deadline,
            recipient_time_zone: schedule.recipient_time_zone,
        }
    }
}

impl From<ScheduleRecord> for Schedule {
    fn from(record: ScheduleRecord) -> Self {
        // Zero is no day either, and is refused with its path when the message is checked.
        let day = |day: i32| u8::try_from(day).unwrap_or(0);
        Self {
            from: record.from,
            until: record.until,
            weekdays: record.weekdays.into_iter().map(day).collect(),
            deadline: record.deadline,
            recipient_time_zone: record.recipient_time_zone,
        }
    }
}

impl std::fmt::Debug for ScheduleRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Schedule::from(self.clone()).fmt(f)
    }
}

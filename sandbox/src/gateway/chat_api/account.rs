//! Whether the instance is linked to a phone: its status, the QR code that links it, and how the status changed.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::query::Query;
use crate::log::keep;

/// How long a QR code is valid (chat-api, GET /status).
const QR_VALIDITY: Duration = Duration::from_mins(1);
/// How many changes are kept.
const KEPT_CHANGES: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Status {
    #[serde(rename = "init")]
    Init,
    #[serde(rename = "loading")]
    Loading,
    #[serde(rename = "got qr code")]
    GotQrCode,
    #[serde(rename = "authenticated")]
    Authenticated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Substatus {
    Normal,
    Loading,
    Offline,
    Expired,
    Opening,
    Pairing,
    Timeout,
    /// Another computer has the session.
    Computer,
    Phone,
    #[serde(rename = "battery_low_1")]
    BatteryLow1,
    #[serde(rename = "battery_low_2")]
    BatteryLow2,
}

/// Why an instance is still loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reason {
    Connecting,
    Syncing,
    Offline,
    Proxyblock,
    Conflict,
}

/// All that is said of an instance at one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) status: Status,
    pub(super) substatus: Substatus,
    pub(super) reason: Option<Reason>,
    /// Whether the loading ends by itself.
    is_waking: bool,
}

impl Condition {
    /// The usual condition of that status.
    pub(super) fn usual(status: Status) -> Self {
        let (substatus, reason) = match status {
            Status::Loading => (Substatus::Loading, Some(Reason::Connecting)),
            _ => (Substatus::Normal, None),
        };
        Self {
            status,
            substatus,
            reason,
            is_waking: false,
        }
    }

    /// Whether another computer took the session over.
    fn is_taken_over(self) -> bool {
        self.substatus == Substatus::Computer || self.reason == Some(Reason::Conflict)
    }

    /// A title, what happened and what to do.
    fn words(self) -> [&'static str; 3] {
        match (self.status, self.substatus) {
            (_, Substatus::Expired) => [
                "QR code expired",
                "The QR code was not scanned in time",
                "Update the QR code",
            ],
            (Status::Init, _) => ["Standby", "The instance is off", "Ask for its status"],
            (Status::GotQrCode, _) => [
                "QR code",
                "The instance waits for the phone",
                "Scan the QR code within one minute",
            ],
            (Status::Loading, Substatus::Computer) => [
                "Another computer",
                "WhatsApp is open on another computer",
                "Take the session over",
            ],
            (Status::Loading, Substatus::Phone) => [
                "No phone",
                "The phone cannot be reached",
                "Check its connection",
            ],
            (Status::Loading, _) => [
                "Loading",
                "The system is still loading",
                "Try again in 1 minute",
            ],
            (Status::Authenticated, Substatus::BatteryLow1 | Substatus::BatteryLow2) => {
                ["Battery", "The phone's battery is low", "Charge the phone"]
            }
            (Status::Authenticated, _) => ["Authenticated", "The phone is linked", ""],
        }
    }

    /// The methods that help, with a caption for a button.
    fn actions(self) -> Value {
        let action = |name: &str, label: &str| json!({"act": name, "label": label});
        let mut actions = match self.status {
            Status::Init => json!({}),
            Status::GotQrCode => json!({"expiry": action("expiry", "Update QR code")}),
            Status::Loading if self.is_taken_over() => {
                json!({"takeover": action("takeover", "Use here")})
            }
            Status::Loading => json!({"retry": action("retry", "Try again")}),
            Status::Authenticated => json!({"logout": action("logout", "Log out")}),
        };
        if self.status == Status::Loading {
            actions["logout"] = action("logout", "Log out");
        }
        actions["learn_more"] =
            json!({"label": "Learn more", "link": "https://help.sandbox.invalid/status"});
        actions
    }
}

/// What a phone scans.
struct Code {
    text: String,
    made: Instant,
}

/// The instance's link to a phone.
pub(super) struct Account {
    condition: Condition,
    code: Code,
    /// The changes of the status, the oldest first.
    changes: VecDeque<(Timestamp, Status)>,
    /// How many codes there were.
    codes: u64,
}

impl Account {
    /// Linked, so that sends work.
    pub(super) fn new() -> Self {
        let mut account = Self {
            condition: Condition::usual(Status::Init),
            code: Code {
                text: String::new(),
                made: Instant::now(),
            },
            changes: VecDeque::new(),
            codes: 0,
        };
        account.enter(Condition::usual(Status::Authenticated), true);
        account
    }

    pub(super) fn condition(&self) -> Condition {
        self.condition
    }

    /// Changes the condition; a status that waits for a phone brings a new code.
    pub(super) fn enter(&mut self, condition: Condition, is_noted: bool) {
        if condition.status != self.condition.status && is_noted {
            let change = (Timestamp::now(), condition.status);
            keep(&mut self.changes, change, KEPT_CHANGES);
        }
        self.condition = condition;
        if condition.status == Status::GotQrCode {
            self.renew(Instant::now());
        }
    }

    /// Where the instance goes after its status was asked for: what sleeps wakes up, and what wakes up is ready next.
    pub(super) fn woken(&self) -> Option<Condition> {
        match self.condition.status {
            Status::Init => Some(Condition {
                is_waking: true,
                ..Condition::usual(Status::Loading)
            }),
            Status::Loading if self.condition.is_waking => {
                Some(Condition::usual(Status::Authenticated))
            }
            _ => None,
        }
    }

    /// Where a call of that name brings the instance; `None` where it changes nothing.
    pub(super) fn after(&self, name: &str) -> Option<Condition> {
        let Condition { status, .. } = self.condition;
        let is_taken_over = self.condition.is_taken_over();
        let next = match (name, status) {
            ("logout", _) | ("expiry" | "reboot", Status::GotQrCode) => Status::GotQrCode,
            ("reboot", _) => Status::Authenticated,
            ("takeover", Status::Loading) if is_taken_over => Status::Authenticated,
            ("retry", Status::Loading) if !is_taken_over => Status::Authenticated,
            _ => return None,
        };
        Some(Condition::usual(next))
    }

    fn renew(&mut self, now: Instant) {
        self.codes += 1;
        let milliseconds = Timestamp::now().as_millisecond();
        self.code = Code {
            text: format!("1@sandbox,{milliseconds:x},{}", self.codes),
            made: now,
        };
    }

    /// The text of the code that links a phone now, or why there is none. One that is a minute old gives way to another.
    pub(super) fn code(&mut self, now: Instant) -> Result<&str, String> {
        match (self.condition.status, self.condition.substatus) {
            (Status::GotQrCode, Substatus::Expired) => {
                return Err("the QR code expired; POST /expiry makes another".to_owned());
            }
            (Status::GotQrCode, _) => {}
            (Status::Authenticated, _) => return Err("the instance is authenticated".to_owned()),
            _ => return Err("there is no QR code yet".to_owned()),
        }
        if now.saturating_duration_since(self.code.made) >= QR_VALIDITY {
            self.renew(now);
        }
        Ok(&self.code.text)
    }

    /// `statusData`.
    pub(super) fn details(&self) -> Value {
        let [title, message, more] = self.condition.words();
        let mut details = json!({
            "substatus": self.condition.substatus,
            "title": title,
            "msg": message,
            "submsg": more,
            "actions": self.condition.actions(),
        });
        if let Some(reason) = self.condition.reason {
            details["reason"] = json!(reason);
        }
        details
    }

    /// `GET /instanceStatuses`: both limits count among what they limit.
    pub(super) fn history(&self, mut query: Query<'_>) -> Result<Value, String> {
        let from = query.number("min_time").unwrap_or(0);
        let until = query.number("max_time").unwrap_or(u64::MAX);
        query.finish()?;
        let data: Vec<Value> = self
            .changes
            .iter()
            .filter(|(at, _)| {
                u64::try_from(at.as_second()).is_ok_and(|second| (from..=until).contains(&second))
            })
            .map(|(at, status)| json!({"date": at.to_string(), "status": status}))
            .collect();
        Ok(json!({ "data": data }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_valid_for_a_minute() {
        let mut account = Account::new();
        assert!(account.code(Instant::now()).is_err());
        account.enter(Condition::usual(Status::GotQrCode), true);
        let made = account.code.made;
        let first = account.code(made).unwrap().to_owned();
        let within = made + Duration::from_millis(59_999);
        assert_eq!(account.code(within).unwrap(), first);
        let later = made + Duration::from_mins(1);
        let second = account.code(later).unwrap().to_owned();
        assert_ne!(second, first);
        assert_eq!(account.code(later).unwrap(), second);
    }

    #[test]
    fn as_many_changes_are_kept_as_there_is_room_for() {
        let mut account = Account::new();
        for _ in 0..KEPT_CHANGES {
            account.enter(Condition::usual(Status::Loading), true);
            account.enter(Condition::usual(Status::Authenticated), true);
        }
        assert_eq!(account.changes.len(), KEPT_CHANGES);
    }
}

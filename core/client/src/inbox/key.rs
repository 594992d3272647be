//! What makes two events the same, and which events must not overtake each other.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use wamux_engine::{ChatMessage, Direction, Event, Status, StatusKind};

use super::store::{Entry, Stage};

/// What an event is known by: two events with one key are one event that was delivered twice.
///
/// It is the SHA-256 of what tells events apart, so that it says nothing about a person: of the client's alias and
///
/// - a **status**: the message's id, the gateway's own word for the status, the channel of a cascade, and the recipient,
///   since a group's message has statuses of each of its members; the whole item where it tells of a click, since a link
///   can be followed twice;
/// - a **message**: its id;
/// - a **chat** that changed, an **error**: the whole item, since they have no id.
///
/// ```
/// use wamux::inbox::Key;
/// use wamux::{events, gateway};
///
/// let read = |body: &str| events(gateway::reader("rapporto")?, body.as_bytes());
/// let once = read(r#"{"mtNum": "1079", "status": 2}"#)?;
/// let again = read(r#"{"status": 2, "mtNum": "1079", "errorCode": "0"}"#)?;
/// let later = read(r#"{"mtNum": "1079", "status": 9}"#)?;
/// assert_eq!(Key::of("shop", &once[0]), Key::of("shop", &again[0]));
/// assert_ne!(Key::of("shop", &once[0]), Key::of("shop", &later[0]));
/// assert_ne!(Key::of("shop", &once[0]), Key::of("support", &once[0]));
/// # Ok::<(), wamux::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of an event of a client.
    ///
    /// ```
    /// use wamux::inbox::Key;
    /// use wamux::{events, gateway};
    ///
    /// let body = br#"{"mtNum": "1079", "status": 2}"#;
    /// let event = events(gateway::reader("rapporto")?, body)?.remove(0);
    /// assert_eq!(Key::of("shop", &event).to_string().len(), 64);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    #[must_use]
    pub fn of(alias: &str, event: &Event) -> Self {
        let alias = Some(alias);
        match event {
            Event::Status(status) => Self::hash(&[
                Some("status"),
                alias,
                Some(&status.message_id),
                Some(&status.raw_status),
                status.channel.as_deref(),
                status.to.as_deref(),
                status.click.as_ref().map(|_| status.raw.as_str()),
            ]),
            Event::Message(message) => Self::hash(&[Some("message"), alias, Some(&message.id)]),
            Event::Chat(update) => Self::hash(&[Some("chat"), alias, Some(update.raw.as_str())]),
            Event::Error(error) => Self::hash(&[Some("error"), alias, Some(error.raw.as_str())]),
            // What a later version of the engine tells.
            other => Self::hash(&[Some("event"), alias, Some(&json(other))]),
        }
    }

    fn hash(parts: &[Option<&str>]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            // With its length before it, a part cannot be taken for the end of another.
            hash.update(
                part.map_or(u64::MAX, |part| part.len() as u64)
                    .to_le_bytes(),
            );
            hash.update(part.unwrap_or_default());
        }
        Self(hash.finalize().into())
    }

    /// The key of these bytes, as [`Key::as_bytes`] gives them.
    ///
    /// ```
    /// use wamux::inbox::Key;
    ///
    /// assert_eq!(Key::from_bytes([7; 32]).as_bytes(), &[7; 32]);
    /// ```
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key has 64 hexadecimal digits")
    }
}

impl std::error::Error for NoKey {}

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NoKey)?;
        Ok(Self(bytes))
    }
}

impl Entry {
    /// An event as a store keeps it.
    pub(super) fn new(alias: &str, event: &Event) -> Self {
        let key = Key::of(alias, event);
        Self {
            alias: alias.to_owned(),
            key,
            lane: lane(alias, event).unwrap_or(key),
            stage: match event {
                Event::Status(status) => Some(stage(alias, status)),
                _ => None,
            },
            event: json(event),
        }
    }
}

/// An event as JSON text: no event fails to be written.
fn json(event: &Event) -> String {
    serde_json::to_string(event).unwrap_or_default()
}

/// What an event must not be overtaken in: the chat of a message, the message of a status. `None` where it stands alone.
fn lane(alias: &str, event: &Event) -> Option<Key> {
    let of = |kind, id: Option<&str>| Some(Key::hash(&[Some(kind), Some(alias), Some(id?)]));
    match event {
        Event::Status(status) => of("lane of a message", Some(&status.message_id)),
        Event::Error(error) => of("lane of a message", error.message_id.as_deref()),
        Event::Message(message) => of("lane of a chat", chat(message)),
        Event::Chat(update) => of("lane of a chat", update.chat_id.as_deref()),
        _ => None,
    }
}

/// The chat of a message: by its id, or by the other side's address.
fn chat(message: &ChatMessage) -> Option<&str> {
    let other_side = match message.direction {
        Direction::Incoming => &message.from,
        Direction::Outgoing => &message.to,
    };
    message.chat_id.as_deref().or(other_side.as_deref())
}

/// How far a status brings its message, on its channel and for its recipient.
fn stage(alias: &str, status: &Status) -> Stage {
    Stage {
        subject: Key::hash(&[
            Some("stage"),
            Some(alias),
            Some(&status.message_id),
            status.channel.as_deref(),
            status.to.as_deref(),
        ]),
        rank: rank(status.status),
    }
}

/// The rank of the statuses that end a message.
const END: u8 = 5;

/// The order of statuses. A word that nobody documented has no place in it.
fn rank(status: StatusKind) -> u8 {
    match status {
        StatusKind::Unknown => 0,
        StatusKind::Accepted => 1,
        StatusKind::Sent => 2,
        StatusKind::Delivered => 3,
        StatusKind::Read => 4,
        StatusKind::Failed | StatusKind::Deleted => END,
    }
}

/// Whether an event tells something new, where its message has reached that rank already.
pub(super) fn advances(event: &Event, reached: u8) -> bool {
    match event {
        Event::Status(status) => rank(status.status) > reached && reached < END,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wamux_engine::{events, gateway};

    fn entries(gateway: &str, body: &str) -> Vec<Entry> {
        let events = events(gateway::reader(gateway).unwrap(), body.as_bytes()).unwrap();
        events
            .iter()
            .map(|event| Entry::new("shop", event))
            .collect()
    }

    fn entry(gateway: &str, body: &str) -> Entry {
        entries(gateway, body).remove(0)
    }

    #[test]
    fn channels_and_recipients_have_statuses_of_their_own() {
        let report =
            |more: &str| entry("rapporto", &format!(r#"{{"mtNum":"1","status":2{more}}}"#));
        let (whatsapp, sms) = (report(r#","type":"WHATSAPP""#), report(r#","type":"SMS""#));
        assert_ne!(whatsapp.key, sms.key);
        assert_eq!(whatsapp.lane, sms.lane);
        let subjects = [whatsapp, sms].map(|entry| entry.stage.unwrap().subject);
        assert_ne!(subjects[0], subjects[1]);

        let status =
            |to| format!(r#"{{"id":"A","recipient_id":"{to}","status":"read","timestamp":"1"}}"#);
        let body = format!(
            r#"{{"statuses":[{},{}]}}"#,
            status("79034567890"),
            status("79034567891")
        );
        let members = entries("tujenge", &body);
        assert_ne!(members[0].key, members[1].key);
        assert_eq!(members[0].lane, members[1].lane);
    }

    #[test]
    fn a_link_can_be_followed_twice() {
        let visit = |ip| {
            let body = format!(r#"[{{"messageId":"1","status":"VISITED","ip":"{ip}"}}]"#);
            entry("devino-v1", &body).key
        };
        assert_eq!(visit("192.0.2.1"), visit("192.0.2.1"));
        assert_ne!(visit("192.0.2.1"), visit("192.0.2.2"));
    }

    #[test]
    fn both_sides_of_a_chat_are_in_one_lane() {
        let body = r#"{"messages": [
            {"id": "A", "chatId": "79034567890@c.us", "type": "chat", "body": "When?", "fromMe": false},
            {"id": "B", "chatId": "79034567890@c.us", "type": "chat", "body": "At nine", "fromMe": true},
            {"id": "C", "chatId": "79034567891@c.us", "type": "chat", "body": "When?", "fromMe": false}
        ]}"#;
        let entries = entries("chat-api", body);
        assert_eq!(entries[0].lane, entries[1].lane);
        assert_ne!(entries[0].lane, entries[2].lane);
        assert!(entries.iter().all(|entry| entry.stage.is_none()));
    }

    #[test]
    fn only_what_is_new_advances() {
        let advances = |status: &str, reached| {
            let body =
                format!(r#"{{"statuses":[{{"id":"A","status":"{status}","timestamp":"1"}}]}}"#);
            let events = events(gateway::reader("tujenge").unwrap(), body.as_bytes()).unwrap();
            advances(&events[0], reached)
        };
        let [sent, delivered, read, failed, deleted] = [2, 3, 4, 5, 5];
        for (status, reached, expected) in [
            ("sent", 0, true),
            ("read", delivered, true),
            ("delivered", delivered, false),
            ("sent", read, false),
            ("failed", read, true),
            ("delivered", failed, false),
            ("deleted", failed, false),
            ("failed", deleted, false),
            ("deleted", sent, true),
            ("strange", 0, false),
        ] {
            assert_eq!(
                advances(status, reached),
                expected,
                "{status} after {reached}"
            );
        }
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let key = Key::hash(&[Some("any")]);
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_eq!(key.to_string().to_uppercase().parse(), Ok(key));
        for text in [
            "",
            "00",
            &"0".repeat(63),
            &"0".repeat(66),
            &"g".repeat(64),
            &"ж".repeat(32),
        ] {
            assert_eq!(text.parse::<Key>(), Err(NoKey), "{text}");
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let hashes = [
            Key::hash(&[Some("ab"), Some("c")]),
            Key::hash(&[Some("a"), Some("bc")]),
            Key::hash(&[Some("abc")]),
            Key::hash(&[Some("abc"), None]),
            Key::hash(&[Some("abc"), Some("")]),
        ];
        for (position, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..position].contains(hash), "{position}");
        }
    }
}

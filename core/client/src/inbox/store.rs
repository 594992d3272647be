//! What an inbox keeps its events in.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::Serialize;
use wamux_engine::{Delivery, Kind, Private};

use super::Key;

/// A store's answer to come.
pub type Stored<'s, T> = BoxFuture<'s, Result<T, StoreError>>;

/// Where events are from their arrival until they are handled, and their keys for some time after.
///
/// An event is *waiting* until it is completed or dead. Events of one lane are handed out one after the other, in the
/// order in which they were added: the next only when the one before is completed or dead. What is handed out is leased:
/// once the lease is over it is handed out again, since its worker may be gone.
///
/// ```
/// use std::time::Duration;
/// use wamux::inbox::{MemoryStore, Store};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let store = MemoryStore::default();
/// assert!(store.claim("shop", 10, Duration::from_secs(60)).await?.is_empty());
/// # Ok::<(), wamux::inbox::StoreError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Store: fmt::Debug + Send + Sync {
    /// Adds events whose keys the store does not have yet, in their order. When it has ended well, the gateway may be told
    /// that they have arrived.
    fn add(&self, entries: Vec<Entry>) -> Stored<'_, ()>;

    /// Hands out as many events of a client as may be handled now, at most `most`, and counts an attempt for each.
    fn claim<'s>(&'s self, alias: &'s str, most: usize, lease: Duration) -> Stored<'s, Vec<Claim>>;

    /// Prolongs a lease, unless the event was handed out again since.
    fn renew(&self, key: Key, attempt: u32, lease: Duration) -> Stored<'_, ()>;

    /// Notes that an event was handled: its key is known for so long, its content no more. Where it is a status, its
    /// message has reached its rank.
    fn complete(&self, key: Key, retention: Duration) -> Stored<'_, ()>;

    /// Notes that an attempt has failed, unless the event was handed out again since. The next one is after `retry`;
    /// without it, the event is dead.
    fn fail(
        &self,
        key: Key,
        attempt: u32,
        error: String,
        retry: Option<Duration>,
    ) -> Stored<'_, ()>;

    /// The dead events of a client, the oldest first, at most `most`.
    fn dead<'s>(&'s self, alias: &'s str, most: usize) -> Stored<'s, Vec<Dead>>;

    /// Lets a dead event wait again, behind those of its lane and with no attempt counted; `false` where no dead event
    /// has the key.
    fn revive(&self, key: Key) -> Stored<'_, bool>;

    /// How many events of a client are waiting.
    fn waiting<'s>(&'s self, alias: &'s str) -> Stored<'s, usize>;
}

/// An event on its way into a store.
///
/// `Debug` hides the event.
///
/// ```
/// use std::time::Duration;
/// use wamux::inbox::{Entry, Key, MemoryStore, Store};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let key = Key::from_bytes([1; 32]);
/// let entry = Entry { alias: "shop".into(), key, lane: key, stage: None, event: "{}".into() };
/// let store = MemoryStore::default();
/// let added = store.add(vec![entry]);
/// let claim = store.claim("shop", 1, Duration::from_secs(60)).await?.remove(0);
/// assert_eq!((claim.key, claim.event.as_str(), claim.attempt, claim.reached), (key, "{}", 1, 0));
/// store.complete(key, Duration::from_secs(60)).await?;
/// added.await?;
/// # Ok::<(), wamux::inbox::StoreError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Entry {
    /// The client's alias.
    pub alias: String,
    /// What the event is known by.
    pub key: Key,
    /// Events of one lane are handled one after the other.
    pub lane: Key,
    /// How far a status brings its message.
    pub stage: Option<Stage>,
    /// The event as JSON text.
    pub event: String,
}

/// How far a status brings a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The message, its channel and its recipient.
    pub subject: Key,
    /// The place of the status in the order of statuses, from 0.
    pub rank: u8,
}

/// An event that is handed out to be handled.
///
/// `Debug` hides the event.
#[derive(Clone)]
pub struct Claim {
    /// What the event is known by.
    pub key: Key,
    /// The event as JSON text.
    pub event: String,
    /// Which attempt at handling it this is, from 1.
    pub attempt: u32,
    /// The highest rank among the completed statuses of the same subject; 0 where there is none.
    pub reached: u8,
}

/// An event that was given up after its last attempt.
///
/// ```no_run
/// use wamux::inbox::{Store, StoreError};
///
/// async fn revive_all(store: &dyn Store) -> Result<(), StoreError> {
///     for dead in store.dead("shop", 100).await? {
///         println!("{} after {} attempts: {}", dead.key, dead.attempts, dead.error.as_str());
///         store.revive(dead.key).await?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dead {
    /// What the event is known by.
    pub key: Key,
    /// How many attempts were made at handling it.
    pub attempts: u32,
    /// Why the last one failed, in the handler's words.
    pub error: Private,
    /// The event as JSON text.
    pub event: Private,
}

/// Why a store could not do what it was asked for.
#[derive(Debug)]
pub struct StoreError(Box<dyn Error + Send + Sync>);

impl StoreError {
    /// An error of a store.
    ///
    /// ```
    /// use wamux::inbox::StoreError;
    ///
    /// assert_eq!(StoreError::new("the disk is full").to_string(), "the inbox's store: the disk is full");
    /// ```
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the inbox's store: {}", self.0)
    }
}

impl Error for StoreError {}

/// As an error of wamux's it is `unavailable`: what it was to keep can be brought again.
///
/// ```
/// use wamux::inbox::StoreError;
///
/// let error = wamux::Error::from(StoreError::new("the disk is full"));
/// assert_eq!(error.kind().as_str(), "unavailable");
/// ```
impl From<StoreError> for wamux_engine::Error {
    fn from(error: StoreError) -> Self {
        Self::new(Kind::Unavailable, Delivery::NotSent, error.to_string())
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("alias", &self.alias)
            .field("key", &self.key)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("key", &self.key)
            .field("attempt", &self.attempt)
            .field("reached", &self.reached)
            .finish_non_exhaustive()
    }
}

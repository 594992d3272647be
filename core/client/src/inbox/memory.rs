//! A store that is gone with the process.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Key;
use super::store::{Claim, Dead, Entry, Store, StoreError, Stored};

/// How many completed keys are known, unless told otherwise: some 15 MB.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

/// A store in memory: nothing survives the process, so that the gateway is told of an event's arrival only when it was
/// handled. Where the handler fails, the event is forgotten, and those that wait behind it in its lane with it: the
/// gateway is told, and delivers them again.
///
/// The keys of completed events are known until their retention ends or so many newer ones came; 100,000 unless told
/// otherwise.
///
/// ```
/// use std::num::NonZeroUsize;
/// use wamux::inbox::MemoryStore;
///
/// let store = MemoryStore::new(NonZeroUsize::new(1_000).unwrap());
/// assert_eq!(format!("{store:?}"), "MemoryStore { waiting: 0 }");
/// ```
pub struct MemoryStore(Mutex<Contents>);

struct Contents {
    waiting: HashMap<Key, Waiting>,
    lanes: HashMap<Key, VecDeque<Key>>,
    /// The first event of each lane, and since or from when it may be handed out.
    ready: BTreeSet<(Instant, u64, Key)>,
    added: u64,
    completed: Recent<()>,
    reached: Recent<u8>,
}

struct Waiting {
    entry: Entry,
    attempt: u32,
    /// Its place in `ready`, where it is the first of its lane.
    due: Option<(Instant, u64)>,
    number: u64,
    /// Who waits for what becomes of it.
    tell: Vec<oneshot::Sender<bool>>,
}

impl MemoryStore {
    /// A store that knows so many completed keys.
    #[must_use]
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self(Mutex::new(Contents {
            waiting: HashMap::new(),
            lanes: HashMap::new(),
            ready: BTreeSet::new(),
            added: 0,
            completed: Recent::new(capacity),
            reached: Recent::new(capacity),
        }))
    }

    /// No holder panics halfway, so that poison is no news.
    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore")
            .field("waiting", &self.contents().waiting.len())
            .finish()
    }
}

impl Contents {
    /// Adds an event, unless it is known as completed. The receiver tells whether it was handled.
    fn add(&mut self, entry: Entry) -> Option<oneshot::Receiver<bool>> {
        if self.completed.get(entry.key).is_some() {
            return None;
        }
        let (tell, told) = oneshot::channel();
        if let Some(waiting) = self.waiting.get_mut(&entry.key) {
            // Those of deliveries that were given up are gone.
            waiting.tell.retain(|tell| !tell.is_closed());
            waiting.tell.push(tell);
            return Some(told);
        }
        let (key, lane) = (entry.key, entry.lane);
        self.added += 1;
        let waiting = Waiting {
            entry,
            attempt: 0,
            due: None,
            number: self.added,
            tell: vec![tell],
        };
        self.waiting.insert(key, waiting);
        let lane = self.lanes.entry(lane).or_default();
        lane.push_back(key);
        if lane.len() == 1 {
            self.schedule(key, Instant::now());
        }
        Some(told)
    }

    /// Lets the first event of a lane be handed out from then on.
    fn schedule(&mut self, key: Key, from: Instant) {
        if let Some(waiting) = self.waiting.get_mut(&key) {
            let due = (from, waiting.number);
            if let Some((from, number)) = waiting.due.replace(due) {
                self.ready.remove(&(from, number, key));
            }
            self.ready.insert((due.0, due.1, key));
        }
    }

    fn claim(&mut self, alias: &str, most: usize, lease: Duration) -> Vec<Claim> {
        let now = Instant::now();
        let due = self.ready.iter().take_while(|(from, ..)| *from <= now);
        let due = due.filter(|(.., key)| {
            let waiting = self.waiting.get(key);
            waiting.is_some_and(|waiting| waiting.entry.alias == alias)
        });
        let due: Vec<Key> = due.take(most).map(|(.., key)| *key).collect();
        due.into_iter()
            .filter_map(|key| {
                self.schedule(key, now + lease);
                let waiting = self.waiting.get_mut(&key)?;
                waiting.attempt += 1;
                let stage = waiting.entry.stage;
                let reached = stage.and_then(|stage| self.reached.get(stage.subject));
                Some(Claim {
                    key,
                    event: waiting.entry.event.clone(),
                    attempt: waiting.attempt,
                    reached: reached.unwrap_or(0),
                })
            })
            .collect()
    }

    /// Takes an event out, and lets the next one of its lane be the first.
    fn take(&mut self, key: Key) -> Option<Waiting> {
        let taken = self.waiting.remove(&key)?;
        if let Some((from, number)) = taken.due {
            self.ready.remove(&(from, number, key));
        }
        if let Some(lane) = self.lanes.get_mut(&taken.entry.lane) {
            lane.retain(|other| *other != key);
            match lane.front().copied() {
                None => drop(self.lanes.remove(&taken.entry.lane)),
                Some(first) if taken.due.is_some() => self.schedule(first, Instant::now()),
                Some(_) => {}
            }
        }
        Some(taken)
    }

    fn complete(&mut self, key: Key, retention: Duration) {
        let Some(waiting) = self.take(key) else {
            return;
        };
        self.completed.insert(key, (), retention);
        if let Some(stage) = waiting.entry.stage {
            let reached = self.reached.get(stage.subject).unwrap_or(0);
            self.reached
                .insert(stage.subject, stage.rank.max(reached), retention);
        }
        waiting.tell(true);
    }

    /// Forgets an event and those behind it.
    fn fail(&mut self, key: Key, attempt: u32) {
        let Some(waiting) = self.waiting.get(&key) else {
            return;
        };
        if waiting.attempt != attempt {
            return;
        }
        let lane = self.lanes.get(&waiting.entry.lane);
        for key in lane.cloned().unwrap_or_default() {
            if let Some(waiting) = self.take(key) {
                waiting.tell(false);
            }
        }
    }
}

impl Waiting {
    fn tell(self, handled: bool) {
        for tell in self.tell {
            // Whoever asked may be gone.
            let _ = tell.send(handled);
        }
    }
}

impl Store for MemoryStore {
    fn add(&self, entries: Vec<Entry>) -> Stored<'_, ()> {
        let told: Vec<_> = {
            let mut contents = self.contents();
            let told = entries.into_iter().filter_map(|entry| contents.add(entry));
            told.collect()
        };
        Box::pin(async move {
            let mut all_handled = true;
            for told in told {
                all_handled &= told.await.unwrap_or(false);
            }
            if all_handled {
                Ok(())
            } else {
                Err(StoreError::new("an event was not handled"))
            }
        })
    }

    fn claim<'s>(&'s self, alias: &'s str, most: usize, lease: Duration) -> Stored<'s, Vec<Claim>> {
        Box::pin(async move { Ok(self.contents().claim(alias, most, lease)) })
    }

    fn renew(&self, key: Key, attempt: u32, lease: Duration) -> Stored<'_, ()> {
        Box::pin(async move {
            let mut contents = self.contents();
            let waiting = contents.waiting.get(&key);
            if waiting.is_some_and(|waiting| waiting.attempt == attempt) {
                contents.schedule(key, Instant::now() + lease);
            }
            Ok(())
        })
    }

    fn complete(&self, key: Key, retention: Duration) -> Stored<'_, ()> {
        Box::pin(async move {
            self.contents().complete(key, retention);
            Ok(())
        })
    }

    fn fail(
        &self,
        key: Key,
        attempt: u32,
        _error: String,
        _retry: Option<Duration>,
    ) -> Stored<'_, ()> {
        Box::pin(async move {
            self.contents().fail(key, attempt);
            Ok(())
        })
    }

    fn dead<'s>(&'s self, _alias: &'s str, _most: usize) -> Stored<'s, Vec<Dead>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn revive(&self, _key: Key) -> Stored<'_, bool> {
        Box::pin(async { Ok(false) })
    }

    fn waiting<'s>(&'s self, alias: &'s str) -> Stored<'s, usize> {
        Box::pin(async move {
            let contents = self.contents();
            let waiting = contents.waiting.values();
            Ok(waiting
                .filter(|waiting| waiting.entry.alias == alias)
                .count())
        })
    }
}

/// What was noted last, each for some time.
struct Recent<V> {
    values: HashMap<Key, (V, Instant)>,
    /// The keys in the order in which they were first noted.
    order: VecDeque<Key>,
    capacity: NonZeroUsize,
}

impl<V: Copy> Recent<V> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            values: HashMap::new(),
            order: VecDeque::new(),
            capacity,
        }
    }

    fn get(&self, key: Key) -> Option<V> {
        let (value, until) = self.values.get(&key)?;
        (*until > Instant::now()).then_some(*value)
    }

    fn insert(&mut self, key: Key, value: V, retention: Duration) {
        let until = Instant::now() + retention;
        if self.values.insert(key, (value, until)).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > self.capacity.get()
            && let Some(oldest) = self.order.pop_front()
        {
            self.values.remove(&oldest);
        }
    }
}

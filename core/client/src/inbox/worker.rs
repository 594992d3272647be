//! What hands stored events to the handler.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::Serialize;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{interval, sleep};
use wamux_engine::Event;

use super::key::advances;
use super::running::{Run, Running};
use super::{Claim, Entry, Key, Options, Store, StoreError};

/// How often the store is asked for what other processes have added or left, and for what waits for another attempt.
const POLL: Duration = Duration::from_millis(200);
/// How long to wait where the store does not answer.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// How long an inbox that is to stop waits for a store that fails.
const FAREWELL: Duration = Duration::from_secs(5);
/// How many parts a lease has: it is prolonged after each.
const LEASE_PARTS: u32 = 3;

pub(super) type Handler =
    Box<dyn Fn(Notification) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;
type Failure = Box<dyn Error + Send + Sync>;

/// An event on its way to the handler.
///
/// As JSON it is what `wamux listen` writes.
///
/// ```
/// use wamux::Event;
/// use wamux::inbox::Notification;
///
/// /// What a handler would store of a message's state.
/// fn state(notification: &Notification) -> Option<(&str, &str)> {
///     match &notification.event {
///         Event::Status(status) if notification.advances => {
///             Some((&status.message_id, &status.raw_status))
///         }
///         _ => None,
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Notification {
    /// The client's alias.
    pub alias: String,
    /// The gateway's id.
    pub gateway: &'static str,
    /// What the event is known by: the same at every attempt.
    pub key: Key,
    /// Which attempt at handling the event this is, from 1. At a later one, the one before may have done all of its work,
    /// and its process have ended before that was noted.
    pub attempt: u32,
    /// Whether the event tells something new: `false` for a status of a message that has reached the same or a later one
    /// already (accepted < sent < delivered < read; failed and deleted end), and for a status that nobody documented.
    pub advances: bool,
    /// What happened.
    pub event: Event,
}

/// The worker of one inbox, which ends with this value.
pub(super) struct Worker {
    shared: Arc<Shared>,
    running: JoinHandle<()>,
}

struct Shared {
    alias: String,
    gateway: &'static str,
    store: Arc<dyn Store>,
    options: Options,
    handler: Handler,
    /// Told when there is something to claim.
    added: Notify,
    /// Whether an event is being handled, or what became of one is being noted.
    busy: watch::Sender<bool>,
    stopping: watch::Sender<bool>,
}

impl Worker {
    pub(super) fn start(
        gateway: &'static str,
        store: Arc<dyn Store>,
        options: Options,
        handler: Handler,
    ) -> Self {
        let shared = Arc::new(Shared {
            alias: options.alias_at(gateway).to_owned(),
            gateway,
            store,
            options,
            handler,
            added: Notify::new(),
            busy: watch::Sender::new(false),
            stopping: watch::Sender::new(false),
        });
        let stopping = shared.stopping.subscribe();
        let running = tokio::spawn(work(Arc::clone(&shared), stopping));
        Self { shared, running }
    }

    /// Stores events; with the memory store, this ends when they were handled.
    pub(super) async fn take(&self, events: &[Event]) -> Result<(), StoreError> {
        if *self.shared.stopping.borrow() {
            return Err(StoreError::new("the inbox is stopping"));
        }
        let entries = events
            .iter()
            .map(|event| Entry::new(&self.shared.alias, event));
        let added = self.shared.store.add(entries.collect());
        // The memory store has them already, and waits for their handler now.
        self.shared.added.notify_one();
        tokio::select! {
            biased;
            added = added => added?,
            () = self.ended() => return Err(StoreError::new("the inbox has stopped")),
        }
        self.shared.added.notify_one();
        Ok(())
    }

    pub(super) async fn stop(&self) {
        self.shared.stopping.send_replace(true);
        self.ended().await;
    }

    pub(super) async fn idle(&self) {
        let mut busy = self.shared.busy.subscribe();
        tokio::select! {
            // The sender is there as long as this value.
            _ = busy.wait_for(|is_busy| !is_busy) => {}
            () = self.ended() => {}
        }
    }

    /// Waits for the end of the worker, which alone listens to whether it is to stop.
    async fn ended(&self) {
        self.shared.stopping.closed().await;
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("alias", &self.shared.alias)
            .field("store", &self.shared.store)
            .finish_non_exhaustive()
    }
}

/// Claims as many events as may be handled at once, until the inbox stops.
async fn work(shared: Arc<Shared>, mut stopping: watch::Receiver<bool>) {
    let concurrency = shared.options.concurrency.get();
    let (mut tasks, running) = (JoinSet::new(), Running::default());
    loop {
        let is_stopping = *stopping.borrow_and_update();
        if is_stopping && tasks.is_empty() {
            return;
        }
        let free = concurrency - tasks.len();
        let mut pause = POLL;
        if free > 0 && !is_stopping {
            let claimed = shared
                .store
                .claim(&shared.alias, free, shared.options.lease);
            match claimed.await {
                Ok(claims) => {
                    if !claims.is_empty() {
                        shared.busy.send_replace(true);
                    }
                    for claim in claims {
                        if let Some(run) = running.begin(&claim) {
                            tasks.spawn(handle(Arc::clone(&shared), claim, run));
                        }
                    }
                }
                Err(error) => {
                    tracing::warn!(alias = %shared.alias, %error, "no events could be claimed");
                    pause = STORE_PAUSE;
                }
            }
        }
        let may_claim = tasks.len() < concurrency && !is_stopping;
        tokio::select! {
            _ = tasks.join_next(), if !tasks.is_empty() => {
                // What has ended meanwhile makes room for one claim together.
                while tasks.try_join_next().is_some() {}
                if tasks.is_empty() {
                    shared.busy.send_replace(false);
                }
            }
            () = shared.added.notified(), if may_claim => {}
            () = sleep(pause), if may_claim => {}
            _ = stopping.changed(), if !is_stopping => {}
        }
    }
}

/// Hands an event to the handler, and notes what became of it.
async fn handle(shared: Arc<Shared>, claim: Claim, run: Run) {
    let key = claim.key;
    let outcome = tokio::select! {
        outcome = attempt_at(&shared, claim) => outcome,
        never = prolong(&shared, key, &run) => match never {},
    };
    let store = &shared.store;
    match outcome {
        Ok(()) => {
            let complete = || store.complete(key, shared.options.retention);
            insist(&shared, complete).await;
        }
        Err((error, wait)) => {
            // It can be handed out again before the answer to this has come.
            let attempt = run.end();
            tracing::warn!(alias = %shared.alias, %key, attempt, ?wait, "an event was not handled");
            insist(&shared, || store.fail(key, attempt, error.clone(), wait)).await;
        }
    }
}

/// Why an attempt failed, and how long to wait for the next, if there is to be one.
type Failed = (String, Option<Duration>);

async fn attempt_at(shared: &Shared, claim: Claim) -> Result<(), Failed> {
    let options = &shared.options;
    let attempt = claim.attempt;
    if attempt > options.attempts.get() {
        let words = "no attempt was seen to its end, the last included: its process ended, or the store's answer was lost";
        return Err((words.to_owned(), None));
    }
    let event: Event = serde_json::from_str(&claim.event)
        .map_err(|error| (format!("the stored event cannot be read: {error}"), None))?;
    let notification = Notification {
        alias: shared.alias.clone(),
        gateway: shared.gateway,
        key: claim.key,
        attempt,
        advances: advances(&event, claim.reached),
        event,
    };
    let handling = AssertUnwindSafe(async { (shared.handler)(notification).await });
    let error = match handling.catch_unwind().await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "the handler panicked".to_owned(),
    };
    Err((error, options.wait_after(attempt)))
}

/// Prolongs a lease as long as this is polled.
async fn prolong(shared: &Shared, key: Key, run: &Run) -> Infallible {
    let mut parts = interval(shared.options.lease / LEASE_PARTS);
    parts.tick().await;
    loop {
        parts.tick().await;
        let lease = shared.options.lease;
        let renewed = shared.store.renew(key, run.attempt(), lease).await;
        if let Err(error) = renewed {
            tracing::warn!(alias = %shared.alias, %key, %error, "a lease was not prolonged");
        }
    }
}

/// Notes what became of an event, as often as the store fails within a lease, and for a moment only where the inbox is to
/// stop: what is not noted is handled again.
async fn insist<'s>(shared: &'s Shared, note: impl Fn() -> BoxFuture<'s, Result<(), StoreError>>) {
    let noting = async {
        while let Err(error) = note().await {
            tracing::warn!(alias = %shared.alias, %error, "an outcome was not noted");
            sleep(STORE_PAUSE).await;
        }
    };
    let mut stopping = shared.stopping.subscribe();
    let stopped = async {
        // The sender is there as long as this value.
        let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
        sleep(FAREWELL).await;
    };
    tokio::select! {
        biased;
        () = noting => {}
        () = stopped => {}
        () = sleep(shared.options.lease.max(STORE_PAUSE * 2)) => {}
    }
}

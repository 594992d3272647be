//! The events that a worker has under way.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Claim, Key};

/// What runs, each with the attempt as which the store knows it by now: a lease can end under a handler, where the store was
/// away or its clock leapt, and the event is handed out again.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashMap<Key, u32>>>);

impl Running {
    /// Notes what was handed out: `None` where it runs already, and goes on as the new attempt.
    pub(super) fn begin(&self, claim: &Claim) -> Option<Run> {
        match self.attempts().entry(claim.key) {
            Entry::Occupied(mut attempt) => {
                attempt.insert(claim.attempt);
                None
            }
            Entry::Vacant(place) => {
                place.insert(claim.attempt);
                Some(Run {
                    running: self.clone(),
                    key: claim.key,
                    has_ended: false,
                })
            }
        }
    }

    /// No holder panics halfway, so that poison is no news.
    fn attempts(&self) -> MutexGuard<'_, HashMap<Key, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An event under way, as long as this lives or until it is ended.
pub(super) struct Run {
    running: Running,
    key: Key,
    has_ended: bool,
}

impl Run {
    /// The attempt as which the store knows the event by now.
    pub(super) fn attempt(&self) -> u32 {
        let attempts = self.running.attempts();
        attempts.get(&self.key).copied().unwrap_or_default()
    }

    /// Ends it, so that the event begins again where it is handed out again; the attempt as which the store knew it.
    pub(super) fn end(mut self) -> u32 {
        self.has_ended = true;
        let attempt = self.running.attempts().remove(&self.key);
        attempt.unwrap_or_default()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // What has ended may have begun again.
        if !self.has_ended {
            self.running.attempts().remove(&self.key);
        }
    }
}

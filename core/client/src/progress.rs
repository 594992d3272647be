//! What is known of a request while it is sent.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How far a request has come.
///
/// ```
/// use wamux::Progress;
///
/// let progress = Progress::default();
/// assert!(!progress.may_have_left());
/// progress.leaves();
/// assert!(progress.may_have_left());
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    polled: AtomicBool,
    leaves: AtomicBool,
    bytes: AtomicU64,
    failure: Mutex<Option<String>>,
}

impl Progress {
    /// The connection asks for the body: before that, nothing of it can have left.
    pub(crate) fn polled(&self) {
        self.polled.store(true, Ordering::Release);
    }

    pub(crate) fn was_polled(&self) -> bool {
        self.polled.load(Ordering::Acquire)
    }

    /// From now on a part of the request may be on its way.
    pub fn leaves(&self) {
        self.leaves.store(true, Ordering::Release);
    }

    /// Whether a part of the request may have left.
    #[must_use]
    pub fn may_have_left(&self) -> bool {
        self.leaves.load(Ordering::Acquire) || self.was_polled()
    }

    /// Some bytes are on their way.
    pub(crate) fn advance(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::AcqRel);
    }

    /// How many bytes are on their way.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Acquire)
    }

    /// The body cannot be read to its end.
    pub(crate) fn fail(&self, why: String) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
    }

    /// Why the body could not be read to its end.
    pub(crate) fn failure(&self) -> Option<String> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

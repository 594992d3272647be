//! What is known of a request while it is sent.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
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
    state: AtomicU8,
    bytes: AtomicU64,
    failure: Mutex<Option<String>>,
}

/// Nothing has left.
const WAITING: u8 = 0;
/// A part may have left.
const LEFT: u8 = 1;
/// Nothing has left, and nothing will.
const STOPPED: u8 = 2;

impl Progress {
    /// The connection asks for the body: before that, nothing of it can have left. Whether it may have it: not where the
    /// request was called off before.
    pub(crate) fn polled(&self) -> bool {
        let before = self.turn(LEFT);
        before != STOPPED
    }

    /// Nothing more shall leave; whether a part of the request may have left before.
    pub(crate) fn stop(&self) -> bool {
        self.turn(STOPPED) == LEFT
    }

    /// Leaves the state of waiting for another; the state before.
    fn turn(&self, to: u8) -> u8 {
        let turned = self
            .state
            .compare_exchange(WAITING, to, Ordering::AcqRel, Ordering::Acquire);
        turned.unwrap_or_else(|other| other)
    }

    /// From now on a part of the request may be on its way.
    pub fn leaves(&self) {
        self.turn(LEFT);
    }

    /// Whether a part of the request may have left.
    #[must_use]
    pub fn may_have_left(&self) -> bool {
        self.state.load(Ordering::Acquire) == LEFT
    }

    /// Whether it was called off before a part of it could leave.
    pub(crate) fn is_stopped(&self) -> bool {
        self.state.load(Ordering::Acquire) == STOPPED
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

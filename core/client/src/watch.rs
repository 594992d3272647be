//! What is known of a call while it runs: for who calls it off.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use wamux_engine::gateway::Gateway;
use wamux_engine::{Attempt, Delivery, Error, Kind};

use crate::progress::Progress;

/// The attempts of one call: those that ended, and the one that runs.
#[derive(Debug, Default)]
pub(crate) struct Watch(Mutex<Attempts>);

#[derive(Debug, Default)]
struct Attempts {
    ended: Vec<Attempt>,
    running: Option<(String, Arc<Progress>)>,
}

impl Watch {
    fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An attempt begins.
    pub(crate) fn begin(&self) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        self.join(now(), Arc::clone(&progress));
        progress
    }

    /// An attempt begins that carries what all of these watch.
    pub(crate) fn begin_all<'w>(watches: impl IntoIterator<Item = &'w Self>) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        let at = now();
        for watch in watches {
            watch.join(at.clone(), Arc::clone(&progress));
        }
        progress
    }

    fn join(&self, at: String, progress: Arc<Progress>) {
        self.attempts().running = Some((at, progress));
    }

    /// The attempt that runs has ended.
    pub(crate) fn end(&self, error: Option<&Error>, http_status: Option<u16>) {
        let mut attempts = self.attempts();
        if let Some((at, _)) = attempts.running.take() {
            attempts.ended.push(Attempt {
                at,
                kind: error.map(Error::kind),
                delivery: error.map(Error::delivery),
                http_status,
                gateway: None,
            });
        }
    }

    /// The attempts that ended.
    pub(crate) fn take(&self) -> Vec<Attempt> {
        std::mem::take(&mut self.attempts().ended)
    }

    /// It is called off: what has not left by now never does. Whether the gateway may have it; `None` where no attempt
    /// began.
    pub(crate) fn stop(&self) -> Option<Delivery> {
        let attempts = self.attempts();
        if attempts.stop_running() || attempts.ended.iter().any(is_unknown) {
            Some(Delivery::Unknown)
        } else {
            let began = attempts.running.is_some() || !attempts.ended.is_empty();
            began.then_some(Delivery::NotSent)
        }
    }

    /// The error with all attempts: where one of them may have reached its aim, the call may have.
    pub(crate) fn failed(&self, error: Error) -> Error {
        let attempts = self.take();
        let error = if attempts.iter().any(is_unknown) {
            error.with_delivery(Delivery::Unknown)
        } else {
            error
        };
        error.with_attempts(attempts)
    }

    /// The error of a call that is called off: what has not left by now never does.
    pub(crate) fn cancelled(&self, gateway: &dyn Gateway) -> Error {
        let words = match self.stop() {
            Some(Delivery::Unknown) => "it was called off while the gateway could have it",
            _ => "it was called off before it left",
        };
        // An attempt before may have left where the one that runs has not.
        let running = if self.attempts().stop_running() {
            Delivery::Unknown
        } else {
            Delivery::NotSent
        };
        let error = Error::new(Kind::Cancelled, running, words);
        self.end(Some(&error), None);
        self.failed(error.with_gateway(gateway.profile().id))
    }
}

impl Attempts {
    /// Stops the attempt that runs; whether a part of it may have left before.
    fn stop_running(&self) -> bool {
        let running = self.running.as_ref();
        running.is_some_and(|(_, progress)| progress.stop())
    }
}

fn is_unknown(attempt: &Attempt) -> bool {
    attempt.delivery == Some(Delivery::Unknown)
}

/// The time in UTC, to the millisecond.
fn now() -> String {
    format!("{:.3}", Timestamp::now())
}

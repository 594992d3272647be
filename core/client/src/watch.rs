//! What is known of a call while it runs: for who calls it off.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wamux_engine::gateway::Gateway;
use wamux_engine::{Attempt, Delivery, Error, Kind};

use crate::client::now;
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
        self.join(Arc::clone(&progress));
        progress
    }

    /// An attempt begins that carries other messages too.
    pub(crate) fn join(&self, progress: Arc<Progress>) {
        self.attempts().running = Some((now(), progress));
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

    /// Whether the gateway may have it by now; `None` where no attempt began.
    pub(crate) fn so_far(&self) -> Option<Delivery> {
        let attempts = self.attempts();
        let running = attempts.running.as_ref();
        let left = running.is_some_and(|(_, progress)| progress.may_have_left());
        if left || attempts.ended.iter().any(is_unknown) {
            Some(Delivery::Unknown)
        } else {
            (running.is_some() || !attempts.ended.is_empty()).then_some(Delivery::NotSent)
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

    /// The error of a call that was called off.
    pub(crate) fn cancelled(&self, gateway: &dyn Gateway) -> Error {
        let left = match &self.attempts().running {
            Some((_, progress)) => progress.may_have_left(),
            None => false,
        };
        let (delivery, words) = if left {
            (
                Delivery::Unknown,
                "it was called off while the gateway could have it",
            )
        } else {
            (Delivery::NotSent, "it was called off before it left")
        };
        let error = Error::new(Kind::Cancelled, delivery, words);
        self.end(Some(&error), None);
        self.failed(error.with_gateway(gateway.profile().id))
    }
}

fn is_unknown(attempt: &Attempt) -> bool {
    attempt.delivery == Some(Delivery::Unknown)
}

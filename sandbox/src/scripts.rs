//! The fault scripts that wait for calls, and what they make of status callbacks.

use std::sync::Mutex;

use crate::callbacks::{join, repeat_each};
use crate::faults::{Fault, FaultKind};
use crate::gateway::Callback;
use crate::lock;

/// A script that waits, with the callbacks that it holds back.
struct Waiting {
    fault: Fault,
    gathered: Vec<Callback>,
}

impl Waiting {
    fn strikes(&self, gateway: &str) -> bool {
        self.fault
            .gateway
            .as_deref()
            .is_none_or(|wanted| wanted == gateway)
    }
}

/// The scripts that still wait for calls.
#[derive(Default)]
pub(crate) struct Scripts(Mutex<Vec<Waiting>>);

impl Scripts {
    pub(crate) fn add(&self, fault: Fault) {
        let gathered = Vec::new();
        lock(&self.0).push(Waiting { fault, gathered });
    }

    pub(crate) fn pending(&self) -> Vec<Fault> {
        let waiting = lock(&self.0);
        waiting.iter().map(|one| one.fault.clone()).collect()
    }

    /// Takes all scripts back; gives the callbacks that they held.
    #[must_use]
    pub(crate) fn clear(&self) -> Vec<Callback> {
        let waiting = std::mem::take(&mut *lock(&self.0));
        waiting.into_iter().flat_map(|one| one.gathered).collect()
    }

    /// The oldest script that strikes a send call of `gateway`, used up by one.
    pub(crate) fn take(&self, gateway: &str) -> Option<Fault> {
        self.take_where(gateway, |kind| !kind.strikes_callbacks())
    }

    /// What the oldest scripts of each kind make of the callbacks of a call of `gateway`: the callbacks of each of its
    /// messages, in order, to be posted one after the other.
    pub(crate) fn arrange(
        &self,
        gateway: &str,
        mut messages: Vec<Vec<Callback>>,
    ) -> Vec<Vec<Callback>> {
        messages.retain(|callbacks| !callbacks.is_empty());
        if messages.is_empty() {
            return messages;
        }
        let reversal = self.take_where(gateway, |kind| kind == FaultKind::ReversedCallbacks);
        if reversal.is_some() {
            for callbacks in &mut messages {
                callbacks.reverse();
            }
        }
        let copies = self.take_copies(gateway);
        for callbacks in &mut messages {
            *callbacks = repeat_each(callbacks, 1 + copies);
        }
        self.gather(gateway, messages)
    }

    /// Lets a script that batches hold the callbacks back; the last of its calls brings them all.
    fn gather(&self, gateway: &str, messages: Vec<Vec<Callback>>) -> Vec<Vec<Callback>> {
        let mut all = lock(&self.0);
        let Some(index) = all
            .iter()
            .position(|one| one.fault.kind == FaultKind::BatchedCallbacks && one.strikes(gateway))
        else {
            return messages;
        };
        let Some(one) = all.get_mut(index) else {
            return messages;
        };
        one.gathered.extend(messages.into_iter().flatten());
        one.fault.count -= 1;
        if one.fault.count > 0 {
            return Vec::new();
        }
        vec![join(all.remove(index).gathered)]
    }

    /// How many scripts ask for one more copy of each callback; all are used up by one.
    fn take_copies(&self, gateway: &str) -> u32 {
        let mut copies = 0;
        lock(&self.0).retain_mut(|one| {
            if one.fault.kind == FaultKind::DuplicatedCallbacks && one.strikes(gateway) {
                one.fault.count -= 1;
                copies += 1;
            }
            one.fault.count > 0
        });
        copies
    }

    /// The oldest script of a kind for a call of `gateway`, used up by one.
    fn take_where(&self, gateway: &str, is_wanted: impl Fn(FaultKind) -> bool) -> Option<Fault> {
        let mut all = lock(&self.0);
        let index = all
            .iter()
            .position(|one| is_wanted(one.fault.kind) && one.strikes(gateway))?;
        let fault = &mut all.get_mut(index)?.fault;
        fault.count -= 1;
        if fault.count == 0 {
            return Some(all.remove(index).fault);
        }
        Some(fault.clone())
    }
}

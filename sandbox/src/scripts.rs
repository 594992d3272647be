//! The fault scripts that wait for calls, and what they make of status callbacks.

use std::sync::Mutex;

use crate::callbacks::{join, repeat_each};
use crate::faults::{Fault, FaultKind};
use crate::gateway::{CallKind, Callback};
use crate::lock;

/// A script that waits, with the callbacks that it holds back.
struct Waiting {
    fault: Fault,
    gathered: Vec<Callback>,
}

/// A call, as far as a script asks for it.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) gateway: &'a str,
    /// Below the gateway's base URL.
    pub(crate) path: &'a str,
    pub(crate) kind: CallKind,
}

impl Waiting {
    fn strikes_call(&self, call: Target<'_>) -> bool {
        let is_meant = match &self.fault.path {
            Some(start) => call.path.starts_with(start.as_str()),
            None => call.kind == CallKind::Send,
        };
        self.fault.kind.strikes_calls() && is_meant && self.strikes(call.gateway)
    }

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

    /// The oldest script that strikes the call, used up by one.
    pub(crate) fn take(&self, call: Target<'_>) -> Option<Fault> {
        self.take_where(|one| one.strikes_call(call))
    }

    /// After how many bytes of its body the call is cut, where that is what the oldest script that strikes it says;
    /// the script is then used up by one.
    pub(crate) fn take_cut_in_body(&self, call: Target<'_>) -> Option<u64> {
        let mut all = lock(&self.0);
        let index = all.iter().position(|one| one.strikes_call(call))?;
        let bytes = all.get(index)?.fault.cuts_body_after()?;
        use_up(&mut all, index).map(|_| bytes)
    }

    /// What the oldest script that strikes a list of messages of `gateway` does to it, used up by one.
    pub(crate) fn take_page(&self, gateway: &str) -> Option<FaultKind> {
        self.take_where(|one| one.fault.kind.strikes_pages() && one.strikes(gateway))
            .map(|fault| fault.kind)
    }

    /// The oldest script of which `is_meant` holds, used up by one.
    fn take_where(&self, is_meant: impl Fn(&Waiting) -> bool) -> Option<Fault> {
        let mut all = lock(&self.0);
        let index = all.iter().position(is_meant)?;
        use_up(&mut all, index)
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
        let reversal = self.take_where(|one| {
            one.fault.kind == FaultKind::ReversedCallbacks && one.strikes(gateway)
        });
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
}

/// The script at `index`, used up by one.
fn use_up(all: &mut Vec<Waiting>, index: usize) -> Option<Fault> {
    let fault = &mut all.get_mut(index)?.fault;
    fault.count -= 1;
    if fault.count == 0 {
        return Some(all.remove(index).fault);
    }
    Some(fault.clone())
}

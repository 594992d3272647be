//! Whether SQLite can be used in this process.
//!
//! SQLite knows by the process's memory which files are open and locked, and has locks of its own there. A child of a
//! fork inherits both as they were: it would wait for ever for a lock that another thread had, or take a file for locked
//! that is not, and spoil it. Source: SQLite, "How To Corrupt An SQLite Database File", Carrying an open database connection
//! across a fork.

use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::inbox::StoreError;

/// The process that has SQLite files open, in the upper half, and how many. No lock, which a fork could leave taken.
static OPEN: AtomicU64 = AtomicU64::new(0);

/// An SQLite file that is open, or about to be.
pub(super) struct Opening(());

impl Opening {
    pub(super) fn begin() -> Result<Self, StoreError> {
        let begun = OPEN.try_update(Ordering::AcqRel, Ordering::Acquire, |open| {
            more(open, process::id())
        });
        match begun {
            Ok(_) => Ok(Self(())),
            Err(_) => Err(StoreError::new(
                "an SQLite file was open when this process was forked, which SQLite does not survive: start the inbox after \
                 the fork, or use Redis",
            )),
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        // A child has no thread that comes to this for its parent's files.
        OPEN.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One more open file of a process; nothing where those that are open were its parent's.
fn more(open: u64, process: u32) -> Option<u64> {
    let none = u64::from(process) << 32;
    if open & u64::from(u32::MAX) == 0 {
        Some(none + 1)
    } else {
        (open >> 32 == u64::from(process)).then_some(open + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_opens_nothing_while_its_parents_files_were_open() {
        let one = more(0, 7).unwrap();
        let two = more(one, 7).unwrap();
        assert_eq!(two - one, 1);
        assert_eq!((more(one, 8), more(two, 8)), (None, None));
        // The parent had closed them.
        let closed = two - 2;
        assert_eq!(more(closed, 8), more(0, 8));
    }
}

//! How an inbox handles what it keeps.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};

/// The longest time that an option can mean: ten years.
const LONGEST: Duration = Duration::from_hours(24 * 3650);
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(16).unwrap();
const ATTEMPTS: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// The options of an inbox.
///
/// ```
/// use wamux::inbox::Options;
///
/// let options = Options { alias: Some("shop".to_owned()), ..Options::default() };
/// assert_eq!((options.concurrency.get(), options.attempts.get()), (16, 20));
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// What this client is called: the first part of its events' keys, so that several clients can share a store. The
    /// gateway's id, unless told otherwise.
    pub alias: Option<String>,
    /// How many events are handled at once by this process; 16 by default. Those of one chat or message are handled one
    /// after the other all the same.
    pub concurrency: NonZeroUsize,
    /// How often handling an event is tried before it is dead; 20 by default, which is half an hour to an hour with the
    /// usual waits. An attempt that ended with its process counts.
    pub attempts: NonZeroU32,
    /// The wait after the first failed attempt; each further one is twice as long. A second by default. As they are drawn at
    /// random, waits can be shorter by up to a half.
    pub first_wait: Duration,
    /// The longest wait between two attempts; five minutes by default.
    pub longest_wait: Duration,
    /// After how long without a sign of life from its process an event is handed to another; a minute by default. While
    /// the handler runs, the lease is prolonged.
    pub lease: Duration,
    /// For how long completed keys are known; seven days by default. What is delivered once more after that is handled
    /// once more.
    pub retention: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            alias: None,
            concurrency: CONCURRENCY,
            attempts: ATTEMPTS,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_mins(5),
            lease: Duration::from_mins(1),
            retention: Duration::from_hours(7 * 24),
        }
    }
}

impl Options {
    /// The options with no time so long that no clock reaches its end, and a lease that lasts.
    pub(super) fn within_reason(self) -> Self {
        Self {
            longest_wait: self.longest_wait.min(LONGEST),
            lease: self.lease.clamp(Duration::from_millis(10), LONGEST),
            retention: self.retention.min(LONGEST),
            ..self
        }
    }

    /// How long to wait after a failed attempt, counted from 1; `None` after the last.
    pub(super) fn wait_after(&self, attempt: u32) -> Option<Duration> {
        let mut waits = ExponentialBuilder::new()
            .with_min_delay(self.first_wait.min(self.longest_wait))
            .with_max_delay(self.longest_wait)
            .with_factor(2.0)
            .with_max_times(usize::try_from(self.attempts.get() - 1).unwrap_or(usize::MAX))
            .build();
        let before = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        let wait = waits.nth(before)?;
        // Events that failed together do not come back together.
        Some(wait.mul_f64(0.5 + fastrand::f64() / 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_end_with_the_attempts() {
        let options = Options {
            attempts: NonZeroU32::new(6).unwrap(),
            longest_wait: Duration::from_secs(6),
            ..Options::default()
        };
        for (attempt, longest) in [(1, 1), (2, 2), (3, 4), (4, 6), (5, 6)] {
            let longest = Duration::from_secs(longest);
            let wait = options.wait_after(attempt).unwrap();
            assert!(
                wait >= longest / 2 && wait <= longest,
                "{attempt}: {wait:?}"
            );
        }
        assert_eq!(options.wait_after(6), None);
        assert_eq!(options.wait_after(u32::MAX), None);
    }

    #[test]
    fn no_time_is_longer_than_a_clock_goes() {
        let options = Options {
            first_wait: Duration::MAX,
            longest_wait: Duration::MAX,
            lease: Duration::MAX,
            retention: Duration::MAX,
            ..Options::default()
        };
        let options = options.within_reason();
        assert_eq!((options.lease, options.retention), (LONGEST, LONGEST));
        assert!(options.wait_after(3).unwrap() <= LONGEST);
    }
}

//! How an inbox handles what it keeps.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use wamux_engine::Error;

use crate::options::{configuration, count};

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
    /// The names of all options that [`Options::set`] takes.
    ///
    /// ```
    /// assert!(wamux::inbox::Options::NAMES.contains(&"first_wait"));
    /// ```
    pub const NAMES: [&'static str; 7] = [
        "alias",
        "concurrency",
        "attempts",
        "first_wait",
        "longest_wait",
        "lease",
        "retention",
    ];

    /// Sets one option from text, as languages give it that take options by name. Times are in seconds, with decimals
    /// where wanted.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a name that is none of [`Options::NAMES`], and for a value that the option cannot
    /// have: an empty alias, a count that is no whole number from 1 to 100,000, a time that is no number, below 0 or over
    /// ten years, and a lease of 0.
    ///
    /// ```
    /// use wamux::inbox::Options;
    ///
    /// let mut options = Options::default();
    /// options.set("lease", "2.5")?;
    /// assert_eq!(options.lease.as_millis(), 2500);
    /// let error = options.set("attempts", "0").unwrap_err();
    /// assert!(error.to_string().contains("attempts must be a whole number from 1"));
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        match name {
            "alias" if value.is_empty() => return Err(configuration("alias must not be empty")),
            "alias" => self.alias = Some(value.to_owned()),
            "concurrency" => {
                let count = usize::try_from(count(name, value, 1)?).ok();
                self.concurrency = count.and_then(NonZeroUsize::new).unwrap_or(CONCURRENCY);
            }
            "attempts" => {
                self.attempts = NonZeroU32::new(count(name, value, 1)?).unwrap_or(ATTEMPTS);
            }
            "first_wait" => self.first_wait = time(name, value)?,
            "longest_wait" => self.longest_wait = time(name, value)?,
            "lease" => {
                let lease = time(name, value)?;
                if lease.is_zero() {
                    return Err(configuration("lease must be above 0 seconds"));
                }
                self.lease = lease;
            }
            "retention" => self.retention = time(name, value)?,
            _ => {
                return Err(configuration(format!(
                    "`{name}` is not an option of an inbox; the options are {}",
                    Self::NAMES.join(", ")
                )));
            }
        }
        Ok(())
    }

    /// What a client of a gateway is called: its alias, or the gateway's id.
    ///
    /// ```
    /// assert_eq!(wamux::inbox::Options::default().alias_at("tujenge"), "tujenge");
    /// ```
    #[must_use]
    pub fn alias_at<'a>(&'a self, gateway: &'a str) -> &'a str {
        self.alias.as_deref().unwrap_or(gateway)
    }

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

/// A time in seconds from text.
fn time(name: &str, value: &str) -> Result<Duration, Error> {
    let seconds = value.parse().ok();
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.filter(|time| *time <= LONGEST).ok_or_else(|| {
        let most = LONGEST.as_secs();
        configuration(format!(
            "{name} must be a number of seconds from 0 to {most}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_be_set() {
        let mut options = Options::default();
        for name in Options::NAMES {
            options.set(name, "2").unwrap();
        }
        assert_eq!(options.alias.as_deref(), Some("2"));
        assert_eq!((options.concurrency.get(), options.attempts.get()), (2, 2));
        let two = Duration::from_secs(2);
        assert_eq!((options.first_wait, options.longest_wait), (two, two));
        assert_eq!((options.lease, options.retention), (two, two));
    }

    #[test]
    fn wrong_values_are_refused() {
        let mut options = Options::default();
        for (name, value) in [
            ("alias", ""),
            ("concurrency", "0"),
            ("concurrency", "100001"),
            ("attempts", "1.5"),
            ("first_wait", "-1"),
            ("longest_wait", "NaN"),
            ("lease", "0"),
            ("lease", "soon"),
            ("retention", "inf"),
            ("retention", "1e300"),
            ("waits", "1"),
        ] {
            let error = options.set(name, value).unwrap_err();
            assert_eq!(error.kind(), wamux_engine::Kind::Configuration);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

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

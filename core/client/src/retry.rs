//! Retries: which failed attempt is repeated, and after how long.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tower::retry::budget::{Budget as _, TpsBudget};
use wamux_engine::{Delivery, Error};

use crate::options::Options;

/// The longest wait before the first retry; each further one may be twice as long.
const FIRST_DELAY: Duration = Duration::from_millis(500);
/// The longest wait that a client chooses by itself.
const LONGEST_DELAY: Duration = Duration::from_secs(30);
/// The longest wait that a gateway may ask for; a longer one is the caller's to wait.
const LONGEST_RETRY_AFTER: Duration = Duration::from_mins(1);
/// For how long calls earn retries: each a fifth of one, and the client itself one a second.
const BUDGET_WINDOW: Duration = Duration::from_secs(10);
const BUDGET_PER_SECOND: u32 = 1;
const BUDGET_SHARE: f32 = 0.2;

/// What a client does with failed attempts.
pub(crate) struct Retries {
    most: u32,
    unknown: bool,
    on_retry: Option<OnRetry>,
    budget: TpsBudget,
}

/// Whether an attempt may be repeated at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// What it uploads cannot be read again.
    No,
    /// Where the gateway does not have it.
    NotSent,
    /// Also where the gateway may have it: it recognises what it has.
    Deduplicated,
}

impl Retries {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            most: options.retries,
            unknown: options.retry_unknown,
            on_retry: options.on_retry.clone(),
            budget: TpsBudget::new(BUDGET_WINDOW, BUDGET_PER_SECOND, BUDGET_SHARE),
        }
    }

    /// Notes a new call, which earns the client a part of a retry, and gives the waits of its retries.
    pub(crate) fn begin(&self) -> Waits {
        self.budget.deposit();
        Waits(
            ExponentialBuilder::new()
                .with_min_delay(FIRST_DELAY)
                .with_max_delay(LONGEST_DELAY)
                .with_factor(2.0)
                .with_max_times(usize::try_from(self.most).unwrap_or(usize::MAX))
                .build(),
        )
    }

    /// Whether a failure is one that a retry can mend without a second message.
    pub(crate) fn may_repeat(&self, error: &Error, repeatable: Repeatable) -> bool {
        error.retryable()
            && match (error.delivery(), repeatable) {
                (_, Repeatable::No) => false,
                (Delivery::NotSent, _) => true,
                (Delivery::Unknown, _) => self.unknown || repeatable == Repeatable::Deduplicated,
            }
    }

    /// How long to wait before the next attempt; `None` where there is to be none.
    pub(crate) fn wait(
        &self,
        error: &Error,
        repeatable: Repeatable,
        waits: &mut Waits,
    ) -> Option<Duration> {
        if !self.may_repeat(error, repeatable) {
            return None;
        }
        let asked = error.retry_after().map(Duration::from_secs);
        if asked.is_some_and(|asked| asked > LONGEST_RETRY_AFTER) {
            return None;
        }
        // Full jitter: clients that failed together do not come back together.
        let wait = waits.0.next()?.mul_f64(fastrand::f64());
        let wait = asked.map_or(wait, |asked| asked + wait.min(FIRST_DELAY));
        if !self.budget.withdraw() {
            return None;
        }
        if let Some(OnRetry(hook)) = &self.on_retry {
            hook(&Retry { error, wait });
        }
        Some(wait)
    }
}

/// The waits before the retries of one call.
pub(crate) struct Waits(ExponentialBackoff);

/// A retry that is about to happen.
#[derive(Debug)]
pub struct Retry<'a> {
    /// Why the attempt failed.
    pub error: &'a Error,
    /// How long the client waits before the next one.
    pub wait: Duration,
}

/// What is to be called before each retry.
///
/// ```
/// use wamux::{OnRetry, Options};
///
/// let options = Options {
///     on_retry: Some(OnRetry::new(|retry| {
///         eprintln!("{}; the next attempt in {:?}", retry.error, retry.wait);
///     })),
///     ..Options::default()
/// };
/// assert!(format!("{options:?}").contains("OnRetry"));
/// ```
#[derive(Clone)]
pub struct OnRetry(Arc<dyn Fn(&Retry<'_>) + Send + Sync>);

impl OnRetry {
    /// A function that does not wait, such as one that counts or writes a log.
    pub fn new(hook: impl Fn(&Retry<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hook))
    }
}

impl fmt::Debug for OnRetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnRetry")
    }
}

//! How fast a client sends, and how many of its requests are under way at once.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::options::Options;

/// The limits of one client, shared by its clones.
pub(crate) struct Limits {
    rate: Option<Rate>,
    in_flight: Semaphore,
    at_once: usize,
}

/// A bucket that fills at the rate and holds the burst. Who waits, waits in turn.
struct Rate {
    bucket: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Duration>>,
    burst: usize,
    turn: Mutex<()>,
}

impl Limits {
    pub(crate) fn new(options: &Options) -> Self {
        let rate = options.rate.and_then(|rate| {
            let period = Duration::try_from_secs_f64(1.0 / rate).ok()?;
            let quota = Quota::with_period(period)?.allow_burst(options.burst);
            Some(Rate {
                bucket: RateLimiter::direct_with_clock(quota, TokioClock(Instant::now())),
                burst: usize::try_from(options.burst.get()).unwrap_or(usize::MAX),
                turn: Mutex::new(()),
            })
        });
        let at_once = options.concurrency.get().min(Semaphore::MAX_PERMITS);
        Self {
            rate,
            in_flight: Semaphore::new(at_once),
            at_once,
        }
    }

    /// How many requests may be under way at once.
    pub(crate) fn at_once(&self) -> usize {
        self.at_once
    }

    /// How many messages may leave in one moment at most.
    pub(crate) fn burst(&self) -> usize {
        self.rate.as_ref().map_or(usize::MAX, |rate| rate.burst)
    }

    /// How many requests are under way.
    pub(crate) fn under_way(&self) -> usize {
        self.at_once
            .saturating_sub(self.in_flight.available_permits())
    }

    /// Waits until one more request with so many messages may leave; it is under way while the permit lives.
    pub(crate) async fn turn(&self, messages: usize) -> Option<SemaphorePermit<'_>> {
        let Some(rate) = self.rate.as_ref().filter(|_| messages > 0) else {
            return self.permit().await;
        };
        let _turn = rate.turn.lock().await;
        // What is taken from the bucket leaves at once then: a rate that was saved up behind slow answers would come as
        // a flood.
        let permit = self.permit().await;
        for _ in 0..messages {
            while let Err(early) = rate.bucket.check() {
                let now = rate.bucket.clock().now();
                tokio::time::sleep(early.wait_time_from(now)).await;
            }
        }
        permit
    }

    async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.in_flight.acquire().await.ok()
    }
}

/// The clock of the runtime, which tests can stop.
#[derive(Clone)]
struct TokioClock(Instant);

impl Clock for TokioClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// What is allowed where nothing is said: one message at once.
pub(crate) const NO_BURST: NonZeroU32 = NonZeroU32::MIN;

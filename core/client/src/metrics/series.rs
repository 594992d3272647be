//! Counts that any thread can add to, by their attributes.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wamux_engine::{Attributes, HistogramPoint};

/// The bounds that OpenTelemetry advises for durations of HTTP requests and of messaging, in seconds.
const BOUNDS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];
/// The same in milliseconds.
const BOUNDS_IN_MILLISECONDS: [u64; BOUNDS.len()] = [
    5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
];

/// Counts one more.
pub(super) fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

/// How long things took.
#[derive(Default)]
pub(super) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

impl Histogram {
    pub(super) fn record(&self, nanoseconds: u64) {
        let bounds = BOUNDS_IN_MILLISECONDS.iter();
        let bucket = bounds.take_while(|bound| **bound * 1_000_000 < nanoseconds);
        if let Some(bucket) = self.buckets.get(bucket.count()) {
            add_one(bucket);
        }
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    pub(super) fn point(&self, name: &'static str, attributes: Attributes) -> HistogramPoint {
        let counts = self.buckets.iter();
        let bucket_counts: Vec<u64> = counts.map(|count| count.load(Ordering::Relaxed)).collect();
        HistogramPoint {
            name,
            unit: "s",
            attributes,
            count: bucket_counts.iter().sum(),
            sum: Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64(),
            explicit_bounds: &BOUNDS,
            bucket_counts,
        }
    }
}

/// Values by their keys: a list to which any thread can append and from which nothing is taken. There are few, and the
/// usual one came first.
pub(super) struct Series<K, V>(OnceLock<Box<Entry<K, V>>>);

struct Entry<K, V> {
    key: K,
    value: V,
    next: Series<K, V>,
}

impl<K, V> Default for Series<K, V> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<K: Copy + PartialEq, V: Default> Series<K, V> {
    /// The value of a key, made where it is missing.
    pub(super) fn of(&self, key: K) -> &V {
        let mut place = self;
        loop {
            let entry = place.0.get_or_init(|| {
                Box::new(Entry {
                    key,
                    value: V::default(),
                    next: Self::default(),
                })
            });
            if entry.key == key {
                return &entry.value;
            }
            place = &entry.next;
        }
    }

    /// All that are there, in the order in which they came.
    pub(super) fn all(&self) -> impl Iterator<Item = (K, &V)> {
        let first = self.0.get();
        let entries = std::iter::successors(first, |entry| entry.next.0.get());
        entries.map(|entry| (entry.key, &entry.value))
    }
}

/// One after the other: as many statuses as a server can think of must not be as many nested calls.
impl<K, V> Drop for Series<K, V> {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut entry) = next {
            next = entry.next.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_the_same_in_both_units() {
        for (seconds, milliseconds) in BOUNDS.into_iter().zip(BOUNDS_IN_MILLISECONDS) {
            assert_eq!(
                Duration::from_secs_f64(seconds),
                Duration::from_millis(milliseconds)
            );
        }
    }

    #[test]
    fn a_duration_is_in_the_first_bucket_that_holds_it() {
        let histogram = Histogram::default();
        for milliseconds in [0, 5, 6, 10_000, 10_001] {
            histogram.record(milliseconds * 1_000_000);
        }
        let point = histogram.point("x", Attributes::new());
        assert_eq!(point.count, 5);
        assert!((point.sum - 20.012).abs() < 1e-9);
        assert_eq!(point.bucket_counts[..2], [2, 1]);
        assert_eq!(point.bucket_counts[13..], [1, 1]);
    }

    #[test]
    fn threads_that_come_together_share_a_series() {
        let series = Series::<u16, AtomicU64>::default();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for key in (0..100).cycle().take(10_000) {
                        add_one(series.of(key));
                    }
                });
            }
        });
        let all: Vec<_> = series.all().collect();
        assert_eq!(all.len(), 100);
        assert!(
            all.iter()
                .all(|(_, count)| count.load(Ordering::Relaxed) == 800)
        );
    }

    #[test]
    fn a_long_list_ends() {
        let series = Series::<u32, AtomicU64>::default();
        (0..5_000).for_each(|key| add_one(series.of(key)));
        assert_eq!(series.all().count(), 5_000);
    }
}

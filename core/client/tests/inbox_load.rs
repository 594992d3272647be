//! Many deliveries, shuffled and duplicated, while the handler fails now and then: with each store, each event is
//! completed exactly once and none is lost.
//!
//! `WAMUX_SOAK_DELIVERIES` sets their number; `make soak` sets it high.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "support/inbox_load.rs"]
mod load;
#[path = "support/redis_server.rs"]
mod redis_server;

use std::sync::{Arc, Mutex};
use std::time::Instant;

use wamux::inbox::{MemoryStore, RedisStore, SqliteStore, Store};

use load::{Handled, count, deliver, deliveries, handle, keys, start};
use redis_server::RedisServer;

async fn completes_each_once(name: &str, store: Arc<dyn Store>) {
    let seed = fastrand::u64(..);
    let bodies = deliveries(count(), &mut fastrand::Rng::with_seed(seed));
    let expected = keys(&bodies);
    let handled = Arc::new(Mutex::new(Handled::default()));
    let notes = Arc::clone(&handled);
    let inbox = start(&store, move |notification| {
        handle(notification, Arc::clone(&notes), |_| {})
    });
    let (started, number) = (Instant::now(), bodies.len());
    let numbered = bodies.into_iter().enumerate().collect();
    deliver(Arc::clone(&inbox), Arc::clone(&store), numbered, |_| {}).await;
    let took = started.elapsed();
    inbox.stop().await;
    assert_eq!(store.dead(load::GATEWAY, 1).await.unwrap(), []);
    let handled = handled.lock().unwrap();
    eprintln!(
        "{name}: {number} deliveries of {} events, {} failures of the handler, {took:.1?}",
        expected.len(),
        handled.failures
    );
    assert!(handled.failures > 0, "the handler has never failed");
    let known = handled.times.keys().copied().collect();
    assert_eq!(expected, known, "seed {seed}");
    let twice = handled.times.values().filter(|times| **times != 1).count();
    assert_eq!(twice, 0, "events handled twice; seed {seed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_completes_each_once() {
    completes_each_once("memory", Arc::new(MemoryStore::default())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_completes_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("inbox")).unwrap();
    completes_each_once("sqlite", Arc::new(store)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_completes_each_once() {
    let server = RedisServer::start();
    let store = RedisStore::connect(&server.url()).await.unwrap();
    completes_each_once("redis", Arc::new(store)).await;
}

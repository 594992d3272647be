//! An inbox whose store is in trouble.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;
use wamux::http::{HeaderMap, Method};
use wamux::inbox::{
    Claim, Dead, Entry, Inbox, Key, MemoryStore, Notification, Options, SqliteStore, Store,
    StoreError, Stored,
};
use wamux::{Authentication, Webhook};

/// A time that only a hanging test reaches; shorter than a lease.
const LONG: Duration = Duration::from_secs(20);

/// A store that fails at some of what it is asked for.
#[derive(Debug)]
struct Troubled {
    inner: Arc<dyn Store>,
    renews: bool,
    completes: bool,
    /// Whether the answer to a failure comes only when the event is handed out again.
    fails_slowly: bool,
    handed_out: AtomicUsize,
}

impl Troubled {
    fn new(inner: impl Store + 'static) -> Self {
        Self {
            inner: Arc::new(inner),
            renews: true,
            completes: true,
            fails_slowly: false,
            handed_out: AtomicUsize::new(0),
        }
    }

    /// Waits until so many events were handed out.
    async fn handed_out(&self, count: usize) {
        while self.handed_out.load(Ordering::SeqCst) < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

fn away<T: Send + 'static>() -> Stored<'static, T> {
    Box::pin(async { Err(StoreError::new("away")) })
}

impl Store for Troubled {
    fn add(&self, entries: Vec<Entry>) -> Stored<'_, ()> {
        self.inner.add(entries)
    }

    fn claim<'s>(&'s self, alias: &'s str, most: usize, lease: Duration) -> Stored<'s, Vec<Claim>> {
        Box::pin(async move {
            let claims = self.inner.claim(alias, most, lease).await?;
            self.handed_out.fetch_add(claims.len(), Ordering::SeqCst);
            Ok(claims)
        })
    }

    fn renew(&self, key: Key, attempt: u32, lease: Duration) -> Stored<'_, ()> {
        if self.renews {
            self.inner.renew(key, attempt, lease)
        } else {
            away()
        }
    }

    fn complete(&self, key: Key, retention: Duration) -> Stored<'_, ()> {
        if self.completes {
            self.inner.complete(key, retention)
        } else {
            away()
        }
    }

    fn fail(
        &self,
        key: Key,
        attempt: u32,
        error: String,
        retry: Option<Duration>,
    ) -> Stored<'_, ()> {
        Box::pin(async move {
            let before = self.handed_out.load(Ordering::SeqCst);
            self.inner.fail(key, attempt, error, retry).await?;
            if self.fails_slowly {
                self.handed_out(before + 1).await;
            }
            Ok(())
        })
    }

    fn dead<'s>(&'s self, alias: &'s str, most: usize) -> Stored<'s, Vec<Dead>> {
        self.inner.dead(alias, most)
    }

    fn revive(&self, key: Key) -> Stored<'_, bool> {
        self.inner.revive(key)
    }

    fn waiting<'s>(&'s self, alias: &'s str) -> Stored<'s, usize> {
        self.inner.waiting(alias)
    }
}

async fn receive(inbox: &Inbox) -> u16 {
    let webhook = Webhook {
        method: &Method::POST,
        path: "/",
        headers: &HeaderMap::new(),
        body: br#"[{"messageId": "1", "status": "READ"}]"#,
    };
    inbox.receive(&webhook).await.status
}

#[tokio::test]
async fn a_lease_that_ends_under_a_handler_does_not_start_it_again() {
    let store = Arc::new(Troubled {
        renews: false,
        ..Troubled::new(MemoryStore::default())
    });
    let (started, release) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let handler = {
        let (started, release) = (Arc::clone(&started), Arc::clone(&release));
        move |_: Notification| {
            started.fetch_add(1, Ordering::SeqCst);
            let release = Arc::clone(&release);
            async move {
                drop(release.acquire().await);
                Ok::<(), Infallible>(())
            }
        }
    };
    let options = Options {
        lease: Duration::from_millis(10),
        ..Options::default()
    };
    let shared: Arc<dyn Store> = Arc::clone(&store) as _;
    let inbox = Inbox::start(
        "devino-v2",
        Authentication::none(),
        shared,
        options,
        handler,
    );
    let inbox = inbox.unwrap();
    let receiving = receive(&inbox);
    let releasing = async {
        store.handed_out(3).await;
        release.add_permits(100);
    };
    let (status, ()) = tokio::join!(receiving, releasing);
    assert_eq!((status, started.load(Ordering::SeqCst)), (200, 1));
    assert_eq!(store.waiting("devino-v2").await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_inbox_that_is_to_stop_waits_for_its_store_a_moment_only() {
    let store: Arc<dyn Store> = Arc::new(Troubled {
        completes: false,
        ..Troubled::new(MemoryStore::default())
    });
    let called = Arc::new(Notify::new());
    let handler = {
        let called = Arc::clone(&called);
        move |_: Notification| {
            called.notify_one();
            async { Ok::<(), Infallible>(()) }
        }
    };
    let options = Options::default();
    let inbox = Inbox::start("devino-v2", Authentication::none(), store, options, handler);
    let inbox = Arc::new(inbox.unwrap());
    let receiving = {
        let inbox = Arc::clone(&inbox);
        tokio::spawn(async move { receive(&inbox).await })
    };
    called.notified().await;
    let begin = Instant::now();
    inbox.stop().await;
    assert!(
        begin.elapsed() <= Duration::from_secs(6),
        "{:?}",
        begin.elapsed()
    );
    assert_eq!(receiving.await.unwrap(), 503);
}

#[tokio::test]
async fn an_event_that_comes_again_before_its_failure_is_answered_is_handled_again() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(Troubled {
        fails_slowly: true,
        ..Troubled::new(SqliteStore::open(folder.path().join("inbox")).unwrap())
    });
    let (attempts, mut attempted) = unbounded_channel();
    let handler = move |notification: Notification| {
        let _ = attempts.send(notification.attempt);
        let is_first = notification.attempt == 1;
        async move { if is_first { Err("not now") } else { Ok(()) } }
    };
    let options = Options {
        first_wait: Duration::ZERO,
        ..Options::default()
    };
    let inbox = Inbox::start("devino-v2", Authentication::none(), store, options, handler);
    let inbox = inbox.unwrap();
    assert_eq!(receive(&inbox).await, 200);
    for attempt in [1, 2] {
        let next = tokio::time::timeout(LONG, attempted.recv()).await;
        assert_eq!(next.unwrap(), Some(attempt));
    }
}

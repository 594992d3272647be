//! What every store of the inbox promises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "support/redis_server.rs"]
mod redis_server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio::time::sleep;
use wamux::inbox::{
    Claim, Entry, Key, MemoryStore, RedisStore, SqliteStore, Stage, Store, StoreError,
};

use redis_server::RedisServer;

/// A time that only a hanging test reaches.
const LONG: Duration = Duration::from_mins(1);
const SHORT: Duration = Duration::from_millis(20);
const ALIAS: &str = "shop";

fn key(number: u8) -> Key {
    Key::from_bytes([number; 32])
}

fn entry(number: u8, lane: u8) -> Entry {
    Entry {
        alias: ALIAS.to_owned(),
        key: key(number),
        lane: key(lane),
        stage: None,
        event: format!("{{\"number\":{number}}}"),
    }
}

fn status(number: u8, rank: u8) -> Entry {
    let subject = key(200);
    let stage = Some(Stage { subject, rank });
    Entry {
        stage,
        ..entry(number, number)
    }
}

/// A store, and whether it keeps what it has when a handler fails.
struct Subject {
    store: Arc<dyn Store>,
    durable: bool,
}

impl Subject {
    /// Adds events. The memory store is not done before they are handled.
    async fn add(&self, entries: Vec<Entry>) -> JoinHandle<Result<(), StoreError>> {
        let store = Arc::clone(&self.store);
        let mut adding = tokio::spawn(async move { store.add(entries).await });
        if self.durable {
            (&mut adding).await.unwrap().unwrap();
            return tokio::spawn(async { Ok(()) });
        }
        // The store of memory has them when it was asked once.
        tokio::task::yield_now().await;
        adding
    }

    async fn claim(&self) -> Vec<Claim> {
        self.claim_for(LONG).await
    }

    async fn claim_for(&self, lease: Duration) -> Vec<Claim> {
        let mut claims = self.store.claim(ALIAS, 10, lease).await.unwrap();
        claims.sort_by_key(|claim| claim.key);
        claims
    }

    /// Claims until there is something.
    async fn claim_later(&self) -> Vec<Claim> {
        let deadline = Instant::now() + LONG;
        loop {
            let claims = self.claim().await;
            if !claims.is_empty() {
                return claims;
            }
            assert!(Instant::now() < deadline, "nothing to claim");
            sleep(Duration::from_millis(2)).await;
        }
    }

    async fn complete(&self, number: u8) {
        self.store.complete(key(number), LONG).await.unwrap();
    }

    async fn fail(&self, number: u8, attempt: u32, retry: Option<Duration>) {
        let failing = self
            .store
            .fail(key(number), attempt, "no disk".to_owned(), retry);
        failing.await.unwrap();
    }

    async fn waiting(&self) -> usize {
        self.store.waiting(ALIAS).await.unwrap()
    }
}

fn numbers(claims: &[Claim]) -> Vec<u8> {
    claims.iter().map(|claim| claim.key.as_bytes()[0]).collect()
}

async fn a_lane_is_handed_out_one_by_one_and_lanes_beside_each_other(subject: &Subject) {
    let adding = subject
        .add(vec![entry(2, 100), entry(1, 100), entry(3, 101)])
        .await;
    let claims = subject.claim().await;
    assert_eq!(numbers(&claims), [2, 3]);
    assert_eq!(claims[0].event, r#"{"number":2}"#);
    assert_eq!((claims[0].attempt, claims[0].reached), (1, 0));
    assert_eq!(subject.claim().await.len(), 0, "what is handed out is");
    assert_eq!(subject.waiting().await, 3);
    subject.complete(3).await;
    assert_eq!(
        subject.claim().await.len(),
        0,
        "the lane's first is not done"
    );
    subject.complete(2).await;
    assert_eq!(numbers(&subject.claim().await), [1]);
    subject.complete(1).await;
    assert_eq!(subject.waiting().await, 0);
    adding.await.unwrap().unwrap();
}

async fn no_more_is_handed_out_than_is_asked_for(subject: &Subject) {
    let adding = subject
        .add((1..=5).map(|number| entry(number, number)).collect())
        .await;
    assert_eq!(subject.store.claim(ALIAS, 2, LONG).await.unwrap().len(), 2);
    assert_eq!(subject.claim().await.len(), 3);
    adding.abort();
}

async fn a_key_is_taken_once(subject: &Subject) {
    let first = subject.add(vec![entry(1, 100), entry(1, 100)]).await;
    let again = subject.add(vec![entry(1, 100)]).await;
    assert_eq!(subject.waiting().await, 1);
    assert_eq!(subject.claim().await.len(), 1);
    let claimed = subject.add(vec![entry(1, 100)]).await;
    assert_eq!(subject.claim().await.len(), 0);
    subject.complete(1).await;
    for adding in [first, again, claimed] {
        adding.await.unwrap().unwrap();
    }
    let completed = subject.add(vec![entry(1, 100)]).await;
    completed.await.unwrap().unwrap();
    assert_eq!(
        (subject.claim().await.len(), subject.waiting().await),
        (0, 0)
    );
    // A completion that is told twice is one.
    subject.complete(1).await;
    assert_eq!(subject.waiting().await, 0);
}

async fn what_nobody_prolongs_is_handed_out_again(subject: &Subject) {
    let adding = subject
        .add(vec![entry(1, 100), entry(2, 100), entry(3, 101)])
        .await;
    assert_eq!(numbers(&subject.claim_for(SHORT).await), [1, 3]);
    subject.store.renew(key(3), 1, LONG).await.unwrap();
    let claims = subject.claim_later().await;
    assert_eq!((numbers(&claims), claims[0].attempt), (vec![1], 2));
    // The worker that was too late can neither prolong nor fail what is another's now.
    subject
        .store
        .renew(key(1), 1, Duration::from_millis(1))
        .await
        .unwrap();
    subject.fail(1, 1, Some(Duration::from_millis(1))).await;
    subject.fail(1, 1, None).await;
    sleep(SHORT).await;
    assert_eq!(subject.claim().await.len(), 0);
    assert_eq!(subject.waiting().await, 3);
    // But what it has done is done.
    subject.complete(1).await;
    assert_eq!(numbers(&subject.claim().await), [2]);
    adding.abort();
}

async fn a_failure_is_tried_again_before_its_lane_goes_on(subject: &Subject) {
    let adding = subject.add(vec![entry(1, 100), entry(2, 100)]).await;
    assert_eq!(numbers(&subject.claim().await), [1]);
    subject.fail(1, 1, Some(SHORT)).await;
    if !subject.durable {
        // The gateway delivers both again.
        adding.await.unwrap().unwrap_err();
        assert_eq!(
            (subject.claim().await.len(), subject.waiting().await),
            (0, 0)
        );
        let adding = subject.add(vec![entry(1, 100), entry(2, 100)]).await;
        assert_eq!(numbers(&subject.claim().await), [1]);
        return adding.abort();
    }
    let claims = subject.claim_later().await;
    assert_eq!((numbers(&claims), claims[0].attempt), (vec![1], 2));
    subject.complete(1).await;
    assert_eq!(numbers(&subject.claim().await), [2]);
}

async fn the_dead_are_kept_and_come_back(subject: &Subject) {
    let adding = subject.add(vec![entry(1, 100), entry(2, 100)]).await;
    if !subject.durable {
        assert_eq!(subject.store.dead(ALIAS, 10).await.unwrap(), []);
        assert!(!subject.store.revive(key(1)).await.unwrap());
        return adding.abort();
    }
    subject.claim().await;
    subject.fail(1, 1, None).await;
    assert_eq!(numbers(&subject.claim().await), [2], "the lane goes on");
    assert_eq!(subject.store.dead(ALIAS, 0).await.unwrap(), []);
    let dead = subject.store.dead(ALIAS, 10).await.unwrap();
    assert_eq!((dead.len(), dead[0].key, dead[0].attempts), (1, key(1), 1));
    assert_eq!(dead[0].error.as_str(), "no disk");
    assert_eq!(dead[0].event.as_str(), r#"{"number":1}"#);
    assert_eq!(subject.waiting().await, 1);
    let again = subject.add(vec![entry(1, 100)]).await;
    again.await.unwrap().unwrap();
    assert_eq!(subject.claim().await.len(), 0, "a dead event is known");

    assert!(subject.store.revive(key(1)).await.unwrap());
    assert!(!subject.store.revive(key(1)).await.unwrap());
    assert!(!subject.store.revive(key(9)).await.unwrap());
    assert_eq!(subject.store.dead(ALIAS, 10).await.unwrap(), []);
    assert_eq!(subject.claim().await.len(), 0, "it waits behind its lane");
    subject.complete(2).await;
    let claims = subject.claim().await;
    assert_eq!((numbers(&claims), claims[0].attempt), (vec![1], 1));
    subject.complete(1).await;
    assert_eq!(subject.waiting().await, 0);
}

async fn a_status_is_handed_out_with_what_was_reached(subject: &Subject) {
    let mut reached = Vec::new();
    for entry in [status(1, 3), status(2, 2), status(3, 4)] {
        let adding = subject.add(vec![entry]).await;
        let claim = subject.claim().await.remove(0);
        reached.push(claim.reached);
        subject.complete(claim.key.as_bytes()[0]).await;
        adding.await.unwrap().unwrap();
    }
    assert_eq!(reached, [0, 3, 3]);
}

async fn clients_see_their_own_alone(subject: &Subject) {
    let other = Entry {
        alias: "other".to_owned(),
        ..entry(1, 100)
    };
    let adding = subject.add(vec![other, entry(2, 101)]).await;
    assert_eq!(numbers(&subject.claim().await), [2]);
    assert_eq!(subject.waiting().await, 1);
    let claims = subject.store.claim("other", 10, LONG).await.unwrap();
    assert_eq!(numbers(&claims), [1]);
    adding.abort();
}

async fn a_completed_key_is_forgotten_in_the_end(subject: &Subject) {
    let adding = subject.add(vec![status(1, 3)]).await;
    subject.claim().await;
    subject
        .store
        .complete(key(1), Duration::from_millis(1))
        .await
        .unwrap();
    adding.await.unwrap().unwrap();
    sleep(SHORT).await;
    let adding = subject.add(vec![status(1, 3)]).await;
    let claims = subject.claim().await;
    assert_eq!((numbers(&claims), claims[0].reached), (vec![1], 0));
    adding.abort();
}

/// Its lane is that of the new event.
async fn a_forgotten_key_comes_back_in_another_lane(subject: &Subject) {
    let adding = subject.add(vec![entry(1, 101)]).await;
    subject.claim().await;
    let store = &subject.store;
    store
        .complete(key(1), Duration::from_millis(1))
        .await
        .unwrap();
    adding.await.unwrap().unwrap();
    sleep(SHORT).await;
    let first = subject.add(vec![entry(2, 102)]).await;
    let again = subject.add(vec![entry(1, 102)]).await;
    let other = subject.add(vec![entry(3, 101)]).await;
    assert_eq!(numbers(&subject.claim().await), [2, 3]);
    subject.complete(2).await;
    assert_eq!(numbers(&subject.claim().await), [1]);
    for adding in [first, again, other] {
        adding.abort();
    }
}

async fn a_large_body_is_one_addition(subject: &Subject) {
    let large = (0..1200_u16).map(|number| {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        Entry {
            key: Key::from_bytes(bytes),
            ..entry(0, 100)
        }
    });
    let adding = subject.add(large.collect()).await;
    assert_eq!(subject.waiting().await, 1200);
    adding.abort();
}

/// Makes a module of a store, in which each promise is a test.
macro_rules! every_promise {
    ($($name:ident),* $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $name() {
                let store = Arc::new(super::MemoryStore::default());
                super::$name(&super::Subject { store, durable: false }).await;
            })*
            use std::sync::Arc;
        }

        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                let folder = tempfile::tempdir().unwrap();
                let store = super::SqliteStore::open(folder.path().join("inbox")).unwrap();
                super::$name(&super::Subject { store: Arc::new(store), durable: true }).await;
            })*
            use std::sync::Arc;
        }

        mod redis {
            $(#[tokio::test]
            async fn $name() {
                let server = super::RedisServer::start();
                let store = super::RedisStore::connect(&server.url()).await.unwrap();
                super::$name(&super::Subject { store: Arc::new(store), durable: true }).await;
            })*
            use std::sync::Arc;
        }
    };
}

every_promise!(
    a_lane_is_handed_out_one_by_one_and_lanes_beside_each_other,
    no_more_is_handed_out_than_is_asked_for,
    a_key_is_taken_once,
    what_nobody_prolongs_is_handed_out_again,
    a_failure_is_tried_again_before_its_lane_goes_on,
    the_dead_are_kept_and_come_back,
    a_status_is_handed_out_with_what_was_reached,
    clients_see_their_own_alone,
    a_completed_key_is_forgotten_in_the_end,
    a_forgotten_key_comes_back_in_another_lane,
    a_large_body_is_one_addition,
);

#[tokio::test]
async fn memory_knows_so_many_completed_keys() {
    let store = Arc::new(MemoryStore::new(2.try_into().unwrap()));
    let subject = Subject {
        store,
        durable: false,
    };
    for number in [1, 2, 3] {
        let adding = subject.add(vec![entry(number, 100)]).await;
        subject.claim().await;
        subject.complete(number).await;
        adding.await.unwrap().unwrap();
    }
    subject
        .add(vec![entry(3, 100), entry(2, 100)])
        .await
        .await
        .unwrap()
        .unwrap();
    let adding = subject.add(vec![entry(1, 100)]).await;
    assert_eq!(numbers(&subject.claim().await), [1]);
    adding.abort();
}

#[tokio::test]
async fn a_file_is_shared_and_survives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox");
    let [one, other] = [(); 2].map(|()| SqliteStore::open(&path).unwrap());
    one.add(vec![entry(1, 100)]).await.unwrap();
    other.add(vec![entry(1, 100), entry(2, 101)]).await.unwrap();
    assert_eq!(one.claim(ALIAS, 10, LONG).await.unwrap().len(), 2);
    assert_eq!(other.claim(ALIAS, 10, LONG).await.unwrap().len(), 0);
    other.complete(key(1), LONG).await.unwrap();
    drop((one, other));
    let later = SqliteStore::open(&path).unwrap();
    assert_eq!(later.waiting(ALIAS).await.unwrap(), 1);
}

#[tokio::test]
async fn a_file_of_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox");
    std::fs::write(&path, "not a database, but long enough to be taken for one").unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(error.to_string().contains("not a database"), "{error}");
    let other_version = folder.path().join("other");
    let file = rusqlite::Connection::open(&other_version).unwrap();
    file.pragma_update(None, "user_version", 1).unwrap();
    let error = SqliteStore::open(&other_version).unwrap_err();
    assert!(
        error.to_string().contains("its tables have version 1"),
        "{error}"
    );
    let error = SqliteStore::open(folder.path().join("no/such/folder")).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error() {
    let error = RedisStore::connect("pigeon://127.0.0.1").await.unwrap_err();
    assert!(
        error.to_string().starts_with("the inbox's store: "),
        "{error}"
    );
    let server = RedisServer::start();
    let store = RedisStore::connect(&server.url()).await.unwrap();
    store.add(vec![entry(1, 100)]).await.unwrap();
    drop(server);
    store.add(vec![entry(2, 100)]).await.unwrap_err();
}

#[tokio::test]
async fn a_server_whose_memory_is_full_takes_no_more_and_lets_go_of_what_it_has() {
    let server = RedisServer::start();
    let store = RedisStore::connect(&server.url()).await.unwrap();
    store
        .add(vec![status(1, 1), entry(2, 2), entry(3, 3)])
        .await
        .unwrap();
    server.fill();
    store.add(vec![entry(4, 4)]).await.unwrap_err();

    let claims = store.claim(ALIAS, 10, LONG).await.unwrap();
    assert_eq!(claims.len(), 3);
    store.renew(key(1), 1, LONG).await.unwrap();
    store.complete(key(1), LONG).await.unwrap();
    let words = || "not now".to_owned();
    store
        .fail(key(2), 1, words(), Some(Duration::ZERO))
        .await
        .unwrap();
    store.fail(key(3), 1, words(), None).await.unwrap();
    assert_eq!(store.waiting(ALIAS).await.unwrap(), 1);
    assert_eq!(store.dead(ALIAS, 10).await.unwrap().len(), 1);
    let again = store.claim(ALIAS, 10, LONG).await.unwrap();
    assert_eq!(
        again.iter().map(|claim| claim.key).collect::<Vec<_>>(),
        [key(2)]
    );
}

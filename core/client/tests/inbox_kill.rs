//! The process that handles events is killed at random points, again and again: every event that a gateway was told has
//! arrived is completed, and none that was completed is handled once more.
//!
//! `WAMUX_SOAK_DELIVERIES` sets the number of deliveries; `make soak` sets it high.

#![cfg(unix)]
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

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use wamux::inbox::{RedisStore, SqliteStore, Store};

use load::{CONCURRENCY, Handled, count, deliver, deliveries, handle, keys, start};
use redis_server::RedisServer;

/// How a child is told what to do.
const STORE: &str = "WAMUX_TEST_STORE";
const FOLDER: &str = "WAMUX_TEST_FOLDER";
const SEED: &str = "WAMUX_TEST_SEED";
/// What a child has noted: a line for each delivery that was acknowledged, and for each event that was handled.
const ACKNOWLEDGED: &str = "acknowledged";
const HANDLED: &str = "handled";
/// How often a child is killed: once more for so many deliveries.
const DELIVERIES_A_KILL: usize = 500;
const KILLS: usize = 5;
const SIGKILL: i32 = 9;
/// A time that only a hanging test reaches.
const LONG: Duration = Duration::from_mins(10);

async fn open(store: &str) -> Arc<dyn Store> {
    if store.starts_with("redis://") {
        Arc::new(RedisStore::connect(store).await.unwrap())
    } else {
        Arc::new(SqliteStore::open(store).unwrap())
    }
}

/// A file that lines are appended to, each by one write.
fn notes(folder: &Path, name: &str) -> impl Fn(&str) + Clone + Send + Sync + 'static {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join(name))
        .unwrap();
    let file = Arc::new(Mutex::new(file));
    move |line| {
        file.lock()
            .unwrap()
            .write_all(format!("{line}\n").as_bytes())
            .unwrap();
    }
}

/// What was noted; a line that a kill has cut off is none.
fn read(folder: &Path, name: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().map(str::to_owned).collect()
}

/// The process that is killed. It delivers what was not acknowledged, handles what comes, and ends when all is handled.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "it is started by the tests that kill it"]
async fn child() {
    let variable = |name| std::env::var(name).expect("it is started by the tests that kill it");
    let folder = variable(FOLDER);
    let folder = Path::new(&folder);
    let mut random = fastrand::Rng::with_seed(variable(SEED).parse().unwrap());
    let bodies = deliveries(count(), &mut random);
    let acknowledged: HashSet<usize> = read(folder, ACKNOWLEDGED)
        .iter()
        .map(|line| line.parse().unwrap())
        .collect();
    let bodies = bodies.into_iter().enumerate();
    let bodies = bodies.filter(|(number, _)| !acknowledged.contains(number));

    let store = open(&variable(STORE)).await;
    let (handled, note) = (
        Arc::new(Mutex::new(Handled::default())),
        notes(folder, HANDLED),
    );
    let inbox = start(&store, move |notification| {
        let note = note.clone();
        handle(notification, Arc::clone(&handled), move |notification| {
            note(&notification.key.to_string());
        })
    });
    let note = notes(folder, ACKNOWLEDGED);
    deliver(inbox, store, bodies.collect(), move |number| {
        note(&number.to_string());
    })
    .await;
}

fn spawn(store: &str, folder: &Path, seed: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(STORE, store)
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many events the children have handled to their end.
fn handled(folder: &Path) -> u64 {
    const LINE: u64 = 65;
    fs::metadata(folder.join(HANDLED)).map_or(0, |file| file.len()) / LINE
}

/// Waits for the end of a child, but no longer than until so many events are handled.
fn wait(child: &mut Child, folder: &Path, until: u64) -> Option<ExitStatus> {
    let deadline = Instant::now() + LONG;
    while handled(folder) < until {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        assert!(
            Instant::now() < deadline,
            "the events are not handled in time"
        );
        sleep(Duration::from_millis(1));
    }
    None
}

async fn survives_kills(name: &str, store: &str) {
    let folder = tempfile::tempdir().unwrap();
    let seed = fastrand::u64(..);
    let started = Instant::now();
    let bodies = deliveries(count(), &mut fastrand::Rng::with_seed(seed));
    let expected: HashSet<String> = keys(&bodies).iter().map(ToString::to_string).collect();
    let planned = KILLS.max(count() / DELIVERIES_A_KILL);
    let share = expected.len() as u64 / (planned as u64 + 1);
    let mut kills = 0;
    loop {
        let mut child = spawn(store, folder.path(), seed);
        let until = match kills {
            last if last == planned => u64::MAX,
            _ => handled(folder.path()) + fastrand::u64(1..=share),
        };
        if let Some(status) = wait(&mut child, folder.path(), until) {
            assert!(status.success(), "seed {seed}: {status}");
            break;
        }
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(SIGKILL));
        kills += 1;
    }
    let took = started.elapsed();

    let mut times = BTreeMap::<String, usize>::new();
    for key in read(folder.path(), HANDLED) {
        *times.entry(key).or_default() += 1;
    }
    let known: HashSet<String> = times.keys().cloned().collect();
    let again = times.values().sum::<usize>() - times.len();
    eprintln!(
        "{name}: {} deliveries of {} events, {kills} kills, {again} events handled again, {took:.1?}",
        bodies.len(),
        expected.len(),
    );
    assert_eq!(kills, planned);
    assert_eq!(expected, known, "seed {seed}");
    // What was handled and not noted as completed when the process was killed; never more than it handled at once.
    assert!(again <= kills * CONCURRENCY, "seed {seed}: {again} again");

    // What was completed is never handled again.
    let store = open(store).await;
    let once_more = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&once_more);
    let inbox = start(&store, move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok(()) }
    });
    let numbered = bodies.into_iter().enumerate().collect();
    deliver(Arc::clone(&inbox), store, numbered, |_| {}).await;
    inbox.stop().await;
    assert_eq!(once_more.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn sqlite_survives_kills() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inbox");
    survives_kills("sqlite", file.to_str().unwrap()).await;
}

#[tokio::test]
async fn redis_survives_kills() {
    let server = RedisServer::start();
    survives_kills("redis", &server.url()).await;
}

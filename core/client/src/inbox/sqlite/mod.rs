//! A store in an SQLite file.

mod opening;
mod thread;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::FutureExt as _;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Savepoint, TransactionBehavior, named_params};
use wamux_engine::Private;

use self::opening::Opening;
use self::thread::Thread;
use super::Key;
use super::store::{Claim, Dead, Entry, Store, StoreError, Stored};

/// How long to wait for other processes that write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How many keys whose time is over are forgotten at each completion.
const FORGOTTEN_AT_ONCE: i64 = 16;

/// The version of the tables, in the file's `user_version`.
const VERSION: i64 = 2;
const SCHEMA: &str = include_str!("schema.sql");
const ADD: &str = include_str!("add.sql");
const CLAIM: &str = include_str!("claim.sql");
const REACHED: &str = "SELECT max(rank) FROM wamux_inbox \
     WHERE subject = :subject AND state = 'completed' AND due > :now";
const RENEW: &str = "UPDATE wamux_inbox SET due = :due WHERE key = :key AND state = 'waiting' AND attempts = :attempt";
const COMPLETE: &str = "UPDATE wamux_inbox SET state = 'completed', due = :due, event = '', error = NULL \
     WHERE key = :key AND state <> 'completed'";
const FORGET: &str = "DELETE FROM wamux_inbox WHERE number IN \
     (SELECT number FROM wamux_inbox WHERE state = 'completed' AND due <= :now ORDER BY due LIMIT :most)";
const FAIL: &str = "UPDATE wamux_inbox SET state = :state, due = :due, error = :error \
     WHERE key = :key AND state = 'waiting' AND attempts = :attempt";
const DEAD: &str = "SELECT key, attempts, error, event FROM wamux_inbox \
     WHERE alias = :alias AND state = 'dead' ORDER BY number LIMIT :most";
const REVIVE: &str = include_str!("revive.sql");
const WAITING: &str =
    "SELECT count(*) FROM wamux_inbox WHERE alias = :alias AND state IN ('waiting', 'behind')";

/// A store in an SQLite file, which several processes of one machine can share. What it has taken survives the process,
/// and the machine's power.
///
/// Events lie in the file in plain text until they are completed; dead ones, until they are revived and completed. The
/// file must be on a disk of the machine, since SQLite's locks do not hold over networks.
///
/// ```
/// use wamux::inbox::{SqliteStore, Store};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("inbox.sqlite");
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let store = SqliteStore::open(path)?;
/// assert_eq!(store.waiting("shop").await?, 0);
/// # Ok::<(), wamux::inbox::StoreError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SqliteStore {
    path: PathBuf,
    thread: Thread,
}

impl SqliteStore {
    /// Opens a file, and makes it where it is not there.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened or is no SQLite file, and where another version of wamux has made its tables; in a
    /// process that was forked from one that had such a store open, which SQLite does not survive.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let opening = Opening::begin()?;
        let connection =
            open(path).map_err(|error| StoreError::new(format!("{}: {error}", path.display())))?;
        Ok(Self {
            path: path.to_owned(),
            thread: Thread::start(connection, opening)?,
        })
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Savepoint<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Stored<'_, T> {
        self.thread.run(work).boxed()
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn open(path: &Path) -> Result<Connection, Box<dyn std::error::Error + Send + Sync>> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A commit is on disk when it returns, so that no acknowledged event is lost with the machine's power.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What was handled is nobody's business any more.
    connection.pragma_update(None, "secure_delete", true)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match transaction.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? {
        0 => {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        VERSION => {}
        other => {
            let words = format!(
                "its tables have version {other}, and those of this wamux have {VERSION}; let the wamux that made it \
                 handle what waits there, and take a new file"
            );
            return Err(words.into());
        }
    }
    transaction.commit()?;
    Ok(connection)
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    milliseconds(since.unwrap_or_default())
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

fn after(time: Duration) -> i64 {
    now().saturating_add(milliseconds(time))
}

/// A number of rows; SQLite counts in signed numbers.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

impl Store for SqliteStore {
    fn add(&self, entries: Vec<Entry>) -> Stored<'_, ()> {
        self.run(move |file| {
            let mut add = file.prepare_cached(ADD)?;
            for entry in entries {
                add.execute(named_params! {
                    ":alias": entry.alias,
                    ":key": entry.key,
                    ":lane": entry.lane,
                    ":subject": entry.stage.map(|stage| stage.subject),
                    ":rank": entry.stage.map(|stage| stage.rank),
                    ":event": entry.event,
                    ":now": now(),
                })?;
            }
            Ok(())
        })
    }

    fn claim<'s>(&'s self, alias: &'s str, most: usize, lease: Duration) -> Stored<'s, Vec<Claim>> {
        let alias = alias.to_owned();
        self.run(move |file| {
            let mut claim = file.prepare_cached(CLAIM)?;
            let now = now();
            let claims = claim.query_map(
                named_params! { ":alias": alias, ":now": now, ":due": after(lease), ":most": limit(most) },
                |row| {
                    let claim = Claim {
                        key: row.get(0)?,
                        event: row.get(1)?,
                        attempt: row.get(2)?,
                        reached: 0,
                    };
                    Ok((claim, row.get(3)?))
                },
            )?;
            let claims: Vec<(Claim, Option<Key>)> = claims.collect::<Result<_, _>>()?;
            let mut reached = file.prepare_cached(REACHED)?;
            let claims = claims.into_iter().map(|(claim, subject)| {
                let highest: Option<u8> = match subject {
                    Some(_) => reached
                        .query_row(named_params! { ":subject": subject, ":now": now }, |row| row.get(0))?,
                    None => None,
                };
                Ok(Claim {
                    reached: highest.unwrap_or(0),
                    ..claim
                })
            });
            claims.collect()
        })
    }

    fn renew(&self, key: Key, attempt: u32, lease: Duration) -> Stored<'_, ()> {
        self.run(move |file| {
            let mut renew = file.prepare_cached(RENEW)?;
            renew.execute(
                named_params! { ":key": key, ":attempt": attempt, ":due": after(lease) },
            )?;
            Ok(())
        })
    }

    fn complete(&self, key: Key, retention: Duration) -> Stored<'_, ()> {
        self.run(move |file| {
            let mut complete = file.prepare_cached(COMPLETE)?;
            complete.execute(named_params! { ":key": key, ":due": after(retention) })?;
            let mut forget = file.prepare_cached(FORGET)?;
            forget.execute(named_params! { ":now": now(), ":most": FORGOTTEN_AT_ONCE })?;
            Ok(())
        })
    }

    fn fail(
        &self,
        key: Key,
        attempt: u32,
        error: String,
        retry: Option<Duration>,
    ) -> Stored<'_, ()> {
        self.run(move |file| {
            let mut fail = file.prepare_cached(FAIL)?;
            fail.execute(named_params! {
                ":key": key,
                ":attempt": attempt,
                ":state": if retry.is_some() { "waiting" } else { "dead" },
                ":due": after(retry.unwrap_or_default()),
                ":error": error,
            })?;
            Ok(())
        })
    }

    fn dead<'s>(&'s self, alias: &'s str, most: usize) -> Stored<'s, Vec<Dead>> {
        let alias = alias.to_owned();
        self.run(move |file| {
            let mut dead = file.prepare_cached(DEAD)?;
            let dead = dead.query_map(
                named_params! { ":alias": alias, ":most": limit(most) },
                |row| {
                    Ok(Dead {
                        key: row.get(0)?,
                        attempts: row.get(1)?,
                        error: Private::new(row.get::<_, Option<String>>(2)?.unwrap_or_default()),
                        event: Private::new(row.get::<_, String>(3)?),
                    })
                },
            )?;
            dead.collect()
        })
    }

    fn revive(&self, key: Key) -> Stored<'_, bool> {
        self.run(move |file| {
            let mut revive = file.prepare_cached(REVIVE)?;
            Ok(revive.execute(named_params! { ":key": key, ":now": now() })? > 0)
        })
    }

    fn waiting<'s>(&'s self, alias: &'s str) -> Stored<'s, usize> {
        let alias = alias.to_owned();
        self.run(move |file| {
            let mut waiting = file.prepare_cached(WAITING)?;
            let count: i64 =
                waiting.query_row(named_params! { ":alias": alias }, |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or(0))
        })
    }
}

impl ToSql for Key {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.as_bytes())))
    }
}

impl FromSql for Key {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?.try_into();
        bytes
            .map(Self::from_bytes)
            .map_err(|_| FromSqlError::InvalidType)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, StatementStatus, named_params};

    use super::{
        ADD, CLAIM, COMPLETE, DEAD, FAIL, FORGET, REACHED, RENEW, REVIVE, SCHEMA, WAITING,
    };

    /// The steps of SQLite's machine to look for events where all but the first wait behind it.
    fn steps_of_a_claim(events: usize) -> i32 {
        let file = Connection::open_in_memory().unwrap();
        file.execute_batch(SCHEMA).unwrap();
        for number in 0..events {
            let values = named_params! {
                ":alias": "shop", ":key": number.to_be_bytes(), ":lane": b"one", ":subject": None::<u8>, ":rank": None::<u8>,
                ":event": "{}", ":now": 0,
            };
            file.execute(ADD, values).unwrap();
        }
        let mut claim = file.prepare(CLAIM).unwrap();
        let mut claimed = || {
            let values = named_params! { ":alias": "shop", ":now": 0, ":due": 1000, ":most": 10 };
            let rows = claim.query_map(values, |_| Ok(())).unwrap();
            rows.count()
        };
        assert_eq!(claimed(), 1);
        assert_eq!(claimed(), 0);
        claim.get_status(StatementStatus::VmStep)
    }

    #[test]
    fn events_behind_another_are_not_read_at_each_claim() {
        assert_eq!(steps_of_a_claim(1000), steps_of_a_claim(2));
    }

    #[test]
    fn no_statement_reads_the_whole_table() {
        let file = Connection::open_in_memory().unwrap();
        file.execute_batch(SCHEMA).unwrap();
        for sql in [
            ADD, CLAIM, REACHED, RENEW, COMPLETE, FORGET, FAIL, DEAD, REVIVE, WAITING,
        ] {
            let mut plan = file.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let mut steps = plan.raw_query();
            while let Some(step) = steps.next().unwrap() {
                let step: String = step.get("detail").unwrap();
                assert!(!step.starts_with("SCAN wamux_inbox"), "{step}: {sql}");
            }
        }
    }
}

//! A store in a Redis server.

use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use futures_util::FutureExt as _;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, Script, ScriptInvocation};
use rustls::crypto::{CryptoProvider, ring};
use wamux_engine::Private;

use super::Key;
use super::store::{Claim, Dead, Entry, Store, StoreError, Stored};

/// What all names begin with. The braces keep them together in a cluster.
const NAMES: &str = "{wamux:inbox}:";
/// How often a connection is tried at once; the inbox tries again later.
const TRIES: usize = 2;
/// How long the server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How many events go into one call, so that a large body does not hold the server up.
const ADDED_AT_ONCE: usize = 500;

/// A script, which the server runs as one step.
macro_rules! script {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Script> = LazyLock::new(|| {
            Script::new(concat!(include_str!("prelude.lua"), include_str!($file)))
        });
    };
}

script!(ADD, "add.lua");
script!(CLAIM, "claim.lua");
script!(RENEW, "renew.lua");
script!(COMPLETE, "complete.lua");
script!(FAIL, "fail.lua");
script!(DEAD, "dead.lua");
script!(REVIVE, "revive.lua");
script!(WAITING, "waiting.lua");

/// A store in a Redis server (5 or newer), which workers on several machines can share.
///
/// What it has taken survives its clients. Whether it survives the server is the server's configuration: `appendonly yes`
/// with `appendfsync always` for the promise that a file makes, and `maxmemory-policy noeviction` in any case. All names
/// begin with `{wamux:inbox}:`. Events lie there in plain text until they are completed; dead ones, until they are
/// revived and completed.
///
/// ```no_run
/// use wamux::inbox::{RedisStore, Store};
///
/// # async fn example() -> Result<(), wamux::inbox::StoreError> {
/// let store = RedisStore::connect("redis://127.0.0.1:6379/0").await?;
/// println!("{} events are waiting", store.waiting("shop").await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStore(ConnectionManager);

impl RedisStore {
    /// Connects to a server: `redis://user:password@host:port/database`, `rediss://…` over TLS, or `redis+unix:///path`. A
    /// connection that breaks is made anew.
    ///
    /// Over TLS, the server's certificate has to be of an authority that the system trusts, or of one in the PEM file that
    /// the environment variable `SSL_CERT_FILE` names.
    ///
    /// # Errors
    ///
    /// Where the address cannot be read, and where nothing answers there.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("rediss://") && CryptoProvider::get_default().is_none() {
            // The client takes the process' own, and would panic where there is none and could be several. That another
            // thread was faster is no matter.
            let _ = ring::default_provider().install_default();
        }
        let client = Client::open(url).map_err(StoreError::new)?;
        let configuration = ConnectionManagerConfig::new()
            .set_number_of_retries(TRIES)
            .set_response_timeout(Some(TIMEOUT))
            .set_connection_timeout(Some(TIMEOUT));
        let connection = client.get_connection_manager_with_config(configuration);
        Ok(Self(connection.await.map_err(StoreError::new)?))
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").finish_non_exhaustive()
    }
}

/// A script with the names.
fn begin(script: &'static LazyLock<Script>) -> ScriptInvocation<'static> {
    script.key(NAMES)
}

impl RedisStore {
    async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'static>,
    ) -> Result<T, StoreError> {
        let mut connection = self.0.clone();
        let answer = script.invoke_async(&mut connection).await;
        answer.map_err(StoreError::new)
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn key(text: &str) -> Result<Key, StoreError> {
    text.parse().map_err(StoreError::new)
}

impl Store for RedisStore {
    fn add(&self, entries: Vec<Entry>) -> Stored<'_, ()> {
        async move {
            for entries in entries.chunks(ADDED_AT_ONCE) {
                let mut add = begin(&ADD);
                for entry in entries {
                    let subject = entry.stage.map(|stage| stage.subject.to_string());
                    add.arg(&entry.alias)
                        .arg(entry.key.to_string())
                        .arg(entry.lane.to_string())
                        .arg(subject.unwrap_or_default())
                        .arg(entry.stage.map_or(0, |stage| stage.rank))
                        .arg(&entry.event);
                }
                self.run::<()>(&add).await?;
            }
            Ok(())
        }
        .boxed()
    }

    fn claim<'s>(&'s self, alias: &'s str, most: usize, lease: Duration) -> Stored<'s, Vec<Claim>> {
        async move {
            let mut claim = begin(&CLAIM);
            claim.arg(alias).arg(most).arg(milliseconds(lease));
            let claims: Vec<(String, String, u32, u8)> = self.run(&claim).await?;
            let claims = claims.into_iter().map(|(text, event, attempt, reached)| {
                Ok(Claim {
                    key: key(&text)?,
                    event,
                    attempt,
                    reached,
                })
            });
            claims.collect()
        }
        .boxed()
    }

    fn renew(&self, key: Key, attempt: u32, lease: Duration) -> Stored<'_, ()> {
        async move {
            let mut renew = begin(&RENEW);
            renew
                .arg(key.to_string())
                .arg(attempt)
                .arg(milliseconds(lease));
            self.run(&renew).await
        }
        .boxed()
    }

    fn complete(&self, key: Key, retention: Duration) -> Stored<'_, ()> {
        async move {
            let mut complete = begin(&COMPLETE);
            // Redis keeps nothing for no time.
            let retention = milliseconds(retention).max(1);
            complete.arg(key.to_string()).arg(retention);
            self.run(&complete).await
        }
        .boxed()
    }

    fn fail(
        &self,
        key: Key,
        attempt: u32,
        error: String,
        retry: Option<Duration>,
    ) -> Stored<'_, ()> {
        async move {
            let retry = retry.map(|wait| milliseconds(wait).to_string());
            let mut fail = begin(&FAIL);
            fail.arg(key.to_string())
                .arg(attempt)
                .arg(error)
                .arg(retry.unwrap_or_default());
            self.run(&fail).await
        }
        .boxed()
    }

    fn dead<'s>(&'s self, alias: &'s str, most: usize) -> Stored<'s, Vec<Dead>> {
        async move {
            let mut dead = begin(&DEAD);
            dead.arg(alias).arg(most);
            let dead: Vec<(String, u32, String, String)> = self.run(&dead).await?;
            let dead = dead.into_iter().map(|(text, attempts, error, event)| {
                Ok(Dead {
                    key: key(&text)?,
                    attempts,
                    error: Private::new(error),
                    event: Private::new(event),
                })
            });
            dead.collect()
        }
        .boxed()
    }

    fn revive(&self, key: Key) -> Stored<'_, bool> {
        async move {
            let mut revive = begin(&REVIVE);
            revive.arg(key.to_string());
            self.run(&revive).await
        }
        .boxed()
    }

    fn waiting<'s>(&'s self, alias: &'s str) -> Stored<'s, usize> {
        async move {
            let mut waiting = begin(&WAITING);
            waiting.arg(alias);
            self.run(&waiting).await
        }
        .boxed()
    }
}

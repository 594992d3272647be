//! Where an inbox keeps its events, as text.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use wamux_engine::Error;

use super::{MemoryStore, Store, StoreError};
use crate::options::configuration;

/// Where an inbox keeps its events: `memory`, `sqlite:PATH`, `redis://HOST:PORT/DATABASE`,
/// `rediss://HOST:PORT/DATABASE` over TLS, or `redis+unix:///PATH`.
///
/// `Debug` hides what can bear a password.
///
/// ```
/// use wamux::inbox::StoreAddress;
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let address: StoreAddress = "memory".parse()?;
/// let store = address.open().await?;
/// assert_eq!(store.waiting("shop").await?, 0);
///
/// // The complaint does not repeat what may bear a password.
/// let error = "postgres://shop:secret@host".parse::<StoreAddress>().unwrap_err();
/// assert!(error.to_string().contains("sqlite:PATH"));
/// assert!(!error.to_string().contains("secret"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct StoreAddress(Place);

#[derive(Clone, PartialEq, Eq)]
enum Place {
    Memory,
    Sqlite(PathBuf),
    Redis(String),
}

impl StoreAddress {
    /// Whether what is kept there outlives the process.
    ///
    /// ```
    /// use wamux::inbox::StoreAddress;
    ///
    /// assert!("sqlite:inbox.sqlite".parse::<StoreAddress>()?.is_durable());
    /// assert!(!"memory".parse::<StoreAddress>()?.is_durable());
    /// # Ok::<(), wamux::Error>(())
    /// ```
    #[must_use]
    pub fn is_durable(&self) -> bool {
        !matches!(self.0, Place::Memory)
    }

    /// Opens the store; each call for `memory` gives a new one.
    ///
    /// # Errors
    ///
    /// As `SqliteStore::open` and `RedisStore::connect`; and where this build of wamux has not the store's feature,
    /// `sqlite` or `redis`.
    pub async fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        match &self.0 {
            Place::Memory => Ok(Arc::new(MemoryStore::default())),
            Place::Sqlite(path) => open_sqlite(path.clone()).await,
            Place::Redis(url) => open_redis(url).await,
        }
    }
}

impl FromStr for StoreAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "memory" {
            return Ok(Self(Place::Memory));
        }
        if let Some(path) = text.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            return Ok(Self(Place::Sqlite(path.into())));
        }
        let schemes = ["redis://", "rediss://", "redis+unix://"];
        if schemes.iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(Self(Place::Redis(text.to_owned())));
        }
        Err(configuration(
            "store must be memory, sqlite:PATH, redis://HOST:PORT/DATABASE, rediss://HOST:PORT/DATABASE or redis+unix:///PATH",
        ))
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Place::Memory => "memory",
            Place::Sqlite(_) => "sqlite:***",
            Place::Redis(_) => "redis://***",
        })
    }
}

#[cfg(feature = "sqlite")]
async fn open_sqlite(path: PathBuf) -> Result<Arc<dyn Store>, StoreError> {
    // It waits for other processes that have the file.
    let opening = tokio::task::spawn_blocking(|| super::SqliteStore::open(path));
    Ok(Arc::new(opening.await.map_err(StoreError::new)??))
}

#[cfg(not(feature = "sqlite"))]
#[expect(clippy::unused_async, reason = "with SQLite, it waits for a thread")]
async fn open_sqlite(_path: PathBuf) -> Result<Arc<dyn Store>, StoreError> {
    Err(StoreError::new("this build of wamux has no SQLite"))
}

#[cfg(feature = "redis")]
async fn open_redis(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(super::RedisStore::connect(url).await?))
}

#[cfg(not(feature = "redis"))]
#[expect(clippy::unused_async, reason = "with Redis, it waits for the server")]
async fn open_redis(_url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Err(StoreError::new("this build of wamux has no Redis"))
}

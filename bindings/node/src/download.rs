//! A file that comes in pieces.

use std::future::Future;
use std::sync::Arc;

use napi::bindgen_prelude::{Buffer, BufferSlice, Env, PromiseRaw};
use napi_derive::napi;
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};
use wamux::{Delivery, Error};

use crate::errors::configuration;
use crate::runtime::{CancelToken, Cancellation, cancelled, spawn, spawn_and};

/// How many bytes cross at once. Engines collect garbage by the number of things they made, and hardly by the size of
/// what stands outside of their heap: small pieces are let go of sooner.
const PIECE: usize = 16 * 1024;

/// A file of a gateway's.
#[napi]
pub struct Download {
    mime_type: Option<String>,
    length: Option<i64>,
    closing: CancelToken,
    reading: Arc<Reading>,
}

/// What the calls of a download share.
struct Reading {
    gateway: &'static str,
    file: Mutex<Option<wamux::Download>>,
    closed: Cancellation,
    cancelled: Cancellation,
}

impl Download {
    pub(crate) fn new(
        download: wamux::Download,
        gateway: &'static str,
        cancelled: Cancellation,
    ) -> Self {
        let closing = CancelToken::new();
        Self {
            mime_type: download.mime_type().map(str::to_owned),
            length: download
                .length()
                .and_then(|length| i64::try_from(length).ok()),
            reading: Arc::new(Reading {
                gateway,
                file: Mutex::new(Some(download)),
                closed: Cancellation::of(Some(&closing)),
                cancelled,
            }),
            closing,
        }
    }
}

#[napi]
impl Download {
    /// The MIME type that the gateway names.
    #[napi(getter)]
    pub fn mime_type(&self) -> Option<String> {
        self.mime_type.clone()
    }

    /// How many bytes the file has, where the gateway says so.
    #[napi(getter)]
    pub fn length(&self) -> Option<i64> {
        self.length
    }

    /// The next bytes; `null` at the end.
    #[napi]
    pub fn chunk<'env>(
        &self,
        env: &'env Env,
    ) -> napi::Result<PromiseRaw<'env, Option<BufferSlice<'env>>>> {
        let reading = Arc::clone(&self.reading);
        let next = async move {
            let chunk = async { reading.file().await?.chunk_up_to(PIECE).await };
            reading.unless_stopped(chunk).await
        };
        // Copied, so that the memory is V8's own, which it frees with the piece; ours it would give back some turns later.
        spawn_and(env, next, |env, chunk| {
            let copied = chunk.map(|bytes| BufferSlice::copy_from(env, bytes));
            copied.transpose()
        })
    }

    /// All bytes that are still to come, at most `limit`.
    #[napi]
    pub fn bytes<'env>(
        &self,
        env: &'env Env,
        limit: i64,
    ) -> napi::Result<PromiseRaw<'env, Buffer>> {
        let reading = Arc::clone(&self.reading);
        spawn(env, async move {
            let bytes = async { reading.file().await?.bytes(bytes_limit(limit)).await };
            Ok(reading.unless_stopped(bytes).await?.into())
        })
    }

    /// All bytes that are still to come, at most `limit`, as a data URI.
    #[napi]
    pub fn data_uri<'env>(
        &self,
        env: &'env Env,
        limit: i64,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let reading = Arc::clone(&self.reading);
        spawn(env, async move {
            let uri = async { reading.file().await?.data_uri(bytes_limit(limit)).await };
            reading.unless_stopped(uri).await
        })
    }

    /// Writes the bytes that are still to come into a file; the promise gives how many there were.
    #[napi]
    pub fn save<'env>(&self, env: &'env Env, path: String) -> napi::Result<PromiseRaw<'env, i64>> {
        let reading = Arc::clone(&self.reading);
        spawn(env, async move {
            let saved = async { reading.file().await?.save(path).await };
            let bytes = reading.unless_stopped(saved).await?;
            Ok(i64::try_from(bytes).unwrap_or(i64::MAX))
        })
    }

    /// Ends the connection, and what still reads from it; a second time does nothing.
    #[napi]
    pub fn close<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        self.closing.cancel();
        let reading = Arc::clone(&self.reading);
        spawn(env, async move {
            drop(reading.file.lock().await.take());
            Ok(())
        })
    }
}

impl Reading {
    /// The file, to one reader at a time.
    async fn file(&self) -> Result<MappedMutexGuard<'_, wamux::Download>, Error> {
        let file = self.file.lock().await;
        MutexGuard::try_map(file, Option::as_mut).map_err(|_| closed())
    }

    /// What a read gives, until the download is called off or closed.
    async fn unless_stopped<T>(
        &self,
        read: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.cancelled.cancelled() => {
                let words = "the signal was aborted during the download";
                Err(cancelled(self.gateway, Delivery::Unknown, words))
            }
            () = self.closed.cancelled() => Err(closed()),
            result = read => result,
        }
    }
}

fn bytes_limit(limit: i64) -> usize {
    usize::try_from(limit.max(0)).unwrap_or(usize::MAX)
}

fn closed() -> Error {
    configuration("the download is closed")
}

//! What runs in the background, and what ends it.
//!
//! The runtime is the one of the crate `napi`: one for the process, shared by all worker threads, started when the
//! module is loaded and ended with the last environment that loaded it. A promise that is pending keeps the process
//! alive, as one of `fetch` does; a client or sandbox that only exists does not.
//!
//! One thread runs all of it: gateways are waited for, not computed with, and hand-overs between threads cost.

use std::future::{Future, pending};
use std::sync::Arc;

use napi::bindgen_prelude::{Env, PromiseRaw, ToNapiValue, create_custom_tokio_runtime};
use napi_derive::napi;
use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use wamux::{Delivery, Error, Kind};

use crate::errors::{Exception, panicked};

/// Runs when the module is loaded. Where there is no such runtime, `napi` makes one of its own, with a thread for each core.
#[napi_derive::module_init]
fn make_runtime() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    if let Ok(runtime) = runtime {
        create_custom_tokio_runtime(runtime);
    }
}

/// Runs a future in the background; its outcome settles the promise.
pub(crate) fn spawn<T>(
    env: &Env,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> napi::Result<PromiseRaw<'_, T>>
where
    T: ToNapiValue + Send + 'static,
{
    env.spawn_future(in_a_task(future))
}

/// Runs a future in the background; what `convert` makes of its outcome on the thread of JavaScript settles the promise.
pub(crate) fn spawn_and<'env, T: Send + 'static, V: ToNapiValue>(
    env: &'env Env,
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
    convert: impl FnOnce(&'env Env, T) -> napi::Result<V> + 'static,
) -> napi::Result<PromiseRaw<'env, V>> {
    env.spawn_future_with_callback(in_a_task(future), convert)
}

/// A task of its own, so that a panic ends the task alone.
async fn in_a_task<T: Send + 'static>(
    future: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> napi::Result<T> {
    let outcome = tokio::spawn(future).await;
    let result = outcome.unwrap_or_else(|_| Err(panicked()));
    result.map_err(|error| Exception::from(error).into())
}

/// Calls one call off. A listener of an `AbortSignal` pulls it, since Rust cannot listen to a signal by itself.
#[napi]
pub struct CancelToken(Arc<Semaphore>);

#[napi]
impl CancelToken {
    /// A token that nothing has pulled.
    #[napi(constructor)]
    pub fn new() -> Self {
        // A semaphore that never has a permit: closing it is heard by those who wait and by those who come later.
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Calls off what has the token; a second time does nothing.
    #[napi]
    pub fn cancel(&self) {
        self.0.close();
    }
}

/// What a call gives, unless its token is pulled.
///
/// A call that can leave is to be one that is called off by itself, since the client knows whether it had left; else nobody
/// does.
pub(crate) fn unless<T, C: Future<Output = Result<T, Error>>>(
    gateway: &'static str,
    token: Option<&CancelToken>,
    call: C,
) -> impl Future<Output = Result<T, Error>> + use<T, C> {
    let cancellation = Cancellation::of(token);
    async move {
        if cancellation.is_cancelled() {
            let words = "the signal was aborted before the call began";
            return Err(cancelled(gateway, Delivery::NotSent, words));
        }
        tokio::select! {
            biased;
            result = call => result,
            () = cancellation.cancelled() => {
                let words = "the signal was aborted during the call";
                Err(cancelled(gateway, Delivery::Unknown, words))
            }
        }
    }
}

/// What a call that was called off gives.
pub(crate) fn cancelled(gateway: &'static str, delivery: Delivery, words: &str) -> Error {
    Error::new(Kind::Cancelled, delivery, words).with_gateway(gateway)
}

/// The other end of a [`CancelToken`]; where there is no token, it is never pulled.
pub(crate) struct Cancellation(Option<Arc<Semaphore>>);

impl Cancellation {
    pub(crate) fn of(token: Option<&CancelToken>) -> Self {
        Self(token.map(|token| Arc::clone(&token.0)))
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.as_ref().is_some_and(|token| token.is_closed())
    }

    /// Waits until the token is pulled.
    pub(crate) async fn cancelled(&self) {
        match &self.0 {
            // There is never a permit, so that this ends with the closing alone.
            Some(token) => drop(token.acquire().await),
            None => pending().await,
        }
    }
}

//! Many messages through one client. Several cross at once, and so do their results, since a crossing costs more than what
//! crosses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::stream::{Stream, StreamExt as _, iter, poll_fn};
use napi::bindgen_prelude::{Env, PromiseRaw, spawn as spawn_on_runtime};
use napi_derive::napi;
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::task::{AbortHandle, JoinHandle};
use wamux::message::Message;
use wamux::{Client, Delivery, Error, Receipt};

use crate::errors::{Exception, json, panicked};
use crate::runtime::{CancelToken, Cancellation, cancelled, spawn_and};

/// Messages on their way. Neither what waits here nor the results are limited: the TypeScript side passes no more messages
/// than may be under way.
#[napi]
pub struct Sending {
    gateway: &'static str,
    messages: UnboundedSender<Vec<Indexed>>,
    /// The index of the next message.
    next: usize,
    cancellation: Arc<Cancellation>,
    task: AbortHandle,
    results: Arc<AsyncMutex<Results>>,
}

/// A message in JSON with its index.
type Indexed = (usize, String);

struct Results {
    ready: UnboundedReceiver<Result<String, Error>>,
    task: JoinHandle<()>,
}

/// What became of one message.
#[derive(Serialize)]
struct Outcome {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Exception>,
}

impl Outcome {
    fn text(index: usize, result: Result<Receipt, Error>) -> Result<String, Error> {
        let (receipt, error) = match result {
            Ok(receipt) => (Some(receipt), None),
            Err(error) => (None, Some(error.into())),
        };
        json(&Self {
            index,
            receipt,
            error,
        })
    }
}

impl Sending {
    pub(crate) fn begin(client: &Client, token: Option<&CancelToken>) -> Self {
        let (messages, texts) = unbounded_channel();
        let (results, ready) = unbounded_channel();
        let task = spawn_on_runtime(drive(
            client.clone(),
            texts,
            Cancellation::of(token),
            results,
        ));
        Self {
            gateway: client.gateway().profile().id,
            messages,
            next: 0,
            cancellation: Arc::new(Cancellation::of(token)),
            task: task.abort_handle(),
            results: Arc::new(AsyncMutex::new(Results { ready, task })),
        }
    }
}

#[napi]
impl Sending {
    /// Takes the next messages in JSON; `null` stands for one that has its result already.
    #[napi]
    pub fn push(&mut self, messages: Vec<Option<String>>) {
        let first = self.next;
        self.next += messages.len();
        let indexed = (first..).zip(messages);
        let texts = indexed.filter_map(|(index, message)| Some((index, message?)));
        // Together, so that one request can carry them. Where nobody takes them, the sending was called off.
        let _ = self.messages.send(texts.collect());
    }

    /// Waits for a result; the promise gives, in a list in JSON, all that are there by then, and `null` where no more come.
    #[napi]
    pub fn results<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, Option<String>>> {
        let results = Arc::clone(&self.results);
        let cancellation = Arc::clone(&self.cancellation);
        let (gateway, began) = (self.gateway, self.next > 0);
        let waiting = async move {
            let mut results = results.lock_owned().await;
            match results.ready.recv().await {
                Some(first) => Ok(Some((first?, results))),
                None if cancellation.is_cancelled() => Err(aborted(gateway, began)),
                None => match (&mut results.task).await {
                    Err(failure) if failure.is_panic() => Err(panicked()),
                    _ => Ok(None),
                },
            }
        };
        spawn_and(env, waiting, |_, some| Ok(some.map(all).transpose()?))
    }

    /// Calls off what is under way.
    #[napi]
    pub fn close(&self) {
        self.task.abort();
    }
}

/// A result and what came after it, as a list in JSON.
fn all((mut list, mut results): (String, OwnedMutexGuard<Results>)) -> Result<String, Exception> {
    list.insert(0, '[');
    while let Ok(text) = results.ready.try_recv() {
        list.push(',');
        list.push_str(&text?);
    }
    list.push(']');
    Ok(list)
}

fn aborted(gateway: &'static str, began: bool) -> Error {
    if began {
        let words = "the signal was aborted during the sending";
        cancelled(gateway, Delivery::Unknown, words)
    } else {
        let words = "the signal was aborted before a message was taken";
        cancelled(gateway, Delivery::NotSent, words)
    }
}

/// Sends what comes, and gives the results as they come.
async fn drive(
    client: Client,
    texts: UnboundedReceiver<Vec<Indexed>>,
    cancellation: Cancellation,
    results: UnboundedSender<Result<String, Error>>,
) {
    let indexes = Arc::new(Mutex::new(HashMap::new()));
    let messages = readable(texts, Arc::clone(&indexes), results.clone());
    let mut sent = client.send_many_while_polled(messages, cancellation.cancelled());
    while let Some((position, result)) = sent.next().await {
        let index = locked(&indexes).remove(&position).unwrap_or(position);
        if results.send(Outcome::text(index, result)).is_err() {
            // Nobody is there any more.
            return;
        }
    }
}

/// The messages among the texts, whose indexes are noted by their positions. What is none has its result at once.
fn readable(
    mut texts: UnboundedReceiver<Vec<Indexed>>,
    indexes: Arc<Mutex<HashMap<usize, usize>>>,
    results: UnboundedSender<Result<String, Error>>,
) -> impl Stream<Item = Message> {
    let mut position = 0;
    let texts = poll_fn(move |context| texts.poll_recv(context)).flat_map(iter);
    texts.filter_map(move |(index, text)| {
        let message = match Message::from_json(text.as_bytes()) {
            Ok(message) => {
                locked(&indexes).insert(position, index);
                position += 1;
                Some(message)
            }
            Err(error) => {
                let _ = results.send(Outcome::text(index, Err(error)));
                None
            }
        };
        std::future::ready(message)
    })
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing half-written can stand behind the lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

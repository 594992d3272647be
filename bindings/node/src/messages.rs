//! The messages of a gateway one after another (chat-api).

use std::sync::Arc;

use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Mutex;
use wamux::gateway::typed::chat_api::MessagePages;
use wamux::{Error, Event};

use crate::errors::json;
use crate::runtime::{CancelToken, Cancellation, spawn, unless};

/// The pages of an instance's messages.
#[napi]
pub struct Messages {
    client: wamux::Client,
    pages: Arc<Mutex<MessagePages>>,
}

/// What is new since the page before.
#[derive(Serialize)]
struct Page {
    events: Vec<Event>,
    /// Where a later run goes on.
    position: Option<u64>,
    /// Whether there is nothing more just now.
    done: bool,
}

impl Messages {
    pub(crate) fn new(client: wamux::Client, arguments: &Value) -> Result<Self, Error> {
        let pages = MessagePages::from_json(client.gateway(), arguments)?;
        Ok(Self {
            client,
            pages: Arc::new(Mutex::new(pages)),
        })
    }
}

#[napi]
impl Messages {
    /// Asks for pages until one has something new, or until there is nothing new; the promise gives that in JSON.
    #[napi]
    pub fn next<'env>(
        &self,
        env: &'env Env,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let client = self.client.clone();
        let pages = Arc::clone(&self.pages);
        let cancellation = Cancellation::of(token);
        let asking = async move {
            let mut pages = pages.lock().await;
            loop {
                let call = pages.next_call();
                let page = client.run_unless(&call, cancellation.cancelled()).await?;
                let events = pages.take(page);
                let done = pages.is_done();
                if done || !events.is_empty() {
                    let position = pages.position();
                    return json(&Page {
                        events,
                        position,
                        done,
                    });
                }
            }
        };
        spawn(
            env,
            unless(self.client.gateway().profile().id, token, asking),
        )
    }
}

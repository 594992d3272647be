//! Several clients for one message.

use napi::bindgen_prelude::{ClassInstance, Env, PromiseRaw};
use napi_derive::napi;
use wamux::message::Message;

use crate::client::Client;
use crate::errors::{guarded, json};
use crate::runtime::{CancelToken, Cancellation, spawn, unless};

/// Clients in the order in which they are tried.
#[napi]
pub struct Failover {
    failover: wamux::Failover,
    /// The gateway of the first client.
    gateway: &'static str,
}

#[napi]
impl Failover {
    /// Clients in the order in which they are tried.
    #[napi(constructor)]
    pub fn new(clients: Vec<ClassInstance<'_, Client>>) -> napi::Result<Self> {
        let clients: Vec<_> = clients.iter().map(|client| client.inner()).collect();
        let gateway = clients
            .first()
            .map_or("", |client| client.gateway().profile().id);
        guarded(|| {
            let failover = wamux::Failover::new(clients)?;
            Ok::<_, wamux::Error>(Self { failover, gateway })
        })
    }

    /// The id of the first client's gateway.
    #[napi(getter)]
    pub fn gateway(&self) -> &'static str {
        self.gateway
    }

    /// Sends a message in JSON; the promise gives a receipt in JSON.
    #[napi]
    pub fn send<'env>(
        &self,
        env: &'env Env,
        message: String,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let failover = self.failover.clone();
        let cancellation = Cancellation::of(token);
        let sending = async move {
            let message = Message::from_json(message.as_bytes())?;
            let cancelled = cancellation.cancelled();
            json(&failover.send_unless(&message, cancelled).await?)
        };
        spawn(env, unless(self.gateway, token, sending))
    }
}

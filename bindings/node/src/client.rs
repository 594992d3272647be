//! The client.

use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use wamux::message::Message;
use wamux::{Delivery, Error, Kind, gateway};

use crate::errors::{guarded, json};
use crate::runtime::{CancelToken, Cancellation, spawn};
use crate::settings;

/// A client of one gateway.
#[napi]
pub struct Client(wamux::Client);

#[napi]
impl Client {
    /// A client of a gateway, with settings in JSON.
    #[napi(constructor)]
    pub fn new(gateway: String, settings: String) -> napi::Result<Self> {
        guarded(|| {
            let (settings, options) = settings::read(&settings)?;
            let gateway = gateway::open(&gateway, &settings)?;
            Ok::<_, Error>(Self(wamux::Client::new(gateway, &options)?))
        })
    }

    /// A client of a gateway, with the settings of the variables `WAMUX_*`.
    #[napi(factory)]
    pub fn from_environment(gateway: String) -> napi::Result<Self> {
        guarded(|| wamux::Client::from_environment(&gateway).map(Self))
    }

    /// The gateway's id.
    #[napi(getter)]
    pub fn gateway(&self) -> &'static str {
        self.0.gateway().profile().id
    }

    /// Sends a message in JSON; the promise gives a receipt in JSON.
    #[napi]
    pub fn send<'env>(
        &self,
        env: &'env Env,
        message: String,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let client = self.0.clone();
        let cancellation = token.map(CancelToken::listener);
        spawn(env, async move {
            let receipt = match cancellation {
                Some(cancellation) => send_unless(&client, &message, &cancellation).await?,
                None => {
                    client
                        .send(&Message::from_json(message.as_bytes())?)
                        .await?
                }
            };
            json(&receipt)
        })
    }
}

/// Sends a message until it is called off. Once the call has begun, nobody knows how much of it has left.
async fn send_unless(
    client: &wamux::Client,
    message: &str,
    cancellation: &Cancellation,
) -> Result<wamux::Receipt, Error> {
    let cancelled = |delivery, words| {
        Error::new(Kind::Cancelled, delivery, words).with_gateway(client.gateway().profile().id)
    };
    if cancellation.is_cancelled() {
        let words = "the signal was aborted before the call began";
        return Err(cancelled(Delivery::NotSent, words));
    }
    let message = Message::from_json(message.as_bytes())?;
    tokio::select! {
        biased;
        result = client.send(&message) => result,
        () = cancellation.cancelled() => {
            let words = "the signal was aborted during the call";
            Err(cancelled(Delivery::Unknown, words))
        }
    }
}

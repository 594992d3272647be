//! The client.

use std::collections::BTreeMap;

use napi::bindgen_prelude::{Buffer, Env, PromiseRaw, Uint8Array};
use napi_derive::napi;
use serde_json::Value;
use wamux::http::Method;
use wamux::message::Message;
use wamux::{
    CallProfile, Delivery, Error, OnRetry, Options, Settings, gateway, not_json,
    settings_from_environment,
};

use crate::bulk::Sending;
use crate::download::Download;
use crate::errors::{configuration, guarded, json};
use crate::messages::Messages;
use crate::retry::{RetryHook, hook};
use crate::runtime::{CancelToken, Cancellation, cancelled, spawn, unless};
use crate::settings;
use crate::upload::UploadSource;

/// A client of one gateway.
#[napi]
pub struct Client(wamux::Client);

/// An answer as it came.
#[napi(object, object_from_js = false)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, by their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Buffer,
}

#[napi]
impl Client {
    /// A client of a gateway, with settings in JSON, and what is to be called before each retry.
    #[napi(constructor)]
    pub fn new(
        gateway: String,
        settings: String,
        on_retry: Option<RetryHook<'_>>,
    ) -> napi::Result<Self> {
        let on_retry = hook(on_retry)?;
        guarded(|| Self::open(&gateway, settings::read(&settings)?, on_retry))
    }

    /// A client of a gateway, with the settings of the variables `WAMUX_*`.
    #[napi(factory)]
    pub fn from_environment(
        gateway: String,
        on_retry: Option<RetryHook<'_>>,
    ) -> napi::Result<Self> {
        let on_retry = hook(on_retry)?;
        guarded(|| Self::open(&gateway, settings_from_environment()?, on_retry))
    }

    /// The gateway's id.
    #[napi(getter)]
    pub fn gateway(&self) -> &'static str {
        self.0.gateway().profile().id
    }

    /// How many messages may be under way at once.
    #[napi(getter)]
    pub fn at_once(&self) -> u32 {
        u32::try_from(self.0.at_once()).unwrap_or(u32::MAX)
    }

    /// How many messages go in one request at most.
    #[napi(getter)]
    pub fn batch_size(&self) -> u32 {
        u32::try_from(self.0.batch_size()).unwrap_or(u32::MAX)
    }

    /// Begins to send many messages.
    #[napi]
    pub fn send_many(&self, token: Option<&CancelToken>) -> Sending {
        Sending::begin(&self.0, token)
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
        let cancellation = Cancellation::of(token);
        let sending = async move {
            let message = Message::from_json(message.as_bytes())?;
            // The client knows whether a part of the message has left.
            let cancelled = cancellation.cancelled();
            json(&client.send_unless(&message, cancelled).await?)
        };
        spawn(env, unless(self.gateway(), token, sending))
    }

    /// Makes a call of a gateway by its name, with arguments in JSON; the promise gives its output in JSON.
    #[napi]
    pub fn run<'env>(
        &self,
        env: &'env Env,
        gateway: String,
        name: String,
        arguments: String,
        source: Option<&UploadSource>,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let client = self.0.clone();
        let cancellation = Cancellation::of(token);
        let opening = source.map(UploadSource::open);
        let running = async move {
            let (call, arguments) = read(&gateway, &name, &arguments)?;
            let source = match opening {
                Some(opening) => {
                    let id = client.gateway().profile().id;
                    let opened = tokio::select! {
                        biased;
                        opened = opening => opened.map_err(|error| error.with_gateway(id)),
                        () = cancellation.cancelled() => {
                            let words = "the signal was aborted before the source was open";
                            Err(cancelled(id, Delivery::NotSent, words))
                        }
                    };
                    Some(opened?)
                }
                None => None,
            };
            let prepared = client.prepare_call(call, &arguments, source)?;
            let running = client.run_prepared_unless(prepared, cancellation.cancelled());
            json(&running.await?)
        };
        spawn(env, unless(self.gateway(), token, running))
    }

    /// Asks for a file by a call's name, with arguments in JSON. The token calls off the reading, too.
    #[napi]
    pub fn download<'env>(
        &self,
        env: &'env Env,
        gateway: String,
        name: String,
        arguments: String,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, Download>> {
        let client = self.0.clone();
        let cancellation = Cancellation::of(token);
        let asking = async move {
            let (call, arguments) = read(&gateway, &name, &arguments)?;
            let prepared = client.prepare_call(call, &arguments, None)?;
            let asking = client.download_prepared_unless(prepared, cancellation.cancelled());
            Ok(Download::new(
                asking.await?,
                client.gateway().profile().id,
                cancellation,
            ))
        };
        spawn(env, unless(self.gateway(), token, asking))
    }

    /// The messages of an instance of chat-api, with arguments in JSON.
    #[napi]
    pub fn messages(&self, arguments: String) -> napi::Result<Messages> {
        guarded(|| {
            let arguments = serde_json::from_str(&arguments).map_err(|error| not_json(&error))?;
            Messages::new(self.0.clone(), &arguments)
        })
    }

    /// What the client has counted, in JSON.
    #[napi]
    pub fn metrics(&self) -> napi::Result<String> {
        guarded(|| json(&self.0.metrics()))
    }

    /// Makes a call that has no name, with a body of JSON text.
    #[napi]
    pub fn call<'env>(
        &self,
        env: &'env Env,
        method: String,
        path: String,
        body: Option<Uint8Array>,
        token: Option<&CancelToken>,
    ) -> napi::Result<PromiseRaw<'env, Answer>> {
        let client = self.0.clone();
        let body = body.map(|body| body.to_vec());
        let cancellation = Cancellation::of(token);
        let calling = async move {
            let method = read_method(&method)?;
            let cancelled = cancellation.cancelled();
            let answer = client.call_unless(method, &path, body, cancelled).await?;
            let headers = answer.headers_as_text();
            let headers = headers.map(|(name, text)| (name.to_owned(), text));
            Ok(Answer {
                status: answer.status,
                headers: headers.collect(),
                body: answer.body.into(),
            })
        };
        spawn(env, unless(self.gateway(), token, calling))
    }
}

impl Client {
    fn open(
        gateway: &str,
        (settings, mut options): (Settings, Options),
        on_retry: Option<OnRetry>,
    ) -> Result<Self, Error> {
        options.on_retry = on_retry;
        let gateway = gateway::open(gateway, &settings)?;
        wamux::Client::new(gateway, &options).map(Self)
    }

    pub(crate) fn inner(&self) -> wamux::Client {
        self.0.clone()
    }
}

/// A call, and its arguments.
fn read(
    gateway: &str,
    name: &str,
    arguments: &str,
) -> Result<(&'static CallProfile, Value), Error> {
    let call = gateway::profile(gateway)?.find_call(name)?;
    let arguments = serde_json::from_str(arguments).map_err(|error| not_json(&error))?;
    Ok((call, arguments))
}

fn read_method(method: &str) -> Result<Method, Error> {
    Method::from_bytes(method.as_bytes())
        .ok()
        .filter(|_| method.bytes().all(|byte| byte.is_ascii_uppercase()))
        .ok_or_else(|| configuration("method must be an HTTP method in capitals, such as GET"))
}

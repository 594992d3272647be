//! The client.

use std::collections::BTreeMap;

use napi::bindgen_prelude::{Buffer, Env, PromiseRaw, Uint8Array};
use napi_derive::napi;
use serde_json::Value;
use wamux::http::Method;
use wamux::message::Message;
use wamux::{CallProfile, Error, gateway, not_json};

use crate::download::Download;
use crate::errors::{configuration, guarded, json};
use crate::messages::Messages;
use crate::runtime::{CancelToken, Cancellation, spawn, unless};
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
        let opening = source.map(UploadSource::open);
        let running = async move {
            let (call, arguments) = read(&gateway, &name, &arguments)?;
            let source = match opening {
                Some(opening) => Some(
                    opening
                        .await
                        .map_err(|error| error.with_gateway(client.gateway().profile().id))?,
                ),
                None => None,
            };
            json(&client.run_by_name(call, &arguments, source).await?)
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
            let download = client.download_by_name(call, &arguments).await?;
            Ok(Download::new(
                download,
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
        let calling = async move {
            let answer = client.call(read_method(&method)?, &path, body).await?;
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

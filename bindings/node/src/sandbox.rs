//! The sandbox, for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use serde::Deserialize;
use wamux::{Error, gateway};
use wamux_sandbox::{Fault, Options};

use crate::errors::{configuration, guarded, json};
use crate::runtime::spawn;

/// All gateways on loopback. It serves until it is stopped, or until the process ends.
#[napi]
pub struct Sandbox {
    url: String,
    running: Mutex<Option<wamux_sandbox::Sandbox>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    port: Option<u16>,
    /// In seconds.
    callback_delay: Option<f64>,
    rapporto_deduplicates: Option<bool>,
    tujenge_sent_status: Option<bool>,
    keep_messages: Option<usize>,
}

impl Given {
    fn options(self) -> Result<Options, Error> {
        let mut options = Options::default();
        if let Some(seconds) = self.callback_delay {
            options.callback_delay = Duration::try_from_secs_f64(seconds)
                .map_err(|_| configuration("callbackDelay must be a number of seconds from 0"))?;
        }
        options.port = self.port.unwrap_or(options.port);
        options.rapporto_deduplicates = self
            .rapporto_deduplicates
            .unwrap_or(options.rapporto_deduplicates);
        options.tujenge_sent_status = self
            .tujenge_sent_status
            .unwrap_or(options.tujenge_sent_status);
        options.keep_messages = self.keep_messages.unwrap_or(options.keep_messages);
        Ok(options)
    }
}

#[napi]
impl Sandbox {
    /// Starts a sandbox, with options in JSON.
    #[napi]
    pub fn start(env: &Env, options: String) -> napi::Result<PromiseRaw<'_, Sandbox>> {
        spawn(env, async move {
            let given = serde_json::from_str::<Given>(&options)
                .map_err(|error| configuration(format!("the sandbox's options: {error}")))?;
            let options = given.options()?;
            let port = options.port;
            let sandbox = wamux_sandbox::Sandbox::start(options).await;
            let sandbox = sandbox.map_err(|error| {
                configuration(format!("cannot listen on 127.0.0.1:{port}: {error}"))
            })?;
            Ok(Sandbox {
                url: sandbox.url().to_owned(),
                running: Mutex::new(Some(sandbox)),
            })
        })
    }

    /// Its address.
    #[napi(getter)]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The base URL to give a client of a gateway.
    #[napi]
    pub fn base_url(&self, gateway: String) -> napi::Result<String> {
        self.with(|sandbox| {
            gateway::profile(&gateway)?;
            let base_url = sandbox.base_url(&gateway);
            base_url.ok_or_else(|| not_spoken(&gateway))
        })
    }

    /// The settings to give a client of a gateway, in JSON.
    #[napi]
    pub fn settings(&self, gateway: String) -> napi::Result<String> {
        self.with(|sandbox| {
            gateway::profile(&gateway)?;
            let settings = sandbox.settings(&gateway);
            let settings = settings.ok_or_else(|| not_spoken(&gateway))?;
            json(&settings.into_iter().collect::<BTreeMap<_, _>>())
        })
    }

    /// The messages accepted so far, in JSON.
    #[napi]
    pub fn messages(&self) -> napi::Result<String> {
        self.with(|sandbox| json(&sandbox.messages()))
    }

    /// How many send calls came, and how many messages were accepted, in JSON.
    #[napi]
    pub fn counts(&self) -> napi::Result<String> {
        self.with(|sandbox| json(&sandbox.counts()))
    }

    /// Forgets messages and counts.
    #[napi]
    pub fn clear(&self) -> napi::Result<()> {
        self.with(|sandbox| {
            sandbox.clear();
            Ok(())
        })
    }

    /// Takes a fault script in JSON.
    #[napi]
    pub fn inject(&self, fault: String) -> napi::Result<()> {
        self.with(|sandbox| {
            let fault: Fault = serde_json::from_str(&fault)
                .map_err(|error| configuration(format!("the fault: {error}")))?;
            let injected = sandbox.inject(fault);
            injected.map_err(|error| configuration(format!("the fault: {error}")))
        })
    }

    /// Stops; a second time does nothing.
    #[napi]
    pub fn stop<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        let running = self.lock().take();
        spawn(env, async move {
            if let Some(sandbox) = running {
                sandbox.stop().await;
            }
            Ok(())
        })
    }

    fn with<T>(
        &self,
        call: impl FnOnce(&wamux_sandbox::Sandbox) -> Result<T, Error>,
    ) -> napi::Result<T> {
        guarded(|| match self.lock().as_ref() {
            Some(sandbox) => call(sandbox),
            None => Err(configuration("the sandbox is stopped")),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<wamux_sandbox::Sandbox>> {
        // Nothing half-written can stand behind the lock.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_spoken(gateway: &str) -> Error {
    configuration(format!("the sandbox does not speak {gateway}"))
}

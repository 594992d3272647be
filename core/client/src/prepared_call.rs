//! Calls by name in two halves: what is checked at once, and what waits for the gateway.

use std::future::pending;

use serde_json::Value;
use wamux_engine::{CallProfile, Error, Request, Source};

use crate::client::Client;
use crate::download::Download;

/// A call that breaks no rule, as the request that bears it: what [`Client::prepare_call`] makes.
///
/// `Debug` shows neither credentials nor the body.
#[derive(Debug)]
pub struct PreparedCall {
    pub(crate) call: &'static CallProfile,
    pub(crate) request: Request,
}

impl Client {
    /// Checks the arguments of a call and makes its request, without sending it: the half of [`Client::run_by_name`] and
    /// [`Client::download_by_name`] that neither waits nor needs a runtime. `source` is what the call uploads.
    ///
    /// # Errors
    ///
    /// `validation` where an argument breaks a rule.
    ///
    /// ```
    /// use serde_json::json;
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("chat-api").unwrap())?;
    /// # settings.set("token", "sandbox-token")?;
    /// # settings.set("instance", "1")?;
    /// let client = Client::from_settings("chat-api", &settings)?;
    /// let call = client.gateway().profile().find_call("get_status")?;
    /// let error = client.prepare_call(call, &json!({"full": "yes"}), None).unwrap_err();
    /// assert_eq!(error.violations()[0].path, "full");
    ///
    /// let prepared = client.prepare_call(call, &json!({"full": true}), None)?;
    /// let status = client.run_prepared(prepared).await?;
    /// assert_eq!(status["account_status"], "authenticated");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prepare_call(
        &self,
        call: &'static CallProfile,
        arguments: &Value,
        source: Option<Source>,
    ) -> Result<PreparedCall, Error> {
        let request = call.request(self.gateway(), arguments, source)?;
        Ok(PreparedCall { call, request })
    }

    /// Makes the call that [`Client::prepare_call`] of this client has prepared.
    ///
    /// # Errors
    ///
    /// As [`Client::run`], but for the rules, which the arguments have kept.
    pub async fn run_prepared(&self, prepared: PreparedCall) -> Result<Value, Error> {
        self.run_prepared_unless(prepared, pending()).await
    }

    /// Asks for the file of the call that [`Client::prepare_call`] of this client has prepared.
    ///
    /// # Errors
    ///
    /// As [`Client::run_prepared`].
    pub async fn download_prepared(&self, prepared: PreparedCall) -> Result<Download, Error> {
        self.download_prepared_unless(prepared, pending()).await
    }
}

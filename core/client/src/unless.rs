//! Calls that can be called off, and say then whether they had left.

use std::pin::pin;

use futures_util::future::poll_immediate;
use serde_json::Value;
use wamux_engine::call::{Call, DownloadCall};
use wamux_engine::http::Method;
use wamux_engine::{Error, Response, call_error, call_output, call_request};

use crate::client::Client;
use crate::download::Download;
use crate::prepared_call::PreparedCall;
use crate::watch::Watch;

impl Client {
    /// Makes a call beyond sending unless it is called off before: when `cancel` ends first, the connection is closed.
    ///
    /// # Errors
    ///
    /// As [`Client::run`]; `cancelled` where it was called off, whose [`Error::delivery`] tells whether the gateway may
    /// have done it.
    ///
    /// ```
    /// use wamux::gateway::typed::chat_api::GetStatus;
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("chat-api", &settings)?;
    /// let error = client.run_unless(&GetStatus::default(), async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn run_unless<C: Call>(
        &self,
        call: &C,
        cancel: impl Future<Output = ()>,
    ) -> Result<C::Output, Error> {
        let request = call_request(self.gateway(), call);
        self.answered(C::NAME, request, cancel, |answer| {
            call_output::<C>(self.gateway(), answer)
        })
        .await
    }

    /// Makes the call that [`Client::prepare_call`] of this client has prepared, unless it is called off before.
    ///
    /// # Errors
    ///
    /// As [`Client::run_unless`], but for the rules, which the arguments have kept.
    ///
    /// ```
    /// use serde_json::json;
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("chat-api", &settings)?;
    /// let call = client.gateway().profile().find_call("get_status")?;
    /// let prepared = client.prepare_call(call, &json!({"full": true}), None)?;
    /// let error = client.run_prepared_unless(prepared, async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn run_prepared_unless(
        &self,
        prepared: PreparedCall,
        cancel: impl Future<Output = ()>,
    ) -> Result<Value, Error> {
        let PreparedCall { call, request } = prepared;
        self.run_request(call, Ok(request), cancel).await
    }

    /// Asks for a file unless it is called off before the file begins; a [`Download`] that is dropped is called off, too.
    ///
    /// # Errors
    ///
    /// As [`Client::run_unless`].
    ///
    /// ```
    /// use wamux::gateway::typed::tujenge::DownloadMedia;
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let call = DownloadMedia { media_id: "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68".into() };
    /// let error = client.download_unless(&call, async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn download_unless<C: DownloadCall>(
        &self,
        call: &C,
        cancel: impl Future<Output = ()>,
    ) -> Result<Download, Error> {
        let request = call_request(self.gateway(), call);
        self.opened(C::NAME, C::FILE, request, cancel).await
    }

    /// Asks for the file of the call that [`Client::prepare_call`] of this client has prepared, unless it is called off
    /// before the file begins.
    ///
    /// # Errors
    ///
    /// As [`Client::run_prepared_unless`].
    ///
    /// ```
    /// use serde_json::json;
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let call = client.gateway().profile().find_call("download_media")?;
    /// let prepared = client.prepare_call(call, &json!({"media_id": "f043afd0"}), None)?;
    /// let error = client.download_prepared_unless(prepared, async {}).await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn download_prepared_unless(
        &self,
        prepared: PreparedCall,
        cancel: impl Future<Output = ()>,
    ) -> Result<Download, Error> {
        let PreparedCall { call, request } = prepared;
        self.opened(call.name, call.file, Ok(request), cancel).await
    }

    /// Makes a call that has no type, as [`Client::call`] does, unless it is called off before.
    ///
    /// # Errors
    ///
    /// As [`Client::call`] and [`Client::run_unless`].
    ///
    /// ```
    /// use wamux::http::Method;
    /// use wamux::{Client, Delivery, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let mut settings = Settings::default().masked();
    /// # settings.set("base_url", "http://127.0.0.1:9")?;
    /// let client = Client::from_settings("chat-api", &settings)?;
    /// let asking = client.call_unless(Method::GET, "/status", None, async {});
    /// let error = asking.await.unwrap_err();
    /// assert_eq!((error.kind(), error.delivery()), (Kind::Cancelled, Delivery::NotSent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn call_unless(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        cancel: impl Future<Output = ()>,
    ) -> Result<Response, Error> {
        let request = self.request(method, path, body);
        self.answered("call", request, cancel, |answer| {
            call_error(self.gateway(), answer).map_or_else(|| Ok(answer.clone()), Err)
        })
        .await
    }

    /// What a watched call gives, unless it is called off before.
    pub(crate) async fn unless<T>(
        &self,
        watch: &Watch,
        call: impl Future<Output = Result<T, Error>>,
        cancel: impl Future<Output = ()>,
    ) -> Result<T, Error> {
        // A call that was called off is dropped by now, so that nothing of it leaves any more.
        let result = unless(call, cancel).await;
        result.unwrap_or_else(|| Err(watch.cancelled(self.gateway())))
    }
}

/// What a future gives, unless it is called off before; what is called off by now does not begin.
pub(crate) async fn unless<T>(
    future: impl Future<Output = T>,
    cancel: impl Future<Output = ()>,
) -> Option<T> {
    let mut cancel = pin!(cancel);
    if poll_immediate(&mut cancel).await.is_some() {
        return None;
    }
    tokio::select! {
        biased;
        output = future => Some(output),
        () = cancel => None,
    }
}

//! Calls beyond sending, through a client.

use std::future::pending;

use serde_json::Value;
use tracing::{Instrument as _, Span};
use wamux_engine::call::{Call, DownloadCall};
use wamux_engine::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use wamux_engine::http::{HeaderValue, Method};
use wamux_engine::{
    Body, CallProfile, Delivery, Error, Kind, Request, Response, Source, call_error,
};

use crate::client::Client;
use crate::download::Download;
use crate::retry::Repeatable;
use crate::trace;
use crate::transport::{ANSWER_LIMIT, Opened};
use crate::watch::Watch;

impl Client {
    /// Makes a call beyond sending, and reads its answer. An upload is streamed: its time ends only where nothing moves
    /// for as long as the client's timeout.
    ///
    /// Each call writes one [`tracing`] span, `call`, with the fields `gateway`, `name` and, after a failure, `kind` and
    /// `delivery`; `http_status` stands where an answer came. Its attempts are events, as those of a message are.
    ///
    /// # Errors
    ///
    /// - `validation` where an argument breaks a rule, `unsupported` where the call is another gateway's; nothing is sent
    ///   then.
    /// - What the gateway refuses, by the kind of its code, and what goes wrong on the way, as for [`Client::send`];
    ///   [`Error::delivery`] tells whether the gateway may have done it.
    /// - `media` where the source of an upload cannot be read to its end.
    ///
    /// ```
    /// use wamux::gateway::typed::chat_api::{AccountStatus, GetStatus};
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("chat-api").unwrap())?;
    /// # settings.set("token", "sandbox-token")?;
    /// # settings.set("instance", "1")?;
    /// let client = Client::from_settings("chat-api", &settings)?;
    /// let status = client.run(&GetStatus::default()).await?;
    /// assert_eq!(status.account_status, AccountStatus::Authenticated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn run<C: Call>(&self, call: &C) -> Result<C::Output, Error> {
        self.run_unless(call, pending()).await
    }

    /// Makes the call of a name with arguments in JSON; `source` is what it uploads.
    ///
    /// # Errors
    ///
    /// As [`Client::run`].
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
    /// let status = client.run_by_name(call, &json!({"full": true}), None).await?;
    /// assert_eq!(status["account_status"], "authenticated");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn run_by_name(
        &self,
        call: &CallProfile,
        arguments: &Value,
        source: Option<Source>,
    ) -> Result<Value, Error> {
        let request = call.request(self.gateway(), arguments, source);
        self.run_request(call, request, pending()).await
    }

    /// Asks for a file, which is then read as it comes; [`Download`] has an example. The time of each piece is the
    /// client's timeout.
    ///
    /// # Errors
    ///
    /// As [`Client::run`].
    pub async fn download<C: DownloadCall>(&self, call: &C) -> Result<Download, Error> {
        self.download_unless(call, pending()).await
    }

    /// Asks for a file by the call's name, with arguments in JSON.
    ///
    /// # Errors
    ///
    /// As [`Client::run`].
    ///
    /// ```
    /// use serde_json::json;
    /// use wamux::{Client, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let call = client.gateway().profile().find_call("download_media")?;
    /// let error = client.download_by_name(call, &json!({"media_id": "no-such-id"})).await.unwrap_err();
    /// assert_eq!(error.http_status(), Some(404));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn download_by_name(
        &self,
        call: &CallProfile,
        arguments: &Value,
    ) -> Result<Download, Error> {
        let request = call.request(self.gateway(), arguments, None);
        self.opened(call.name, call.file, request, pending()).await
    }

    /// Calls the gateway where there is no type for the call: with its address and credentials, a
    /// path and a body of the caller's own. Credentials that a gateway wants in the body (Rapporto)
    /// are the caller's to write.
    ///
    /// `path` is empty or begins with a slash, and can have a query; `body` is JSON text. The
    /// answer to a status from 200 to 299 is returned as it is.
    ///
    /// # Errors
    ///
    /// `validation` for a wrong path, `unsupported` for one that the gateway is known to keep to itself; for any other
    /// status, and for a failure that it tells of under this one, what the engine reads in the answer;
    /// and what goes wrong on the way, as for [`Client::send`].
    ///
    /// ```
    /// use wamux::{Client, Settings, http::Method};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let base_url = sandbox.base_url("devino-v2").unwrap();
    /// let mut settings = Settings::default();
    /// settings.set("base_url", &base_url)?;
    /// settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("devino-v2", &settings)?;
    ///
    /// let body = br#"{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Hi"}}"#;
    /// let answer = client.call(Method::POST, "/whatsapp/v2/messages", Some(body.to_vec())).await?;
    /// assert_eq!(answer.status, 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Response, Error> {
        self.call_unless(method, path, body, pending()).await
    }

    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Request, Error> {
        let gateway = self.gateway();
        let refuse = |kind, words: String| {
            let error = Error::new(kind, Delivery::NotSent, words);
            Err(error.with_gateway(gateway.profile().id))
        };
        // Without the slash the path could continue the host's name, and credentials would go there.
        if !path.is_empty() && !path.starts_with('/') {
            let words = "path must be empty or begin with a slash, such as /v1/messages";
            return refuse(Kind::Validation, words.to_owned());
        }
        if let Some(what) = gateway.blocked(path) {
            let name = gateway.profile().name;
            return refuse(
                Kind::Unsupported,
                format!("{name} keeps {what} to itself; the call was not made"),
            );
        }
        let mut request = Request::new(method, gateway.url(path));
        let json = HeaderValue::from_static("application/json");
        if let Some(body) = body {
            request.headers.insert(CONTENT_TYPE, json.clone());
            request.body = Body::Json(body);
        }
        request.headers.insert(ACCEPT, json);
        gateway.authorise(&mut request);
        Ok(request)
    }

    /// Makes a call that is known by its name.
    pub(crate) async fn run_request(
        &self,
        call: &CallProfile,
        request: Result<Request, Error>,
        cancel: impl Future<Output = ()>,
    ) -> Result<Value, Error> {
        self.answered(call.name, request, cancel, |answer| {
            call.decode(self.gateway(), answer)
        })
        .await
    }

    /// Makes a call whose answer is buffered, unless it is called off before.
    pub(crate) async fn answered<T>(
        &self,
        name: &'static str,
        request: Result<Request, Error>,
        cancel: impl Future<Output = ()>,
        read: impl Fn(&Response) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (watch, span) = (Watch::default(), self.call_span(name));
        let calling = async {
            let request = request?;
            let repeatable = repeatable(&request);
            let operation = self.meter().operation(name);
            let calls = self.attempts(&operation, &span, &watch, repeatable, 0, |progress| {
                let exchange = self.exchange(&operation, request.clone(), progress);
                async {
                    let answer = exchange.await?;
                    Ok((read(&answer)?, answer.status))
                }
            });
            let result = calls.await;
            operation.end(result.as_ref().err());
            result
        };
        let calling = Box::pin(noted(&span, &watch, calling));
        self.unless(&watch, calling, cancel).await
    }

    /// Makes a call whose answer is a file, of a MIME type that begins so, where only such come, unless it is called off
    /// before the file begins.
    pub(crate) async fn opened(
        &self,
        name: &'static str,
        file: Option<&'static str>,
        request: Result<Request, Error>,
        cancel: impl Future<Output = ()>,
    ) -> Result<Download, Error> {
        let (watch, span) = (Watch::default(), self.call_span(name));
        let calling = async {
            let request = request?;
            let operation = self.meter().operation(name);
            let calls = self.attempts(
                &operation,
                &span,
                &watch,
                Repeatable::NotSent,
                0,
                |progress| {
                    let opening = self.open(&operation, request.clone(), progress);
                    async {
                        let answer = opening.await?;
                        let status = answer.status;
                        let file = self.file(answer, file).await;
                        // A failure was read to its end.
                        operation.read_clock();
                        Ok((file?, status))
                    }
                },
            );
            let result = calls.await;
            operation.end(result.as_ref().err());
            result
        };
        let calling = Box::pin(noted(&span, &watch, calling));
        self.unless(&watch, calling, cancel).await
    }

    fn call_span(&self, name: &'static str) -> Span {
        trace::call(self.gateway().profile().id, name)
    }

    /// The file of an answer, or the failure that stands in its place: some gateways tell of failures with a status of
    /// success.
    async fn file(&self, answer: Opened, file: Option<&'static str>) -> Result<Download, Error> {
        let success = (200..300).contains(&answer.status);
        if success && is_file(&answer, file) {
            return Ok(Download::new(self.clone(), answer));
        }
        let mut response = Response::new(answer.status, Vec::new());
        response.headers = answer.headers.clone();
        let mut download = Download::new(self.clone(), answer);
        response.body = download.bytes(ANSWER_LIMIT).await?;
        if let Some(error) = call_error(self.gateway(), &response) {
            return Err(error);
        }
        if file.is_none() {
            // A document may well be JSON.
            return Ok(Download::new(self.clone(), response.into()));
        }
        let words = "the answer is no picture, which should come";
        Err(wamux_engine::unreadable(self.gateway(), &response, words))
    }
}

/// Makes a call in its span, and notes there how it went.
async fn noted<T>(
    span: &Span,
    watch: &Watch,
    calling: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let noted = trace::Noted::begin(span, watch);
    let result = calling.instrument(span.clone()).await;
    noted.end(result.as_ref().err());
    result
}

/// A call can be made again unless what it uploads is a stream, which is gone.
fn repeatable(request: &Request) -> Repeatable {
    match &request.body {
        Body::Upload(upload) if !upload.source.is_rewindable() => Repeatable::No,
        _ => Repeatable::NotSent,
    }
}

/// Whether an answer is a file by its head alone. Where any file may come, one that says that it is JSON and is no longer
/// than a failure would be is looked into first.
fn is_file(answer: &Opened, file: Option<&str>) -> bool {
    const FAILURE: u64 = 64 * 1024;
    let text = |name| answer.headers.get(name)?.to_str().ok();
    let kind = text(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let length = text(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    match file {
        Some(start) => kind.starts_with(start) && length != Some(0),
        None => {
            !kind.starts_with("application/json") || length.is_none_or(|length| length > FAILURE)
        }
    }
}

//! The transport over HTTP, on reqwest.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::stream;
use reqwest::{NoProxy, Proxy, Url, redirect, retry};
use tokio::runtime::Handle;
use wamux_engine::http::header::{DATE, RETRY_AFTER, USER_AGENT};
use wamux_engine::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use wamux_engine::{Body, Delivery, Error, Kind, Request, Response};

use crate::options::{Options, configuration};
use crate::progress::Progress;
use crate::tls;
use crate::transport::{ANSWER_LIMIT, Exchange, Failure, Opened, Opening, Transport};
use crate::upload::Uploading;
use crate::watched::Watched;

/// It goes with each request and not with the client: reqwest would also tell it to a proxy that tunnels, and write the
/// proxy's password under a name in small letters then, which not every proxy knows.
const OWN_NAME: &str = concat!("wamux/", env!("CARGO_PKG_VERSION"));

/// The longest that connecting may take, where the timeout is longer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest that a file may travel, however steadily: a day.
const LONGEST_TRANSFER: Duration = Duration::from_hours(24);

/// How often in the time of a pause it is looked whether a file still travels.
const LOOKS: u32 = 8;

/// HTTP/1.1 or HTTP/2 over kept connections, TLS by rustls.
///
/// It sends each request once, follows no redirect, and always has a timeout. It trusts the public
/// roots that are compiled in, and those of [`Options::ca_bundle`]. It uses the proxy that
/// [`Options::proxy`] names and no other: variables such as `HTTPS_PROXY` are not read, so that
/// credentials pass through a proxy only where a setting of wamux says so.
///
/// An exchange needs a tokio runtime with I/O and time.
///
/// ```
/// use wamux::{HttpTransport, Options};
///
/// let transport = HttpTransport::new(&Options::default())?;
/// # Ok::<(), wamux::Error>(())
/// ```
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    timeout: Duration,
}

impl HttpTransport {
    /// Makes a transport; nothing is connected yet.
    ///
    /// # Errors
    ///
    /// A `configuration` error where the timeout is zero, `ca_bundle` is not a readable PEM file
    /// with certificates, `client_certificate` and `client_key` are not readable PEM files with a certificate and its
    /// key, or `proxy` is not an `http`, `https`, `socks5` or `socks5h` URL.
    ///
    /// ```
    /// use wamux::{HttpTransport, Kind, Options};
    ///
    /// let mut options = Options::default();
    /// options.set("proxy", "ftp://proxy.example")?;
    /// let error = HttpTransport::new(&options).unwrap_err();
    /// assert_eq!(error.kind(), Kind::Configuration);
    /// # Ok::<(), wamux::Error>(())
    /// ```
    pub fn new(options: &Options) -> Result<Self, Error> {
        if options.timeout.is_zero() {
            return Err(configuration("timeout must be above 0"));
        }
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::configure(options)?)
            .timeout(options.timeout)
            .connect_timeout(options.timeout.min(CONNECT_TIMEOUT))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy();
        if let Some(url) = &options.proxy {
            builder = builder.proxy(proxy(url.as_str(), options.no_proxy.as_deref())?);
        }
        let client = builder
            .build()
            .map_err(|error| Error::new(Kind::Internal, Delivery::NotSent, innermost(error)))?;
        Ok(Self {
            client,
            timeout: options.timeout,
        })
    }

    /// Sends a request and reads the head of the answer. `streamed` says that what travels may take longer than the
    /// timeout, as long as it moves.
    async fn head(
        &self,
        request: Request,
        streamed: bool,
        progress: Arc<Progress>,
    ) -> Result<reqwest::Response, Failure> {
        if Handle::try_current().is_err() {
            return Err(Failure::Request(
                "sending needs a tokio runtime, and none runs here".to_owned(),
            ));
        }
        let origin = request.origin().to_owned();
        let target = self.client.request(request.method.clone(), request.url());
        let target = target.header(USER_AGENT, OWN_NAME).headers(request.headers);
        let target = match request.body {
            Body::Upload(upload) => {
                let body = Uploading::begin(upload, Arc::clone(&progress));
                target.body(reqwest::Body::wrap(body))
            }
            body => {
                let bytes = match body {
                    Body::Json(bytes) | Body::Form(bytes) => Bytes::from(bytes),
                    other => Bytes::copy_from_slice(other.as_bytes()),
                };
                let body = Watched::new(bytes, Arc::clone(&progress));
                target.body(reqwest::Body::wrap(body))
            }
        };
        let sent = if streamed {
            let sending = target.timeout(LONGEST_TRANSFER).send();
            let Some(sent) = while_it_moves(sending, &progress, self.timeout).await else {
                let left = progress.may_have_left();
                return Err(Failure::Timeout { left });
            };
            sent
        } else {
            target.send().await
        };
        match sent {
            // What a proxy says of a request that it does not tunnel; no gateway has this status.
            Ok(answer) if answer.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                let words = "the proxy wants a user and a password, or others";
                Err(Failure::Connect(format!(
                    "no connection to {origin}: {words}"
                )))
            }
            Ok(mut answer) => {
                date(answer.headers_mut());
                Ok(answer)
            }
            Err(error) => {
                if let Some(why) = progress.failure() {
                    return Err(Failure::Source(why));
                }
                Err(unanswered(error, &origin, progress.may_have_left()))
            }
        }
    }

    async fn run(&self, request: Request, progress: Arc<Progress>) -> Result<Response, Failure> {
        let streamed = matches!(request.body, Body::Upload(_));
        read(self.head(request, streamed, progress).await?, self.timeout).await
    }

    async fn begin(&self, request: Request, progress: Arc<Progress>) -> Result<Opened, Failure> {
        let mut answer = self.head(request, true, progress).await?;
        let headers = std::mem::take(answer.headers_mut());
        let status = answer.status().as_u16();
        let timeout = self.timeout;
        let chunks = stream::try_unfold(answer, move |mut answer| async move {
            let chunk = tokio::time::timeout(timeout, answer.chunk()).await;
            match chunk {
                Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, answer))),
                Ok(Err(_)) => Err(Failure::Truncated(Response::new(status, Vec::new()))),
                Err(_) => Err(Failure::Timeout { left: true }),
            }
        });
        Ok(Opened::new(status, headers, chunks))
    }
}

impl Transport for HttpTransport {
    fn exchange(&self, request: Request) -> Exchange<'_> {
        Box::pin(self.run(request, Arc::new(Progress::default())))
    }

    fn exchange_noting(&self, request: Request, progress: Arc<Progress>) -> Exchange<'_> {
        Box::pin(self.run(request, progress))
    }

    fn open(&self, request: Request) -> Opening<'_> {
        Box::pin(self.begin(request, Arc::new(Progress::default())))
    }

    fn open_noting(&self, request: Request, progress: Arc<Progress>) -> Opening<'_> {
        Box::pin(self.begin(request, progress))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

/// Waits for an answer as long as the request moves: `None` where nothing did for so long.
async fn while_it_moves<F: Future>(
    sending: F,
    progress: &Progress,
    idle: Duration,
) -> Option<F::Output> {
    let mut sending = std::pin::pin!(sending);
    let now = || (progress.may_have_left(), progress.bytes());
    let (mut before, mut quiet) = (now(), 0);
    while quiet < LOOKS {
        match tokio::time::timeout(idle / LOOKS, &mut sending).await {
            Ok(answer) => return Some(answer),
            Err(_) if now() == before => quiet += 1,
            Err(_) => (before, quiet) = (now(), 0),
        }
    }
    None
}

/// The proxy of all requests. Its user and password go into a header of their own, so that no
/// address that bears them is left to be printed.
fn proxy(url: &str, no_proxy: Option<&str>) -> Result<Proxy, Error> {
    let refuse = || {
        configuration(
            "proxy must be an http, https, socks5 or socks5h URL, such as http://proxy.example:3128",
        )
    };
    let url = Url::parse(url).map_err(|_| refuse())?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
        return Err(refuse());
    }
    // What reqwest cannot read as an address in the end, it does without: requests would go past the proxy.
    let readable = url.as_str().parse::<Uri>();
    let has_host = readable.is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()));
    if !(url.has_host() && has_host) {
        return Err(refuse());
    }
    let proxy = Proxy::all(url).map_err(|_| refuse())?;
    // reqwest takes the star for names alone.
    let no_proxy = no_proxy.map(|hosts| {
        let everything = hosts.split(',').any(|host| host.trim() == "*");
        if everything {
            "*, 0.0.0.0/0, ::/0"
        } else {
            hosts
        }
    });
    Ok(proxy.no_proxy(no_proxy.and_then(NoProxy::from_string)))
}

/// Buffers an answer, up to the limit. The time of each piece is the client's timeout: that of all of it is a day where the
/// request was an upload.
async fn read(mut answer: reqwest::Response, timeout: Duration) -> Result<Response, Failure> {
    let mut response = Response::new(answer.status().as_u16(), Vec::new());
    response.headers = std::mem::take(answer.headers_mut());
    loop {
        let Ok(chunk) = tokio::time::timeout(timeout, answer.chunk()).await else {
            return Err(Failure::Timeout { left: true });
        };
        match chunk {
            Ok(Some(chunk)) if response.body.len() + chunk.len() > ANSWER_LIMIT => {
                return Err(Failure::TooLarge(response));
            }
            Ok(Some(chunk)) => response.body.extend_from_slice(&chunk),
            Ok(None) => return Ok(response),
            Err(error) if error.is_timeout() => return Err(Failure::Timeout { left: true }),
            Err(_) => return Err(Failure::Truncated(response)),
        }
    }
}

/// Adds the date of an answer that names none: `Retry-After` can be a moment to compare it with.
fn date(headers: &mut HeaderMap) {
    if headers.contains_key(RETRY_AFTER) && !headers.contains_key(DATE) {
        let now = HeaderValue::try_from(httpdate::fmt_http_date(SystemTime::now()));
        headers.extend(now.ok().map(|now| (DATE, now)));
    }
}

/// Why there is no answer; `left` tells whether a part of the request may have left.
fn unanswered(error: reqwest::Error, origin: &str, left: bool) -> Failure {
    if error.is_builder() {
        return Failure::Request(format!("the URL cannot be called: {}", innermost(error)));
    }
    if error.is_timeout() {
        return Failure::Timeout { left };
    }
    let why = innermost(error);
    if left && !tls::refuses_client(&why) {
        Failure::NoAnswer(why)
    } else {
        Failure::Connect(format!("no connection to {origin}: {why}"))
    }
}

/// The words of the first cause. The outer words repeat each other, and the outermost the URL.
fn innermost(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

//! The exchange of one request for one answer, and what its failure says of the message.
//!
//! What can be seen on the wire is whether the connection asked for the request's body. Before
//! that, nothing of the message has left; after it, only an answer tells whether the gateway has
//! the message.
//!
//! | what happens | [`Failure`] | kind | delivery | retryable |
//! | --- | --- | --- | --- | --- |
//! | the request cannot be made: the URL, no tokio runtime | `Request` | `configuration` | `not_sent` | no |
//! | DNS, refused, unreachable, TLS, the proxy's refusal | `Connect` | `connect` | `not_sent` | yes |
//! | the time ends before the body is asked for | `Timeout` | `timeout` | `not_sent` | yes |
//! | the time ends after it, in the middle of an answer too | `Timeout` | `timeout` | `unknown` | yes |
//! | the connection ends after it without an answer, or what comes is not HTTP | `NoAnswer` | `protocol` | `unknown` | yes |
//! | the answer ends early | `Truncated` | by its status, else `protocol` | `unknown`; 4xx: `not_sent` | yes; 4xx: by its status |
//! | the answer is larger than [`ANSWER_LIMIT`] | `TooLarge` | by its status, else `protocol` | `unknown`; 4xx: `not_sent` | by its status |
//! | the source of an upload fails | `Source` | `media` | `not_sent` | no |
//! | a whole answer | none | as [`decode`](wamux_engine::decode) reads it | | |
//!
//! The status comes before the body: 401, 403, 429 and 502 to 504 decide the kind, and any 4xx is a
//! refusal, though its body is lost. 407 is a proxy's, and no answer. `retryable` means that sending again can succeed; whether it
//! may be done for `unknown` is the caller's choice.
//!
//! A kept connection that the gateway closed while it was idle is replaced, and the request goes
//! over the new one: that is not a second attempt, since nothing of it was written before. Where
//! the gateway closes it at the very moment of writing, the result is `NoAnswer`.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use wamux_engine::gateway::Gateway;
use wamux_engine::http::HeaderMap;
use wamux_engine::{Delivery, Error, Kind, Request, Response};

use crate::options::configuration;
use crate::progress::Progress;

/// The longest body of an answer that is read: 8 MiB.
///
/// ```
/// use std::io::{self, Read as _};
/// use wamux::{ANSWER_LIMIT, Failure, Response};
///
/// /// How a transport reads a body: one byte over the limit tells that it is too large.
/// fn read(status: u16, from: impl io::Read) -> Result<Response, Failure> {
///     let mut body = Vec::new();
///     let limited = from.take(ANSWER_LIMIT as u64 + 1).read_to_end(&mut body);
///     let too_large = body.len() > ANSWER_LIMIT;
///     let answer = Response::new(status, body);
///     match limited {
///         Ok(_) if too_large => Err(Failure::TooLarge(answer)),
///         Ok(_) => Ok(answer),
///         Err(_) => Err(Failure::Truncated(answer)),
///     }
/// }
/// assert!(matches!(read(200, io::repeat(b' ')), Err(Failure::TooLarge(_))));
/// assert!(matches!(read(200, b"{}".as_slice()), Ok(_)));
/// ```
pub const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// A boxed exchange.
///
/// ```
/// use wamux::{Exchange, Response};
///
/// fn recorded(answer: &Response) -> Exchange<'_> {
///     Box::pin(async { Ok(answer.clone()) })
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let answer = Response::new(503, Vec::new());
/// assert_eq!(recorded(&answer).await.unwrap().status, 503);
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
pub type Exchange<'t> = Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send + 't>>;

/// What carries requests to gateways. [`HttpTransport`](crate::HttpTransport) is the usual one; an
/// application can bring its own.
///
/// A transport sends each request once, follows no redirect, ends in bounded time, and takes any
/// status for an answer. It does not print the request: the URL, the headers and the body hold
/// credentials.
///
/// ```
/// use wamux::message::{Content, Message, Text};
/// use wamux::{Client, Exchange, Options, Request, Response, Settings, Transport, gateway};
///
/// /// Answers all by itself.
/// #[derive(Debug)]
/// struct Obliging;
///
/// impl Transport for Obliging {
///     fn exchange(&self, _request: Request) -> Exchange<'_> {
///         let body = br#"{"result":[{"code":"OK","messageId":"1"}]}"#;
///         Box::pin(async { Ok(Response::new(200, body.to_vec())) })
///     }
/// }
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let mut settings = Settings::default();
/// settings.set("api_key", "key")?;
/// settings.set("from", "MyCompany")?;
/// let client = Client::with_transport(gateway::open("devino-v2", &settings)?, Obliging, &Options::default());
///
/// let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
/// assert_eq!(client.send(&message).await?.message_id.as_deref(), Some("1"));
/// # Ok::<(), wamux::Error>(())
/// # })?;
/// # Ok::<(), wamux::Error>(())
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and reads the whole answer.
    fn exchange(&self, request: Request) -> Exchange<'_>;

    /// Sends a request as [`Transport::exchange`] does, and notes in `progress` when a part of it may have left: what a
    /// call that is called off is judged by.
    ///
    /// Where it is left out, that is from the beginning.
    fn exchange_noting(&self, request: Request, progress: Arc<Progress>) -> Exchange<'_> {
        progress.leaves();
        self.exchange(request)
    }

    /// Sends a request and reads the head of the answer: its body is read as it comes.
    ///
    /// A transport that has no better way buffers it, as this one does where it is left out.
    fn open(&self, request: Request) -> Opening<'_> {
        let exchange = self.exchange(request);
        Box::pin(async move { Ok(Opened::from(exchange.await?)) })
    }

    /// As [`Transport::open`], and notes in `progress` what [`Transport::exchange_noting`] does.
    ///
    /// Where it is left out, a part of the request may have left from the beginning.
    fn open_noting(&self, request: Request, progress: Arc<Progress>) -> Opening<'_> {
        progress.leaves();
        self.open(request)
    }
}

/// A transport that several clients share.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn exchange(&self, request: Request) -> Exchange<'_> {
        (**self).exchange(request)
    }

    fn exchange_noting(&self, request: Request, progress: Arc<Progress>) -> Exchange<'_> {
        (**self).exchange_noting(request, progress)
    }

    fn open(&self, request: Request) -> Opening<'_> {
        (**self).open(request)
    }

    fn open_noting(&self, request: Request, progress: Arc<Progress>) -> Opening<'_> {
        (**self).open_noting(request, progress)
    }
}

/// A boxed exchange whose answer is read as it comes.
pub type Opening<'t> = Pin<Box<dyn Future<Output = Result<Opened, Failure>> + Send + 't>>;

/// An answer whose body is still to come.
///
/// ```
/// use futures_util::stream;
/// use wamux::{Opened, http::HeaderMap};
///
/// let chunks = stream::iter([Ok(vec![0x89, b'P'].into()), Ok(vec![b'N', b'G'].into())]);
/// let answer = Opened::new(200, HeaderMap::new(), chunks);
/// assert_eq!(answer.status, 200);
/// ```
pub struct Opened {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    pub(crate) chunks: Chunks,
}

/// The pieces of a body.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>;

impl Opened {
    /// An answer of a status, headers, and the pieces of its body.
    pub fn new(
        status: u16,
        headers: HeaderMap,
        chunks: impl Stream<Item = Result<Bytes, Failure>> + Send + 'static,
    ) -> Self {
        Self {
            status,
            headers,
            chunks: Box::pin(chunks),
        }
    }
}

impl From<Response> for Opened {
    fn from(answer: Response) -> Self {
        let body = Ok(Bytes::from(answer.body));
        Self::new(answer.status, answer.headers, stream::iter([body]))
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Why there is no whole answer. The texts hold neither URL nor credentials.
///
/// ```
/// # use wamux::message::{Content, Message, Text};
/// use wamux::{Client, Delivery, Exchange, Failure, Options, Request, Settings, Transport, gateway};
///
/// /// A phone in flight mode.
/// #[derive(Debug)]
/// struct Offline;
///
/// impl Transport for Offline {
///     fn exchange(&self, _request: Request) -> Exchange<'_> {
///         Box::pin(async { Err(Failure::Connect("no network".into())) })
///     }
/// }
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// # let mut settings = Settings::default().masked();
/// # settings.set("from", "MyCompany")?;
/// # let message = Message::new("+79034567890", Content::Text(Text::new("Code: 1234")));
/// let options = Options { retries: 0, ..Options::default() };
/// let client = Client::with_transport(gateway::open("devino-v2", &settings)?, Offline, &options);
/// let error = client.send(&message).await.unwrap_err();
/// assert_eq!((error.delivery(), error.retryable()), (Delivery::NotSent, true));
/// # Ok::<(), wamux::Error>(())
/// # })?;
/// # Ok::<(), wamux::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Failure {
    /// The request cannot be made.
    Request(String),
    /// No connection; nothing of the request left.
    Connect(String),
    /// The time ended.
    Timeout {
        /// Whether a part of the request may have left.
        left: bool,
    },
    /// A part of the request may have left, and no answer came.
    NoAnswer(String),
    /// The answer ended early; this is what came of it.
    Truncated(Response),
    /// The answer is larger than [`ANSWER_LIMIT`]; this is how it begins.
    TooLarge(Response),
    /// What was to be uploaded could not be read to its end; the gateway has only a part of it.
    Source(String),
}

impl Failure {
    /// The error that the table of this module's documentation makes of it.
    pub(crate) fn into_error(self, gateway: &dyn Gateway) -> Error {
        let error = match self {
            Self::Request(why) => configuration(why),
            Self::Connect(why) => {
                Error::new(Kind::Connect, Delivery::NotSent, why).with_retryable(true)
            }
            Self::Timeout { left: false } => {
                let words = "the time ended before the request could be sent";
                Error::new(Kind::Timeout, Delivery::NotSent, words).with_retryable(true)
            }
            Self::Timeout { left: true } => {
                let words = "the time ended before the whole answer had come";
                Error::new(Kind::Timeout, Delivery::Unknown, words).with_retryable(true)
            }
            Self::NoAnswer(why) => {
                let words = format!("the connection ended without an answer: {why}");
                Error::new(Kind::Protocol, Delivery::Unknown, words).with_retryable(true)
            }
            Self::Truncated(answer) => {
                wamux_engine::unreadable(gateway, &answer, "the answer ended early")
            }
            Self::Source(why) => Error::new(Kind::Media, Delivery::NotSent, why),
            Self::TooLarge(answer) => wamux_engine::unreadable(
                gateway,
                &answer,
                "the answer is larger than 8 MiB (8,388,608 bytes)",
            ),
        };
        error.with_gateway(gateway.profile().id)
    }
}

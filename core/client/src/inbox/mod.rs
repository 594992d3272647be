//! Webhooks as handled events: each is acknowledged once it is stored, handled at least once, and never again once its
//! handling was completed.
//!
//! An [`Inbox`] takes what a gateway posts ([`Inbox::receive`]), checks that it comes from there, turns it into events and
//! puts them into a [`Store`]; a worker of its own hands them to the handler. Events of one chat, and statuses of one
//! message, are handled in the order in which they came; others beside each other.
//!
//! | store | the gateway is answered 200 | a failed handler | a killed process |
//! | --- | --- | --- | --- |
//! | [`MemoryStore`] | when all events of the body were handled | answers 503: the gateway delivers again | the gateway delivers again |
//! | `SqliteStore`, feature `sqlite` | when all events are on disk | is tried again after growing waits | another attempt after the lease |
//! | `RedisStore`, feature `redis` | when Redis has all events | is tried again after growing waits | another attempt after the lease |
//!
//! | answer | when |
//! | --- | --- |
//! | 200 | the events are stored. A body that cannot be read is stored too, as an `error` event: refused, it would come again and again, and hold up what stands behind it |
//! | 401, 403 | the credential is missing; it is wrong |
//! | 405 | another method than POST |
//! | 413 | a body over [`WEBHOOK_LIMIT`] |
//! | 503 | the store could not take the events (or, with the memory store, the handler failed): to be delivered again |
//!
//! ```
//! use std::convert::Infallible;
//! use std::sync::{Arc, Mutex};
//! use wamux::http::{HeaderMap, Method};
//! use wamux::inbox::{Inbox, MemoryStore, Notification, Options};
//! use wamux::{Authentication, Webhook};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let seen = Arc::new(Mutex::new(Vec::new()));
//! let notes = Arc::clone(&seen);
//! let inbox = Inbox::start(
//!     "devino-v2",
//!     Authentication::header("x-webhook-secret", "correct horse")?,
//!     Arc::new(MemoryStore::default()),
//!     Options::default(),
//!     move |notification: Notification| {
//!         let notes = Arc::clone(&notes);
//!         async move {
//!             notes.lock().unwrap().push((notification.key, notification.advances));
//!             Ok::<(), Infallible>(())
//!         }
//!     },
//! )?;
//!
//! // What an HTTP server was sent, twice.
//! let mut headers = HeaderMap::new();
//! headers.insert("x-webhook-secret", "correct horse".parse()?);
//! let body = br#"[{"messageId": "34825", "status": "DELIVERED"}]"#;
//! let webhook = Webhook { method: &Method::POST, path: "/", headers: &headers, body };
//! assert_eq!(inbox.receive(&webhook).await.status, 200);
//! assert_eq!(inbox.receive(&webhook).await.status, 200);
//! assert_eq!(seen.lock().unwrap().len(), 1);
//!
//! let stranger = Webhook { headers: &HeaderMap::new(), ..webhook };
//! assert_eq!(inbox.receive(&stranger).await.status, 401);
//! inbox.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod head;
mod key;
mod memory;
mod options;
#[cfg(feature = "redis")]
mod redis;
mod running;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
mod worker;

pub use self::address::StoreAddress;
pub use self::head::{Head, header_bytes};
pub use self::key::{Key, NoKey};
pub use self::memory::MemoryStore;
pub use self::options::Options;
#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
#[cfg(feature = "sqlite")]
pub use self::sqlite::SqliteStore;
pub use self::store::{Claim, Dead, Entry, Stage, Store, StoreError, Stored};
pub use self::worker::Notification;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use futures_util::FutureExt as _;
use wamux_engine::gateway::{self, Gateway};
use wamux_engine::http::header::CONTENT_LENGTH;
use wamux_engine::http::{HeaderMap, Method};
use wamux_engine::{Authentication, Error, Refusal, WEBHOOK_LIMIT, Webhook, kept_events};

use self::worker::{Handler, Worker};

/// The end of a gateway's webhooks. It works until it is stopped or dropped.
///
/// The example of the [module](self) shows one.
pub struct Inbox {
    gateway: &'static dyn Gateway,
    authentication: Authentication,
    worker: Worker,
}

/// What to answer to the gateway: a status, some headers and no body.
///
/// ```
/// use wamux::http::Response;
/// use wamux::inbox::Answer;
///
/// fn response(answer: Answer) -> Result<Response<()>, wamux::http::Error> {
///     let mut response = Response::builder().status(answer.status);
///     for (name, value) in answer.headers {
///         response = response.header(*name, *value);
///     }
///     response.body(())
/// }
/// let refused = Answer { status: 405, headers: &[("allow", "POST")] };
/// assert_eq!(response(refused)?.headers()["allow"], "POST");
/// # Ok::<(), wamux::http::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, by their names in lower case.
    pub headers: &'static [(&'static str, &'static str)],
}

impl Answer {
    /// The answer of an inbox that takes no more, or whose store is not there: to be delivered again.
    ///
    /// ```
    /// assert_eq!(wamux::inbox::Answer::UNAVAILABLE.status, 503);
    /// ```
    pub const UNAVAILABLE: Self = Self::new(503);

    const fn new(status: u16) -> Self {
        let headers = &[];
        Self { status, headers }
    }
}

impl Inbox {
    /// Begins to handle what the store has of this client, and what will be received.
    ///
    /// # Errors
    ///
    /// A `configuration` error for a gateway that is none of the registry's.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with time switched on.
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use std::sync::Arc;
    /// use wamux::Authentication;
    /// use wamux::inbox::{Inbox, MemoryStore, Notification, Options};
    ///
    /// let handler = |_: Notification| async { Ok::<(), Infallible>(()) };
    /// let store = Arc::new(MemoryStore::default());
    /// let inbox = Inbox::start("pigeon", Authentication::none(), store, Options::default(), handler);
    /// assert!(inbox.unwrap_err().to_string().contains("devino-v2"));
    /// ```
    pub fn start<Handling, Failure>(
        gateway: &str,
        authentication: Authentication,
        store: Arc<dyn Store>,
        options: Options,
        handler: impl Fn(Notification) -> Handling + Send + Sync + 'static,
    ) -> Result<Self, Error>
    where
        Handling: Future<Output = Result<(), Failure>> + Send + 'static,
        Failure: Into<Box<dyn StdError + Send + Sync>>,
    {
        let gateway = gateway::reader(gateway)?;
        let handler: Handler = Box::new(move |notification| {
            let handling = handler(notification);
            async move { handling.await.map_err(Into::into) }.boxed()
        });
        let id = gateway.profile().id;
        Ok(Self {
            gateway,
            authentication,
            worker: Worker::start(id, store, options.within_reason(), handler),
        })
    }

    /// Checks what is known of a request before its body has come, so that strangers cannot make a server read megabytes.
    /// What passes goes on to [`Inbox::receive`], which checks all of it.
    ///
    /// # Errors
    ///
    /// What to answer, where the body need not be read.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use std::sync::Arc;
    /// # use wamux::Authentication;
    /// # use wamux::http::{HeaderMap, Method};
    /// # use wamux::inbox::{Inbox, MemoryStore, Notification, Options};
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let handler = |_: Notification| async { Ok::<(), Infallible>(()) };
    /// # let store = Arc::new(MemoryStore::default());
    /// # let inbox = Inbox::start("tujenge", Authentication::none(), store, Options::default(), handler)?;
    /// let mut headers = HeaderMap::new();
    /// headers.insert("content-length", "1048577".parse()?);
    /// assert_eq!(inbox.check_head(&Method::POST, "/", &headers).unwrap_err().status, 413);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_head(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<(), Answer> {
        check_head(&self.authentication, method, path, headers)
    }

    /// Takes a webhook, and says what to answer once its events are stored. The table of the [module](self) has the
    /// answers.
    ///
    /// Where the future is dropped, as a server does when the gateway hangs up, some or all of the events may be stored.
    pub async fn receive(&self, webhook: &Webhook<'_>) -> Answer {
        if let Err(answer) = self.check_head(webhook.method, webhook.path, webhook.headers) {
            return answer;
        }
        if webhook.body.len() > WEBHOOK_LIMIT {
            return Answer::new(413);
        }
        if let Err(refusal) = self.authentication.check(webhook) {
            return refuse(&self.authentication, refusal);
        }
        let events = kept_events(self.gateway, webhook.body);
        match self.worker.take(&events).await {
            Ok(()) => Answer::new(200),
            Err(error) => {
                tracing::warn!(gateway = self.gateway.profile().id, %error, "a webhook was not stored");
                Answer::UNAVAILABLE
            }
        }
    }

    /// Takes no more, and returns when the handlers that run have ended. What they leave is handled by the next inbox of
    /// this alias at this store.
    pub async fn stop(&self) {
        self.worker.stop().await;
    }

    /// Returns when no handler runs, and what became of all events that were handed out is noted: a process that ends then
    /// leaves nothing to be handled twice.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use std::sync::Arc;
    /// # use wamux::Authentication;
    /// # use wamux::inbox::{Inbox, MemoryStore, Notification, Options};
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let handler = |_: Notification| async { Ok::<(), Infallible>(()) };
    /// # let store = Arc::new(MemoryStore::default());
    /// let inbox = Inbox::start("tujenge", Authentication::none(), store, Options::default(), handler)?;
    /// inbox.idle().await;
    /// # Ok::<(), wamux::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn idle(&self) {
        self.worker.idle().await;
    }
}

/// What [`Inbox::check_head`] checks, where there is no inbox yet.
///
/// # Errors
///
/// What to answer, where the body need not be read.
///
/// ```
/// use wamux::Authentication;
/// use wamux::http::{HeaderMap, Method};
/// use wamux::inbox::check_head;
///
/// let check = |method| check_head(&Authentication::none(), &method, "/", &HeaderMap::new());
/// assert_eq!(check(Method::POST), Ok(()));
/// assert_eq!(check(Method::GET).unwrap_err().status, 405);
/// ```
pub fn check_head(
    authentication: &Authentication,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), Answer> {
    if method != Method::POST {
        return Err(Answer {
            status: 405,
            headers: &[("allow", "POST")],
        });
    }
    authentication
        .check_head(path, headers)
        .map_err(|refusal| refuse(authentication, refusal))?;
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > WEBHOOK_LIMIT as u64) {
        return Err(Answer::new(413));
    }
    Ok(())
}

fn refuse(authentication: &Authentication, refusal: Refusal) -> Answer {
    let status = refusal.status();
    let headers: &[_] = if status == 401 && authentication.is_basic() {
        &[("www-authenticate", "Basic realm=\"webhook\"")]
    } else {
        &[]
    };
    Answer { status, headers }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox")
            .field("gateway", &self.gateway.profile().id)
            .field("authentication", &self.authentication)
            .field("worker", &self.worker)
            .finish()
    }
}

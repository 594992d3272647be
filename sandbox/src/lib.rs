//! Five messaging gateways on loopback, to test against: one process that speaks the dialects of Devino Telecom (v1 and
//! the Direct WA API), Rapporto, Tujenge (the On-Premises Business API) and chat-api.com.
//!
//! It checks credentials and payloads as the vendors' pages say, keeps what it accepted, posts status callbacks and
//! incoming messages, follows fault scripts, and has a magic recipient for each documented code
//! ([`magic_recipients`]). Nothing of wamux stands below it, so that it catches wamux's mistakes. The account is always
//! the same: key `sandbox-key`, login and password `sandbox`, token `sandbox-token`, instance 1, and every sender but
//! `UNAVAILABLE`.
//!
//! ```
//! use bytes::Bytes;
//! use http_body_util::Full;
//! use hyper_util::{client::legacy::Client, rt::TokioExecutor};
//! use wamux_sandbox::{Options, Sandbox};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let sandbox = Sandbox::start(Options::default()).await?;
//! let base_url = sandbox.base_url("devino-v1").ok_or("no such gateway")?;
//!
//! let body = r#"{"messages": [{"from": "MyCompany", "to": "79034567890", "text": "Code: 1234"}]}"#;
//! let request = http::Request::post(format!("{base_url}/whatsapp/messages"))
//!     .header("Authorization", "Key sandbox-key")
//!     .header("Content-Type", "application/json")
//!     .body(Full::<Bytes>::from(body))?;
//! let answer = Client::builder(TokioExecutor::new()).build_http().request(request).await?;
//!
//! assert_eq!(answer.status(), 200);
//! assert_eq!(sandbox.counts().accepted, 1);
//! assert_eq!(sandbox.messages()[0].to, "79034567890");
//! sandbox.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]

mod answer;
mod body;
mod callbacks;
mod check;
mod control;
mod door;
mod faults;
mod file;
mod form;
mod gateway;
mod incoming;
mod log;
mod recipient;
mod scripts;
mod server;

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

pub use faults::{Fault, FaultKind, InvalidFault};
pub use log::{Counts, StoredMessage};
pub use recipient::{MagicRecipient, Place, magic_recipients};

use server::Shared;

/// How a sandbox behaves.
///
/// ```
/// use wamux_sandbox::Options;
///
/// let options = Options { port: 8420, ..Options::default() };
/// assert_eq!(options.callback_delay.as_millis(), 50);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The port on 127.0.0.1; 0, the default, takes a free one.
    pub port: u16,
    /// The pause before each status callback and between a message's states; 50 ms by default.
    pub callback_delay: Duration,
    /// Whether Rapporto's account has the service that sends a message with a repeated `id` only once and answers with
    /// the first `mtNum` again (Rapporto, Request Parameters, `id`). Off by default, as it is there.
    pub rapporto_deduplicates: bool,
    /// Whether Tujenge posts the status `sent` before `delivered`. Off by default: the upstream's setting
    /// `sent_status` is off, and the host blocks the call that would switch it on.
    pub tujenge_sent_status: bool,
    /// How many accepted messages are kept, the oldest going first; 100,000 by default. The counts go on.
    pub keep_messages: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            callback_delay: Duration::from_millis(50),
            rapporto_deduplicates: false,
            tujenge_sent_status: false,
            keep_messages: 100_000,
        }
    }
}

/// A running sandbox. It stops with [`Sandbox::stop`], or when it is dropped.
///
/// ```
/// # use bytes::Bytes;
/// # use http_body_util::Full;
/// # use hyper_util::{client::legacy::Client, rt::TokioExecutor};
/// use wamux_sandbox::{Options, Sandbox};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let sandbox = Sandbox::start(Options::default()).await?;
/// // What is under test sends one message to an address below `sandbox.url()`.
/// # let body = r#"{"messages": [{"from": "MyCompany", "to": "79034567890", "text": "Hi"}]}"#;
/// # let request = http::Request::post(format!("{}/devino/whatsapp/messages", sandbox.url()))
/// #     .header("Authorization", "Key sandbox-key")
/// #     .header("Content-Type", "application/json")
/// #     .body(Full::<Bytes>::from(body))?;
/// # Client::builder(TokioExecutor::new()).build_http().request(request).await?;
/// assert_eq!(sandbox.counts().accepted, 1);
/// assert_eq!(sandbox.messages()[0].to, "79034567890");
///
/// // The next test begins with an empty log.
/// sandbox.clear();
/// assert!(sandbox.messages().is_empty());
/// sandbox.stop().await;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sandbox {
    shared: Arc<Shared>,
    url: String,
    running: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Listens on loopback and serves in the background of the current tokio runtime.
    ///
    /// # Errors
    /// The port cannot be bound.
    ///
    /// # Panics
    /// Outside a tokio runtime with I/O and time switched on.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// assert!(sandbox.url().starts_with("http://127.0.0.1:"));
    /// sandbox.stop().await;
    /// # Ok::<(), std::io::Error>(())
    /// # })?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub async fn start(options: Options) -> io::Result<Self> {
        let shared = Arc::new(Shared::open(&options).await?);
        let url = shared.url();
        let running = tokio::spawn(server::run(Arc::clone(&shared)));
        Ok(Self {
            shared,
            url,
            running: Some(running),
        })
    }

    /// The sandbox's address, such as `http://127.0.0.1:8420`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The base URL to give a client of that gateway, without a slash at its end; `None` where no gateway has the id.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// let base_url = sandbox.base_url("rapporto");
    /// assert_eq!(base_url, Some(format!("{}/rapporto/sandbox", sandbox.url())));
    /// assert_eq!(sandbox.base_url("pigeon"), None);
    /// # Ok::<(), std::io::Error>(())
    /// # })?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn base_url(&self, gateway_id: &str) -> Option<String> {
        let gateway = self.shared.gateway(gateway_id)?;
        Some(format!("{}{}", self.url, gateway.base_path()))
    }

    /// What a client of a gateway needs, under the names that the settings of wamux have: the address, credentials that
    /// the sandbox accepts, a sender and a template namespace. `None` where no gateway has this id.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// let settings = sandbox.settings("tujenge").unwrap();
    /// assert!(settings.contains(&("api_key", "sandbox-key".into())));
    /// # sandbox.stop().await;
    /// # Ok::<(), std::io::Error>(())
    /// # })?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn settings(&self, gateway_id: &str) -> Option<Vec<(&'static str, String)>> {
        let given = [
            ("api_key", gateway::KEY),
            ("login", gateway::LOGIN),
            ("password", gateway::LOGIN),
            ("token", gateway::TOKEN),
            ("instance", "1"),
            ("from", "MyCompany"),
            ("template_namespace", "sandbox"),
        ];
        let given = given.map(|(name, value)| (name, value.to_owned()));
        let base_url = self.base_url(gateway_id)?;
        Some([("base_url", base_url)].into_iter().chain(given).collect())
    }

    /// The messages accepted so far, the oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<StoredMessage> {
        self.shared.log.messages()
    }

    /// Send calls received and messages accepted since the start or the last [`Sandbox::clear`].
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.log.counts()
    }

    /// Forgets messages, those that clients could list too, counts, the log and the list of calls; fault scripts and
    /// webhooks stay.
    pub fn clear(&self) {
        self.shared.clear();
    }

    /// Takes a fault script. It strikes the next calls that it means, after the scripts that wait already;
    /// [`FaultKind::Refuse`] begins before this returns.
    ///
    /// # Errors
    /// The gateway is unknown, the count is 0, the seconds are out of range, or a member does not go with the kind.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use wamux_sandbox::{Fault, FaultKind, Options, Sandbox};
    ///
    /// let sandbox = Sandbox::start(Options::default()).await?;
    /// sandbox.inject(Fault::new(FaultKind::RateLimited).gateway("tujenge").retry_after(3))?;
    /// # sandbox.stop().await;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn inject(&self, fault: Fault) -> Result<(), InvalidFault> {
        self.shared.inject(fault)
    }

    /// Stops: the port is free when this returns. Calls under way have half a second to end.
    pub async fn stop(mut self) {
        self.shared.stop();
        if let Some(running) = self.running.take() {
            // The task ends by itself and has nothing to say.
            let _ = running.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("url", &self.url)
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}

/// Locks a mutex. A holder that panicked leaves no half-written state behind here, so that its poison is no news.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

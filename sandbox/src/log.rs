//! What the sandbox received, accepted and posted.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::faults::FaultKind;
use crate::lock;

/// How many of the calls that send, of all calls and of the callbacks the log keeps.
const KEPT_RECORDS: usize = 1000;

/// A message that the sandbox accepted.
///
/// `Debug` shows neither the recipient nor the body.
///
/// ```
/// # use bytes::Bytes;
/// # use http_body_util::Full;
/// # use hyper_util::{client::legacy::Client, rt::TokioExecutor};
/// # use wamux_sandbox::{Options, Sandbox};
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// # let sandbox = Sandbox::start(Options::default()).await?;
/// # let base_url = sandbox.base_url("devino-v1").ok_or("no such gateway")?;
/// let body = r#"{"messages": [{"from": "MyCompany", "to": "79034567890", "text": "Code: 1234"}]}"#;
/// # let request = http::Request::post(format!("{base_url}/whatsapp/messages"))
/// #     .header("Authorization", "Key sandbox-key")
/// #     .header("Content-Type", "application/json")
/// #     .body(Full::<Bytes>::from(body))?;
/// # Client::builder(TokioExecutor::new()).build_http().request(request).await?;
/// // Once the body is posted:
/// let message = &sandbox.messages()[0];
/// assert_eq!(message.gateway, "devino-v1");
/// assert_eq!(message.body["text"], "Code: 1234");
/// assert!(!format!("{message:?}").contains("1234"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
pub struct StoredMessage {
    /// The gateway's id, such as `devino-v1`.
    pub gateway: String,
    /// The id that the gateway gave in its answer.
    pub id: String,
    /// The recipient in the gateway's form.
    pub to: String,
    /// The path of the call that brought it.
    pub path: String,
    /// When it was accepted: RFC 3339, UTC.
    pub at: String,
    /// The message as received, without credentials. An item of a batch stands alone.
    pub body: Value,
}

impl fmt::Debug for StoredMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoredMessage")
            .field("gateway", &self.gateway)
            .field("id_length", &self.id.len())
            .field("path", &self.path)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// How often the gateways were called.
///
/// ```
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// use wamux_sandbox::{Counts, Options, Sandbox};
///
/// let sandbox = Sandbox::start(Options::default()).await?;
/// assert_eq!(sandbox.counts(), Counts { requests: 0, accepted: 0 });
/// # sandbox.stop().await;
/// # Ok::<(), std::io::Error>(())
/// # })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Send calls whose request was read, those that a fault struck and those that were refused included.
    pub requests: u64,
    /// Messages accepted, those whose answer a fault lost included.
    pub accepted: u64,
}

/// A call of a gateway, whatever it is for.
#[derive(Serialize)]
pub(crate) struct AnyCallRecord {
    pub(crate) at: String,
    pub(crate) gateway: &'static str,
    pub(crate) method: String,
    /// Without the query, which bears the token of some gateways.
    pub(crate) path: String,
    /// As in [`CallRecord`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fault: Option<FaultKind>,
}

/// A send call.
#[derive(Serialize)]
pub(crate) struct CallRecord {
    pub(crate) at: String,
    pub(crate) gateway: &'static str,
    pub(crate) path: String,
    /// What the gateway answered, though a fault may keep it from the client; absent where the gateway never saw the
    /// call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fault: Option<FaultKind>,
    pub(crate) accepted: usize,
}

/// One try to post a callback.
#[derive(Serialize)]
pub(crate) struct CallbackRecord {
    pub(crate) at: String,
    pub(crate) gateway: &'static str,
    /// Scheme, host and port: the rest of an address may be a secret.
    pub(crate) origin: String,
    pub(crate) attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

#[derive(Default)]
struct Records {
    counts: Counts,
    messages: VecDeque<StoredMessage>,
    calls: VecDeque<CallRecord>,
    all_calls: VecDeque<AnyCallRecord>,
    callbacks: VecDeque<CallbackRecord>,
}

/// All records, the oldest first.
pub(crate) struct Log {
    kept_messages: usize,
    records: Mutex<Records>,
}

impl Log {
    pub(crate) fn new(kept_messages: usize) -> Self {
        Self {
            kept_messages,
            records: Mutex::default(),
        }
    }

    pub(crate) fn count_request(&self) {
        lock(&self.records).counts.requests += 1;
    }

    pub(crate) fn add_message(&self, message: StoredMessage) {
        let records = &mut *lock(&self.records);
        records.counts.accepted += 1;
        keep(&mut records.messages, message, self.kept_messages);
    }

    pub(crate) fn add_call(&self, call: CallRecord) {
        keep(&mut lock(&self.records).calls, call, KEPT_RECORDS);
    }

    pub(crate) fn add_any_call(&self, call: AnyCallRecord) {
        keep(&mut lock(&self.records).all_calls, call, KEPT_RECORDS);
    }

    pub(crate) fn add_callback(&self, callback: CallbackRecord) {
        keep(&mut lock(&self.records).callbacks, callback, KEPT_RECORDS);
    }

    pub(crate) fn counts(&self) -> Counts {
        lock(&self.records).counts
    }

    pub(crate) fn messages(&self) -> Vec<StoredMessage> {
        lock(&self.records).messages.iter().cloned().collect()
    }

    /// The counts and the messages of one moment.
    pub(crate) fn messages_as_json(&self) -> Value {
        let records = lock(&self.records);
        json!({
            "requests": records.counts.requests,
            "accepted": records.counts.accepted,
            "messages": records.messages,
        })
    }

    pub(crate) fn records_as_json(&self) -> Value {
        let records = lock(&self.records);
        json!({"calls": records.calls, "callbacks": records.callbacks})
    }

    pub(crate) fn all_calls_as_json(&self) -> Value {
        json!(lock(&self.records).all_calls)
    }

    pub(crate) fn clear(&self) {
        *lock(&self.records) = Records::default();
    }
}

/// Appends an item and drops the oldest beyond `most`.
pub(crate) fn keep<T>(items: &mut VecDeque<T>, item: T, most: usize) {
    items.push_back(item);
    while items.len() > most {
        items.pop_front();
    }
}

/// The present: RFC 3339, UTC.
pub(crate) fn now() -> String {
    Timestamp::now().to_string()
}

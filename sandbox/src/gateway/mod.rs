//! What the server knows of a gateway, and the registry of all of them.

mod business;
mod chat_api;
mod devino;
mod rapporto;
mod tujenge;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;

use crate::Options;
use crate::faults::FaultKind;
use crate::file::TemporaryFile;
use crate::incoming::Incoming;
use crate::recipient::MagicRecipient;

/// The key of every gateway that authorises by a key.
pub(crate) const KEY: &str = "sandbox-key";
/// The login and the password of every gateway that has them.
pub(crate) const LOGIN: &str = "sandbox";
/// The token of every gateway that has one.
pub(crate) const TOKEN: &str = "sandbox-token";
/// The sender that no account has; every other sender exists.
pub(crate) const UNAVAILABLE_SENDER: &str = "UNAVAILABLE";

/// The largest body that is read where a gateway does not say otherwise: 1 MiB.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;

/// All gateways. A new gateway is a folder and a line here.
pub(crate) fn registry(options: &Options) -> Vec<Box<dyn Gateway>> {
    vec![
        Box::new(devino::V1),
        Box::new(devino::V2),
        Box::new(rapporto::Rapporto::new(options)),
        Box::new(tujenge::Tujenge::new(options)),
        Box::new(chat_api::ChatApi::new(options)),
    ]
}

/// One dialect.
pub(crate) trait Gateway: Send + Sync {
    /// The gateway's id, such as `devino-v1`.
    fn id(&self) -> &'static str;

    /// The path that a client's base URL ends with, such as `/devino`.
    fn base_path(&self) -> &'static str;

    /// Whether this gateway answers the call, and what the call is for.
    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind>;

    /// Answers a call that [`Gateway::recognise`] claimed.
    fn answer(&self, call: &Call<'_>) -> Reply;

    /// The largest body that is read, in bytes.
    fn largest_body(&self) -> usize {
        LARGEST_BODY
    }

    /// The largest file, in bytes, of a call whose body is one. Such a body goes to a temporary file as it comes and
    /// stands in [`Call::file`]; that of every other call is read into memory.
    fn largest_file(&self, _method: &Method, _path: &str) -> Option<usize> {
        None
    }

    /// The magic recipients that this gateway knows.
    fn recipients(&self) -> Vec<MagicRecipient>;

    /// The body that goes with HTTP 429.
    fn rate_limited(&self) -> Value;

    /// An incoming message in this dialect and where it goes, or what is missing or cannot be told.
    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String>;

    /// Completes incoming messages that are about to be posted, and keeps them, where clients can ask for them too.
    fn take_in(&self, _callback: &mut Callback) {}

    /// Notes that no further try of a callback follows: it reached the user's side, or it never will.
    fn note_posted(&self, _body: &Value, _is_delivered: bool) {}

    /// Callbacks of earlier calls which the last one let go, those of each message in order.
    fn take_due(&self) -> Vec<Vec<Callback>> {
        Vec::new()
    }

    /// Forgets the messages that it keeps.
    fn forget(&self) {}

    /// Whether the gateway has calls that list messages.
    fn has_lists(&self) -> bool {
        false
    }

    /// The routes of the sandbox itself that only this gateway has.
    fn control_routes(&self) -> &'static [&'static str] {
        &[]
    }

    /// Answers such a route, of which `route` is what follows `/_sandbox`; `None` where it has no such route.
    fn control(&self, _method: &Method, _route: &str, _body: &[u8]) -> Option<Reply> {
        None
    }
}

/// What a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// It sends one or more messages: it is counted, and faults that name no path strike it.
    Send,
    /// It lists messages: faults of lists strike it.
    List,
    /// Anything else.
    Other,
}

/// A request as a gateway sees it.
pub(crate) struct Call<'a> {
    pub(crate) kind: CallKind,
    pub(crate) method: &'a Method,
    /// The whole path, from the root of the sandbox.
    pub(crate) path: &'a str,
    pub(crate) query: HashMap<String, String>,
    pub(crate) headers: &'a HeaderMap,
    /// Empty where the body is a file.
    pub(crate) body: &'a [u8],
    pub(crate) file: Option<Arc<TemporaryFile>>,
    pub(crate) numbers: &'a Numbers,
    /// What a fault makes of the list that is asked for.
    pub(crate) page_fault: Option<FaultKind>,
}

impl Call<'_> {
    /// A header's value, where it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON, or what is wrong with it.
    pub(crate) fn json(&self) -> Result<Value, String> {
        let media_type = self
            .header(header::CONTENT_TYPE.as_str())
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim();
        if !media_type.eq_ignore_ascii_case("application/json") {
            return Err("the header Content-Type must be application/json".to_owned());
        }
        // The parser's own text names a line and a column and repeats nothing of the body.
        serde_json::from_slice(self.body).map_err(|error| format!("the body is not JSON: {error}"))
    }
}

/// What a gateway answers, and what it accepted on the way.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) body: ReplyBody,
    pub(crate) accepted: Vec<Accepted>,
}

/// The bytes of an answer.
#[derive(Clone)]
pub(crate) enum ReplyBody {
    Bytes(Bytes),
    File(Arc<TemporaryFile>),
}

impl Reply {
    /// An answer that accepts nothing.
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self {
            status,
            content_type: "application/json".into(),
            body: ReplyBody::Bytes(body.to_string().into()),
            accepted: Vec::new(),
        }
    }

    /// A file, with HTTP 200.
    pub(crate) fn file(content_type: impl Into<Cow<'static, str>>, body: ReplyBody) -> Self {
        Self {
            status: StatusCode::OK,
            content_type: content_type.into(),
            body,
            accepted: Vec::new(),
        }
    }

    /// The same answer with accepted messages.
    pub(crate) fn accepting(mut self, accepted: Vec<Accepted>) -> Self {
        self.accepted = accepted;
        self
    }
}

/// A message that a gateway accepted.
pub(crate) struct Accepted {
    pub(crate) id: String,
    pub(crate) to: String,
    /// The message as received, without credentials.
    pub(crate) body: Value,
    /// The status callbacks, in order.
    pub(crate) callbacks: Vec<Callback>,
}

/// One POST to the user's side.
#[derive(Clone)]
pub(crate) struct Callback {
    pub(crate) gateway: &'static str,
    /// The address; empty where nothing is posted.
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
    /// Whether the dialect has arrays here, so that one body can bear the items of several.
    pub(crate) joins: bool,
}

/// Gives out ids.
pub(crate) struct Numbers {
    id: AtomicU64,
}

impl Numbers {
    pub(crate) fn new() -> Self {
        let milliseconds = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(1 << 40);
        Self {
            id: AtomicU64::new((milliseconds << 20) | 1),
        }
    }

    /// An id of 19 digits. The first comes from the clock, so that two runs of the sandbox never give the same one. It
    /// is more than a double holds, and odd: a client that reads it as a float loses it.
    pub(crate) fn next(&self) -> u64 {
        self.id.fetch_add(2, Ordering::Relaxed)
    }
}

/// Seconds since 1970.
pub(crate) fn unix_seconds() -> i64 {
    Timestamp::now().as_second()
}

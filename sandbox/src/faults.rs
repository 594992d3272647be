//! Fault scripts: what goes wrong with the next calls.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What goes wrong. In JSON these are `refuse`, `delay`, `cut`, `html_504`, `rate_limited` and `truncated`, which strike
/// the call, `duplicated_callbacks`, `batched_callbacks` and `reversed_callbacks`, which strike the status callbacks of
/// what the call accepts, and `repeated_page` and `empty_page`, which strike the calls that list messages.
///
/// ```
/// use wamux_sandbox::{Fault, FaultKind};
///
/// let fault: Fault = serde_json::from_str(r#"{"fault": "html_504"}"#)?;
/// assert_eq!(fault.kind, FaultKind::Html504);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The listener goes away at once, for `seconds`, for all gateways: connecting is refused, idle connections are
    /// closed, and calls under way are still answered. Then the same port listens again.
    Refuse,
    /// The answer comes after `seconds`.
    Delay,
    /// The connection is closed after the request was read, or after the first `after_bytes` of its body were, and
    /// before the first byte of an answer.
    Cut,
    /// HTTP 504 with an HTML page, as a proxy before a gateway answers.
    #[serde(rename = "html_504")]
    Html504,
    /// HTTP 429 with `Retry-After`, and the gateway's own body where it documents one.
    RateLimited,
    /// The answer's headers promise more bytes than come, which are half of them or `after_bytes`; then the connection
    /// is closed.
    Truncated,
    /// Each status callback is posted once more, right after itself. Several such scripts strike the same call, so that
    /// two of them post it three times.
    DuplicatedCallbacks,
    /// The status callbacks of `count` calls wait for each other and are posted as the items of one body, where the
    /// dialect has arrays.
    BatchedCallbacks,
    /// The status callbacks of a message are posted in reverse order, such as read before delivered.
    ReversedCallbacks,
    /// A list of messages is the list before it once more.
    RepeatedPage,
    /// A list of messages is empty, although there are some.
    EmptyPage,
}

impl FaultKind {
    /// Whether it strikes calls that list messages, and not those that send.
    pub(crate) fn strikes_pages(self) -> bool {
        matches!(self, Self::RepeatedPage | Self::EmptyPage)
    }

    /// Whether it strikes a call itself, and not the listener, the callbacks or what a list shows.
    pub(crate) fn strikes_calls(self) -> bool {
        matches!(
            self,
            Self::Delay | Self::Cut | Self::Html504 | Self::RateLimited | Self::Truncated
        )
    }
}

/// A fault script: one kind of fault for the next `count` send calls, or calls of a path, of one gateway or of all.
///
/// ```
/// use wamux_sandbox::{Fault, FaultKind};
///
/// let fault = Fault::new(FaultKind::Cut).gateway("devino-v2").count(2).accepts(false);
/// assert_eq!(fault.count, 2);
/// assert_eq!(
///     serde_json::to_string(&fault)?,
///     r#"{"fault":"cut","gateway":"devino-v2","count":2,"accepts":false}"#,
/// );
///
/// let slow = Fault::new(FaultKind::Delay).seconds(2.5);
/// let limited = Fault::new(FaultKind::RateLimited).retry_after(3);
/// assert_eq!((slow.seconds, limited.retry_after), (Some(2.5), Some(3)));
///
/// let upload = Fault::new(FaultKind::Cut).path("/v1/media").after_bytes(1000);
/// assert_eq!((upload.path.as_deref(), upload.after_bytes), (Some("/v1/media"), Some(1000)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    #[serde(rename = "fault")]
    pub kind: FaultKind,
    /// The gateway's id, such as `devino-v2`; absent: whichever gateway is called next. [`FaultKind::Refuse`] has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// What the path of a call begins with below the gateway's base URL, such as `/v1/media`: such calls are struck,
    /// whether they send or not. Absent: calls that send. [`FaultKind::Refuse`] and faults of callbacks and of lists
    /// have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How many calls it applies to; 1 where absent. [`FaultKind::Refuse`] knows only its `seconds`. Where it
    /// strikes callbacks, a call that leads to none does not count.
    #[serde(default = "one")]
    pub count: u32,
    /// Seconds of [`FaultKind::Refuse`] and [`FaultKind::Delay`], at most 3600; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Whole seconds in `Retry-After` of [`FaultKind::RateLimited`]; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Bytes of [`FaultKind::Cut`] and [`FaultKind::Truncated`]. A cut comes when so much of the request's body was
    /// read, or all of a shorter one, and the gateway never sees the call. A truncated answer has so many bytes of its
    /// body, or all of a shorter one. Where absent: a cut comes after the whole request, and half of an answer comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_bytes: Option<u64>,
    /// Whether the gateway accepts the message, or does what it was called for, although its answer is lost. Where
    /// absent: false for [`FaultKind::RateLimited`] and for a cut with `after_bytes`, which never accepts; true for the
    /// others. A delayed call that accepts nothing at first is handled when the delay is over, if the client still
    /// waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepts: Option<bool>,
}

fn one() -> u32 {
    1
}

/// A fault script that cannot be followed.
///
/// ```
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// use wamux_sandbox::{Fault, FaultKind, Options, Sandbox};
///
/// let sandbox = Sandbox::start(Options::default()).await?;
/// let error = sandbox.inject(Fault::new(FaultKind::Cut).gateway("devino")).unwrap_err();
/// assert!(error.to_string().contains("gateway: must be one of devino-v1, devino-v2"));
/// # sandbox.stop().await;
/// # Ok::<(), std::io::Error>(())
/// # })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidFault(String);

impl Fault {
    /// A fault of the next send call, with the defaults of its kind.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            gateway: None,
            path: None,
            count: 1,
            seconds: None,
            retry_after: None,
            after_bytes: None,
            accepts: None,
        }
    }

    /// Sets [`Fault::gateway`].
    #[must_use]
    pub fn gateway(mut self, id: impl Into<String>) -> Self {
        self.gateway = Some(id.into());
        self
    }

    /// Sets [`Fault::path`].
    #[must_use]
    pub fn path(mut self, start: impl Into<String>) -> Self {
        self.path = Some(start.into());
        self
    }

    /// Sets [`Fault::count`].
    #[must_use]
    pub fn count(mut self, count: u32) -> Self {
        self.count = count;
        self
    }

    /// Sets [`Fault::seconds`].
    #[must_use]
    pub fn seconds(mut self, seconds: f64) -> Self {
        self.seconds = Some(seconds);
        self
    }

    /// Sets [`Fault::retry_after`].
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sets [`Fault::after_bytes`].
    #[must_use]
    pub fn after_bytes(mut self, bytes: u64) -> Self {
        self.after_bytes = Some(bytes);
        self
    }

    /// Sets [`Fault::accepts`].
    #[must_use]
    pub fn accepts(mut self, accepts: bool) -> Self {
        self.accepts = Some(accepts);
        self
    }

    /// After how many bytes of a request's body its connection is cut.
    pub(crate) fn cuts_body_after(&self) -> Option<u64> {
        self.after_bytes.filter(|_| self.kind == FaultKind::Cut)
    }

    /// Whether the message is accepted before the fault strikes.
    pub(crate) fn accepts_first(&self) -> bool {
        // A cut in a body may strike after it, where the script became the oldest while the body came.
        let usually = self.kind != FaultKind::RateLimited && self.cuts_body_after().is_none();
        self.accepts.unwrap_or(usually)
    }

    /// How long the fault lasts.
    pub(crate) fn duration(&self) -> Duration {
        Duration::try_from_secs_f64(self.seconds.unwrap_or(1.0)).unwrap_or(Duration::from_secs(1))
    }

    /// Refuses values that would never strike, or strike forever.
    pub(crate) fn check(&self, gateways: &[&str]) -> Result<(), InvalidFault> {
        if let Some(gateway) = &self.gateway {
            if self.kind == FaultKind::Refuse {
                let text = "gateway: refuse closes the listener of all gateways; leave it out";
                return Err(InvalidFault(text.to_owned()));
            }
            if !gateways.contains(&gateway.as_str()) {
                let text = format!("gateway: must be one of {}", gateways.join(", "));
                return Err(InvalidFault(text));
            }
        }
        if let Some(path) = &self.path {
            if !self.kind.strikes_calls() {
                let text = "path: this fault does not strike calls of a path; leave it out";
                return Err(InvalidFault(text.to_owned()));
            }
            if !path.starts_with('/') {
                let text = "path: must begin with a slash, such as /v1/media";
                return Err(InvalidFault(text.to_owned()));
            }
        }
        if self.after_bytes.is_some() && !matches!(self.kind, FaultKind::Cut | FaultKind::Truncated)
        {
            let text = "after_bytes: goes with cut and truncated alone";
            return Err(InvalidFault(text.to_owned()));
        }
        if self.cuts_body_after().is_some() && self.accepts == Some(true) {
            let text = "accepts: a call that is cut in its body is never accepted";
            return Err(InvalidFault(text.to_owned()));
        }
        if self.count == 0 {
            return Err(InvalidFault("count: must be at least 1".to_owned()));
        }
        if self
            .seconds
            .is_some_and(|seconds| !(0.0..=3600.0).contains(&seconds))
        {
            let text = "seconds: must lie between 0 and 3600";
            return Err(InvalidFault(text.to_owned()));
        }
        Ok(())
    }
}

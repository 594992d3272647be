//! The sandbox, on the runtime of the process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use wamux_sandbox::{Fault, Options};

use crate::awaited::coroutine;
use crate::record::{Field, Nested, Record, Shape, Shown, record};
use crate::results;
use crate::runtime::{PerProcess, wait};

type Running = Arc<Mutex<Option<wamux_sandbox::Sandbox>>>;

/// All gateways on loopback, to test against: it checks credentials and payloads as the gateways' documents say, and
/// keeps what it accepts.
///
/// `port` is a port of 127.0.0.1, and 0 takes a free one; `callback_delay` is the pause before each status callback, in
/// seconds; `rapporto_deduplicates` and `tujenge_sent_status` switch on what those gateways have off; `keep_messages` is
/// how many accepted messages are kept.
///
/// >>> from wamux import Client
/// >>> from wamux.testing import Sandbox
/// >>> with Sandbox() as sandbox:
/// ...     client = Client("tujenge", **sandbox.settings("tujenge"))
/// ...     receipt = client.send(to="+255 712 345 678", text="Karibu")
/// ...     [stored] = sandbox.messages
/// >>> stored.gateway, stored.body["text"]["body"]
/// ('tujenge', 'Karibu')
#[pyclass(frozen, module = "wamux.testing")]
pub(crate) struct Sandbox {
    options: Options,
    running: Arc<PerProcess<Running>>,
}

impl Sandbox {
    /// The sandbox of this process, running or not.
    fn slot(&self, py: Python<'_>) -> PyResult<Running> {
        self.running.get(py, || Ok(Running::default()))
    }

    /// Asks the running sandbox. No Python code may run meanwhile: another thread of Python's could wait for the lock.
    fn ask<T>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&wamux_sandbox::Sandbox) -> T,
    ) -> PyResult<T> {
        let slot = self.slot(py)?;
        let answer = lock(&slot).as_ref().map(question);
        answer.ok_or_else(|| {
            PyRuntimeError::new_err("the sandbox is not running; start() or `with` starts it")
        })
    }

    fn starting(
        &self,
        py: Python<'_>,
    ) -> PyResult<impl Future<Output = PyResult<()>> + Send + use<>> {
        let slot = self.slot(py)?;
        let options = self.options.clone();
        Ok(async move {
            if lock(&slot).is_some() {
                return Err(PyRuntimeError::new_err("the sandbox is running already"));
            }
            let sandbox = wamux_sandbox::Sandbox::start(options).await?;
            *lock(&slot) = Some(sandbox);
            Ok(())
        })
    }

    fn stopping(
        &self,
        py: Python<'_>,
    ) -> PyResult<impl Future<Output = PyResult<()>> + Send + use<>> {
        let slot = self.slot(py)?;
        Ok(async move {
            let sandbox = lock(&slot).take();
            if let Some(sandbox) = sandbox {
                sandbox.stop().await;
            }
            Ok(())
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[pymethods]
impl Sandbox {
    #[new]
    #[pyo3(signature = (
        *, port = 0, callback_delay = 0.05, rapporto_deduplicates = false, tujenge_sent_status = false,
        keep_messages = 100_000
    ))]
    fn new(
        port: u16,
        callback_delay: f64,
        rapporto_deduplicates: bool,
        tujenge_sent_status: bool,
        keep_messages: usize,
    ) -> PyResult<Self> {
        let callback_delay = Duration::try_from_secs_f64(callback_delay).map_err(|_| {
            PyValueError::new_err("callback_delay must be a number of seconds, at least 0")
        })?;
        let options = Options {
            port,
            callback_delay,
            rapporto_deduplicates,
            tujenge_sent_status,
            keep_messages,
        };
        Ok(Self {
            options,
            running: Arc::new(PerProcess::new()),
        })
    }

    /// Listens on loopback and serves in the background. Raises OSError where the port is taken.
    fn start(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.starting(py)?)?
    }

    /// Stops serving; the port is free afterwards. Calls under way have half a second to end.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.stopping(py)?)?
    }

    /// The address, such as `http://127.0.0.1:8420`.
    #[getter]
    fn url(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |sandbox| sandbox.url().to_owned())
    }

    /// The base URL of a gateway. Raises ValueError for a gateway that there is not.
    #[pyo3(signature = (gateway, /))]
    fn base_url(&self, py: Python<'_>, gateway: &str) -> PyResult<String> {
        self.ask(py, |sandbox| sandbox.base_url(gateway))?
            .ok_or_else(|| unknown(gateway))
    }

    /// The settings of a client of that gateway: `Client(gateway, **sandbox.settings(gateway))`. Raises ValueError for a
    /// gateway that there is not.
    #[pyo3(signature = (gateway, /))]
    fn settings<'py>(&self, py: Python<'py>, gateway: &str) -> PyResult<Bound<'py, PyDict>> {
        let settings = self.ask(py, |sandbox| sandbox.settings(gateway))?;
        let keywords = PyDict::new(py);
        for (name, value) in settings.ok_or_else(|| unknown(gateway))? {
            keywords.set_item(if name == "from" { "from_" } else { name }, value)?;
        }
        Ok(keywords)
    }

    /// The messages accepted so far, the oldest first.
    #[getter]
    fn messages<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let messages = self.ask(py, wamux_sandbox::Sandbox::messages)?;
        let messages = messages
            .iter()
            .map(|message| results::record(py, message, Nested::One(&STORED_MESSAGE)));
        PyList::new(py, messages.collect::<PyResult<Vec<_>>>()?)
    }

    /// How many send calls came and how many messages were accepted, since the start or the last `clear()`.
    #[getter]
    fn counts(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let counts = self.ask(py, wamux_sandbox::Sandbox::counts)?;
        results::record(py, &counts, Nested::One(&COUNTS))
    }

    /// Forgets messages and counts; faults stay.
    fn clear(&self, py: Python<'_>) -> PyResult<()> {
        self.ask(py, wamux_sandbox::Sandbox::clear)
    }

    /// Takes a fault script, which strikes the next `count` send calls of `gateway`, or of any, or with a `path` the next
    /// calls whose path begins so below the base URL.
    ///
    /// `kind` is `refuse` (the listener goes away for `seconds`), `delay` (the answer comes after `seconds`), `cut` (the
    /// connection ends before an answer, or after `after_bytes` of the request), `html_504`, `rate_limited` (429 with
    /// `retry_after` seconds) or `truncated` (half of the answer comes, or `after_bytes` of it); `duplicated_callbacks`,
    /// `batched_callbacks` or `reversed_callbacks` of what is accepted; `repeated_page` or `empty_page` of a list of messages.
    /// `accepts` says whether the message is accepted all the same.
    ///
    /// Raises ValueError for a fault that cannot be followed.
    #[pyo3(signature = (
        kind, /, *, gateway = None, path = None, count = 1, seconds = None, retry_after = None, after_bytes = None,
        accepts = None
    ))]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a member of a fault script"
    )]
    fn inject(
        &self,
        py: Python<'_>,
        kind: &str,
        gateway: Option<String>,
        path: Option<String>,
        count: u32,
        seconds: Option<f64>,
        retry_after: Option<u64>,
        after_bytes: Option<u64>,
        accepts: Option<bool>,
    ) -> PyResult<()> {
        let kind = serde_json::from_value(kind.into())
            .map_err(|error| PyValueError::new_err(format!("kind: {error}")))?;
        let fault = Fault {
            kind,
            gateway,
            path,
            count,
            seconds,
            retry_after,
            after_bytes,
            accepts,
        };
        let injected = self.ask(py, |sandbox| sandbox.inject(fault))?;
        injected.map_err(|error| PyValueError::new_err(error.to_string()))
    }

    fn __enter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        slf.get().start(slf.py())?;
        Ok(slf.clone())
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, py: Python<'_>, _raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.stop(py)
    }

    fn __aenter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let sandbox = slf.clone().unbind();
        let entered = slf.clone().unbind();
        coroutine(
            slf.py(),
            move |py| sandbox.get().starting(py),
            |_, started| started.map(|()| entered),
        )
    }

    #[pyo3(signature = (*_raised))]
    fn __aexit__<'py>(
        slf: &Bound<'py, Self>,
        py: Python<'py>,
        _raised: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let sandbox = slf.clone().unbind();
        coroutine(
            py,
            move |py| sandbox.get().stopping(py),
            |_, stopped| stopped,
        )
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        self.url(py).map_or_else(
            |_| "Sandbox()".to_owned(),
            |url| format!("Sandbox('{url}')"),
        )
    }
}

fn unknown(gateway: &str) -> PyErr {
    PyValueError::new_err(format!("`{gateway}` is not a gateway"))
}

record! {
    STORED_MESSAGE, StoredMessage, "wamux.testing", "A message that the sandbox accepted.

Attributes:
    gateway: The gateway's id.
    id: The id that the gateway gave in its answer.
    to: The recipient in the gateway's form.
    path: The path of the call that brought it.
    at: When it was accepted: RFC 3339, UTC.
    body: The message as received, without credentials.", None;
    gateway => Field { name: "gateway", json_name: "gateway", doc: "The gateway's id.", nested: Nested::None, shown: Shown::Plain, null: false },
    id => Field { name: "id", json_name: "id", doc: "The id that the gateway gave in its answer.", nested: Nested::None, shown: Shown::Id, null: false },
    to => Field { name: "to", json_name: "to", doc: "The recipient in the gateway's form.", nested: Nested::None, shown: Shown::Number, null: false },
    path => Field { name: "path", json_name: "path", doc: "The path of the call that brought it.", nested: Nested::None, shown: Shown::Length, null: false },
    at => Field { name: "at", json_name: "at", doc: "When it was accepted: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    body => Field { name: "body", json_name: "body", doc: "The message as received, without credentials.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    COUNTS, Counts, "wamux.testing", "How often the sandbox's gateways were called.

Attributes:
    requests: Send calls received, the refused ones included.
    accepted: Messages accepted.", None;
    requests => Field { name: "requests", json_name: "requests", doc: "Send calls received, the refused ones included.", nested: Nested::None, shown: Shown::Plain, null: false },
    accepted => Field { name: "accepted", json_name: "accepted", doc: "Messages accepted.", nested: Nested::None, shown: Shown::Plain, null: false },
}

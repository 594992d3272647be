//! The inbox whose calls block.

use std::sync::Arc;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use wamux::inbox::Answer;

use super::receiver::Receiver;
use super::records;
use super::webhook::{body as body_bytes, read_head};
use crate::authentication::Authentication;
use crate::errors::is_of_store;
use crate::name::Name;
use crate::runtime::{guarded, wait};

/// Webhooks as handled events: each is stored before the gateway is told, handled at least once, and never again once that
/// was completed, in the order of its chat or message.
///
/// `handler` is a function that takes a `Notification`. It runs in threads of the inbox, `concurrency` at once at most; an
/// exception is a failed attempt, and goes to the logger `wamux.inbox` without its words. `authentication` says how the
/// gateway is known. `store` is `memory`, `sqlite:PATH`, `redis://HOST:PORT/DATABASE`, `rediss://…` over TLS, or
/// `redis+unix:///PATH`; several clients share one by different `alias`es, which are the gateway's id otherwise.
///
/// Handling an event is tried `attempts` times. The wait after the first is `first_wait` seconds, doubles, and is never
/// longer than `longest_wait`. An event of a process without a sign of life for `lease` seconds is handed to another.
/// Completed events are known for `retention` seconds. With the memory store a failure is answered 503, so that the
/// gateway delivers again.
///
/// An inbox opens its store when it is started, or at its first webhook. It can be made before `os.fork()`: each child
/// opens its own; but an SQLite file that is open at a fork cannot be opened in the child. At the end of the interpreter
/// handlers have two seconds to end.
///
/// Raises ConfigurationError for a gateway that there is not and for a value that is wrong, and TypeError for a handler that
/// is no function, or a coroutine function, which is AsyncInbox's.
///
/// >>> from wamux import Authentication, Inbox
/// >>> def handle(notification):
/// ...     print(notification.event.type, notification.event.status)
/// >>> authentication = Authentication.header("X-Webhook-Secret", "correct horse")
/// >>> with Inbox("rapporto", handle, authentication=authentication) as inbox:
/// ...     headers, body = {"X-Webhook-Secret": "correct horse"}, b'[{"mtNum": "107931706", "status": 9}]'
/// ...     statuses = [inbox.receive("POST", "/webhook", headers, body).status for _ in range(2)]
/// ...     statuses.append(inbox.receive("POST", "/webhook", {}, body).status)
/// status read
/// >>> statuses
/// [200, 200, 401]
#[pyclass(frozen, weakref, module = "wamux")]
pub(crate) struct Inbox(Arc<Receiver>);

#[pymethods]
impl Inbox {
    #[new]
    #[pyo3(
        signature = (gateway, handler, *, authentication, store = None, **options),
        text_signature = "(gateway, handler, *, authentication, store='memory', alias=None, concurrency=16, \
                          attempts=20, first_wait=1.0, longest_wait=300.0, lease=60.0, retention=604800.0)"
    )]
    fn new(
        gateway: Name,
        handler: &Bound<'_, PyAny>,
        authentication: PyRef<'_, Authentication>,
        store: Option<Name>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let store = store.as_ref();
        Receiver::new(
            handler,
            &gateway,
            &authentication,
            store,
            options,
            "Threads",
        )
        .map(Self)
    }

    /// The gateway's id.
    #[getter]
    fn gateway(&self) -> &'static str {
        self.0.gateway()
    }

    /// What this client is called: the first part of its events' keys.
    #[getter]
    fn alias(&self) -> &str {
        self.0.alias()
    }

    /// Opens the store, and begins to handle what is waiting there.
    ///
    /// Raises UnavailableError where the store cannot be opened, and RuntimeError after `stop`.
    fn start(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.0.starting(py)?)?
    }

    /// Takes a webhook, and says what to answer once its events are stored; with the memory store, once they are handled.
    ///
    /// `path` can have a query; `headers` are a mapping, anything else with `items()`, or an iterable of pairs, of str or
    /// bytes; `body` is the bytes as they have come. Answers are 200; 401 and 403 where the credential is missing or wrong;
    /// 405; 413 for more than 1 MiB; 503 where the events could not be stored, or, with the memory store, were not handled.
    fn receive(
        &self,
        py: Python<'_>,
        method: &Bound<'_, PyString>,
        path: &Bound<'_, PyString>,
        headers: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        let head = read_head(method, path, headers)?;
        let body = body_bytes(body)?;
        let receiving = guarded(py, || self.0.receiving(py, head, body))?;
        match wait(py, receiving)? {
            Ok(answer) => records::answer(py, answer),
            Err(error) if is_of_store(py, &error)? => {
                py.import("wamux._logging")?
                    .call_method1("tell_of_store", (error.value(py),))?;
                records::answer(py, Answer::UNAVAILABLE)
            }
            Err(error) => Err(error),
        }
    }

    /// Checks what is known of a request before its body has come: what to answer without reading it, or None where it
    /// goes on to `receive`. It waits for nothing.
    fn check_head(
        &self,
        py: Python<'_>,
        method: &Bound<'_, PyString>,
        path: &Bound<'_, PyString>,
        headers: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Py<PyAny>>> {
        let head = read_head(method, path, headers)?;
        let answer = self.0.check_head(&head);
        answer.map(|answer| records::answer(py, answer)).transpose()
    }

    /// The events that were given up after their last attempt, the oldest first, at most `limit`.
    ///
    /// Raises UnavailableError where the store does not answer.
    #[pyo3(signature = (limit = None), text_signature = "($self, limit=100)")]
    fn dead<'py>(
        &self,
        py: Python<'py>,
        limit: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let dead = wait(py, self.0.finding_dead(py, limit)?)??;
        records::all_dead(py, &dead)
    }

    /// Lets a dead event wait again, behind those of its chat or message; False where no dead event has the key.
    ///
    /// Raises ConfigurationError for what is no key, and UnavailableError where the store does not answer.
    fn revive(&self, py: Python<'_>, key: Name) -> PyResult<bool> {
        wait(py, self.0.reviving(py, &key)?)?
    }

    /// How many events are waiting, those that are being handled included.
    ///
    /// Raises UnavailableError where the store does not answer.
    fn waiting(&self, py: Python<'_>) -> PyResult<usize> {
        wait(py, self.0.counting_waiting(py)?)?
    }

    /// Takes no more, and returns when the handlers that run have ended: not from a handler. What is left is handled by
    /// the next inbox of this alias at this store.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.0.stopping(py))?
    }

    fn __enter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        slf.get().start(slf.py())?;
        Ok(slf.clone())
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, py: Python<'_>, _raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.stop(py)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(&visit)
    }

    fn __clear__(&self) {
        self.0.clear();
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.0.repr(py, "Inbox")
    }
}

//! The inbox for `asyncio`, with the methods of the other one.

use std::sync::Arc;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::receiver::Receiver;
use super::records;
use super::webhook::{body as body_bytes, read_head};
use crate::authentication::Authentication;
use crate::awaited::{awaited, coroutine, start_coroutine};
use crate::name::Name;

/// An inbox for `asyncio`, with the methods of `Inbox`.
///
/// `handler` is a coroutine function that takes a `Notification`. It runs in the event loop that called a method of the
/// inbox first, in a task and a context of its own. Where that loop is closed, events are left to the next inbox, and
/// another loop can start this one again.
///
/// >>> import asyncio
/// >>> from wamux import AsyncInbox, Authentication
/// >>> async def handle(notification):
/// ...     print(notification.event.type, notification.event.status)
/// >>> async def main():
/// ...     authentication = Authentication.path("correct-horse")
/// ...     async with AsyncInbox("rapporto", handle, authentication=authentication) as inbox:
/// ...         return await inbox.receive("POST", "/correct-horse", {}, b'[{"mtNum": "107931706", "status": 9}]')
/// >>> asyncio.run(main())
/// status read
/// Answer(status=200, headers={})
#[pyclass(frozen, weakref, module = "wamux")]
pub(crate) struct AsyncInbox(Arc<Receiver>);

#[pymethods]
impl AsyncInbox {
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
        Receiver::new(handler, &gateway, &authentication, store, options, "Loop").map(Self)
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

    /// Opens the store, and begins to handle what is waiting there, as `Inbox.start` does.
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let receiver = Arc::clone(&self.0);
        coroutine(py, move |py| receiver.starting(py), |_, started| started)
    }

    /// Takes a webhook, and says what to answer once its events are stored, as `Inbox.receive` does.
    fn receive<'py>(
        &self,
        py: Python<'py>,
        method: &Bound<'_, PyString>,
        path: &Bound<'_, PyString>,
        headers: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let head = read_head(method, path, headers)?;
        let body = body_bytes(body)?;
        let receiver = Arc::clone(&self.0);
        start_coroutine(py, "receive", move |py| {
            let receiving = receiver.receiving(py, head, body)?;
            awaited(py, receiving, |py, answer| records::answer(py, answer?))
        })
    }

    /// Checks what is known of a request before its body has come, as `Inbox.check_head` does. It is not awaited.
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

    /// The events that were given up after their last attempt, as `Inbox.dead` gives them.
    #[pyo3(signature = (limit = None), text_signature = "($self, limit=100)")]
    fn dead<'py>(&self, py: Python<'py>, limit: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let receiver = Arc::clone(&self.0);
        let start = move |py: Python<'_>| {
            let limit = limit.as_ref().map(|limit| limit.bind(py));
            receiver.finding_dead(py, limit)
        };
        coroutine(py, start, |py, dead| {
            records::all_dead(py, &dead?).map(Bound::unbind)
        })
    }

    /// Lets a dead event wait again, as `Inbox.revive` does.
    fn revive<'py>(&self, py: Python<'py>, key: Name) -> PyResult<Bound<'py, PyAny>> {
        let receiver = Arc::clone(&self.0);
        coroutine(
            py,
            move |py| receiver.reviving(py, &key),
            |_, revived| revived,
        )
    }

    /// How many events are waiting, those that are being handled included.
    fn waiting<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let receiver = Arc::clone(&self.0);
        coroutine(
            py,
            move |py| receiver.counting_waiting(py),
            |_, waiting| waiting,
        )
    }

    /// Takes no more, and returns when the handlers that run have ended, as `Inbox.stop` does.
    fn stop<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let receiver = Arc::clone(&self.0);
        coroutine(
            py,
            move |py| Ok(receiver.stopping(py)),
            |_, stopped| stopped,
        )
    }

    fn __aenter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let inbox = slf.clone().unbind();
        let entered = slf.clone().unbind();
        coroutine(
            slf.py(),
            move |py| inbox.get().0.starting(py),
            |_, started| started.map(|()| entered),
        )
    }

    #[pyo3(signature = (*_raised))]
    fn __aexit__<'py>(
        &self,
        py: Python<'py>,
        _raised: &Bound<'_, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.stop(py)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(&visit)
    }

    fn __clear__(&self) {
        self.0.clear();
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.0.repr(py, "AsyncInbox")
    }
}

//! The client whose calls block.

use pyo3::IntoPyObjectExt as _;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use wamux::Transfer;

use crate::bulk::{Sending, iterator, results_of};
use crate::called_off::wait_for_send;
use crate::calls::{http_method, json_body, prepared as prepared_call};
use crate::connection::{Connection, prepared};
use crate::download::Download;
use crate::errors::raise;
use crate::messages::{Page, Pages};
use crate::name::Name;
use crate::response::Response;
use crate::results;
use crate::runtime::{guarded, wait};

/// A client of one gateway, whose calls block.
///
/// `gateway` is the id of a gateway, such as `devino-v2`. The settings are `wamux.Settings`: those
/// of the command line; `from_` is the sender of messages that name none, `timeout` is in seconds.
///
/// A client can be used from several threads, and after `os.fork()` in the parent and in the child. While a call waits,
/// other threads run, and Ctrl-C interrupts it.
///
/// `on_retry` is a function that is called before each retry with the WamuxError of the attempt and the seconds until the
/// next. It is called in a thread of wamux's own and must not wait; what it raises goes to `sys.unraisablehook`.
///
/// Raises ConfigurationError for a gateway that there is not and for a setting that is missing or wrong.
///
/// >>> from wamux import Client
/// >>> from wamux.testing import Sandbox
/// >>> with Sandbox() as sandbox, Client("devino-v2", **sandbox.settings("devino-v2")) as client:
/// ...     receipt = client.send(to="8 (903) 456-78-90", text="Code: 1234")
/// >>> receipt.to
/// '+79034567890'
#[pyclass(frozen, module = "wamux")]
pub(crate) struct Client(pub(crate) Connection);

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (gateway, /, *, on_retry = None, **settings))]
    fn new(
        py: Python<'_>,
        gateway: Name,
        on_retry: Option<&Bound<'_, PyAny>>,
        settings: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        Connection::from_keywords(py, &gateway, on_retry, settings).map(Self)
    }

    /// A client with the settings of the variables `WAMUX_*`, such as `WAMUX_API_KEY`. An empty one counts as absent.
    ///
    /// Raises ConfigurationError for a setting that is missing or wrong.
    #[classmethod]
    #[pyo3(signature = (gateway, /, *, on_retry = None))]
    fn from_environment(
        class: &Bound<'_, PyType>,
        gateway: Name,
        on_retry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Connection::from_environment(class.py(), &gateway, on_retry).map(Self)
    }

    /// The gateway's id.
    #[getter]
    fn gateway(&self) -> &'static str {
        self.0.gateway
    }

    /// Sends one message: checks it, makes an attempt, and repeats it where the gateway does not have the message and it
    /// can succeed later, as the setting `retries` says.
    ///
    /// The message is a record (`TextMessage(…)`), a mapping, JSON text, or its members by name, of which one is a part:
    /// `send(to="+7…", text="Hello")`. Accepted is not delivered: that is told by a later status event with the receipt's
    /// `message_id`.
    ///
    /// Raises ValidationError or UnsupportedError for a message that breaks a rule, and nothing is sent then; or the
    /// WamuxError of what went wrong, whose `delivery` tells whether the gateway may have the message. A KeyboardInterrupt,
    /// as all that the handler of a signal raises, calls the send off, and has the CancelledError that tells it as its
    /// `__cause__`.
    #[pyo3(signature = (message = None, /, **members))]
    fn send(
        &self,
        py: Python<'_>,
        message: Option<&Bound<'_, PyAny>>,
        members: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let client = self.0.client(py)?;
        let prepared = guarded(py, || prepared(py, &client, message, members))?;
        wait_for_send(py, |called_off| async move {
            client.send_prepared_unless(prepared, called_off).await
        })
    }

    /// Sends messages as they come, and gives the results as they come: an iterator of the position of a message and its
    /// `Receipt` or WamuxError, which is not raised.
    ///
    /// `messages` is any iterable of what `send` takes as one. As many requests are under way at once as the setting
    /// `concurrency` says, so that results can overtake each other; where the gateway takes several messages in one
    /// request, those that come together go together. No more messages are taken than can leave, and no more leave than
    /// results are taken: a campaign of any size needs little memory. What is wrong with one message does not stop the
    /// others.
    ///
    /// An exception of the messages' own iterator ends the sending: the results of what is under way are given, and then
    /// it is raised as it is. Closing the iterator, as its end in any other way, calls off what is under way, and nothing
    /// is told of that. While the messages' iterator waits, no results are given; AsyncClient has no such limit.
    ///
    /// >>> from wamux import Client, Receipt
    /// >>> from wamux.testing import Sandbox
    /// >>> numbers = ["+7 903 456-78-90", "+7 903 456", "+7 903 456-78-92"]
    /// >>> messages = ({"to": to, "type": "text", "text": {"body": "We open at nine"}} for to in numbers)
    /// >>> with Sandbox() as sandbox, Client("devino-v2", **sandbox.settings("devino-v2")) as client:
    /// ...     results = dict(client.send_many(messages))
    /// >>> [isinstance(results[position], Receipt) for position in range(3)]
    /// [True, False, True]
    /// >>> results[1].violations[0].path
    /// 'to'
    #[pyo3(signature = (messages, /))]
    fn send_many<'py>(
        &self,
        py: Python<'py>,
        messages: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let messages = iterator(messages)?;
        let sending = Sending::begin(py, self.0.client(py)?)?;
        results_of(py, "results", sending, messages)
    }

    /// Makes the call of a gateway's that has this name: what the methods of `client.<gateway>` do.
    #[pyo3(signature = (gateway, name, arguments, source = None, /))]
    fn _call(
        &self,
        py: Python<'_>,
        gateway: Name,
        name: Name,
        arguments: &Bound<'_, PyDict>,
        source: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let client = self.0.client(py)?;
        let prepare = || prepared_call(py, &client, &gateway, &name, arguments, source);
        let prepared = guarded(py, prepare)?;
        let call = prepared.call;
        if prepared.transfer == Transfer::Download {
            let opened = wait(py, async move { client.download_prepared(call).await })?;
            let opened = opened.map_err(|error| raise(py, &error))?;
            return Download::new(py, opened)?.into_py_any(py);
        }
        let answer = wait(py, async move { client.run_prepared(call).await })?;
        let answer = answer.map_err(|error| prepared.raised.raise(py, &error))?;
        results::to_python(py, answer, prepared.output)
    }

    /// The next messages of a `_MessagePages`.
    fn _next_messages(&self, py: Python<'_>, pages: &Bound<'_, Pages>) -> PyResult<Py<PyTuple>> {
        let client = self.0.client(py)?;
        let call = pages.get().next_call();
        let page = wait(py, async move { client.run(&call).await })?;
        pages.get().take(py, &Page::new(py, page)?)
    }

    /// Calls the gateway where there is no method for the call: with its address and credentials, a path and a body of
    /// your own.
    ///
    /// `method` is that of HTTP; `path` is empty or begins with a slash, and can have a query; `body` is a mapping, a
    /// list or JSON text. Credentials that a gateway wants in the body (Rapporto) are yours to write.
    ///
    /// Raises ValidationError for a wrong method or path, UnsupportedError for a path that the gateway keeps to itself,
    /// the WamuxError that the answer tells of, under any status, and what goes wrong on the way, as `send` does.
    #[pyo3(signature = (method, path, body = None, /))]
    fn call(
        &self,
        py: Python<'_>,
        method: Name,
        path: Name,
        body: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Response> {
        let client = self.0.client(py)?;
        let method = http_method(py, &method)?;
        let body = body.map(json_body).transpose()?;
        let calling = async move { client.call(method, &path, body).await };
        let answer = wait(py, calling)?.map_err(|error| raise(py, &error))?;
        Response::new(py, &answer)
    }

    /// What this client has counted since it was made: messages, requests, retries, and how long they took.
    ///
    /// In a child of `os.fork()` it counts anew.
    ///
    /// >>> from wamux import Client
    /// >>> from wamux.testing import Sandbox
    /// >>> with Sandbox() as sandbox, Client("devino-v2", **sandbox.settings("devino-v2")) as client:
    /// ...     receipt = client.send(to="8 (903) 456-78-90", text="Code: 1234")
    /// ...     metrics = client.metrics()
    /// >>> metrics.counters[0].name, metrics.counters[0].value
    /// ('messaging.client.sent.messages', 1)
    /// >>> metrics.histograms[0].attributes["messaging.operation.name"]
    /// 'send'
    fn metrics(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.0.metrics(py)
    }

    /// Closes the client and its connections. A call after it raises RuntimeError.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.0.close(py)
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, py: Python<'_>, _raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.0.close(py)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(&visit)
    }

    fn __clear__(&self) {
        self.0.clear();
    }

    fn __repr__(&self) -> String {
        self.0.repr("Client")
    }
}

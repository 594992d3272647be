//! The client for `asyncio`, with the methods of the other one.

use std::sync::Arc;

use pyo3::IntoPyObjectExt as _;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use wamux::Transfer;

use crate::awaited::{at_once, coroutine};
use crate::bulk::{Sending, iterator, results_of};
use crate::called_off::send_coroutine;
use crate::calls::{http_method, json_body, prepared as prepared_call};
use crate::connection::{Connection, prepared};
use crate::download::AsyncDownload;
use crate::errors::raise;
use crate::messages::{Page, Pages};
use crate::name::Name;
use crate::response::Response;
use crate::results;

/// A client of one gateway for `asyncio`, with the methods of `Client`.
///
/// Cancelling a task that awaits `send` closes the connection. The `__cause__` of the `asyncio.CancelledError` is what is
/// known then: mostly a wamux.CancelledError, whose `delivery` tells whether the gateway may have the message.
///
/// >>> import asyncio
/// >>> from wamux import AsyncClient
/// >>> from wamux.testing import Sandbox
/// >>> async def main():
/// ...     async with Sandbox() as sandbox:
/// ...         async with AsyncClient("rapporto", **sandbox.settings("rapporto")) as client:
/// ...             return await client.send(to="8 (903) 456-78-90", text="Code: 1234")
/// >>> asyncio.run(main()).to
/// '+79034567890'
#[pyclass(frozen, module = "wamux")]
pub(crate) struct AsyncClient(pub(crate) Arc<Connection>);

#[pymethods]
impl AsyncClient {
    #[new]
    #[pyo3(signature = (gateway, /, *, on_retry = None, **settings))]
    fn new(
        py: Python<'_>,
        gateway: Name,
        on_retry: Option<&Bound<'_, PyAny>>,
        settings: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        Connection::from_keywords(py, &gateway, on_retry, settings)
            .map(|connection| Self(Arc::new(connection)))
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
        let connection = Connection::from_environment(class.py(), &gateway, on_retry)?;
        Ok(Self(Arc::new(connection)))
    }

    /// The gateway's id.
    #[getter]
    fn gateway(&self) -> &'static str {
        self.0.gateway
    }

    /// Sends one message, as `Client.send` does.
    #[pyo3(signature = (message = None, /, **members))]
    fn send<'py>(
        &self,
        py: Python<'py>,
        message: Option<&Bound<'py, PyAny>>,
        members: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let connection = Arc::clone(&self.0);
        let given = message.map(|message| message.clone().unbind());
        let members = members.map(|members| members.clone().unbind());
        send_coroutine(py, move |py, called_off| {
            let client = connection.client(py)?;
            let (given, members) = (given.as_ref(), members.as_ref());
            let prepared = prepared(
                py,
                &client,
                given.map(|given| given.bind(py)),
                members.map(|members| members.bind(py)),
            )?;
            Ok(async move { client.send_prepared_unless(prepared, called_off).await })
        })
    }

    /// Sends messages as they come, and gives the results as they come, as `Client.send_many` does: an async iterator.
    ///
    /// `messages` is an iterable or an async iterable. An async one is asked for messages while results are waited for; an
    /// exception of its own is raised once the results of what is under way were given. `aclose()` and the cancellation of
    /// the task that waits call off what is under way.
    ///
    /// >>> import asyncio
    /// >>> from wamux import AsyncClient
    /// >>> from wamux.testing import Sandbox
    /// >>> async def messages():
    /// ...     for number in range(3):
    /// ...         yield {"to": f"+7903456789{number}", "type": "text", "text": {"body": "We open at nine"}}
    /// >>> async def main():
    /// ...     async with Sandbox() as sandbox, AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
    /// ...         return {position: result.to async for position, result in client.send_many(messages())}
    /// >>> sorted(asyncio.run(main()).items())
    /// [(0, '+79034567890'), (1, '+79034567891'), (2, '+79034567892')]
    #[pyo3(signature = (messages, /))]
    fn send_many<'py>(
        &self,
        py: Python<'py>,
        messages: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let messages = if messages.get_type().hasattr("__aiter__")? {
            messages.clone()
        } else {
            iterator(messages)?
        };
        let sending = Sending::begin(py, self.0.client(py)?)?;
        results_of(py, "awaited_results", sending, messages)
    }

    /// Makes the call of a gateway's that has this name: what the methods of `client.<gateway>` do.
    #[pyo3(signature = (gateway, name, arguments, source = None, /))]
    fn _call<'py>(
        slf: &Bound<'py, Self>,
        gateway: Name,
        name: Name,
        arguments: &Bound<'py, PyDict>,
        source: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if let Some(source) = source
            && source.hasattr("__aiter__")?
        {
            let coroutines = py.import("wamux._coroutines")?;
            let call = (slf, &*gateway, &*name, arguments, source);
            return coroutines.call_method1("upload", call);
        }
        let connection = Arc::clone(&slf.get().0);
        let arguments = arguments.clone().unbind();
        let source = source.map(|source| source.clone().unbind());
        let start = move |py: Python<'_>| {
            let client = connection.client(py)?;
            let source = source.as_ref().map(|source| source.bind(py));
            let prepared = prepared_call(py, &client, &gateway, &name, arguments.bind(py), source)?;
            Ok(async move {
                let call = prepared.call;
                let answer = match prepared.transfer {
                    Transfer::Download => Answered::File(client.download_prepared(call).await),
                    _ => Answered::Document(client.run_prepared(call).await),
                };
                (answer, prepared.raised, prepared.output)
            })
        };
        coroutine(py, start, |py, (answer, raised, output)| match answer {
            Answered::File(opened) => {
                let opened = opened.map_err(|error| raise(py, &error))?;
                AsyncDownload::new(py, opened)?.into_py_any(py)
            }
            Answered::Document(answer) => {
                let answer = answer.map_err(|error| raised.raise(py, &error))?;
                results::to_python(py, answer, output)
            }
        })
    }

    /// The next page of a `_MessagePages`.
    fn _next_messages<'py>(
        &self,
        py: Python<'py>,
        pages: &Bound<'py, Pages>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let connection = Arc::clone(&self.0);
        let pages = pages.clone().unbind();
        let start = move |py: Python<'_>| {
            let client = connection.client(py)?;
            let call = pages.get().next_call();
            Ok(async move { client.run(&call).await })
        };
        coroutine(py, start, Page::new)
    }

    /// Calls the gateway where there is no method for the call, as `Client.call` does.
    #[pyo3(signature = (method, path, body = None, /))]
    fn call<'py>(
        &self,
        py: Python<'py>,
        method: Name,
        path: Name,
        body: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let connection = Arc::clone(&self.0);
        let body = body.map(|body| body.clone().unbind());
        let start = move |py: Python<'_>| {
            let client = connection.client(py)?;
            let method = http_method(py, &method)?;
            let body = body.map(|body| json_body(body.bind(py))).transpose()?;
            Ok(async move { client.call(method, &path, body).await })
        };
        coroutine(py, start, |py, answer| {
            let answer = answer.map_err(|error| raise(py, &error))?;
            Response::new(py, &answer)
        })
    }

    /// What this client has counted since it was made, as `Client.metrics` tells it. It waits for nothing.
    fn metrics(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.0.metrics(py)
    }

    /// Closes the client and its connections. A call after it raises RuntimeError.
    fn close<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let connection = Arc::clone(&self.0);
        at_once(py, move |py| connection.close(py))
    }

    fn __aenter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let client = slf.clone().unbind();
        at_once(slf.py(), |_| Ok(client))
    }

    #[pyo3(signature = (*_raised))]
    fn __aexit__<'py>(
        &self,
        py: Python<'py>,
        _raised: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.close(py)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(&visit)
    }

    fn __clear__(&self) {
        self.0.clear();
    }

    fn __repr__(&self) -> String {
        self.0.repr("AsyncClient")
    }
}

/// What a call beyond sending is answered with.
enum Answered {
    File(Result<wamux::Download, wamux::Error>),
    Document(Result<serde_json::Value, wamux::Error>),
}

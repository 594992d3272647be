//! Clients: one that blocks and one for `asyncio`, with the same methods.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use wamux::message::Message;
use wamux::{Options, Prepared, Settings, gateway, settings_from_environment};

use crate::errors::raise;
use crate::generated::{MESSAGES, RECEIPT};
use crate::name::Name;
use crate::record::Nested;
use crate::runtime::{self, PerProcess, closed, coroutine, guarded, wait};
use crate::{results, settings, value};

/// What both clients are made of: the recipe of a client, and the one that belongs to this process.
struct Connection {
    gateway: &'static str,
    settings: Settings,
    options: Options,
    client: PerProcess<wamux::Client>,
    closed: AtomicBool,
}

impl Connection {
    fn new(py: Python<'_>, gateway: &str, settings: Settings, options: Options) -> PyResult<Self> {
        let profile = gateway::profile(gateway).map_err(|error| raise(py, &error))?;
        let connection = Self {
            gateway: profile.id,
            settings,
            options,
            client: PerProcess::new(),
            closed: AtomicBool::new(false),
        };
        // Wrong settings are found here, not at the first send.
        connection.client(py)?;
        Ok(connection)
    }

    fn from_keywords(
        py: Python<'_>,
        gateway: &str,
        keywords: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let (settings, options) = settings::read(py, keywords)?;
        Self::new(py, gateway, settings, options)
    }

    fn from_environment(py: Python<'_>, gateway: &str) -> PyResult<Self> {
        let (settings, options) = settings_from_environment().map_err(|error| raise(py, &error))?;
        Self::new(py, gateway, settings, options)
    }

    /// The client of this process; a child of `fork` has connections of its own.
    fn client(&self, py: Python<'_>) -> PyResult<wamux::Client> {
        if self.closed.load(Ordering::Acquire) {
            return Err(closed("client"));
        }
        let make = || {
            let gateway = gateway::open(self.gateway, &self.settings)?;
            wamux::Client::new(gateway, &self.options)
        };
        self.client.get(py, make).map_err(|error| raise(py, &error))
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.closed.store(true, Ordering::Release);
        if let Some(client) = self.client.take(py) {
            // Connections that are closed leave the runtime's poller.
            let runtime = runtime::handle(py)?;
            py.detach(|| {
                let _inside = runtime.enter();
                drop(client);
            });
        }
        Ok(())
    }

    fn repr(&self, class: &str) -> String {
        format!("{class}('{}')", self.gateway)
    }
}

/// What a `send` sends: its message, which breaks no rule, as the request that bears it.
///
/// The check runs under the interpreter's lock, so that what the engine makes once a process, such as a compiled schema,
/// is never in the making while another thread forks.
fn prepared(
    py: Python<'_>,
    client: &wamux::Client,
    given: Option<&Bound<'_, PyAny>>,
    members: Option<&Bound<'_, PyDict>>,
) -> PyResult<Prepared> {
    let message = message(py, given, members)?;
    client.prepare(&message).map_err(|error| raise(py, &error))
}

/// The message of a `send`: given as one, or by its members.
fn message(
    py: Python<'_>,
    message: Option<&Bound<'_, PyAny>>,
    members: Option<&Bound<'_, PyDict>>,
) -> PyResult<Message> {
    let members = members.filter(|members| !members.is_empty());
    match (message, members) {
        (Some(message), None) => value::message(message),
        (None, Some(members)) => {
            let mut parts = Vec::new();
            for shape in MESSAGES {
                if let Some((_, part)) = shape.constant
                    && members
                        .get_item(part)?
                        .is_some_and(|value| !value.is_none())
                {
                    parts.push(shape.name);
                }
            }
            let [class] = parts[..] else {
                return Err(PyTypeError::new_err(
                    "send() takes `to` and one part of a message, such as text=… or template=…",
                ));
            };
            let class = py.import("wamux._native")?.getattr(class)?;
            value::message(&class.call((), Some(members))?)
        }
        _ => Err(PyTypeError::new_err(
            "send() takes a message, or the members of one by name: send(to=…, text=…)",
        )),
    }
}

/// A client of one gateway, whose calls block.
///
/// `gateway` is the id of a gateway, such as `devino-v2`. The settings are `wamux.Settings`: those
/// of the command line; `from_` is the sender of messages that name none, `timeout` is in seconds.
///
/// A client can be used from several threads, and after `os.fork()` in the parent and in the child. While a call waits,
/// other threads run, and Ctrl-C interrupts it.
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
pub(crate) struct Client(Connection);

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (gateway, /, **settings))]
    fn new(py: Python<'_>, gateway: Name, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Connection::from_keywords(py, &gateway, settings).map(Self)
    }

    /// A client with the settings of the variables `WAMUX_*`, such as `WAMUX_API_KEY`. An empty one counts as absent.
    ///
    /// Raises ConfigurationError for a setting that is missing or wrong.
    #[classmethod]
    #[pyo3(signature = (gateway, /))]
    fn from_environment(class: &Bound<'_, PyType>, gateway: Name) -> PyResult<Self> {
        Connection::from_environment(class.py(), &gateway).map(Self)
    }

    /// The gateway's id.
    #[getter]
    fn gateway(&self) -> &'static str {
        self.0.gateway
    }

    /// Sends one message: checks it, makes one attempt, and reads the answer.
    ///
    /// The message is a record (`TextMessage(…)`), a mapping, JSON text, or its members by name, of which one is a part:
    /// `send(to="+7…", text="Hello")`. Accepted is not delivered: that is told by a later status event with the receipt's
    /// `message_id`.
    ///
    /// Raises ValidationError or UnsupportedError for a message that breaks a rule, and nothing is sent then; or the
    /// WamuxError of what went wrong, whose `delivery` tells whether the gateway may have the message.
    #[pyo3(signature = (message = None, /, **members))]
    fn send(
        &self,
        py: Python<'_>,
        message: Option<&Bound<'_, PyAny>>,
        members: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let client = self.0.client(py)?;
        let prepared = guarded(py, || prepared(py, &client, message, members))?;
        let sent = wait(py, async move { client.send_prepared(prepared).await })?;
        let receipt = sent.map_err(|error| raise(py, &error))?;
        results::record(py, &receipt, Nested::One(&RECEIPT))
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

    fn __repr__(&self) -> String {
        self.0.repr("Client")
    }
}

/// A client of one gateway for `asyncio`, with the methods of `Client`.
///
/// Cancelling a task that awaits `send` closes the connection; the gateway may have the message or not.
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
pub(crate) struct AsyncClient(Arc<Connection>);

#[pymethods]
impl AsyncClient {
    #[new]
    #[pyo3(signature = (gateway, /, **settings))]
    fn new(py: Python<'_>, gateway: Name, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Connection::from_keywords(py, &gateway, settings)
            .map(|connection| Self(Arc::new(connection)))
    }

    /// A client with the settings of the variables `WAMUX_*`, such as `WAMUX_API_KEY`. An empty one counts as absent.
    ///
    /// Raises ConfigurationError for a setting that is missing or wrong.
    #[classmethod]
    #[pyo3(signature = (gateway, /))]
    fn from_environment(class: &Bound<'_, PyType>, gateway: Name) -> PyResult<Self> {
        let connection = Connection::from_environment(class.py(), &gateway)?;
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
        coroutine(py, move |py| {
            let client = connection.client(py)?;
            let (given, members) = (given.as_ref(), members.as_ref());
            let prepared = prepared(
                py,
                &client,
                given.map(|given| given.bind(py)),
                members.map(|members| members.bind(py)),
            )?;
            Ok(async move {
                let sent = client.send_prepared(prepared).await;
                Python::attach(|py| {
                    let receipt = sent.map_err(|error| raise(py, &error))?;
                    results::record(py, &receipt, Nested::One(&RECEIPT))
                })
            })
        })
    }

    /// Closes the client and its connections. A call after it raises RuntimeError.
    fn close<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let connection = Arc::clone(&self.0);
        coroutine(py, move |py| {
            connection.close(py)?;
            Ok(async { Ok(()) })
        })
    }

    fn __aenter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let client = slf.clone().unbind();
        coroutine(slf.py(), |_| Ok(async { Ok(client) }))
    }

    #[pyo3(signature = (*_raised))]
    fn __aexit__<'py>(
        &self,
        py: Python<'py>,
        _raised: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.close(py)
    }

    fn __repr__(&self) -> String {
        self.0.repr("AsyncClient")
    }
}

//! What both clients are made of: settings, the connection that belongs to this process, and what a `send` takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use wamux::message::Message;
use wamux::{Options, Prepared, Settings, gateway, settings_from_environment};

use crate::errors::raise;
use crate::generated::{MESSAGES, METRICS};
use crate::on_retry::Hook;
use crate::record::Nested;
use crate::runtime::{PerProcess, closed, let_go};
use crate::{results, settings, value};

/// The recipe of a client, and the one that belongs to this process.
pub(crate) struct Connection {
    pub(crate) gateway: &'static str,
    settings: Settings,
    options: Options,
    on_retry: Option<Arc<Hook>>,
    client: PerProcess<wamux::Client>,
    closed: AtomicBool,
}

impl Connection {
    fn new(
        py: Python<'_>,
        gateway: &str,
        (settings, mut options): (Settings, Options),
        on_retry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let profile = gateway::profile(gateway).map_err(|error| raise(py, &error))?;
        let on_retry = on_retry.map(Hook::new).transpose()?;
        options.on_retry = on_retry.as_ref().map(Hook::option);
        let connection = Self {
            gateway: profile.id,
            settings,
            options,
            on_retry,
            client: PerProcess::new(),
            closed: AtomicBool::new(false),
        };
        // Wrong settings are found here, not at the first send.
        connection.client(py)?;
        Ok(connection)
    }

    pub(crate) fn from_keywords(
        py: Python<'_>,
        gateway: &str,
        on_retry: Option<&Bound<'_, PyAny>>,
        keywords: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        Self::new(py, gateway, settings::read(py, keywords)?, on_retry)
    }

    pub(crate) fn from_environment(
        py: Python<'_>,
        gateway: &str,
        on_retry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let settings = settings_from_environment().map_err(|error| raise(py, &error))?;
        Self::new(py, gateway, settings, on_retry)
    }

    /// The client of this process; a child of `fork` has connections of its own.
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<wamux::Client> {
        if self.closed.load(Ordering::Acquire) {
            return Err(closed("client"));
        }
        let make = || {
            let gateway = gateway::open(self.gateway, &self.settings)?;
            wamux::Client::new(gateway, &self.options)
        };
        self.client.get(py, make).map_err(|error| raise(py, &error))
    }

    /// What the client of this process has counted.
    pub(crate) fn metrics(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let metrics = self.client(py)?.metrics();
        results::record(py, &metrics, Nested::One(&METRICS))
    }

    pub(crate) fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.closed.store(true, Ordering::Release);
        match self.client.take(py) {
            Some(client) => let_go(py, client),
            None => Ok(()),
        }
    }

    /// Shows the collector of cycles what the client holds of Python's.
    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        let hook = self.on_retry.as_ref();
        hook.map_or(Ok(()), |hook| hook.traverse(visit))
    }

    /// Lets that go.
    pub(crate) fn clear(&self) {
        if let Some(hook) = &self.on_retry {
            hook.clear();
        }
    }

    pub(crate) fn repr(&self, class: &str) -> String {
        format!("{class}('{}')", self.gateway)
    }
}

/// What a `send` sends: its message, which breaks no rule, as the request that bears it.
///
/// The check runs under the interpreter's lock, so that what the engine makes once a process, such as a compiled schema,
/// is never in the making while another thread forks.
pub(crate) fn prepared(
    py: Python<'_>,
    client: &wamux::Client,
    given: Option<&Bound<'_, PyAny>>,
    members: Option<&Bound<'_, PyDict>>,
) -> PyResult<Prepared> {
    let message = message(py, given, members)?;
    client.prepare(&message).map_err(|error| raise(py, &error))
}

/// The message of a `send`: given as one, or by its members.
pub(crate) fn message(
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

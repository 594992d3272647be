//! Several clients for one message.

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::async_client::AsyncClient;
use crate::called_off::{send_coroutine, wait_for_send};
use crate::client::Client;
use crate::connection::{Connection, message};
use crate::errors::raise;
use crate::fork::apart;
use crate::runtime::guarded;

/// The clients of this process, as one.
fn together<'a>(
    py: Python<'_>,
    connections: impl Iterator<Item = &'a Connection>,
) -> PyResult<wamux::Failover> {
    let clients = connections.map(|connection| connection.client(py));
    let clients = clients.collect::<PyResult<Vec<_>>>()?;
    wamux::Failover::new(clients).map_err(|error| raise(py, &error))
}

/// Clients in the order in which they are tried.
///
/// A message goes to the next client only where the one before has certainly not sent it, whatever the reason: it cannot
/// say the message, refuses it, or cannot be reached. What may have been sent is not sent a second time. Each client makes
/// its own retries first. The clients remain their owner's to close.
///
/// Raises ConfigurationError where there is no client.
///
/// >>> from wamux import Client, Failover
/// >>> from wamux.testing import Sandbox
/// >>> with Sandbox() as sandbox:
/// ...     devino = Client("devino-v2", **sandbox.settings("devino-v2"))
/// ...     tujenge = Client("tujenge", **sandbox.settings("tujenge"))
/// ...     # Only the second of the two can send to groups.
/// ...     receipt = Failover(devino, tujenge).send(to="ABC-123", recipient_type="group", text="We open at nine")
/// >>> receipt.gateway
/// 'tujenge'
#[pyclass(frozen, module = "wamux")]
pub(crate) struct Failover(Vec<Py<Client>>);

impl Failover {
    fn together(&self, py: Python<'_>) -> PyResult<wamux::Failover> {
        together(py, self.0.iter().map(|client| &client.get().0))
    }
}

#[pymethods]
impl Failover {
    #[new]
    #[pyo3(signature = (*clients))]
    fn new(py: Python<'_>, clients: Vec<Py<Client>>) -> PyResult<Self> {
        let failover = Self(clients);
        failover.together(py)?;
        Ok(failover)
    }

    /// The clients.
    #[getter]
    fn clients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0)
    }

    /// Sends one message through the first client that does not fail for certain.
    ///
    /// The message is what `Client.send` takes. The `attempts` of the receipt and of an error are those of all clients in
    /// order, each with its `gateway`.
    ///
    /// Raises the WamuxError of the last client that was tried.
    #[pyo3(signature = (message = None, /, **members))]
    fn send(
        &self,
        py: Python<'_>,
        message: Option<&Bound<'_, PyAny>>,
        members: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let gateways = self.together(py)?;
        let message = guarded(py, || self::message(py, message, members))?;
        wait_for_send(py, |called_off| {
            apart(async move { gateways.send_unless(&message, called_off).await })
        })
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.iter().try_for_each(|client| visit.call(client))
    }

    fn __repr__(&self) -> String {
        let clients = self.0.iter().map(|client| client.get().0.repr("Client"));
        format!("Failover({})", clients.collect::<Vec<_>>().join(", "))
    }
}

/// Clients for `asyncio` in the order in which they are tried, as those of a `Failover` are.
///
/// >>> import asyncio
/// >>> from wamux import AsyncClient, AsyncFailover
/// >>> from wamux.testing import Sandbox
/// >>> async def main():
/// ...     async with Sandbox() as sandbox:
/// ...         devino = AsyncClient("devino-v2", **sandbox.settings("devino-v2"))
/// ...         tujenge = AsyncClient("tujenge", **sandbox.settings("tujenge"))
/// ...         gateways = AsyncFailover(devino, tujenge)
/// ...         return await gateways.send(to="ABC-123", recipient_type="group", text="We open at nine")
/// >>> asyncio.run(main()).gateway
/// 'tujenge'
#[pyclass(frozen, module = "wamux")]
pub(crate) struct AsyncFailover(Vec<Py<AsyncClient>>);

impl AsyncFailover {
    fn together(&self, py: Python<'_>) -> PyResult<wamux::Failover> {
        together(py, self.0.iter().map(|client| &*client.get().0))
    }
}

#[pymethods]
impl AsyncFailover {
    #[new]
    #[pyo3(signature = (*clients))]
    fn new(py: Python<'_>, clients: Vec<Py<AsyncClient>>) -> PyResult<Self> {
        let failover = Self(clients);
        failover.together(py)?;
        Ok(failover)
    }

    /// The clients.
    #[getter]
    fn clients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0)
    }

    /// Sends one message, as `Failover.send` does.
    #[pyo3(signature = (message = None, /, **members))]
    fn send<'py>(
        slf: &Bound<'py, Self>,
        message: Option<&Bound<'py, PyAny>>,
        members: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let gateways = slf.clone().unbind();
        let given = message.map(|message| message.clone().unbind());
        let members = members.map(|members| members.clone().unbind());
        send_coroutine(slf.py(), move |py, called_off| {
            let gateways = gateways.get().together(py)?;
            let (given, members) = (given.as_ref(), members.as_ref());
            let message = self::message(
                py,
                given.map(|given| given.bind(py)),
                members.map(|members| members.bind(py)),
            )?;
            Ok(apart(async move {
                gateways.send_unless(&message, called_off).await
            }))
        })
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.iter().try_for_each(|client| visit.call(client))
    }

    fn __repr__(&self) -> String {
        let clients = self
            .0
            .iter()
            .map(|client| client.get().0.repr("AsyncClient"));
        format!("AsyncFailover({})", clients.collect::<Vec<_>>().join(", "))
    }
}

//! What is told to the logger `wamux` of Python's `logging`: see `wamux/_logging.py`.

use pyo3::prelude::*;

/// Tells the logger how a send ended, on the thread that waited for it, and hands its outcome on.
pub(crate) fn tell(
    py: Python<'_>,
    gateway: &str,
    sent: PyResult<Py<PyAny>>,
) -> PyResult<Py<PyAny>> {
    let outcome = match &sent {
        Ok(receipt) => receipt.bind(py).clone(),
        Err(error) => error.value(py).clone().into_any(),
    };
    py.import("wamux._logging")?
        .call_method1("tell", (gateway, outcome))?;
    sent
}

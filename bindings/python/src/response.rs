//! The answer to a call that has no method: as it came.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

/// A gateway's answer to `call`.
///
/// >>> from wamux import Client
/// >>> from wamux.testing import Sandbox
/// >>> with Sandbox() as sandbox, Client("chat-api", **sandbox.settings("chat-api")) as client:
/// ...     response = client.call("GET", "/status")
/// >>> response.status, response.headers["content-type"], response.json()["accountStatus"]
/// (200, 'application/json', 'authenticated')
#[pyclass(frozen, module = "wamux")]
pub(crate) struct Response {
    status: u16,
    headers: Py<PyDict>,
    body: Py<PyBytes>,
}

impl Response {
    pub(crate) fn new(py: Python<'_>, response: &wamux::Response) -> PyResult<Self> {
        let headers = PyDict::new(py);
        for (name, text) in response.headers_as_text() {
            headers.set_item(name, text)?;
        }
        Ok(Self {
            status: response.status,
            headers: headers.unbind(),
            body: PyBytes::new(py, &response.body).unbind(),
        })
    }
}

#[pymethods]
impl Response {
    /// The HTTP status, 200 to 299.
    #[getter]
    fn status(&self) -> u16 {
        self.status
    }

    /// The headers, by names in lower case; several values of one stand side by side, with commas between.
    #[getter]
    fn headers(&self, py: Python<'_>) -> Py<PyDict> {
        self.headers.clone_ref(py)
    }

    /// The body's bytes.
    #[getter]
    fn body(&self, py: Python<'_>) -> Py<PyBytes> {
        self.body.clone_ref(py)
    }

    /// The body, read as JSON. Raises ValueError for what is none.
    fn json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?
            .call_method1("loads", (self.body.bind(py),))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let length = self.body.bind(py).as_bytes().len();
        format!("Response(status={}, body=bytes({length}))", self.status)
    }
}

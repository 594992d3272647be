//! What is told to the logger `wamux` of Python's `logging`: see `wamux/_logging.py`.

use pyo3::prelude::*;

/// Tells the logger how a send ended, on the thread that waited for it: with a receipt or an exception.
pub(crate) fn tell(py: Python<'_>, outcome: &Bound<'_, PyAny>) -> PyResult<()> {
    let logging = py.import("wamux._logging")?;
    logging.call_method1("tell", (outcome,)).map(drop)
}

//! A webhook as servers of Python have it.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView, PyString};
use wamux::inbox::{Head, header_bytes};

/// Reads what comes before the body. The headers are a mapping, anything else with `items`, or an iterable of pairs.
pub(crate) fn read_head(
    method: &Bound<'_, PyString>,
    path: &Bound<'_, PyString>,
    headers: &Bound<'_, PyAny>,
) -> PyResult<Head> {
    let mut head = Head::new(&method.to_string_lossy(), path.to_string_lossy());
    let pairs = if headers.hasattr("items")? {
        headers.call_method0("items")?
    } else {
        headers.clone()
    };
    for pair in pairs.try_iter().map_err(|_| no_headers())? {
        let parts: Vec<Bound<'_, PyAny>> = match pair?.try_iter() {
            Ok(parts) => parts.collect::<PyResult<_>>()?,
            Err(_) => return Err(no_headers()),
        };
        let [name, value] = &parts[..] else {
            return Err(no_headers());
        };
        head.add(bytes(name)?, bytes(value)?);
    }
    Ok(head)
}

fn bytes(part: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = part.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let text = part.cast::<PyString>().map_err(|_| no_headers())?;
    Ok(header_bytes(&text.to_string_lossy()).into_owned())
}

fn no_headers() -> PyErr {
    PyTypeError::new_err(
        "headers must be a mapping, or an iterable of pairs, of names and values that are str or bytes",
    )
}

/// The bytes of a body, of whatever has bytes.
pub(crate) fn body(given: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let view = PyMemoryView::from(given);
    let view =
        view.map_err(|_| PyTypeError::new_err("the body must be bytes, as they have come"))?;
    let bytes = view.call_method0("tobytes")?;
    Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec())
}

//! A webhook as servers of Python have it.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView, PyString};
use wamux::http::header::{HeaderName, HeaderValue};
use wamux::http::{HeaderMap, Method};

/// What comes before the body.
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
}

impl Head {
    pub(crate) fn new(
        method: &Bound<'_, PyString>,
        path: &Bound<'_, PyString>,
        headers: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        // What is no method is as little the right one as GET.
        let method = Method::from_bytes(method.to_string_lossy().as_bytes());
        Ok(Self {
            method: method.unwrap_or(Method::GET),
            path: path.to_string_lossy().into_owned(),
            headers: header_map(headers)?,
        })
    }
}

/// The headers of a mapping, of anything else with `items`, or of an iterable of pairs.
fn header_map(given: &Bound<'_, PyAny>) -> PyResult<HeaderMap> {
    let pairs = if given.hasattr("items")? {
        given.call_method0("items")?
    } else {
        given.clone()
    };
    let mut headers = HeaderMap::new();
    for pair in pairs.try_iter().map_err(|_| no_headers())? {
        let parts: Vec<Bound<'_, PyAny>> = match pair?.try_iter() {
            Ok(parts) => parts.collect::<PyResult<_>>()?,
            Err(_) => return Err(no_headers()),
        };
        let [name, value] = &parts[..] else {
            return Err(no_headers());
        };
        // What is no name is none that is looked for.
        let Ok(name) = HeaderName::from_bytes(&bytes(name)?) else {
            continue;
        };
        // What is no value is there all the same, and no secret.
        let value = HeaderValue::from_bytes(&bytes(value)?);
        let value = value.unwrap_or(HeaderValue::from_static(""));
        if headers.try_append(name, value).is_err() {
            // More than can be: no gateway sends thousands.
            break;
        }
    }
    Ok(headers)
}

/// The bytes of a header's text. Servers read them as Latin-1, a few as UTF-8.
fn bytes(part: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = part.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let text = part.cast::<PyString>().map_err(|_| no_headers())?;
    let text = text.to_string_lossy();
    let latin: Option<Vec<u8>> = text.chars().map(|sign| u8::try_from(sign).ok()).collect();
    Ok(latin.unwrap_or_else(|| text.as_bytes().to_vec()))
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

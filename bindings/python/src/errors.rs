//! The one way from the engine's errors to the exceptions of `wamux.errors`.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Map, Value};
use wamux::inbox::StoreError;
use wamux::phone::PhoneError;
use wamux::{Delivery, Error, Kind};

use crate::generated::{ATTEMPT, REASON, VIOLATION};
use crate::record::Nested;
use crate::results;

/// An error as an exception that can be raised.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

/// An error as an exception that can be handed over.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let members = match results::to_value(error)? {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let keywords = PyDict::new(py);
    for (name, value) in members {
        let nested = match name.as_str() {
            "reasons" => Nested::One(&REASON),
            "violations" => Nested::One(&VIOLATION),
            "attempts" => Nested::One(&ATTEMPT),
            _ => Nested::None,
        };
        keywords.set_item(&name, results::to_python(py, value, nested)?)?;
    }
    let class = class(py, error.kind().as_str())?;
    class.call((error.to_string(),), Some(&keywords))
}

/// The exception of a phone number that cannot be read.
pub(crate) fn phone(py: Python<'_>, error: PhoneError) -> PyErr {
    let raise = || {
        let keywords = PyDict::new(py);
        keywords.set_item("code", error.code().as_str())?;
        keywords.set_item("message", error.to_string())?;
        let class = module(py)?.getattr("PhoneNumberError")?;
        Ok(PyErr::from_value(
            class.call((error.to_string(),), Some(&keywords))?,
        ))
    };
    raise().unwrap_or_else(|failure: PyErr| failure)
}

/// The exception of a fault of wamux itself.
pub(crate) fn internal(py: Python<'_>) -> PyErr {
    let words = "wamux failed where it must not; please report it";
    raise(py, &Error::new(Kind::Internal, Delivery::Unknown, words))
}

/// The exception of a setting or argument that is wrong.
pub(crate) fn configuration(py: Python<'_>, words: impl Into<String>) -> PyErr {
    raise(
        py,
        &Error::new(Kind::Configuration, Delivery::NotSent, words),
    )
}

/// The exception of a store that does not do what it is asked for.
pub(crate) fn store(error: StoreError) -> PyErr {
    Python::attach(|py| raise(py, &error.into()))
}

/// Whether an exception is that of a store.
pub(crate) fn is_of_store(py: Python<'_>, error: &PyErr) -> PyResult<bool> {
    Ok(error.is_instance(py, &class(py, Kind::Unavailable.as_str())?))
}

fn module(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("wamux.errors")
}

fn class<'py>(py: Python<'py>, kind: &str) -> PyResult<Bound<'py, PyAny>> {
    module(py)?.getattr("_BY_KIND")?.get_item(kind)
}

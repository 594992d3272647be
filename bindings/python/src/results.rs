//! What the engine answers with, as records.

use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::record::{Nested, Shape, Values};

/// A result as JSON.
pub(crate) fn to_value(result: &impl Serialize) -> PyResult<Value> {
    serde_json::to_value(result).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// A result as a record.
pub(crate) fn record(
    py: Python<'_>,
    result: &impl Serialize,
    nested: Nested,
) -> PyResult<Py<PyAny>> {
    to_python(py, to_value(result)?, nested)
}

/// A JSON value as a record, or as the dict, tuple, text or number that it is.
pub(crate) fn to_python(py: Python<'_>, value: Value, nested: Nested) -> PyResult<Py<PyAny>> {
    match value {
        Value::Null => Ok(py.None()),
        Value::Bool(truth) => truth.into_py_any(py),
        Value::String(text) => text.into_py_any(py),
        Value::Number(number) => {
            if let Some(number) = number.as_i64() {
                number.into_py_any(py)
            } else if let Some(number) = number.as_u64() {
                number.into_py_any(py)
            } else {
                number.as_f64().into_py_any(py)
            }
        }
        Value::Array(items) => {
            let items = items.into_iter().map(|item| to_python(py, item, nested));
            PyTuple::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_py_any(py)
        }
        Value::Object(members) => match nested {
            Nested::One(shape) => from_members(py, members, shape),
            Nested::Union(shapes) => {
                let named = |shape: &&Shape| {
                    shape.constant.is_some_and(|(name, value)| {
                        members.get(name).and_then(Value::as_str) == Some(value)
                    })
                };
                match shapes.iter().copied().find(named) {
                    Some(shape) => from_members(py, members, shape),
                    None => plain(py, Value::Object(members)),
                }
            }
            Nested::None => plain(py, Value::Object(members)),
        },
    }
}

fn from_members(
    py: Python<'_>,
    mut members: Map<String, Value>,
    shape: &'static Shape,
) -> PyResult<Py<PyAny>> {
    let values = shape
        .fields
        .iter()
        .map(|field| match members.remove(field.json_name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => to_python(py, value, field.nested).map(Some),
        });
    let values = values.collect::<PyResult<Values>>()?;
    (shape.make)(py, values)
}

/// JSON of a gateway's own.
fn plain(py: Python<'_>, value: Value) -> PyResult<Py<PyAny>> {
    match value {
        Value::Array(items) => {
            let items = items.into_iter().map(|item| plain(py, item));
            PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_py_any(py)
        }
        Value::Object(members) => {
            let dict = PyDict::new(py);
            for (name, value) in members {
                dict.set_item(name, plain(py, value)?)?;
            }
            dict.into_py_any(py)
        }
        other => to_python(py, other, Nested::None),
    }
}

//! Records as dicts: the JSON form, in full.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyString, PyTuple};

use crate::record::Record;
use crate::value::{DEPTH, Fault, base64, moment};

/// A record as `to_dict` gives it.
pub(crate) fn record_to_dict<'py>(
    py: Python<'py>,
    record: &Record,
    depth: u8,
) -> PyResult<Bound<'py, PyDict>> {
    let members = PyDict::new(py);
    if let Some((name, value)) = record.shape.constant {
        members.set_item(name, value)?;
    }
    for (field, value) in record.shape.fields.iter().zip(&record.values) {
        match value {
            Some(value) => {
                members.set_item(field.json_name, to_json_form(value.bind(py), depth)?)?;
            }
            None if field.null => members.set_item(field.json_name, py.None())?,
            None => {}
        }
    }
    Ok(members)
}

/// A member as `to_dict` gives it: dicts for records, lists for tuples, text for bytes and moments.
fn to_json_form<'py>(value: &Bound<'py, PyAny>, depth: u8) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    if depth > DEPTH {
        let words = format!("a record must not be nested more than {DEPTH} levels deep");
        return Err(PyValueError::new_err(words));
    }
    let depth = depth + 1;
    if let Ok(record) = value.cast::<Record>() {
        return record_to_dict(py, record.get(), depth).map(Bound::into_any);
    }
    if value.is_instance_of::<PyTuple>() || value.is_instance_of::<PyList>() {
        let items = PyList::empty(py);
        for item in value.try_iter()? {
            items.append(to_json_form(&item?, depth)?)?;
        }
        return Ok(items.into_any());
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let members = PyDict::new(py);
        for member in mapping.items()? {
            let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = member.extract()?;
            members.set_item(name, to_json_form(&value, depth)?)?;
        }
        return Ok(members.into_any());
    }
    let text = match base64(value) {
        Some(text) => Some(text),
        None => moment(value).map_err(|fault| match fault {
            Fault::Raised(error) => error,
            Fault::Words(words) => PyValueError::new_err(words),
        })?,
    };
    Ok(text.map_or_else(|| value.clone(), |text| PyString::new(py, &text).into_any()))
}

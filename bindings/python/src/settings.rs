//! Settings as keyword arguments.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};
use wamux::{Options, Settings, set_by_name};

use crate::errors::{configuration, raise};
use crate::name::Name;

/// Reads the settings of a client. `None` counts as absent.
pub(crate) fn read(
    py: Python<'_>,
    keywords: Option<&Bound<'_, PyDict>>,
) -> PyResult<(Settings, Options)> {
    let (mut settings, mut options) = (Settings::default(), Options::default());
    for (name, value) in keywords.into_iter().flatten() {
        if value.is_none() {
            continue;
        }
        let name = name.extract::<Name>()?;
        let name = if &*name == "from_" { "from" } else { &name };
        let value = text(name, &value)?;
        set_by_name(&mut settings, &mut options, name, &value)
            .map_err(|error| raise(py, &error))?;
    }
    Ok((settings, options))
}

/// The settings that name a file, and can be paths.
const FILES: [&str; 3] = ["ca_bundle", "client_certificate", "client_key"];

/// A setting's value as flags and variables give it.
pub(crate) fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = value.py();
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(truth.is_true().to_string());
    }
    if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        return Ok(value.str()?.to_cow()?.into_owned());
    }
    let path = if FILES.contains(&name) {
        value.extract::<std::path::PathBuf>().ok()
    } else {
        None
    };
    let text = match path {
        Some(path) => path.into_os_string().into_string().ok(),
        None => value
            .cast::<PyString>()
            .ok()
            .and_then(|text| text.to_str().ok().map(str::to_owned)),
    };
    text.ok_or_else(|| {
        configuration(
            py,
            format!("`{name}` must be Unicode text, a number or a bool; see the list of settings"),
        )
    })
}

//! Names as arguments.

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::errors::configuration;

/// A name such as a gateway's id: text without a lone surrogate.
pub(crate) struct Name(String);

impl std::ops::Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Name {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>()?;
        let name = text
            .to_str()
            .map_err(|_| configuration(value.py(), "a name must be Unicode text"))?;
        Ok(Self(name.to_owned()))
    }
}

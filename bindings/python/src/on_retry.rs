//! The caller's own function that is told of retries.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use wamux::{OnRetry, Retry};

use crate::errors::exception;
use crate::held::Held;

/// A function of Python's.
pub(crate) struct Hook(Held);

impl Hook {
    /// A hook of what a client was given.
    pub(crate) fn new(given: &Bound<'_, PyAny>) -> PyResult<Arc<Self>> {
        if given.is_callable() {
            Ok(Arc::new(Self(Held::new(given))))
        } else {
            let words =
                "on_retry must be a function of an error and of the seconds that are waited";
            Err(PyTypeError::new_err(words))
        }
    }

    /// The hook as the client calls it: in the runtime's thread.
    pub(crate) fn option(self: &Arc<Self>) -> OnRetry {
        let hook = Arc::clone(self);
        OnRetry::new(move |retry| {
            // Where the interpreter has ended, there is nobody to tell.
            let _ = Python::try_attach(|py| hook.call(py, retry));
        })
    }

    /// Calls the function. What it raises must not disturb the send: `sys.unraisablehook` has it.
    fn call(&self, py: Python<'_>, retry: &Retry<'_>) {
        let Some(function) = self.0.get(py) else {
            return;
        };
        let called = exception(py, retry.error)
            .and_then(|error| function.call1((error, retry.wait.as_secs_f64())));
        if let Err(error) = called {
            error.write_unraisable(py, Some(&function));
        }
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(visit)
    }

    pub(crate) fn clear(&self) {
        self.0.clear();
    }
}

//! The caller's own function that is told of retries.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use wamux::{OnRetry, Retry};

use crate::errors::exception;

/// A function of Python's, which the collector of cycles can find and take away.
pub(crate) struct Hook(Mutex<Option<Py<PyAny>>>);

impl Hook {
    /// A hook of what a client was given.
    pub(crate) fn new(given: &Bound<'_, PyAny>) -> PyResult<Arc<Self>> {
        if given.is_callable() {
            Ok(Arc::new(Self(Mutex::new(Some(given.clone().unbind())))))
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
        let function = self.with(|held| held.as_ref().map(|function| function.clone_ref(py)));
        let Some(function) = function else { return };
        let function = function.bind(py);
        let called = exception(py, retry.error)
            .and_then(|error| function.call1((error, retry.wait.as_secs_f64())));
        if let Err(error) = called {
            error.write_unraisable(py, Some(function));
        }
    }

    /// The lock is never held while Python code can run.
    fn with<T>(&self, use_it: impl FnOnce(&mut Option<Py<PyAny>>) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        match self.0.try_lock() {
            Ok(held) => visit.call(&*held),
            Err(_) => Ok(()),
        }
    }

    pub(crate) fn clear(&self) {
        drop(self.with(Option::take));
    }
}

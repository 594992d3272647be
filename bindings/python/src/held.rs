//! What is held of Python's outside of its objects, where the collector of cycles can find it and take it away.

use std::sync::{Mutex, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

/// An object of Python's, until it is let go.
pub(crate) struct Held(Mutex<Option<Py<PyAny>>>);

impl Held {
    pub(crate) fn new(object: &Bound<'_, PyAny>) -> Self {
        Self(Mutex::new(Some(object.clone().unbind())))
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        let held = self.with(|held| held.as_ref().map(|object| object.clone_ref(py)));
        held.map(|object| object.into_bound(py))
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

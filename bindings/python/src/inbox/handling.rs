//! The way of an event to its handler, which runs in threads or in a loop of Python's: see `wamux/_inbox.py`.

use std::sync::{Mutex, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyString;
use tokio::sync::oneshot;
use wamux::inbox::Notification;

use super::records;
use crate::held::Held;

/// What runs handlers: an object of `wamux._inbox`.
pub(crate) struct Runner(Held);

/// What became of a handling, with the failure's words.
type Outcome = Result<(), String>;

impl Runner {
    pub(crate) fn new(object: &Bound<'_, PyAny>) -> Self {
        Self(Held::new(object))
    }

    /// Whether it can run nothing any more.
    pub(crate) fn is_over(&self, py: Python<'_>) -> PyResult<bool> {
        match self.0.get(py) {
            Some(runner) => runner.getattr("is_over")?.is_truthy(),
            None => Ok(true),
        }
    }

    /// Runs the handler with an event, without the interpreter's lock. Nothing where no handler can run any more: the loop
    /// is closed, or the interpreter ends.
    pub(crate) async fn run(&self, notification: Notification) -> Option<Outcome> {
        let (tell, told) = oneshot::channel();
        let begun = Python::try_attach(|py| {
            let runner = self.0.get(py)?;
            let ended = Ended(Mutex::new(Some(tell)));
            let begin = || {
                let notification = records::notification(py, &notification)?;
                runner
                    .call_method1("run", (notification, ended))?
                    .is_truthy()
            };
            Some(begin().map_err(|error| words(py, &error)))
        });
        match begun?? {
            Ok(true) => Some(told.await.unwrap_or_else(|_| {
                // The loop was closed over it.
                Err("the handler was given up".to_owned())
            })),
            Ok(false) => None,
            Err(words) => Some(Err(words)),
        }
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(visit)
    }

    /// Lets it go, and its threads with it.
    pub(crate) fn clear(&self) {
        self.0.clear();
    }
}

/// The class of an exception that no handler has raised.
fn words(py: Python<'_>, error: &PyErr) -> String {
    let name = error.get_type(py).name();
    name.map_or_else(|_| "an exception".to_owned(), |name| name.to_string())
}

/// What a handling's end is told to: once, with the words of its failure if it failed.
#[pyclass(frozen, module = "wamux._native", name = "_Ended")]
pub(crate) struct Ended(Mutex<Option<oneshot::Sender<Outcome>>>);

#[pymethods]
impl Ended {
    fn __call__(&self, failure: Option<&Bound<'_, PyString>>) {
        let outcome = match failure {
            None => Ok(()),
            Some(words) => Err(words.to_string_lossy().into_owned()),
        };
        let tell = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(tell) = tell {
            // The inbox can be gone.
            let _ = tell.send(outcome);
        }
    }
}

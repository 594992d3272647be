//! chat-api's messages one after another: the cursor of the iterators in `wamux._messages`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use wamux::Error;
use wamux::gateway::typed::chat_api::{GetMessages, MessagePage, MessagePages};

use crate::calls::given_arguments;
use crate::errors::raise;
use crate::functions::reader;
use crate::generated::EVENT_UNION;
use crate::results;

/// What is asked for next, and which messages came already.
#[pyclass(frozen, module = "wamux._native", name = "_MessagePages")]
pub(crate) struct Pages(Mutex<MessagePages>);

impl Pages {
    fn lock(&self) -> MutexGuard<'_, MessagePages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page to ask for.
    pub(crate) fn next_call(&self) -> GetMessages {
        self.lock().next_call()
    }
}

/// A page that is not taken yet: a task that is cancelled when it has come has not lost it.
#[pyclass(frozen, module = "wamux._native", name = "_MessagePage")]
pub(crate) struct Page(Mutex<Option<MessagePage>>);

impl Page {
    pub(crate) fn new(py: Python<'_>, page: Result<MessagePage, Error>) -> PyResult<Self> {
        let page = page.map_err(|error| raise(py, &error))?;
        Ok(Self(Mutex::new(Some(page))))
    }
}

#[pymethods]
impl Pages {
    #[new]
    fn new(py: Python<'_>, arguments: &Bound<'_, PyDict>) -> PyResult<Self> {
        let arguments = given_arguments(arguments)?;
        let pages = MessagePages::from_json(reader(py, "chat-api")?, &arguments);
        let pages = pages.map_err(|error| raise(py, &error))?;
        Ok(Self(Mutex::new(pages)))
    }

    /// The messages of a page that are new.
    pub(crate) fn take(&self, py: Python<'_>, page: &Page) -> PyResult<Py<PyTuple>> {
        let page = page.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let page = page.ok_or_else(|| PyRuntimeError::new_err("the page was taken already"))?;
        let events = self.lock().take(page);
        let events = events
            .iter()
            .map(|event| results::record(py, event, EVENT_UNION));
        let events = events.collect::<PyResult<Vec<_>>>()?;
        Ok(PyTuple::new(py, events)?.unbind())
    }

    #[getter]
    fn position(&self) -> Option<u64> {
        self.lock().position()
    }

    #[getter]
    fn is_done(&self) -> bool {
        self.lock().is_done()
    }
}

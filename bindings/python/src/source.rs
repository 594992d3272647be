//! What is uploaded: bytes, a file by its path, or an object with a `read`.

use std::io::{self, BufRead as _, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};
use wamux::{Code, Delivery, Error, Kind, Source, Violation, file_source};

use crate::errors::raise;

/// How many bytes a `read` is asked for at once.
const CHUNK: usize = 64 * 1024;

/// The exception of the source's own that ended an upload.
#[derive(Clone, Default)]
pub(crate) struct Raised(Arc<Mutex<Option<PyErr>>>);

impl Raised {
    /// An error as an exception, caused by that of the source where it raised one.
    pub(crate) fn raise(&self, py: Python<'_>, error: &Error) -> PyErr {
        let raised = raise(py, error);
        let cause = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if cause.is_some() {
            raised.set_cause(py, cause);
        }
        raised
    }

    fn keep(&self, error: PyErr) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// The source of an upload.
pub(crate) fn source(given: &Bound<'_, PyAny>, raised: &Raised) -> PyResult<Source> {
    let py = given.py();
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Source::Bytes(bytes.as_bytes().into()));
    }
    if given.is_instance_of::<PyByteArray>() {
        return Ok(Source::Bytes((*given.extract::<PyBackedBytes>()?).into()));
    }
    if given.is_instance_of::<PyMemoryView>() {
        let bytes = given.call_method0("tobytes")?;
        return Ok(Source::Bytes(bytes.cast::<PyBytes>()?.as_bytes().into()));
    }
    if given.is_instance_of::<PyString>() || given.hasattr("__fspath__")? {
        return file(given);
    }
    if given.hasattr("read")? {
        let reader = FileObject {
            object: given.clone().unbind(),
            chunk: io::Cursor::new(PyBytes::new(py, b"").into()),
            raised: raised.clone(),
        };
        return Ok(Source::reader(reader, remaining(given)));
    }
    let words = format!(
        "must be bytes, the path of a file or a binary file object, not a {}",
        given.get_type().name()?
    );
    let violation = Violation::error(Code::Invalid, "source", words);
    Err(raise(py, &Error::from_violations(vec![violation])))
}

/// A file by its path, which must be there before anything is sent.
fn file(path: &Bound<'_, PyAny>) -> PyResult<Source> {
    let py = path.py();
    file_source(path.extract::<PathBuf>()?).map_err(|error| {
        let words = format!("what is uploaded cannot be read: {error}");
        let raised = raise(py, &Error::new(Kind::Media, Delivery::NotSent, words));
        raised.set_cause(py, Some(error.into()));
        raised
    })
}

/// How many bytes a file object still has, where it can tell.
fn remaining(object: &Bound<'_, PyAny>) -> Option<u64> {
    let seekable = object.call_method0("seekable").ok()?;
    if !seekable.is_truthy().ok()? {
        return None;
    }
    let seek = "seek";
    let here: u64 = object.call_method0("tell").ok()?.extract().ok()?;
    let end: u64 = object.call_method1(seek, (0, 2)).ok()?.extract().ok()?;
    object.call_method1(seek, (here,)).ok()?;
    Some(end.saturating_sub(here))
}

/// An object with a `read`, which the thread that feeds the upload calls.
struct FileObject {
    object: Py<PyAny>,
    chunk: io::Cursor<PyBackedBytes>,
    raised: Raised,
}

impl FileObject {
    fn next(&self, py: Python<'_>) -> PyResult<PyBackedBytes> {
        let read = "read";
        let chunk = self.object.bind(py).call_method1(read, (CHUNK,))?;
        chunk.extract().map_err(|_| match chunk.get_type().name() {
            Ok(name) => PyTypeError::new_err(format!(
                "what is uploaded must give bytes, not a {name}; open the file in binary mode"
            )),
            Err(error) => error,
        })
    }
}

impl Read for FileObject {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.chunk.fill_buf()?.is_empty() {
            // Where the interpreter has ended, there is nobody to read from.
            let next = Python::try_attach(|py| {
                let next = self.next(py).map_err(|error| {
                    let name = error.get_type(py).name().map(|name| name.to_string());
                    self.raised.keep(error);
                    name.unwrap_or_else(|_| "an exception".to_owned())
                })?;
                self.chunk = io::Cursor::new(next);
                Ok(())
            });
            let next = next.unwrap_or_else(|| Err("the end of the interpreter".to_owned()));
            next.map_err(|name| io::Error::other(format!("it raised {name}")))?;
        }
        self.chunk.read(buffer)
    }
}

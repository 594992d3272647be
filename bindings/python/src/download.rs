//! Files of gateways', read as they come: by iteration, whole, or into a file.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::{PyRuntimeError, PyStopAsyncIteration};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use wamux::{Delivery, Error, Kind, shown_word};

use crate::awaited::{Start, at_once, awaited};
use crate::errors::raise;
use crate::runtime::{self, PerProcess, let_go, wait};

/// The most that is read into memory where the caller names no limit: 128 MiB.
const LIMIT: usize = 128 * 1024 * 1024;

/// A file, as both kinds of download have it.
struct File {
    /// The connection belongs to the process that opened it.
    state: PerProcess<Arc<Mutex<State>>>,
    mime_type: Option<String>,
    length: Option<u64>,
}

enum State {
    Ready(wamux::Download),
    /// A call reads from it.
    Taken,
    Closed,
}

/// What a call that reads has taken. A call that is interrupted or fails closes the file, since what was read of it is
/// lost.
struct Taken {
    state: Arc<Mutex<State>>,
    download: Option<wamux::Download>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl File {
    fn new(py: Python<'_>, download: wamux::Download) -> PyResult<Self> {
        let file = Self {
            state: PerProcess::new(),
            mime_type: download.mime_type().map(str::to_owned),
            length: download.length(),
        };
        let ready = || Ok::<_, PyErr>(Arc::new(Mutex::new(State::Ready(download))));
        file.state.get(py, ready)?;
        Ok(file)
    }

    fn take(&self, py: Python<'_>) -> PyResult<Taken> {
        let words = "the download belongs to the process that began it";
        let state = self.state.get(py, || Err(PyRuntimeError::new_err(words)))?;
        let before = std::mem::replace(&mut *lock(&state), State::Taken);
        match before {
            State::Ready(download) => Ok(Taken {
                state,
                download: Some(download),
            }),
            State::Taken => {
                let words = "the download is being read by another call";
                Err(PyRuntimeError::new_err(words))
            }
            State::Closed => {
                *lock(&state) = State::Closed;
                Err(runtime::closed("download"))
            }
        }
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        // A child of `fork` leaves its parent's connection alone.
        let Ok(state) = self.state.get(py, || Err(())) else {
            return Ok(());
        };
        let before = std::mem::replace(&mut *lock(&state), State::Closed);
        let_go(py, before)
    }

    fn repr(&self, class: &str) -> String {
        let mut text = format!("{class}(");
        let mut separator = "";
        if let Some(mime_type) = &self.mime_type {
            // Writing to a string does not fail.
            let _ = write!(text, "mime_type={}", shown_word(mime_type));
            separator = ", ";
        }
        if let Some(length) = self.length {
            let _ = write!(text, "{separator}length={length}");
        }
        text + ")"
    }
}

impl Taken {
    /// Reads, and gives the file back where that went well.
    async fn with<T>(
        mut self,
        read: impl for<'d> FnOnce(&'d mut wamux::Download) -> BoxFuture<'d, Result<T, Error>>,
    ) -> Result<T, Error> {
        let Some(mut download) = self.download.take() else {
            let words = "a download was taken twice";
            return Err(Error::new(Kind::Internal, Delivery::Unknown, words));
        };
        let result = read(&mut download).await;
        if result.is_ok() {
            self.download = Some(download);
        }
        result
    }

    async fn chunk(self) -> Result<Option<Bytes>, Error> {
        self.with(|download| download.chunk().boxed()).await
    }

    async fn bytes(self, limit: usize) -> Result<Vec<u8>, Error> {
        self.with(move |download| download.bytes(limit).boxed())
            .await
    }

    async fn data_uri(self, limit: usize) -> Result<String, Error> {
        self.with(move |download| download.data_uri(limit).boxed())
            .await
    }

    async fn save(self, path: PathBuf) -> Result<u64, Error> {
        self.with(move |download| download.save(path).boxed()).await
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let after = self.download.take().map_or(State::Closed, State::Ready);
        let mut state = lock(&self.state);
        // Somebody can have closed it meanwhile.
        if matches!(*state, State::Taken) {
            *state = after;
        }
    }
}

/// A file that a gateway answers with, whose bytes are read as they come, so that a large one needs no memory.
///
/// It is read once: by iteration, which gives bytes, or by `read`, `data_uri` or `save`, which give what is still to
/// come. What fails or is interrupted closes it. It belongs to the process that began it, and holds a connection until
/// its end or `close()`.
///
/// >>> from wamux import Client
/// >>> from wamux.testing import Sandbox
/// >>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
/// ...     media = client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
/// ...     with client.tujenge.download_media(media_id=media.id) as download:
/// ...         pieces = list(download)
/// >>> download.mime_type, download.length, b"".join(pieces)
/// ('application/pdf', 8, b'%PDF-1.7')
#[pyclass(frozen, module = "wamux")]
pub(crate) struct Download(File);

impl Download {
    pub(crate) fn new(py: Python<'_>, download: wamux::Download) -> PyResult<Self> {
        File::new(py, download).map(Self)
    }
}

#[pymethods]
impl Download {
    /// The MIME type that the gateway names.
    #[getter]
    fn mime_type(&self) -> Option<&str> {
        self.0.mime_type.as_deref()
    }

    /// How many bytes the file has, where the gateway says so.
    #[getter]
    fn length(&self) -> Option<u64> {
        self.0.length
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let chunk = wait(py, self.0.take(py)?.chunk())?;
        let chunk = chunk.map_err(|error| raise(py, &error))?;
        Ok(chunk.map(|chunk| PyBytes::new(py, &chunk)))
    }

    /// All bytes that are still to come.
    ///
    /// Raises ProtocolError for a file that ends early or has more than `limit` bytes, and TimeoutError where nothing
    /// comes for as long as the client's timeout.
    #[pyo3(signature = (*, limit = LIMIT), text_signature = "($self, *, limit=134217728)")]
    fn read<'py>(&self, py: Python<'py>, limit: usize) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = wait(py, self.0.take(py)?.bytes(limit))?;
        let bytes = bytes.map_err(|error| raise(py, &error))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// All bytes that are still to come as a data URI, which a page can show: `data:image/png;base64,…`.
    ///
    /// Raises what `read` does.
    #[pyo3(signature = (*, limit = LIMIT), text_signature = "($self, *, limit=134217728)")]
    fn data_uri(&self, py: Python<'_>, limit: usize) -> PyResult<String> {
        let uri = wait(py, self.0.take(py)?.data_uri(limit))?;
        uri.map_err(|error| raise(py, &error))
    }

    /// Writes the bytes that are still to come into a file, and returns how many there were. The file has its name only
    /// once it is whole; until then it has `.part` after it.
    ///
    /// Raises what `read` does, and ConfigurationError for a file that cannot be written; nothing is left behind then.
    #[pyo3(signature = (path, /))]
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<u64> {
        let written = wait(py, self.0.take(py)?.save(path))?;
        written.map_err(|error| raise(py, &error))
    }

    /// Closes the download and its connection. A reading after it raises RuntimeError.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.0.close(py)
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, py: Python<'_>, _raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.0.close(py)
    }

    fn __repr__(&self) -> String {
        self.0.repr("Download")
    }
}

/// A file that a gateway answers with, for `asyncio`: a `Download` whose methods are awaited.
///
/// Cancelling a task that reads closes it.
///
/// >>> import asyncio
/// >>> from wamux import AsyncClient
/// >>> from wamux.testing import Sandbox
/// >>> async def main():
/// ...     async with Sandbox() as sandbox, AsyncClient("tujenge", **sandbox.settings("tujenge")) as client:
/// ...         media = await client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
/// ...         async with await client.tujenge.download_media(media_id=media.id) as download:
/// ...             return await download.data_uri()
/// >>> asyncio.run(main())
/// 'data:application/pdf;base64,JVBERi0xLjc='
#[pyclass(frozen, module = "wamux")]
pub(crate) struct AsyncDownload(Arc<File>);

impl AsyncDownload {
    pub(crate) fn new(py: Python<'_>, download: wamux::Download) -> PyResult<Self> {
        let file = File::new(py, download)?;
        Ok(Self(Arc::new(file)))
    }

    /// A coroutine that reads.
    fn reading<'py, F, T, R>(
        &self,
        py: Python<'py>,
        read: impl FnOnce(Taken) -> F + Send + 'static,
        show: impl FnOnce(Python<'_>, T) -> PyResult<R> + Send + 'static,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
        T: Send,
        R: for<'a> IntoPyObject<'a> + Send + 'static,
    {
        let file = Arc::clone(&self.0);
        let start = Start::new(move |py| {
            awaited(py, read(file.take(py)?), |py, result| {
                show(py, result.map_err(|error| raise(py, &error))?)?.into_py_any(py)
            })
        });
        let close = Close(Arc::clone(&self.0));
        py.import("wamux._coroutines")?
            .call_method1("read", (start, close))
    }
}

/// What closes a download.
#[pyclass(frozen, module = "wamux._native", name = "_Close")]
struct Close(Arc<File>);

#[pymethods]
impl Close {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        self.0.close(py)
    }
}

#[pymethods]
impl AsyncDownload {
    /// The MIME type that the gateway names.
    #[getter]
    fn mime_type(&self) -> Option<&str> {
        self.0.mime_type.as_deref()
    }

    /// How many bytes the file has, where the gateway says so.
    #[getter]
    fn length(&self) -> Option<u64> {
        self.0.length
    }

    fn __aiter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __anext__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.reading(py, Taken::chunk, |py, chunk| match chunk {
            Some(chunk) => Ok(PyBytes::new(py, &chunk).unbind()),
            None => Err(PyStopAsyncIteration::new_err(())),
        })
    }

    /// All bytes that are still to come, as `Download.read` gives them.
    #[pyo3(signature = (*, limit = LIMIT), text_signature = "($self, *, limit=134217728)")]
    fn read<'py>(&self, py: Python<'py>, limit: usize) -> PyResult<Bound<'py, PyAny>> {
        self.reading(
            py,
            move |taken| taken.bytes(limit),
            |py, bytes| Ok(PyBytes::new(py, &bytes).unbind()),
        )
    }

    /// All bytes that are still to come as a data URI, as `Download.data_uri` gives it.
    #[pyo3(signature = (*, limit = LIMIT), text_signature = "($self, *, limit=134217728)")]
    fn data_uri<'py>(&self, py: Python<'py>, limit: usize) -> PyResult<Bound<'py, PyAny>> {
        self.reading(py, move |taken| taken.data_uri(limit), |_, uri| Ok(uri))
    }

    /// Writes the bytes that are still to come into a file, as `Download.save` does.
    #[pyo3(signature = (path, /))]
    fn save<'py>(&self, py: Python<'py>, path: PathBuf) -> PyResult<Bound<'py, PyAny>> {
        self.reading(py, |taken| taken.save(path), |_, written| Ok(written))
    }

    /// Closes the download and its connection. A reading after it raises RuntimeError.
    fn close<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let file = Arc::clone(&self.0);
        at_once(py, move |py| file.close(py))
    }

    fn __aenter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let download = slf.clone().unbind();
        at_once(slf.py(), |_| Ok(download))
    }

    #[pyo3(signature = (*_raised))]
    fn __aexit__<'py>(
        &self,
        py: Python<'py>,
        _raised: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.close(py)
    }

    fn __repr__(&self) -> String {
        self.0.repr("AsyncDownload")
    }
}

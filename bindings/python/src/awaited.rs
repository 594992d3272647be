//! Calls for `asyncio`: coroutines that begin when they are awaited, and futures that end when the runtime has a result.
//!
//! To end a future, the thread of the runtime only wakes the loop, which makes the value in its own thread.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt as _;
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::errors;
use crate::runtime::{guarded, handle};

/// A coroutine, which begins when it is awaited: `start` makes the future, and `give` what the coroutine gives. Cancelling
/// it drops the future.
pub(crate) fn coroutine<'py, F, T>(
    py: Python<'py>,
    start: impl FnOnce(Python<'_>) -> PyResult<F> + Send + 'static,
    give: impl FnOnce(Python<'_>, F::Output) -> PyResult<T> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output: Send> + Send + 'static,
    T: for<'a> IntoPyObject<'a>,
{
    start_coroutine(py, "run", move |py| {
        awaited(py, start(py)?, |py, output| {
            give(py, output)?.into_py_any(py)
        })
    })
}

/// A coroutine of what needs no waiting, which runs when it is awaited.
pub(crate) fn at_once<'py, T>(
    py: Python<'py>,
    run: impl FnOnce(Python<'_>) -> PyResult<T> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>>
where
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let start = move |py: Python<'_>| {
        let output = run(py)?;
        Ok(async { output })
    };
    coroutine(py, start, |_, output| Ok(output))
}

/// A coroutine of `wamux._coroutines`, which calls `begin` when it is awaited.
pub(crate) fn start_coroutine<'py>(
    py: Python<'py>,
    name: &str,
    begin: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    let start = Start::new(begin);
    py.import("wamux._coroutines")?.call_method1(name, (start,))
}

type Begin = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

/// A call that has not begun.
#[pyclass(frozen, module = "wamux._native", name = "_Start")]
pub(crate) struct Start(Mutex<Option<Begin>>);

impl Start {
    pub(crate) fn new(
        begin: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send + 'static,
    ) -> Self {
        Self(Mutex::new(Some(Box::new(begin))))
    }
}

#[pymethods]
impl Start {
    fn __call__(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let begin = taken(&self.0);
        let begin = begin.ok_or_else(|| PyRuntimeError::new_err("the call has begun already"))?;
        guarded(py, || begin(py))
    }
}

/// Begins a call: a future of the loop that runs, which `give` makes the value of, and what calls the call off.
pub(crate) fn awaited<F>(
    py: Python<'_>,
    future: F,
    give: impl FnOnce(Python<'_>, F::Output) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (told, task) = begin(py, future, give)?;
    let process = std::process::id();
    let call = Call { process, task };
    Ok((told, call).into_pyobject(py)?.into_any().unbind())
}

/// Begins a call: a future of the loop that runs, which `give` makes the value of, and the task that comes to its end.
pub(crate) fn begin<F>(
    py: Python<'_>,
    future: F,
    give: impl FnOnce(Python<'_>, F::Output) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<(Py<PyAny>, AbortHandle)>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (told, end) = future_of(py)?;
    let runtime = handle(py)?;
    let task = runtime.spawn(async move {
        let output = AssertUnwindSafe(future).catch_unwind().await;
        end.with(move |py| match output {
            Ok(output) => give(py, output),
            Err(_) => Err(errors::internal(py)),
        });
    });
    Ok((told, task.abort_handle()))
}

/// A call that is awaited.
#[pyclass(frozen, module = "wamux._native", name = "_Call")]
struct Call {
    process: u32,
    task: AbortHandle,
}

#[pymethods]
impl Call {
    /// Calls it off, where it has not ended. A child of `fork` leaves its parent's calls alone.
    fn end(&self) {
        if self.process == std::process::id() {
            self.task.abort();
        }
    }
}

/// A future of the loop that runs, and what ends it.
fn future_of(py: Python<'_>) -> PyResult<(Py<PyAny>, End)> {
    let running = py.import("asyncio")?.call_method0("get_running_loop")?;
    let future = running.call_method0("create_future")?.unbind();
    let awaiting = Awaiting {
        running: running.unbind(),
        future: future.clone_ref(py),
    };
    Ok((future, End(Some(awaiting))))
}

/// A loop, and a future that it waits for.
struct Awaiting {
    running: Py<PyAny>,
    future: Py<PyAny>,
}

/// The end of a future, for the thread of the runtime. Where that loses it, the future ends with an internal error.
struct End(Option<Awaiting>);

impl End {
    /// Has the loop make the value, and end the future with it.
    fn with(mut self, make: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send + 'static) {
        if let Some(awaiting) = self.0.take() {
            Python::attach(|py| awaiting.end(py, Box::new(make)));
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let Some(awaiting) = self.0.take() {
            Python::try_attach(|py| awaiting.end(py, Box::new(|py| Err(errors::internal(py)))));
        }
    }
}

impl Awaiting {
    fn end(self, py: Python<'_>, make: Begin) {
        let Self { running, future } = self;
        let make = Mutex::new(Some(make));
        // A loop that is closed waits for nothing any more.
        let _ = running.call_method1(py, "call_soon_threadsafe", (EndOfFuture { future, make },));
    }
}

/// What the loop calls to end a future.
#[pyclass(frozen, module = "wamux._native", name = "_EndOfFuture")]
pub(crate) struct EndOfFuture {
    future: Py<PyAny>,
    make: Mutex<Option<Begin>>,
}

#[pymethods]
impl EndOfFuture {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        let future = self.future.bind(py);
        let Some(make) = taken(&self.make) else {
            return Ok(());
        };
        // Whoever has cancelled it wants no result.
        if is_done(future)? {
            return Ok(());
        }
        let value = guarded(py, || make(py));
        // The handler of a signal can have cancelled it meanwhile.
        if is_done(future)? {
            return Ok(());
        }
        match value {
            Ok(value) => future.call_method1("set_result", (value,)),
            // An interruption is the loop's own; it cancels whoever awaits.
            Err(error) if !error.is_instance_of::<PyException>(py) => return Err(error),
            Err(error) => future.call_method1("set_exception", (error,)),
        }
        .map(drop)
    }
}

fn is_done(future: &Bound<'_, PyAny>) -> PyResult<bool> {
    future.call_method0("done")?.is_truthy()
}

fn taken<T>(place: &Mutex<Option<T>>) -> Option<T> {
    place.lock().unwrap_or_else(PoisonError::into_inner).take()
}

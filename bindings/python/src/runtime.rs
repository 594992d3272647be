//! The one runtime of a process.
//!
//! It starts at the first call that needs it. After `fork` the parent's threads do not exist in the child, so a child
//! starts its own; what belongs to the parent (its runtime, its connections) is left alone there, since ending it would
//! wait for those threads, or reach into the parent's poller, which both processes share.
//!
//! One thread runs all of it: gateways are waited for, not computed with, and hand-overs between threads cost. The
//! thread stays known to the interpreter as long as it lives: else every visit to Python would make and end a thread
//! state.
//!
//! The locks here, which no lock that is made once may join (an import in its making gives the interpreter's lock up, and
//! a child of `fork` would wait for the end of it), are held only by a thread that holds the interpreter's lock, and never
//! while Python code can run. A process forks under that lock too, so no child inherits a lock that is taken. For the same
//! reason nothing here is interned: `intern!` makes its text once, and gives the interpreter's lock up in the middle.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::errors;

/// How long a wait lasts before it looks for signals, such as Ctrl-C.
const SLICE: Duration = Duration::from_millis(50);
/// How long the end of the process waits for calls that still run.
const FAREWELL: Duration = Duration::from_secs(2);

static RUNTIME: PerProcess<Arc<Running>> = PerProcess::new();

/// The runtime's handle, and what ends it.
struct Running {
    handle: Handle,
    thread: Mutex<Option<RunningThread>>,
    /// What ends in order before the runtime does.
    ending: Mutex<Vec<Weak<dyn EndsInOrder>>>,
}

/// What has something to end before the process does.
pub(crate) trait EndsInOrder: Send + Sync {
    fn end(self: Arc<Self>) -> BoxFuture<'static, ()>;
}

/// The thread that runs the runtime until its sender is gone.
struct RunningThread {
    stop: oneshot::Sender<()>,
    thread: std::thread::JoinHandle<()>,
}

/// A value that belongs to one process: a child of `fork` makes its own.
pub(crate) struct PerProcess<T>(Mutex<Option<(u32, T)>>);

impl<T: Clone> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// The value of this process, made where it is missing.
    pub(crate) fn get<E>(
        &self,
        _py: Python<'_>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let process = std::process::id();
        match &*current {
            Some((owner, value)) if *owner == process => Ok(value.clone()),
            _ => {
                let value = make()?;
                std::mem::forget(current.replace((process, value.clone())));
                Ok(value)
            }
        }
    }
}

impl<T: Clone> PerProcess<T> {
    /// The value of this process, if it has one and nobody makes or takes it just now.
    pub(crate) fn peek(&self) -> Option<T> {
        match &*self.0.try_lock().ok()? {
            Some((owner, value)) if *owner == std::process::id() => Some(value.clone()),
            _ => None,
        }
    }
}

impl<T> PerProcess<T> {
    /// Takes the value of this process, if it has one.
    pub(crate) fn take(&self, _py: Python<'_>) -> Option<T> {
        self.take_own()
    }

    /// Takes the value of this process, where the interpreter's lock is held but cannot be shown.
    pub(crate) fn take_own(&self) -> Option<T> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match current.take() {
            Some((owner, value)) if owner == std::process::id() => Some(value),
            parents => {
                std::mem::forget(parents);
                None
            }
        }
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        drop(self.take_own());
    }
}

/// The runtime of this process.
pub(crate) fn handle(py: Python<'_>) -> PyResult<Handle> {
    running(py).map(|running| running.handle.clone())
}

/// Has something end in order at the end of the process, if it is there until then.
pub(crate) fn end_in_order(py: Python<'_>, what: Weak<dyn EndsInOrder>) -> PyResult<()> {
    let running = running(py)?;
    let mut ending = running
        .ending
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    ending.retain(|what| what.strong_count() > 0);
    ending.push(what);
    Ok(())
}

fn running(py: Python<'_>) -> PyResult<Arc<Running>> {
    let running = RUNTIME.get(py, || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .thread_name("wamux")
            .enable_all()
            .build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("wamux".to_owned())
            .spawn(move || run(runtime, stopped))?;
        Ok::<_, std::io::Error>(Arc::new(Running {
            handle,
            thread: Mutex::new(Some(RunningThread { stop, thread })),
            ending: Mutex::default(),
        }))
    })?;
    Ok(running)
}

/// Runs the runtime on this thread until it is told to stop; calls that still run then have two seconds.
fn run(runtime: Runtime, stopped: oneshot::Receiver<()>) {
    // Where the interpreter has ended already, there is nobody to run for.
    Python::try_attach(|py| {
        py.detach(|| {
            // Either end of the channel's other side means the same.
            let _ = runtime.block_on(stopped);
            runtime.shutdown_timeout(FAREWELL);
        });
    });
}

/// Ends the runtime: handlers of inboxes have two seconds, and so have calls that still run. The import of this module
/// registers it to run before the interpreter ends, since a call that ends later has nobody to tell.
#[pyfunction]
pub(crate) fn _shut_down(py: Python<'_>) {
    end_all_in_order(py);
    let running = RUNTIME.take(py);
    let running = running.and_then(|running| {
        running
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    });
    if let Some(RunningThread { stop, thread }) = running {
        drop(stop);
        py.detach(|| {
            // A panic of the thread has been told of already.
            let _ = thread.join();
        });
    }
}

fn end_all_in_order(py: Python<'_>) {
    let Some(running) = RUNTIME.peek() else {
        return;
    };
    let ending = std::mem::take(
        &mut *running
            .ending
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
    let ending: Vec<_> = ending.iter().filter_map(Weak::upgrade).collect();
    if ending.is_empty() {
        return;
    }
    let ending = join_all(ending.into_iter().map(EndsInOrder::end));
    // Where the runtime does not take it, there is nothing that could end.
    if let Ok(mut waiting) = Waiting::begin(py, ending) {
        waiting.end_within(py, FAREWELL);
    }
}

/// Waits for a future without the interpreter's lock. A signal whose handler raises, such as Ctrl-C, drops the future.
pub(crate) fn wait<F>(py: Python<'_>, future: F) -> PyResult<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let mut waiting = Waiting::begin(py, future)?;
    match waiting.end(py) {
        Ok(output) => output,
        Err(interruption) => {
            waiting.task.abort();
            Err(interruption)
        }
    }
}

/// A future that runs in the runtime, for a thread that waits for its end.
pub(crate) struct Waiting<T> {
    told: mpsc::Receiver<std::thread::Result<T>>,
    task: JoinHandle<()>,
}

impl<T: Send + 'static> Waiting<T> {
    pub(crate) fn begin(
        py: Python<'_>,
        future: impl Future<Output = T> + Send + 'static,
    ) -> PyResult<Self> {
        let (tell, told) = mpsc::sync_channel(1);
        let task = handle(py)?.spawn(async move {
            // Where nobody waits any more, nobody is told.
            let _ = tell.send(AssertUnwindSafe(future).catch_unwind().await);
        });
        Ok(Self { told, task })
    }

    /// Waits for the end without the interpreter's lock. The outer error is what the handler of a signal raised; the
    /// future goes on then.
    pub(crate) fn end(&mut self, py: Python<'_>) -> Result<PyResult<T>, PyErr> {
        loop {
            let told = &mut self.told;
            let slice = py.detach(move || match told.recv_timeout(SLICE) {
                Ok(result) => Some(result),
                Err(RecvTimeoutError::Timeout) => None,
                // The runtime has ended, and so does the interpreter: only a daemon thread can still be here, and
                // Python ends those where they stand.
                Err(RecvTimeoutError::Disconnected) => loop {
                    std::thread::park();
                },
            });
            match slice {
                Some(result) => return Ok(result.map_err(|_| errors::internal(py))),
                None => py.check_signals()?,
            }
        }
    }

    /// Waits so long for the end, whatever signals come; whoever is late is dropped.
    pub(crate) fn end_within(&mut self, py: Python<'_>, patience: Duration) -> Option<T> {
        let told = &mut self.told;
        let ended = py.detach(move || told.recv_timeout(patience));
        self.task.abort();
        ended.ok()?.ok()
    }
}

/// Drops what holds connections: inside the runtime, whose poller they leave, and without the interpreter's lock.
pub(crate) fn let_go<T: Send>(py: Python<'_>, value: T) -> PyResult<()> {
    let runtime = handle(py)?;
    py.detach(move || {
        let _inside = runtime.enter();
        drop(value);
    });
    Ok(())
}

/// Runs what does not wait, and turns a panic into an error.
pub(crate) fn guarded<T>(py: Python<'_>, run: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    match std::panic::catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result,
        Err(_) => Err(errors::internal(py)),
    }
}

/// The error of a client that is used after its end.
pub(crate) fn closed(what: &str) -> PyErr {
    PyRuntimeError::new_err(format!("the {what} is closed"))
}

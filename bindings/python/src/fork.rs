//! What must not be half done in the moment of a `fork`.
//!
//! Messages of `send_many` and `Failover` become requests in the runtime's thread, without the interpreter's lock. What
//! the engine makes once a process, such as a compiled schema, could then be in the making while another thread forks,
//! and the child would wait for ever for the end of it. So a fork waits for the end of such a step, and a step for the
//! end of a fork.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyDict;

const FREE: u8 = 0;
const STEP: u8 = 1;
const FORK: u8 = 2;

/// Who works. A lock of the standard library's could be taken in the child for ever.
static WORKING: AtomicU8 = AtomicU8::new(FREE);
/// How long a look at it is from the next.
const PAUSE: Duration = Duration::from_micros(50);
/// How long a fork waits for a step; a step that forks, in a callback, waits for itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// Begins, where nobody works.
fn begin(work: u8) -> bool {
    let begun = WORKING.compare_exchange(FREE, work, Ordering::Acquire, Ordering::Relaxed);
    begun.is_ok()
}

/// Ends one's own work.
fn end(work: u8) {
    let _ = WORKING.compare_exchange(work, FREE, Ordering::Release, Ordering::Relaxed);
}

/// A step, until it is dropped.
struct Step;

impl Step {
    fn begin() -> Self {
        while !begin(STEP) {
            std::thread::sleep(PAUSE);
        }
        Self
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        end(STEP);
    }
}

/// A future of the runtime's thread whose steps keep apart from forks.
pub(crate) async fn apart<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let _step = Step::begin();
        future.as_mut().poll(context)
    })
    .await
}

/// Runs what imports modules late: a child would wait for ever for a module whose import another thread had begun.
pub(crate) fn importing<T>(py: Python<'_>, run: impl FnOnce() -> T) -> T {
    // Who forks meanwhile needs the interpreter's lock to come to its end.
    let _step = py.detach(Step::begin);
    run()
}

#[pyfunction]
fn before(py: Python<'_>) {
    if begin(FORK) {
        return;
    }
    // The step can wait for the interpreter's lock.
    py.detach(|| {
        let begun = Instant::now();
        while !begin(FORK) && begun.elapsed() < PATIENCE {
            std::thread::sleep(PAUSE);
        }
    });
}

#[pyfunction]
fn after_in_parent() {
    end(FORK);
}

/// The thread whose step it may have been does not exist in the child.
#[pyfunction]
fn after_in_child() {
    WORKING.store(FREE, Ordering::Release);
}

/// Has each fork of this process wait.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let os = py.import("os")?;
    // Windows has no forks.
    if !os.hasattr("register_at_fork")? {
        return Ok(());
    }
    let hooks = PyDict::new(py);
    hooks.set_item("before", wrap_pyfunction!(before, module)?)?;
    hooks.set_item(
        "after_in_parent",
        wrap_pyfunction!(after_in_parent, module)?,
    )?;
    hooks.set_item("after_in_child", wrap_pyfunction!(after_in_child, module)?)?;
    os.call_method("register_at_fork", (), Some(&hooks))?;
    Ok(())
}

//! Many messages through one client: what `wamux._bulk` crosses into, a handful of messages and results at a time.

use std::collections::{HashMap, VecDeque};
use std::future::pending;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, Stream};
use futures_util::{FutureExt as _, StreamExt as _};
use pyo3::exceptions::{PyException, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator, PyList, PyMapping, PyString};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout, timeout_at};
use wamux::message::Message;
use wamux::{Client, Code, Error, Receipt, Violation};

use crate::awaited::coroutine;
use crate::errors::{exception, internal, raise};
use crate::fork::apart;
use crate::generated::RECEIPT;
use crate::record::{Nested, Record};
use crate::runtime::{PerProcess, guarded, handle, wait};
use crate::{results, value};

/// How long messages wait for one more that goes in the same request, and how long for all of them.
const TOGETHER: Duration = Duration::from_millis(2);
const ALL_TOGETHER: Duration = Duration::from_millis(50);
/// How long results wait for others that go to Python in the same crossing.
const GATHER: Duration = Duration::from_millis(1);
/// How many results go to Python at once.
const CHUNK: usize = 64;

/// Messages on their way, and their results.
#[pyclass(frozen, module = "wamux._native", name = "_Sending")]
pub(crate) struct Sending {
    /// The connections belong to the process that began.
    running: PerProcess<Arc<Running>>,
    /// How many messages may be taken whose results are not.
    room: usize,
}

enum Outcome {
    /// That of a message.
    Sent(Result<Receipt, Error>),
    /// The exception of what is no message.
    Wrong(Py<PyAny>),
}

/// What the runtime does for a [`Sending`]; dropped, it is called off.
struct Running {
    shared: Arc<Shared>,
    driver: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// What the runtime's thread and those of Python share.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// There are messages, or an end of them.
    given: Notify,
    /// There are results, or an end of them.
    answered: Notify,
}

#[derive(Default)]
struct State {
    /// Messages that the client has not taken yet.
    messages: VecDeque<(usize, Message)>,
    /// There is no room for more, so that messages need not wait for others.
    full: bool,
    /// Nothing more comes at all.
    ended: bool,
    /// The positions of messages that the client has, by how many it took before.
    positions: HashMap<usize, usize>,
    taken: usize,
    results: VecDeque<(usize, Outcome)>,
    /// How many messages were given.
    given: usize,
    /// How many of them have results that were not handed over, or none yet.
    under_way: usize,
    /// The driver has failed.
    broken: bool,
}

impl State {
    fn done(&self) -> bool {
        self.broken || (self.ended && self.under_way == 0)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Messages for one request: as many as fit, or as come shortly after each other. `None` after the last.
    async fn next_messages(&self, most: usize) -> Option<Vec<Message>> {
        let mut begun = None;
        loop {
            {
                let mut state = self.lock();
                let count = state.messages.len().min(most);
                if count == most || (count > 0 && (state.full || state.ended)) {
                    return Some(state.take_messages(count));
                }
                if count == 0 && state.ended {
                    return None;
                }
                if count > 0 && begun.is_none() {
                    begun = Some(Instant::now());
                }
            }
            let more = self.given.notified();
            let Some(begun) = begun else {
                more.await;
                continue;
            };
            let patience = (begun + ALL_TOGETHER).min(Instant::now() + TOGETHER);
            if timeout_at(patience, more).await.is_err() {
                let mut state = self.lock();
                let count = state.messages.len().min(most);
                return Some(state.take_messages(count));
            }
        }
    }

    fn answer(&self, taken_before: usize, sent: Result<Receipt, Error>) {
        let mut state = self.lock();
        if let Some(position) = state.positions.remove(&taken_before) {
            state.results.push_back((position, Outcome::Sent(sent)));
        }
        drop(state);
        self.answered.notify_one();
    }

    /// Waits for results: for the first, and for a moment for more, up to half of those that can come. Nothing may come.
    async fn results(&self) {
        self.until(|state| !state.results.is_empty()).await;
        let many = |state: &State| state.results.len() >= CHUNK.min(state.under_way.div_ceil(2));
        let _ = timeout(GATHER, self.until(many)).await;
    }

    async fn until(&self, enough: impl Fn(&State) -> bool) {
        loop {
            {
                let state = self.lock();
                if enough(&state) || state.done() {
                    return;
                }
            }
            self.answered.notified().await;
        }
    }

    fn has_results(&self) -> bool {
        !self.lock().results.is_empty()
    }

    /// Changes something, and has both sides look.
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.given.notify_one();
        self.answered.notify_one();
    }
}

impl State {
    fn take_messages(&mut self, count: usize) -> Vec<Message> {
        let mut messages = Vec::with_capacity(count);
        for (position, message) in self.messages.drain(..count) {
            self.positions.insert(self.taken, position);
            self.taken += 1;
            messages.push(message);
        }
        messages
    }
}

/// The messages as the client takes them.
fn messages(shared: Arc<Shared>, together: usize) -> impl Stream<Item = Message> {
    let chunks = stream::unfold(shared, move |shared| async move {
        let messages = shared.next_messages(together).await?;
        Some((stream::iter(messages), shared))
    });
    chunks.flatten()
}

/// Sends what is given, until there is an end of it. It goes on also where nobody takes results, so that answers are read
/// in time.
async fn drive(client: Client, shared: Arc<Shared>) {
    let together = client.batch_size();
    let sending = async {
        let messages = messages(Arc::clone(&shared), together);
        let mut results = client.send_many_while_polled(messages, pending());
        while let Some((taken_before, sent)) = results.next().await {
            shared.answer(taken_before, sent);
        }
    };
    if AssertUnwindSafe(sending).catch_unwind().await.is_err() {
        shared.change(|state| state.broken = true);
    }
}

impl Sending {
    /// Begins, without a message.
    pub(crate) fn begin(py: Python<'_>, client: Client) -> PyResult<Self> {
        let room = client.at_once();
        let runtime = handle(py)?;
        let make = || {
            let shared = Arc::new(Shared::default());
            let driving = apart(drive(client, Arc::clone(&shared)));
            let driver = runtime.spawn(driving).abort_handle();
            Ok::<_, PyErr>(Arc::new(Running { shared, driver }))
        };
        let running = PerProcess::new();
        running.get(py, make)?;
        Ok(Self { running, room })
    }

    fn shared(&self, py: Python<'_>) -> PyResult<Arc<Shared>> {
        let words = "the results are closed, or belong to the process that began to send";
        let running = (self.running).get(py, || Err(PyRuntimeError::new_err(words)))?;
        Ok(Arc::clone(&running.shared))
    }

    fn has_room(&self, shared: &Shared) -> bool {
        shared.lock().under_way < self.room
    }

    fn give(&self, shared: &Shared, message: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = message.py();
        let read = match guarded(py, || value::message(message)) {
            Ok(message) => Ok(message),
            Err(error) => Err(wrong(py, error)?),
        };
        shared.change(|state| {
            let position = state.given;
            state.given += 1;
            state.under_way += 1;
            state.full = state.under_way >= self.room;
            match read {
                Ok(message) => state.messages.push_back((position, message)),
                Err(error) => state.results.push_back((position, Outcome::Wrong(error))),
            }
        });
        Ok(())
    }

    /// What is there of results, up to a handful.
    fn take(py: Python<'_>, shared: &Shared) -> PyResult<Vec<(usize, Py<PyAny>)>> {
        let (outcomes, broken) = {
            let mut state = shared.lock();
            let count = state.results.len().min(CHUNK);
            state.under_way -= count;
            let outcomes: Vec<_> = state.results.drain(..count).collect();
            (outcomes, state.broken)
        };
        if broken && outcomes.is_empty() {
            return Err(internal(py));
        }
        let taken = outcomes.into_iter().map(|(position, outcome)| {
            let result = match outcome {
                Outcome::Sent(Ok(receipt)) => results::record(py, &receipt, Nested::One(&RECEIPT))?,
                Outcome::Sent(Err(error)) => exception(py, &error)?.unbind(),
                Outcome::Wrong(error) => error,
            };
            Ok((position, result))
        });
        taken.collect()
    }
}

#[pymethods]
impl Sending {
    /// Takes messages of an iterator, as long as there is room for them and no results are there. Whether there may be
    /// more.
    fn fill(&self, messages: &Bound<'_, PyIterator>) -> PyResult<bool> {
        let shared = self.shared(messages.py())?;
        let mut messages = messages.clone();
        while self.has_room(&shared) {
            let Some(message) = messages.next() else {
                return Ok(false);
            };
            self.give(&shared, &message?)?;
            if shared.has_results() {
                break;
            }
        }
        Ok(true)
    }

    /// Takes one message.
    fn add(&self, message: &Bound<'_, PyAny>) -> PyResult<()> {
        let shared = self.shared(message.py())?;
        self.give(&shared, message)
    }

    /// Whether there is room for a message.
    #[getter(has_room)]
    fn get_has_room(&self, py: Python<'_>) -> PyResult<bool> {
        let shared = self.shared(py)?;
        Ok(self.has_room(&shared))
    }

    /// Says that no more messages come.
    fn end(&self, py: Python<'_>) {
        // What is closed has ended.
        if let Ok(shared) = self.shared(py) {
            shared.change(|state| state.ended = true);
        }
    }

    /// Results that are there.
    #[pyo3(name = "take")]
    fn take_ready<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let shared = self.shared(py)?;
        PyList::new(py, Self::take(py, &shared)?)
    }

    /// Whether there is nothing more to wait for.
    #[getter]
    fn done(&self, py: Python<'_>) -> PyResult<bool> {
        let shared = self.shared(py)?;
        Ok(shared.lock().done())
    }

    /// Waits for results. There are none after the last.
    fn wait<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let shared = self.shared(py)?;
        if !shared.has_results() {
            let waited = Arc::clone(&shared);
            wait(py, async move { waited.results().await })?;
        }
        PyList::new(py, Self::take(py, &shared)?)
    }

    /// Waits for results, or the end of them.
    fn ready<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let shared = self.shared(py)?;
        let start = move |_: Python<'_>| Ok(async move { shared.results().await });
        coroutine(py, start, |_, ()| Ok(()))
    }

    /// Calls off what is under way.
    fn close(&self, py: Python<'_>) {
        drop(self.running.take(py));
    }
}

/// The error of what is no message; an exception of its own, such as a mapping's, is the cause.
fn wrong(py: Python<'_>, error: PyErr) -> PyResult<Py<PyAny>> {
    if error.is_instance(py, &py.import("wamux.errors")?.getattr("WamuxError")?) {
        return Ok(error.into_value(py).into_any());
    }
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    let violation = Violation::error(Code::Invalid, "", "the message raised an exception");
    let raised = raise(py, &Error::from_violations(vec![violation]));
    raised.set_cause(py, Some(error));
    Ok(raised.into_value(py).into_any())
}

/// The iterator of many messages.
pub(crate) fn iterator<'py>(messages: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let one = messages.is_instance_of::<PyString>()
        || messages.is_instance_of::<PyBytes>()
        || messages.is_instance_of::<PyMapping>()
        || messages.is_instance_of::<Record>();
    if one {
        let words = "send_many() takes an iterable of messages; send() takes one message";
        return Err(PyTypeError::new_err(words));
    }
    Ok(messages.try_iter()?.into_any())
}

/// A generator of `wamux._bulk`.
pub(crate) fn results_of<'py>(
    py: Python<'py>,
    name: &str,
    sending: Sending,
    messages: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("wamux._bulk")?
        .call_method1(name, (sending, messages))
}

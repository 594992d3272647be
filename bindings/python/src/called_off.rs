//! Sends that are called off, by a signal or with their task, and what is known of the message then.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use pyo3::prelude::*;
use tokio::sync::oneshot;
use wamux::{Delivery, Error, Kind, Receipt};

use crate::awaited::{begin, start_coroutine};
use crate::errors::raise;
use crate::generated::RECEIPT;
use crate::logging::tell;
use crate::record::Nested;
use crate::results;
use crate::runtime::{Waiting, handle};

/// How long a call that is called off may take to say what is known of it.
const PATIENCE: Duration = Duration::from_millis(100);

/// Ends when the send is called off.
pub(crate) struct CalledOff(oneshot::Receiver<()>);

impl Future for CalledOff {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(context).map(drop)
    }
}

type Sent = Result<Receipt, Error>;

/// Waits for a send, and tells the logger how it ended. Where a signal's handler raises, such as Ctrl-C, the send is
/// called off, and the cause of that exception tells what is known of the message.
pub(crate) fn wait_for_send<F>(
    py: Python<'_>,
    begin: impl FnOnce(CalledOff) -> F,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = Sent> + Send + 'static,
{
    let (call_off, called_off) = oneshot::channel();
    let mut waiting = Waiting::begin(py, begin(CalledOff(called_off)))?;
    match waiting.end(py) {
        Ok(sent) => {
            let sent = receipt(py, sent?);
            match &sent {
                Ok(receipt) => tell(py, receipt.bind(py))?,
                Err(error) => tell(py, error.value(py))?,
            }
            sent
        }
        Err(interruption) => {
            drop(call_off);
            let known = waiting.end_within(py, PATIENCE);
            tell(py, explain(py, &interruption, known).value(py))?;
            Err(interruption)
        }
    }
}

/// A coroutine that sends, and tells the logger how that ended. Where it is cancelled, the send is called off, and the
/// cause of the cancellation tells what is known of the message.
pub(crate) fn send_coroutine<F>(
    py: Python<'_>,
    start: impl FnOnce(Python<'_>, CalledOff) -> PyResult<F> + Send + 'static,
) -> PyResult<Bound<'_, PyAny>>
where
    F: Future<Output = Sent> + Send + 'static,
{
    start_coroutine(py, "send", move |py| {
        let (call_off, called_off) = oneshot::channel();
        let sending = start(py, CalledOff(called_off))?;
        let (answer, told) = oneshot::channel();
        let sending = async move {
            let sent = sending.await;
            // A cancelled coroutine may have gone without listening.
            let _ = answer.send(sent.clone());
            sent
        };
        let (future, _) = begin(py, sending, receipt)?;
        let call_off = CallOff(Mutex::new(Some((call_off, told))));
        Ok((future, call_off).into_pyobject(py)?.into_any().unbind())
    })
}

fn receipt(py: Python<'_>, sent: Sent) -> PyResult<Py<PyAny>> {
    let receipt = sent.map_err(|error| raise(py, &error))?;
    results::record(py, &receipt, Nested::One(&RECEIPT))
}

/// The end of a send that its coroutine has; whatever drops it calls the send off.
#[pyclass(frozen, module = "wamux._native", name = "_CallOff")]
struct CallOff(Mutex<Option<(oneshot::Sender<()>, oneshot::Receiver<Sent>)>>);

#[pymethods]
impl CallOff {
    /// Calls the send off, and makes what is known of it the cause of the exception. What is known; nothing where that
    /// was asked before.
    fn explain(
        &self,
        py: Python<'_>,
        cancellation: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Py<PyAny>>> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((call_off, told)) = taken else {
            return Ok(None);
        };
        drop(call_off);
        let runtime = handle(py)?;
        // The runtime's thread may need the interpreter's lock before it comes to this.
        let known = py.detach(|| {
            let within = async { tokio::time::timeout(PATIENCE, told).await };
            runtime.block_on(within)
        });
        let known = known.ok().and_then(Result::ok);
        let known = explain(py, &PyErr::from_value(cancellation.clone()), known);
        Ok(Some(known.into_value(py).into_any()))
    }
}

/// Makes what is known of a send the cause of the exception that called it off, unless that has a cause of its own. What
/// is known, as an exception.
fn explain(py: Python<'_>, interruption: &PyErr, known: Option<Sent>) -> PyErr {
    let unknown = |words| Error::new(Kind::Cancelled, Delivery::Unknown, words);
    let error = match known {
        Some(Err(error)) => error,
        Some(Ok(receipt)) => unknown("it was called off when the gateway had accepted it")
            .with_gateway(receipt.gateway)
            .with_attempts(receipt.attempts),
        None => unknown("it was called off, and how far it had come cannot be told"),
    };
    let known = raise(py, &error);
    if interruption.cause(py).is_none() {
        interruption.set_cause(py, Some(known.clone_ref(py)));
    }
    known
}

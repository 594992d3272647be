//! What an inbox gives, as records.

use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::Value;
use wamux::inbox;

use crate::generated::EVENT_UNION;
use crate::record::{AddRecords as _, Field, Nested, Record, Shape, Shown, record};
use crate::results;

record! {
    ANSWER, Answer, "wamux", "What to answer to the gateway: a status, some headers and no body.

Attributes:
    status: The HTTP status.
    headers: The headers, by names in lower case.

>>> from wamux import Authentication, Inbox
>>> with Inbox(\"tujenge\", print, authentication=Authentication.basic(\"gateway\", \"correct horse\")) as inbox:
...     inbox.receive(\"POST\", \"/webhook\", {}, b\"{}\")
Answer(status=401, headers={'www-authenticate': 'Basic realm=\"webhook\"'})", None;
    status => Field { name: "status", json_name: "status", doc: "The HTTP status.", nested: Nested::None, shown: Shown::Plain, null: false },
    headers => Field { name: "headers", json_name: "headers", doc: "The headers, by names in lower case.", nested: Nested::None, shown: Shown::All, null: false },
}

record! {
    NOTIFICATION, Notification, "wamux", "An event on its way to the handler.

Attributes:
    alias: The alias of the inbox.
    gateway: The gateway's id.
    key: What the event is known by, 64 hexadecimal digits: the same at every attempt.
    attempt: Which attempt at handling the event this is, from 1. At a later one, the one before may have done all of its work.
    advances: Whether the event tells something new: False for a status of a message that has reached the same or a later one, and for one that nobody documented.
    event: What happened.

>>> from wamux import Notification, parse_webhook
>>> [event] = parse_webhook(\"rapporto\", '[{\"mtNum\": \"107931706\", \"status\": 9}]')
>>> Notification(alias=\"shop\", gateway=\"rapporto\", key=\"0\" * 64, attempt=1, advances=True, event=event).event.status
'read'", None;
    alias => Field { name: "alias", json_name: "alias", doc: "The alias of the inbox.", nested: Nested::None, shown: Shown::Plain, null: false },
    gateway => Field { name: "gateway", json_name: "gateway", doc: "The gateway's id.", nested: Nested::None, shown: Shown::Plain, null: false },
    key => Field { name: "key", json_name: "key", doc: "What the event is known by, 64 hexadecimal digits: the same at every attempt.", nested: Nested::None, shown: Shown::Plain, null: false },
    attempt => Field { name: "attempt", json_name: "attempt", doc: "Which attempt at handling the event this is, from 1. At a later one, the one before may have done all of its work.", nested: Nested::None, shown: Shown::Plain, null: false },
    advances => Field { name: "advances", json_name: "advances", doc: "Whether the event tells something new: False for a status of a message that has reached the same or a later one, and for one that nobody documented.", nested: Nested::None, shown: Shown::Plain, null: false },
    event => Field { name: "event", json_name: "event", doc: "What happened.", nested: EVENT_UNION, shown: Shown::Length, null: false },
}

record! {
    DEAD_EVENT, DeadEvent, "wamux", "An event that was given up after its last attempt.

Attributes:
    key: What the event is known by: `revive` takes it.
    attempts: How many attempts were made at handling it.
    error: Why the last one failed: the exception's class and words.
    event: What happened.", None;
    key => Field { name: "key", json_name: "key", doc: "What the event is known by: `revive` takes it.", nested: Nested::None, shown: Shown::Plain, null: false },
    attempts => Field { name: "attempts", json_name: "attempts", doc: "How many attempts were made at handling it.", nested: Nested::None, shown: Shown::Plain, null: false },
    error => Field { name: "error", json_name: "error", doc: "Why the last one failed: the exception's class and words.", nested: Nested::None, shown: Shown::Length, null: false },
    event => Field { name: "event", json_name: "event", doc: "What happened.", nested: EVENT_UNION, shown: Shown::Length, null: false },
}

/// Adds the classes to the module.
pub(crate) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_record::<Answer>(&ANSWER)?;
    module.add_record::<Notification>(&NOTIFICATION)?;
    module.add_record::<DeadEvent>(&DEAD_EVENT)
}

pub(crate) fn answer(py: Python<'_>, answer: inbox::Answer) -> PyResult<Py<PyAny>> {
    let headers = PyDict::new(py);
    for (name, value) in answer.headers {
        headers.set_item(name, value)?;
    }
    let status = answer.status.into_py_any(py)?;
    (ANSWER.make)(
        py,
        Box::new([Some(status), Some(headers.into_any().unbind())]),
    )
}

pub(crate) fn notification(
    py: Python<'_>,
    notification: &inbox::Notification,
) -> PyResult<Py<PyAny>> {
    results::record(py, notification, Nested::One(&NOTIFICATION))
}

pub(crate) fn all_dead<'py>(
    py: Python<'py>,
    events: &[inbox::Dead],
) -> PyResult<Bound<'py, PyList>> {
    let records = events.iter().map(|event| dead(py, event));
    PyList::new(py, records.collect::<PyResult<Vec<_>>>()?)
}

fn dead(py: Python<'_>, dead: &inbox::Dead) -> PyResult<Py<PyAny>> {
    let text = dead.event.as_str();
    // Whatever has become of one in the store must not hide the others.
    let event = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let values = [
        dead.key.to_string().into_py_any(py)?,
        dead.attempts.into_py_any(py)?,
        dead.error.as_str().into_py_any(py)?,
        results::to_python(py, event, EVENT_UNION)?,
    ];
    (DEAD_EVENT.make)(py, values.map(Some).into())
}

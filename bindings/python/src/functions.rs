//! What needs no network: building, checking, reading.
//!
//! All of it runs under the interpreter's lock. It takes microseconds; and what the engine makes once a process, such as
//! a compiled schema, is then never in the making while another thread forks.

use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyInt, PyList, PyTuple};
use wamux::gateway::{self, Gateway};
use wamux::{Request, Response, Violation};

use crate::errors::{self, exception, raise};
use crate::generated::{
    CAPABILITIES, EVENT_UNION, GATEWAY_CODE, PHONE_NUMBER, RECEIPT, REQUEST, VIOLATION,
};
use crate::name::Name;
use crate::record::Nested;
use crate::runtime::guarded;
use crate::{results, settings, value};

/// A gateway that is only read from, which takes no settings.
pub(crate) fn reader(py: Python<'_>, id: &str) -> PyResult<&'static dyn Gateway> {
    gateway::reader(id).map_err(|error| raise(py, &error))
}

/// Builds the request that a message becomes, without sending it.
///
/// `settings` are those of `Client`; credentials show as `***`, present and absent ones alike. The body is as it stands
/// on the wire: str, or bytes where it is no text, such as a form with a file.
///
/// Raises ValidationError or UnsupportedError, with every violation, for a message that breaks a rule, and
/// ConfigurationError for a gateway or setting that there is not.
///
/// >>> import wamux
/// >>> request = wamux.build_request(
/// ...     "devino-v2", {"to": "8 (903) 456-78-90", "type": "text", "text": {"body": "Hi"}}, from_="MyCompany"
/// ... )
/// >>> request.body
/// '{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Hi"}}'
/// >>> request.headers["authorization"]
/// 'Key ***'
#[pyfunction]
#[pyo3(signature = (gateway, message, /, **settings))]
pub(crate) fn build_request(
    py: Python<'_>,
    gateway: Name,
    message: &Bound<'_, PyAny>,
    settings: Option<&Bound<'_, PyDict>>,
) -> PyResult<Py<PyAny>> {
    guarded(py, || {
        let gateway = builder(py, &gateway, settings)?;
        let message = value::message(message)?;
        let built = wamux::build_one(&*gateway, &message);
        let (request, checked) = built.map_err(|error| raise(py, &error))?;
        shown(py, &request, &checked.warnings)
    })
}

/// A gateway to build requests for.
pub(crate) enum Builder {
    /// Of settings, whose credentials show as `***`.
    Open(Box<dyn Gateway>),
    /// Without settings, which is made once a process.
    Shared(&'static dyn Gateway),
}

impl std::ops::Deref for Builder {
    type Target = dyn Gateway;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Open(gateway) => gateway.as_ref(),
            Self::Shared(gateway) => *gateway,
        }
    }
}

pub(crate) fn builder(
    py: Python<'_>,
    gateway: &str,
    settings: Option<&Bound<'_, PyDict>>,
) -> PyResult<Builder> {
    let Some(settings) = settings.filter(|settings| !settings.is_empty()) else {
        return reader(py, gateway).map(Builder::Shared);
    };
    let (settings, _) = settings::read(py, Some(settings))?;
    let opened = gateway::open(gateway, &settings.masked());
    opened.map(Builder::Open).map_err(|error| raise(py, &error))
}

/// A request as a record.
pub(crate) fn shown(
    py: Python<'_>,
    request: &Request,
    warnings: &[Violation],
) -> PyResult<Py<PyAny>> {
    let headers = PyDict::new(py);
    for (name, value) in request.headers_as_text() {
        headers.set_item(name, value)?;
    }
    let warnings = warnings
        .iter()
        .map(|warning| results::record(py, warning, Nested::One(&VIOLATION)));
    let warnings = warnings.collect::<PyResult<Vec<_>>>()?;
    let body = request.body.as_bytes();
    let body = match std::str::from_utf8(body) {
        Ok(text) => text.into_py_any(py)?,
        Err(_) => PyBytes::new(py, body).into_any().unbind(),
    };
    let values = [
        request.method.as_str().into_py_any(py)?,
        request.url().into_py_any(py)?,
        headers.into_any().unbind(),
        body,
        PyTuple::new(py, warnings)?.into_any().unbind(),
    ];
    (REQUEST.make)(py, values.map(Some).into())
}

/// Checks a native payload, as its author writes it for one gateway, against that gateway's rules.
///
/// `payload` is a mapping or JSON text; `call` is the name of a call, without it the send call. Returns the violations,
/// warnings among them; an empty list means that the payload is valid.
///
/// Raises ConfigurationError for a gateway or call that there is not, and ValidationError for what is not JSON.
///
/// >>> import wamux
/// >>> [violation] = wamux.validate_payload(
/// ...     "devino-v2", {"from": "MyCompany", "type": "text", "text": {"body": "Hi"}}
/// ... )
/// >>> violation.path, violation.code
/// ('to', 'must.be.not.null')
#[pyfunction]
#[pyo3(signature = (gateway, payload, /, call = None))]
pub(crate) fn validate_payload<'py>(
    py: Python<'py>,
    gateway: Name,
    payload: &Bound<'py, PyAny>,
    call: Option<Name>,
) -> PyResult<Bound<'py, PyList>> {
    guarded(py, || {
        let profile = gateway::profile(&gateway).map_err(|error| raise(py, &error))?;
        let payload = value::payload(payload)?;
        let violations = wamux::validate_payload(profile, call.as_deref(), &payload)
            .map_err(|error| raise(py, &error))?;
        let violations = violations
            .iter()
            .map(|violation| results::record(py, violation, Nested::One(&VIOLATION)));
        PyList::new(py, violations.collect::<PyResult<Vec<_>>>()?)
    })
}

/// Reads the body of a gateway's webhook: all its events, in order.
///
/// `body` is the text or bytes as they came, at most 1 MiB. An item that cannot be read is an `ErrorEvent` beside the
/// others.
///
/// Raises ProtocolError for a body that is too long, not JSON, or not shaped as the gateway documents, and
/// ConfigurationError for a gateway that there is not.
///
/// >>> import wamux
/// >>> [event] = wamux.parse_webhook("rapporto", '[{"mtNum": "107931706", "status": 9}]')
/// >>> event.type, event.status, event.message_id
/// ('status', 'read', '107931706')
#[pyfunction]
#[pyo3(signature = (gateway, body, /))]
pub(crate) fn parse_webhook<'py>(
    py: Python<'py>,
    gateway: Name,
    body: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    guarded(py, || {
        let gateway = reader(py, &gateway)?;
        let body = bytes(body)?;
        let events = wamux::events(gateway, body).map_err(|error| raise(py, &error))?;
        let events = events
            .iter()
            .map(|event| results::record(py, event, EVENT_UNION));
        PyList::new(py, events.collect::<PyResult<Vec<_>>>()?)
    })
}

/// Reads a gateway's answer to a send call: a `Receipt` or an error for each message that it speaks of, in order.
///
/// `body` is the text or bytes as they came, `status` the HTTP status. Errors are returned and not raised, since each
/// message has its own.
///
/// Raises ConfigurationError for a gateway that there is not.
///
/// >>> import wamux
/// >>> [receipt] = wamux.parse_response("devino-v2", '{"result":[{"code":"OK","messageId":"34825"}]}')
/// >>> receipt.message_id
/// '34825'
/// >>> [error] = wamux.parse_response("devino-v2", "<html>", status=504)
/// >>> error
/// UnavailableError('devino-v2: unavailable: the gateway is not working at the moment; HTTP 504 (may have been sent)')
#[pyfunction]
#[pyo3(signature = (gateway, body, /, status = HttpStatus(200)), text_signature = "(gateway, body, /, status=200)")]
pub(crate) fn parse_response<'py>(
    py: Python<'py>,
    gateway: Name,
    body: &Bound<'py, PyAny>,
    status: HttpStatus,
) -> PyResult<Bound<'py, PyList>> {
    guarded(py, || {
        let gateway = reader(py, &gateway)?;
        let response = Response::new(status.0, bytes(body)?.to_vec());
        let answers = wamux::decode(gateway, &response, None);
        let answers = answers.iter().map(|answer| match answer {
            Ok(receipt) => results::record(py, receipt, Nested::One(&RECEIPT)),
            Err(error) => Ok(exception(py, error)?.unbind()),
        });
        PyList::new(py, answers.collect::<PyResult<Vec<_>>>()?)
    })
}

/// The status of an answer, 100 to 599.
pub(crate) struct HttpStatus(pub(crate) u16);

impl<'py> FromPyObject<'_, 'py> for HttpStatus {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let status = value.cast::<PyInt>()?.extract::<u16>().ok();
        let status = status.filter(|status| (100..=599).contains(status));
        status.map(Self).ok_or_else(|| {
            errors::configuration(value.py(), "status must be an HTTP status, 100 to 599")
        })
    }
}

/// What a gateway can send, and the limits of its calls.
///
/// `gateway` is an id of `GATEWAYS`. Raises ConfigurationError for a gateway that there is not.
///
/// >>> import wamux
/// >>> able = [id for id in wamux.GATEWAYS if "group" in wamux.capabilities(id).sends]
/// >>> able
/// ['tujenge', 'chat-api']
#[pyfunction]
#[pyo3(signature = (gateway, /))]
pub(crate) fn capabilities(py: Python<'_>, gateway: Name) -> PyResult<Py<PyAny>> {
    guarded(py, || {
        let profile = gateway::profile(&gateway).map_err(|error| raise(py, &error))?;
        results::record(py, &profile.describe(), Nested::One(&CAPABILITIES))
    })
}

/// The codes that a gateway documents, and what each means for a message.
///
/// `gateway` is an id of `GATEWAYS`. Raises ConfigurationError for a gateway that there is not.
///
/// >>> import wamux
/// >>> [outside] = [code for code in wamux.codes("devino-v2") if code.code == "2312"]
/// >>> outside.kind, outside.retryable
/// ('window_closed', False)
#[pyfunction]
#[pyo3(signature = (gateway, /))]
pub(crate) fn codes(py: Python<'_>, gateway: Name) -> PyResult<Bound<'_, PyList>> {
    guarded(py, || {
        let profile = gateway::profile(&gateway).map_err(|error| raise(py, &error))?;
        let codes = profile
            .codes()
            .map(|row| results::record(py, row, Nested::One(&GATEWAY_CODE)));
        PyList::new(py, codes.collect::<PyResult<Vec<_>>>()?)
    })
}

/// A body: its bytes, or its text in UTF-8.
pub(crate) fn bytes<'a>(body: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    if let Ok(bytes) = body.cast::<PyBytes>() {
        return Ok(bytes.as_bytes());
    }
    value::json_text(body)?
        .ok_or_else(|| pyo3::exceptions::PyTypeError::new_err("a body must be str or bytes"))
}

/// Reads a phone number as people write it.
///
/// `region` is where the number is dialled, such as `RU`; without it the number begins with its country code. `strict`
/// refuses numbers that are possible but not assigned.
///
/// Raises PhoneNumberError, whose `code` says what is wrong (`too_short`, `letters`, …), and ConfigurationError for a
/// region that there is not.
///
/// >>> import wamux
/// >>> wamux.normalize_phone("8 (903) 456-78-90", region="RU").e164
/// '+79034567890'
/// >>> wamux.normalize_phone("+7 903 456")
/// Traceback (most recent call last):
///     ...
/// wamux.errors.PhoneNumberError: the number has fewer digits than numbers of its country have; write it in full, ...
#[pyfunction]
#[pyo3(signature = (text, /, region = None, *, strict = false))]
pub(crate) fn normalize_phone(
    py: Python<'_>,
    text: &Bound<'_, pyo3::types::PyString>,
    region: Option<Name>,
    strict: bool,
) -> PyResult<Py<PyAny>> {
    guarded(py, || {
        let region = region
            .map(|region| region.parse::<wamux::phone::Region>())
            .transpose();
        let region =
            region.map_err(|error| errors::configuration(py, format!("region: {error}")))?;
        let text = text
            .to_str()
            .map_err(|_| raise(py, &value::lone_surrogate("")))?;
        let options = wamux::phone::Options { region, strict };
        let number =
            wamux::phone::parse(text, &options).map_err(|error| errors::phone(py, error))?;
        results::record(py, &number, Nested::One(&PHONE_NUMBER))
    })
}

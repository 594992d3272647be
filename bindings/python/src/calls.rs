//! Calls beyond sending, by the names that the generated methods of `wamux._calls` give.

use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyAnyMethods, PyDict};
use serde_json::{Map, Value};
use wamux::gateway::{Profile, REGISTRY};
use wamux::http::Method;
use wamux::{CallProfile, Code, Delivery, Error, Kind, PreparedCall, Source, Transfer, Violation};

use crate::errors::raise;
use crate::functions::{HttpStatus, builder, bytes, reader, shown};
use crate::generated::OUTPUTS;
use crate::name::Name;
use crate::record::Nested;
use crate::runtime::guarded;
use crate::source::{Raised, source};
use crate::{results, value};

/// A call whose arguments break no rule, and what the source of its upload raises.
pub(crate) struct Prepared {
    pub(crate) call: PreparedCall,
    pub(crate) raised: Raised,
    pub(crate) transfer: Transfer,
    pub(crate) output: Nested,
}

/// Checks a call of a client's gateway.
///
/// It runs under the interpreter's lock, as the check of a message does.
pub(crate) fn prepared(
    py: Python<'_>,
    client: &wamux::Client,
    gateway: &str,
    name: &str,
    arguments: &Bound<'_, PyDict>,
    given: Option<&Bound<'_, PyAny>>,
) -> PyResult<Prepared> {
    let own = client.gateway().profile();
    if own.id != gateway {
        let words = format!(
            "{name} is a call of {gateway}, and this client is one of {}",
            own.id
        );
        let error = Error::new(Kind::Unsupported, Delivery::NotSent, words);
        return Err(raise(py, &error.with_gateway(own.id)));
    }
    let call = find(py, own, name)?;
    let arguments = given_arguments(arguments)?;
    let raised = Raised::default();
    let source = given.map(|given| source(given, &raised)).transpose()?;
    let prepared = client.prepare_call(call, &arguments, source);
    Ok(Prepared {
        call: prepared.map_err(|error| raise(py, &error))?,
        raised,
        transfer: call.transfer,
        output: output(gateway, name),
    })
}

/// The arguments of a method; one that is left out is None.
pub(crate) fn given_arguments(arguments: &Bound<'_, PyDict>) -> PyResult<Value> {
    let mut given = value::payload(arguments)?;
    if let Value::Object(members) = &mut given {
        members.retain(|_, value| !value.is_null());
    }
    Ok(given)
}

fn find(py: Python<'_>, profile: &Profile, name: &str) -> PyResult<&'static CallProfile> {
    profile.find_call(name).map_err(|error| raise(py, &error))
}

/// What a call answers, as records.
fn output(gateway: &str, name: &str) -> Nested {
    let row = OUTPUTS.iter().find(|row| (row.0, row.1) == (gateway, name));
    row.map_or(Nested::None, |row| row.2)
}

/// The method of a call that has no name.
pub(crate) fn http_method(py: Python<'_>, text: &str) -> PyResult<Method> {
    Method::from_bytes(text.as_bytes()).map_err(|_| {
        let words = "must be an HTTP method such as GET";
        let violation = Violation::error(Code::Invalid, "method", words);
        raise(py, &Error::from_violations(vec![violation]))
    })
}

/// The body of a call that has no name: JSON text, or what has one.
pub(crate) fn json_body(given: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    match value::json_text(given)? {
        Some(text) => Ok(text.to_vec()),
        None => Ok(value::payload(given)?.to_string().into_bytes()),
    }
}

/// Builds the request of a call beyond sending, for an HTTP client of your own.
///
/// `name` is that of the method, such as `mark_as_read`; `arguments` are a mapping or JSON text. What a call uploads is
/// yours to send; `length` says how many bytes that is, so that its limit is checked. `settings` are those of `Client`;
/// credentials show as `***`, present and absent ones alike.
///
/// Raises ValidationError, with every violation, for arguments that break a rule, and ConfigurationError for a gateway,
/// call or setting that there is not.
///
/// >>> import wamux
/// >>> request = wamux.build_call("tujenge", "mark_as_read", {"message_id": "ABGGFlA5FpafAgo6tHcNmNjXmuSf"})
/// >>> request.method, request.url, request.body
/// ('PUT', 'https://waba.tujenge.io/v1/messages/ABGGFlA5FpafAgo6tHcNmNjXmuSf', '{"status":"read"}')
#[pyfunction]
#[pyo3(signature = (gateway, name, arguments = None, /, *, length = None, **settings))]
pub(crate) fn build_call(
    py: Python<'_>,
    gateway: Name,
    name: Name,
    arguments: Option<&Bound<'_, PyAny>>,
    length: Option<u64>,
    settings: Option<&Bound<'_, PyDict>>,
) -> PyResult<Py<PyAny>> {
    guarded(py, || {
        let gateway = builder(py, &gateway, settings)?;
        let call = find(py, gateway.profile(), &name)?;
        let arguments = arguments.map(value::payload).transpose()?;
        let arguments = arguments.unwrap_or_else(|| Map::new().into());
        let source = length.map(Source::of_length);
        let request = call.request(&*gateway, &arguments, source);
        shown(py, &request.map_err(|error| raise(py, &error))?, &[])
    })
}

/// Reads a gateway's answer to a call beyond sending: what the method of that name returns.
///
/// `body` is the text or bytes as they came, `status` the HTTP status.
///
/// Raises the WamuxError that the answer tells of, ProtocolError for one that cannot be read, and ConfigurationError for
/// a gateway or call that there is not.
///
/// >>> import wamux
/// >>> media = wamux.parse_call_response("tujenge", "upload_media", '{"media": [{"id": "f043afd0"}]}')
/// >>> media.id
/// 'f043afd0'
#[pyfunction]
#[pyo3(
    signature = (gateway, name, body, /, status = HttpStatus(200)),
    text_signature = "(gateway, name, body, /, status=200)"
)]
pub(crate) fn parse_call_response(
    py: Python<'_>,
    gateway: Name,
    name: Name,
    body: &Bound<'_, PyAny>,
    status: HttpStatus,
) -> PyResult<Py<PyAny>> {
    guarded(py, || {
        let call = find(py, reader(py, &gateway)?.profile(), &name)?;
        let response = wamux::Response::new(status.0, bytes(body)?.to_vec());
        let answer = call.decode(reader(py, &gateway)?, &response);
        let answer = answer.map_err(|error| raise(py, &error))?;
        results::to_python(py, answer, output(&gateway, &name))
    })
}

/// The calls of one gateway, as an attribute of a class of clients: `client.chat_api`.
#[pyclass(frozen, module = "wamux._native", name = "_GatewayCalls")]
struct GatewayCalls {
    name: String,
    /// The class in `wamux._calls`.
    class: String,
    #[pyo3(get, name = "__doc__")]
    doc: String,
}

#[pymethods]
impl GatewayCalls {
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        instance: &Bound<'py, PyAny>,
        _owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if instance.is_none() {
            return Ok(slf.clone().into_any());
        }
        py.import("wamux._calls")?
            .getattr(slf.get().class.as_str())?
            .call1((instance,))
    }

    fn __set__(&self, _instance: &Bound<'_, PyAny>, _value: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyAttributeError::new_err(format!(
            "`{}` cannot be changed",
            self.name
        )))
    }
}

/// Gives both classes of clients the calls of each gateway that has some.
pub(crate) fn add_attributes(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let with_calls = REGISTRY.iter().filter(|profile| !profile.calls.is_empty());
    for profile in with_calls {
        for (client, prefix) in [("Client", ""), ("AsyncClient", "Async")] {
            let name = profile.id.replace('-', "_");
            let words = profile.id.split('-').map(|word| {
                let (first, rest) = word.split_at(1.min(word.len()));
                first.to_uppercase() + rest
            });
            let attribute = GatewayCalls {
                class: format!("{prefix}{}Calls", words.collect::<String>()),
                doc: format!("The calls of {}.", profile.id),
                name: name.clone(),
            };
            let class = module.getattr(client)?;
            class.setattr(name, Bound::new(module.py(), attribute)?)?;
        }
    }
    Ok(())
}

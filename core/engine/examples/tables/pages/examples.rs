//! The examples of calls in `docs/calls/examples.json`, from which those of every language are made.

use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Calls that belong together, in an order in which they can be made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) title: String,
    /// What a test asks of the sandbox before.
    #[serde(default)]
    pub(super) before: Vec<Before>,
    pub(super) steps: Vec<Step>,
}

/// A request of a test, and the name of what its answer has at a JSON Pointer.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(rename = "as")]
    pub(super) name: Option<String>,
}

/// One call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) call: String,
    /// Its arguments; `$name` is what `before` has named, and `$name.member` a member of an earlier answer.
    pub(super) arguments: Map<String, Value>,
    /// The file that is uploaded or written.
    pub(super) file: Option<String>,
    /// The name of the answer, for later calls.
    #[serde(rename = "as")]
    pub(super) name: Option<String>,
    /// The member of the answer that is printed.
    pub(super) show: Option<String>,
    /// Arguments of types that JSON does not tell, in Rust.
    #[serde(default)]
    pub(super) rust: Map<String, Value>,
}

/// The groups of a gateway's calls; none where it has no calls. Every call has an example.
pub(super) fn of(gateway: &str, schema: &Value) -> io::Result<Vec<Group>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/calls/examples.json");
    let text = std::fs::read_to_string(path)?;
    let mut gateways: Map<String, Value> = serde_json::from_str(&text)?;
    let groups = gateways
        .remove(gateway)
        .unwrap_or_else(|| Value::Array(Vec::new()));
    let groups: Vec<Group> = serde_json::from_value(groups)?;
    for call in calls(schema, gateway) {
        let is_it = |step: &Step| call["name"] == step.call.as_str();
        if !groups.iter().flat_map(|group| &group.steps).any(is_it) {
            return Err(io::Error::other(format!(
                "there is no example of {}",
                call["name"]
            )));
        }
    }
    Ok(groups)
}

/// What the schema says of the calls of a gateway.
pub(super) fn calls<'s>(schema: &'s Value, gateway: &str) -> impl Iterator<Item = &'s Value> {
    schema["gateways"][gateway].as_array().into_iter().flatten()
}

/// What the schema says of a call.
pub(super) fn call<'s>(schema: &'s Value, gateway: &str, name: &str) -> io::Result<&'s Value> {
    calls(schema, gateway)
        .find(|call| call["name"] == name)
        .ok_or_else(|| io::Error::other(format!("{gateway} has no call {name}")))
}

/// The name that a text refers to, and the member of it.
pub(super) fn reference(value: &Value) -> Option<(&str, Option<&str>)> {
    let name = value.as_str()?.strip_prefix('$')?;
    Some(match name.split_once('.') {
        Some((name, member)) => (name, Some(member)),
        None => (name, None),
    })
}

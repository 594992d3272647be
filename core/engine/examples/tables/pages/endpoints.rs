//! What is covered of the calls that the vendors' pages have.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::calls::anchor;
use super::examples;

/// A gateway of `docs/calls/endpoints.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Covered {
    /// Where the sandbox has the gateway.
    base: String,
    endpoints: Vec<Endpoint>,
}

/// An endpoint of a gateway.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endpoint {
    /// The method and the path, as the vendor writes them.
    endpoint: String,
    call: String,
}

/// The names of a call's vectors.
#[derive(Default)]
struct Vectors {
    requests: Vec<String>,
    answers: Vec<String>,
}

/// The endpoints of a gateway, each with what shows that its call works.
pub(super) fn table(gateway: &str) -> io::Result<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let text = fs::read_to_string(docs.join("calls/endpoints.json"))?;
    let mut gateways: BTreeMap<String, Covered> = serde_json::from_str(&text)?;
    let nothing = || io::Error::other(format!("there are no endpoints of {gateway}"));
    let Covered { base, endpoints } = gateways.remove(gateway).ok_or_else(nothing)?;
    let schema = wamux_engine::calls_schema();
    let groups = examples::of(gateway, &schema)?;
    for call in examples::calls(&schema, gateway) {
        if !endpoints
            .iter()
            .any(|row| call["name"] == row.call.as_str())
        {
            return Err(missing("endpoint", gateway, &call["name"].to_string()));
        }
    }
    let mut vectors = vectors(gateway)?;
    let mut table = String::from(
        "| endpoint | call | vectors | sandbox | example |\n| --- | --- | --- | --- | --- |\n",
    );
    for Endpoint { endpoint, call } in &endpoints {
        let Vectors { requests, answers } = vectors.remove(call).unwrap_or_default();
        if requests.is_empty() || answers.is_empty() {
            return Err(missing(
                "vector of the request or the answer",
                gateway,
                call,
            ));
        }
        let group = groups
            .iter()
            .find(|group| group.steps.iter().any(|step| step.call == *call));
        let title = group.map(|group| group.title.as_str()).unwrap_or_default();
        let path = endpoint
            .split_once(' ')
            .map(|(_, path)| path)
            .unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let _ = writeln!(
            table,
            "| `{endpoint}` | `{call}` | {}; {} | `{base}{path}` | [{title}](../gateways/{gateway}.md#{}) |",
            counted("request", &requests),
            counted("answer", &answers),
            anchor(title),
        );
    }
    Ok(table)
}

fn missing(what: &str, gateway: &str, call: &str) -> io::Error {
    io::Error::other(format!("{gateway}: there is no {what} of {call}"))
}

/// The first of some vectors, and how many there are.
fn counted(what: &str, names: &[String]) -> String {
    match names {
        [name] => format!("{what} `{name}`"),
        [name, rest @ ..] => format!("{what} `{name}` and {} more", rest.len()),
        [] => String::new(),
    }
}

/// The vectors of a gateway's calls, by the calls' names.
fn vectors(gateway: &str) -> io::Result<BTreeMap<String, Vectors>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/calls");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut known: BTreeMap<String, Vectors> = BTreeMap::new();
    for path in paths {
        let file: Vec<Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
        for vector in file {
            let option = |name: &str| -> Option<&str> {
                let arguments = vector["args"].as_array()?;
                let place = arguments.iter().position(|argument| argument == name)?;
                arguments.get(place + 1)?.as_str()
            };
            let (Some(call), true) = (option("--call"), option("--gateway") == Some(gateway))
            else {
                continue;
            };
            let vectors = known.entry(call.to_owned()).or_default();
            let name = vector["name"].as_str().unwrap_or_default().to_owned();
            if vector["output"]["requests"].is_array() {
                vectors.requests.push(name);
            } else if vector["command"] == "decode" {
                vectors.answers.push(name);
            }
        }
    }
    Ok(known)
}

//! What the engine builds, the sandbox accepts: it is written from the documents, by other hands.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use serde_json::Value;
use wamux_cli::Environment;

use support::{Served, wamux_in};

/// What the sandbox refuses all the same, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("another instance", "the sandbox has instance 1 only"),
    (
        "the fallback policy with texts",
        "Devino's page names one policy and implies another; the sandbox has the one",
    ),
];

#[test]
fn the_sandbox_accepts_every_request_of_the_vectors() {
    let served = Served::start();
    let credentials = [
        ("WAMUX_API_KEY", "sandbox-key"),
        ("WAMUX_LOGIN", "sandbox"),
        ("WAMUX_PASSWORD", "sandbox"),
        ("WAMUX_TOKEN", "sandbox-token"),
        ("WAMUX_INSTANCE", "1"),
    ];
    let environment: Environment = credentials.into_iter().collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/build");
    let (mut sent, mut refused) = (0, Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for vector in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
            let name = vector["name"].as_str().unwrap();
            if vector["output"]["requests"].is_null()
                || EXCEPTIONS.iter().any(|(exception, _)| *exception == name)
            {
                continue;
            }
            let arguments = vector["args"].as_array().unwrap();
            let mut arguments: Vec<&str> = arguments.iter().map(|a| a.as_str().unwrap()).collect();
            let gateway = arguments[1];
            let base_url = served.base_url(gateway);
            arguments.insert(0, "send");
            arguments.extend(["--base-url", &base_url]);
            let outcome = wamux_in(
                &environment,
                &arguments,
                vector["input"].to_string().as_bytes(),
            );
            sent += 1;
            if outcome.lines()[0].get("receipt").is_none() {
                refused.push(format!("{gateway}, {name}: {}", outcome.output));
            }
        }
    }
    assert!(sent > 150, "{sent}");
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

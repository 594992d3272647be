//! The examples of calls on the gateways' pages, in Rust and on the command line, against the sandbox.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and examples print"
)]

mod support;

#[rustfmt::skip]
#[path = "call_examples/chat_api.rs"]
mod chat_api;
#[rustfmt::skip]
#[path = "call_examples/tujenge.rs"]
mod tujenge;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use wamux::{Client, Settings};
use wamux_cli::ExitStatus;

use support::Served;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(docs().join(path)).unwrap()).unwrap()
}

/// What is asked of the sandbox before an example: the names of what its answers have, and their values.
fn before(served: &Served, group: &Value) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for request in group["before"].as_array().into_iter().flatten() {
        let mut body = request["body"].to_string();
        for (name, value) in &named {
            body = body.replace(
                &format!("\"${name}\""),
                &Value::from(value.as_str()).to_string(),
            );
        }
        let path = request["post"].as_str().unwrap();
        let answer = served.control(path, &serde_json::from_str(&body).unwrap());
        if let Some(name) = request["as"].as_str() {
            let value = answer.pointer(request["at"].as_str().unwrap());
            let value = value
                .and_then(Value::as_str)
                .unwrap_or_else(|| panic!("{name}: {answer}"));
            named.push((name.to_owned(), value.to_owned()));
        }
    }
    named
}

/// Runs a group's functions in Rust.
fn run_rust(gateway: &str, title: &str, served: &Served, named: &[(String, String)]) {
    let mut settings = Settings::default();
    for (name, value) in served.sandbox.settings(gateway).unwrap() {
        settings.set(name, &value).unwrap();
    }
    let client = Client::from_settings(gateway, &settings).unwrap();
    let values: Vec<String> = named.iter().map(|(_, value)| value.clone()).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let result = runtime.block_on(async {
        match gateway {
            "tujenge" => tujenge::run(title, &client, &values).await,
            _ => chat_api::run(title, &client, &values).await,
        }
    });
    result.unwrap_or_else(|error| panic!("{gateway}, {title}, Rust: {error}"));
}

/// The commands below a heading of a page.
fn commands(page: &str, title: &str) -> Vec<String> {
    let (_, below) = page.split_once(&format!("\n#### {title}\n")).unwrap();
    let (_, block) = below.split_once("\n```sh\n").unwrap();
    let (block, _) = block.split_once("\n```\n").unwrap();
    block.lines().map(str::to_owned).collect()
}

/// Runs `wamux …` and `NAME=$(wamux … | jq -r .output.member)` as a shell does.
fn run_command(
    gateway: &str,
    served: &Served,
    line: &str,
    variables: &mut BTreeMap<String, String>,
) {
    let mut line = line.to_owned();
    for (name, value) in &*variables {
        line = line.replace(&format!("\"${name}\""), &shlex::try_quote(value).unwrap());
    }
    let kept = line.split_once("=$(").map(|(name, rest)| {
        let (command, member) = rest.split_once(" | jq -r .output.").unwrap();
        (
            name.to_owned(),
            command.to_owned(),
            member.strip_suffix(')').unwrap().to_owned(),
        )
    });
    let command = kept.as_ref().map_or(&line, |(_, command, _)| command);
    let words = shlex::split(command).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(words[0], "wamux");
    let outcome = served.wamux(gateway, &words[1..], b"");
    assert_eq!(
        outcome.status,
        ExitStatus::Done,
        "{command}: {} {}",
        outcome.output,
        outcome.errors
    );
    let [answer] = &outcome.lines()[..] else {
        panic!("{command}: {}", outcome.output)
    };
    if let Some((name, _, member)) = &kept {
        let value = answer["output"][member].as_str().unwrap().to_owned();
        variables.insert(name.clone(), value);
    }
}

/// Whether the sandbox was asked at an endpoint, and said yes.
fn was_answered(calls: &[Value], endpoint: &str, base: &str) -> bool {
    let (method, path) = endpoint.split_once(' ').unwrap();
    let path = base.to_owned() + path.split('?').next().unwrap();
    let is_path = |taken: &str| {
        let (wanted, taken): (Vec<_>, Vec<_>) =
            (path.split('/').collect(), taken.split('/').collect());
        wanted.len() == taken.len()
            && wanted
                .iter()
                .zip(taken)
                .all(|(wanted, taken)| wanted.starts_with('{') || *wanted == taken)
    };
    calls.iter().any(|call| {
        let good = call["status"]
            .as_u64()
            .is_some_and(|status| (200..300).contains(&status));
        good && call["method"] == method && call["path"].as_str().is_some_and(is_path)
    })
}

#[test]
fn every_example_runs_in_rust_and_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("photo.png");
    fs::copy(docs().join("calls/photo.png"), photo).unwrap();
    // The examples name their files as a person would. This is the only test of its process.
    std::env::set_current_dir(folder.path()).unwrap();
    let examples: Map<String, Value> = serde_json::from_value(read("calls/examples.json")).unwrap();
    let endpoints = read("calls/endpoints.json");
    for (gateway, groups) in &examples {
        let page = fs::read_to_string(docs().join(format!("gateways/{gateway}.md"))).unwrap();
        let mut calls = Vec::new();
        for group in groups.as_array().unwrap() {
            let title = group["title"].as_str().unwrap();
            let served = Served::start();
            run_rust(gateway, title, &served, &before(&served, group));
            calls.extend(served.calls());
            let served = Served::start();
            let named = before(&served, group).into_iter();
            let mut variables = named
                .map(|(name, value)| (name.to_uppercase(), value))
                .collect();
            for line in commands(&page, title) {
                run_command(gateway, &served, &line, &mut variables);
            }
        }
        let covered = &endpoints[gateway];
        let base = covered["base"].as_str().unwrap();
        for row in covered["endpoints"].as_array().unwrap() {
            let endpoint = row["endpoint"].as_str().unwrap();
            assert!(
                was_answered(&calls, endpoint, base),
                "{gateway}: {endpoint}"
            );
        }
    }
}

//! The gateways' pages: their examples run, their vectors exist, and the codes are those of the vendors' pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wamux::gateway::REGISTRY;

use support::wamux;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The fenced blocks of a page: their tag and their text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(tag) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            let text: Vec<&str> = text.collect();
            blocks.push((tag.to_owned(), text.join("\n")));
        }
    }
    blocks
}

/// Runs an example, as one line, through the command that its tag names, and says what is wrong.
fn fault(gateway: &str, tag: &str, text: &str) -> Option<String> {
    let (command, from): (&str, &[&str]) = match tag {
        "json message" => (
            "build",
            &["--from", "MyCompany", "--template-namespace", "c8ae5f90"],
        ),
        "json payload" => ("validate", &[]),
        "json answer" => ("decode", &[]),
        "json webhook" => ("events", &[]),
        _ => return None,
    };
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Some(error.to_string()),
    };
    let line = value.to_string();
    let mut arguments = vec![command, "--gateway", gateway];
    arguments.extend(from);
    let outcome = wamux(&arguments, line.as_bytes());
    let answer = outcome.lines().remove(0);
    let good = match tag {
        "json message" => answer["requests"].is_array(),
        "json payload" => answer["valid"] == true,
        // An answer that no page has is read, too: as a `protocol` error.
        "json answer" => {
            let results = answer["results"].as_array();
            results.is_some_and(|results| {
                !results.is_empty()
                    && results
                        .iter()
                        .all(|result| result["error"]["kind"] != "protocol")
            })
        }
        _ => {
            let events = answer["events"].as_array();
            events.is_some_and(|events| {
                !events.is_empty() && events.iter().all(|event| event["type"] != "error")
            })
        }
    };
    (!good).then_some(outcome.output)
}

#[test]
fn every_example_of_the_pages_runs() {
    for profile in REGISTRY {
        let path = root().join(format!("docs/gateways/{}.md", profile.id));
        let page = fs::read_to_string(path).unwrap();
        let mut run = 0;
        for (tag, text) in blocks(&page) {
            run += usize::from(tag.starts_with("json "));
            let fault = fault(profile.id, &tag, &text);
            assert_eq!(fault, None, "{}, {tag}: {text}", profile.id);
        }
        assert!(run >= 5, "{} has {run} examples", profile.id);
    }
}

/// A code, the parameter that it refers to, and where it can stand.
fn place(row: &Value) -> (String, String, BTreeSet<String>) {
    let member = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let places = row["where"].as_array().unwrap().iter();
    let places = places.map(|place| place.as_str().unwrap().to_owned());
    (member("code"), member("ref"), places.collect())
}

#[test]
fn the_codes_are_those_that_the_vendors_pages_list() {
    for profile in REGISTRY {
        let path = root().join(format!("tests/codes/{}.json", profile.id));
        let listed: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let listed: BTreeSet<_> = listed.iter().map(place).collect();
        let told = wamux(&["codes", "--gateway", profile.id], b"").lines();
        let told: BTreeSet<_> = told.iter().map(place).collect();
        assert!(!listed.is_empty());
        assert_eq!(told, listed, "{}", profile.id);
    }
}

/// Whether an argument of the vector is the gateway.
fn is_of(vector: &Value, gateway: &str) -> bool {
    let arguments = vector["args"].as_array().unwrap();
    arguments.iter().any(|argument| argument == gateway)
}

/// The names of the gateway's vectors, and of those of phone numbers, which are every gateway's.
fn vectors(gateway: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in fs::read_dir(root().join("tests/vectors")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let file: Vec<Value> = serde_json::from_str(&text).unwrap();
            let fits = |vector: &&Value| vector["command"] == "phone" || is_of(vector, gateway);
            let fitting = file.iter().filter(fits);
            names.extend(fitting.map(|vector| vector["name"].as_str().unwrap().to_owned()));
        }
    }
    names
}

/// The cells of a table's row; none for other lines, heads and rules.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let cells: Vec<&str> = inner.split(" | ").collect();
    (!inner.starts_with("---") && cells.last() != Some(&"vectors")).then_some(cells)
}

#[test]
fn every_row_of_the_coverage_names_vectors_that_exist() {
    for profile in REGISTRY {
        let known = vectors(profile.id);
        let path = root().join(format!("docs/coverage/{}.md", profile.id));
        let page = fs::read_to_string(path).unwrap();
        let done = page.split("## Left out").next().unwrap();
        let rows: Vec<_> = done.lines().filter_map(cells).collect();
        assert!(rows.len() >= 10, "{} has {} rows", profile.id, rows.len());
        for row in rows {
            let named: Vec<&str> = row.last().unwrap().split('`').skip(1).step_by(2).collect();
            assert!(!named.is_empty(), "{}: no vector in {row:?}", profile.id);
            for name in named {
                assert!(known.contains(name), "{}: no vector `{name}`", profile.id);
            }
        }
    }
}

/// What the vectors of a gateway's webhooks tell: statuses, and types of messages.
fn told_by_vectors(gateway: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut statuses, mut types) = (BTreeSet::new(), BTreeSet::new());
    for file in fs::read_dir(root().join("tests/vectors/events")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for vector in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
            if !is_of(&vector, gateway) {
                continue;
            }
            for event in vector["output"]["events"].as_array().into_iter().flatten() {
                if let Some(status) = event["status"].as_str() {
                    statuses.insert(status.to_owned());
                }
                if let Some(content) = event["content"]["type"].as_str() {
                    types.insert(content.to_owned());
                }
            }
        }
    }
    statuses.remove("unknown");
    types.remove("unknown");
    (statuses, types)
}

#[test]
fn what_a_gateway_tells_is_what_its_vectors_tell() {
    for profile in REGISTRY {
        let [line] = &wamux(&["capabilities", "--gateway", profile.id], b"").lines()[..] else {
            panic!()
        };
        let listed = |name: &str| -> BTreeSet<String> {
            let words = line[name].as_array().unwrap().iter();
            words
                .map(|word| word.as_str().unwrap().to_owned())
                .collect()
        };
        let (statuses, types) = told_by_vectors(profile.id);
        assert_eq!(listed("statuses"), statuses, "{}", profile.id);
        assert_eq!(listed("receives"), types, "{}", profile.id);
    }
}

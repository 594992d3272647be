//! Help: every command has it, it ends with an example, and every example works as it is shown.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use wamux_cli::ExitStatus;

use support::{Served, wamux};

const COMMANDS: [&str; 14] = [
    "phone",
    "build",
    "validate",
    "decode",
    "events",
    "codes",
    "capabilities",
    "send",
    "listen",
    "call",
    "media",
    "qr",
    "sandbox",
    "demo",
];

/// The commands whose examples need a server, or are one.
const NEED_A_SERVER: [&str; 6] = ["send", "listen", "call", "media", "qr", "sandbox"];

fn help(command: &str) -> String {
    let mut words: Vec<&str> = command.split(' ').collect();
    words.push("--help");
    let outcome = wamux(&words, b"");
    assert_eq!(outcome.status, ExitStatus::Done);
    outcome.output
}

fn examples(help: &str) -> Vec<&str> {
    help.lines()
        .filter_map(|line| line.trim().strip_prefix("Example: "))
        .collect()
}

/// Runs an example in a shell that finds the command.
fn shell(example: &str) -> Output {
    shell_in(&std::env::temp_dir(), &[], example)
}

fn shell_in(current: &Path, variables: &[(&str, String)], example: &str) -> Output {
    let folder = Path::new(env!("CARGO_BIN_EXE_wamux")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("sh")
        .args(["-c", example])
        .current_dir(current)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .env("PATH", format!("{}:{path}", folder.display()))
        .output()
        .unwrap()
}

#[test]
fn all_commands_are_listed() {
    let help = wamux(&["--help"], b"").output;
    for command in COMMANDS {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command}: {help}"
        );
    }
    let listed = help
        .lines()
        .filter(|line| line.starts_with("  ") && !line.contains('-'))
        .count();
    assert_eq!(
        listed,
        COMMANDS.len() + 1,
        "the commands and `help`: {help}"
    );
}

#[test]
fn every_help_ends_with_an_example() {
    for command in COMMANDS.into_iter().chain(["media put", "media get"]) {
        let help = help(command);
        let last = help.trim_end().lines().last().unwrap();
        assert!(last.starts_with("Example: "), "{command}: {last}");
        assert!(
            last.contains(&format!("wamux {command}")),
            "{command}: {last}"
        );
    }
}

#[cfg(unix)]
#[test]
fn every_example_that_needs_no_server_works() {
    let mut run = 0;
    for command in COMMANDS
        .into_iter()
        .filter(|command| !NEED_A_SERVER.contains(command))
    {
        for example in examples(&help(command)) {
            let output = shell(example);
            assert!(output.status.success(), "{example}: {output:?}");
            assert!(!output.stdout.is_empty(), "{example}");
            run += 1;
        }
    }
    assert!(run >= COMMANDS.len() - NEED_A_SERVER.len());
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_network_work_beside_a_sandbox() {
    let served = Served::start();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cover.png"), b"\x89PNG").unwrap();
    let mut environment = Vec::new();
    for command in ["send", "call", "media", "media put", "media get", "qr"] {
        let help = help(command);
        let examples = examples(&help);
        assert!(!examples.is_empty(), "{help}");
        for example in examples {
            assert!(example.contains("http://127.0.0.1:8420"), "{example}");
            let example = example.replace("http://127.0.0.1:8420", served.sandbox.url());
            let output = shell_in(folder.path(), &environment, &example);
            assert!(output.status.success(), "{example}: {output:?}");
            let line: Value = serde_json::from_slice(&output.stdout).unwrap();
            if let Some(id) = line["output"]["id"].as_str() {
                environment.push(("MEDIA_ID", id.to_owned()));
            }
        }
    }
    assert_eq!(served.sandbox.messages()[0].to, "79034567890");
}

//! Help: every command has it, it ends with an example, and every example works as it is shown.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use wamux_cli::ExitStatus;

use support::{Served, wamux};

const COMMANDS: [&str; 10] = [
    "phone",
    "build",
    "validate",
    "decode",
    "events",
    "codes",
    "capabilities",
    "send",
    "sandbox",
    "demo",
];

fn help(command: &str) -> String {
    let outcome = wamux(&[command, "--help"], b"");
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
    let folder = Path::new(env!("CARGO_BIN_EXE_wamux")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("sh")
        .args(["-c", example])
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
    for command in COMMANDS {
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
        .filter(|command| !["send", "sandbox"].contains(command))
    {
        for example in examples(&help(command)) {
            let output = shell(example);
            assert!(output.status.success(), "{example}: {output:?}");
            assert!(!output.stdout.is_empty(), "{example}");
            run += 1;
        }
    }
    assert!(run >= COMMANDS.len() - 2);
}

#[cfg(unix)]
#[test]
fn the_example_of_send_works_beside_a_sandbox() {
    let served = Served::start();
    let help = help("send");
    let [example] = examples(&help)[..] else {
        panic!("one example: {help}");
    };
    assert!(example.contains("http://127.0.0.1:8420"));
    let example = example.replace("http://127.0.0.1:8420", served.sandbox.url());
    let output = shell(&example);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(served.sandbox.messages()[0].to, "79034567890");
}

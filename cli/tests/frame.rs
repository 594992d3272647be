//! The frame of every command, through `wamux phone`: lines, faults, buffering, exit statuses.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use wamux_cli::{Environment, ExitStatus, Stdio, run};

use support::{Outcome, wamux};

const MAXIMUM_LINE: usize = 1_048_576;

/// The E.164 number of each answer, or the code of its error.
fn summary(outcome: &Outcome) -> Vec<String> {
    outcome
        .lines()
        .iter()
        .map(|line| {
            line["e164"]
                .as_str()
                .or(line["error"]["code"].as_str())
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn answers_have_their_members_in_order() {
    let outcome = wamux(&["phone"], b"+52 55 1234 5678\n+8 916 123-45-67\n");
    let (first, second) = outcome.output.split_once('\n').unwrap();
    assert_eq!(
        first,
        r#"{"input":"+52 55 1234 5678","e164":"+525512345678","digits":"525512345678","region":"MX","valid":true,"wa_id_candidates":["5215512345678"]}"#
    );
    assert!(
        second
            .starts_with(r#"{"input":"+8 916 123-45-67","error":{"code":"plus_eight","message":""#),
        "{second}"
    );
    assert!(outcome.output.ends_with("\"}}\n"));
}

#[test]
fn an_answer_for_every_line_in_order() {
    let outcome = wamux(
        &["phone", "--region", "ru"],
        "89034567890\r\n\nабв\n+442079460018\r\n82101234567".as_bytes(),
    );
    assert_eq!(
        summary(&outcome),
        [
            "+79034567890",
            "empty",
            "letters",
            "+442079460018",
            "+72101234567"
        ]
    );
    let lines = outcome.lines();
    assert_eq!(lines[0]["input"], "89034567890");
    assert_eq!(lines[1]["input"], "");
    assert_eq!(lines[4]["region"], Value::Null);
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert_eq!(outcome.errors, "");
}

#[test]
fn thousands_of_lines() {
    let numbers: Vec<_> = (0..20_000)
        .map(|count| format!("+7903{count:07}"))
        .collect();
    let outcome = wamux(&["phone"], numbers.join("\n").as_bytes());
    assert_eq!(outcome.status, ExitStatus::Done);
    assert_eq!(summary(&outcome), numbers);
}

#[test]
fn one_line_end_makes_an_empty_line_and_none_makes_none() {
    assert_eq!(summary(&wamux(&["phone"], b"\n")), ["empty"]);
    assert_eq!(summary(&wamux(&["phone"], b"\r\n")), ["empty"]);
    let outcome = wamux(&["phone"], b"");
    assert_eq!(
        (outcome.status, outcome.output.as_str()),
        (ExitStatus::Done, "")
    );
}

#[test]
fn a_line_has_a_limit() {
    // Too long for a phone number either way: the message tells whether the line was read at all.
    for (length, end, is_read) in [
        (MAXIMUM_LINE, "\n", true),
        (MAXIMUM_LINE, "\r\n", true),
        (MAXIMUM_LINE, "", true),
        (MAXIMUM_LINE + 1, "\n", false),
        (MAXIMUM_LINE + 1, "\r\n", false),
        (MAXIMUM_LINE + 1, "", false),
        (MAXIMUM_LINE + 2, "\n", false),
        (3 * MAXIMUM_LINE, "\n", false),
    ] {
        let mut input = "9".repeat(length) + end;
        if !end.is_empty() {
            input += "+79034567890\n";
        }
        let outcome = wamux(&["phone"], input.as_bytes());
        let lines = outcome.lines();
        assert_eq!(lines[0]["error"]["code"], "too_long");
        assert_eq!(
            lines[0]["input"].is_string(),
            is_read,
            "{length} and {end:?}"
        );
        let message = lines[0]["error"]["message"].as_str().unwrap();
        assert_eq!(message.contains("1048576"), !is_read, "{message}");
        assert_eq!(lines.len(), if end.is_empty() { 1 } else { 2 });
        if let Some(next) = lines.get(1) {
            assert_eq!(next["e164"], "+79034567890");
        }
        assert_eq!(outcome.status, ExitStatus::Failed);
    }
}

#[test]
fn bytes_that_are_no_text_are_failed_lines_and_the_rest_is_done() {
    let outcome = wamux(
        &["phone"],
        b"+79034567890\n\xff\xfe+7\n+7903\x004567890\n\xd0\n+79034567891\n",
    );
    assert_eq!(
        summary(&outcome),
        [
            "+79034567890",
            "letters",
            "letters",
            "letters",
            "+79034567891"
        ]
    );
    let lines = outcome.lines();
    for index in [1, 2, 3] {
        assert_eq!(lines[index]["input"], Value::Null);
    }
    assert!(
        lines[1]["error"]["message"]
            .as_str()
            .unwrap()
            .contains("UTF-8")
    );
    assert!(
        lines[2]["error"]["message"]
            .as_str()
            .unwrap()
            .contains("NUL")
    );
    assert_eq!(outcome.status, ExitStatus::Failed);
}

#[test]
fn arguments_are_read_in_place_of_lines() {
    let outcome = wamux(
        &[
            "phone",
            "--region",
            "RU",
            "89034567890",
            "8 903",
            "+442079460018",
        ],
        b"+79034567891\n",
    );
    assert_eq!(
        summary(&outcome),
        ["+79034567890", "too_short", "+442079460018"]
    );
    assert_eq!(outcome.status, ExitStatus::Failed);
    let strict = wamux(&["phone", "--strict", "+72101234567"], b"");
    assert_eq!(summary(&strict), ["not_valid"]);
}

#[test]
fn pretty_indents() {
    for arguments in [
        ["--pretty", "phone", "+79034567890"],
        ["phone", "+79034567890", "--pretty"],
    ] {
        let outcome = wamux(&arguments, b"");
        assert!(
            outcome
                .output
                .starts_with("{\n  \"input\": \"+79034567890\",\n  \"e164\""),
            "{}",
            outcome.output
        );
    }
}

#[test]
fn wrong_usage_says_what_is_right() {
    for (arguments, hint) in [
        (&["phone", "--region", "UK"][..], "ISO 3166-1"),
        (&["phone", "--region"], "--region"),
        (&["phone", "--regio", "RU"], "--region"),
        (&["fone"], "phone"),
        (&[], "phone"),
    ] {
        let outcome = wamux(arguments, b"+79034567890\n");
        assert_eq!(outcome.status, ExitStatus::Usage, "{arguments:?}");
        assert!(
            outcome.errors.contains(hint),
            "{arguments:?}: {}",
            outcome.errors
        );
        assert_eq!(outcome.output, "");
    }
}

#[test]
fn help_goes_to_the_output_with_an_example() {
    for arguments in [&["--help"][..], &["phone", "--help"], &["help", "phone"]] {
        let outcome = wamux(arguments, b"");
        assert_eq!(outcome.status, ExitStatus::Done);
        assert!(
            outcome.output.contains("Usage: wamux "),
            "{}",
            outcome.output
        );
        assert!(outcome.output.contains("Example: "), "{}", outcome.output);
        assert_eq!(outcome.errors, "");
    }
    assert!(wamux(&["--version"], b"").output.starts_with("wamux "));
}

/// Gives one chunk a read, and notes how much output was there before each.
struct Slow {
    chunks: Vec<&'static [u8]>,
    seen: Arc<Mutex<Vec<u8>>>,
    before: Vec<usize>,
}

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.before.push(
            self.seen
                .lock()
                .unwrap()
                .split(|byte| *byte == b'\n')
                .count()
                - 1,
        );
        if self.chunks.is_empty() {
            return Ok(0);
        }
        let chunk = self.chunks.remove(0);
        buffer[..chunk.len()].copy_from_slice(chunk);
        Ok(chunk.len())
    }
}

/// What was written and flushed.
struct Shared(Arc<Mutex<Vec<u8>>>, Vec<u8>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap().append(&mut self.1);
        Ok(())
    }
}

#[test]
fn a_slow_input_gets_its_answers_at_once() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut input = Slow {
        chunks: vec![
            b"+79034567890\n",
            b"+79034567891\n+79034567892\n+790345",
            b"67893\n",
        ],
        seen: Arc::clone(&seen),
        before: Vec::new(),
    };
    let status = run(
        ["phone"],
        &Environment::default(),
        Stdio {
            input: &mut input,
            output: &mut Shared(seen, Vec::new()),
            errors: &mut Vec::new(),
        },
    );
    assert_eq!(status, ExitStatus::Done);
    assert_eq!(input.before, [0, 1, 3, 4]);
}

struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

#[test]
fn a_broken_pipe_ends_quietly_and_other_faults_do_not() {
    for (kind, status, is_quiet) in [
        (io::ErrorKind::BrokenPipe, ExitStatus::Done, true),
        (io::ErrorKind::StorageFull, ExitStatus::Failed, false),
    ] {
        let mut errors = Vec::new();
        let outcome = run(
            ["phone"],
            &Environment::default(),
            Stdio {
                input: &mut "+79034567890\n".as_bytes(),
                output: &mut Broken(kind),
                errors: &mut errors,
            },
        );
        assert_eq!(outcome, status);
        assert_eq!(errors.is_empty(), is_quiet);
    }
    let mut errors = Vec::new();
    let status = run(
        ["phone"],
        &Environment::default(),
        Stdio {
            input: &mut Broken(io::ErrorKind::ConnectionReset),
            output: &mut Vec::new(),
            errors: &mut errors,
        },
    );
    assert_eq!(status, ExitStatus::Failed);
    assert!(!errors.is_empty());
}

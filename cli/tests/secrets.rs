//! No credential is shown, whatever goes wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use wamux_cli::Environment;

use support::{Outcome, Served, gateway_ids, wamux, wamux_in};

const SECRET: &str = "hunter2-SECRET";
const SECRET_FLAGS: [&str; 6] = [
    "--api-key",
    "--x-api-key",
    "--login",
    "--password",
    "--token",
    "--proxy",
];
/// The settings whose values may be shown.
const OPEN_SETTINGS: [&str; 10] = [
    "base_url",
    "instance",
    "instance_in_query",
    "header_name",
    "from",
    "region",
    "template_namespace",
    "batch_size",
    "deduplicates",
    "allow_insecure",
];
const TEXT: &str = r#"{"to":"+79034567890","type":"text","text":{"body":"Hi"}}"#;

fn assert_silent(outcome: &Outcome, what: &str) {
    // Basic credentials are encoded: half of the secret in base64 counts, too.
    for hidden in [SECRET, "hunter2", "aHVudGVyMi1TRUNSRVQ"] {
        assert!(
            !outcome.output.contains(hidden),
            "{what}: {}",
            outcome.output
        );
        assert!(
            !outcome.errors.contains(hidden),
            "{what}: {}",
            outcome.errors
        );
    }
}

fn secret_flags() -> Vec<&'static str> {
    SECRET_FLAGS
        .into_iter()
        .flat_map(|flag| [flag, SECRET])
        .collect()
}

fn secret_environment() -> Environment {
    SECRET_FLAGS
        .into_iter()
        .map(|flag| {
            let name = flag
                .trim_start_matches('-')
                .replace('-', "_")
                .to_uppercase();
            (format!("WAMUX_{name}"), SECRET)
        })
        .collect()
}

#[test]
fn every_setting_is_secret_or_is_not() {
    let flag = |name: &str| format!("--{}", name.replace('_', "-"));
    for name in wamux::Settings::NAMES {
        let secret = SECRET_FLAGS.contains(&flag(name).as_str());
        assert_ne!(secret, OPEN_SETTINGS.contains(&name), "{name}");
    }
}

#[test]
fn build_shows_none() {
    for gateway in gateway_ids() {
        let common = ["build", "--gateway", gateway, "--from", "MyCompany"];
        let outcome = wamux(&[&common[..], &secret_flags()].concat(), TEXT.as_bytes());
        assert!(
            outcome.output.contains("***"),
            "{gateway}: {}",
            outcome.output
        );
        assert_silent(&outcome, gateway);
        let outcome = wamux_in(&secret_environment(), &common, TEXT.as_bytes());
        assert!(
            outcome.output.contains("***"),
            "{gateway}: {}",
            outcome.output
        );
        assert_silent(&outcome, gateway);
    }
}

#[test]
fn send_shows_none_where_the_gateway_refuses_them_and_where_it_does_not_answer() {
    let served = Served::start();
    for gateway in gateway_ids() {
        let there = served.base_url(gateway);
        let credentials: Vec<_> = secret_flags()
            .into_iter()
            .take(2 * (SECRET_FLAGS.len() - 1))
            .collect();
        for base_url in [there.as_str(), "http://127.0.0.1:1"] {
            let mut arguments = vec![
                "send",
                "--gateway",
                gateway,
                "--base-url",
                base_url,
                "--from",
                "MyCompany",
            ];
            arguments.extend(&credentials);
            arguments.extend(["--instance", "1", "--timeout", "5"]);
            let outcome = wamux(&arguments, TEXT.as_bytes());
            assert!(
                outcome.output.contains(r#""error""#),
                "{gateway}: {}",
                outcome.output
            );
            assert_silent(&outcome, gateway);
        }
    }
}

#[test]
fn wrong_usage_shows_none() {
    for flag in SECRET_FLAGS {
        let misspelt = flag.replacen("--", "--my-", 1);
        for wrong in [
            vec![flag, SECRET, flag, SECRET],
            vec![flag, SECRET, SECRET],
            vec![flag, "x", SECRET],
            vec![flag, "--hunter2"],
            vec![flag, "-hunter2", "--nothing"],
            vec![&misspelt, SECRET],
            vec![flag, SECRET, "--base-url", "no URL"],
            vec![flag, SECRET, "--timeout", "soon"],
        ] {
            for command in ["build", "send"] {
                let arguments = [&[command, "--gateway", "tujenge"][..], &wrong].concat();
                assert_silent(&wamux(&arguments, b"{\n"), &format!("{arguments:?}"));
            }
        }
        for wrong in [format!("{flag}={SECRET}"), format!("{misspelt}={SECRET}")] {
            for arguments in [
                &["build", "--gateway", "nothing", &wrong][..],
                &["build", &wrong, "--nothing"],
                &["phone", &wrong],
                &["codes", &wrong],
                &["demo", &wrong],
            ] {
                assert_silent(&wamux(arguments, b""), &format!("{arguments:?}"));
            }
        }
    }
}

#[test]
fn help_and_debug_show_none() {
    let environment = secret_environment();
    for command in ["build", "send"] {
        let outcome = wamux_in(&environment, &[command, "--help"], b"");
        assert!(outcome.output.contains("--api-key"));
        assert_silent(&outcome, command);
    }
    let debug = format!("{environment:?}");
    assert!(
        debug.contains("WAMUX_API_KEY") && !debug.contains("hunter2"),
        "{debug}"
    );
}

#[test]
fn what_fails_shows_no_text_and_no_number_on_the_errors() {
    let outcome = wamux(
        &[
            "send",
            "--gateway",
            "tujenge",
            "--to",
            "+79034567890",
            "--text",
            "my text",
            "stray text",
        ],
        b"",
    );
    assert!(!outcome.errors.contains("text'"), "{}", outcome.errors);
    assert!(!outcome.errors.contains("9034567890"), "{}", outcome.errors);
}

//! `wamux qr` against the sandbox's instance.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::thread;
use std::time::{Duration, Instant};

use rqrr::PreparedImage;
use serde_json::{Value, json};
use wamux_cli::ExitStatus;

use support::{Outcome, Served};

const DONE: &str = r#"{"output":{"account_status":"authenticated"}}"#;

fn qr(served: &Served, words: &[&str]) -> Outcome {
    let arguments = [&["qr", "--gateway", "chat-api"], words].concat();
    served.wamux("chat-api", &arguments, b"")
}

fn call(served: &Served, name: &str) -> Value {
    let outcome = served.wamux("chat-api", &["call", "--gateway", "chat-api", name], b"");
    assert_eq!(outcome.status, ExitStatus::Done, "{}", outcome.output);
    outcome.lines()[0]["output"].clone()
}

/// Puts the instance into a state.
fn force(served: &Served, state: &Value) {
    served.control("/_sandbox/instance", state);
}

/// What a phone reads of a code that is drawn in half blocks, on a dark screen.
fn scanned(drawn: &str) -> String {
    let rows: Vec<Vec<char>> = drawn.lines().map(|line| line.chars().collect()).collect();
    let width = rows[0].len();
    let is_light = |x: usize, y: usize| match rows[y / 2].get(x) {
        Some('█') => true,
        Some('▀') => y.is_multiple_of(2),
        Some('▄') => !y.is_multiple_of(2),
        _ => false,
    };
    // A phone sees more than one point for each of the code's.
    let scale = 4;
    let mut image =
        PreparedImage::prepare_from_greyscale(width * scale, rows.len() * 2 * scale, |x, y| {
            if is_light(x / scale, y / scale) {
                255
            } else {
                0
            }
        });
    let grids = image.detect_grids();
    grids[0].decode().unwrap().1
}

/// What the picture at `/qr_code` says.
fn told(served: &Served) -> String {
    let path = std::env::temp_dir().join(format!(
        "wamux-{}-{}.png",
        std::process::id(),
        served.sandbox.url().len()
    ));
    let words = [
        "call",
        "--gateway",
        "chat-api",
        "get_qr_code",
        "--output",
        path.to_str().unwrap(),
    ];
    let outcome = served.wamux("chat-api", &words, b"");
    assert_eq!(
        outcome.lines()[0]["output"]["mime_type"],
        "image/png",
        "{}",
        outcome.output
    );
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let (width, samples) = (frame.width as usize, frame.color_type.samples());
    let mut image = PreparedImage::prepare_from_greyscale(width, frame.height as usize, |x, y| {
        pixels[(y * width + x) * samples]
    });
    let grids = image.detect_grids();
    grids[0].decode().unwrap().1
}

#[test]
fn an_instance_that_is_paired_needs_no_code() {
    let served = Served::start();
    for words in [&[][..], &["--once"]] {
        let outcome = qr(&served, words);
        assert_eq!(
            (outcome.output.trim_end(), outcome.status),
            (DONE, ExitStatus::Done)
        );
    }
}

#[test]
fn the_code_on_the_screen_is_the_gateways() {
    let served = Served::start();
    call(&served, "logout");
    let outcome = qr(&served, &["--once"]);
    assert_eq!(outcome.status, ExitStatus::Done, "{}", outcome.output);
    assert_eq!(scanned(&outcome.output), told(&served));
}

#[test]
fn codes_are_shown_anew_until_a_phone_has_scanned_one() {
    let served = Served::start();
    call(&served, "logout");
    let outcome = thread::scope(|scope| {
        let watching = scope.spawn(|| qr(&served, &["--interval", "0.02"]));
        wait_for_looks(&served, 3);
        let _ = call(&served, "expiry");
        wait_for_looks(&served, 3);
        served.control("/_sandbox/scan", &Value::Null);
        watching.join().unwrap()
    });
    assert_eq!(outcome.status, ExitStatus::Done, "{}", outcome.output);
    let (codes, end) = outcome.output.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(end, DONE);
    let lines: Vec<&str> = codes.lines().collect();
    let [first, second] = [&lines[..lines.len() / 2], &lines[lines.len() / 2..]]
        .map(|half| scanned(&half.join("\n")));
    assert_ne!(first, second, "each code once, and the second is another");
}

/// Waits until the instance was asked for its status so many times more.
fn wait_for_looks(served: &Served, more: usize) {
    let looks = || {
        let calls = served.calls();
        let is_look = |call: &&Value| {
            call["path"]
                .as_str()
                .is_some_and(|path| path.ends_with("/status"))
        };
        calls.iter().filter(is_look).count()
    };
    let (wanted, begin) = (looks() + more, Instant::now());
    while looks() < wanted {
        assert!(begin.elapsed() < Duration::from_secs(20), "nobody looks");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn it_waits_while_the_instance_loads_or_sleeps() {
    let served = Served::start();
    force(&served, &json!({"status": "loading"}));
    let outcome = qr(&served, &["--once"]);
    assert_eq!(
        outcome.output.trim_end(),
        r#"{"output":{"account_status":"loading"}}"#
    );
    let outcome = thread::scope(|scope| {
        let watching =
            scope.spawn(|| qr(&served, &["--interval", "60", "--loading-interval", "0.02"]));
        wait_for_looks(&served, 3);
        force(&served, &json!({"status": "authenticated"}));
        watching.join().unwrap()
    });
    assert_eq!(
        (outcome.output.trim_end(), outcome.status),
        (DONE, ExitStatus::Done)
    );
    // Asking wakes it.
    force(&served, &json!({"status": "init"}));
    let outcome = qr(
        &served,
        &["--interval", "0.02", "--loading-interval", "0.02"],
    );
    assert_eq!(outcome.output.trim_end(), DONE);
}

#[test]
fn an_error_is_a_failed_line() {
    let served = Served::start();
    let outcome = qr(&served, &["--token", "wrong"]);
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert_eq!(outcome.lines()[0]["error"]["kind"], "authentication");
    let outcome = served.wamux("tujenge", &["qr", "--gateway", "tujenge"], b"");
    assert_eq!(outcome.status, ExitStatus::Usage);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    use std::process::{Command, Stdio};

    let served = Served::start();
    call(&served, "logout");
    let settings = served.sandbox.settings("chat-api").unwrap();
    let settings = settings
        .iter()
        .map(|(name, value)| (format!("WAMUX_{}", name.to_uppercase()), value));
    let watching = Command::new(env!("CARGO_BIN_EXE_wamux"))
        .args(["qr", "--gateway", "chat-api", "--interval", "0.05"])
        .envs(settings)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for_looks(&served, 1);
    let interrupt = Command::new("kill")
        .args(["-INT", &watching.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let output = watching.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("interrupted"), "{errors}");
}

//! `wamux listen`: webhooks that the sandbox and others post become events.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![cfg(unix)]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use serde_json::{Value, json};
use wamux_cli::{Environment, ExitStatus};

use support::{Served, wamux, wamux_in};

const SECRET: &str = "correct-horse";
const DELIVERED: &str = r#"[{"messageId":"34825","status":"DELIVERED"}]"#;

/// The command at a free port, until it is interrupted or dropped.
struct Listening {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Listening {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, Stdio::inherit())
    }

    fn start_with(arguments: &[&str], errors: Stdio) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_wamux"))
            .args(["listen", "--port", "0"])
            .args(arguments)
            .env("WAMUX_SECRET", SECRET)
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let url = first["url"].as_str().unwrap().to_owned();
        Self {
            process,
            lines,
            url,
        }
    }

    fn event(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }

    /// Posts a body with the secret, and gives the status of the answer.
    fn post(&self, body: &str) -> u16 {
        self.request("POST", "", &[("X-Secret", SECRET)], body).0
    }

    /// Makes a request below the path, and gives the status and the head of the answer.
    fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, String) {
        let (host, start) = self
            .url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let headers: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let headers = headers.concat();
        let length = body.len();
        let request = format!(
            "{method} /{start}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        read_answer(stream)
    }

    fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Interrupts it, and gives what was still to be read.
    fn interrupt(&mut self) -> Vec<String> {
        self.signal("-INT");
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
        self.lines.by_ref().map(Result::unwrap).collect()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        self.process.wait().unwrap();
    }
}

fn read_answer(mut stream: TcpStream) -> (u16, String) {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

fn with_header<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [
        &["--gateway", "devino-v1", "--secret-header", "X-Secret"],
        more,
    ]
    .concat()
}

#[test]
fn the_statuses_of_a_message_come_from_the_sandbox() {
    let served = Served::start();
    let mut listening = Listening::start(&[
        "--gateway",
        "tujenge",
        "--path",
        "/webhook",
        "--alias",
        "shop",
        "--secret-header",
        "X-Secret",
    ]);
    assert!(listening.url.ends_with("/webhook"));
    served.control(
        "/tujenge/v1/configs/webhook",
        &json!({
            "url": listening.url, "headers": {"X-Secret": SECRET},
        }),
    );
    let sent = served.wamux(
        "tujenge",
        &[
            "send",
            "--gateway",
            "tujenge",
            "--to",
            "8 (903) 456-78-90",
            "--region",
            "RU",
            "--text",
            "Hi",
        ],
        b"",
    );
    let id = sent.lines()[0]["receipt"]["message_id"].clone();
    for status in ["delivered", "read"] {
        let line = listening.event();
        assert_eq!(
            (&line["alias"], &line["gateway"]),
            (&json!("shop"), &json!("tujenge"))
        );
        assert_eq!(
            (&line["attempt"], &line["advances"]),
            (&json!(1), &json!(true))
        );
        assert_eq!(line["event"]["type"], "status");
        assert_eq!(
            (&line["event"]["message_id"], &line["event"]["status"]),
            (&id, &json!(status))
        );
        assert_eq!(line["key"].as_str().unwrap().len(), 64);
    }
    let incoming =
        json!({"gateway": "tujenge", "from": "255712345678", "text": "Hello", "times": 3});
    served.control("/_sandbox/incoming", &incoming);
    assert_eq!(
        listening.event()["event"]["content"]["text"]["body"],
        "Hello"
    );
    // What was posted twice more came before this.
    let incoming = json!({"gateway": "tujenge", "from": "255712345678", "text": "Goodbye"});
    served.control("/_sandbox/incoming", &incoming);
    assert_eq!(
        listening.event()["event"]["content"]["text"]["body"],
        "Goodbye"
    );
    assert_eq!(listening.interrupt(), [""; 0]);
}

#[test]
fn strangers_and_what_is_no_webhook_are_refused() {
    let mut listening = Listening::start(&with_header(&["--path", "/hook/"]));
    let status =
        |method, path, headers: &[_], body| listening.request(method, path, headers, body).0;
    let known = [("X-Secret", SECRET)];
    assert_eq!(status("POST", "", &[], DELIVERED), 401);
    assert_eq!(
        status("POST", "", &[("X-Secret", "battery")], DELIVERED),
        403
    );
    assert_eq!(status("POST", "/other", &known, DELIVERED), 404);
    let (refused, head) = listening.request("GET", "", &known, "");
    assert!(refused == 405 && head.contains("allow: POST"), "{head}");
    // Told to be too large, and sent so without being told. What is not read would break the connection.
    let large = " ".repeat(1024 * 1024 + 1);
    let host = listening
        .url
        .strip_prefix("http://")
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    for encoding in [
        "Content-Length: 1048577\r\n\r\n".to_owned(),
        format!("Transfer-Encoding: chunked\r\n\r\n100001\r\n{large}"),
    ] {
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST /hook HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nX-Secret: {SECRET}\r\n"
        );
        stream.write_all((head + &encoding).as_bytes()).unwrap();
        assert_eq!(read_answer(stream).0, 413);
    }
    // What cannot be read is an event, so that it does not come again.
    assert_eq!(listening.post("<html>"), 200);
    let line = listening.event();
    assert_eq!(
        (&line["event"]["type"], &line["event"]["raw"]),
        (&json!("error"), &json!("\"<html>\""))
    );
    assert_eq!(listening.interrupt(), [""; 0]);
}

/// Flags, what they make the path end with, and the headers that they ask for.
type Case<'a> = (&'a [&'a str], &'a str, &'a [(&'a str, &'a str)]);

#[test]
fn each_way_of_authentication_lets_in_who_knows_the_secret() {
    let cases: [Case<'_>; 4] = [
        (&["--secret-in-path"], SECRET, &[]),
        // gateway:correct-horse
        (
            &["--basic", "gateway"],
            "",
            &[("Authorization", "Basic Z2F0ZXdheTpjb3JyZWN0LWhvcnNl")],
        ),
        (
            &["--signature-header", "X-Signature"],
            "",
            &[(
                "X-Signature",
                "sha256=e6c5db4b451685eb81950ce239794e590a56bcfae66b1c736e725e0800dd2591",
            )],
        ),
        (&["--no-authentication"], "", &[]),
    ];
    for (flags, path, headers) in cases {
        let arguments = [&["--gateway", "devino-v1"], flags].concat();
        let mut listening = Listening::start(&arguments);
        assert!(!listening.url.contains(SECRET));
        if flags != ["--no-authentication"] {
            let (refused, head) = listening.request("POST", "", &[], DELIVERED);
            assert_eq!(refused, 401, "{flags:?}");
            assert_eq!(
                head.contains("www-authenticate: Basic"),
                flags[0] == "--basic"
            );
        }
        assert_eq!(
            listening.request("POST", path, headers, DELIVERED).0,
            200,
            "{flags:?}"
        );
        assert_eq!(listening.event()["event"]["status"], "delivered");
    }
}

#[test]
fn what_a_command_refuses_is_answered_503_or_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("seen");
    // Fails at the first event that it sees.
    let script = format!("cat >> {0}; test $(wc -l < {0}) -gt 1", seen.display());
    let command = format!("sh -c '{script}'");
    let told = folder.path().join("told");
    let errors = fs::File::create(&told).unwrap().into();
    let mut listening = Listening::start_with(&with_header(&["--exec", &command]), errors);
    assert_eq!(listening.post(DELIVERED), 503);
    assert_eq!(listening.post(DELIVERED), 200);
    assert_eq!(listening.post(DELIVERED), 200, "it is known");
    assert_eq!(listening.interrupt(), [""; 0]);
    let told = fs::read_to_string(told).unwrap();
    let [why, what, ..] = *told.lines().collect::<Vec<_>>() else {
        panic!("{told}");
    };
    assert!(
        why.contains("the command has ended with exit status: 1 key="),
        "{why}"
    );
    assert!(
        what.contains("an event was not handled") && what.contains("attempt=1"),
        "{what}"
    );
    let lines: Vec<Value> = read_lines(&seen);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["event"], lines[1]["event"]);

    fs::remove_file(&seen).unwrap();
    let store = format!("sqlite:{}", folder.path().join("inbox").display());
    let mut listening = Listening::start(&with_header(&["--exec", &command, "--store", &store]));
    assert_eq!(listening.post(DELIVERED), 200);
    while fs::read_to_string(&seen)
        .unwrap_or_default()
        .lines()
        .count()
        < 2
    {
        thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(listening.interrupt(), [""; 0]);
    assert_eq!(read_lines(&seen)[1]["attempt"], 2);
}

/// The event is larger than what a pipe holds, and the command leaves a child that keeps the pipe and does not read.
#[cfg(unix)]
#[test]
fn a_command_has_ended_when_it_has_ended_itself() {
    let folder = tempfile::tempdir().unwrap();
    let running = folder.path().join("running");
    fs::write(&running, "").unwrap();
    let child = format!("while test -e {}; do sleep 0.05; done", running.display());
    let command = format!("sh -c 'exec 3<&0; ({child}) <&3 & exit 0'");
    let mut listening = Listening::start(&with_header(&["--exec", &command]));
    assert_eq!(listening.post(&"x".repeat(300_000)), 200);
    fs::remove_file(running).unwrap();
    assert_eq!(listening.interrupt(), [""; 0]);
}

fn read_lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn what_was_given_up_is_shown_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("inbox").display());
    let common = ["listen", "--gateway", "devino-v1", "--store", &store];
    let show = || wamux(&[&common[..], &["--dead"]].concat(), b"");
    let mut listening = Listening::start(&with_header(&[
        "--store",
        &store,
        "--exec",
        "false",
        "--attempts",
        "1",
    ]));
    assert_eq!(listening.post(DELIVERED), 200);
    let dead = loop {
        if let Some(dead) = show().lines().pop() {
            break dead;
        }
        thread::sleep(std::time::Duration::from_millis(5));
    };
    assert_eq!(listening.interrupt(), [""; 0]);
    assert_eq!(dead["attempts"], 1);
    assert!(
        dead["error"].as_str().unwrap().contains("exit status: 1"),
        "{dead}"
    );
    let key = dead["key"].as_str().unwrap();
    let revive = || wamux(&[&common[..], &["--revive", key]].concat(), b"");
    assert_eq!(revive().lines(), [json!({"key": key, "revived": true})]);
    assert_eq!(revive().status, ExitStatus::Failed, "it is dead no more");
    assert_eq!(show().lines(), [json!(null); 0]);
    let mut listening = Listening::start(&with_header(&["--store", &store]));
    assert_eq!(listening.event()["key"], key);
    assert_eq!(listening.interrupt(), [""; 0]);
}

#[test]
fn events_are_forwarded_to_an_address() {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/events?source=wamux",
        receiver.local_addr().unwrap()
    );
    let mut listening = Listening::start(&with_header(&["--forward", &url]));
    let answers = [
        "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 Yes\r\n\r\n",
    ];
    let receiving = thread::spawn(move || {
        answers.map(|answer| {
            let (mut stream, _) = receiver.accept().unwrap();
            let mut request = Vec::new();
            let mut part = [0; 4096];
            while !request.ends_with(b"}}") {
                let length = stream.read(&mut part).unwrap();
                request.extend_from_slice(&part[..length]);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(request).unwrap()
        })
    });
    assert_eq!(listening.post(DELIVERED), 503);
    assert_eq!(listening.post(DELIVERED), 200);
    let [first, second] = receiving.join().unwrap();
    assert!(
        first.starts_with("POST /events?source=wamux HTTP/1.1\r\n"),
        "{first}"
    );
    assert!(
        second
            .to_lowercase()
            .contains("content-type: application/json\r\n"),
        "{second}"
    );
    let body: Value = serde_json::from_str(second.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["event"]["message_id"], "34825");
    assert_eq!(listening.interrupt(), [""; 0]);
}

#[test]
fn an_interrupt_lets_a_command_end() {
    let folder = tempfile::tempdir().unwrap();
    let [begun, go] = ["begun", "go"].map(|name| folder.path().join(name));
    let script = format!(
        "touch {}; while [ ! -e {} ]; do sleep 0.01; done",
        begun.display(),
        go.display()
    );
    let command = format!("sh -c '{script}'");
    let mut listening = Listening::start(&with_header(&["--exec", &command]));
    let status = thread::scope(|scope| {
        let posting = scope.spawn(|| listening.post(DELIVERED));
        while !begun.exists() {
            thread::sleep(std::time::Duration::from_millis(5));
        }
        listening.signal("-TERM");
        fs::write(&go, "").unwrap();
        posting.join().unwrap()
    });
    assert_eq!(status, 200);
    assert_eq!(listening.process.wait().unwrap().code(), Some(0));
}

#[test]
fn wrong_usage_says_what_is_right_and_no_secret() {
    let gateway = ["listen", "--gateway", "devino-v1"];
    let none = ["--no-authentication"];
    let header = ["--secret-header", "X-Secret"];
    let key = "0".repeat(64);
    let cases: [(&[&str], &[&str], &str); 13] = [
        (&[], &[], "--no-authentication"),
        (&header, &[], "WAMUX_SECRET"),
        (
            &["--secret-header", "no name"],
            &["--secret", "hunter2"],
            "header",
        ),
        (
            &header,
            &["--basic", "user", "--secret", "hunter2"],
            "cannot be used with",
        ),
        (&none, &["--secret", "hunter2"], "cannot be used with"),
        (&["--secret-in-path"], &["--secret", "hunter2/"], "slash"),
        (
            &none,
            &["--store", "postgres://user:hunter2@host"],
            "sqlite:PATH",
        ),
        (&none, &["--forward", "http://example.com/hunter2"], "https"),
        (&none, &["--exec", "'hunter2"], "quote"),
        (&none, &["--path", "hook"], "slash"),
        (&["--dead"], &none, "cannot be used with"),
        (&["--dead"], &[], "--store"),
        (
            &["--revive", key.as_str()],
            &["--store", "memory"],
            "--store",
        ),
    ];
    for (first, second, hint) in cases {
        let arguments = [&gateway, first, second].concat();
        let outcome = wamux(&arguments, b"");
        assert_eq!(
            outcome.status,
            ExitStatus::Usage,
            "{arguments:?}: {}",
            outcome.errors
        );
        assert!(
            outcome.errors.contains(hint),
            "{arguments:?}: {}",
            outcome.errors
        );
        assert!(!outcome.errors.contains("hunter2"), "{}", outcome.errors);
    }
    let environment: Environment = [("WAMUX_STORE", "redis://:hunter2@127.0.0.1:1")]
        .into_iter()
        .collect();
    let outcome = wamux_in(&environment, &[&gateway[..], &none].concat(), b"");
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert!(
        outcome.errors.contains("store") && !outcome.errors.contains("hunter2"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_port_that_is_taken_is_a_failure() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let outcome = wamux(
        &[
            "listen",
            "--gateway",
            "devino-v1",
            "--no-authentication",
            "--port",
            &port,
        ],
        b"",
    );
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert!(outcome.errors.contains(&port), "{}", outcome.errors);
}

//! Files through `wamux media` and `wamux call`, against the sandbox.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use wamux_cli::{ExitStatus, Stdio, run};

use support::{Outcome, Served};

/// A folder that is gone at the end of the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// A file of bytes of which every part is another.
    fn file(&self, name: &str, length: usize) -> (String, Vec<u8>) {
        let bytes: Vec<u8> = (0..251).cycle().take(length).collect();
        fs::write(self.path(name), &bytes).unwrap();
        (self.path(name), bytes)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

fn tujenge(served: &Served, words: &[&str]) -> Outcome {
    let [command, rest @ ..] = words else {
        panic!()
    };
    let mut arguments = vec![*command];
    let mut rest = rest;
    if *command == "media" {
        arguments.push(rest[0]);
        rest = &rest[1..];
    }
    arguments.extend(["--gateway", "tujenge"]);
    arguments.extend(rest);
    served.wamux("tujenge", &arguments, b"")
}

/// Uploads a file and gives its id.
fn put(served: &Served, path: &str) -> String {
    let outcome = tujenge(served, &["media", "put", path]);
    assert_eq!(
        outcome.status,
        ExitStatus::Done,
        "{} {}",
        outcome.output,
        outcome.errors
    );
    outcome.lines()[0]["output"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_file_goes_up_and_comes_down_as_it_was() {
    let (served, folder) = (Served::start(), Folder::new());
    let (path, bytes) = folder.file("order.pdf", 300_000);
    let id = put(&served, &path);
    let down = folder.path("down.pdf");
    let outcome = tujenge(&served, &["media", "get", &id, "--output", &down]);
    let expected = json!({"output": {"bytes": 300_000, "mime_type": "application/pdf"}});
    assert_eq!(outcome.lines(), [expected]);
    assert!(fs::read(&down).unwrap() == bytes);
}

#[test]
fn the_same_calls_go_by_their_names() {
    let (served, folder) = (Served::start(), Folder::new());
    let (path, bytes) = folder.file("voice", 1000);
    let words = [
        "call",
        "upload_media",
        "mime_type=audio/ogg; codecs=opus",
        "--file",
        &path,
    ];
    let outcome = tujenge(&served, &words);
    assert_eq!(outcome.status, ExitStatus::Done, "{}", outcome.output);
    let id = format!(
        "media_id={}",
        outcome.lines()[0]["output"]["id"].as_str().unwrap()
    );
    let down = folder.path("down.ogg");
    let outcome = tujenge(&served, &["call", "download_media", &id, "--output", &down]);
    assert_eq!(
        outcome.lines()[0]["output"]["mime_type"],
        "audio/ogg; codecs=opus"
    );
    assert!(fs::read(&down).unwrap() == bytes);
    let gone = tujenge(&served, &["call", "delete_media", &id]);
    assert_eq!(gone.lines(), [json!({"output": null})]);
}

#[test]
fn a_dash_is_stdout_and_the_line_goes_aside() {
    let (served, folder) = (Served::start(), Folder::new());
    let (path, bytes) = folder.file("order.pdf", 100_000);
    let id = put(&served, &path);
    let get = |id: &str| {
        let base_url = served.base_url("tujenge");
        let arguments = [
            "media",
            "get",
            "--gateway",
            "tujenge",
            "--base-url",
            &base_url,
            "--api-key",
            "sandbox-key",
            id,
            "--output",
            "-",
        ];
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let stdio = Stdio {
            input: &mut std::io::empty(),
            output: &mut output,
            errors: &mut errors,
        };
        let status = run(arguments, &wamux_cli::Environment::default(), stdio);
        let line: serde_json::Value = serde_json::from_slice(&errors).unwrap();
        (status, output, line)
    };
    let (status, output, line) = get(&id);
    assert_eq!(status, ExitStatus::Done);
    assert!(output == bytes);
    assert_eq!(line["output"]["bytes"], 100_000);
    let (status, output, line) = get("unknown-media");
    assert_eq!((status, output.len()), (ExitStatus::Failed, 0));
    assert_eq!(line["error"]["code"], "1006");
}

#[test]
fn a_file_that_is_cut_off_is_an_error_and_leaves_nothing() {
    let (served, folder) = (Served::start(), Folder::new());
    let (path, _) = folder.file("order.pdf", 100_000);
    let id = put(&served, &path);
    let fault = json!({"fault": "truncated", "gateway": "tujenge", "path": "/v1/media/", "after_bytes": 1000});
    served.control("/_sandbox/faults", &fault);
    let down = folder.path("down.pdf");
    let outcome = tujenge(&served, &["media", "get", &id, "--output", &down]);
    assert_eq!(outcome.status, ExitStatus::Failed);
    assert_eq!(outcome.lines()[0]["error"]["kind"], "protocol");
    assert_eq!(folder.names(), ["order.pdf"]);
}

#[test]
fn the_name_tells_the_type_unless_it_is_said() {
    let (served, folder) = (Served::start(), Folder::new());
    let (picture, _) = folder.file("cover.png", 100);
    let (nameless, _) = folder.file("cover", 100);
    put(&served, &picture);
    let outcome = tujenge(&served, &["media", "put", &nameless]);
    assert_eq!(outcome.status, ExitStatus::Usage);
    assert!(outcome.errors.contains("--mime-type"), "{}", outcome.errors);
    let said = tujenge(
        &served,
        &["media", "put", &nameless, "--mime-type", "image/png"],
    );
    assert_eq!(said.status, ExitStatus::Done, "{}", said.output);
    // A call that needs it says so itself.
    let outcome = tujenge(
        &served,
        &[
            "call",
            "upload_media",
            "--file",
            &nameless,
            "mime_type:=null",
        ],
    );
    assert_eq!(
        outcome.lines()[0]["error"]["violations"][0]["path"],
        "mime_type"
    );
}

#[test]
fn what_cannot_be_read_or_is_too_large_never_leaves() {
    let (served, folder) = (Served::start(), Folder::new());
    for words in [
        vec!["media", "put", "/no/such/file.png"],
        vec!["call", "upload_media", "--file", "/no/such/file.png"],
    ] {
        let outcome = tujenge(&served, &words);
        assert_eq!(outcome.status, ExitStatus::Usage);
        assert!(
            outcome.errors.contains("cannot be read"),
            "{}",
            outcome.errors
        );
    }
    let large = folder.path("large.png");
    let file = fs::File::create(Path::new(&large)).unwrap();
    file.set_len(5 * 1024 * 1024 + 1).unwrap();
    let error = &tujenge(&served, &["media", "put", &large]).lines()[0]["error"];
    assert_eq!(error["kind"], "validation");
    assert_eq!(error["violations"][0]["path"], "source");
}

#[test]
fn a_gateway_without_files_is_wrong_usage() {
    let served = Served::start();
    let arguments = ["media", "put", "--gateway", "devino-v2", "cover.png"];
    let outcome = served.wamux("devino-v2", &arguments, b"");
    assert_eq!(outcome.status, ExitStatus::Usage);
    assert!(
        outcome.errors.contains("no calls beyond sending"),
        "{}",
        outcome.errors
    );
}

//! `wamux sandbox` as a process: it says where it is, and ends when it is asked to.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use serde_json::Value;

fn ends_gracefully_at(signal: &str) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_wamux"))
        .args(["sandbox", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    let mut lines: Vec<Value> = Vec::new();
    for _ in wamux::gateway::REGISTRY {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        lines.push(serde_json::from_str(&line).unwrap());
    }
    assert_eq!(lines[0]["gateway"], "devino-v1");
    assert!(
        lines[2]["base_url"]
            .as_str()
            .unwrap()
            .ends_with("/rapporto/sandbox")
    );
    let address = lines[0]["base_url"].as_str().unwrap();
    let address = address
        .trim_start_matches("http://")
        .split('/')
        .next()
        .unwrap();
    TcpStream::connect(address).unwrap();
    let id = process.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(process.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn an_interrupt_ends_it_with_0() {
    ends_gracefully_at("-INT");
}

#[test]
fn a_termination_ends_it_with_0() {
    ends_gracefully_at("-TERM");
}

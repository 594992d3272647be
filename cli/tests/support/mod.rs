//! Runs commands in the process of the test.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part, and a test fails by panicking"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;
use wamux_cli::{Environment, ExitStatus, Stdio, run};

/// The ids of all gateways, in the registry's order.
pub(crate) fn gateway_ids() -> impl Iterator<Item = &'static str> {
    wamux::gateway::REGISTRY.iter().map(|profile| profile.id)
}

pub(crate) struct Outcome {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Outcome {
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.output
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

pub(crate) fn wamux(arguments: &[&str], input: &[u8]) -> Outcome {
    wamux_in(&Environment::default(), arguments, input)
}

pub(crate) fn wamux_in(environment: &Environment, arguments: &[&str], mut input: &[u8]) -> Outcome {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let status = run(
        arguments,
        environment,
        Stdio {
            input: &mut input,
            output: &mut output,
            errors: &mut errors,
        },
    );
    Outcome {
        status,
        output: String::from_utf8(output).unwrap(),
        errors: String::from_utf8(errors).unwrap(),
    }
}

/// A sandbox that serves while it is held.
pub(crate) struct Served {
    pub(crate) sandbox: wamux_sandbox::Sandbox,
    _runtime: tokio::runtime::Runtime,
}

impl Served {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = wamux_sandbox::Options::default();
        let sandbox = runtime
            .block_on(wamux_sandbox::Sandbox::start(options))
            .unwrap();
        Self {
            sandbox,
            _runtime: runtime,
        }
    }

    pub(crate) fn base_url(&self, gateway: &str) -> String {
        self.sandbox.base_url(gateway).unwrap()
    }

    /// Runs a command with the sandbox's account of a gateway.
    pub(crate) fn wamux(&self, gateway: &str, arguments: &[&str], input: &[u8]) -> Outcome {
        let settings = self.sandbox.settings(gateway).unwrap();
        let variables = settings.iter().map(|(name, value)| {
            let name = format!("WAMUX_{}", name.to_uppercase());
            (name, value.as_str())
        });
        wamux_in(&variables.collect(), arguments, input)
    }

    /// Posts to a route of the sandbox, and gives what it answers.
    pub(crate) fn control(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, &body.to_string())
    }

    /// The calls that the gateways of the sandbox have taken.
    pub(crate) fn calls(&self) -> Vec<Value> {
        let calls = self.ask("GET", "/_sandbox/calls", "");
        calls.as_array().cloned().unwrap()
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let host = self.sandbox.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nWA-API-KEY: sandbox-key\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
        serde_json::from_str(body).unwrap_or_default()
    }
}

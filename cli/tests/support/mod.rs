//! Runs commands in the process of the test.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part, and a test fails by panicking"
)]

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
}

//! Programs in other languages that measure: one request in JSON on stdin, one answer on stdout.

use std::error::Error;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Runs a script and reads its answer.
pub(crate) fn ask<T: DeserializeOwned>(
    program: &str,
    script: &str,
    request: &Value,
) -> Result<T, Box<dyn Error>> {
    let mut child = Command::new(program)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(request.to_string().as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(
            format!("{script} failed; `make bench` builds and installs what it needs").into(),
        );
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The Python that has what is measured.
pub(crate) fn python() -> String {
    std::env::var("WAMUX_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

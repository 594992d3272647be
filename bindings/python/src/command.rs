//! The command line, in this process.

use std::io::{stderr, stdin, stdout};

use pyo3::prelude::*;
use wamux_cli::{Environment, Stdio};

/// Runs a command of `wamux` on the streams of the process and returns its exit status. `demo` is the program that sends
/// from Python in `wamux demo`.
#[pyfunction]
pub(crate) fn _run_command(
    py: Python<'_>,
    arguments: Vec<std::ffi::OsString>,
    demo: Vec<String>,
) -> u8 {
    let status = py.detach(|| {
        let (input, output, errors) = (&mut stdin(), &mut stdout(), &mut stderr());
        wamux_cli::run(
            arguments,
            &Environment::of_process().with_sender("python", demo),
            Stdio {
                input,
                output,
                errors,
            },
        )
    });
    status.code()
}

//! The command line, in this process.

use std::io::{stderr, stdin, stdout};

use napi_derive::napi;
use wamux::Error;
use wamux_cli::{Environment, Stdio, run};

use crate::errors::guarded;

/// Runs the command `wamux` with the process's own streams, and gives the exit status. It holds the thread until the
/// command has ended. `demo` is the program that sends from Node in `wamux demo`.
#[napi]
pub fn run_command(arguments: Vec<String>, demo: Vec<String>) -> napi::Result<u8> {
    guarded(|| {
        let stdio = Stdio {
            input: &mut stdin(),
            output: &mut stdout(),
            errors: &mut stderr(),
        };
        let environment = Environment::of_process().with_sender("node", demo);
        let status = run(arguments, &environment, stdio);
        Ok::<_, Error>(status.code())
    })
}

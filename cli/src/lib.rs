//! The command line of wamux, as a library: [`run`] takes arguments, variables and streams, so that other programs and
//! the tests run the same commands in their own process.
//!
//! Every command that reads lines answers each with one JSON line, in order; errors are JSON lines too, and a bad line
//! does not stop the rest.
//!
//! ```
//! use wamux_cli::{Environment, ExitStatus, Stdio, run};
//!
//! let mut output = Vec::new();
//! let status = run(
//!     ["phone", "--region", "RU"],
//!     &Environment::default(),
//!     Stdio { input: &mut "8 (903) 456-78-90\n".as_bytes(), output: &mut output, errors: &mut Vec::new() },
//! );
//! assert_eq!(status, ExitStatus::Done);
//! assert!(output.starts_with(br#"{"input":"8 (903) 456-78-90","e164":"+79034567890","#));
//! ```

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]

mod arguments;
mod commands;
mod environment;
mod lines;
mod settings;
mod status;
mod stdio;

use std::ffi::OsString;

use clap::Parser;

pub use environment::Environment;
pub use status::ExitStatus;
pub use stdio::Stdio;

use arguments::Arguments;
use stdio::Output;

/// Runs one command and says how it went. `arguments` come without the name of the program; `environment` stands for
/// the flags that they leave out.
///
/// Answers go to the output, what a person should know about wrong usage or broken streams to the errors. A reader that
/// goes away (a broken pipe) ends the command quietly.
///
/// # Panics
/// Where `send`, `listen`, `call`, `media`, `qr`, `sandbox` or `demo` is run on a thread that drives a tokio runtime: they bring their own.
///
/// ```
/// use wamux_cli::{Environment, ExitStatus, Stdio, run};
///
/// let mut errors = Vec::new();
/// let status = run(
///     ["phone", "--region", "UK"],
///     &Environment::default(),
///     Stdio { input: &mut std::io::empty(), output: &mut Vec::new(), errors: &mut errors },
/// );
/// assert_eq!(status, ExitStatus::Usage);
/// assert!(String::from_utf8(errors)?.contains("GB"));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn run<I>(arguments: I, environment: &Environment, stdio: Stdio<'_>) -> ExitStatus
where
    I: IntoIterator,
    I::Item: Into<OsString> + Clone,
{
    let Stdio {
        input,
        output,
        errors,
    } = stdio;
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return status::of_usage(message, output, errors),
    };
    let mut output = Output::new(output, arguments.pretty);
    let result = arguments
        .command
        .run(environment, input, &mut output, errors);
    let flushed = output.flush();
    let result = result.and_then(|()| Ok(flushed?));
    status::of_command(result, output.has_failures(), errors)
}

//! How a command ends.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Every line was answered: 0.
    Done,
    /// A line failed, or a stream broke: 1.
    Failed,
    /// The arguments were wrong: 2.
    Usage,
}

impl ExitStatus {
    /// The number that the process ends with.
    ///
    /// ```
    /// assert_eq!(wamux_cli::ExitStatus::Usage.code(), 2);
    /// ```
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The arguments or variables are wrong, in words.
    Usage(String),
    /// The command did not do what it is for, in words.
    Failed(String),
    /// A stream broke.
    Stream(io::Error),
}

impl Stop {
    /// A setting or name that is wrong: the error's own words say all, since nothing was sent.
    pub(crate) fn of_setting(error: &wamux::Error) -> Self {
        Self::Usage(
            error
                .context()
                .map_or_else(|| error.to_string(), str::to_owned),
        )
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

/// Shows help on the output and complaints on the errors.
pub(crate) fn of_usage(
    mut message: clap::Error,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> ExitStatus {
    hide_stray_value(&mut message);
    let text = message.render();
    // Where the message cannot be written, the status says what there is to say.
    if message.use_stderr() {
        let _ = write!(errors, "{text}");
        ExitStatus::Usage
    } else {
        let _ = write!(output, "{text}").and_then(|()| output.flush());
        ExitStatus::Done
    }
}

/// A value that belongs to no flag can be the second half of a password that the shell has split.
fn hide_stray_value(message: &mut clap::Error) {
    let stray = match message.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(text)) => !text.starts_with("--"),
        _ => false,
    };
    if stray && message.kind() == ErrorKind::UnknownArgument {
        let hidden = ContextValue::String("***".to_owned());
        message.insert(ContextKind::InvalidArg, hidden);
        message.remove(ContextKind::Suggested);
    }
}

pub(crate) fn of_command(
    result: Result<(), Stop>,
    has_failures: bool,
    errors: &mut dyn Write,
) -> ExitStatus {
    match result {
        Err(Stop::Usage(words)) => {
            let _ = writeln!(
                errors,
                "error: {words}\n\nFor more information, try '--help'."
            );
            ExitStatus::Usage
        }
        Err(Stop::Failed(words)) => {
            let _ = writeln!(errors, "wamux: {words}");
            ExitStatus::Failed
        }
        // Whoever reads the answers has enough of them.
        Err(Stop::Stream(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(
                errors,
                "wamux: cannot read the input or write the output: {error}"
            );
            ExitStatus::Failed
        }
        _ if has_failures => ExitStatus::Failed,
        _ => ExitStatus::Done,
    }
}

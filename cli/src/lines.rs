//! Lines in, one answer each.

use std::io::{self, BufRead, BufReader, Read};

use serde::Serialize;
use wamux::{Code, Delivery, Error, Kind, Severity, Violation};

use crate::stdio::Output;

/// The longest line in bytes, without what ends it: 1 MiB.
pub(crate) const MAXIMUM_LINE: usize = 1 << 20;

/// A command that answers lines.
pub(crate) trait LineCommand {
    /// The JSON line of a success.
    type Answer: Serialize;
    /// The JSON line of a failure.
    type Failure: Serialize;

    /// Answers one line, which comes without its end.
    fn answer(&mut self, line: &str) -> Result<Self::Answer, Self::Failure>;

    /// Answers a line that is not text.
    fn refuse(&self, fault: LineFault) -> Self::Failure;
}

/// Why a line is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineFault {
    /// It has more bytes than [`MAXIMUM_LINE`].
    TooLong,
    /// It is not UTF-8.
    NotUtf8,
    /// It has a NUL byte.
    Nul,
}

impl LineFault {
    pub(crate) fn message(self) -> String {
        match self {
            Self::TooLong => {
                format!("the line is longer than {MAXIMUM_LINE} bytes; write shorter lines")
            }
            Self::NotUtf8 => "the line is not UTF-8; write text in UTF-8".to_owned(),
            Self::Nul => "the line has a NUL byte; write text without one".to_owned(),
        }
    }
}

/// Answers every line of `input`. Answers gather while lines are waiting, and go out when none is, so that a person or
/// a slow program gets an answer at once.
pub(crate) fn answer_lines(
    input: &mut dyn Read,
    output: &mut Output<'_>,
    command: &mut impl LineCommand,
) -> io::Result<()> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next()? {
        answer(line, output, command)?;
        if !lines.one_is_waiting() {
            output.flush()?;
        }
    }
    Ok(())
}

/// Answers one line.
pub(crate) fn answer(
    line: Result<&str, LineFault>,
    output: &mut Output<'_>,
    command: &mut impl LineCommand,
) -> io::Result<()> {
    let answer = match line {
        Ok(line) => command.answer(line),
        Err(fault) => Err(command.refuse(fault)),
    };
    match answer {
        Ok(answer) => output.write(&answer),
        Err(failure) => output.write_failure(&failure),
    }
}

/// The lines of a stream, one in memory at a time. They end with LF or CRLF; the last need not.
struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    fn new(reader: R) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 16, reader),
            line: Vec::new(),
        }
    }

    /// Whether the next line can be read without waiting for the stream.
    fn one_is_waiting(&self) -> bool {
        self.reader.buffer().contains(&b'\n')
    }

    fn next(&mut self) -> io::Result<Option<Result<&str, LineFault>>> {
        self.line.clear();
        // The longest line, a carriage return and a line feed; of anything longer this much tells enough.
        let most = MAXIMUM_LINE as u64 + 2;
        if (&mut self.reader)
            .take(most)
            .read_until(b'\n', &mut self.line)?
            == 0
        {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        } else if self.line.len() > MAXIMUM_LINE {
            self.reader.skip_until(b'\n')?;
        }
        Ok(Some(self.text()))
    }

    fn text(&self) -> Result<&str, LineFault> {
        if self.line.len() > MAXIMUM_LINE {
            return Err(LineFault::TooLong);
        }
        let text = std::str::from_utf8(&self.line).map_err(|_| LineFault::NotUtf8)?;
        if text.contains('\0') {
            Err(LineFault::Nul)
        } else {
            Ok(text)
        }
    }
}

/// The failed line of a command whose lines are JSON documents: what is wrong with the document.
#[derive(Debug, Serialize)]
pub(crate) struct JsonLineFailure {
    error: JsonLineError,
}

#[derive(Debug, Serialize)]
struct JsonLineError {
    kind: Kind,
    violations: Vec<Violation>,
}

impl From<LineFault> for JsonLineFailure {
    fn from(fault: LineFault) -> Self {
        let (code, limit) = match fault {
            LineFault::TooLong => (Code::LengthTooLong, Some(MAXIMUM_LINE.into())),
            LineFault::NotUtf8 | LineFault::Nul => (Code::Invalid, None),
        };
        let violation = Violation {
            code,
            path: String::new(),
            message: fault.message(),
            limit,
            severity: Severity::Error,
        };
        Self {
            error: JsonLineError {
                kind: Kind::Validation,
                violations: vec![violation],
            },
        }
    }
}

impl From<&Error> for JsonLineFailure {
    fn from(error: &Error) -> Self {
        Self {
            error: JsonLineError {
                kind: error.kind(),
                violations: error.violations().to_vec(),
            },
        }
    }
}

/// The failed line of a command whose errors are told in full.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorLine {
    pub(crate) error: Error,
}

/// A line that is no text is a document that breaks a rule.
impl From<LineFault> for ErrorLine {
    fn from(fault: LineFault) -> Self {
        Self {
            error: Error::new(Kind::Validation, Delivery::NotSent, fault.message()),
        }
    }
}

/// The line of a call beyond sending that was answered.
#[derive(Debug, Serialize)]
pub(crate) struct OutputLine<T> {
    pub(crate) output: T,
}

/// Writes what a call gave.
pub(crate) fn write_output<T: Serialize>(
    output: &mut Output<'_>,
    result: Result<T, Error>,
) -> io::Result<()> {
    match result {
        Ok(given) => output.write(&OutputLine { output: given }),
        Err(error) => output.write_failure(&ErrorLine { error }),
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonLineFailure, LineFault};

    fn failure(fault: LineFault) -> serde_json::Value {
        serde_json::to_value(JsonLineFailure::from(fault)).unwrap()
    }

    #[test]
    fn json_commands_answer_a_line_that_is_no_text_with_a_violation() {
        for fault in [LineFault::NotUtf8, LineFault::Nul] {
            assert_eq!(
                failure(fault),
                serde_json::json!({"error": {"kind": "validation", "violations": [
                    {"code": "invalid", "path": "", "message": fault.message(), "severity": "error"}
                ]}})
            );
        }
    }

    #[test]
    fn json_commands_tell_the_limit_of_a_line() {
        let violation = &failure(LineFault::TooLong)["error"]["violations"][0];
        assert_eq!(violation["code"], "length.too.long");
        assert_eq!(violation["limit"], 1_048_576);
    }
}

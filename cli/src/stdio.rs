//! The streams of a command, and the lines it writes.

use std::fmt;
use std::io::{self, BufWriter, Read, Write};

use serde::Serialize;

/// The streams that a command reads and writes.
pub struct Stdio<'a> {
    /// Where lines come from.
    pub input: &'a mut dyn Read,
    /// Where answers go.
    pub output: &'a mut dyn Write,
    /// Where complaints about the usage go.
    pub errors: &'a mut dyn Write,
}

impl fmt::Debug for Stdio<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stdio").finish_non_exhaustive()
    }
}

/// Writes JSON lines, and remembers whether one of them says that something failed.
pub(crate) struct Output<'a> {
    writer: BufWriter<&'a mut dyn Write>,
    pretty: bool,
    has_failures: bool,
}

impl<'a> Output<'a> {
    pub(crate) fn new(writer: &'a mut dyn Write, pretty: bool) -> Self {
        Self {
            writer: BufWriter::new(writer),
            pretty,
            has_failures: false,
        }
    }

    /// Writes the answer to a line.
    pub(crate) fn write(&mut self, answer: &impl Serialize) -> io::Result<()> {
        if self.pretty {
            // A body that is embedded as it stands is indented with the rest.
            let answer = serde_json::to_value(answer)?;
            serde_json::to_writer_pretty(&mut self.writer, &answer)?;
        } else {
            serde_json::to_writer(&mut self.writer, answer)?;
        }
        self.writer.write_all(b"\n")
    }

    /// Writes the answer to a line that failed, which decides the exit status.
    pub(crate) fn write_failure(&mut self, failure: &impl Serialize) -> io::Result<()> {
        self.has_failures = true;
        self.write(failure)
    }

    /// Writes lines for people.
    pub(crate) fn write_text(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.writer, "{text}")
    }

    /// Writes bytes as they are: a file that was asked for.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }

    /// Writes lines to another stream while `write` runs, in the same way; failures count here.
    pub(crate) fn aside(
        &mut self,
        stream: &mut dyn Write,
        write: impl FnOnce(&mut Output<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut aside = Output::new(stream, self.pretty);
        write(&mut aside)?;
        aside.flush()?;
        self.has_failures |= aside.has_failures;
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    pub(crate) fn has_failures(&self) -> bool {
        self.has_failures
    }
}

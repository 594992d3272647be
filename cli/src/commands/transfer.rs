//! Files on their way to a gateway and from it, with a bar on stderr where that is a terminal.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::Value;
use wamux::{CallProfile, Client, Delivery, Download, Error, Kind, Source};

use crate::lines::write_output;
use crate::status::Stop;
use crate::stdio::Output;

/// A file to be uploaded, and the bar that shows how far it has come.
pub(super) struct Upload {
    pub(super) source: Source,
    bar: ProgressBar,
}

impl Upload {
    /// Opens a file.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let source = source(path)?;
        let bar = bar(source.length());
        // Only who watches pays for the bar: a file by its name can be read again.
        let source = if bar.is_hidden() {
            source
        } else {
            let file = File::open(path).map_err(|error| unreadable(&error))?;
            Source::reader(bar.wrap_read(file), source.length())
        };
        Ok(Self { source, bar })
    }
}

/// A file that can be uploaded.
pub(super) fn source(path: &Path) -> Result<Source, Error> {
    wamux::file_source(path).map_err(|error| unreadable(&error))
}

/// The error of a file that cannot be uploaded. Its name can say more than a log should have.
fn unreadable(error: &io::Error) -> Error {
    let words = format!("the file cannot be read: {error}");
    Error::new(Kind::Configuration, Delivery::NotSent, words)
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The MIME type that a file's name stands for.
pub(super) fn guessed_mime_type(path: &Path) -> Option<&'static str> {
    mime_guess::from_path(path).first_raw()
}

/// Where a download goes.
#[derive(Clone, Debug)]
pub(super) enum Target {
    File(PathBuf),
    /// The command's own output.
    Output,
}

impl From<&Path> for Target {
    fn from(path: &Path) -> Self {
        if path == Path::new("-") {
            Self::Output
        } else {
            Self::File(path.to_owned())
        }
    }
}

/// What became of a download.
#[derive(Debug, Serialize)]
struct Downloaded {
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<String>,
}

/// Makes a call that answers with a file, writes the file where it should be, and tells what became of it: on the output,
/// or on `errors` where the output is the file.
pub(super) async fn download(
    client: &Client,
    call: &CallProfile,
    arguments: &Value,
    target: &Target,
    output: &mut Output<'_>,
    errors: &mut dyn Write,
) -> Result<(), Stop> {
    let downloaded = match client.download_by_name(call, arguments).await {
        Ok(download) => save(download, target, output).await?,
        Err(error) => Err(error),
    };
    match target {
        Target::File(_) => write_output(output, downloaded)?,
        Target::Output => output.aside(errors, |errors| write_output(errors, downloaded))?,
    }
    Ok(())
}

async fn save(
    mut download: Download,
    target: &Target,
    output: &mut Output<'_>,
) -> io::Result<Result<Downloaded, Error>> {
    let bar = bar(download.length());
    let shown = bar.clone();
    download.on_progress(move |read| shown.set_position(read));
    let written = match target {
        Target::File(path) => Ok(download.save(path).await),
        Target::Output => write(&mut download, output).await,
    };
    bar.finish_and_clear();
    let mime_type = download.mime_type().map(str::to_owned);
    Ok(written?.map(|bytes| Downloaded { bytes, mime_type }))
}

async fn write(download: &mut Download, output: &mut Output<'_>) -> io::Result<Result<u64, Error>> {
    let mut bytes = 0;
    loop {
        match download.chunk().await {
            Ok(Some(chunk)) => {
                output.write_bytes(&chunk)?;
                bytes += chunk.len() as u64;
            }
            Ok(None) => return Ok(Ok(bytes)),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// What a bar shows of a file whose length is known.
const OF_KNOWN_LENGTH: &str = "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta}";
/// What it shows of any other.
const OF_UNKNOWN_LENGTH: &str = "{spinner} {bytes}, {bytes_per_sec}";

/// A bar for so many bytes. It shows itself on a terminal alone.
fn bar(length: Option<u64>) -> ProgressBar {
    let bar = length.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let template = if length.is_some() {
        OF_KNOWN_LENGTH
    } else {
        OF_UNKNOWN_LENGTH
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_have_the_style_that_they_should() {
        for template in [OF_KNOWN_LENGTH, OF_UNKNOWN_LENGTH] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }

    #[test]
    fn a_mime_type_is_guessed_from_the_name() {
        let cases = [
            ("photo.JPG", Some("image/jpeg")),
            ("cover.png", Some("image/png")),
            ("cat.webp", Some("image/webp")),
            ("order.pdf", Some("application/pdf")),
            ("film.mp4", Some("video/mp4")),
            ("README", None),
        ];
        for (name, mime_type) in cases {
            assert_eq!(guessed_mime_type(Path::new(name)), mime_type, "{name}");
        }
    }
}

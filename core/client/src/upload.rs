//! A body that is read while it is sent.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc;
use wamux_engine::{Source, Upload};

use crate::progress::Progress;

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;
/// How many chunks wait at most for the connection.
const WAITING: usize = 2;

/// A file to be uploaded.
///
/// # Errors
///
/// What the system says where the file is not there, not a file, or not to be read.
///
/// ```
/// # let path = std::env::temp_dir().join(format!("wamux-{}.png", std::process::id()));
/// # std::fs::write(&path, b"\x89PNG")?;
/// let source = wamux::file_source(&path)?;
/// assert_eq!((source.length(), source.is_rewindable()), (Some(4), true));
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn file_source(path: impl Into<PathBuf>) -> io::Result<Source> {
    let path = path.into();
    // Opened, so that a file that may not be read is refused here and not in the middle of a call.
    let metadata = File::open(&path)?.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a file"));
    }
    Ok(Source::File {
        path,
        length: metadata.len(),
    })
}

/// The body of an upload. A thread reads the source, a few chunks ahead of the connection.
pub(crate) struct Uploading {
    chunks: mpsc::Receiver<io::Result<Bytes>>,
    length: Option<u64>,
    limit: u64,
    sent: u64,
    progress: Arc<Progress>,
}

impl Uploading {
    /// Begins to read. It needs a tokio runtime.
    pub(crate) fn begin(upload: Upload, progress: Arc<Progress>) -> Self {
        let length = upload.source.length();
        let (sender, chunks) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = feed(&upload.source, &sender) {
                // Where nobody waits for the bytes any more, nobody waits for the error.
                let _ = sender.blocking_send(Err(error));
            }
        });
        Self {
            chunks,
            length,
            limit: upload.limit,
            sent: 0,
            progress,
        }
    }

    /// What is wrong with the bytes that have come, the last of them being the end.
    fn fault(&self, at_end: bool) -> Option<String> {
        let sent = self.sent;
        match self.length {
            Some(length) if sent > length => Some(format!(
                "what is uploaded has more than the {length} bytes it said"
            )),
            Some(length) if at_end && sent < length => Some(format!(
                "what is uploaded ended after {sent} of {length} bytes"
            )),
            _ if sent > self.limit => Some(format!(
                "what is uploaded has more than the {} bytes that the gateway takes",
                self.limit
            )),
            _ => None,
        }
    }
}

/// Reads a source into the channel until its end, or until nobody receives.
fn feed(source: &Source, sender: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    match source {
        Source::Bytes(bytes) => {
            let whole = Bytes::from_owner(Arc::clone(bytes));
            for start in (0..whole.len()).step_by(CHUNK) {
                let chunk = whole.slice(start..whole.len().min(start + CHUNK));
                if sender.blocking_send(Ok(chunk)).is_err() {
                    break;
                }
            }
            Ok(())
        }
        Source::File { path, .. } => feed_from(&mut File::open(path)?, sender),
        Source::Reader { reader, .. } => {
            let taken = || io::Error::other("it was read before, and cannot be read again");
            feed_from(&mut *reader.take().ok_or_else(taken)?, sender)
        }
    }
}

fn feed_from(reader: &mut dyn Read, sender: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    loop {
        let mut chunk = vec![0; CHUNK];
        // One read: what a slow source has given must not wait until a chunk is full.
        let read = match reader.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        chunk.truncate(read);
        if read == 0 || sender.blocking_send(Ok(Bytes::from(chunk))).is_err() {
            return Ok(());
        }
    }
}

impl http_body::Body for Uploading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if !self.progress.polled() {
            return Poll::Ready(Some(Err(io::ErrorKind::Interrupted.into())));
        }
        let chunk = match ready!(self.chunks.poll_recv(context)) {
            Some(Ok(chunk)) => Ok(Some(chunk)),
            Some(Err(error)) => Err(format!("what is uploaded could not be read: {error}")),
            None => Ok(None),
        };
        let bytes = match &chunk {
            Ok(Some(chunk)) => chunk.len(),
            _ => 0,
        };
        self.sent += bytes as u64;
        let fault = self.fault(matches!(chunk, Ok(None)));
        match fault.map_or(chunk, Err) {
            Ok(Some(chunk)) => {
                self.progress.advance(bytes);
                Poll::Ready(Some(Ok(Frame::data(chunk))))
            }
            Ok(None) => Poll::Ready(None),
            Err(why) => {
                self.progress.fail(why);
                Poll::Ready(Some(Err(io::ErrorKind::InvalidData.into())))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, |length| {
            SizeHint::with_exact(length.saturating_sub(self.sent))
        })
    }
}

//! A body in memory that tells whether anything asked for it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::progress::Progress;

/// Bytes to be sent. The size is known, so that `Content-Length` is sent.
pub(crate) struct Watched {
    bytes: Option<Bytes>,
    progress: Arc<Progress>,
}

impl Watched {
    pub(crate) fn new(bytes: Bytes, progress: Arc<Progress>) -> Self {
        Self {
            bytes: Some(bytes).filter(|bytes| !bytes.is_empty()),
            progress,
        }
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.progress.polled() {
            return Poll::Ready(Some(Err(io::ErrorKind::Interrupted.into())));
        }
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        let is_empty = self.bytes.is_none();
        if is_empty {
            // Nobody polls a body of no bytes. The connection asks this when it writes the head.
            self.progress.leaves();
        }
        is_empty
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

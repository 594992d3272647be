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
        // Nobody polls a body of no bytes. The connection asks this when it writes the head; what was called off before is
        // polled, and fails.
        self.bytes.is_none() && self.progress.polled()
    }

    fn size_hint(&self) -> SizeHint {
        match &self.bytes {
            Some(bytes) => SizeHint::with_exact(bytes.len() as u64),
            // With a size of 0, the head would be written without a poll.
            None if self.progress.is_stopped() => SizeHint::default(),
            None => SizeHint::with_exact(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body::Body as _;

    use super::*;

    /// The connection asks for the end and the size before it writes the head of a request without a body.
    #[test]
    fn a_request_without_a_body_that_was_called_off_does_not_pass_for_whole() {
        let progress = Arc::new(Progress::default());
        let body = Watched::new(Bytes::new(), Arc::clone(&progress));
        assert!(!progress.stop());
        assert!(!body.is_end_stream());
        assert_eq!(body.size_hint().exact(), None);
        let mut body = body;
        let poll =
            Pin::new(&mut body).poll_frame(&mut Context::from_waker(std::task::Waker::noop()));
        assert!(matches!(poll, Poll::Ready(Some(Err(_)))));
        assert!(!progress.may_have_left());
    }
}

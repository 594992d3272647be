//! Answers: whole, or cut short.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use hyper::body::{Body, Frame, SizeHint};
use serde_json::json;
use tokio::time::{Sleep, sleep};

use crate::file::TemporaryFile;
use crate::gateway::{Reply, ReplyBody};

/// The pause that lets the first part of a truncated answer leave before the connection is closed.
const TRUNCATION_PAUSE: Duration = Duration::from_millis(20);

/// Ends the connection without a further byte.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
pub(crate) struct Cut;

/// Where the bytes of a body come from.
enum Source {
    Memory(Bytes),
    /// What lies before `end`, from `at` on.
    File {
        file: Arc<TemporaryFile>,
        at: u64,
        end: u64,
    },
}

impl Source {
    fn of(body: ReplyBody) -> Self {
        match body {
            ReplyBody::Bytes(bytes) => Self::Memory(bytes),
            ReplyBody::File(file) => Self::File {
                at: 0,
                end: file.size(),
                file,
            },
        }
    }

    fn remaining(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File { at, end, .. } => end.saturating_sub(*at),
        }
    }

    /// Leaves what lies beyond the next `most` bytes out.
    fn truncate(&mut self, most: u64) {
        match self {
            Self::Memory(bytes) => bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX)),
            Self::File { at, end, .. } => *end = at.saturating_add(most).min(*end),
        }
    }

    /// The next bytes. A file that cannot be read any more ends the connection.
    fn next(&mut self) -> Result<Bytes, Cut> {
        match self {
            Self::Memory(bytes) => Ok(std::mem::take(bytes)),
            Self::File { file, at, end } => {
                let chunk = file.chunk(*at, *end).map_err(|_| Cut)?;
                if chunk.is_empty() {
                    return Err(Cut);
                }
                *at += chunk.len() as u64;
                Ok(chunk)
            }
        }
    }
}

/// How a body ends.
enum Ending {
    Whole,
    /// With the connection, after a pause, which begins when all that comes was read.
    Cut(Option<Pin<Box<Sleep>>>),
}

/// An answer's body.
pub(crate) struct AnswerBody {
    source: Source,
    ending: Ending,
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let body = &mut *self;
        if body.source.remaining() > 0 {
            return Poll::Ready(Some(body.source.next().map(Frame::data)));
        }
        match &mut body.ending {
            Ending::Whole => Poll::Ready(None),
            Ending::Cut(pause) => pause
                .get_or_insert_with(|| Box::pin(sleep(TRUNCATION_PAUSE)))
                .as_mut()
                .poll(context)
                .map(|()| Some(Err(Cut))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.ending, Ending::Whole) && self.source.remaining() == 0
    }

    fn size_hint(&self) -> SizeHint {
        match self.ending {
            Ending::Whole => SizeHint::with_exact(self.source.remaining()),
            Ending::Cut(_) => SizeHint::default(),
        }
    }
}

/// An answer.
pub(crate) type Answer = Response<AnswerBody>;

/// An answer with a body of any type.
pub(crate) fn respond(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Answer {
    assemble(
        status,
        HeaderValue::from_static(content_type),
        Source::Memory(body.into()),
    )
}

fn assemble(status: StatusCode, content_type: HeaderValue, source: Source) -> Answer {
    let mut answer = Response::new(AnswerBody {
        source,
        ending: Ending::Whole,
    });
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    answer
}

/// A JSON answer.
pub(crate) fn respond_json(status: StatusCode, body: &serde_json::Value) -> Answer {
    respond(status, "application/json", body.to_string())
}

/// A gateway's reply as an answer.
pub(crate) fn into_answer(reply: Reply) -> Answer {
    // A type that came in a header goes into one.
    let content_type = HeaderValue::try_from(&*reply.content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    assemble(reply.status, content_type, Source::of(reply.body))
}

/// The first bytes of an answer, half of it where `after_bytes` is absent, under the headers of the whole.
pub(crate) fn truncate(reply: Option<Reply>, after_bytes: Option<u64>) -> Answer {
    let reply = reply.unwrap_or_else(|| Reply::json(StatusCode::OK, &json!({})));
    let mut answer = into_answer(reply);
    let whole = answer.body().source.remaining();
    let body = answer.body_mut();
    body.source.truncate(after_bytes.unwrap_or(whole / 2));
    body.ending = Ending::Cut(None);
    answer
        .headers_mut()
        .insert(header::CONTENT_LENGTH, whole.into());
    answer
}

//! Answers: whole, or cut short.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode, header};
use hyper::body::{Body, Frame, SizeHint};
use serde_json::json;
use tokio::time::{Sleep, sleep};

use crate::gateway::Reply;

/// The pause that lets the first half of a truncated answer leave before the connection is closed.
const TRUNCATION_PAUSE: Duration = Duration::from_millis(20);

/// Ends the connection without a further byte.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
pub(crate) struct Cut;

/// An answer's body.
pub(crate) enum AnswerBody {
    Whole(Option<Bytes>),
    /// The first half, a pause, and the end of the connection.
    Truncated(Option<Bytes>, Pin<Box<Sleep>>),
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Truncated(bytes, pause) => match bytes.take() {
                Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
                None => pause.as_mut().poll(context).map(|()| Some(Err(Cut))),
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Truncated(..) => SizeHint::default(),
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
    let mut answer = Response::new(AnswerBody::Whole(Some(body.into())));
    *answer.status_mut() = status;
    let content_type = header::HeaderValue::from_static(content_type);
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
    respond(reply.status, reply.content_type, reply.body)
}

/// The first half of an answer under the headers of the whole.
pub(crate) fn truncate(reply: Option<Reply>) -> Answer {
    let reply = reply.unwrap_or_else(|| Reply::json(StatusCode::OK, &json!({})));
    let whole = reply.body.len() as u64;
    let mut half = reply.body;
    half.truncate(half.len() / 2);
    let mut answer = respond(reply.status, reply.content_type, "");
    answer
        .headers_mut()
        .insert(header::CONTENT_LENGTH, whole.into());
    *answer.body_mut() =
        AnswerBody::Truncated(Some(half.into()), Box::pin(sleep(TRUNCATION_PAUSE)));
    answer
}

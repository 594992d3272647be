//! Reading the bodies of requests, into memory or into a file.

use std::io;
use std::sync::Arc;

use http::StatusCode;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::json;

use crate::answer::{Answer, Cut, respond_json};
use crate::file::TemporaryFile;
use crate::gateway::LARGEST_BODY;

/// What is still taken in and thrown away of a larger body, so that the client reads its refusal and not a reset.
const LARGEST_DRAIN: usize = 16 * LARGEST_BODY;

/// A request's body, in one of two places.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) memory: Vec<u8>,
    pub(crate) file: Option<Arc<TemporaryFile>>,
}

/// A body, or the answer to one that is too large or that the disk does not take.
type Outcome = Result<Result<Body, Answer>, Cut>;

impl Body {
    /// Reads a body of at most `limit` bytes into memory.
    pub(crate) async fn read(body: Incoming, limit: usize) -> Outcome {
        let mut memory = Vec::new();
        let kept = hand_over(body, limit, |data| {
            memory.extend_from_slice(data);
            Ok(())
        });
        let kept = kept.await?;
        Ok(kept.map(|()| Self { memory, file: None }))
    }

    /// Writes a body of at most `limit` bytes to a temporary file as it comes.
    pub(crate) async fn store(body: Incoming, limit: usize) -> Outcome {
        let Ok(mut file) = TemporaryFile::create() else {
            return Ok(Err(no_storage()));
        };
        let kept = hand_over(body, limit, |data| file.append(data)).await?;
        Ok(kept.map(|()| Self {
            memory: Vec::new(),
            file: Some(Arc::new(file)),
        }))
    }
}

/// Hands a body over to `keep` as it comes.
async fn hand_over(
    mut body: Incoming,
    limit: usize,
    mut keep: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<Result<(), Answer>, Cut> {
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        // The client went away in the middle: there is nobody to answer.
        let frame = frame.map_err(|_| Cut)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        size += data.len();
        if size > limit + LARGEST_DRAIN {
            break;
        }
        if size <= limit && keep(&data).is_err() {
            return Ok(Err(no_storage()));
        }
    }
    if size <= limit {
        return Ok(Ok(()));
    }
    let mebibytes = limit / LARGEST_BODY;
    let error = json!({"error": format!("a body has at most {mebibytes} MiB")});
    Ok(Err(respond_json(StatusCode::PAYLOAD_TOO_LARGE, &error)))
}

fn no_storage() -> Answer {
    let error = json!({"error": "the sandbox could not write a temporary file"});
    respond_json(StatusCode::INSUFFICIENT_STORAGE, &error)
}

/// Reads that many bytes of a body, or all of a shorter one, and ends the connection.
pub(crate) async fn cut_in_body(mut body: Incoming, bytes: u64) -> Result<Answer, Cut> {
    let mut size = 0;
    while size < bytes
        && let Some(Ok(frame)) = body.frame().await
    {
        size += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
    Err(Cut)
}

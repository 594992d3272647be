//! The HTTP server in front of an inbox.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use wamux::inbox::{Answer, Inbox};
use wamux::{WEBHOOK_LIMIT, Webhook};

/// How long a request's head, and then its body, may take to come.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How long answers may take to leave when the server stops.
const STOPPING_GRACE: Duration = Duration::from_secs(1);
/// The pause after a connection that could not be accepted, as where too many files are open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Where webhooks are posted to.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The path, without a slash at its end unless it is that slash.
    pub(super) path: String,
    /// Whether one more segment follows, which is the secret.
    pub(super) with_segment: bool,
}

impl Place {
    fn is(&self, path: &str) -> bool {
        let path = if self.with_segment {
            path.rsplit_once('/').map_or("", |(before, _)| before)
        } else {
            path
        };
        path.trim_end_matches('/') == self.path.trim_end_matches('/')
    }
}

/// A server that hands what is posted to an inbox, until it is stopped or dropped.
pub(super) struct Server {
    running: JoinHandle<()>,
    stopping: watch::Sender<bool>,
}

impl Server {
    pub(super) fn start(listener: TcpListener, inbox: Arc<Inbox>, place: Place) -> Self {
        let stopping = watch::Sender::new(false);
        let running = tokio::spawn(serve(listener, inbox, place, stopping.subscribe()));
        Self { running, stopping }
    }

    /// Accepts nothing more, and returns when all answers have left.
    pub(super) async fn stop(mut self) {
        self.stopping.send_replace(true);
        // A panic of its own has been reported where it happened.
        let _ = (&mut self.running).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn serve(
    listener: TcpListener,
    inbox: Arc<Inbox>,
    place: Place,
    mut stopping: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let inbox = Arc::clone(&inbox);
                    let connection = serve_connection(stream, inbox, place.clone(), stopping.clone());
                    connections.spawn(connection);
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
            () = stop_of(&mut stopping) => break,
        }
    }
    drop(listener);
    // What does not end by itself ends with the set.
    let _ = timeout(STOPPING_GRACE, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

/// Waits until the server is to stop, or is gone.
async fn stop_of(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
}

async fn serve_connection(
    stream: TcpStream,
    inbox: Arc<Inbox>,
    place: Place,
    mut stopping: watch::Receiver<bool>,
) {
    let service = service_fn(|request| answer(request, &inbox, &place));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(READ_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // A broken connection is the gateway's to make again.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stop_of(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

async fn answer(
    request: Request<Incoming>,
    inbox: &Inbox,
    place: &Place,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let answer = take(request, inbox, place).await;
    let mut response = Response::new(Empty::new());
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(*name, value);
    }
    Ok(response)
}

async fn take(request: Request<Incoming>, inbox: &Inbox, place: &Place) -> Answer {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if !place.is(path) {
        return status(StatusCode::NOT_FOUND);
    }
    if let Err(answer) = inbox.check_head(&head.method, path, &head.headers) {
        return answer;
    }
    let reading = Limited::new(body, WEBHOOK_LIMIT).collect();
    let body = match timeout(READ_TIMEOUT, reading).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) => return status(unread(error.as_ref())),
        Err(_) => return status(StatusCode::REQUEST_TIMEOUT),
    };
    inbox
        .receive(&Webhook {
            method: &head.method,
            path,
            headers: &head.headers,
            body: &body,
        })
        .await
}

fn status(status: StatusCode) -> Answer {
    Answer {
        status: status.as_u16(),
        headers: &[],
    }
}

/// What to answer where a body was not read to its end.
fn unread(error: &(dyn Error + Send + Sync + 'static)) -> StatusCode {
    if error.is::<LengthLimitError>() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_its_path_with_or_without_a_secret() {
        let place = |path: &str, with_segment| Place {
            path: path.to_owned(),
            with_segment,
        };
        for (place, path, expected) in [
            (place("/", false), "/", true),
            (place("/", false), "/a", false),
            (place("/hook", false), "/hook", true),
            (place("/hook", false), "/hook/", true),
            (place("/hook", false), "/hook/a", false),
            (place("/", true), "/secret", true),
            (place("/", true), "/", true),
            (place("/hook", true), "/hook/secret", true),
            (place("/hook", true), "/hook", false),
            (place("/hook", true), "/other/secret", false),
        ] {
            assert_eq!(place.is(path), expected, "{place:?} {path}");
        }
    }
}

//! The other end of the gateways' webhooks: a server on loopback with one path a gateway.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use wamux::{Client, Event, Status, WEBHOOK_LIMIT, events};

/// A status that a gateway reported.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) gateway: &'static str,
    pub(super) status: Status,
}

/// Receives webhooks until it is dropped.
pub(super) struct Receiver {
    address: SocketAddr,
    statuses: UnboundedReceiver<Received>,
    running: JoinHandle<()>,
}

impl Receiver {
    /// Listens on a free port, for the gateways of these clients.
    pub(super) async fn start(clients: Vec<Client>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (sender, statuses) = unbounded_channel();
        let running = tokio::spawn(accept(listener, Arc::from(clients), sender));
        Ok(Self {
            address,
            statuses,
            running,
        })
    }

    /// Where a gateway's webhooks go.
    pub(super) fn url(&self, gateway: &str) -> String {
        format!("http://{}/{gateway}", self.address)
    }

    pub(super) async fn next(&mut self) -> Option<Received> {
        self.statuses.recv().await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn accept(listener: TcpListener, clients: Arc<[Client]>, sender: UnboundedSender<Received>) {
    // A connection that cannot be accepted is the gateway's to make again.
    while let Ok((stream, _)) = listener.accept().await {
        let (clients, sender) = (Arc::clone(&clients), sender.clone());
        tokio::spawn(async move {
            let service = service_fn(|request| receive(request, &clients, &sender));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A broken connection is the gateway's to make again, too.
            let _ = connection.await;
        });
    }
}

async fn receive(
    request: Request<Incoming>,
    clients: &[Client],
    sender: &UnboundedSender<Received>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let status = match clients
        .iter()
        .find(|client| client.gateway().profile().id == path)
    {
        Some(client) => pass_on(client, request.into_body(), sender).await,
        None => StatusCode::NOT_FOUND,
    };
    let mut answer = Response::new(Empty::new());
    *answer.status_mut() = status;
    Ok(answer)
}

/// Hands the statuses of a body over, and says what to answer.
async fn pass_on(
    client: &Client,
    body: Incoming,
    sender: &UnboundedSender<Received>,
) -> StatusCode {
    let Ok(body) = Limited::new(body, WEBHOOK_LIMIT).collect().await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let Ok(events) = events(client.gateway(), &body.to_bytes()) else {
        return StatusCode::BAD_REQUEST;
    };
    for event in events {
        if let Event::Status(status) = event {
            let gateway = client.gateway().profile().id;
            // Once nobody waits, a late status is nobody's.
            let _ = sender.send(Received { gateway, status });
        }
    }
    StatusCode::OK
}

//! What the tests share: a client, a receiver of callbacks, and messages to change.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "each test file uses a part; a test fails by panicking"
)]

pub mod chat_api;
pub mod devino;
pub mod stage;
pub mod tujenge;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use wamux_sandbox::{Options, Sandbox};

/// A sandbox and a client of it.
pub struct Bench {
    pub sandbox: Sandbox,
    client: Client<HttpConnector, Full<Bytes>>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// What is no UTF-8 is replaced.
    pub body: String,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(Options {
            callback_delay: Duration::from_millis(1),
            ..Options::default()
        })
        .await
    }

    pub async fn with(options: Options) -> Self {
        Self {
            sandbox: Sandbox::start(options).await.unwrap(),
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// A call with any headers; an error where there is no readable answer.
    pub async fn try_call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, String> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.sandbox.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::from(body.into())).unwrap();
        let answer = self
            .client
            .request(request)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let (parts, body) = answer.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| format!("{error:?}"))?
            .to_bytes();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body,
        })
    }

    /// A JSON call with the right credentials of whatever gateway stands at the path.
    pub async fn try_post(&self, path: &str, body: &Value) -> Result<Answer, String> {
        let headers = [
            ("Content-Type", "application/json"),
            ("Authorization", "Key sandbox-key"),
            ("WA-API-KEY", "sandbox-key"),
        ];
        self.try_call(Method::POST, path, &headers, body.to_string())
            .await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body).await.unwrap()
    }

    pub async fn call(&self, method: Method, path: &str) -> Answer {
        let headers = [("WA-API-KEY", "sandbox-key")];
        self.try_call(method, path, &headers, "").await.unwrap()
    }

    pub fn accepted(&self) -> u64 {
        self.sandbox.counts().accepted
    }
}

pub const DEVINO_V1: &str = "/devino/whatsapp/messages";
pub const DEVINO_V2: &str = "/devino/whatsapp/v2/messages";
pub const DEVINO_BATCH: &str = "/devino/whatsapp/v2/messages/batch";
pub const RAPPORTO: &str = "/rapporto/sandbox";
pub const TUJENGE: &str = "/tujenge/v1/messages";
pub const CHAT_API: &str = "/chat-api/instance1/sendMessage?token=sandbox-token";

/// The path of a chat-api method, with the token.
pub fn chat_api(method: &str) -> String {
    format!("/chat-api/instance1/{method}?token=sandbox-token")
}

/// `base` with the members of `more`; a `null` takes a member away.
pub fn with(mut base: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        let members = base.as_object_mut().unwrap();
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    base
}

/// A message of Devino v1 in its wrapper.
pub fn devino_v1(more: &Value) -> Value {
    let base = json!({"from": "MyCompany", "to": "79034567890", "text": "Code: 1234"});
    json!({"messages": [with(base, more)]})
}

/// A message of Devino v2.
pub fn devino_v2(more: &Value) -> Value {
    with(
        json!({"from": "MySourceAddress", "to": "79034567890"}),
        more,
    )
}

/// A message of Tujenge.
pub fn tujenge(more: &Value) -> Value {
    with(json!({"to": "255712345678"}), more)
}

/// A request of Rapporto with changes at its top and in `message/data`.
pub fn rapporto(top: &Value, data: &Value) -> Value {
    let message = with(
        json!({"instantContent": {"type": "TEXT", "data": {"text": "hello"}}}),
        data,
    );
    let base = json!({
        "login": "sandbox",
        "password": "sandbox",
        "destAddr": "72101234567",
        "message": {"type": "WHATSAPP", "data": message},
    });
    with(base, top)
}

/// A callback as it arrived.
#[derive(Debug)]
pub struct Delivery {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

/// A small server that takes callbacks.
pub struct Receiver {
    pub url: String,
    deliveries: mpsc::UnboundedReceiver<Delivery>,
}

impl Receiver {
    /// Answers with `statuses` in turn, then with 200.
    pub async fn start(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, deliveries) = mpsc::unbounded_channel();
        let mut statuses = statuses.to_vec();
        statuses.reverse();
        let statuses = std::sync::Arc::new(std::sync::Mutex::new(statuses));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sender = sender.clone();
                let statuses = std::sync::Arc::clone(&statuses);
                let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                    let sender = sender.clone();
                    let status = statuses.lock().unwrap().pop().unwrap_or(200);
                    async move {
                        let (parts, body) = request.into_parts();
                        let body = body.collect().await.unwrap().to_bytes();
                        let _ = sender.send(Delivery {
                            path: parts.uri.path().to_owned(),
                            headers: parts.headers,
                            body: serde_json::from_slice(&body).unwrap(),
                        });
                        http::Response::builder()
                            .status(status)
                            .body(Full::<Bytes>::default())
                    }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        Self { url, deliveries }
    }

    pub async fn next(&mut self) -> Delivery {
        tokio::time::timeout(Duration::from_secs(5), self.deliveries.recv())
            .await
            .expect("a callback within five seconds")
            .unwrap()
    }

    /// Nothing arrived so far.
    pub fn is_empty(&mut self) -> bool {
        self.deliveries.try_recv().is_err()
    }
}

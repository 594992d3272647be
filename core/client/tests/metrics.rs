//! What a client counts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use support::{
    ACCEPTED, LONG, client, client_with, gateways, message, options, sandbox, settings,
    wrong_credentials,
};
use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
use wamux::http::{HeaderValue, Method, header};
use wamux::{Client, Exchange, Kind, Options, Request, Response, Source, Transport, gateway};
use wamux_sandbox::{Fault, FaultKind};

const SENT: &str = "messaging.client.sent.messages";
const REFUSED: &str = "wamux.client.refused.messages";
const RETRIES: &str = "wamux.client.retries";
const ACTIVE: &str = "http.client.active_requests";
const OPERATION: &str = "messaging.client.operation.duration";
const REQUEST: &str = "http.client.request.duration";
const WAIT: &str = "wamux.client.wait.duration";

/// The points of a name whose attributes have all that are wanted; one that is null is absent.
fn points(client: &Client, name: &str, wanted: &Value) -> Vec<Value> {
    let metrics = serde_json::to_value(client.metrics()).unwrap();
    let lists = ["counters", "gauges", "histograms"].map(|list| metrics[list].clone());
    let all = lists
        .into_iter()
        .flat_map(|list| list.as_array().unwrap().clone());
    let wanted = wanted.as_object().unwrap();
    all.filter(|point| {
        point["name"] == name
            && wanted
                .iter()
                .all(|(name, value)| &point["attributes"][name] == value)
    })
    .collect()
}

/// How often that was counted or measured.
fn count(client: &Client, name: &str, wanted: &Value) -> u64 {
    let points = points(client, name, wanted);
    let count = |point: &Value| point["value"].as_u64().or(point["count"].as_u64());
    points.iter().map(|point| count(point).unwrap()).sum()
}

#[tokio::test]
async fn a_message_is_counted_once_with_its_outcome() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let client = client(id, &settings(&base_url));
        client.clone().send(&message()).await.unwrap();
        sandbox
            .inject(Fault::new(FaultKind::Cut).gateway(id))
            .unwrap();
        client.send(&message()).await.unwrap_err();
        let mut wrong = message();
        wrong.to = "nobody".into();
        client.send(&wrong).await.unwrap_err();

        let own = json!({"messaging.system": id, "messaging.operation.name": "send"});
        let good = json!({"error.type": null, "wamux.delivery": null});
        let doubtful = json!({"error.type": "protocol", "wamux.delivery": "unknown"});
        assert_eq!(count(&client, SENT, &own), 2, "{id}");
        assert_eq!(count(&client, SENT, &good), 1, "{id}");
        assert_eq!(count(&client, SENT, &doubtful), 1, "{id}");
        let refused = json!({"messaging.system": id, "error.type": "validation"});
        assert_eq!(count(&client, REFUSED, &refused), 1, "{id}");
        assert_eq!(count(&client, REFUSED, &json!({})), 1, "{id}");

        // Nothing was repeated, so that an operation is a request; what was refused is neither.
        for name in [OPERATION, REQUEST] {
            assert_eq!(count(&client, name, &json!({})), 2, "{id}");
            assert_eq!(
                count(&client, name, &json!({"error.type": "protocol"})),
                1,
                "{id}"
            );
        }
        let [answered] = &points(&client, REQUEST, &json!({"error.type": null}))[..] else {
            panic!("{id}: one series of requests that were answered");
        };
        let attributes = &answered["attributes"];
        assert_eq!(attributes["http.request.method"], "POST");
        assert!(
            matches!(
                attributes["http.response.status_code"].as_u64(),
                Some(200 | 201)
            ),
            "{attributes}"
        );
        let port = attributes["server.port"].as_u64().unwrap();
        assert_eq!(attributes["server.address"], "127.0.0.1");
        assert!(base_url.contains(&format!("127.0.0.1:{port}")));
        assert_eq!(count(&client, RETRIES, &json!({})), 0);
        assert_eq!(count(&client, WAIT, &json!({})), 0);
        assert_eq!(count(&client, ACTIVE, &json!({})), 0);
    }
}

#[tokio::test]
async fn a_retry_is_counted_and_each_request_timed() {
    let sandbox = sandbox().await;
    let fault = Fault::new(FaultKind::RateLimited).retry_after(0);
    sandbox.inject(fault).unwrap();
    let patient = Options {
        timeout: LONG,
        ..Options::default()
    };
    let base_url = sandbox.base_url("rapporto").unwrap();
    let client = client_with("rapporto", &settings(&base_url), &patient);
    client.send(&message()).await.unwrap();
    assert_eq!(
        count(&client, RETRIES, &json!({"error.type": "rate_limited"})),
        1
    );
    assert_eq!(count(&client, SENT, &json!({"error.type": null})), 1);
    assert_eq!(count(&client, SENT, &json!({})), 1);
    assert_eq!(count(&client, OPERATION, &json!({})), 1);
    let limited = json!({"http.response.status_code": 429, "error.type": "429"});
    assert_eq!(count(&client, REQUEST, &limited), 1);
    assert_eq!(count(&client, REQUEST, &json!({})), 2);
}

#[tokio::test]
async fn messages_and_requests_of_batches_are_counted_apart() {
    let sandbox = sandbox().await;
    let base_url = sandbox.base_url("devino-v2").unwrap();
    let client = client("devino-v2", &settings(&base_url));
    let mut messages = vec![message(); 250];
    messages[7].to = "nobody".into();
    let results: Vec<_> = client.send_many(stream::iter(messages)).collect().await;
    let accepted = results.iter().filter(|(_, result)| result.is_ok()).count();

    let batch = json!({"messaging.operation.name": "send_batch"});
    let sent = count(&client, SENT, &json!({"error.type": null}));
    assert_eq!(sent, u64::try_from(accepted).unwrap());
    assert_eq!(count(&client, SENT, &batch), 249);
    assert_eq!(count(&client, REFUSED, &json!({})), 1);
    assert_eq!(count(&client, OPERATION, &batch), 3);
    assert_eq!(count(&client, REQUEST, &json!({})), 3);
}

#[tokio::test]
async fn calls_uploads_and_downloads_are_operations_by_their_names() {
    let sandbox = sandbox().await;
    let base_url = sandbox.base_url("tujenge").unwrap();
    let client = client("tujenge", &settings(&base_url));
    let picture = Source::from(b"\x89PNG".to_vec());
    let media = client
        .run(&UploadMedia::new("image/png", picture))
        .await
        .unwrap();
    let mut file = client
        .download(&DownloadMedia { media_id: media.id })
        .await
        .unwrap();
    file.bytes(100).await.unwrap();
    let gone = DownloadMedia {
        media_id: "gone".into(),
    };
    client.download(&gone).await.unwrap_err();
    let own_method = Method::from_bytes(b"WRONG-CREDENTIAL").unwrap();
    client.call(own_method, "/v1/x", None).await.unwrap_err();

    let named = |name: &str, error: Value| {
        let wanted = json!({"messaging.operation.name": name, "error.type": error});
        count(&client, OPERATION, &wanted)
    };
    assert_eq!(named("upload_media", Value::Null), 1);
    assert_eq!(named("download_media", Value::Null), 1);
    assert_eq!(count(&client, OPERATION, &json!({})), 4);
    let missing = json!({"http.request.method": "GET", "http.response.status_code": 404, "error.type": "404"});
    assert_eq!(count(&client, REQUEST, &missing), 1);
    let other = json!({"http.request.method": "_OTHER"});
    assert_eq!(count(&client, REQUEST, &other), 1);
    assert_eq!(count(&client, SENT, &json!({})), 0);
}

/// Answers after a while, or never.
#[derive(Debug)]
struct Slow(Option<Duration>);

impl Transport for Slow {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        Box::pin(async {
            match self.0 {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
            Ok(Response::new(200, ACCEPTED.into()))
        })
    }
}

/// Answers in turn, and after the last answer never.
#[derive(Debug)]
struct Answers(Mutex<VecDeque<Response>>);

impl Transport for Answers {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        let answer = self.0.lock().unwrap().pop_front();
        Box::pin(async {
            match answer {
                Some(answer) => Ok(answer),
                None => std::future::pending().await,
            }
        })
    }
}

fn answers(answers: impl IntoIterator<Item = Response>) -> Answers {
    Answers(Mutex::new(answers.into_iter().collect()))
}

fn over(transport: impl Transport + 'static, options: &Options) -> Client {
    let settings = wrong_credentials("http://127.0.0.1:9/wrong-credential");
    let gateway = gateway::open("devino-v2", &settings).unwrap();
    Client::with_transport(gateway, transport, options)
}

#[tokio::test(start_paused = true)]
async fn durations_are_in_seconds() {
    let client = over(Slow(Some(Duration::from_millis(300))), &options(LONG));
    client.send(&message()).await.unwrap();
    for name in [OPERATION, REQUEST] {
        let [point] = &points(&client, name, &json!({}))[..] else {
            panic!("{name}: one series");
        };
        assert_eq!(point["unit"], "s");
        let sum = point["sum"].as_f64().unwrap();
        assert!((0.3..0.31).contains(&sum), "{name}: {sum}");
        let bounds = point["explicit_bounds"].as_array().unwrap();
        let counts = point["bucket_counts"].as_array().unwrap();
        assert_eq!(counts.len(), bounds.len() + 1);
        let half = bounds.iter().position(|bound| *bound == 0.5).unwrap();
        assert_eq!(counts[half], 1);
        assert_eq!(counts.iter().filter_map(Value::as_u64).sum::<u64>(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn only_who_waits_for_a_limit_is_timed() {
    let limited = Options {
        rate: Some(1.0),
        ..options(LONG)
    };
    let client = over(Slow(Some(Duration::ZERO)), &limited);
    for _ in 0..3 {
        client.send(&message()).await.unwrap();
    }
    let [waits] = &points(&client, WAIT, &json!({"messaging.system": "devino-v2"}))[..] else {
        panic!("one series");
    };
    assert_eq!(waits["count"], 2);
    for (name, range) in [(WAIT, 1.9..2.1), (OPERATION, 1.9..2.1), (REQUEST, 0.0..0.1)] {
        let sum = seconds(&client, name);
        assert!(range.contains(&sum), "{name}: {sum}");
    }
}

/// How long all took of one series.
fn seconds(client: &Client, name: &str) -> f64 {
    let all = points(client, name, &json!({}));
    all.iter().map(|point| point["sum"].as_f64().unwrap()).sum()
}

#[tokio::test(start_paused = true)]
async fn the_rest_before_a_retry_belongs_to_no_request() {
    let mut limited = Response::new(429, Vec::new());
    let wait = HeaderValue::from_static("20");
    limited.headers.insert(header::RETRY_AFTER, wait);
    let accepted = Response::new(200, ACCEPTED.into());
    let patient = Options {
        retries: 1,
        ..options(LONG)
    };
    let client = over(answers([limited, accepted]), &patient);
    client.send(&message()).await.unwrap();
    assert_eq!(count(&client, REQUEST, &json!({})), 2);
    let (operations, requests) = (seconds(&client, OPERATION), seconds(&client, REQUEST));
    assert!((20.0..21.0).contains(&operations), "{operations}");
    assert!(requests < 0.1, "{requests}");
}

#[tokio::test(start_paused = true)]
async fn what_is_called_off_is_counted_so() {
    let client = over(Slow(None), &options(LONG));
    let message = message();
    let error = client
        .send_unless(&message, tokio::time::sleep(Duration::from_secs(1)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Cancelled);

    // So is what is dropped.
    let sending = client.send(&message);
    let dropped = tokio::time::timeout(Duration::from_secs(1), async {
        tokio::join!(sending, async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            assert_eq!(count(&client, ACTIVE, &json!({})), 1);
        })
    });
    assert!(dropped.await.is_err());
    let batch = stream::iter([message.clone(), message.clone()]);
    let mut results = client.send_many(batch);
    let dropped = tokio::time::timeout(Duration::from_secs(1), results.next());
    assert!(dropped.await.is_err());
    drop(results);
    tokio::task::yield_now().await;

    // What waited for its turn is no message that was sent.
    let slow = Options {
        rate: Some(0.001),
        ..options(LONG)
    };
    let limited = over(Slow(Some(Duration::ZERO)), &slow);
    limited.send(&message).await.unwrap();
    let cancel = tokio::time::sleep(Duration::from_secs(1));
    limited.send_unless(&message, cancel).await.unwrap_err();
    assert_eq!(count(&limited, SENT, &json!({})), 1);
    assert_eq!(count(&limited, OPERATION, &json!({})), 2);

    let cancelled = json!({"error.type": "cancelled", "wamux.delivery": "unknown"});
    assert_eq!(count(&client, SENT, &cancelled), 4);
    assert_eq!(count(&client, SENT, &json!({})), 4);
    let cancelled = json!({"error.type": "cancelled"});
    assert_eq!(count(&client, OPERATION, &cancelled), 3);
    assert_eq!(count(&client, REQUEST, &cancelled), 3);
    assert_eq!(count(&client, ACTIVE, &json!({})), 0);
}

#[tokio::test(start_paused = true)]
async fn each_message_of_a_batch_that_is_called_off_is_counted_by_its_own_outcome() {
    let stubborn = Options {
        retries: 1,
        retry_unknown: true,
        ..options(LONG)
    };
    let second = Duration::from_secs(1);
    for dropped in [false, true] {
        // The answer speaks of the first message alone. The second is sent again, and nothing is heard of that.
        let accepted = Response::new(200, ACCEPTED.into());
        let client = over(answers([accepted]), &stubborn);
        let batch = stream::iter([message(), message()]);
        if dropped {
            let mut results = client.send_many(batch);
            let next = tokio::time::timeout(second, results.next());
            assert!(next.await.is_err());
            drop(results);
            tokio::task::yield_now().await;
        } else {
            let results = client.send_many_unless(batch, tokio::time::sleep(second));
            let results: Vec<_> = results.collect().await;
            let accepted = results.iter().filter(|(_, result)| result.is_ok());
            assert_eq!((results.len(), accepted.count()), (2, 1));
        }
        let cancelled = json!({"error.type": "cancelled", "wamux.delivery": "unknown"});
        assert_eq!(count(&client, SENT, &json!({})), 2, "{dropped}");
        assert_eq!(count(&client, SENT, &json!({"error.type": null})), 1);
        assert_eq!(count(&client, SENT, &cancelled), 1);
        assert_eq!(count(&client, RETRIES, &json!({})), 1);
        assert_eq!(count(&client, REQUEST, &json!({})), 2);
        assert_eq!(count(&client, ACTIVE, &json!({})), 0);
        let how = if dropped {
            json!("cancelled")
        } else {
            Value::Null
        };
        assert_eq!(count(&client, OPERATION, &json!({"error.type": how})), 1);
        let took = seconds(&client, OPERATION);
        assert!((1.0..1.1).contains(&took), "{took}");
    }
}

#[tokio::test]
async fn no_attribute_has_a_secret() {
    let client = over(Slow(Some(Duration::ZERO)), &options(LONG));
    client.send(&message()).await.unwrap();
    let told = serde_json::to_string(&client.metrics()).unwrap();
    for secret in ["wrong-credential", "9034567890", "Code", "8770100"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    assert!(told.contains("\"server.address\":\"127.0.0.1\",\"server.port\":9"));
}

//! Many messages, their limits, and several gateways.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::result_large_err,
    clippy::unnecessary_wraps,
    reason = "a test fails by panicking, and answers with what a transport does"
)]

mod support;

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use support::{ACCEPTED, LONG, client_with, gateways, message, sandbox, settings};
use tokio::time::Instant;
use wamux::message::{Content, Message, Text};
use wamux::{
    Client, Delivery, Exchange, Failover, Failure, Kind, Options, Request, Response, Transport,
    gateway,
};
use wamux_sandbox::{Fault, FaultKind};

fn numbered(count: usize) -> Vec<Message> {
    let text = |position| Text::new(format!("Message {position}"));
    (0..count)
        .map(|position| {
            let to = format!("+7903456{position:04}");
            let mut message = Message::new(to, Content::Text(text(position)));
            message.client_id = Some(format!("{}", 1000 + position));
            message
        })
        .collect()
}

fn patient() -> Options {
    Options {
        timeout: LONG,
        ..Options::default()
    }
}

#[tokio::test]
async fn each_message_has_its_own_result_at_every_gateway() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let before = sandbox.counts();
        let client = client_with(id, &settings(&base_url), &patient());
        let mut messages = numbered(250);
        messages[7].to = "+7903".into();
        messages[133].to = "nobody".into();
        let sent = messages.clone();
        let mut results: Vec<_> = client.send_many(stream::iter(messages)).collect().await;
        results.sort_by_key(|(position, _)| *position);
        assert_eq!(results.len(), 250, "{id}");
        for (expected, (position, result)) in results.iter().enumerate() {
            assert_eq!(*position, expected, "{id}");
            match result {
                Ok(receipt) => {
                    assert_eq!(receipt.to.as_deref(), Some(sent[expected].to.as_str()));
                    assert_eq!(receipt.client_id, sent[expected].client_id);
                    assert_eq!(receipt.attempts.len(), 1);
                }
                Err(error) => {
                    assert!([7, 133].contains(&expected), "{id} {expected}: {error}");
                    assert_eq!(error.kind(), Kind::Validation);
                    assert!(error.attempts().is_empty());
                }
            }
        }
        let counts = sandbox.counts();
        assert_eq!(counts.accepted - before.accepted, 248, "{id}");
        // Where the gateway has batches, they are used.
        let requests = counts.requests - before.requests;
        let batches = id.starts_with("devino");
        assert_eq!(requests, if batches { 3 } else { 248 }, "{id}");
    }
}

#[tokio::test]
async fn a_batch_that_is_refused_for_a_while_is_sent_again() {
    let sandbox = sandbox().await;
    let fault = Fault::new(FaultKind::RateLimited)
        .gateway("devino-v2")
        .retry_after(0);
    sandbox.inject(fault).unwrap();
    let base_url = sandbox.base_url("devino-v2").unwrap();
    let client = client_with("devino-v2", &settings(&base_url), &patient());
    let results: Vec<_> = client.send_many(stream::iter(numbered(20))).collect().await;
    assert!(
        results
            .iter()
            .all(|(_, result)| result.as_ref().unwrap().attempts.len() == 2)
    );
    assert_eq!(sandbox.counts().accepted, 20);

    sandbox
        .inject(Fault::new(FaultKind::Cut).gateway("devino-v2"))
        .unwrap();
    let results: Vec<_> = client.send_many(stream::iter(numbered(20))).collect().await;
    for (_, result) in results {
        let error = result.unwrap_err();
        assert_eq!(
            (error.delivery(), error.attempts().len()),
            (Delivery::Unknown, 1)
        );
    }
    assert_eq!(sandbox.counts().accepted, 40, "what was lost had arrived");
}

/// Notes when each message leaves, and how many are under way at once.
#[derive(Debug)]
struct Timed {
    begin: Instant,
    left: Mutex<Vec<Duration>>,
    under_way: AtomicUsize,
    most: AtomicUsize,
    answer_after: Duration,
}

impl Timed {
    fn new(answer_after: Duration) -> Arc<Self> {
        Arc::new(Self {
            begin: Instant::now(),
            left: Mutex::default(),
            under_way: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            answer_after,
        })
    }
}

impl Transport for Timed {
    fn exchange(&self, request: Request) -> Exchange<'_> {
        Box::pin(async move {
            let body: Value = serde_json::from_slice(request.body.as_bytes()).unwrap();
            let together = body["messages"].as_array().map(Vec::len);
            let now = self.begin.elapsed();
            let leaving = std::iter::repeat_n(now, together.unwrap_or(1));
            self.left.lock().unwrap().extend(leaving);
            let under_way = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(under_way, Ordering::SeqCst);
            tokio::time::sleep(self.answer_after).await;
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            let accepted = match together {
                Some(together) => {
                    json!({"result": vec![json!({"code": "OK", "messageId": "1"}); together]})
                }
                None => json!({"messages": [{"id": "1"}]}),
            };
            Ok(Response::new(200, accepted.to_string().into()))
        })
    }
}

fn timed(transport: &Arc<Timed>, options: &Options) -> Client {
    timed_at("tujenge", transport, options)
}

fn timed_at(gateway: &str, transport: &Arc<Timed>, options: &Options) -> Client {
    let gateway = gateway::open(gateway, &settings("http://127.0.0.1:9")).unwrap();
    Client::with_transport(gateway, Arc::clone(transport), options)
}

/// In any stretch of time no more leave than the bucket can hold and the stretch fills.
#[tokio::test(start_paused = true)]
async fn the_rate_is_kept_to() {
    // The second takes many messages in one request.
    for gateway in ["tujenge", "devino-v2"] {
        keeps_to_the_rate(gateway).await;
    }
}

async fn keeps_to_the_rate(gateway: &str) {
    let transport = Timed::new(Duration::from_millis(300));
    let options = Options {
        rate: Some(50.0),
        burst: NonZeroU32::new(10).unwrap(),
        ..Options::default()
    };
    let client = timed_at(gateway, &transport, &options);
    let results = client.send_many(stream::iter(numbered(1000)));
    assert_eq!(
        results
            .filter(|(_, result)| std::future::ready(result.is_ok()))
            .count()
            .await,
        1000
    );
    let left = transport.left.lock().unwrap();
    assert_eq!(left.len(), 1000);
    for (first, from) in left.iter().enumerate() {
        for (last, to) in left.iter().enumerate().skip(first) {
            // Timers have whole milliseconds.
            let stretch = to.as_secs_f64() - from.as_secs_f64() + 0.001;
            let count = u32::try_from(last - first + 1).unwrap();
            assert!(
                f64::from(count) <= 10.0 + 50.0 * stretch + 1.0,
                "{count} in {stretch} s"
            );
        }
    }
    // And the rate is used: 1,000 messages, 10 of them at once.
    let all = left[999].as_secs_f64() - left[0].as_secs_f64();
    assert!((19.0..21.0).contains(&all), "{all}");
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_are_under_way_than_allowed() {
    let transport = Timed::new(Duration::from_millis(10));
    let options = Options {
        concurrency: NonZeroUsize::new(3).unwrap(),
        ..Options::default()
    };
    let client = timed(&transport, &options);
    assert_eq!(
        client.send_many(stream::iter(numbered(50))).count().await,
        50
    );
    assert_eq!(transport.most.load(Ordering::SeqCst), 3);

    // Single sends keep to it too.
    let message = message();
    let sends = (0..20).map(|_| client.send(&message));
    futures_util::future::join_all(sends).await;
    assert_eq!(transport.most.load(Ordering::SeqCst), 3);
}

/// Messages are taken only as results are.
#[tokio::test(start_paused = true)]
async fn who_does_not_take_results_is_not_read_from() {
    let transport = Timed::new(Duration::from_millis(1));
    let options = Options {
        concurrency: NonZeroUsize::new(4).unwrap(),
        ..Options::default()
    };
    let client = timed(&transport, &options);
    let taken = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&taken);
    let messages = stream::iter(numbered(1000)).inspect(move |_| {
        counting.fetch_add(1, Ordering::Relaxed);
    });
    let mut results = client.send_many(messages);
    for seen in 1..=20 {
        assert!(results.next().await.is_some());
        tokio::time::sleep(Duration::from_secs(1)).await;
        let taken = taken.load(Ordering::Relaxed);
        assert!(taken <= seen + 2 * 4, "{taken} taken for {seen} results");
    }
    drop(results);
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert!(taken.load(Ordering::Relaxed) < 40);
}

/// Answers the first requests, and never the others.
#[derive(Debug)]
struct Stuck {
    answers: usize,
    body: &'static str,
    requests: AtomicUsize,
}

impl Stuck {
    fn after(answers: usize, body: &'static str) -> Arc<Self> {
        Arc::new(Self {
            answers,
            body,
            requests: AtomicUsize::new(0),
        })
    }
}

impl Transport for Stuck {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            if number >= self.answers {
                std::future::pending::<()>().await;
            }
            Ok(Response::new(200, self.body.into()))
        })
    }
}

/// What is called off has a result for each message that was taken, and no more are taken.
#[tokio::test(start_paused = true)]
async fn what_is_called_off_says_of_each_message_whether_it_left() {
    // One message a request, and two: the first request is answered, the second never, and the third waits for its turn.
    let both = r#"{"result":[{"code":"OK","messageId":"1"},{"code":"OK","messageId":"2"}]}"#;
    for (batch_size, body) in [(1, ACCEPTED), (2, both)] {
        let mut settings = settings("http://127.0.0.1:9");
        settings.set("batch_size", &batch_size.to_string()).unwrap();
        let gateway = gateway::open("devino-v2", &settings).unwrap();
        let transport = Stuck::after(1, body);
        let options = Options {
            concurrency: NonZeroUsize::new(3).unwrap(),
            rate: Some(0.1),
            burst: NonZeroU32::new(2 * batch_size).unwrap(),
            ..Options::default()
        };
        let client = Client::with_transport(gateway, Arc::clone(&transport), &options);
        let taken = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&taken);
        let endless = stream::iter(numbered(1).into_iter().cycle()).inspect(move |_| {
            counting.fetch_add(1, Ordering::Relaxed);
        });
        let cancel = tokio::time::sleep(Duration::from_secs(1));
        let results = client.send_many_unless(endless, cancel);
        let results: Vec<_> = results.collect().await;
        assert_eq!(results.len(), taken.load(Ordering::Relaxed));
        assert_eq!(transport.requests.load(Ordering::SeqCst), 2);
        let mut counts = [0; 3];
        for (_, result) in results {
            counts[match result {
                Ok(_) => 0,
                Err(error) => {
                    assert_eq!(error.kind(), Kind::Cancelled);
                    match error.delivery() {
                        Delivery::Unknown => 1,
                        Delivery::NotSent => 2,
                    }
                }
            }] += 1;
        }
        let size = usize::try_from(batch_size).unwrap();
        assert_eq!(counts[..2], [size, size], "{counts:?}");
        assert!(counts[2] >= size, "{counts:?}");
    }
}

/// Answers in its own way, and counts.
#[derive(Debug)]
struct Fixed {
    answer: fn() -> Result<Response, Failure>,
    calls: AtomicUsize,
}

impl Transport for Fixed {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = (self.answer)();
        Box::pin(async { answer })
    }
}

fn fixed(id: &str, answer: fn() -> Result<Response, Failure>) -> (Client, Arc<Fixed>) {
    let transport = Arc::new(Fixed {
        answer,
        calls: AtomicUsize::new(0),
    });
    let gateway = gateway::open(id, &settings("http://127.0.0.1:9")).unwrap();
    let options = support::options(LONG);
    let client = Client::with_transport(gateway, Arc::clone(&transport), &options);
    (client, transport)
}

fn down() -> Result<Response, Failure> {
    Err(Failure::Connect("no network".into()))
}

fn lost() -> Result<Response, Failure> {
    Err(Failure::NoAnswer("gone".into()))
}

fn good() -> Result<Response, Failure> {
    Ok(Response::new(200, ACCEPTED.into()))
}

#[tokio::test]
async fn the_next_gateway_is_tried_only_where_the_first_has_certainly_not_sent() {
    let (first, first_calls) = fixed("tujenge", down);
    let (second, second_calls) = fixed("devino-v2", good);
    let both = Failover::new([first, second]).unwrap();
    let receipt = both.send(&message()).await.unwrap();
    assert_eq!(receipt.gateway, "devino-v2");
    let told: Vec<_> = receipt
        .attempts
        .iter()
        .map(|own| (own.gateway, own.kind))
        .collect();
    let expected = [
        (Some("tujenge"), Some(Kind::Connect)),
        (Some("devino-v2"), None),
    ];
    assert_eq!(told, expected);
    let calls = |transport: &Fixed| transport.calls.load(Ordering::Relaxed);
    assert_eq!((calls(&first_calls), calls(&second_calls)), (1, 1));

    let (first, _) = fixed("tujenge", lost);
    let (second, second_calls) = fixed("devino-v2", good);
    let error = Failover::new([first, second])
        .unwrap()
        .send(&message())
        .await
        .unwrap_err();
    assert_eq!(
        (error.delivery(), error.gateway()),
        (Delivery::Unknown, Some("tujenge"))
    );
    assert_eq!(calls(&second_calls), 0);

    let (first, _) = fixed("tujenge", down);
    let (second, _) = fixed("devino-v2", down);
    let error = Failover::new([first, second])
        .unwrap()
        .send(&message())
        .await
        .unwrap_err();
    let told: Vec<_> = error.attempts().iter().map(|own| own.gateway).collect();
    assert_eq!(told, [Some("tujenge"), Some("devino-v2")]);

    assert_eq!(Failover::new([]).unwrap_err().kind(), Kind::Configuration);
}

#[tokio::test(start_paused = true)]
async fn what_is_called_off_is_sent_to_no_other_gateway() {
    let (first, first_calls) = fixed("tujenge", down);
    let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
    let second = Client::with_transport(gateway, Stuck::after(0, ""), &support::options(LONG));
    let (third, third_calls) = fixed("chat-api", good);
    let all = Failover::new([first, second, third]).unwrap();
    let cancel = tokio::time::sleep(LONG / 2);
    let error = all.send_unless(&message(), cancel).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery(), error.gateway()),
        (Kind::Cancelled, Delivery::Unknown, Some("devino-v2"))
    );
    let told: Vec<_> = error.attempts().iter().map(|own| own.gateway).collect();
    assert_eq!(told, [Some("tujenge"), Some("devino-v2")]);
    let calls = |transport: &Fixed| transport.calls.load(Ordering::Relaxed);
    assert_eq!((calls(&first_calls), calls(&third_calls)), (1, 0));
}

/// Nor is what has certainly not left, since nobody wants it any more.
#[tokio::test(start_paused = true)]
async fn what_is_called_off_between_two_attempts_is_sent_to_no_other_gateway() {
    let transport = Arc::new(Fixed {
        answer: down,
        calls: AtomicUsize::new(0),
    });
    let gateway = gateway::open("tujenge", &settings("http://127.0.0.1:9")).unwrap();
    let options = Options {
        retries: 100,
        ..Options::default()
    };
    let first = Client::with_transport(gateway, transport, &options);
    let (second, second_calls) = fixed("devino-v2", good);
    let both = Failover::new([first, second]).unwrap();
    let cancel = tokio::time::sleep(Duration::from_millis(100));
    let error = both.send_unless(&message(), cancel).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery(), error.gateway()),
        (Kind::Cancelled, Delivery::NotSent, Some("tujenge"))
    );
    assert_eq!(second_calls.calls.load(Ordering::Relaxed), 0);
}

/// Where it is called off before it begins, nothing is taken.
#[tokio::test]
async fn what_is_called_off_before_takes_nothing() {
    let (client, transport) = fixed("tujenge", good);
    let messages = stream::iter(numbered(10));
    let results: Vec<_> = client.send_many_unless(messages, async {}).collect().await;
    assert!(results.is_empty());
    assert_eq!(transport.calls.load(Ordering::Relaxed), 0);
}

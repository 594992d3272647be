//! Answers that are slow, and callers that are: nothing is lost to either, and the rate holds.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::{join, join_all};
use futures_util::{StreamExt as _, stream};
use support::{ACCEPTED, LONG, client_with, message, sandbox, settings};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use wamux::http::Method;
use wamux::message::Message;
use wamux::{
    Client, Exchange, HttpTransport, Kind, Options, Request, Response, Transport, gateway,
};

fn at_once(concurrency: usize) -> Options {
    Options {
        concurrency: NonZeroUsize::new(concurrency).unwrap(),
        ..Options::default()
    }
}

fn one_in_a_request(base_url: &str) -> wamux::Settings {
    let mut settings = settings(base_url);
    settings.set("batch_size", "1").unwrap();
    settings
}

/// Answers at once, but nothing before a moment; notes when it was asked.
#[derive(Debug)]
struct Jammed {
    until: Instant,
    asked: Mutex<Vec<Duration>>,
    begin: Instant,
}

impl Jammed {
    fn client(until: Duration, options: &Options) -> (Client, Arc<Self>) {
        let begin = Instant::now();
        let transport = Arc::new(Self {
            until: begin + until,
            asked: Mutex::default(),
            begin,
        });
        let gateway = gateway::open("devino-v2", &one_in_a_request("http://127.0.0.1:9")).unwrap();
        let client = Client::with_transport(gateway, Arc::clone(&transport), options);
        (client, transport)
    }
}

impl Transport for Jammed {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        Box::pin(async {
            self.asked.lock().unwrap().push(self.begin.elapsed());
            sleep_until(self.until).await;
            Ok(Response::new(200, ACCEPTED.into()))
        })
    }
}

fn many(count: usize) -> impl futures_util::Stream<Item = Message> + Send {
    stream::iter((0..count).map(|_| message()))
}

/// What was under way while a result was being stored for longer than a timeout has been answered meanwhile.
#[tokio::test]
async fn who_takes_results_slowly_loses_none() {
    let sandbox = sandbox().await;
    let timeout = Duration::from_millis(400);
    let options = Options {
        timeout,
        ..at_once(8)
    };
    let base_url = sandbox.base_url("devino-v2").unwrap();
    let client = client_with("devino-v2", &one_in_a_request(&base_url), &options);
    let mut results = client.send_many(many(8));
    let mut count = 0;
    while let Some((_, result)) = results.next().await {
        assert_eq!(result.unwrap().attempts.len(), 1);
        count += 1;
        if count == 1 {
            sleep(2 * timeout).await;
        }
    }
    assert_eq!((count, sandbox.counts().accepted), (8, 8));
}

/// One that waits for its turn goes on, so that others behind it have theirs.
#[tokio::test(start_paused = true)]
async fn a_client_sends_between_the_results_of_its_own_campaign() {
    let options = Options {
        rate: Some(1.0),
        ..at_once(4)
    };
    let (client, _) = Jammed::client(Duration::ZERO, &options);
    let mut results = client.send_many(many(8));
    // After the second, the others wait for their turn.
    for _ in 0..2 {
        results.next().await.unwrap().1.unwrap();
    }
    let message = message();
    let between = timeout(LONG, client.send(&message)).await;
    between.unwrap().unwrap();
    assert_eq!(results.count().await, 6);
}

/// A rate that was not used while nothing was answered is not made up for.
#[tokio::test(start_paused = true)]
async fn no_flood_follows_a_jam() {
    let options = Options {
        rate: Some(10.0),
        ..at_once(4)
    };
    let (client, transport) = Jammed::client(Duration::from_secs(30), &options);
    let message = message();
    join_all((0..60).map(|_| client.send(&message))).await;
    let asked = transport.asked.lock().unwrap();
    assert_eq!(asked.len(), 60);
    let after: Vec<_> = asked.iter().filter(|at| at.as_secs() >= 30).collect();
    assert_eq!(after.len(), 56);
    for pair in after.windows(2) {
        // Timers have whole milliseconds.
        assert!(
            pair[1].saturating_sub(*pair[0]) >= Duration::from_millis(98),
            "{pair:?}"
        );
    }
}

/// The rate is one of messages.
#[tokio::test(start_paused = true)]
async fn a_call_does_not_wait_behind_messages() {
    let options = Options {
        rate: Some(0.01),
        burst: NonZeroU32::MIN,
        ..at_once(4)
    };
    let (client, _) = Jammed::client(Duration::ZERO, &options);
    let message = message();
    let calling = async {
        // Behind the messages, in any order of polls.
        sleep(Duration::from_secs(1)).await;
        client
            .call(Method::POST, "/x", Some("{}".into()))
            .await
            .unwrap();
        client.metrics().histograms.len()
    };
    let began = Instant::now();
    let sending = join(client.send(&message), client.send(&message));
    let calling = async {
        calling.await;
        began.elapsed()
    };
    let ((first, second), called) = join(sending, calling).await;
    first.unwrap();
    second.unwrap();
    assert_eq!((called.as_secs(), began.elapsed().as_secs()), (1, 100));
}

/// Counts what it is asked for, and fails at once.
#[derive(Debug, Default)]
struct Refusing(AtomicUsize);

impl Transport for Refusing {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(wamux::Failure::Connect("nobody is there".to_owned())) })
    }
}

/// Where the first gateway fails at the moment of the calling off, the second is not asked.
#[tokio::test]
async fn what_is_called_off_by_then_does_not_begin() {
    let second = Arc::new(Refusing::default());
    let client = |transport: Arc<Refusing>| {
        let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
        let options = Options {
            retries: 0,
            ..Options::default()
        };
        Client::with_transport(gateway, transport, &options)
    };
    let clients = [client(Arc::default()), client(Arc::clone(&second))];
    let all = wamux::Failover::new(clients).unwrap();
    let cancel = tokio::task::yield_now();
    let error = all.send_unless(&message(), cancel).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Cancelled);
    assert_eq!(second.0.load(Ordering::Relaxed), 0);
}

#[test]
fn a_rate_that_is_none_is_refused_and_any_concurrency_is_not() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
        let options = Options {
            rate: Some(rate),
            ..Options::default()
        };
        let error = Client::new(gateway, &options).unwrap_err();
        assert_eq!(error.kind(), Kind::Configuration, "{rate}");
        assert!(error.to_string().contains("rate"), "{error}");
    }
    let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
    let transport = HttpTransport::new(&Options::default()).unwrap();
    Client::with_transport(gateway, transport, &at_once(usize::MAX));
}

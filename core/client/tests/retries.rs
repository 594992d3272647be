//! What is repeated, what is not, and how the attempts are told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use support::{ACCEPTED, LONG, client_with, gateways, message, sandbox, settings};
use wamux::gateway::typed::tujenge::UploadMedia;
use wamux::{
    Client, Delivery, Exchange, Failure, Kind, OnRetry, Options, Request, Response, Settings,
    Source, Transport, gateway,
};
use wamux_sandbox::{Fault, FaultKind, Sandbox};

/// Options with a hook that notes how long each retry waits.
fn noting(options: Options) -> (Options, Arc<Mutex<Vec<Duration>>>) {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&waits);
    let on_retry = OnRetry::new(move |retry| noted.lock().unwrap().push(retry.wait));
    let options = Options {
        timeout: LONG,
        on_retry: Some(on_retry),
        ..options
    };
    (options, waits)
}

fn at(sandbox: &Sandbox, id: &str) -> Settings {
    settings(&sandbox.base_url(id).unwrap())
}

#[tokio::test]
async fn a_refusal_that_passes_is_repeated_after_the_time_that_the_gateway_asks_for() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let before = sandbox.counts().accepted;
        let fault = Fault::new(FaultKind::RateLimited)
            .gateway(id)
            .retry_after(1);
        sandbox.inject(fault).unwrap();
        let (options, waits) = noting(Options::default());
        let client = client_with(id, &settings(&base_url), &options);
        let receipt = client.send(&message()).await.unwrap();
        let told: Vec<_> = receipt
            .attempts
            .iter()
            .map(|attempt| (attempt.kind, attempt.delivery, attempt.http_status))
            .collect();
        let limited = (Some(Kind::RateLimited), Some(Delivery::NotSent), Some(429));
        assert_eq!(told[0], limited, "{id}");
        assert!(
            matches!(told[1], (None, None, Some(200 | 201))),
            "{id}: {told:?}"
        );
        assert_eq!(told.len(), 2, "{id}");
        assert!(receipt.attempts[0].at < receipt.attempts[1].at);
        let wait = waits.lock().unwrap()[0];
        assert!((1.0..=1.5).contains(&wait.as_secs_f64()), "{id}: {wait:?}");
        assert_eq!(sandbox.counts().accepted, before + 1, "{id}");
    }
}

#[tokio::test]
async fn what_the_gateway_may_have_is_not_repeated_unasked() {
    let sandbox = sandbox().await;
    for (id, base_url) in gateways(&sandbox) {
        let before = sandbox.counts().accepted;
        sandbox
            .inject(Fault::new(FaultKind::Cut).gateway(id))
            .unwrap();
        let client = client_with(id, &settings(&base_url), &noting(Options::default()).0);
        let error = client.send(&message()).await.unwrap_err();
        assert_eq!(
            (error.delivery(), error.attempts().len()),
            (Delivery::Unknown, 1),
            "{id}"
        );
        assert_eq!(sandbox.counts().accepted, before + 1, "{id}");
    }
}

#[tokio::test]
async fn what_the_gateway_may_have_is_repeated_where_the_caller_says_so() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::new(FaultKind::Cut)).unwrap();
    let asked = Options {
        retry_unknown: true,
        ..Options::default()
    };
    let client = client_with("devino-v2", &at(&sandbox, "devino-v2"), &noting(asked).0);
    let receipt = client.send(&message()).await.unwrap();
    assert_eq!(receipt.attempts[0].delivery, Some(Delivery::Unknown));
    assert_eq!(sandbox.counts().accepted, 2, "that is the price");
}

/// The gateway knows the message again: it is there once.
#[tokio::test]
async fn what_the_gateway_recognises_is_repeated() {
    let options = wamux_sandbox::Options {
        rapporto_deduplicates: true,
        ..wamux_sandbox::Options::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let mut settings = at(&sandbox, "rapporto");
    settings.set("deduplicates", "true").unwrap();
    let client = client_with("rapporto", &settings, &noting(Options::default()).0);

    sandbox.inject(Fault::new(FaultKind::Html504)).unwrap();
    let mut repeated = message();
    let outcome = client.send(&repeated).await;
    let attempts = match &outcome {
        Ok(receipt) => receipt.attempts.clone(),
        // The gateway refuses what it has: the first attempt had sent it.
        Err(error) => {
            assert_eq!(
                (error.kind(), error.delivery()),
                (Kind::Duplicate, Delivery::Unknown)
            );
            error.attempts().to_vec()
        }
    };
    assert_eq!(
        (attempts.len(), attempts[0].delivery),
        (2, Some(Delivery::Unknown))
    );
    assert_eq!(sandbox.counts().accepted, 1);

    // Without an id of the caller's there is nothing to know it by.
    sandbox.inject(Fault::new(FaultKind::Html504)).unwrap();
    repeated.client_id = None;
    let error = client.send(&repeated).await.unwrap_err();
    assert_eq!(error.attempts().len(), 1);
}

/// A transport that nothing answers at, which counts.
#[derive(Debug, Default)]
struct Down(AtomicUsize);

impl Transport for Down {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(Failure::Connect("no network".into())) })
    }
}

fn over(transport: impl Transport + 'static, options: &Options) -> Client {
    let gateway = gateway::open("devino-v2", &settings("http://127.0.0.1:9")).unwrap();
    Client::with_transport(gateway, transport, options)
}

#[tokio::test(start_paused = true)]
async fn the_waits_grow_and_are_drawn_at_random() {
    let options = Options {
        retries: 10,
        ..Options::default()
    };
    let (options, waits) = noting(options);
    let client = over(Arc::new(Down::default()), &options);
    let error = client.send(&message()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (Kind::Connect, 11));
    assert!(
        error
            .attempts()
            .iter()
            .all(|attempt| attempt.kind == Some(Kind::Connect))
    );
    let waits = waits.lock().unwrap();
    let most = |retry: i32| (0.5 * 2f64.powi(retry)).min(30.0);
    for (retry, wait) in waits.iter().enumerate() {
        assert!(
            wait.as_secs_f64() <= most(i32::try_from(retry).unwrap()),
            "{waits:?}"
        );
    }
    // All ten by chance in the first tenth: once in ten thousand million runs.
    let late = |(retry, wait): (usize, &Duration)| {
        wait.as_secs_f64() > most(i32::try_from(retry).unwrap()) / 10.0
    };
    assert!(waits.iter().enumerate().any(late), "{waits:?}");
}

/// Bytes and files are read again; a stream is gone.
#[tokio::test(start_paused = true)]
async fn an_upload_is_repeated_only_where_it_can_be_read_again() {
    let attempts = async |source: Source| {
        let gateway = gateway::open("tujenge", &settings("http://127.0.0.1:9")).unwrap();
        let (options, _) = noting(Options::default());
        let client = Client::with_transport(gateway, Arc::new(Down::default()), &options);
        let call = UploadMedia::new("application/pdf", source);
        client.run(&call).await.unwrap_err().attempts().len()
    };
    assert_eq!(attempts(Source::from(vec![1, 2, 3])).await, 3);
    assert_eq!(attempts(Source::reader(&[1, 2, 3][..], Some(3))).await, 1);
}

/// For every five messages one may be repeated, and one or two a second beside.
#[tokio::test(start_paused = true)]
async fn an_outage_is_not_amplified() {
    let down = Arc::new(Down::default());
    let (options, _) = noting(Options::default());
    let client = over(Arc::clone(&down), &options);
    let begin = tokio::time::Instant::now();
    for _ in 0..500 {
        client.send(&message()).await.unwrap_err();
    }
    let attempts = down.0.load(Ordering::Relaxed);
    let seconds = usize::try_from(begin.elapsed().as_secs()).unwrap();
    // The budget of the first ten seconds is there from the beginning; its windows are no longer than ten seconds, and
    // can be half of that.
    let most = 500 + 500 / 5 + 2 * seconds + 10 + 1;
    assert!(
        (500..=most).contains(&attempts),
        "{attempts} in {seconds} s"
    );
    assert!(
        most < 1000,
        "else nothing is shown: three attempts each would be 1,500"
    );
}

#[tokio::test(start_paused = true)]
async fn a_time_that_is_too_long_is_the_callers_to_wait() {
    #[derive(Debug)]
    struct Limited(&'static str);
    impl Transport for Limited {
        fn exchange(&self, _request: Request) -> Exchange<'_> {
            let mut answer = Response::new(429, Vec::new());
            answer
                .headers
                .insert("retry-after", self.0.parse().unwrap());
            Box::pin(async move { Ok(answer) })
        }
    }
    let (options, waits) = noting(Options::default());
    let error = over(Limited("61"), &options)
        .send(&message())
        .await
        .unwrap_err();
    assert_eq!((error.retry_after(), error.attempts().len()), (Some(61), 1));
    let error = over(Limited("60"), &options)
        .send(&message())
        .await
        .unwrap_err();
    assert_eq!(error.attempts().len(), 3);
    assert!(
        waits
            .lock()
            .unwrap()
            .iter()
            .all(|wait| *wait >= Duration::from_mins(1))
    );
}

/// Fails once in a way that leaves the message unknown, then is refused for certain.
#[tokio::test(start_paused = true)]
async fn a_message_that_may_have_left_stays_unknown() {
    #[derive(Debug, Default)]
    struct Wavering(AtomicUsize);
    impl Transport for Wavering {
        fn exchange(&self, _request: Request) -> Exchange<'_> {
            let first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
            Box::pin(async move {
                if first {
                    Err(Failure::NoAnswer("gone".into()))
                } else {
                    Ok(Response::new(403, Vec::new()))
                }
            })
        }
    }
    let (options, _) = noting(Options {
        retry_unknown: true,
        ..Options::default()
    });
    let error = over(Wavering::default(), &options)
        .send(&message())
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Permission, Delivery::Unknown)
    );
    let told: Vec<_> = error
        .attempts()
        .iter()
        .map(|attempt| attempt.delivery)
        .collect();
    assert_eq!(told, [Some(Delivery::Unknown), Some(Delivery::NotSent)]);
}

/// What is called off while it waits for its next attempt has not been sent.
#[tokio::test(start_paused = true)]
async fn what_is_called_off_says_whether_it_left() {
    let (options, _) = noting(Options {
        retries: 100,
        ..Options::default()
    });
    let client = over(Arc::new(Down::default()), &options);
    let cancel = tokio::time::sleep(Duration::from_millis(100));
    let error = client.send_unless(&message(), cancel).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Cancelled, Delivery::NotSent)
    );
    assert!(!error.attempts().is_empty());

    let client = over(Silent, &options);
    let cancel = tokio::time::sleep(Duration::from_millis(100));
    let error = client.send_unless(&message(), cancel).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Cancelled, Delivery::Unknown)
    );
    let attempts = error.attempts();
    assert_eq!(
        (attempts.len(), attempts[0].kind),
        (1, Some(Kind::Cancelled))
    );

    let good = over(Ready, &options);
    let receipt = good.send_unless(&message(), std::future::pending()).await;
    assert_eq!(receipt.unwrap().attempts.len(), 1);
}

/// Never answers, and does not say how far the request has come.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

#[derive(Debug)]
struct Ready;

impl Transport for Ready {
    fn exchange(&self, _request: Request) -> Exchange<'_> {
        Box::pin(async { Ok(Response::new(200, ACCEPTED.into())) })
    }
}

/// On a real connection: a server that accepts it and reads nothing has no part of the message until the client is asked
/// for it, which a TCP connection does at once; one that is never reached has none.
#[tokio::test]
async fn a_connection_that_is_not_made_leaves_nothing_behind() {
    // A proxy that takes the connection and never makes the tunnel: TLS cannot begin, so nothing of the message leaves.
    let (listener, proxy) = support::listener("http").await;
    let options = Options {
        proxy: Some(wamux::Private::new(proxy)),
        retries: 0,
        timeout: LONG,
        ..Options::default()
    };
    let client = client_with("devino-v2", &settings("https://gateway.invalid"), &options);
    let held = async {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        stream
    };
    let (ready, reached) = tokio::sync::oneshot::channel::<()>();
    let cancel = async { reached.await.unwrap() };
    let message = message();
    let serve = async {
        let stream = held.await;
        ready.send(()).unwrap();
        stream
    };
    let (result, _stream) = tokio::join!(client.send_unless(&message, cancel), serve);
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (Kind::Cancelled, Delivery::NotSent)
    );
}

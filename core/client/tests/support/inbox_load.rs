//! Deliveries as a gateway makes them: shuffled, some of them twice, each until it is acknowledged.

#[path = "soak.rs"]
mod soak;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::sleep;
use wamux::http::{HeaderMap, Method};
use wamux::inbox::{Inbox, Key, Notification, Options, Store};
use wamux::{Authentication, Event, Webhook, events, gateway};

pub const GATEWAY: &str = "devino-v1";
/// The statuses of each message, in their order.
const STATUSES: [&str; 3] = ["SENT", "DELIVERED", "READ"];
/// Of a hundred deliveries, so many come twice, and of a hundred attempts, so many fail.
const DUPLICATES: usize = 30;
const FAILURES: u32 = 10;
pub const CONCURRENCY: usize = 64;
/// A time that only a hanging test reaches.
const LONG: Duration = Duration::from_mins(10);

/// So many deliveries as usual; `WAMUX_SOAK_DELIVERIES` sets another number.
pub fn count() -> usize {
    soak::number("WAMUX_SOAK_DELIVERIES", 300)
}

/// Bodies with one status each, shuffled, and some of them twice.
pub fn deliveries(count: usize, random: &mut fastrand::Rng) -> Vec<String> {
    let different = count * 100 / (100 + DUPLICATES);
    let body = |number: usize| {
        let (message, status) = (number / STATUSES.len(), STATUSES[number % STATUSES.len()]);
        format!(r#"[{{"messageId":"{message}","status":"{status}"}}]"#)
    };
    let mut bodies: Vec<String> = (0..different).map(body).collect();
    let again = (different..count).map(|_| body(random.usize(..different)));
    bodies.extend(again.collect::<Vec<_>>());
    random.shuffle(&mut bodies);
    bodies
}

/// The keys of these bodies, each once.
pub fn keys(bodies: &[String]) -> HashSet<Key> {
    let gateway = gateway::reader(GATEWAY).unwrap();
    let events = bodies
        .iter()
        .flat_map(|body| events(gateway, body.as_bytes()).unwrap());
    events.map(|event| Key::of(GATEWAY, &event)).collect()
}

pub fn options() -> Options {
    Options {
        concurrency: CONCURRENCY.try_into().unwrap(),
        attempts: 1000.try_into().unwrap(),
        first_wait: Duration::from_millis(5),
        longest_wait: Duration::from_millis(50),
        lease: Duration::from_millis(500),
        ..Options::default()
    }
}

/// What was handled, and what a test may see of it.
#[derive(Default)]
pub struct Handled {
    /// How often each event was handled to its end.
    pub times: BTreeMap<Key, u32>,
    /// The messages whose statuses are being handled.
    under_way: HashSet<String>,
    pub failures: u32,
}

/// A handler that fails now and then, takes a moment, and finds out if two statuses of a message are handled at once.
pub async fn handle(
    notification: Notification,
    handled: Arc<Mutex<Handled>>,
    note: impl Fn(&Notification),
) -> Result<(), &'static str> {
    let lock = || handled.lock().unwrap_or_else(PoisonError::into_inner);
    let Event::Status(status) = &notification.event else {
        panic!("{notification:?}");
    };
    assert!(
        lock().under_way.insert(status.message_id.clone()),
        "two statuses of a message at once"
    );
    sleep(Duration::from_millis(fastrand::u64(..3))).await;
    let fails = fastrand::u32(..100) < FAILURES;
    let mut handled = lock();
    handled.under_way.remove(&status.message_id);
    if fails {
        handled.failures += 1;
        return Err("now and then");
    }
    *handled.times.entry(notification.key).or_default() += 1;
    note(&notification);
    Ok(())
}

/// Delivers all bodies, as many at once as the inbox handles, each until it is acknowledged, and waits until they are
/// handled.
pub async fn deliver(
    inbox: Arc<Inbox>,
    store: Arc<dyn Store>,
    bodies: Vec<(usize, String)>,
    acknowledged: impl Fn(usize) + Clone + Send + 'static,
) {
    let bodies = Arc::new(Mutex::new(bodies));
    let senders = (0..CONCURRENCY).map(|_| {
        let (inbox, bodies, acknowledged) = (
            Arc::clone(&inbox),
            Arc::clone(&bodies),
            acknowledged.clone(),
        );
        tokio::spawn(async move {
            let headers = HeaderMap::new();
            let next = || bodies.lock().unwrap().pop();
            while let Some((number, body)) = next() {
                let body = body.as_bytes();
                let webhook = Webhook {
                    method: &Method::POST,
                    path: "/",
                    headers: &headers,
                    body,
                };
                while inbox.receive(&webhook).await.status != 200 {
                    sleep(Duration::from_millis(1)).await;
                }
                acknowledged(number);
            }
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await.unwrap();
    }
    let deadline = Instant::now() + LONG;
    while store.waiting(GATEWAY).await.unwrap() > 0 {
        assert!(Instant::now() < deadline, "events are still waiting");
        sleep(Duration::from_millis(5)).await;
    }
}

/// An inbox that believes everybody.
pub fn start<Handling>(
    store: &Arc<dyn Store>,
    handler: impl Fn(Notification) -> Handling + Send + Sync + 'static,
) -> Arc<Inbox>
where
    Handling: Future<Output = Result<(), &'static str>> + Send + 'static,
{
    let (store, none) = (Arc::clone(store), Authentication::none());
    Arc::new(Inbox::start(GATEWAY, none, store, options(), handler).unwrap())
}

//! From a webhook to its handler: answers, order, failures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use wamux::http::{HeaderMap, HeaderValue, Method};
use wamux::inbox::{
    Answer, Entry, Inbox, Key, MemoryStore, Notification, Options, SqliteStore, Store,
};
use wamux::{Authentication, Event, WEBHOOK_LIMIT, Webhook};

const LONG: Duration = Duration::from_mins(1);

/// What a handler was given, and what it is to do.
#[derive(Default)]
struct Seen {
    lines: Vec<String>,
    /// Which of its next calls fail.
    failures: usize,
}

/// `message id status, attempt, advances` of a status; `chat: text` of a message.
fn line(notification: &Notification) -> String {
    let (attempt, advances) = (notification.attempt, notification.advances);
    match &notification.event {
        Event::Status(status) => {
            let news = if advances { "news" } else { "late" };
            format!(
                "{} {} {attempt} {news}",
                status.message_id, status.raw_status
            )
        }
        Event::Message(message) => {
            format!(
                "{}: {}",
                message.chat_id.as_deref().unwrap_or("-"),
                message.id
            )
        }
        Event::Error(error) => error.raw.as_str().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn options() -> Options {
    Options {
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(2),
        ..Options::default()
    }
}

fn inbox(gateway: &str, store: &Arc<dyn Store>, options: Options) -> (Inbox, Arc<Mutex<Seen>>) {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let notes = Arc::clone(&seen);
    let handler = move |notification: Notification| {
        let notes = Arc::clone(&notes);
        async move {
            let mut seen = notes.lock().unwrap();
            seen.lines.push(line(&notification));
            if seen.failures == 0 {
                return Ok(());
            }
            seen.failures -= 1;
            Err("not now")
        }
    };
    let inbox = Inbox::start(
        gateway,
        Authentication::none(),
        Arc::clone(store),
        options,
        handler,
    );
    (inbox.unwrap(), seen)
}

fn memory() -> Arc<dyn Store> {
    Arc::new(MemoryStore::default())
}

fn sqlite() -> (Arc<dyn Store>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("inbox")).unwrap();
    (Arc::new(store), folder)
}

async fn receive(inbox: &Inbox, body: &str) -> u16 {
    let headers = HeaderMap::new();
    let webhook = Webhook {
        method: &Method::POST,
        path: "/",
        headers: &headers,
        body: body.as_bytes(),
    };
    inbox.receive(&webhook).await.status
}

async fn drained(store: &Arc<dyn Store>, alias: &str) {
    let deadline = Instant::now() + LONG;
    while store.waiting(alias).await.unwrap() > 0 {
        assert!(Instant::now() < deadline, "events are still waiting");
        sleep(Duration::from_millis(2)).await;
    }
}

fn statuses(items: &[(&str, &str)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(id, status)| format!(r#"{{"messageId":"{id}","status":"{status}"}}"#))
        .collect();
    format!("[{}]", items.join(","))
}

#[tokio::test]
async fn statuses_that_come_late_are_handed_over_and_do_not_advance() {
    let (inbox, seen) = inbox("devino-v1", &memory(), options());
    let body = statuses(&[
        ("A", "READ"),
        ("A", "DELIVERED"),
        ("A", "STRANGE"),
        ("A", "UNDELIVERED"),
    ]);
    assert_eq!(receive(&inbox, &body).await, 200);
    assert_eq!(receive(&inbox, &statuses(&[("A", "SENT")])).await, 200);
    assert_eq!(receive(&inbox, &body).await, 200);
    assert_eq!(
        seen.lock().unwrap().lines,
        [
            "A READ 1 news",
            "A DELIVERED 1 late",
            "A STRANGE 1 late",
            "A UNDELIVERED 1 news",
            "A SENT 1 late",
        ]
    );
}

#[tokio::test]
async fn without_durability_a_failure_is_the_gateways_to_mend() {
    let (inbox, seen) = inbox("devino-v1", &memory(), options());
    seen.lock().unwrap().failures = 1;
    let body = statuses(&[("A", "SENT"), ("A", "DELIVERED"), ("B", "SENT")]);
    assert_eq!(receive(&inbox, &body).await, 503);
    let mut lines = std::mem::take(&mut seen.lock().unwrap().lines);
    lines.sort();
    // What stands behind the failure was not handled, what stands beside it was.
    assert_eq!(lines, ["A SENT 1 news", "B SENT 1 news"]);
    assert_eq!(receive(&inbox, &body).await, 200);
    assert_eq!(
        seen.lock().unwrap().lines,
        ["A SENT 1 news", "A DELIVERED 1 news"]
    );
}

#[tokio::test]
async fn a_durable_store_tries_again_in_order() {
    let (store, _folder) = sqlite();
    let (inbox, seen) = inbox("devino-v1", &store, options());
    seen.lock().unwrap().failures = 2;
    let body = statuses(&[("A", "SENT"), ("A", "DELIVERED")]);
    assert_eq!(receive(&inbox, &body).await, 200);
    drained(&store, "devino-v1").await;
    assert_eq!(
        seen.lock().unwrap().lines,
        [
            "A SENT 1 news",
            "A SENT 2 news",
            "A SENT 3 news",
            "A DELIVERED 1 news",
        ]
    );
}

#[tokio::test]
async fn after_the_last_attempt_an_event_is_dead_and_those_behind_it_go_on() {
    let (store, _folder) = sqlite();
    let options = Options {
        attempts: NonZeroU32::new(2).unwrap(),
        ..options()
    };
    let (inbox, seen) = inbox("devino-v1", &store, options);
    seen.lock().unwrap().failures = 2;
    assert_eq!(
        receive(&inbox, &statuses(&[("A", "SENT"), ("A", "READ")])).await,
        200
    );
    drained(&store, "devino-v1").await;
    let dead = store.dead("devino-v1", 10).await.unwrap();
    assert_eq!(
        (dead.len(), dead[0].attempts, dead[0].error.as_str()),
        (1, 2, "not now")
    );
    assert_eq!(
        seen.lock().unwrap().lines,
        ["A SENT 1 news", "A SENT 2 news", "A READ 1 news"]
    );
}

#[tokio::test]
async fn an_event_that_ends_its_process_each_time_dies_too() {
    let (store, _folder) = sqlite();
    let entry = Entry {
        alias: "devino-v1".to_owned(),
        key: Key::from_bytes([1; 32]),
        lane: Key::from_bytes([1; 32]),
        stage: None,
        event: "{}".to_owned(),
    };
    store.add(vec![entry]).await.unwrap();
    let moment = Duration::from_millis(1);
    for _ in 0..2 {
        while store
            .claim("devino-v1", 1, moment)
            .await
            .unwrap()
            .is_empty()
        {}
    }
    let options = Options {
        attempts: NonZeroU32::new(2).unwrap(),
        ..options()
    };
    let (_inbox, seen) = inbox("devino-v1", &store, options);
    drained(&store, "devino-v1").await;
    let dead = store.dead("devino-v1", 10).await.unwrap();
    assert!(
        dead[0].error.as_str().contains("its process ended"),
        "{dead:?}"
    );
    assert_eq!(seen.lock().unwrap().lines, [""; 0]);
}

#[tokio::test]
async fn a_handler_that_panics_has_failed() {
    let handler = |_: Notification| async {
        assert!(std::hint::black_box(false), "a fault of the handler");
        Ok::<(), &str>(())
    };
    let none = Authentication::none();
    let inbox = Inbox::start("devino-v1", none, memory(), options(), handler).unwrap();
    for _ in 0..2 {
        assert_eq!(receive(&inbox, &statuses(&[("A", "SENT")])).await, 503);
    }
}

#[tokio::test]
async fn chats_are_handled_beside_each_other_and_each_in_its_order() {
    let gate = Arc::new(Semaphore::new(0));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (waiting, notes) = (Arc::clone(&gate), Arc::clone(&seen));
    let handler = move |notification: Notification| {
        let (gate, notes) = (Arc::clone(&waiting), Arc::clone(&notes));
        async move {
            let line = line(&notification);
            // The first chat waits until the second has gone through.
            if line.starts_with("1@c.us") {
                gate.acquire().await.map_err(|_| "closed")?.forget();
            }
            notes.lock().unwrap().push(line);
            Ok::<(), &str>(())
        }
    };
    let options = Options {
        concurrency: 2.try_into().unwrap(),
        ..options()
    };
    let inbox = Inbox::start(
        "chat-api",
        Authentication::none(),
        memory(),
        options,
        handler,
    )
    .unwrap();
    let message = |id, chat| {
        format!(
            r#"{{"id":"{id}","chatId":"{chat}@c.us","type":"chat","body":"Hi","fromMe":false}}"#
        )
    };
    let messages = [
        message("A", 1),
        message("B", 1),
        message("C", 2),
        message("D", 2),
    ];
    let body = format!(r#"{{"messages":[{}]}}"#, messages.join(","));
    let opening = async {
        while seen.lock().unwrap().len() < 2 {
            sleep(Duration::from_millis(1)).await;
        }
        gate.add_permits(2);
    };
    let (status, ()) = tokio::join!(receive(&inbox, &body), opening);
    assert_eq!(status, 200);
    assert_eq!(
        *seen.lock().unwrap(),
        ["2@c.us: C", "2@c.us: D", "1@c.us: A", "1@c.us: B"]
    );
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_an_event() {
    let (inbox, seen) = inbox("tujenge", &memory(), options());
    for body in ["<html>", "<html>", r#"{"statuses":[{"id":"A"}]}"#, "[]"] {
        assert_eq!(receive(&inbox, body).await, 200, "{body}");
    }
    assert_eq!(
        seen.lock().unwrap().lines,
        [r#""<html>""#, r#"{"id":"A"}"#, "[]"]
    );
}

#[tokio::test]
async fn what_is_no_webhook_is_refused_before_it_is_read() {
    let handler = |_: Notification| async { Ok::<(), &str>(()) };
    let authentication = Authentication::basic("gateway", "correct horse").unwrap();
    let inbox = Inbox::start("tujenge", authentication, memory(), options(), handler).unwrap();
    let empty = HeaderMap::new();
    let mut known = HeaderMap::new();
    // gateway:correct horse
    let credentials = HeaderValue::from_static("Basic Z2F0ZXdheTpjb3JyZWN0IGhvcnNl");
    known.insert("authorization", credentials);
    let check = |method, headers: &HeaderMap| inbox.check_head(&method, "/", headers);

    let refused: Answer = check(Method::GET, &known).unwrap_err();
    assert_eq!(
        (refused.status, refused.headers),
        (405, &[("allow", "POST")][..])
    );
    let refused = check(Method::POST, &empty).unwrap_err();
    assert_eq!(
        (refused.status, refused.headers[0].0),
        (401, "www-authenticate")
    );
    let mut wrong = HeaderMap::new();
    wrong.insert("authorization", HeaderValue::from_static("Basic eA=="));
    assert_eq!(check(Method::POST, &wrong).unwrap_err().status, 403);
    for (length, allowed) in [
        ("1048576", true),
        ("1048577", false),
        ("99999999999999999999", true),
    ] {
        known.insert("content-length", length.parse().unwrap());
        assert_eq!(check(Method::POST, &known).is_ok(), allowed, "{length}");
    }
    known.remove("content-length");
    let receive = async |headers: &HeaderMap, body: &[u8]| {
        let webhook = Webhook {
            method: &Method::POST,
            path: "/",
            headers,
            body,
        };
        inbox.receive(&webhook).await.status
    };
    assert_eq!(receive(&known, &vec![b' '; WEBHOOK_LIMIT + 1]).await, 413);
    assert_eq!(receive(&known, &vec![b' '; WEBHOOK_LIMIT]).await, 200);
    assert_eq!(receive(&empty, b"{}").await, 401);
}

#[tokio::test]
async fn a_signature_is_checked_before_anything_is_kept() {
    let handler = |_: Notification| async { Ok::<(), &str>(()) };
    let authentication = Authentication::signature("x-signature", "key").unwrap();
    let store = memory();
    let inbox = Inbox::start(
        "tujenge",
        authentication,
        Arc::clone(&store),
        options(),
        handler,
    )
    .unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-signature", HeaderValue::from_static("00"));
    let webhook = Webhook {
        method: &Method::POST,
        path: "/",
        headers: &headers,
        body: b"<html>",
    };
    assert_eq!(inbox.receive(&webhook).await.status, 403);
    assert_eq!(store.waiting("tujenge").await.unwrap(), 0);
}

#[tokio::test]
async fn a_stopped_inbox_takes_no_more_and_leaves_the_rest_to_the_next() {
    let (store, _folder) = sqlite();
    let gate = Arc::new(Semaphore::new(0));
    let waiting = Arc::clone(&gate);
    let handler = move |_: Notification| {
        let gate = Arc::clone(&waiting);
        async move {
            gate.acquire().await.map_err(|_| "closed")?.forget();
            Ok::<(), &str>(())
        }
    };
    let none = Authentication::none();
    let first = Inbox::start("devino-v1", none, Arc::clone(&store), options(), handler).unwrap();
    assert_eq!(
        receive(&first, &statuses(&[("A", "SENT"), ("A", "READ")])).await,
        200
    );
    gate.add_permits(1);
    first.stop().await;
    assert_eq!(receive(&first, &statuses(&[("B", "SENT")])).await, 503);
    let (_next, seen) = inbox("devino-v1", &store, options());
    drained(&store, "devino-v1").await;
    let lines = &seen.lock().unwrap().lines;
    assert_eq!(lines.last().unwrap(), "A READ 1 news", "{lines:?}");
}

#[tokio::test]
async fn an_idle_inbox_has_noted_what_became_of_its_events() {
    let (store, _folder) = sqlite();
    let gate = Arc::new(Semaphore::new(0));
    let begun = Arc::new(Semaphore::new(0));
    let (waiting, tell) = (Arc::clone(&gate), Arc::clone(&begun));
    let handler = move |_: Notification| {
        tell.add_permits(1);
        let gate = Arc::clone(&waiting);
        async move {
            gate.acquire().await.map_err(|_| "closed")?.forget();
            Ok::<(), &str>(())
        }
    };
    let none = Authentication::none();
    let inbox = Inbox::start("devino-v1", none, Arc::clone(&store), options(), handler).unwrap();
    inbox.idle().await;
    receive(&inbox, &statuses(&[("A", "SENT"), ("B", "SENT")])).await;
    begun.acquire_many(2).await.unwrap().forget();
    gate.add_permits(1);
    let early = tokio::time::timeout(Duration::from_millis(100), inbox.idle()).await;
    assert!(early.is_err(), "one handler still runs");
    gate.add_permits(1);
    inbox.idle().await;
    assert_eq!(store.waiting("devino-v1").await.unwrap(), 0);
    inbox.stop().await;
    inbox.idle().await;
}

#[tokio::test]
async fn nothing_private_is_printed() {
    let (inbox, seen) = inbox("chat-api", &memory(), options());
    let body = r#"{"messages":[{"id":"A","chatId":"79034567890@c.us","type":"chat","body":"My secret","fromMe":false}]}"#;
    assert_eq!(receive(&inbox, body).await, 200);
    assert_eq!(seen.lock().unwrap().lines.len(), 1);
    let headers = HeaderMap::new();
    let webhook = Webhook {
        method: &Method::POST,
        path: "/secret",
        headers: &headers,
        body: body.as_bytes(),
    };
    let printed = format!("{inbox:?} {webhook:?}");
    assert!(
        !printed.contains("secret") && !printed.contains("9034567890"),
        "{printed}"
    );
}

//! Every documented code, forced by the sandbox: the error of a send, or the event of a webhook, is what the code's row says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use support::{LONG, answer, client, gateways, message, read_request, sandbox, settings};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc;
use wamux::http::Method;
use wamux::message::Callback;
use wamux::{CodeRow, Delivery, Event, Kind, StatusError, StatusKind, gateway};
use wamux_sandbox::{MagicRecipient, Options, Place, Sandbox, magic_recipients};

/// The rows of the engine's table for what the sandbox was told to say: several where words tell causes of one code apart.
fn rows(recipient: &MagicRecipient) -> Vec<&'static CodeRow> {
    let place = match recipient.place {
        Place::Reason => wamux::Place::Reason,
        Place::Answer => wamux::Place::Answer,
        Place::Status => wamux::Place::Status,
        _ => wamux::Place::Webhook,
    };
    let codes = gateway::profile(recipient.gateway).unwrap().codes();
    let same = codes.filter(|row| {
        // chat-api has no codes: the row's name is the member and its value.
        let code = row.code.split(':').next().unwrap();
        let reference = place != wamux::Place::Reason || row.reference == recipient.reference;
        code == recipient.code && reference && row.places.contains(&place)
    });
    same.collect()
}

/// What an HTTP status says, whatever the body does.
fn kind_of_status(status: u16) -> Option<Kind> {
    match status {
        401 => Some(Kind::Authentication),
        403 => Some(Kind::Permission),
        429 => Some(Kind::RateLimited),
        502..=504 => Some(Kind::Unavailable),
        _ => None,
    }
}

#[tokio::test]
async fn every_refusal_is_what_its_row_says() {
    let sandbox = sandbox().await;
    let mut seen = 0;
    for recipient in magic_recipients() {
        let Some(status) = recipient.http_status else {
            continue;
        };
        let base_url = sandbox.base_url(recipient.gateway).unwrap();
        let mut message = message();
        message.to = recipient.to.clone();
        let sent = client(recipient.gateway, &settings(&base_url))
            .send(&message)
            .await;
        let error = sent.unwrap_err();
        let rows = rows(&recipient);
        let told = (error.kind(), error.delivery(), error.retryable());
        let meant = rows.iter().map(|row| {
            let kind = kind_of_status(status).unwrap_or(row.kind);
            (kind, row.delivery.unwrap(), row.retryable)
        });
        if rows.is_empty() {
            // The host before the API says what it did in words; above 499, it may have passed the message on.
            let unknown = error.delivery() == Delivery::Unknown;
            assert_eq!(unknown, status >= 500, "{recipient:?}: {told:?}");
            assert_eq!(
                kind_of_status(status).unwrap_or(told.0),
                told.0,
                "{recipient:?}"
            );
        } else {
            assert!(
                meant.clone().any(|meant| meant == told),
                "{recipient:?}: {told:?}, not {:?}",
                meant.collect::<Vec<_>>()
            );
            assert_eq!(error.code(), Some(rows[0].code), "{recipient:?}");
        }
        assert_eq!(error.attempts().len(), 1);
        seen += 1;
    }
    assert_eq!(sandbox.counts().accepted, 0);
    assert!(seen >= 90, "{seen}");
}

/// Where callbacks come in: their address and their bodies.
async fn receiver() -> (String, mpsc::UnboundedReceiver<String>) {
    let (listener, url) = support::listener("http").await;
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move {
                while let Some(request) = read_request(&mut stream).await {
                    let body = request.split_once("\r\n\r\n").unwrap().1;
                    stream.write_all(answer("{}").as_bytes()).await.unwrap();
                    if tell.send(body.to_owned()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, told)
}

/// The error of the first event that has one.
async fn failure(id: &str, bodies: &mut mpsc::UnboundedReceiver<String>) -> StatusError {
    let reader = gateway::reader(id).unwrap();
    loop {
        let body = tokio::time::timeout(LONG, bodies.recv())
            .await
            .unwrap()
            .unwrap();
        for event in wamux::events(reader, body.as_bytes()).unwrap() {
            match event {
                Event::Status(status) => {
                    if let Some(error) = status.error {
                        assert_eq!(status.status, StatusKind::Failed);
                        return error;
                    }
                }
                Event::Error(event) => return event.error,
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn every_failure_after_acceptance_is_what_its_row_says() {
    let options = Options {
        callback_delay: Duration::ZERO,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let mut seen = 0;
    for (id, base_url) in gateways(&sandbox) {
        let client = client(id, &settings(&base_url));
        let failing = magic_recipients()
            .into_iter()
            .filter(|one| one.gateway == id && matches!(one.place, Place::Status | Place::Webhook));
        for recipient in failing {
            let (url, mut bodies) = receiver().await;
            let mut message = message();
            message.to = recipient.to.clone();
            if let Some(call) = client.gateway().webhook_call() {
                let body = format!(r#"{{"{}": "{url}"}}"#, call.member);
                let set = client.call(Method::POST, call.path, Some(body.into_bytes()));
                set.await.unwrap();
            } else {
                message.callback = Some(Callback {
                    url: Some(url),
                    data: None,
                });
            }
            client.send(&message).await.unwrap();
            let error = failure(id, &mut bodies).await;
            let rows = rows(&recipient);
            let told = (error.kind, error.retryable);
            assert!(
                rows.iter().any(|row| (row.kind, row.retryable) == told),
                "{recipient:?}: {told:?}"
            );
            assert_eq!(error.code.as_deref(), Some(rows[0].code), "{recipient:?}");
            seen += 1;
        }
    }
    assert!(seen >= 100, "{seen}");
}

/// What chat-api answers to calls beyond sending alone, which have no recipient to force it with.
const BEYOND_SENDING: [&str; 5] = [
    "created:false",
    "read:false",
    "add:false",
    "set:false",
    "success:false",
];

#[test]
fn every_code_of_the_tables_can_be_forced() {
    let recipients = magic_recipients();
    for profile in gateway::REGISTRY {
        let of_sending = |code: &&CodeRow| !BEYOND_SENDING.contains(&code.code);
        for code in profile.codes().filter(of_sending) {
            // A cause that is guessed from words, or told apart by them, belongs to the code without it.
            let forced = recipients
                .iter()
                .filter(|one| one.gateway == profile.id)
                .any(|one| code.code.split(':').next() == Some(one.code.as_str()));
            assert!(forced, "{}: {} {:?}", profile.id, code.code, code.reference);
        }
    }
}

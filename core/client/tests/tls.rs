//! TLS: which certificates are trusted, which is shown, which versions are spoken, and what a failure says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use rustls::SupportedProtocolVersion;
use support::authority::{Authority, Terms, server, with_identity};
use support::{LONG, assert_what, client_with, devino_at, listener, message, options, settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wamux::{Delivery, Error, Kind, Options, Receipt, TlsVersion};

const LOOPBACK: &str = "127.0.0.1";
static TLS12: [&SupportedProtocolVersion; 1] = [&rustls::version::TLS12];
static TLS13: [&SupportedProtocolVersion; 1] = [&rustls::version::TLS13];
/// A year in which the certificates of these tests are still good.
const LATER: i32 = 2100;

async fn send(base_url: &str, options: &Options) -> Result<Receipt, Error> {
    let client = client_with("devino-v2", &settings(base_url), options);
    client.send(&message()).await
}

/// Sending fails with no connection, and for that reason.
async fn assert_no_connection(base_url: &str, options: &Options, why: &str) {
    let error = send(base_url, options).await.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    assert!(error.to_string().contains(why), "{error}");
    assert!(error.retryable());
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_the_bundle_has_it_and_nowhere_else() {
    let (ours, another) = (Authority::new("ours"), Authority::new("another"));
    let base_url = server(ours.certify(LOOPBACK, LATER), Terms::default()).await;
    send(&base_url, &ours.trusted()).await.unwrap();
    assert_no_connection(&base_url, &options(LONG), "UnknownIssuer").await;
    assert_no_connection(&base_url, &another.trusted(), "UnknownIssuer").await;
}

#[tokio::test]
async fn the_certificate_of_another_host_is_not_trusted() {
    let authority = Authority::new("ours");
    let base_url = server(
        authority.certify("gateway.example", LATER),
        Terms::default(),
    )
    .await;
    assert_no_connection(&base_url, &authority.trusted(), "not valid for name").await;
}

#[tokio::test]
async fn an_expired_certificate_is_not_trusted() {
    let authority = Authority::new("ours");
    let base_url = server(authority.certify(LOOPBACK, 2021), Terms::default()).await;
    assert_no_connection(&base_url, &authority.trusted(), "expired").await;
}

#[tokio::test]
async fn the_minimum_version_is_kept_to() {
    let authority = Authority::new("ours");
    for (versions, minimum, works) in [
        (&TLS12, TlsVersion::Tls12, true),
        (&TLS13, TlsVersion::Tls12, true),
        (&TLS13, TlsVersion::Tls13, true),
        (&TLS12, TlsVersion::Tls13, false),
    ] {
        let terms = Terms {
            versions,
            ..Terms::default()
        };
        let base_url = server(authority.certify(LOOPBACK, LATER), terms).await;
        let options = Options {
            minimum_tls_version: minimum,
            ..authority.trusted()
        };
        if works {
            send(&base_url, &options).await.unwrap();
        } else {
            assert_no_connection(&base_url, &options, "ProtocolVersion").await;
        }
    }
}

/// In TLS 1.3 the client may begin to send before the server has seen its certificate: a refusal is no less certain.
#[tokio::test]
async fn a_client_without_the_certificate_that_is_asked_for_has_not_sent() {
    let (ours, another) = (Authority::new("ours"), Authority::new("another"));
    for versions in [&TLS12, &TLS13] {
        for protocol in [None, Some("http/1.1"), Some("h2")] {
            let terms = Terms {
                versions,
                protocol,
                clients_of: Some(&ours),
            };
            let base_url = server(ours.certify(LOOPBACK, LATER), terms).await;
            assert_no_connection(&base_url, &ours.trusted(), "received fatal alert").await;
            let strange = with_identity(&another, &another.certify_client(), ours.trusted());
            assert_no_connection(&base_url, &strange, "received fatal alert").await;
            if protocol != Some("h2") {
                let known = with_identity(&ours, &ours.certify_client(), ours.trusted());
                send(&base_url, &known).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn the_key_may_stand_in_the_file_of_the_certificate() {
    let authority = Authority::new("ours");
    let terms = Terms {
        clients_of: Some(&authority),
        ..Terms::default()
    };
    let base_url = server(authority.certify(LOOPBACK, LATER), terms).await;
    let identity = authority.certify_client();
    let (certificate, key) = (identity.certificate.pem(), identity.key.serialize_pem());
    for (name, text) in [
        ("after.pem", format!("{certificate}{key}")),
        ("before.pem", format!("{key}{certificate}")),
    ] {
        let options = Options {
            client_certificate: Some(authority.file(name, &text)),
            ..authority.trusted()
        };
        send(&base_url, &options).await.unwrap();
    }
}

#[tokio::test]
async fn plain_text_where_tls_should_be_is_not_sent() {
    let (listener, base_url) = listener("https").await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 16];
        stream.read_exact(&mut hello).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        // 22 is the record type of a TLS handshake.
        hello[0]
    });
    let error = devino_at(&base_url).send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    assert!(error.retryable());
    assert_eq!(server.await.unwrap(), 22);
}

#[tokio::test]
async fn a_connection_that_hangs_in_tls_is_a_timeout_and_not_sent() {
    let (_listener, base_url) = listener("https").await;
    let error = send(&base_url, &options(Duration::from_millis(200)))
        .await
        .unwrap_err();
    assert_what(&error, Kind::Timeout, Delivery::NotSent);
    assert!(error.retryable());
}

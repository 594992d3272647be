//! TLS: which certificates are trusted, and what a failure says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use support::{
    ACCEPTED, LONG, answer, assert_what, client_with, devino_at, listener, message, options,
    read_request, settings,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use wamux::{Delivery, Kind, Options};

/// A server with a fresh certificate for that host, which accepts every message; its address, and
/// the certificate as a file.
async fn server(host: &str) -> (String, PathBuf) {
    let certificate = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
    let (listener, base_url) = listener("https").await;
    let port = listener.local_addr().unwrap().port();
    let file = format!("wamux-ca-{}-{port}.pem", std::process::id());
    let file = std::env::temp_dir().join(file);
    std::fs::write(&file, certificate.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not trust the certificate ends the handshake.
            if let Ok(mut stream) = acceptor.accept(stream).await
                && read_request(&mut stream).await.is_some()
            {
                stream.write_all(answer(ACCEPTED).as_bytes()).await.unwrap();
            }
        }
    });
    (base_url, file)
}

fn trusting(file: &std::path::Path) -> Options {
    Options {
        ca_bundle: Some(file.to_owned()),
        ..options(LONG)
    }
}

#[tokio::test]
async fn a_certificate_of_the_bundle_is_trusted_and_no_other() {
    let (base_url, file) = server("127.0.0.1").await;
    let client = client_with("devino-v2", &settings(&base_url), &trusting(&file));
    client.send(&message()).await.unwrap();

    let error = devino_at(&base_url).send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    assert!(error.to_string().contains("certificate"), "{error}");
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn a_certificate_of_another_host_is_not_trusted() {
    let (base_url, file) = server("gateway.example").await;
    let client = client_with("devino-v2", &settings(&base_url), &trusting(&file));
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    assert!(error.to_string().contains("certificate"), "{error}");
    std::fs::remove_file(file).unwrap();
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
    let options = options(Duration::from_millis(200));
    let client = client_with("devino-v2", &settings(&base_url), &options);
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Timeout, Delivery::NotSent);
    assert!(error.retryable());
}

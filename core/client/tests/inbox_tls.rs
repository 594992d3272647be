//! A store in a Redis server that is reached over TLS.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "support/redis_server.rs"]
mod redis_server;

use std::fs;
use std::path::Path;
use std::process::Command;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use wamux::inbox::StoreAddress;

use redis_server::RedisServer;

/// The address of the server, for the child.
const STORE: &str = "WAMUX_TEST_STORE";
/// The exit status of a child that reached the store.
const REACHED: i32 = 17;

#[test]
fn a_server_is_trusted_whose_authority_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = certificate.signed_by(&key, &issuer).unwrap();
    let server = RedisServer::start_with_tls(
        &file("server.pem", certificate.pem()),
        &file("server-key.pem", key.serialize_pem()),
    );

    let authority = file("authority.pem", issuer.pem());
    let (status, words) = reach(&server.tls_url(), &authority);
    assert_eq!(status, Some(REACHED), "{words}");
    let other = file("other.pem", certificate.pem());
    let (status, words) = reach(&server.tls_url(), &other);
    assert_ne!(status, Some(REACHED));
    assert!(words.contains("certificate"), "{words}");
}

/// How a process ends that trusts those of a file alone, and what it says.
fn reach(store: &str, trusted: &Path) -> (Option<i32>, String) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(STORE, store)
        .env("SSL_CERT_FILE", trusted)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&child.stderr).into_owned();
    (child.status.code(), words)
}

#[tokio::test]
#[ignore = "the other test runs it, in a process whose environment names whom to trust"]
async fn child() {
    let store = std::env::var(STORE).expect("it is started by the test that has a server");
    let store = store.parse::<StoreAddress>().unwrap().open().await;
    match store {
        Ok(store) => {
            assert_eq!(store.waiting("shop").await.unwrap(), 0);
            std::process::exit(REACHED);
        }
        Err(error) => panic!("{error}"),
    }
}

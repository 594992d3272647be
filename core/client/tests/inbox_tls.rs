//! A store in a Redis server that is reached over TLS.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "support/redis_server.rs"]
mod redis_server;
mod support;

use std::process::Command;

use redis_server::RedisServer;
use support::authority::Authority;
use wamux::inbox::StoreAddress;

/// The address of the server, for the child.
const STORE: &str = "WAMUX_TEST_STORE";
/// The exit status of a child that reached the store.
const REACHED: i32 = 17;

#[test]
fn a_server_is_trusted_whose_authority_is_named() {
    let (ours, another) = (Authority::new("ours"), Authority::new("another"));
    let identity = ours.certify("127.0.0.1", 2100);
    let server = RedisServer::start_with_tls(
        &ours.file("server.pem", &identity.certificate.pem()),
        &ours.file("server-key.pem", &identity.key.serialize_pem()),
    );

    let (status, words) = reach(&server.tls_url(), &ours);
    assert_eq!(status, Some(REACHED), "{words}");
    let (status, words) = reach(&server.tls_url(), &another);
    assert_ne!(status, Some(REACHED));
    assert!(words.contains("certificate"), "{words}");
}

/// How a process ends that trusts one authority alone, and what it says.
fn reach(store: &str, trusted: &Authority) -> (Option<i32>, String) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(STORE, store)
        .env("SSL_CERT_FILE", trusted.trusted().ca_bundle.unwrap())
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

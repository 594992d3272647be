//! What the options and variables do: the proxy, wrong values, the environment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use support::{
    ACCEPTED, LONG, UNRESOLVED, answer, assert_what, client_with, listener, message, nobody,
    options, sandbox, send_to, serve_once, settings,
};
use wamux::{Client, Delivery, Kind, Private, Settings};

fn through(proxy: &str, no_proxy: Option<&str>, base_url: &str) -> Client {
    let mut options = options(LONG);
    options.proxy = Some(Private::new(proxy));
    options.no_proxy = no_proxy.map(str::to_owned);
    let mut settings = settings(base_url);
    settings.allow_insecure = true;
    client_with("devino-v2", &settings, &options)
}

#[tokio::test]
async fn plain_http_goes_to_the_proxy_with_its_user() {
    let (proxy, address) = listener("http").await;
    let address = address.replace("//", "//operator:pass%2Fword@");
    let client = through(&address, None, "http://gateway.invalid");
    let good = answer(ACCEPTED);
    let (result, request) = send_to(&client, &proxy, good.as_bytes()).await;
    result.unwrap();
    assert!(
        request.starts_with("POST http://gateway.invalid/whatsapp/v2/messages "),
        "{request}"
    );
    // operator:pass/word
    let authorisation = "proxy-authorization: Basic b3BlcmF0b3I6cGFzcy93b3Jk";
    assert!(
        request
            .to_ascii_lowercase()
            .contains(&authorisation.to_ascii_lowercase()),
        "{request}"
    );
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_not_sent() {
    let (proxy, address) = listener("http").await;
    let address = address.replace("//", "//operator:pass-word@");
    let client = through(&address, None, "https://gateway.invalid");
    let refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let (result, request) = send_to(&client, &proxy, refusal).await;
    assert!(
        request.starts_with("CONNECT gateway.invalid:443 "),
        "{request}"
    );
    // operator:pass-word
    let authorisation = "\r\nProxy-Authorization: Basic b3BlcmF0b3I6cGFzcy13b3Jk\r\n";
    assert!(request.contains(authorisation), "{request}");
    assert!(!request.contains("sandbox-key"), "{request}");
    let error = result.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    for printed in [
        error.to_string(),
        format!("{error:?}"),
        format!("{client:?}"),
    ] {
        assert!(
            !printed.contains("pass-word") && !printed.contains("operator"),
            "{printed}"
        );
    }
}

/// A request that is not tunnelled meets the proxy's refusal as an answer, which is not the gateway's.
#[tokio::test]
async fn a_proxy_that_refuses_a_plain_request_is_not_sent() {
    let (proxy, address) = listener("http").await;
    let client = through(&address, None, "http://gateway.invalid");
    let refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let (result, _) = send_to(&client, &proxy, refusal).await;
    let error = result.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);
    assert!(error.to_string().contains("proxy"), "{error}");
}

#[tokio::test]
async fn no_proxy_goes_straight() {
    let sandbox = sandbox().await;
    let base_url = sandbox.base_url("devino-v2").unwrap();
    let dead = nobody().await;
    let named = base_url.replace("127.0.0.1", "localhost");
    for (no_proxy, base_url) in [
        ("example.com, 127.0.0.0/8", &base_url),
        ("127.0.0.1", &base_url),
        ("*", &base_url),
        ("LOCALHOST,example.com", &named),
        (".localhost", &named),
    ] {
        let client = through(&dead, Some(no_proxy), base_url);
        let sent = client.send(&message()).await;
        assert!(sent.is_ok(), "{no_proxy} {base_url}: {sent:?}");
    }
    for (no_proxy, base_url) in [
        ("example.com", &base_url),
        ("", &base_url),
        ("10.0.0.0/8", &base_url),
        // A name is not looked up for this.
        ("127.0.0.1", &named),
        ("host", &named),
    ] {
        let client = through(&dead, Some(no_proxy), base_url);
        let error = client.send(&message()).await.unwrap_err();
        assert_what(&error, Kind::Connect, Delivery::NotSent);
    }
}

/// A name stands for all names below it.
#[tokio::test]
async fn no_proxy_knows_names_by_their_ends() {
    let below = format!("{UNRESOLVED}.example.invalid");
    for no_proxy in ["example.invalid", ".example.invalid"] {
        for (host, is_proxied) in [(below.as_str(), false), ("notexample.invalid", true)] {
            let (proxy, address) = listener("http").await;
            let client = through(&address, Some(no_proxy), &format!("http://{host}"));
            let message = message();
            let good = answer(ACCEPTED);
            let result = tokio::select! {
                result = client.send(&message) => result,
                () = async {
                    serve_once(&proxy, good.as_bytes()).await;
                    std::future::pending::<()>().await;
                } => unreachable!(),
            };
            assert_eq!(result.is_ok(), is_proxied, "{no_proxy} {host}");
        }
    }
}

#[tokio::test]
async fn wrong_options_are_configuration_errors() {
    let open = || wamux::gateway::open("devino-v2", &settings("http://127.0.0.1:1")).unwrap();
    let empty = std::env::temp_dir().join(format!("wamux-empty-{}.pem", std::process::id()));
    std::fs::write(&empty, "no certificate").unwrap();
    let garbage = std::env::temp_dir().join(format!("wamux-bad-{}.pem", std::process::id()));
    std::fs::write(
        &garbage,
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    )
    .unwrap();
    for (name, value) in [
        ("ca_bundle", "/no/such/file.pem"),
        ("ca_bundle", empty.to_str().unwrap()),
        ("ca_bundle", garbage.to_str().unwrap()),
        ("proxy", "proxy.example:3128"),
        ("proxy", "socks4://user:pass-word@proxy.example"),
        ("proxy", "socks5:user:pass-word@proxy.example"),
        ("proxy", "socks5:///proxy.example"),
        ("proxy", "socks5h://"),
        ("proxy", ""),
    ] {
        let mut options = options(LONG);
        options.set(name, value).unwrap();
        let error = Client::new(open(), &options).unwrap_err();
        assert_eq!(error.kind(), Kind::Configuration, "{name}={value}: {error}");
        assert!(error.to_string().contains(name) && !error.to_string().contains("pass-word"));
    }
    let error = Client::new(open(), &options(Duration::ZERO)).unwrap_err();
    assert_eq!(error.kind(), Kind::Configuration);
    std::fs::remove_file(empty).unwrap();
    std::fs::remove_file(garbage).unwrap();
}

/// The variables of a process of its own: this test runs itself again with them.
#[test]
fn variables_open_a_client() {
    if std::env::var_os("WAMUX_API_KEY").is_none() {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "variables_open_a_client", "--nocapture"])
            .env("WAMUX_API_KEY", "key")
            .env("WAMUX_TIMEOUT", "0.2")
            .env("WAMUX_FROM", "MyCompany")
            .env("WAMUX_BASE_URL", "http://127.0.0.1:1")
            .output()
            .unwrap();
        assert!(
            child.status.success(),
            "{}",
            String::from_utf8_lossy(&child.stdout)
        );
        assert!(String::from_utf8_lossy(&child.stdout).contains("1 passed"));
        assert!(
            Client::from_environment("devino-v2").is_err(),
            "no key here"
        );
        return;
    }
    let client = Client::from_environment("devino-v2").unwrap();
    assert_eq!(client.gateway().url("/x"), "http://127.0.0.1:1/x");
    let error = Client::from_settings("devino-v2", &Settings::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::Configuration);
}

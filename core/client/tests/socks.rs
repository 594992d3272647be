//! SOCKS proxies: what they are told, and what their refusals say of the message.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::net::Ipv4Addr;
use std::time::Duration;

use support::authority::{Authority, Terms, server};
use support::{
    ACCEPTED, LONG, answer, assert_what, client_with, listener, message, nobody, options,
    read_request, sandbox, settings,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use wamux::{Client, Delivery, Kind, Options, Private};

const VERSION: u8 = 5;
const NO_AUTHENTICATION: u8 = 0;
const USER_AND_PASSWORD: u8 = 2;
const NO_METHOD: u8 = 0xff;
const SUCCEEDED: u8 = 0;
const REFUSED: u8 = 5;

/// What a client says to a proxy.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    Address(Ipv4Addr, u16),
    Name(String, u16),
}

async fn byte(stream: &mut TcpStream) -> u8 {
    stream.read_u8().await.unwrap()
}

/// A text after its length.
async fn text(stream: &mut TcpStream) -> String {
    let mut text = vec![0; byte(stream).await.into()];
    stream.read_exact(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

/// The proxy's side of the beginning (RFC 1928, RFC 1929): what is to be reached, where it lets the client in. The last
/// answer is left to the caller.
async fn begin(listener: &TcpListener, user: Option<(&str, &str)>) -> Option<(TcpStream, Target)> {
    let (mut stream, _) = listener.accept().await.unwrap();
    assert_eq!(byte(&mut stream).await, VERSION);
    let mut methods = vec![0; byte(&mut stream).await.into()];
    stream.read_exact(&mut methods).await.unwrap();
    let method = match user {
        Some(_) => USER_AND_PASSWORD,
        None => NO_AUTHENTICATION,
    };
    if !methods.contains(&method) {
        stream.write_all(&[VERSION, NO_METHOD]).await.unwrap();
        return None;
    }
    stream.write_all(&[VERSION, method]).await.unwrap();
    if let Some((user, password)) = user {
        assert_eq!(byte(&mut stream).await, 1, "the version of RFC 1929");
        let given = (text(&mut stream).await, text(&mut stream).await);
        let is_right = (given.0.as_str(), given.1.as_str()) == (user, password);
        stream.write_all(&[1, u8::from(!is_right)]).await.unwrap();
        if !is_right {
            return None;
        }
    }
    let mut head = [0; 4];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head[..3], [VERSION, 1, 0], "to connect");
    let target = match head[3] {
        1 => {
            let address = Ipv4Addr::from_bits(stream.read_u32().await.unwrap());
            Target::Address(address, stream.read_u16().await.unwrap())
        }
        3 => {
            let name = text(&mut stream).await;
            Target::Name(name, stream.read_u16().await.unwrap())
        }
        kind => panic!("an address of the kind {kind}"),
    };
    Some((stream, target))
}

async fn reply(stream: &mut TcpStream, code: u8) {
    let reply = [VERSION, code, 0, 1, 0, 0, 0, 0, 0, 0];
    stream.write_all(&reply).await.unwrap();
}

/// Serves one client to the end, wherever it wants to.
async fn relay(listener: TcpListener) -> Target {
    let (mut stream, target) = begin(&listener, None).await.unwrap();
    let Target::Address(address, port) = target else {
        panic!("{target:?} is to be looked up");
    };
    let mut gateway = TcpStream::connect((address, port)).await.unwrap();
    reply(&mut stream, SUCCEEDED).await;
    // A client that has its answer hangs up as it likes.
    let _ = copy_bidirectional(&mut stream, &mut gateway).await;
    target
}

fn through(proxy: &str, base_url: &str, options: Options) -> Client {
    let mut settings = settings(base_url);
    settings.allow_insecure = true;
    let options = Options {
        proxy: Some(Private::new(proxy)),
        ..options
    };
    client_with("devino-v2", &settings, &options)
}

#[tokio::test]
async fn socks5_is_told_an_address() {
    let sandbox = sandbox().await;
    let (proxy, address) = listener("socks5").await;
    let relaying = tokio::spawn(relay(proxy));
    // A name that needs no network to be looked up.
    let base_url = sandbox.base_url("devino-v2").unwrap();
    let base_url = base_url.replace("127.0.0.1", "localhost");
    let client = through(&address, &base_url, options(LONG));
    client.send(&message()).await.unwrap();
    assert_eq!(sandbox.counts().accepted, 1);
    drop(client);
    let port = sandbox.url().rsplit(':').next().unwrap().parse().unwrap();
    let target = relaying.await.unwrap();
    assert_eq!(target, Target::Address(Ipv4Addr::LOCALHOST, port));
}

#[tokio::test]
async fn socks5h_is_told_the_name_and_the_user() {
    let (proxy, address) = listener("socks5h").await;
    let address = address.replace("//", "//operator:pass%2Fword@");
    let client = through(&address, "http://gateway.invalid", options(LONG));
    let message = message();
    let (result, request) = tokio::join!(client.send(&message), async {
        let (mut stream, target) = begin(&proxy, Some(("operator", "pass/word")))
            .await
            .unwrap();
        assert_eq!(target, Target::Name("gateway.invalid".to_owned(), 80));
        reply(&mut stream, SUCCEEDED).await;
        let request = read_request(&mut stream).await.unwrap();
        stream.write_all(answer(ACCEPTED).as_bytes()).await.unwrap();
        request
    });
    result.unwrap();
    // As to the gateway itself: not one word is for the proxy.
    assert!(
        request.starts_with("POST /whatsapp/v2/messages "),
        "{request}"
    );
    assert!(!request.to_ascii_lowercase().contains("proxy"), "{request}");
}

#[tokio::test]
async fn tls_goes_through_to_the_gateway() {
    let authority = Authority::new("ours");
    let base_url = server(authority.certify("127.0.0.1", 2100), Terms::default()).await;
    let (proxy, address) = listener("socks5").await;
    tokio::spawn(relay(proxy));
    let client = through(&address, &base_url, authority.trusted());
    client.send(&message()).await.unwrap();
}

#[tokio::test]
async fn a_proxy_that_does_not_let_the_client_in_is_not_sent() {
    for given in ["", "operator:wrong-word@"] {
        let (proxy, address) = listener("socks5h").await;
        let address = address.replace("//", &format!("//{given}"));
        let client = through(&address, "https://gateway.invalid", options(LONG));
        let message = message();
        let user = Some(("operator", "pass-word"));
        let (result, let_in) = tokio::join!(client.send(&message), begin(&proxy, user));
        assert!(let_in.is_none());
        let error = result.unwrap_err();
        assert_what(&error, Kind::Connect, Delivery::NotSent);
        for printed in [error.to_string(), format!("{error:?} {client:?}")] {
            assert!(printed.contains("SOCKS"), "{printed}");
            assert!(!printed.contains("-word"), "{printed}");
            assert!(!printed.contains("operator"), "{printed}");
        }
    }
}

#[tokio::test]
async fn a_gateway_that_the_proxy_cannot_reach_is_not_sent() {
    for code in 1..=8 {
        let (proxy, address) = listener("socks5h").await;
        let client = through(&address, "https://gateway.invalid", options(LONG));
        let message = message();
        let (result, ()) = tokio::join!(client.send(&message), async {
            let (mut stream, _) = begin(&proxy, None).await.unwrap();
            reply(&mut stream, code).await;
        });
        let error = result.unwrap_err();
        assert_what(&error, Kind::Connect, Delivery::NotSent);
        assert!(error.retryable(), "{code}");
        assert!(
            code != REFUSED || error.to_string().contains("refused"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_gone_or_falls_silent_is_not_sent() {
    let dead = nobody().await.replace("http", "socks5h");
    let client = through(&dead, "https://gateway.invalid", options(LONG));
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Connect, Delivery::NotSent);

    let (proxy, address) = listener("socks5h").await;
    let client = through(&address, "https://gateway.invalid", options(LONG));
    let greeted = message();
    let greet_and_leave = async { drop(begin(&proxy, None).await) };
    let (result, ()) = tokio::join!(client.send(&greeted), greet_and_leave);
    assert_what(&result.unwrap_err(), Kind::Connect, Delivery::NotSent);

    let silence = options(Duration::from_millis(200));
    let client = through(&address, "https://gateway.invalid", silence);
    let error = client.send(&message()).await.unwrap_err();
    assert_what(&error, Kind::Timeout, Delivery::NotSent);
}

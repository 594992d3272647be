//! chat-api's instance: its status, its QR code, and what links it to a phone and unlinks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Value, json};
use support::chat_api::{error, get, instance, post, status};
use support::{Bench, chat_api};

/// The text of the QR code in a PNG image.
fn decode(image: &[u8]) -> String {
    let mut reader = png::Decoder::new(std::io::Cursor::new(image))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Grayscale);
    let width = usize::try_from(frame.width).unwrap();
    let height = usize::try_from(frame.height).unwrap();
    let dark = pixels.iter().position(|pixel| *pixel == 0).unwrap();
    // The first dark pixels are the edge of a finder pattern, seven modules long (ISO/IEC 18004).
    let edge = pixels[dark..].iter().position(|pixel| *pixel != 0).unwrap();
    let scale = edge / 7;
    assert!(scale >= 4, "{scale} pixels a module");
    assert!(dark / width >= 4 * scale && dark % width >= 4 * scale);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

/// The text of the QR code in a status.
fn scanned(status: &Value) -> String {
    let uri = status["qrCode"].as_str().unwrap();
    let data = uri.strip_prefix("data:image/png;base64,").unwrap();
    decode(&STANDARD.decode(data).unwrap())
}

/// The text of the QR code that `GET /qr_code` shows.
async fn shown(bench: &Bench) -> String {
    let answer = bench.call(Method::GET, &chat_api("qr_code")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "image/png");
    decode(&answer.bytes)
}

async fn scan(bench: &Bench) -> u16 {
    let answer = bench.post("/_sandbox/scan", &json!({})).await;
    let body = answer.json();
    assert_eq!(body["error"].is_string(), answer.status != 200, "{body}");
    answer.status.as_u16()
}

#[tokio::test]
async fn a_phone_scans_the_code_after_a_logout() {
    let bench = Bench::start().await;
    assert_eq!(
        get(&bench, "status", "").await,
        json!({"accountStatus": "authenticated"})
    );
    assert!(error(&bench, "qr_code", "").await.contains("authenticated"));
    assert_eq!(scan(&bench).await, 409);

    let answer = post(&bench, "logout", &json!({})).await;
    assert_eq!(answer, json!({"result": "Logout request sent to WhatsApp"}));
    let told = get(&bench, "status", "").await;
    assert_eq!(told["accountStatus"], "got qr code");
    let code = scanned(&told);
    assert!(code.starts_with("1@"), "{code}");
    assert_eq!(shown(&bench).await, code);
    assert_eq!(scanned(&get(&bench, "status", "full=1").await), code);

    assert_eq!(scan(&bench).await, 200);
    assert_eq!(status(&bench).await, "authenticated");
    assert!(get(&bench, "status", "").await.get("qrCode").is_none());
    post(&bench, "logout", &json!({})).await;
    assert_ne!(shown(&bench).await, code, "every logout brings a new code");
}

#[tokio::test]
async fn an_expired_code_gives_way_to_another() {
    let bench = Bench::start().await;
    post(&bench, "logout", &json!({})).await;
    let first = shown(&bench).await;
    let answer = json!({"accountStatus": "Expiry request sent to WhatsApp"});
    assert_eq!(post(&bench, "expiry", &json!({})).await, answer);
    let second = shown(&bench).await;
    assert_ne!(second, first);

    let told = instance(&bench, &json!({"substatus": "expired"})).await;
    assert_eq!(told["accountStatus"], "got qr code");
    assert_eq!(told["statusData"]["substatus"], "expired");
    assert_eq!(told["statusData"]["actions"]["expiry"]["act"], "expiry");
    assert!(told.get("qrCode").is_none());
    assert!(error(&bench, "qr_code", "").await.contains("/expiry"));
    assert_eq!(scan(&bench).await, 409);
    post(&bench, "expiry", &json!({})).await;
    assert_ne!(shown(&bench).await, second);
    assert_eq!(scan(&bench).await, 200);
}

#[tokio::test]
async fn asking_for_the_status_wakes_a_sleeping_instance() {
    let bench = Bench::start().await;
    instance(&bench, &json!({"gateway": "chat-api", "status": "init"})).await;
    for _ in 0..3 {
        assert_eq!(status(&bench).await, "init", "no_wakeup leaves it alone");
    }
    assert_eq!(scan(&bench).await, 409);
    assert!(
        error(&bench, "qr_code", "")
            .await
            .contains("no QR code yet")
    );
    for expected in ["init", "loading", "authenticated", "authenticated"] {
        let told = get(&bench, "status", "full=true").await;
        assert_eq!(told["accountStatus"], expected);
    }
}

#[tokio::test]
async fn the_whole_status_says_what_helps() {
    let bench = Bench::start().await;
    let members = ["substatus", "title", "msg", "submsg", "actions"];
    let link = |data: &Value| data["actions"]["learn_more"]["link"].clone();
    for (change, substatus, reason, act) in [
        (json!({"status": "authenticated"}), "normal", None, "logout"),
        (
            json!({"substatus": "battery_low_1"}),
            "battery_low_1",
            None,
            "logout",
        ),
        (json!({"status": "got qr code"}), "normal", None, "expiry"),
        (
            json!({"status": "loading"}),
            "loading",
            Some("connecting"),
            "retry",
        ),
        (
            json!({"status": "loading", "substatus": "phone", "reason": "offline"}),
            "phone",
            Some("offline"),
            "retry",
        ),
        (
            json!({"status": "loading", "substatus": "computer", "reason": "conflict"}),
            "computer",
            Some("conflict"),
            "takeover",
        ),
    ] {
        instance(&bench, &change).await;
        let told = get(&bench, "status", "full=true").await;
        let data = &told["statusData"];
        for name in members {
            assert!(data.get(name).is_some(), "{change} {name}");
        }
        assert_eq!(data["substatus"], substatus);
        assert_eq!(data.get("reason").and_then(Value::as_str), reason);
        assert_eq!(data["actions"][act]["act"], act, "{data}");
        assert!(data["actions"][act]["label"].is_string());
        assert!(link(data).is_string());
        let short = get(&bench, "status", "full=false").await;
        assert!(short.get("statusData").is_none());
    }
}

#[tokio::test]
async fn a_loading_instance_is_helped_by_the_right_call_alone() {
    let bench = Bench::start().await;
    let taken = json!({"status": "loading", "substatus": "computer"});
    let conflict = json!({"status": "loading", "reason": "conflict"});
    let slow = json!({"status": "loading", "substatus": "timeout"});
    let sleeping = json!({"status": "init"});
    for (condition, method, after) in [
        (&taken, "retry", "loading"),
        (&taken, "takeover", "authenticated"),
        (&conflict, "takeover", "authenticated"),
        (&slow, "takeover", "loading"),
        (&slow, "expiry", "loading"),
        (&slow, "retry", "authenticated"),
        (&slow, "logout", "got qr code"),
        (&sleeping, "retry", "init"),
        (&sleeping, "reboot", "authenticated"),
    ] {
        instance(&bench, condition).await;
        let answer = post(&bench, method, &json!({})).await;
        let expected = match method {
            "logout" => json!({"result": "Logout request sent to WhatsApp"}),
            "reboot" => json!({"success": true}),
            "takeover" => json!({"accountStatus": "Takeover request sent to WhatsApp"}),
            "retry" => json!({"accountStatus": "Retry request sent to WhatsApp"}),
            _ => json!({"accountStatus": "Expiry request sent to WhatsApp"}),
        };
        assert_eq!(answer, expected);
        assert_eq!(status(&bench).await, after, "{condition} {method}");
    }
    // What is forced stays until something else is.
    instance(&bench, &slow).await;
    for _ in 0..3 {
        let told = get(&bench, "status", "").await;
        assert_eq!(told["accountStatus"], "loading");
    }
    post(&bench, "logout", &json!({})).await;
    let code = shown(&bench).await;
    instance(&bench, &json!({"status": "got qr code", "skip_numbers": 1})).await;
    assert_eq!(shown(&bench).await, code, "the condition is the same");
    post(&bench, "reboot", &json!({})).await;
    assert_eq!(status(&bench).await, "got qr code");
    assert_ne!(shown(&bench).await, code);
}

/// The statuses of `GET /instanceStatuses`, the oldest first.
async fn history(bench: &Bench, query: &str) -> Vec<String> {
    let answer = get(bench, "instanceStatuses", query).await;
    let changes = answer["data"].as_array().unwrap();
    let changes = changes.iter().map(|change| {
        let date: jiff::Timestamp = change["date"].as_str().unwrap().parse().unwrap();
        assert!(date <= jiff::Timestamp::now());
        change["status"].as_str().unwrap().to_owned()
    });
    changes.collect()
}

#[tokio::test]
async fn every_change_of_the_status_is_noted() {
    let bench = Bench::start().await;
    let start = jiff::Timestamp::now().as_second();
    post(&bench, "logout", &json!({})).await;
    post(&bench, "expiry", &json!({})).await;
    scan(&bench).await;
    instance(&bench, &json!({"status": "init"})).await;
    get(&bench, "status", "").await;
    let all = [
        "authenticated",
        "got qr code",
        "authenticated",
        "init",
        "loading",
    ];
    assert_eq!(history(&bench, "").await, all);
    let around = format!("min_time={}&max_time={}", start - 60, start + 60);
    assert_eq!(history(&bench, &around).await, all);
    let later = format!("min_time={}", start + 60);
    assert!(history(&bench, &later).await.is_empty());
    let earlier = format!("max_time={}", start - 60);
    assert!(history(&bench, &earlier).await.is_empty());
    error(&bench, "instanceStatuses", "min_time=now").await;

    post(&bench, "settings", &json!({"instanceStatuses": false})).await;
    post(&bench, "logout", &json!({})).await;
    assert_eq!(history(&bench, "").await, all, "they are not collected now");
}

#[tokio::test]
async fn a_wrong_condition_is_refused() {
    let bench = Bench::start().await;
    for bad in [
        json!({"status": "ready"}),
        json!({"substatus": "tired"}),
        json!({"reason": "connecting"}),
        json!({"status": "got qr code", "reason": "connecting"}),
        json!({"status": "loading", "reason": "none"}),
        json!({"gateway": "tujenge", "status": "init"}),
        json!({"skip_numbers": 1_000_001}),
        json!({"skip_numbers": -1}),
        json!({"state": "init"}),
        json!([]),
    ] {
        let answer = bench.post("/_sandbox/instance", &bad).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["error"].as_str().unwrap().len() > 3);
        assert_eq!(status(&bench).await, "authenticated", "{bad}");
    }
    for query in ["full=yes", "no_wakeup=", "wakeup=1"] {
        error(&bench, "status", query).await;
    }
    let answer = bench.call(Method::GET, "/_sandbox/scan").await;
    assert_eq!(answer.status, 404);
    let index = bench.call(Method::GET, "/_sandbox").await.json();
    for route in ["POST /_sandbox/scan", "POST /_sandbox/instance"] {
        assert!(index["routes"].as_array().unwrap().contains(&json!(route)));
    }
}

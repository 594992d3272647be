//! Tujenge: the settings that the host leaves open.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::Bench;
use support::tujenge::{call, does, get, jpeg, png, raw_call, refusal, refused};

const PROFILE: &str = "/v1/settings/business/profile";
const ABOUT: &str = "/v1/settings/profile/about";
const PHOTO: &str = "/v1/settings/profile/photo";

async fn profile(bench: &Bench) -> Value {
    get(bench, PROFILE).await["settings"]["business"]["profile"].clone()
}

#[tokio::test]
async fn the_profile_changes_in_parts() {
    let bench = Bench::start().await;
    let empty =
        json!({"address": "", "description": "", "email": "", "vertical": "", "websites": []});
    assert_eq!(profile(&bench).await, empty);
    let first = json!({
        "address": "я".repeat(256),
        "description": "d".repeat(256),
        "email": "e".repeat(128),
        "vertical": "Beauty, Spa and Salon",
        "websites": ["https://a.example", format!("https://b.example/{}", "p".repeat(238))],
    });
    does(&bench, Method::POST, PROFILE, &first).await;
    assert_eq!(profile(&bench).await, first);
    does(
        &bench,
        Method::POST,
        PROFILE,
        &json!({"description": "new", "websites": []}),
    )
    .await;
    let mut second = first;
    second["description"] = json!("new");
    second["websites"] = json!([]);
    assert_eq!(profile(&bench).await, second);
    for (bad, code) in [
        (json!({"address": "a".repeat(257)}), 1009),
        (json!({"description": "d".repeat(257)}), 1009),
        (json!({"email": "e".repeat(129)}), 1009),
        (json!({"email": 1}), 400),
        (json!({"vertical": "Pigeons"}), 1009),
        // It cannot be taken away again.
        (json!({"vertical": ""}), 1009),
        (
            json!({"websites": ["http://a.example", "http://b.example", "http://c.example"]}),
            1009,
        ),
        (json!({"websites": ["a.example"]}), 1009),
        (
            json!({"websites": [format!("https://b.example/{}", "p".repeat(239))]}),
            1009,
        ),
        (json!({"websites": "https://a.example"}), 400),
        (json!({"about": "a"}), 1010),
        (json!([]), 400),
    ] {
        assert_eq!(
            refused(&bench, Method::POST, PROFILE, &bad).await,
            (400, code),
            "{bad}"
        );
    }
    assert_eq!(profile(&bench).await, second, "a refusal changes nothing");
}

#[tokio::test]
async fn the_line_about_the_business() {
    let bench = Bench::start().await;
    let about = async || get(&bench, ABOUT).await["settings"]["profile"]["about"].clone();
    assert_eq!(about().await, json!({"text": ""}));
    let text = "я".repeat(139);
    does(&bench, Method::PATCH, ABOUT, &json!({"text": text})).await;
    assert_eq!(about().await, json!({"text": text}));
    for (bad, code) in [
        (json!({"text": "a".repeat(140)}), 1009),
        (json!({}), 1008),
        (json!({"text": null}), 1008),
        (json!({"text": 1}), 400),
        (json!({"text": "a", "more": "b"}), 1010),
    ] {
        assert_eq!(
            refused(&bench, Method::PATCH, ABOUT, &bad).await,
            (400, code),
            "{bad}"
        );
    }
    assert_eq!(about().await, json!({"text": text}));
}

#[tokio::test]
async fn the_photo_is_set_shown_and_taken_away() {
    let bench = Bench::start().await;
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(refusal(&call(&bench, method, PHOTO).await), (404, 1006));
    }
    for (mime_type, bytes) in [("image/png", png(192, 192)), ("image/jpeg", jpeg(640, 640))] {
        let set = raw_call(&bench, Method::POST, PHOTO, mime_type, bytes.clone()).await;
        assert_eq!((set.status.as_u16(), set.body.as_str()), (200, "{}"));
        let photo = call(&bench, Method::GET, PHOTO).await;
        assert_eq!(photo.headers["content-type"], mime_type);
        assert_eq!(photo.headers["content-length"], bytes.len().to_string());
        assert!(photo.bytes == bytes);
    }
    let told = get(&bench, &format!("{PHOTO}?format=link")).await;
    let link = told["settings"]["profile"]["photo"]["link"]
        .as_str()
        .unwrap();
    let path = link.strip_prefix(bench.sandbox.url()).unwrap();
    assert!(bench.call(Method::GET, path).await.bytes == jpeg(640, 640));
    let other = call(&bench, Method::GET, &format!("{PHOTO}?format=base64")).await;
    assert_eq!(refusal(&other), (400, 1009));
    let deleted = call(&bench, Method::DELETE, PHOTO).await;
    assert_eq!(
        (deleted.status.as_u16(), deleted.body.as_str()),
        (200, "{}")
    );
    assert_eq!(
        refusal(&call(&bench, Method::GET, PHOTO).await),
        (404, 1006)
    );
}

#[tokio::test]
async fn a_photo_is_refused_with_its_code() {
    let bench = Bench::start().await;
    let mut too_large = png(640, 640);
    too_large.resize(5 * 1024 * 1024 + 1, 0);
    for (mime_type, bytes, code) in [
        ("image/png", png(191, 191), 1009),
        ("image/png", png(641, 641), 1009),
        ("image/png", png(640, 639), 1009),
        ("image/jpeg", jpeg(192, 193), 1009),
        ("image/jpeg", png(640, 640), 1009),
        ("image/png", b"no picture".to_vec(), 1009),
        ("image/png", png(640, 640)[..20].to_vec(), 1009),
        ("image/webp", png(640, 640), 1009),
        ("multipart/form-data; boundary=b", png(640, 640), 1009),
        ("image/png", Vec::new(), 1008),
        ("image/png", too_large.clone(), 1009),
    ] {
        let answer = raw_call(&bench, Method::POST, PHOTO, mime_type, bytes).await;
        assert_eq!(refusal(&answer), (400, code), "{mime_type}");
    }
    too_large.pop();
    let answer = raw_call(&bench, Method::POST, PHOTO, "image/png", too_large).await;
    assert_eq!(answer.status, 200);
}

//! Tujenge: sticker packs and their stickers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::Bench;
use support::tujenge::{call, does, get, json_call, refusal, refused};

const PACKS: &str = "/v1/stickerpacks";

async fn create(bench: &Bench, name: &str) -> String {
    let body = json!({"publisher": "Company", "name": name});
    let answer = json_call(bench, Method::POST, PACKS, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let id = answer.json()["stickerpacks"][0]["id"].clone();
    id.as_str().unwrap().to_owned()
}

async fn list(bench: &Bench, path: &str, name: &str) -> Value {
    get(bench, path).await[name].clone()
}

#[tokio::test]
async fn packs_are_made_changed_and_deleted() {
    let bench = Bench::start().await;
    assert_eq!(list(&bench, PACKS, "stickerpacks").await, json!([]));
    let first = create(&bench, "First").await;
    let second = create(&bench, "Second").await;
    assert_eq!(
        list(&bench, PACKS, "stickerpacks").await,
        json!([{"id": first}, {"id": second}])
    );
    let path = format!("{PACKS}/{first}");
    assert_eq!(
        list(&bench, &path, "stickerpacks").await,
        json!([{"publisher": "Company", "name": "First"}])
    );
    let change =
        json!({"name": "New", "ios_app_store_link": "https://itunes.apple.com/app/id3133333"});
    does(&bench, Method::PATCH, &path, &change).await;
    assert_eq!(
        list(&bench, &path, "stickerpacks").await,
        json!([{"publisher": "Company", "name": "New",
            "ios_app_store_link": "https://itunes.apple.com/app/id3133333"}])
    );
    let deleted = call(&bench, Method::DELETE, &path).await;
    assert_eq!(
        (deleted.status.as_u16(), deleted.body.as_str()),
        (200, "{}")
    );
    assert_eq!(
        list(&bench, PACKS, "stickerpacks").await,
        json!([{"id": second}])
    );
    for (method, path) in [
        (Method::GET, path.clone()),
        (Method::PATCH, path.clone()),
        (Method::DELETE, path.clone()),
        (Method::GET, format!("{path}/stickers")),
        (Method::POST, format!("{path}/stickers")),
    ] {
        assert_eq!(
            refused(&bench, method, &path, &json!({})).await,
            (404, 1006),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_pack_is_refused_with_its_code() {
    let bench = Bench::start().await;
    let path = format!("{PACKS}/{}", create(&bench, "Pack").await);
    for (bad, code) in [
        (json!({"name": "n"}), 1008),
        (json!({"publisher": "p"}), 1008),
        (json!({"publisher": "p", "name": ""}), 1009),
        (json!({"publisher": "p", "name": 1}), 400),
        (
            json!({"publisher": "p", "name": "n", "ios_app_store_link": "app"}),
            1009,
        ),
        (
            json!({"publisher": "p", "name": "n", "link": "http://a.example"}),
            1010,
        ),
    ] {
        assert_eq!(
            refused(&bench, Method::POST, PACKS, &bad).await,
            (400, code),
            "{bad}"
        );
    }
    for (bad, code) in [
        (json!({"name": ""}), 1009),
        (json!({"android_app_store_link": "app"}), 1009),
        (json!({"id": "1"}), 1010),
    ] {
        assert_eq!(
            refused(&bench, Method::PATCH, &path, &bad).await,
            (400, code),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn stickers_keep_their_index() {
    let bench = Bench::start().await;
    let stickers = format!("{PACKS}/{}/stickers", create(&bench, "Pack").await);
    for (body, index) in [
        (json!({"image_data_id": "a", "emojis": ["🐥", "😃"]}), "0"),
        (json!({"image_data_id": "b"}), "1"),
    ] {
        let answer = json_call(&bench, Method::POST, &stickers, &body).await;
        assert_eq!(answer.json()["stickers"], json!([{"index": index}]));
    }
    let first = format!("{stickers}/0");
    let told = list(&bench, &first, "stickers").await;
    assert!(!told[0]["id"].as_str().unwrap().is_empty());
    assert_eq!(
        (&told[0]["emojis"], &told[0]["image_data_id"]),
        (&json!(["🐥", "😃"]), &json!("a"))
    );
    does(&bench, Method::PATCH, &first, &json!({"emojis": ["☕"]})).await;
    does(
        &bench,
        Method::PATCH,
        &first,
        &json!({"image_data_id": "c"}),
    )
    .await;
    let changed = list(&bench, &first, "stickers").await;
    assert_eq!(
        (&changed[0]["emojis"], &changed[0]["image_data_id"]),
        (&json!(["☕"]), &json!("c"))
    );
    assert_eq!(changed[0]["id"], told[0]["id"]);
    assert_eq!(call(&bench, Method::DELETE, &first).await.body, "{}");
    let answer = json_call(
        &bench,
        Method::POST,
        &stickers,
        &json!({"image_data_id": "d"}),
    )
    .await;
    assert_eq!(answer.json()["stickers"], json!([{"index": "2"}]));
    assert_eq!(
        list(&bench, &stickers, "stickers").await,
        json!([{"index": "1"}, {"index": "2"}])
    );
    for method in [Method::GET, Method::PATCH, Method::DELETE] {
        assert_eq!(
            refused(&bench, method, &first, &json!({})).await,
            (404, 1006)
        );
    }
    for (bad, refusal) in [
        (json!({}), (400, 1008)),
        (json!({"image_data_id": ""}), (400, 1009)),
        (json!({"image_data_id": "unknown-media"}), (404, 1006)),
        (json!({"image_data_id": "a", "emojis": "☕"}), (400, 400)),
        (json!({"image_data_id": "a", "emojis": [1]}), (400, 400)),
        (json!({"image_data_id": "a", "index": 1}), (400, 1010)),
    ] {
        assert_eq!(
            refused(&bench, Method::POST, &stickers, &bad).await,
            refusal,
            "{bad}"
        );
    }
}

#[tokio::test]
async fn the_packs_of_whatsapp_can_be_read_alone() {
    let bench = Bench::start().await;
    let with = |path: &str| format!("{PACKS}{path}?namespace=whatsapp");
    let packs = list(&bench, &with(""), "stickerpacks").await;
    let id = packs[0]["id"].as_str().unwrap();
    let about = list(&bench, &with(&format!("/{id}")), "stickerpacks").await;
    assert!(about[0]["publisher"].is_string() && about[0]["name"].is_string());
    let stickers = list(&bench, &with(&format!("/{id}/stickers")), "stickers").await;
    let index = stickers[0]["index"].as_str().unwrap();
    let sticker = list(
        &bench,
        &with(&format!("/{id}/stickers/{index}")),
        "stickers",
    )
    .await;
    assert!(sticker[0]["id"].is_string() && sticker[0]["emojis"][0].is_string());
    assert!(sticker[0].get("image_data_id").is_none());
    for path in [
        "/none".to_owned(),
        format!("/{id}/stickers/9"),
        format!("/{id}/stickers/x"),
    ] {
        let answer = call(&bench, Method::GET, &with(&path)).await;
        assert_eq!(refusal(&answer), (404, 1006), "{path}");
    }
    let path = with(&format!("/{id}"));
    for method in [Method::PATCH, Method::DELETE] {
        assert_eq!(
            refused(&bench, method, &path, &json!({})).await,
            (403, 1005)
        );
    }
    // They are not among the account's own.
    assert_eq!(list(&bench, PACKS, "stickerpacks").await, json!([]));
    let own = call(&bench, Method::GET, &format!("{PACKS}/{id}")).await;
    assert_eq!(refusal(&own), (404, 1006));
    let other = call(&bench, Method::GET, &format!("{PACKS}?namespace=mine")).await;
    assert_eq!(refusal(&other), (400, 1009));
}

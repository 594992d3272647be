//! Tujenge: groups.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::Bench;
use support::tujenge::{
    call, does, get, jpeg, json_call, png, raw_call, receive, refusal, refused,
};

const GROUPS: &str = "/v1/groups";
const ANN: &str = "255712345678";
const BEN: &str = "255712345679";

/// A group and its path.
async fn create(bench: &Bench) -> (String, String) {
    let answer = json_call(bench, Method::POST, GROUPS, &json!({"subject": "Friends"})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let row = answer.json()["groups"][0].clone();
    assert!(row["creation_time"].is_i64());
    let id = row["id"].as_str().unwrap().to_owned();
    let path = format!("{GROUPS}/{id}");
    (id, path)
}

async fn told(bench: &Bench, path: &str) -> Value {
    get(bench, path).await["groups"][0].clone()
}

/// The business's own number.
async fn business(bench: &Bench, path: &str) -> String {
    told(bench, path).await["creator"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn happens(bench: &Bench, group: &str, from: &str, system: &Value) {
    let message = json!({"from": from, "group_id": group, "type": "system", "system": system});
    receive(bench, &message).await;
}

/// A group in which Ann and Ben are.
async fn with_people(bench: &Bench) -> (String, String) {
    let (id, path) = create(bench).await;
    receive(bench, &json!({"from": ANN, "group_id": id, "text": "Hi"})).await;
    happens(bench, &id, BEN, &json!({"type": "group_user_joined"})).await;
    (id, path)
}

#[tokio::test]
async fn groups_are_made_listed_and_renamed() {
    let bench = Bench::start().await;
    assert_eq!(get(&bench, GROUPS).await["groups"], json!([]));
    let (first, path) = create(&bench).await;
    let (second, _) = create(&bench).await;
    let listed = get(&bench, GROUPS).await["groups"].clone();
    assert_eq!(
        (&listed[0]["id"], &listed[1]["id"]),
        (&json!(first), &json!(second))
    );
    assert_ne!(first, second);
    let group = told(&bench, &path).await;
    assert_eq!(group["subject"], "Friends");
    assert_eq!(group["admins"], json!([group["creator"]]));
    assert_eq!(group["participants"], json!([group["creator"]]));
    assert_eq!(group["creation_time"], listed[0]["creation_time"]);
    does(
        &bench,
        Method::PUT,
        &path,
        &json!({"subject": "я".repeat(25)}),
    )
    .await;
    assert_eq!(told(&bench, &path).await["subject"], "я".repeat(25));
    for (bad, code) in [
        (json!({}), 1008),
        (json!({"subject": ""}), 1009),
        (json!({"subject": "s".repeat(26)}), 1009),
        (json!({"subject": 1}), 400),
        (json!({"subject": "s", "wa_ids": []}), 1010),
    ] {
        for (method, path) in [(Method::POST, GROUPS), (Method::PUT, path.as_str())] {
            assert_eq!(
                refused(&bench, method, path, &bad).await,
                (400, code),
                "{bad}"
            );
        }
    }
}

#[tokio::test]
async fn the_invite_link_stays_until_it_is_taken_back() {
    let bench = Bench::start().await;
    let (_, path) = create(&bench).await;
    let invite = format!("{path}/invite");
    let first = told(&bench, &invite).await;
    assert!(
        first["link"]
            .as_str()
            .unwrap()
            .starts_with("https://chat.whatsapp.com/")
    );
    assert_eq!(told(&bench, &invite).await, first);
    assert_eq!(call(&bench, Method::DELETE, &invite).await.body, "{}");
    assert_ne!(told(&bench, &invite).await, first);
}

#[tokio::test]
async fn people_come_are_promoted_and_are_removed() {
    let bench = Bench::start().await;
    let (id, path) = with_people(&bench).await;
    let own = business(&bench, &path).await;
    assert_eq!(
        told(&bench, &path).await["participants"],
        json!([own, ANN, BEN])
    );
    let admins = format!("{path}/admins");
    does(
        &bench,
        Method::PATCH,
        &admins,
        &json!({"wa_ids": [ANN, BEN]}),
    )
    .await;
    assert_eq!(told(&bench, &path).await["admins"], json!([own, ANN, BEN]));
    does(&bench, Method::DELETE, &admins, &json!({"wa_ids": [BEN]})).await;
    assert_eq!(told(&bench, &path).await["admins"], json!([own, ANN]));
    let participants = format!("{path}/participants");
    does(
        &bench,
        Method::DELETE,
        &participants,
        &json!({"wa_ids": [ANN]}),
    )
    .await;
    let group = told(&bench, &path).await;
    assert_eq!(
        (&group["participants"], &group["admins"]),
        (&json!([own, BEN]), &json!([own]))
    );
    happens(&bench, &id, BEN, &json!({"type": "group_user_left"})).await;
    assert_eq!(told(&bench, &path).await["participants"], json!([own]));
    for (bad, code) in [
        (json!({"wa_ids": [ANN]}), 1003),
        (json!({"wa_ids": [own]}), 1021),
        (json!({"wa_ids": ["+255712345678"]}), 1009),
        (json!({"wa_ids": [1]}), 400),
        (json!({"wa_ids": []}), 1008),
        (json!({}), 1008),
        (json!({"wa_ids": [BEN], "subject": "s"}), 1010),
    ] {
        for (method, path) in [
            (Method::DELETE, &participants),
            (Method::PATCH, &admins),
            (Method::DELETE, &admins),
        ] {
            assert_eq!(
                refused(&bench, method, path, &bad).await,
                (400, code),
                "{bad}"
            );
        }
    }
}

#[tokio::test]
async fn the_icon_is_set_shown_and_taken_away() {
    let bench = Bench::start().await;
    let (_, path) = create(&bench).await;
    let icon = format!("{path}/icon");
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(refusal(&call(&bench, method, &icon).await), (404, 1006));
    }
    for (mime_type, bytes) in [("image/png", png(100, 50)), ("image/jpeg", jpeg(640, 640))] {
        let set = raw_call(&bench, Method::POST, &icon, mime_type, bytes.clone()).await;
        assert_eq!((set.status.as_u16(), set.body.as_str()), (200, "{}"));
        let shown = call(&bench, Method::GET, &icon).await;
        assert_eq!(shown.headers["content-type"], mime_type);
        assert!(shown.bytes == bytes);
    }
    let link = told(&bench, &format!("{icon}?format=link")).await["link"].clone();
    let link = link
        .as_str()
        .unwrap()
        .strip_prefix(bench.sandbox.url())
        .unwrap();
    assert!(bench.call(Method::GET, link).await.bytes == jpeg(640, 640));
    for (mime_type, bytes, code) in [
        ("image/gif", png(9, 9), 1009),
        ("image/png", jpeg(9, 9), 1009),
        ("image/png", Vec::new(), 1008),
    ] {
        let answer = raw_call(&bench, Method::POST, &icon, mime_type, bytes).await;
        assert_eq!(refusal(&answer), (400, code), "{mime_type}");
    }
    assert_eq!(call(&bench, Method::DELETE, &icon).await.body, "{}");
    assert_eq!(
        refusal(&call(&bench, Method::GET, &icon).await),
        (404, 1006)
    );
}

/// Every call of a group that changes something, with a good body.
fn changes(path: &str) -> Vec<(Method, String, Value)> {
    let people = json!({"wa_ids": [ANN]});
    vec![
        (Method::PUT, path.to_owned(), json!({"subject": "New"})),
        (Method::GET, format!("{path}/invite"), json!({})),
        (Method::DELETE, format!("{path}/invite"), json!({})),
        (
            Method::DELETE,
            format!("{path}/participants"),
            people.clone(),
        ),
        (Method::DELETE, format!("{path}/icon"), json!({})),
        (Method::PATCH, format!("{path}/admins"), people.clone()),
        (Method::DELETE, format!("{path}/admins"), people),
    ]
}

#[tokio::test]
async fn who_is_no_admin_changes_nothing() {
    let bench = Bench::start().await;
    let (id, path) = with_people(&bench).await;
    let own = business(&bench, &path).await;
    happens(&bench, &id, ANN, &json!({"type": "group_user_promoted"})).await;
    let demoted = json!({"type": "group_user_demoted", "users": [own]});
    happens(&bench, &id, ANN, &demoted).await;
    let before = told(&bench, &path).await;
    assert_eq!(before["admins"], json!([ANN]));
    for (method, path, body) in changes(&path) {
        assert_eq!(
            refused(&bench, method, &path, &body).await,
            (400, 1019),
            "{path}"
        );
    }
    let icon = raw_call(
        &bench,
        Method::POST,
        &format!("{path}/icon"),
        "image/png",
        png(9, 9),
    )
    .await;
    assert_eq!(refusal(&icon), (400, 1019));
    assert_eq!(told(&bench, &path).await, before);
}

#[tokio::test]
async fn a_group_that_is_left_or_never_was() {
    let bench = Bench::start().await;
    let (id, path) = with_people(&bench).await;
    let left = call(&bench, Method::POST, &format!("{path}/leave")).await;
    assert_eq!((left.status.as_u16(), left.body.as_str()), (200, "{}"));
    assert_eq!(get(&bench, GROUPS).await["groups"], json!([]));
    let unknown = format!("{GROUPS}/{id}1");
    for (path, expected) in [(&path, (400, 1003)), (&unknown, (404, 1012))] {
        let leave = format!("{path}/leave");
        let reads = [
            (Method::GET, path.clone(), json!({})),
            (Method::POST, leave, json!({})),
        ];
        for (method, path, body) in changes(path).into_iter().chain(reads) {
            assert_eq!(
                refused(&bench, method, &path, &body).await,
                expected,
                "{path}"
            );
        }
    }
}

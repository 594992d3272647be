//! Simulated incoming messages: Devino and Rapporto; messages twice and together; bad requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::json;
use support::stage::{LINK, PATH, Stage, contact};

#[tokio::test]
async fn devino_tells_texts_files_places_and_contacts() {
    let mut stage = Stage::open().await;
    for gateway in ["devino-v1", "devino-v2"] {
        let body = stage
            .told(gateway, &json!({"text": {"body": "hi"}, "to": "MyCompany"}))
            .await;
        assert_eq!(
            (&body["text"], &body["to"]),
            (&json!("hi"), &json!("MyCompany"))
        );
        assert!(
            body["ts"].as_u64().unwrap() > 1_000_000_000_000,
            "milliseconds"
        );
        for (kind, usual) in [
            ("image", "image/jpeg"),
            ("video", "video/mp4"),
            ("audio", "audio/mpeg"),
            ("voice", "audio/ogg; codecs=opus"),
            ("document", "application/pdf"),
        ] {
            let media = json!({"link": LINK, "filename": "a.bin", "caption": "c"});
            let body = stage
                .told(gateway, &json!({"type": kind, kind: media}))
                .await;
            assert_eq!(body["contentUrl"], LINK);
            assert_eq!(body["contentType"], usual);
            assert_eq!(body["contentName"], "a.bin");
            assert_eq!(body["text"], "c");
        }
        let media = json!({"link": LINK, "mime_type": "image/png"});
        let body = stage
            .told(gateway, &json!({"type": "image", "image": media}))
            .await;
        assert_eq!(body["contentType"], "image/png");
        assert!(body.get("text").is_none() && body.get("contentName").is_none());

        let place = json!({"latitude": 55.75, "longitude": 37.62, "name": "Square",
            "address": "Red Square 1", "url": "https://maps.example/1"});
        let body = stage
            .told(gateway, &json!({"type": "location", "location": place}))
            .await;
        assert_eq!(
            body["whatsAppGeoLocation"],
            json!({"latitude": 55.75, "longitude": 37.62, "addressName": "Square",
                "address": "Red Square 1", "addressurl": "https://maps.example/1"})
        );
        let body = stage
            .told(
                gateway,
                &json!({"type": "contacts", "contacts": [contact()]}),
            )
            .await;
        assert_eq!(
            body["whatsAppContacts"],
            json!([{
                "contactName": [{"formattedName": "Ann; Lee", "firstName": "Ann", "namePrefix": "Dr"}],
                "birthday": "1990-02-28",
                "addresses": [{"city": "Moscow", "countryCode": "RU", "type": "HOME"}],
                "contactCompany": [{"company": "Example"}],
                "phones": [{"phone": "+7 903 456-78-90", "waId": "79034567890", "type": "CELL"}],
            }])
        );
    }
    for bad in [
        json!({"type": "sticker", "sticker": {"link": LINK}}),
        json!({"type": "image", "image": {"id": "1"}}),
        json!({"type": "reaction", "reaction": {"message_id": "1", "emoji": "👍"}}),
        json!({"text": "t", "context": {"message_id": "1"}}),
        json!({"text": "t", "from_me": true}),
    ] {
        stage.refused("devino-v2", &bad).await;
    }
}

#[tokio::test]
async fn rapporto_tells_texts_and_images() {
    let mut stage = Stage::open().await;
    let body = stage.told("rapporto", &json!({"text": "hi"})).await;
    assert_eq!(body["message"], "hi");
    assert!(body.get("mediaURL").is_none());
    let image = json!({"type": "image", "image": {"link": LINK}});
    let body = stage.told("rapporto", &image).await;
    assert_eq!(body["mediaURL"], LINK);
    assert!(body.get("message").is_none(), "without a text no member");
    let image = json!({"type": "image", "image": {"link": LINK, "caption": "c"}});
    let body = stage.told("rapporto", &image).await;
    assert_eq!(
        (&body["mediaURL"], &body["message"]),
        (&json!(LINK), &json!("c"))
    );
    let error = stage
        .refused(
            "rapporto",
            &json!({"type": "video", "video": {"link": LINK}}),
        )
        .await;
    assert_eq!(error, "type: rapporto does not tell video");
}

#[tokio::test]
async fn messages_come_twice_and_together() {
    let mut stage = Stage::open().await;
    let first = stage
        .told("rapporto", &json!({"text": "hi", "times": 3}))
        .await;
    for _ in 0..2 {
        assert_eq!(stage.receiver.next().await.body, first);
    }
    let several = |gateway: &str, url: &str| {
        let messages = json!([
            {"from": "79034567890", "text": "one"},
            {"from": "79034567891", "type": "call", "call": {}},
            {"from": "79034567892", "text": "three"},
        ]);
        let mut request = json!({"gateway": gateway, "url": url, "messages": messages});
        if gateway == "tujenge" {
            request["messages"][1] = json!({"from": "79034567891", "type": "sticker"});
        }
        request
    };
    let url = stage.receiver.url.clone();
    for gateway in ["tujenge", "chat-api"] {
        let answer = stage.bench.post(PATH, &several(gateway, &url)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = stage.receiver.next().await.body;
        let messages = body["messages"].as_array().unwrap();
        assert_eq!(messages.len(), 3, "{gateway}");
        let ids: std::collections::HashSet<String> =
            messages.iter().map(|one| one["id"].to_string()).collect();
        assert_eq!(ids.len(), 3);
    }
    let answer = stage.bench.post(PATH, &several("devino-v1", &url)).await;
    assert_eq!(answer.status, 400);
    let two = json!([{"from": "79034567890", "text": "1"}, {"from": "79034567890", "text": "2"}]);
    let request = json!({"gateway": "devino-v1", "url": url, "messages": two});
    let answer = stage.bench.post(PATH, &request).await;
    assert_eq!(
        answer.json()["error"],
        "messages: devino-v1 posts one message a body"
    );
}

#[tokio::test]
async fn bad_requests_say_what_is_wrong() {
    let stage = Stage::open().await;
    for (more, start) in [
        (json!({}), "text: "),
        (json!({"text": 1}), "text: "),
        (json!({"text": {"body": "t", "footer": "f"}}), "text: "),
        (json!({"type": "poll"}), "poll: "),
        (json!({"type": "location"}), "location: "),
        (json!({"text": "t", "from": null}), "from: "),
        (
            json!({"text": "t", "image": {}}),
            "the message cannot be read: ",
        ),
        (json!({"text": "t", "times": 0}), "times: "),
        (json!({"text": "t", "times": 101}), "times: "),
        (json!({"text": "t", "messages": []}), "messages: "),
        (json!({"from": null, "messages": []}), "messages: "),
        (json!({"text": "t", "url": "ftp://a"}), "url: "),
        (json!({"text": "t", "gateway": "pigeon"}), "gateway: "),
        (json!({"text": "t", "gateway": null}), "gateway: "),
    ] {
        let error = stage.refused("tujenge", &more).await;
        assert!(error.starts_with(start), "{more}: {error}");
    }
}

#[tokio::test]
async fn errors_do_not_repeat_what_a_person_said() {
    let stage = Stage::open().await;
    for more in [
        json!({"text": "t", "from": 79_034_567_890_u64}),
        json!({"type": "location", "location": "79034567890"}),
        json!({"type": "contacts", "contacts": ["79034567890, \"Ann\""]}),
        json!({"text": "t", "times": "79034567890"}),
    ] {
        let error = stage.refused("tujenge", &more).await;
        assert!(error.contains("expected "), "{error}");
        assert!(!error.contains("7903"), "{error}");
    }
}

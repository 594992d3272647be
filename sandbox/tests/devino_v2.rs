//! Devino v2: samples of the page, limits, refusals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::{Value, json};
use support::devino::{accepts, reasons, rejects};
use support::{Bench, DEVINO_BATCH, DEVINO_V2, devino_v2};

/// A message whose one text has that many characters.
type OfLength = fn(usize) -> Value;

fn x(length: usize) -> String {
    "x".repeat(length)
}

/// A list message with changes in `action`.
fn list(action: &Value) -> Value {
    let base = json!({
        "button": "Choose",
        "sections": [{"rows": [{"id": "1", "title": "One"}]}],
    });
    interactive(&json!({"type": "list", "action": support::with(base, action)}))
}

fn interactive(more: &Value) -> Value {
    let base = json!({"type": "list", "body": {"text": "text"}});
    devino_v2(&json!({"type": "interactive", "interactive": support::with(base, more)}))
}

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<Value> = titles
        .iter()
        .map(|title| json!({"type": "reply", "reply": {"id": "id", "title": title}}))
        .collect();
    interactive(&json!({"type": "button", "action": {"buttons": buttons}}))
}

fn template(components: &Value) -> Value {
    devino_v2(&json!({"type": "template", "template": {
        "name": "template_name",
        "language": {"policy": "deterministic", "code": "ru"},
        "components": components,
    }}))
}

/// A template with one text parameter of that length.
fn template_text(kind: &str, length: usize) -> Value {
    let mut component =
        json!({"type": kind, "parameters": [{"type": "text", "text": "x".repeat(length)}]});
    if kind == "button" {
        component["sub_type"] = "url".into();
        component["index"] = "0".into();
    }
    template(&json!([component]))
}

fn reply_id(length: usize) -> Value {
    let button = json!({"type": "reply", "reply": {"id": x(length), "title": "T"}});
    interactive(&json!({"type": "button", "action": {"buttons": [button]}}))
}

fn section_title(length: usize) -> Value {
    let rows = json!([{"id": "1", "title": "1"}]);
    list(&json!({"sections": [{"title": x(length), "rows": rows}]}))
}

fn row(more: &Value) -> Value {
    let row = support::with(json!({"id": "1", "title": "t"}), more);
    list(&json!({"sections": [{"rows": [row]}]}))
}

fn file_name(length: usize) -> Value {
    devino_v2(&json!({"type": "document",
        "document": {"link": "http://a.example/a", "filename": x(length)}}))
}

#[tokio::test]
async fn samples_of_the_pages_are_accepted() {
    let bench = Bench::start().await;
    for more in [
        json!({"type": "text", "text": {"body": "your_message_content"}}),
        json!({"text": {"body": "no type"}, "preview_url": true, "recipient_type": "individual"}),
        json!({"type": "audio", "audio": {"link": "https://a.example/a.ogg"}}),
        json!({"type": "document", "document": {"link": "http://a.example/a", "filename": "f"}}),
        json!({"type": "video", "video": {"link": "https://a.example/v.mp4", "caption": "c"}}),
        json!({"type": "image", "image": {"link": "https://a.example/i.png", "caption": "c"}}),
        json!({"type": "contacts", "contacts": [
            {"name": {"formatted_name": "formatted_name 1", "first_name": "a", "last_name": "b"},
             "emails": [{"email": "email@example.com", "type": "WORK"}]},
            {"name": {"formatted_name": "formatted_name 2", "first_name": "a"},
             "phones": [{"phone": "+74956460054", "type": "WORK"}]},
        ]}),
        json!({"type": "location", "location": {
            "latitude": 74.118_226_353_613_3, "longitude": 69.907_435_105_422_1,
            "address": "location_address", "name": "location_name",
        }}),
        json!({"type": "template", "template": {
            "name": "template_name", "language": {"code": "ru", "policy": "deterministic"},
        }}),
    ] {
        accepts(&bench, DEVINO_V2, &devino_v2(&more)).await;
    }
    let everything = template(&json!([
        {"type": "header", "parameters": [
            {"type": "document", "document": {"link": "http://a.example/d.pdf", "filename": "d"}}]},
        {"type": "body", "parameters": [
            {"type": "text", "text": "119833"},
            {"type": "currency", "currency": {
                "fallback_value": "$100.99", "code": "USD", "amount_1000": 100_990}},
            {"type": "date_time", "date_time": {
                "fallback_value": "February 25, 1977", "day_of_week": 5, "day_of_month": 25,
                "year": 1977, "month": 2, "hour": 15, "minute": 33}},
            {"type": "date_time", "date_time": {
                "fallback_value": "later", "timestamp": 1_485_470_276}}]},
        {"type": "footer", "parameters": [{"type": "text", "text": "text 1"}]},
        {"type": "button", "sub_type": "quick_reply", "index": 0,
         "parameters": [{"type": "payload", "payload": "Start"}]},
        {"type": "button", "sub_type": "quick_reply", "index": "1",
         "parameters": [{"type": "payload", "payload": "End"}]},
    ]));
    accepts(&bench, DEVINO_V2, &everything).await;
    accepts(
        &bench,
        DEVINO_V2,
        &buttons(&["First Button’s Title", "Second"]),
    )
    .await;
    let section = json!({"title": "your_section_title", "rows": [
        {"id": "unique_row_identifier", "title": "row_title_content", "description": "d"}]});
    accepts(
        &bench,
        DEVINO_V2,
        &list(&json!({"sections": [section, section]})),
    )
    .await;
    let flat = json!({"type": "reply", "id": "id", "title": "Title"});
    let flat = interactive(&json!({"type": "button", "action": {"buttons": [flat]}}));
    accepts(&bench, DEVINO_V2, &flat).await;
}

#[tokio::test]
async fn v2_lengths_hold_on_both_sides() {
    let bench = Bench::start().await;
    let in_batch = |length| json!({"messages": [devino_v2(&json!({"text": x(length)}))]});
    accepts(&bench, DEVINO_BATCH, &in_batch(4096)).await;
    rejects(
        &bench,
        DEVINO_BATCH,
        &in_batch(4097),
        "length.too.long",
        "messages[0].text",
    )
    .await;

    let cases: Vec<(usize, OfLength, &str)> = vec![
        (
            4096,
            |n| devino_v2(&json!({"type": "text", "text": {"body": x(n)}})),
            "text",
        ),
        (
            60,
            |n| list_with(&json!({"header": {"type": "text", "text": x(n)}})),
            "interactive.header.text",
        ),
        (
            1024,
            |n| list_with(&json!({"body": {"text": x(n)}})),
            "interactive.body.text",
        ),
        (
            60,
            |n| list_with(&json!({"footer": {"text": x(n)}})),
            "interactive.footer.text",
        ),
        (
            20,
            |n| list(&json!({"button": x(n)})),
            "interactive.action.button",
        ),
        (
            20,
            |n| buttons(&[&x(n)]),
            "interactive.action.buttons[0].reply.title",
        ),
        (256, reply_id, "interactive.action.buttons[0].reply.id"),
        (24, section_title, "interactive.action.sections[0].title"),
        (
            24,
            |n| row(&json!({"title": x(n)})),
            "interactive.action.sections[0].rows[0].title",
        ),
        (
            200,
            |n| row(&json!({"id": x(n)})),
            "interactive.action.sections[0].rows[0].id",
        ),
        (
            72,
            |n| row(&json!({"description": x(n)})),
            "interactive.action.sections[0].rows[0].description",
        ),
        (
            60,
            |n| template_text("header", n),
            "template.components[0].parameters[0].text",
        ),
        (
            1024,
            |n| template_text("body", n),
            "template.components[0].parameters[0].text",
        ),
        (
            60,
            |n| template_text("footer", n),
            "template.components[0].parameters[0].text",
        ),
        (
            20,
            |n| template_text("button", n),
            "template.components[0].parameters[0].text",
        ),
        (100, file_name, "document.filename"),
    ];
    for (limit, message, reference) in cases {
        let reference = format!("messages[0].{reference}");
        accepts(&bench, DEVINO_V2, &message(limit)).await;
        rejects(
            &bench,
            DEVINO_V2,
            &message(limit + 1),
            "length.too.long",
            &reference,
        )
        .await;
        let empty = reasons(&bench, DEVINO_V2, &message(0)).await;
        if reference.ends_with("description") {
            assert_eq!(empty, []);
        } else {
            assert_eq!(empty, [("length.too.short".to_owned(), reference)]);
        }
    }
}

/// A list message with changes beside `action`.
fn list_with(more: &Value) -> Value {
    let mut message = list(&json!({}));
    let interactive = message["interactive"].take();
    message["interactive"] = support::with(interactive, more);
    message
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
async fn v2_structures_hold() {
    let bench = Bench::start().await;
    let section = json!({"title": "S", "rows": [{"id": "1", "title": "1"}]});
    accepts(&bench, DEVINO_V2, &buttons(&["1", "2", "3"])).await;
    accepts(
        &bench,
        DEVINO_V2,
        &list(&json!({"sections": vec![&section; 10]})),
    )
    .await;
    // The page says nothing of rows over all sections.
    let rows = vec![json!({"id": "1", "title": "1"}); 11];
    accepts(
        &bench,
        DEVINO_V2,
        &list(&json!({"sections": [{"rows": rows}]})),
    )
    .await;

    let media = json!({"type": "image", "image": {"link": "https://a.example/i.png"}});
    let header = |kind: &str, base: Value| {
        let mut message = base;
        message["interactive"]["header"] =
            json!({"type": kind, kind: {"link": "http://a.example/a"}});
        message
    };
    accepts(&bench, DEVINO_V2, &header("image", buttons(&["1"]))).await;
    let action = "interactive.action";
    for (body, key, reference) in [
        (
            buttons(&["1", "2", "3", "4"]),
            "invalid",
            format!("{action}.buttons"),
        ),
        (
            buttons(&[]),
            "must.be.not.null",
            format!("{action}.buttons"),
        ),
        (
            buttons(&["same", "same"]),
            "invalid",
            format!("{action}.buttons[1].reply.title"),
        ),
        (
            buttons(&["ok 🍏"]),
            "invalid",
            format!("{action}.buttons[0].reply.title"),
        ),
        (
            buttons(&["Hi {{1}}"]),
            "invalid",
            format!("{action}.buttons[0].reply.title"),
        ),
        (
            list(&json!({"button": "ok 🍏"})),
            "invalid",
            format!("{action}.button"),
        ),
        (
            list(&json!({"button": null})),
            "must.be.not.null",
            format!("{action}.button"),
        ),
        (
            list(&json!({"sections": vec![&section; 11]})),
            "invalid",
            format!("{action}.sections"),
        ),
        (
            list(&json!({"sections": []})),
            "must.be.not.null",
            format!("{action}.sections"),
        ),
        (
            list(&json!({"sections": [section, {"rows": [{"id": "1", "title": "1"}]}]})),
            "must.be.not.null",
            format!("{action}.sections[1].title"),
        ),
        (
            list(&json!({"buttons": []})),
            "invalid",
            format!("{action}.buttons"),
        ),
        (
            header("image", list(&json!({}))),
            "invalid",
            "interactive.header.type".to_owned(),
        ),
        (
            list_with(&json!({"body": null})),
            "must.be.not.null",
            "interactive.body".to_owned(),
        ),
        (
            interactive(&json!({"type": "cards"})),
            "invalid",
            "interactive.type".to_owned(),
        ),
    ] {
        let found = reasons(&bench, DEVINO_V2, &body).await;
        let expected = (key.to_owned(), format!("messages[0].{reference}"));
        assert!(found.contains(&expected), "{found:?} lacks {expected:?}");
    }
    for (more, key, reference) in [
        (json!({"type": "text"}), "must.be.not.null", "messages[0]"),
        (json!({}), "must.be.not.null", "messages[0]"),
        (json!({"type": "sticker"}), "invalid", "messages[0].type"),
        (
            json!({"text": "t".repeat(4097)}),
            "length.too.long",
            "messages[0].text",
        ),
        (
            json!({"text": {"body": "t"}, "ttl": 1}),
            "invalid",
            "messages[0].ttl",
        ),
        (
            json!({"text": {"body": "t"}, "recipient_type": "group"}),
            "invalid",
            "messages[0].recipient_type",
        ),
        (
            json!({"text": {"body": "t"}, "preview_url": "yes"}),
            "invalid",
            "messages[0].preview_url",
        ),
        (
            support::with(
                media.clone(),
                &json!({"video": {"link": "http://a.example/v"}}),
            ),
            "invalid",
            "messages[0].video",
        ),
        (
            json!({"type": "image", "image": {"link": "a.png"}}),
            "invalid",
            "messages[0].image.link",
        ),
        (
            json!({"type": "image", "image": {"id": "1"}}),
            "must.be.not.null",
            "messages[0].image.link",
        ),
        (
            json!({"type": "audio", "audio": {"link": "http://a.example/a", "caption": "c"}}),
            "invalid",
            "messages[0].audio.caption",
        ),
        (
            json!({"type": "location", "location": {"latitude": 90.1, "longitude": 0}}),
            "invalid",
            "messages[0].location.latitude",
        ),
        (
            json!({"type": "location", "location": {"latitude": "1", "longitude": 0}}),
            "invalid",
            "messages[0].location.latitude",
        ),
        (
            json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "n", "suffix": ""}}]}),
            "must.be.not.null",
            "messages[0].contacts[0].name",
        ),
        (
            json!({"type": "contacts", "contacts": [
                {"name": {"formatted_name": "n", "first_name": "n"}, "birthday": "1.2.1999"}]}),
            "invalid",
            "messages[0].contacts[0].birthday",
        ),
        (
            json!({"template": {"name": "n", "language": {"code": "en"}}}),
            "must.be.not.null",
            "messages[0].type",
        ),
    ] {
        let found = reasons(&bench, DEVINO_V2, &devino_v2(&more)).await;
        let expected = (key.to_owned(), reference.to_owned());
        assert!(
            found.contains(&expected),
            "{more}: {found:?} lacks {expected:?}"
        );
    }
}

#[tokio::test]
async fn v2_a_template_with_media_has_one_policy() {
    let bench = Bench::start().await;
    let with = |policy: &str, parameter: Value| {
        let mut message = template(&json!([{"type": "header", "parameters": [parameter]}]));
        message["template"]["language"]["policy"] = policy.into();
        message
    };
    let text = json!({"type": "text", "text": "Order 17"});
    let image = json!({"type": "image", "image": {"link": "https://a.example/i.png"}});
    for policy in ["deterministic", "fallback"] {
        accepts(&bench, DEVINO_V2, &with(policy, text.clone())).await;
    }
    accepts(&bench, DEVINO_V2, &with("deterministic", image.clone())).await;
    for (policy, parameter) in [("fallback", image), ("any", text)] {
        let message = with(policy, parameter);
        let reference = "messages[0].template.language.policy";
        rejects(&bench, DEVINO_V2, &message, "invalid", reference).await;
    }
}

#[tokio::test]
async fn v2_template_components_hold() {
    let bench = Bench::start().await;
    let button = |more: Value| {
        let base = json!({"type": "button", "sub_type": "quick_reply", "index": "2",
            "parameters": [{"type": "payload", "payload": "p"}]});
        template(&json!([support::with(base, &more)]))
    };
    accepts(&bench, DEVINO_V2, &button(json!({}))).await;
    let first = "messages[0].template.components[0]";
    for (body, key, reference) in [
        (button(json!({"index": "3"})), "invalid", ".index"),
        (button(json!({"index": 3})), "invalid", ".index"),
        (button(json!({"index": null})), "must.be.not.null", ".index"),
        (
            button(json!({"sub_type": null})),
            "must.be.not.null",
            ".sub_type",
        ),
        (
            button(json!({"sub_type": "url"})),
            "invalid",
            ".parameters[0].type",
        ),
        (button(json!({"type": "buttons"})), "invalid", ".type"),
        (
            template(&json!([{"type": "body", "index": 0}])),
            "invalid",
            ".index",
        ),
        (
            template(&json!([{"type": "footer", "parameters": [{"type": "currency"}]}])),
            "invalid",
            ".parameters[0].type",
        ),
        (
            template(&json!([{"type": "header", "parameters": [{"type": "image"}]}])),
            "must.be.not.null",
            ".parameters[0].image",
        ),
    ] {
        rejects(
            &bench,
            DEVINO_V2,
            &body,
            key,
            &format!("{first}{reference}"),
        )
        .await;
    }
}

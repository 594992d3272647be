//! Devino's batches: how messages are split, and how the answers find their messages again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use wamux_engine::gateway::{self, Gateway};
use wamux_engine::message::Message;
use wamux_engine::{BuiltRequest, Delivery, Kind, Response, Settings, build, decode};

fn open(id: &str, settings: &[(&str, &str)]) -> Box<dyn Gateway> {
    let mut all = Settings::default().masked();
    all.set("from", "MyCompany").unwrap();
    for (name, value) in settings {
        all.set(name, value).unwrap();
    }
    gateway::open(id, &all).unwrap()
}

/// Texts to +7903456700, +7903456701 …, but a number that is too short at the positions in `wrong`.
fn texts(count: usize, wrong: &[usize], options: &Value) -> Vec<Message> {
    (0..count)
        .map(|position| {
            let to = if wrong.contains(&position) {
                "+7903".to_owned()
            } else {
                format!("+7903456{position:04}")
            };
            let message = json!({
                "to": to,
                "type": "text",
                "text": {"body": format!("Text {position}")},
                "options": options,
            });
            Message::from_json(message.to_string().as_bytes()).unwrap()
        })
        .collect()
}

fn body(built: &BuiltRequest) -> Value {
    serde_json::from_slice(built.request.body.as_bytes()).unwrap()
}

fn recipients(built: &BuiltRequest) -> Vec<String> {
    let body = body(built);
    let messages = body["messages"].as_array().unwrap();
    let to = messages.iter().map(|message| message["to"].as_str());
    to.map(|to| to.unwrap().to_owned()).collect()
}

#[test]
fn a_hundred_messages_go_into_one_request_and_the_next_into_another() {
    for (id, path) in [
        ("devino-v1", "/whatsapp/messages"),
        ("devino-v2", "/whatsapp/v2/messages/batch"),
    ] {
        let gateway = open(id, &[]);
        let built = build(gateway.as_ref(), &texts(100, &[], &json!({})));
        assert_eq!(built.requests.len(), 1, "{id}");
        let built = build(gateway.as_ref(), &texts(101, &[], &json!({})));
        let sizes: Vec<usize> = built.requests.iter().map(|r| r.messages.len()).collect();
        assert_eq!(sizes, [100, 1], "{id}");
        for request in &built.requests {
            assert!(request.request.url().ends_with(path), "{id}");
        }
        // What is left over is a list too.
        assert_eq!(recipients(&built.requests[1]), ["79034560100"], "{id}");
    }
}

#[test]
fn the_size_of_a_batch_is_a_setting() {
    for id in ["devino-v1", "devino-v2"] {
        for (size, expected) in [("1", vec![1; 5]), ("2", vec![2, 2, 1]), ("5", vec![5])] {
            let gateway = open(id, &[("batch_size", size)]);
            let built = build(gateway.as_ref(), &texts(5, &[], &json!({})));
            let sizes: Vec<usize> = built.requests.iter().map(|r| r.messages.len()).collect();
            assert_eq!(sizes, expected, "{id}, {size}");
            let all: Vec<usize> = built
                .requests
                .iter()
                .flat_map(|r| r.messages.clone())
                .collect();
            assert_eq!(all, [0, 1, 2, 3, 4], "{id}, {size}");
        }
    }
}

#[test]
fn no_message_needs_no_request() {
    for id in ["devino-v1", "devino-v2"] {
        let gateway = open(id, &[]);
        assert!(
            build(gateway.as_ref(), &[] as &[Message])
                .requests
                .is_empty(),
            "{id}"
        );
        let built = build(gateway.as_ref(), &texts(2, &[0, 1], &json!({})));
        assert!(built.requests.is_empty(), "{id}");
        assert!(built.checked.iter().all(Result::is_err), "{id}");
    }
}

#[test]
fn one_message_goes_alone_by_v2_and_in_a_list_by_v1() {
    let built = build(
        open("devino-v2", &[]).as_ref(),
        &texts(3, &[0, 2], &json!({})),
    );
    assert_eq!(built.requests[0].messages, [1]);
    assert!(built.requests[0].request.url().ends_with("/v2/messages"));
    assert_eq!(body(&built.requests[0])["to"], "79034560001");
    let built = build(open("devino-v1", &[]).as_ref(), &texts(1, &[], &json!({})));
    assert_eq!(recipients(&built.requests[0]), ["79034560000"]);
}

/// Of seven messages two cannot be sent; the answers tell of one acceptance, one refusal and one
/// acceptance, and the last request's answer stops after its first message.
#[test]
fn answers_find_their_messages_where_some_are_invalid_and_some_answers_are_missing() {
    for id in ["devino-v1", "devino-v2"] {
        let gateway = open(id, &[("batch_size", "3")]);
        let messages = texts(7, &[1, 4], &json!({}));
        let built = build(gateway.as_ref(), &messages);
        let positions: Vec<_> = built.requests.iter().map(|r| r.messages.clone()).collect();
        assert_eq!(positions, [vec![0, 2, 3], vec![5, 6]], "{id}");
        assert_eq!(
            recipients(&built.requests[0]),
            ["79034560000", "79034560002", "79034560003"],
            "{id}"
        );
        let refused = json!({"code": "REJECTED", "reasons": [{"key": "not.available", "ref": "messages[1].from"}]});
        let answers = [
            json!({"result": [{"code": "OK", "messageId": "10"}, refused, {"code": "OK", "messageId": "13"}]}),
            json!({"result": [{"code": "OK", "messageId": "15"}]}),
        ];
        let mut ids: Vec<Option<String>> = vec![None; messages.len()];
        let mut faults = Vec::new();
        for (request, answer) in built.requests.iter().zip(answers) {
            let response = Response::new(200, answer.to_string().into_bytes());
            let results = decode(gateway.as_ref(), &response, Some(request.messages.len()));
            assert_eq!(results.len(), request.messages.len(), "{id}");
            for (position, result) in request.messages.iter().zip(results) {
                match result {
                    Ok(receipt) => ids[*position] = receipt.message_id,
                    Err(error) => faults.push((*position, error.kind(), error.delivery())),
                }
            }
        }
        let found: Vec<_> = ids.iter().map(Option::as_deref).collect();
        assert_eq!(
            found,
            [Some("10"), None, None, Some("13"), None, Some("15"), None],
            "{id}"
        );
        assert_eq!(
            faults,
            [
                (2, Kind::Sender, Delivery::NotSent),
                // Nothing is known of a message that the answer does not speak of.
                (6, Kind::Protocol, Delivery::Unknown),
            ],
            "{id}"
        );
        for position in [1, 4] {
            let error = built.checked[position].as_ref().unwrap_err();
            assert_eq!(error.violations()[0].path, "to", "{id}");
        }
    }
}

#[test]
fn an_answer_with_too_many_results_gives_one_for_each_message() {
    let gateway = open("devino-v2", &[]);
    let answer = json!({"result": [
        {"code": "OK", "messageId": "1"},
        {"code": "OK", "messageId": "2"},
        {"code": "OK", "messageId": "3"},
    ]});
    let response = Response::new(200, answer.to_string().into_bytes());
    let results = decode(gateway.as_ref(), &response, Some(2));
    let ids: Vec<_> = results
        .into_iter()
        .map(|result| result.unwrap().message_id)
        .collect();
    assert_eq!(ids, [Some("1".to_owned()), Some("2".to_owned())]);
}

#[test]
fn all_of_a_batch_is_in_doubt_where_its_answer_cannot_be_read() {
    let gateway = open("devino-v2", &[]);
    let response = Response::new(504, b"<html>Gateway Time-out</html>".to_vec());
    let results = decode(gateway.as_ref(), &response, Some(3));
    assert_eq!(results.len(), 3);
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind(), error.delivery()),
            (Kind::Unavailable, Delivery::Unknown)
        );
    }
}

#[test]
fn a_text_is_a_string_only_in_a_batch_and_only_by_option() {
    let gateway = open("devino-v2", &[]);
    let options = json!({"devino-v2": {"batch_text_as_string": true}});
    let mut batch = texts(1, &[], &options);
    let alone = build(gateway.as_ref(), &batch);
    assert_eq!(
        alone.requests[0].request.body.as_bytes(),
        br#"{"from":"MyCompany","to":"79034560000","type":"text","text":{"body":"Text 0"}}"#
    );
    batch.extend(texts(2, &[0], &json!({})));
    let built = build(gateway.as_ref(), &batch);
    assert_eq!(
        built.requests[0].request.body.as_bytes(),
        concat!(
            r#"{"messages":[{"from":"MyCompany","to":"79034560000","text":"Text 0"},"#,
            r#"{"from":"MyCompany","to":"79034560001","type":"text","text":{"body":"Text 1"}}]}"#
        )
        .as_bytes()
    );
}

#[test]
fn a_text_as_a_string_keeps_its_limit_and_its_path() {
    let gateway = open("devino-v2", &[]);
    let mut messages = texts(
        1,
        &[],
        &json!({"devino-v2": {"batch_text_as_string": true}}),
    );
    let wamux_engine::message::Content::Text(text) = &mut messages[0].content else {
        unreachable!()
    };
    text.body = "ж".repeat(4097);
    let built = build(gateway.as_ref(), &messages);
    let violations = built.checked[0].as_ref().unwrap_err().violations().to_vec();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].path, "text.body");
    assert_eq!(violations[0].code.as_str(), "length.too.long");
}

#[test]
fn a_refusal_of_the_list_is_that_of_every_message() {
    let answer = |reference: &str| {
        let reason = json!({"key": "too.many.messages", "ref": reference});
        let body = json!({"result": [{"code": "REJECTED", "reasons": [reason]}]});
        Response::new(200, body.to_string().into_bytes())
    };
    for id in ["devino-v1", "devino-v2"] {
        let gateway = open(id, &[]);
        let results = decode(gateway.as_ref(), &answer("messages"), Some(3));
        assert_eq!(results.len(), 3, "{id}");
        for result in results {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), Kind::RateLimited, "{id}");
            assert_eq!(error.delivery(), Delivery::NotSent, "{id}");
        }
        // A refusal of one message says nothing of the others.
        let results = decode(gateway.as_ref(), &answer("messages[0].to"), Some(3));
        let delivery: Vec<_> = results
            .into_iter()
            .map(|r| r.unwrap_err().delivery())
            .collect();
        let expected = [Delivery::NotSent, Delivery::Unknown, Delivery::Unknown];
        assert_eq!(delivery, expected, "{id}");
    }
}

#[test]
fn a_batch_without_answer_items_is_in_doubt() {
    let gateway = open("devino-v1", &[]);
    let response = Response::new(200, br#"{"result":[]}"#.to_vec());
    for result in decode(gateway.as_ref(), &response, Some(2)) {
        assert_eq!(result.unwrap_err().delivery(), Delivery::Unknown);
    }
}

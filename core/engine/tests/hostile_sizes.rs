//! Input with very many faults: the first hundred are told, in order. Each input here is so large
//! that work which grows with its square does not end.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Map, Value, json};
use wamux_engine::message::Message;
use wamux_engine::{Error, Kind, Settings, Violation, build, gateway, validate_payload};

const MANY: usize = 50_000;

/// Members `m000000`, `m000001` …, in the order that a JSON object keeps or sorts them.
fn members(value: &Value) -> Map<String, Value> {
    let names = (0..MANY).map(|number| format!("m{number:06}"));
    names.map(|name| (name, value.clone())).collect()
}

fn paths(violations: &[Violation]) -> Vec<&str> {
    violations.iter().map(|one| one.path.as_str()).collect()
}

fn first_hundred(path: impl Fn(usize) -> String) -> Vec<String> {
    (0..100).map(path).collect()
}

fn refused(gateway: &str, message: &Value) -> Error {
    let mut settings = Settings::default().masked();
    settings.set("from", "MyCompany").unwrap();
    let gateway = gateway::open(gateway, &settings).unwrap();
    let message = Message::from_value(message).unwrap();
    build(gateway.as_ref(), &[message])
        .checked
        .remove(0)
        .unwrap_err()
}

#[test]
fn unknown_members_of_a_message() {
    let mut message = members(&json!(1));
    for (name, value) in [
        ("to", json!("+79034567890")),
        ("type", json!("text")),
        ("text", json!({"body": "Hi"})),
    ] {
        message.insert(name.into(), value);
    }
    let text = Value::Object(message).to_string();
    let error = Message::from_json(text.as_bytes()).unwrap_err();
    assert_eq!(
        paths(error.violations()),
        first_hundred(|i| format!("m{i:06}"))
    );
}

#[test]
fn unknown_members_of_a_native_payload() {
    let profile = gateway::profile("devino-v2").unwrap();
    let violations = validate_payload(profile, None, &Value::Object(members(&json!(1)))).unwrap();
    assert_eq!(paths(&violations), first_hundred(|i| format!("m{i:06}")));
}

#[test]
fn members_of_one_object_that_are_wrong_each() {
    let parameters: Map<String, Value> = (MANY..2 * MANY)
        .map(|number| (number.to_string(), json!(1)))
        .collect();
    let message = json!({"from": "S", "to": "79034567890", "templateId": "order", "templateParams": parameters});
    let profile = gateway::profile("devino-v1").unwrap();
    let violations = validate_payload(profile, None, &json!({"messages": [message]})).unwrap();
    let expected = first_hundred(|i| format!("messages[0].templateParams.{}", MANY + i));
    assert_eq!(paths(&violations), expected);
}

#[test]
fn items_of_one_list_that_are_wrong_each() {
    let profile = gateway::profile("chat-api").unwrap();
    let payload = json!({"phone": "79034567890", "body": "Hi", "mentionedPhones": vec![1; MANY]});
    let violations = validate_payload(profile, None, &payload).unwrap();
    assert_eq!(
        paths(&violations),
        first_hundred(|i| format!("mentionedPhones[{i}]"))
    );
}

#[test]
fn items_of_one_list_that_are_to_differ() {
    let buttons: Vec<Value> = (0..MANY)
        .map(|i| json!({"type": "reply", "reply": {"id": i.to_string(), "title": i.to_string()}}))
        .collect();
    let message = json!({
        "to": "+79034567890",
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": "Hi"}, "action": {"buttons": buttons}},
    });
    let error = refused("devino-v2", &message);
    assert_eq!(paths(error.violations()), ["interactive.action.buttons"]);
}

#[test]
fn names_of_further_parameters() {
    let parameters: Map<String, Value> = (MANY..2 * MANY)
        .map(|number| (format!("{number}="), json!("1")))
        .collect();
    let mut message = json!({"to": "+79034567890", "type": "text", "text": {"body": "Hi"}});
    message["options"] = json!({"rapporto": {"extra_param": parameters}});
    let error = refused("rapporto", &message);
    assert_eq!(error.kind(), Kind::Validation);
    let expected = first_hundred(|i| format!("options.rapporto.extra_param.{}=", MANY + i));
    assert_eq!(paths(error.violations()), expected);
}

#[test]
fn numbers_of_people_who_are_mentioned() {
    let mut message = json!({"to": "+79034567890", "type": "text", "text": {"body": "Hi"}});
    message["options"] = json!({"chat-api": {"mentioned_phones": vec!["1"; MANY]}});
    let error = refused("chat-api", &message);
    let expected = first_hundred(|i| format!("options.chat-api.mentioned_phones[{i}]"));
    assert_eq!(paths(error.violations()), expected);
}

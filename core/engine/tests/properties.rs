//! Outside input of any shape: no panic, no leak, and what is read can be written again.
//!
//! `WAMUX_SOAK_CASES` sets the number of cases of each property; `make soak` sets it high.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "properties/calls.rs"]
mod calls;
#[path = "properties/configuration.rs"]
mod configuration;
#[path = "properties/documents.rs"]
mod documents;

use proptest::prelude::*;
use serde_json::{Value, json};
use wamux_engine::message::Message;
use wamux_engine::{
    Response, Settings, Source, build, decode, events, gateway, phone, validate_payload,
};

use calls::call;
use configuration::configuration;
use documents::{MARK, document};

/// A message of the right shape whose texts and lists are of any size.
fn message() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![Just(MARK.to_owned()), ".{0,70}", "[a-zж🍏{}]{0,30}"];
    let parameter = prop_oneof![
        text().prop_map(|text| json!({"type": "text", "text": text})),
        text().prop_map(|text| json!({"type": "payload", "payload": text})),
        text().prop_map(|link| json!({"type": "image", "image": {"link": link}})),
        (text(), any::<i64>()).prop_map(|(code, amount)| json!({
            "type": "currency",
            "currency": {"fallback_value": code, "code": "USD", "amount_1000": amount},
        })),
    ];
    let component = (
        proptest::sample::select(vec!["header", "body", "footer", "button"]),
        proptest::collection::vec(parameter, 0..4),
        proptest::option::of(0_u32..5),
    )
        .prop_map(|(kind, parameters, index)| {
            let sub_type = index.map(|_| "url");
            json!({"type": kind, "parameters": parameters, "index": index, "sub_type": sub_type})
        });
    let part = prop_oneof![
        text()
            .prop_map(|body| json!({"type": "text", "text": {"body": body, "preview_url": true}})),
        (text(), text()).prop_map(|(link, caption)| {
            json!({"type": "image", "image": {"link": link, "caption": caption}})
        }),
        (text(), proptest::collection::vec(component, 0..4)).prop_map(|(name, components)| {
            json!({"type": "template", "template": {
                "name": name, "language": {"code": "en"}, "components": components,
            }})
        }),
        (text(), proptest::collection::vec(text(), 0..5)).prop_map(|(body, titles)| {
            let buttons: Vec<Value> = titles
                .iter()
                .map(|title| json!({"type": "reply", "reply": {"id": title, "title": title}}))
                .collect();
            json!({"type": "interactive", "interactive": {
                "type": "button", "body": {"text": body}, "action": {"buttons": buttons},
            }})
        }),
        (text(), -100.0..100.0).prop_map(|(name, degrees)| json!({
            "type": "location",
            "location": {"latitude": degrees, "longitude": degrees, "name": name},
        })),
        (text(), text()).prop_map(|(name, phone)| json!({
            "type": "contacts",
            "contacts": [{"name": {"formatted_name": name}, "phones": [{"phone": phone}]}],
        })),
        (proptest::collection::vec(any::<u8>(), 0..9), text()).prop_map(|(bytes, name)| json!({
            "type": "document",
            "document": {"data": base64(&bytes), "mime_type": "text/plain", "filename": name},
        })),
    ];
    let channels = vec![
        "FLASHINGCALL",
        "PUSH",
        "SMS",
        "TELEGRAM",
        "VIBER",
        "VK",
        "WHATSAPP",
    ];
    let link = (
        proptest::sample::select(vec!["DELIVERED", "READ"]),
        proptest::sample::select(channels),
        text(),
        proptest::option::of(prop_oneof![Just(60_u64), 0..200_000_u64]),
    )
        .prop_map(|(state, channel, text, ttl)| {
            json!({"state": state, "channel": channel, "text": text, "from": text, "ttl": ttl})
        });
    let options = (
        proptest::collection::vec(link, 0..4),
        proptest::collection::vec(text(), 0..2),
    )
        .prop_map(|(cascade, phones)| {
            json!({"rapporto": {"cascade": cascade}, "chat-api": {"mentioned_phones": phones}})
        });
    let options = proptest::option::weighted(0.3, options);
    let to = prop_oneof![
        "\\+?[0-9]{0,16}",
        Just("8 (903) 456-78-90".to_owned()),
        text()
    ];
    let from = proptest::option::of(text());
    (part, to, from, options).prop_map(|(mut message, to, from, options)| {
        message["to"] = to.into();
        message["from"] = from.into();
        if let Some(options) = options {
            message["options"] = options;
        }
        message
    })
}

fn base64(bytes: &[u8]) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    BASE64_STANDARD.encode(bytes)
}

fn gateways() -> Vec<Box<dyn gateway::Gateway>> {
    let settings = Settings::default().masked();
    gateway::REGISTRY
        .iter()
        .map(|profile| gateway::open(profile.id, &settings).unwrap())
        .collect()
}

fn shows_mark(value: &impl std::fmt::Debug) -> bool {
    format!("{value:?}").contains(MARK)
}

proptest! {
    #![proptest_config(configuration(2_000))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for gateway in gateways() {
            let _ = events(gateway.as_ref(), &bytes);
            let results = decode(gateway.as_ref(), &Response::new(200, bytes.clone()), Some(2));
            prop_assert_eq!(results.len(), 2);
        }
        let _ = Message::from_json(&bytes);
    }

    #[test]
    fn any_text_is_a_number_or_says_why_not(text in prop_oneof![
        ".{0,24}",
        "[+]?[0-9 ()./-]{0,24}",
        "[+＋]?[0-9０-９٠-٩]{1,20}",
    ], region in proptest::option::of(proptest::sample::select(vec!["RU", "KZ", "ID", "DE", "US", "MX", "BR", "AR", "GB"])), strict in any::<bool>()) {
        let options = phone::Options { region: region.map(|region| region.parse().unwrap()), strict };
        if let Ok(number) = phone::parse(&text, &options) {
            // libphonenumber takes a trunk zero away from `+60000…` each time that it reads it; no assigned number is so.
            if number.is_valid() {
                let again = phone::Options { region: None, strict };
                prop_assert_eq!(&phone::parse(number.e164(), &again).unwrap(), &number);
            }
            // libphonenumber knows national numbers of 17 digits; the gateways take 15 in all.
            prop_assert!(number.digits().len() <= 20);
        }
    }

    #[test]
    fn any_document_is_read_or_refused(document in document(), status in 100_u16..600) {
        let text = document.to_string();
        for gateway in gateways() {
            if let Ok(events) = events(gateway.as_ref(), text.as_bytes()) {
                // A string or number is no webhook; everything in a list is an event of its own.
                prop_assert!(document.is_object() || events.len() == document.as_array().map_or(0, Vec::len));
            }
            let response = Response::new(status, text.clone().into_bytes());
            for result in decode(gateway.as_ref(), &response, Some(1)) {
                prop_assert!(result.is_err() || (200..300).contains(&status));
            }
            for call in gateway.profile().payload_names() {
                validate_payload(gateway.profile(), Some(call), &document).unwrap();
            }
            for call in gateway.profile().calls {
                if let Err(error) = call.decode(gateway.as_ref(), &response) {
                    prop_assert!(!shows_mark(&error) && !error.to_string().contains(MARK));
                } else {
                    prop_assert!((200..300).contains(&status));
                }
                if let Err(error) = call.request(gateway.as_ref(), &document, None) {
                    prop_assert!(!error.violations().is_empty());
                    prop_assert!(!shows_mark(&error) && !error.to_string().contains(MARK));
                }
            }
        }
        match Message::from_json(text.as_bytes()) {
            Ok(message) => {
                let written = serde_json::to_value(&message).unwrap();
                prop_assert_eq!(Message::from_value(&written).unwrap(), message);
            }
            Err(error) => prop_assert!(!error.violations().is_empty()),
        }
    }

    #[test]
    fn a_message_is_built_or_its_faults_are_told(value in message()) {
        let message = Message::from_value(&value).unwrap();
        prop_assert!(!shows_mark(&message));
        prop_assert_eq!(Message::from_json(value.to_string().as_bytes()).unwrap(), message.clone());
        for gateway in gateways() {
            let built = build(gateway.as_ref(), std::slice::from_ref(&message));
            match &built.checked[0] {
                Ok(_) => {
                    prop_assert_eq!(built.requests.len(), 1);
                    let body = built.requests[0].request.body.as_bytes();
                    let body: Value = serde_json::from_slice(body).unwrap();
                    // What was checked part by part holds for the whole that is sent.
                    let profile = gateway.profile();
                    let url = built.requests[0].request.url();
                    let call = profile.payload_names().find(|name| url.contains(&format!("/{name}")));
                    let violations = validate_payload(profile, call, &body).unwrap();
                    let errors = violations.iter().filter(|v| v.severity == wamux_engine::Severity::Error);
                    prop_assert_eq!(errors.count(), 0, "{:?}", violations);
                }
                Err(error) => {
                    prop_assert!(built.requests.is_empty());
                    prop_assert!(!error.violations().is_empty());
                    prop_assert!(!shows_mark(error) && !error.to_string().contains(MARK));
                }
            }
            prop_assert!(!shows_mark(&built));
        }
    }

    #[test]
    fn a_call_is_made_or_its_faults_are_told((id, call, arguments) in call()) {
        let gateway = gateway::reader(id).unwrap();
        let profile = gateway.profile();
        let source = Source::from(b"\x89PNG".to_vec());
        match call.request(gateway, &arguments, Some(source)) {
            Ok(request) => {
                prop_assert!(!shows_mark(&request));
                prop_assert!(request.url().starts_with(&gateway.url("/")));
                // A segment stays one, whatever stands in it.
                prop_assert!(!request.url().contains("/../") && !request.url().contains(' '));
                prop_assert!(gateway.blocked(&request.url()[gateway.url("").len()..]).is_none());
                if profile.payload_names().any(|name| name == call.name) {
                    let body: Value = serde_json::from_slice(request.body.as_bytes()).unwrap();
                    prop_assert_eq!(validate_payload(profile, Some(call.name), &body).unwrap(), []);
                }
            }
            Err(error) => {
                prop_assert!(!error.violations().is_empty());
                prop_assert!(!shows_mark(&error) && !error.to_string().contains(MARK));
            }
        }
    }
}

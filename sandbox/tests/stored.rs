//! Whatever a page lets one send is accepted, and the whole of it is kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{
    Bench, DEVINO_BATCH, DEVINO_V1, DEVINO_V2, RAPPORTO, TUJENGE, chat_api, devino_v2, rapporto,
    tujenge, with,
};

const LINK: &str = "https://files.example/a.bin";

/// The body of the newest message in the list over HTTP.
async fn newest(bench: &Bench) -> Value {
    let kept = bench.call(Method::GET, "/_sandbox/messages").await.json();
    let messages = kept["messages"].as_array().unwrap();
    messages.last().unwrap()["body"].clone()
}

/// Sends a request that is kept as it stands.
async fn keeps(bench: &Bench, path: &str, request: &Value) {
    let before = bench.accepted();
    let answer = bench.post(path, request).await;
    assert_eq!(bench.accepted(), before + 1, "{request}: {}", answer.body);
    assert_eq!(newest(bench).await, *request);
}

#[tokio::test]
async fn devino_v1_keeps_texts_templates_and_five_kinds_of_media() {
    let bench = Bench::start().await;
    let base = json!({"from": "MyCompany", "to": "79034567890", "callbackData": "order 17"});
    let mut contents = vec![
        json!({"text": "Code: 1234"}),
        json!({"templateId": "7", "templateParams": {"1": "Ann", "2": "5"}, "validity": 1,
            "languageCode": "en_US"}),
    ];
    contents.extend(
        [
            "audio/aac",
            "application/pdf",
            "image/png",
            "video/3gpp",
            "audio/ogg; codecs=opus",
        ]
        .map(|kind| {
            json!({"contentUrl": LINK, "contentType": kind, "contentName": "a.bin", "text": "c"})
        }),
    );
    for content in contents {
        let message = with(base.clone(), &content);
        bench.post(DEVINO_V1, &json!({"messages": [message]})).await;
        assert_eq!(newest(&bench).await, message);
    }
    assert_eq!(bench.accepted(), 7);
}

/// Nine types of Devino v2, and the other spellings of three.
fn v2_contents() -> Vec<Value> {
    let button = |button: Value| {
        json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "b"},
            "header": {"type": "video", "video": {"link": LINK}},
            "action": {"buttons": [button]}}})
    };
    let contact = json!({"name": {"formatted_name": "Ann Lee", "first_name": "Ann"},
        "phones": [{"phone": "+7 903 456-78-90", "type": "CELL", "wa_id": "79034567890"}]});
    let template = |index: Value| {
        json!({"type": "template", "template": {"name": "n",
        "language": {"policy": "deterministic", "code": "ru"},
        "components": [
            {"type": "header", "parameters": [{"type": "document", "document": {"link": LINK, "filename": "f.pdf"}}]},
            {"type": "body", "parameters": [
                {"type": "text", "text": "t"},
                {"type": "currency", "currency": {"fallback_value": "$1", "code": "USD", "amount_1000": 1000}},
                {"type": "date_time", "date_time": {"fallback_value": "now", "timestamp": 1_485_470_276}},
            ]},
            {"type": "button", "sub_type": "quick_reply", "index": index,
                "parameters": [{"type": "payload", "payload": "p"}]},
        ]}})
    };
    vec![
        json!({"type": "text", "text": {"body": "see https://a.example"}, "preview_url": true}),
        json!({"type": "image", "image": {"link": LINK, "caption": "c"}}),
        json!({"type": "audio", "audio": {"link": LINK}}),
        json!({"type": "video", "video": {"link": LINK, "caption": "c"}}),
        json!({"type": "document", "document": {"link": LINK, "filename": "f.pdf"}}),
        json!({"type": "contacts", "contacts": [contact, contact]}),
        json!({"type": "contact", "contacts": [contact]}),
        json!({"type": "location", "location": {"longitude": 180, "latitude": -90.0, "name": "n", "address": "a"}}),
        template("0".into()),
        template(2.into()),
        button(json!({"type": "reply", "reply": {"id": "1", "title": "Yes"}})),
        button(json!({"type": "reply", "id": "1", "title": "Yes"})),
        json!({"type": "interactive", "interactive": {"type": "list", "body": {"text": "b"},
            "action": {"button": "Open", "sections": [{"rows": [{"id": "1", "title": "One"}]}]}}}),
    ]
}

#[tokio::test]
async fn devino_v2_keeps_nine_types_alone_and_in_a_batch() {
    let bench = Bench::start().await;
    let contents = v2_contents();
    for content in &contents {
        let common = json!({"recipient_type": "individual", "callbackData": "order 17"});
        keeps(&bench, DEVINO_V2, &with(devino_v2(content), &common)).await;
    }
    bench.sandbox.clear();
    let mut messages: Vec<Value> = contents.iter().map(devino_v2).collect();
    messages.push(devino_v2(&json!({"text": "a plain string"})));
    let answer = bench
        .post(DEVINO_BATCH, &json!({"messages": messages}))
        .await;
    let kept: Vec<Value> = bench
        .sandbox
        .messages()
        .into_iter()
        .map(|message| message.body)
        .collect();
    assert_eq!(kept, messages, "{}", answer.body);
}

#[tokio::test]
async fn rapporto_keeps_everything_but_the_credentials() {
    let bench = Bench::start().await;
    let image = json!({"instantContent": {"type": "IMAGE_URL", "data": {"imageURL": LINK}},
        "serviceNumber": "Sender", "ttl": 36, "ttlUnit": "HOURS"});
    let link = |state: &str, channel: &str, next: Option<Value>| {
        let data = match channel {
            "WHATSAPP" => image.clone(),
            "VIBER" => json!({"instantContent": {"type": "BUTTON", "data": {"text": "t",
                "imageURL": LINK, "caption": "c", "action": "tel:79034567890"}}}),
            "FLASHINGCALL" => json!({"text": "Code: 1234", "ttl": 5}),
            _ => json!({"text": "t", "serviceNumber": "Sender", "ttl": 1, "ttlUnit": "HOURS"}),
        };
        let mut link = json!({"state": state,
            "message": {"type": channel, "data": data, "shortenLinks": true}});
        if let Some(next) = next {
            link["nextLink"] = next;
        }
        link
    };
    // All seven channels, one below the other; a flashing call can be delivered and not read.
    let mut chain = link("DELIVERED", "WHATSAPP", None);
    for channel in ["FLASHINGCALL", "VK", "VIBER", "TELEGRAM", "SMS", "PUSH"] {
        chain = link("READ", channel, Some(chain));
    }
    let top = json!({
        "id": "8770100",
        "useTimeDiff": true,
        "shortenLinks": false,
        "destAddr": "8-210-123-45-67",
        "scheduleInfo": {"timeBegin": "10:00", "timeEnd": "20:00", "weekdaysSchedule": "",
            "deadline": "2019-05-10T16:29:30+0300"},
        "extraParam": "place=a,coordinates=53.8085896,, 58.6362112,to=05.03.09",
        "registeredDelivery": 1,
        "notifyUrl": "status.example",
        "cascadeChainLink": chain,
    });
    for data in [image.clone(), json!({"ttl": 1440})] {
        let request = rapporto(&top, &data);
        let answer = bench.post(RAPPORTO, &request).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let expected = with(request, &json!({"login": null, "password": null}));
        assert_eq!(newest(&bench).await, expected);
    }
}

#[tokio::test]
async fn tujenge_keeps_every_type() {
    let bench = Bench::start().await;
    let mut contents = vec![
        json!({"text": {"body": "t"}, "render_mentions": true, "context": {"message_id": "gBEG"}}),
        json!({"type": "text", "text": {"body": "http://a.example"}, "preview_url": true,
            "recipient_identity_key_hash": "h"}),
        json!({"type": "text", "text": {"body": "t"}, "ttl": "P1D"}),
        json!({"type": "text", "text": {"body": "t"}, "ttl": "86400"}),
        json!({"type": "text", "text": {"body": "t"}, "ttl": 86400}),
        json!({"type": "text", "text": {"body": "t"}, "recipient_type": "group", "to": "255712345678-1479621234"}),
        json!({"type": "location", "location": {"latitude": 1.5, "longitude": 2, "name": "n", "address": "a"}}),
        json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "n", "last_name": "n"},
            "phones": [{"phone": "+1 (650) 555-1234", "type": "WORK", "wa_id": "16505551234"}]}]}),
        json!({"type": "reaction", "reaction": {"message_id": "gBEG", "emoji": "👍"}}),
    ];
    for parameters in [
        json!([{"default": "$1", "currency": {"currency_code": "USD", "amount_1000": 1000}}]),
        json!([{"default": "now", "date_time": {"unix_epoch": {"timestamp": 1_485_470_276}}}]),
        json!([{"default": "now", "date_time": {"component": {"day_of_week": "5", "hour": 9}}}]),
    ] {
        contents.push(json!({"type": "hsm", "hsm": {"namespace": "ns", "element_name": "e",
            "language": {"policy": "deterministic", "code": "en"}, "localizable_params": parameters}}));
    }
    for kind in ["image", "video", "audio", "voice", "document", "sticker"] {
        let by_link = match kind {
            "sticker" => json!({"link": LINK}),
            _ => json!({"link": LINK, "provider": {"name": "p"}}),
        };
        for media in [
            json!({"id": "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68"}),
            by_link,
        ] {
            contents.push(json!({"type": kind, kind: media}));
        }
    }
    for content in contents {
        keeps(&bench, TUJENGE, &tujenge(&content)).await;
    }
}

#[tokio::test]
async fn chat_api_keeps_texts_files_and_voices() {
    let bench = Bench::start().await;
    let ogg = "T2dnUwACAAAAAAAAAAA=";
    for (method, body) in [
        (
            "sendMessage",
            json!({"body": "Hi @79680565372 🍏", "quotedMsgId": "false_1", "mentionedPhones": ["79680565372", "17472822486"]}),
        ),
        (
            "sendMessage",
            json!({"body": "Hi", "mentionedPhones": "79680565372"}),
        ),
        (
            "sendFile",
            json!({"body": LINK, "filename": "a.bin", "caption": "c"}),
        ),
        (
            "sendFile",
            json!({"body": "data:image/gif;base64,R0lGOA==", "filename": "4.gif"}),
        ),
        ("sendPTT", json!({"audio": LINK})),
        ("sendPTT", json!({"audio": ogg})),
        (
            "sendPTT",
            json!({"audio": format!("data:audio/ogg; codecs=opus;base64,{ogg}")}),
        ),
    ] {
        for to in [
            json!({"phone": "17472822486"}),
            json!({"chatId": "17472822486@c.us"}),
            json!({"chatId": "79680561234-1479621234@g.us"}),
        ] {
            keeps(&bench, &chat_api(method), &with(body.clone(), &to)).await;
        }
    }
}

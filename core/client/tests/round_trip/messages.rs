//! Messages of every type, most of them good.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

#[path = "options.rs"]
mod options;

/// A message with a part of any type, and some of what can stand beside it.
pub(crate) fn message() -> impl Strategy<Value = Value> {
    (part(), address(), beside(), options::options()).prop_map(
        |(part, address, beside, options)| {
            let mut message = part;
            for members in [address, beside, options] {
                for (name, value) in members.as_object().into_iter().flatten() {
                    message[name] = value.clone();
                }
            }
            options::leave_out_misplaced(&mut message);
            without_null(message)
        },
    )
}

fn part() -> impl Strategy<Value = Value> {
    prop_oneof![
        text(),
        media("image", &["image/jpeg"]),
        media("audio", &["audio/mpeg"]),
        media(
            "voice",
            &[
                "audio/ogg",
                "audio/ogg; codecs=opus",
                "audio/ogg;codecs=opus"
            ]
        ),
        media("video", &["video/mp4"]),
        media("document", &["application/pdf"]),
        source().prop_map(|source| json!({"type": "sticker", "sticker": source})),
        location(),
        prop_oneof![2 => vec(contact(), 1), 1 => vec(contact(), 2)]
            .prop_map(|cards| json!({"type": "contacts", "contacts": cards})),
        template(),
        interactive(),
        words(1, 20).prop_map(|id| json!({
            "type": "reaction", "reaction": {"message_id": id, "emoji": "👍"},
        })),
    ]
}

/// Text of any letters and signs, but no words that a rule looks for.
fn words(shortest: usize, longest: usize) -> impl Strategy<Value = String> {
    let letters = select(vec![
        'a', 'Z', '7', ' ', 'ж', 'é', '"', '\\', '\n', '中', '<', '/', '-',
    ]);
    vec(letters, shortest - 1..longest)
        .prop_map(|letters| format!("w{}", letters.into_iter().collect::<String>()))
}

/// Text without line breaks.
fn title(longest: usize) -> impl Strategy<Value = String> {
    "[a-zA-Z0-9жéñ]{1,3}[a-z ]{0,10}[a-z]"
        .prop_map(move |text| text.chars().take(longest).collect())
}

fn link() -> impl Strategy<Value = String> {
    "https://example\\.com/[a-z0-9]{1,12}(\\.jpg)?(\\?[a-z]{1,3}=[0-9]{1,3})?"
}

fn text() -> impl Strategy<Value = Value> {
    let body = prop_oneof![words(1, 80), Just("Your code: 🍏 1234".to_owned())];
    (body, option::of(link()), option::of(any::<bool>())).prop_map(|(body, link, preview)| {
        match (link, preview) {
            (Some(link), preview) => json!({
                "type": "text", "text": {"body": format!("{body} {link}"), "preview_url": preview},
            }),
            // Without a link there is none to show.
            (None, preview) => json!({
                "type": "text", "text": {"body": body, "preview_url": preview.filter(|shown| !shown)},
            }),
        }
    })
}

/// Where media's bytes are.
fn source() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => link().prop_map(|link| json!({"link": link})),
        1 => "[0-9a-f]{8}-[0-9a-f]{4}".prop_map(|id| json!({"id": id})),
        2 => base64().prop_map(|data| json!({"data": data})),
    ]
}

/// At least one byte, and any number in the last group.
fn base64() -> impl Strategy<Value = String> {
    "([A-Za-z0-9+/]{4}){0,10}([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)"
}

fn media(kind: &'static str, mime_types: &'static [&'static str]) -> impl Strategy<Value = Value> {
    (
        source(),
        option::weighted(0.8, select(mime_types)),
        option::weighted(0.8, "[a-z]{1,8}\\.[a-z]{3}"),
        option::of(words(1, 60)),
    )
        .prop_map(move |(source, mime_type, filename, caption)| {
            let mut media = source;
            media["mime_type"] = mime_type.into();
            media["filename"] = filename.into();
            media["caption"] = caption.into();
            json!({"type": kind, kind: media})
        })
}

fn location() -> impl Strategy<Value = Value> {
    (-90_000_i32..=90_000, -180_000_i32..=180_000, option::weighted(0.7, (title(20), title(20)))).prop_map(
        |(latitude, longitude, place)| {
            let (name, address) = place.unzip();
            json!({"type": "location", "location": {
                "latitude": f64::from(latitude) / 1000.0, "longitude": f64::from(longitude) / 1000.0,
                "name": name, "address": address,
            }})
        },
    )
}

fn contact() -> impl Strategy<Value = Value> {
    (
        title(20),
        title(20),
        option::of(link()),
        vec("\\+7903[0-9]{7}", 0..3),
        any::<bool>(),
    )
        .prop_map(|(formatted, first, url, phones, more)| {
            let phones: Vec<Value> = phones
                .into_iter()
                .map(|phone| json!({"phone": phone, "type": "CELL", "wa_id": phone[1..]}))
                .collect();
            let mut card = json!({
                "name": {"formatted_name": formatted, "first_name": first},
                "phones": phones,
                "urls": url.map(|url| vec![json!({"url": url, "type": "WORK"})]),
            });
            if more {
                card["birthday"] = json!("1999-01-31");
                card["addresses"] = json!([{"city": "Omsk", "country_code": "ru", "type": "HOME"}]);
                card["emails"] = json!([{"email": "a@example.com", "type": "WORK"}]);
                card["org"] = json!({"company": "Acme", "title": "Clerk"});
            }
            card
        })
}

fn template() -> impl Strategy<Value = Value> {
    let parameter = prop_oneof![
        4 => words(1, 40).prop_map(|text| json!({"type": "text", "text": text})),
        1 => (1_i64..1_000_000).prop_map(|amount| json!({"type": "currency", "currency": {
            "fallback_value": "a price", "code": "USD", "amount_1000": amount,
        }})),
        1 => (1_u32..29, 1_u32..13).prop_map(|(day, month)| json!({"type": "date_time", "date_time": {
            "fallback_value": "a day", "day_of_month": day, "month": month, "year": 2027,
        }})),
        1 => (1_u32..u32::MAX).prop_map(|seconds| json!({"type": "date_time", "date_time": {
            "fallback_value": "a day", "timestamp": seconds,
        }})),
    ];
    let header = prop_oneof![
        title(20).prop_map(|text| json!({"type": "text", "text": text})),
        link().prop_map(|link| json!({"type": "image", "image": {"link": link}})),
    ];
    let button = prop_oneof![
        "[a-z]{1,15}".prop_map(|text| json!({
            "type": "button", "sub_type": "url", "index": 0,
            "parameters": [{"type": "text", "text": text}],
        })),
        "[a-z]{1,15}".prop_map(|payload| json!({
            "type": "button", "sub_type": "quick_reply", "index": 1,
            "parameters": [{"type": "payload", "payload": payload}],
        })),
    ];
    (
        vec(parameter, 0..4),
        option::of(header),
        option::of(button),
        option::of(select(vec!["deterministic", "fallback"])),
    )
        .prop_map(|(parameters, header, button, policy)| {
            let mut components = Vec::new();
            if let Some(header) = header {
                components.push(json!({"type": "header", "parameters": [header]}));
            }
            if !parameters.is_empty() {
                components.push(json!({"type": "body", "parameters": parameters}));
            }
            components.extend(button);
            json!({"type": "template", "template": {
                "name": "order_ready", "language": {"code": "en_US", "policy": policy},
                "components": components,
            }})
        })
}

fn interactive() -> impl Strategy<Value = Value> {
    let header = prop_oneof![
        title(30).prop_map(|text| json!({"type": "text", "text": text})),
        link().prop_map(|link| json!({"type": "image", "image": {"link": link}})),
    ];
    let buttons =
        (1_usize..=3).prop_map(|count| {
            let buttons = (0..count).map(|n| json!({
            "type": "reply", "reply": {"id": format!("id{n}"), "title": format!("Choice {n}")},
        }));
            json!({"type": "button", "action": {"buttons": buttons.collect::<Vec<_>>()}})
        });
    let list = (1_usize..=3, 1_usize..=3).prop_map(|(sections, rows)| {
        let sections = (0..sections).map(|section| {
            let rows = (0..rows).map(|row| json!({
                "id": format!("{section}-{row}"), "title": format!("Row {row}"), "description": "One of them",
            }));
            json!({"title": format!("Section {section}"), "rows": rows.collect::<Vec<_>>()})
        });
        json!({"type": "list", "action": {"button": "Choose", "sections": sections.collect::<Vec<_>>()}})
    });
    (
        prop_oneof![buttons, list],
        words(1, 60),
        option::of(title(20)),
        option::of(header),
    )
        .prop_map(|(mut interactive, body, footer, header)| {
            interactive["body"] = json!({"text": body});
            interactive["footer"] = footer.map_or(Value::Null, |text| json!({"text": text}));
            // A list has a text header only.
            let fits = |header: &Value| interactive["type"] == "button" || header["type"] == "text";
            interactive["header"] = header.filter(fits).unwrap_or_default();
            json!({"type": "interactive", "interactive": interactive})
        })
}

fn address() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => "(\\+7|8)903[0-9]{7}".prop_map(|to| json!({"to": to})),
        2 => "\\+7 \\(90[0-9]\\) [0-9]{3}-[0-9]{2}-[0-9]{2}".prop_map(|to| json!({"to": to})),
        1 => "7903[0-9]{7}-1[0-9]{9}@g\\.us".prop_map(|to| json!({"to": to, "recipient_type": "group"})),
        1 => "7903[0-9]{7}@c\\.us".prop_map(|to| json!({"to": to, "recipient_type": "chat"})),
    ]
}

/// What can stand beside any part.
fn beside() -> impl Strategy<Value = Value> {
    let schedule = (option::of(0_u32..24), vec(1_u8..8, 0..3), any::<bool>()).prop_map(
        |(hour, weekdays, zone)| {
            let mut days = weekdays;
            days.sort_unstable();
            days.dedup();
            json!({
                "from": hour.map(|hour| format!("{hour:02}:00")), "weekdays": days,
                "deadline": "2027-12-31T16:29:30+03:00", "recipient_time_zone": zone,
            })
        },
    );
    (
        option::of("[A-Za-z]{1,11}"),
        option::of("[a-zA-Z0-9]{1,20}"),
        option::of("[a-z0-9]{1,12}"),
        option::weighted(0.3, link()),
        option::weighted(0.3, words(1, 30)),
        option::weighted(0.3, schedule),
    )
        .prop_map(|(from, context, client_id, url, data, schedule)| {
            json!({
                "from": from,
                "context": context.map(|id| json!({"message_id": id})),
                "client_id": client_id,
                "callback": (url.is_some() || data.is_some()).then(|| json!({"url": url, "data": data})),
                "schedule": schedule,
            })
        })
}

/// Members that are null are absent.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_null(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_null).collect(),
        other => other,
    }
}

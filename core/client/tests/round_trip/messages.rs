//! Messages of every type, most of them good.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A message with a part of any type, and some of what can stand beside it.
pub(crate) fn message() -> impl Strategy<Value = Value> {
    (part(), address(), beside()).prop_map(|(part, address, beside)| {
        let mut message = part;
        for members in [address, beside] {
            for (name, value) in members.as_object().into_iter().flatten() {
                message[name] = value.clone();
            }
        }
        without_null(message)
    })
}

fn part() -> impl Strategy<Value = Value> {
    prop_oneof![
        text(),
        media("image", "image/jpeg"),
        media("audio", "audio/mpeg"),
        media("voice", "audio/ogg"),
        media("video", "video/mp4"),
        media("document", "application/pdf"),
        link().prop_map(|link| json!({"type": "sticker", "sticker": {"link": link}})),
        location(),
        vec(contact(), 1..3).prop_map(|cards| json!({"type": "contacts", "contacts": cards})),
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
    (body, option::of(link())).prop_map(|(body, link)| match link {
        Some(link) => json!({
            "type": "text", "text": {"body": format!("{body} {link}"), "preview_url": true},
        }),
        None => json!({"type": "text", "text": {"body": body}}),
    })
}

fn media(kind: &'static str, mime_type: &'static str) -> impl Strategy<Value = Value> {
    (
        link(),
        option::of(Just(mime_type)),
        option::of("[a-z]{1,8}\\.[a-z]{3}"),
        option::of(words(1, 60)),
    )
        .prop_map(move |(link, mime_type, filename, caption)| {
            let media = json!({
                "link": link, "mime_type": mime_type, "filename": filename, "caption": caption,
            });
            json!({"type": kind, kind: media})
        })
}

fn location() -> impl Strategy<Value = Value> {
    (-90_000_i32..=90_000, -180_000_i32..=180_000, option::of((title(20), title(20)))).prop_map(
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
    (vec(parameter, 0..4), option::of(header), option::of(button)).prop_map(
        |(parameters, header, button)| {
            let mut components = Vec::new();
            if let Some(header) = header {
                components.push(json!({"type": "header", "parameters": [header]}));
            }
            if !parameters.is_empty() {
                components.push(json!({"type": "body", "parameters": parameters}));
            }
            components.extend(button);
            json!({"type": "template", "template": {
                "name": "order_ready", "language": {"code": "en_US"}, "components": components,
            }})
        },
    )
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
        option::of(1_u64..=7),
        option::weighted(0.3, schedule),
    )
        .prop_map(|(from, context, client_id, url, data, days, schedule)| {
            json!({
                "from": from,
                "context": context.map(|id| json!({"message_id": id})),
                "client_id": client_id,
                "callback": (url.is_some() || data.is_some()).then(|| json!({"url": url, "data": data})),
                "ttl": days.map(|days| days * 86_400),
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

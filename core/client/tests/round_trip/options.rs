//! What only one gateway has: its options, and the lifetimes that its units open.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{link, title, words};

const MEDIA: [&str; 4] = ["image", "audio", "video", "document"];

/// The options of every gateway, and the lifetime.
pub(super) fn options() -> impl Strategy<Value = Value> {
    (lifetime(), rapporto(), tujenge(), chat_api(), devino()).prop_map(
        |((ttl, unit), mut rapporto, tujenge, chat_api, [devino_v1, devino_v2])| {
            rapporto["ttl_unit"] = unit.into();
            json!({"ttl": ttl, "options": {
                "rapporto": rapporto, "tujenge": tujenge, "chat-api": chat_api,
                "devino-v1": devino_v1, "devino-v2": devino_v2,
            }})
        },
    )
}

/// Takes away the options that go with another part than the message's.
pub(super) fn leave_out_misplaced(message: &mut Value) {
    let kind = message["type"].as_str().unwrap().to_owned();
    let is_old_form = message["options"]["tujenge"]["hsm"] == true;
    let fetched = kind != "sticker" && has_link(&message[&kind]);
    for (gateway, name, fits) in [
        ("devino-v1", "validity", kind == "template"),
        ("tujenge", "hsm", kind == "template"),
        ("tujenge", "namespace", kind == "template"),
        ("tujenge", "provider", fetched && !is_old_form),
        ("chat-api", "mentioned_phones", kind == "text"),
        ("chat-api", "form_data", MEDIA.contains(&kind.as_str())),
    ] {
        if !fits {
            message["options"][gateway][name] = Value::Null;
        }
    }
}

/// Whether media by link stands anywhere in the part.
fn has_link(part: &Value) -> bool {
    match part {
        Value::Object(members) => members.contains_key("link") || members.values().any(has_link),
        Value::Array(items) => items.iter().any(has_link),
        _ => false,
    }
}

/// Seconds, and the unit in which they are whole; without a unit, days.
fn lifetime() -> impl Strategy<Value = (Option<u64>, Option<&'static str>)> {
    prop_oneof![
        2 => Just((None, None)),
        2 => (1_u64..=7).prop_map(|days| (Some(days * 86_400), None)),
        2 => lifetime_in_unit(),
    ]
}

/// An hour to a day, which every channel of a cascade takes.
fn lifetime_in_unit() -> impl Strategy<Value = (Option<u64>, Option<&'static str>)> {
    prop_oneof![
        (3600_u64..=86_400).prop_map(|seconds| (Some(seconds), Some("SECONDS"))),
        (60_u64..=1_440).prop_map(|minutes| (Some(minutes * 60), Some("MINUTES"))),
        (1_u64..=24).prop_map(|hours| (Some(hours * 3600), Some("HOURS"))),
    ]
}

fn rapporto() -> impl Strategy<Value = Value> {
    (
        option::of(0_u8..=2),
        option::of(any::<bool>()),
        further_parameters(),
        vec(cascade_link(), 0..4),
    )
        .prop_map(
            |(registered_delivery, shorten_links, parameters, mut cascade)| {
                for position in 1..cascade.len() {
                    // Nobody reads a call.
                    if cascade[position - 1]["channel"] == "FLASHINGCALL" {
                        cascade[position]["state"] = "DELIVERED".into();
                    }
                }
                json!({
                    "registered_delivery": registered_delivery, "shorten_links": shorten_links,
                    "extra_param": parameters, "cascade": cascade,
                })
            },
        )
}

/// Names, and values with the signs that separate them.
fn further_parameters() -> impl Strategy<Value = Option<BTreeMap<String, String>>> {
    option::of(btree_map("[a-z]{1,6}", "[a-zж0-9,= -]{0,12}", 1..4))
}

fn cascade_link() -> impl Strategy<Value = Value> {
    let channel = prop_oneof![
        whatsapp(),
        viber(),
        push(),
        telegram(),
        words(1, 60).prop_map(|text| json!({"channel": "SMS", "text": text})),
        words(1, 60).prop_map(|text| json!({"channel": "VK", "text": text, "from": "Group"})),
        flashing_call(),
    ];
    (
        channel,
        select(vec!["DELIVERED", "READ"]),
        option::of("[A-Za-z]{1,11}"),
        option::of(lifetime_in_unit()),
        option::of(any::<bool>()),
    )
        .prop_map(|(mut link, state, from, lifetime, shorten_links)| {
            link["state"] = state.into();
            link["shorten_links"] = shorten_links.into();
            if link["channel"] != "FLASHINGCALL" {
                let (ttl, unit) = lifetime.unwrap_or_default();
                link["ttl"] = ttl.into();
                link["ttl_unit"] = unit.into();
                if let Some(from) = from {
                    link["from"] = from.into();
                }
            }
            link
        })
}

fn whatsapp() -> impl Strategy<Value = Value> {
    prop_oneof![
        words(1, 60).prop_map(|text| json!({"channel": "WHATSAPP", "text": text})),
        link().prop_map(|image| json!({"channel": "WHATSAPP", "image": image})),
    ]
}

fn viber() -> impl Strategy<Value = Value> {
    let button = (words(1, 60), option::of(link()), title(20), link()).prop_map(
        |(text, image, caption, action)| {
            json!({
                "channel": "VIBER", "text": text, "image": image,
                "button": {"caption": caption, "action": action},
            })
        },
    );
    prop_oneof![
        words(1, 60).prop_map(|text| json!({"channel": "VIBER", "text": text})),
        link().prop_map(|image| json!({"channel": "VIBER", "image": image})),
        button,
    ]
}

fn push() -> impl Strategy<Value = Value> {
    (words(1, 60), option::of(link()), option::of(title(20))).prop_map(|(text, image, title)| {
        json!({"channel": "PUSH", "text": text, "image": image, "title": title})
    })
}

fn telegram() -> impl Strategy<Value = Value> {
    (words(1, 60), option::of(link()))
        .prop_map(|(text, link)| json!({"channel": "TELEGRAM", "text": text, "link": link}))
}

fn flashing_call() -> impl Strategy<Value = Value> {
    ("[0-9]{4}", option::of(1_u64..=5)).prop_map(|(code, minutes)| {
        json!({
            "channel": "FLASHINGCALL", "text": format!("Your code: {code}"),
            "ttl": minutes.map(|minutes| minutes * 60),
        })
    })
}

fn tujenge() -> impl Strategy<Value = Value> {
    (
        option::of("[a-z]{1,8}:[a-z]{1,8}"),
        option::weighted(0.8, any::<bool>()),
        option::of(any::<bool>()),
        option::of("[a-z]{1,12}"),
    )
        .prop_map(|(namespace, hsm, render_mentions, provider)| {
            json!({
                "namespace": namespace, "hsm": hsm, "render_mentions": render_mentions,
                "provider": provider,
            })
        })
}

fn chat_api() -> impl Strategy<Value = Value> {
    (
        vec("(\\+7|8)903[0-9]{7}", 0..3),
        option::weighted(0.8, any::<bool>()),
    )
        .prop_map(|(phones, form_data)| json!({"mentioned_phones": phones, "form_data": form_data}))
}

/// Those of the first and of the second API.
fn devino() -> impl Strategy<Value = [Value; 2]> {
    (option::of(1_i64..=1_000_000), option::of(any::<bool>())).prop_map(|(validity, plain)| {
        [
            json!({"validity": validity}),
            json!({"batch_text_as_string": plain}),
        ]
    })
}

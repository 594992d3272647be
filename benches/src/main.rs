//! `make bench`: what the engine does in a second, beside what people use instead.
//!
//! All rows run interleaved, five rounds, and the median counts: the machines are noisy, the
//! ratios hold. The figures are written to `benches/results.json`; none of them fails anything.
#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a report of figures"
)]

mod crossings;
mod inputs;
mod peers;
mod program;
mod report;
mod sending;

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::Value;
use wamux_engine::message::Message;
use wamux_engine::phone::{self, Options};
use wamux_engine::{Settings, build, gateway};

const ROUNDS: usize = 5;
const SECONDS: f64 = 0.5;

/// Figures, one a round: by row and contestant, or by language and what was measured there.
type Figures = BTreeMap<(&'static str, String), Vec<f64>>;

fn main() -> Result<(), Box<dyn Error>> {
    let phones = inputs::phones(20_000);
    let before = resident_bytes();
    read_phones(&phones);
    let phone_bytes = resident_bytes().saturating_sub(before);

    let settings = Settings::default().masked();
    let gateway = gateway::open("devino-v2", &settings)?;
    let messages = inputs::messages()?;
    let payloads = payloads(gateway.as_ref(), &messages)?;
    for (name, payload) in &payloads {
        println!("{name}: {} bytes on the wire", payload.to_string().len());
    }

    let documents: Vec<(&'static str, Value)> = messages
        .iter()
        .map(|(name, message)| Ok((*name, serde_json::to_value(message)?)))
        .collect::<Result<_, serde_json::Error>>()?;

    let mut figures = Figures::new();
    let mut foreign = Figures::new();
    let mut sent = Figures::new();
    let sandbox = sending::Sandbox::start()?;
    let to_send = to_send(gateway.as_ref(), &messages)?;
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        let mut add = |row, contestant: &str, figure| {
            figures
                .entry((row, contestant.to_owned()))
                .or_default()
                .push(figure);
        };
        add(
            "phone",
            "wamux",
            per_second(phones.len(), || read_phones(&phones)),
        );
        let peer = per_second(phones.len(), || peers::read_phones(&phones));
        add("phone", "Rust rlibphonenumber", peer);
        for (name, message) in &messages {
            let ours = per_second(1000, || {
                for _ in 0..1000 {
                    black_box(build(
                        gateway.as_ref(),
                        black_box(std::slice::from_ref(message)),
                    ));
                }
            });
            add(name, "wamux", ours);
        }
        for (name, payload) in &payloads {
            add(
                name,
                "Rust serde_json + jsonschema",
                peers::value_rate(payload)?,
            );
        }
        for (name, figure) in peers::python(&phones, &payloads, SECONDS)? {
            let row = report::row(&name);
            let peer = if row == "phone" {
                "Python phonenumbers"
            } else {
                "Python jsonschema-rs + orjson"
            };
            add(row, peer, figure);
        }
        for language in crossings::languages() {
            let measured = language.measure(&phones, &documents, SECONDS)?;
            for (name, figure) in measured.rates.into_iter().chain(measured.weights) {
                let figures = foreign.entry((language.name, name)).or_default();
                figures.extend(figure.as_f64());
            }
        }
        for (language, contestants) in sandbox.measure((&to_send.0, &to_send.1), SECONDS)? {
            for (contestant, by_count) in contestants {
                for (at_once, microseconds) in by_count {
                    let row = format!("{contestant}, {at_once} at once");
                    sent.entry((language, row)).or_default().push(microseconds);
                }
            }
        }
    }
    report::write(&figures, &foreign, &sent, phone_bytes)
}

fn read_phones(phones: &[String]) {
    let options = Options::default();
    for number in phones {
        let _ = black_box(phone::parse(black_box(number), &options));
    }
}

/// The wire documents of the messages, for the peers.
fn payloads(
    gateway: &dyn gateway::Gateway,
    messages: &[(&'static str, Message)],
) -> Result<Vec<(&'static str, Value)>, Box<dyn Error>> {
    let payload = |(name, message): &(&'static str, Message)| {
        let built = build(gateway, std::slice::from_ref(message));
        let request = built
            .requests
            .first()
            .ok_or_else(|| format!("{name}: {:?}", built.checked))?;
        Ok((
            *name,
            serde_json::from_slice(request.request.body.as_bytes())?,
        ))
    };
    messages.iter().map(payload).collect()
}

/// The text as it is sent, and its wire document for the peers: without the callback, which the sandbox would call.
fn to_send(
    gateway: &dyn gateway::Gateway,
    messages: &[(&'static str, Message)],
) -> Result<(Message, Value), Box<dyn Error>> {
    let (_, text) = messages.first().ok_or("no message")?;
    let mut text = text.clone();
    text.callback = None;
    let mut payloads = payloads(gateway, &[("text", text.clone())])?;
    let (_, payload) = payloads.pop().ok_or("no payload")?;
    Ok((text, payload))
}

/// How often a second `operation` does one of the `count` things that it does at once.
fn per_second(count: usize, mut operation: impl FnMut()) -> f64 {
    let limit = Duration::from_secs_f64(SECONDS);
    let mut done = 0;
    let start = Instant::now();
    loop {
        operation();
        done += count;
        let spent = start.elapsed();
        if spent >= limit {
            return done as f64 / spent.as_secs_f64();
        }
    }
}

/// The memory of this process that is in use; 0 where the system does not tell.
fn resident_bytes() -> u64 {
    const PAGE: u64 = 4096;
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .unwrap_or_default()
        * PAGE
}

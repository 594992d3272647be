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
mod sending;

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wamux_engine::message::Message;
use wamux_engine::phone::{self, Options};
use wamux_engine::{Settings, build, gateway};

const ROUNDS: usize = 5;
const SECONDS: f64 = 0.5;

/// What the budgets ask for, in operations a second.
const BUDGETS: [(&str, f64); 4] = [
    ("phone", 10e6),
    ("text", 1.5e6),
    ("template", 450e3),
    ("list", 300e3),
];

/// What the budgets ask of one call from another language, in operations a second of CPU time.
const CROSSING_BUDGETS: [(&str, &str, f64); 8] = [
    ("Python", "phone", 3e6),
    ("Python", "text", 1e6 / 1.1),
    ("Python", "template", 1e6 / 4.0),
    ("Python", "list", 1e6 / 5.5),
    ("Node", "phone", f64::NAN),
    ("Node", "text", 1e6 / 3.0),
    ("Node", "template", 1e6 / 12.0),
    ("Node", "list", 1e6 / 17.0),
];

/// What the budgets ask of the Python package, by the names of `crossings.py`.
const WEIGHT_BUDGETS: [(&str, f64); 3] = [
    ("import_milliseconds", 3.0),
    ("memory_megabytes", 8.0),
    ("awaited_send_microseconds", 80.0),
];

/// What the budgets ask of a message that is sent in a campaign, in microseconds of CPU time.
const SENDING_BUDGETS: [(&str, f64); 3] = [("Rust", 14.0), ("Python", 16.0), ("Node", 20.0)];

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
            let row = BUDGETS
                .iter()
                .find(|(row, _)| *row == name)
                .map_or("?", |(row, _)| row);
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
    report(&figures, &foreign, &sent, phone_bytes)
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

fn report(
    figures: &Figures,
    foreign: &Figures,
    sent: &Figures,
    phone_bytes: u64,
) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    println!(
        "\n{:10} {:32} {:>12} {:>8} {:>8}",
        "row", "contestant", "a second", "wamux ×", "budget"
    );
    for (row, budget) in BUDGETS {
        let ours = median(figures, row, "wamux");
        for ((_, contestant), _) in figures.iter().filter(|((name, _), _)| *name == row) {
            let figure = median(figures, row, contestant);
            let against = if contestant == "wamux" {
                format!("{:.0} %", 100.0 * ours / budget)
            } else {
                String::new()
            };
            let ratio = ours / figure;
            println!("{row:10} {contestant:32} {figure:>12.0} {ratio:>8.2} {against:>8}");
            rows.push(json!({
                "row": row,
                "contestant": contestant,
                "per_second": figure.round(),
                "wamux_ratio": ratio,
                "budget_per_second": budget,
            }));
        }
    }
    let mebibytes = phone_bytes as f64 / f64::from(1 << 20);
    println!("phone: {mebibytes:.1} MiB with all regions loaded (budget 3 MiB)");
    let results = json!({
        "rounds": ROUNDS,
        "figure": "median",
        "rows": rows,
        "phone_memory_bytes": phone_bytes,
        "phone_memory_budget_bytes": 3 << 20,
        "crossings": report_crossings(foreign),
        "sending": report_sending(sent),
        "python": report_weights(foreign),
        "sizes": report_sizes(),
    });
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/results.json");
    std::fs::write(path, serde_json::to_string_pretty(&results)? + "\n")?;
    Ok(())
}

/// What a call costs from another language, in microseconds of CPU time.
fn report_crossings(foreign: &Figures) -> Vec<Value> {
    println!("\n{:32} {:>8} {:>8}", "one call from", "µs", "budget");
    let mut rows = Vec::new();
    for (language, kind, budget) in CROSSING_BUDGETS {
        for ((_, name), rates) in foreign
            .iter()
            .filter(|((of, name), _)| *of == language && name.starts_with(kind))
        {
            let microseconds = 1e6 / median_of(rates);
            let budget = 1e6 / budget;
            println!("{language:8} {name:23} {microseconds:>8.2} {budget:>8.2}");
            rows.push(json!({
                "language": language,
                "row": name,
                "microseconds": microseconds,
                "budget_microseconds": budget,
            }));
        }
    }
    rows
}

/// What a message of a campaign costs its sender, in microseconds of CPU time.
fn report_sending(sent: &Figures) -> Vec<Value> {
    println!(
        "\n{:44} {:>8} {:>8}",
        "one message sent from", "µs", "budget"
    );
    let mut rows = Vec::new();
    for (language, budget) in SENDING_BUDGETS {
        for ((_, contestant), figures) in sent.iter().filter(|((of, _), _)| *of == language) {
            let microseconds = median_of(figures);
            let is_ours = contestant.starts_with("wamux");
            let shown = if is_ours {
                format!("{budget:.2}")
            } else {
                String::new()
            };
            println!("{language:8} {contestant:35} {microseconds:>8.2} {shown:>8}");
            rows.push(json!({
                "language": language,
                "contestant": contestant,
                "microseconds": microseconds,
                "budget_microseconds": is_ours.then_some(budget),
            }));
        }
    }
    rows
}

/// What the Python package costs beside a bare interpreter.
fn report_weights(foreign: &Figures) -> Vec<Value> {
    println!("\n{:32} {:>8} {:>8}", "Python", "", "budget");
    let weights = WEIGHT_BUDGETS.iter().filter_map(|(name, budget)| {
        let figure = median_of(foreign.get(&("Python", (*name).to_owned()))?);
        println!("{name:32} {figure:>8.2} {budget:>8.2}");
        Some(json!({"row": name, "figure": figure, "budget": budget}))
    });
    weights.collect()
}

/// What is shipped weighs, in bytes, where it was built.
fn report_sizes() -> Vec<Value> {
    println!("\n{:32} {:>8} {:>8}", "size", "MB", "budget");
    let sizes = crossings::sizes().into_iter().map(|(name, bytes, budget)| {
        let megabytes = |bytes: u64| format!("{:.1}", bytes as f64 / 1e6);
        let shown = bytes.map_or("absent".to_owned(), megabytes);
        println!("{name:32} {shown:>8} {:>8}", megabytes(budget));
        json!({"row": name, "bytes": bytes, "budget_bytes": budget})
    });
    sizes.collect()
}

fn median(figures: &Figures, row: &'static str, contestant: &str) -> f64 {
    let values = figures.get(&(row, contestant.to_owned()));
    values.map_or(f64::NAN, |values| median_of(values))
}

fn median_of(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
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

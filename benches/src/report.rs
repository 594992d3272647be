//! What was measured, beside the budgets.

use std::error::Error;

use serde_json::{Value, json};

use crate::{Figures, ROUNDS, crossings};

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

/// What the budgets ask of a message that is sent in a campaign, in microseconds of CPU time. C has none: it is the floor.
const SENDING_BUDGETS: [(&str, f64); 4] = [
    ("C", f64::NAN),
    ("Rust", 14.0),
    ("Python", 16.0),
    ("Node", 20.0),
];

/// The row of a name that a peer's script tells.
pub(crate) fn row(name: &str) -> &'static str {
    let mut rows = BUDGETS.iter().map(|(row, _)| *row);
    rows.find(|row| *row == name).unwrap_or("?")
}

/// Prints the figures beside the budgets, and writes `results.json`.
pub(crate) fn write(
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

//! The tables of the gateways' pages, made from the registry.

mod calls;
mod endpoints;
mod examples;
mod snippets;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use wamux_engine::gateway::{Profile, REGISTRY};
use wamux_engine::{CodeRow, Feature, Limit, Severity};

/// Every page with tables, and every file that is made of them, by its path, and the text that it should have.
pub(crate) fn pages() -> io::Result<Vec<(PathBuf, String)>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut pages = Vec::new();
    for page in ["gateways.md", "coverage/calls.md"] {
        pages.push(filled(docs.join(page), None)?);
    }
    for profile in REGISTRY {
        let page = docs.join(format!("gateways/{}.md", profile.id));
        pages.push(filled(page, Some(profile))?);
        pages.extend(calls::rust_tests(profile.id)?);
    }
    Ok(pages)
}

/// A page with its tables written anew: each stands between `<!-- table: name -->` and `<!-- end -->`.
fn filled(path: PathBuf, profile: Option<&Profile>) -> io::Result<(PathBuf, String)> {
    let text = fs::read_to_string(&path)?;
    let mut fresh = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(fresh, "{line}");
        let name = line.strip_prefix("<!-- table: ");
        if let Some(name) = name.and_then(|rest| rest.strip_suffix(" -->")) {
            let _ = writeln!(fresh, "\n{}\n<!-- end -->", table(name, profile)?);
            lines.by_ref().find(|line| *line == "<!-- end -->");
        }
    }
    Ok((path, fresh))
}

fn table(name: &str, profile: Option<&Profile>) -> io::Result<String> {
    if let (Some(gateway), None) = (name.strip_prefix("endpoints of "), profile) {
        return endpoints::table(gateway);
    }
    match (name, profile) {
        ("matrix", None) => Ok(matrix()),
        ("features", Some(profile)) => Ok(features(profile)),
        ("limits", Some(profile)) => Ok(limits(&profile.limits())),
        ("calls", Some(profile)) => calls::table(profile.id),
        ("examples of calls", Some(profile)) => calls::examples(profile.id),
        ("codes", Some(profile)) => Ok(codes(profile.codes())),
        _ => Err(io::Error::other(format!("there is no table `{name}`"))),
    }
}

/// What each gateway can say, side by side. The head leads to the gateways' pages.
fn matrix() -> String {
    let heads = REGISTRY.iter().map(|profile| profile.id);
    let heads: Vec<String> = heads
        .map(|id| format!("[`{id}`](gateways/{id}.md)"))
        .collect();
    let mut table = format!("| | {} |\n", heads.join(" | "));
    let _ = writeln!(table, "| --- |{}", " :-: |".repeat(heads.len()));
    for feature in Feature::ALL {
        let marks = REGISTRY.iter().map(|profile| {
            let capabilities = &profile.capabilities;
            if capabilities.sends.contains(feature) {
                "✓"
            } else if capabilities.not_yet.contains(feature) {
                "not yet"
            } else {
                ""
            }
        });
        let marks: Vec<&str> = marks.collect();
        let _ = writeln!(table, "| {} | {} |", feature.name(), marks.join(" | "));
    }
    table
}

fn features(profile: &Profile) -> String {
    let names = |features: &[Feature]| {
        let names: Vec<&str> = features.iter().map(|feature| feature.name()).collect();
        names.join(", ")
    };
    let capabilities = &profile.capabilities;
    let mut text = format!("It sends {}.\n", names(capabilities.sends));
    let statuses: Vec<String> = capabilities.statuses.iter().map(word).collect();
    let _ = writeln!(
        text,
        "\nIt tells that a message is {}.",
        statuses.join(", ")
    );
    let received = capabilities.receives.join(", ");
    let _ = writeln!(text, "\nMessages of these types come in: {received}.");
    if !capabilities.not_yet.is_empty() {
        let not_yet = names(capabilities.not_yet);
        let _ = writeln!(
            text,
            "\nIt documents, and wamux does not send yet: {not_yet}."
        );
    }
    text
}

fn limits(limits: &[Limit]) -> String {
    let mut table =
        String::from("| call | member | rule | limit | where |\n| --- | --- | --- | --: | --- |\n");
    for limit in limits {
        // The rules of a batch are those of each of its messages.
        if in_one_message(limits, limit) {
            continue;
        }
        let mut condition = limit.when.clone().unwrap_or_default();
        if limit.severity == Severity::Warning {
            condition.push_str(if condition.is_empty() {
                "a warning"
            } else {
                "; a warning"
            });
        }
        let _ = writeln!(
            table,
            "| `{}` | `{}` | {} | {} | {condition} |",
            limit.call,
            limit.path,
            limit.rule.replace('_', " "),
            limit.limit,
        );
    }
    table
}

/// Whether a limit of a list of messages stands in another call's list as that of one message.
fn in_one_message(limits: &[Limit], limit: &Limit) -> bool {
    let path = limit.path.strip_prefix("messages[].");
    limits
        .iter()
        .any(|one| Some(one.path.as_str()) == path && one.rule == limit.rule)
}

fn codes<'r>(rows: impl Iterator<Item = &'r CodeRow>) -> String {
    let mut table = String::from(
        "| code | in | HTTP | means | kind | delivery | what to do |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let mut code = format!("`{}`", row.code);
        if let Some(reference) = row.reference {
            let _ = write!(code, " `{reference}`");
        }
        let places: Vec<String> = row.places.iter().map(word).collect();
        let retry = if row.retryable {
            ", may succeed later"
        } else {
            ""
        };
        let _ = writeln!(
            table,
            "| {code} | {} | {} | {} | {}{retry} | {} | {} |",
            places.join(", "),
            row.http_status
                .map(|status| status.to_string())
                .unwrap_or_default(),
            cell(row.title),
            word(&row.kind),
            row.delivery
                .map(|delivery| word(&delivery))
                .unwrap_or_default(),
            cell(row.advice),
        );
    }
    table
}

/// Text that stands in a cell: a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The name of a choice, as JSON has it.
fn word(choice: &impl Serialize) -> String {
    let value = serde_json::to_value(choice).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

//! The calls beyond sending: their table, their examples, and the tests of those in Rust.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::cell;
use super::examples;
use super::snippets::{self, Context};

/// What a gateway can be asked besides carrying messages. Each name leads to its example.
pub(super) fn table(gateway: &str) -> io::Result<String> {
    let schema = wamux_engine::calls_schema();
    let context = Context {
        gateway,
        schema: &schema,
    };
    let groups = examples::of(gateway, &schema)?;
    let mut table =
        String::from("| call | what it does | arguments | answer |\n| --- | --- | --- | --- |\n");
    for call in examples::calls(&schema, gateway) {
        let name = call["name"].as_str().unwrap_or_default();
        let group = groups
            .iter()
            .find(|group| group.steps.iter().any(|step| step.call == name));
        let anchor = group.map(|group| anchor(&group.title)).unwrap_or_default();
        let description = call["arguments"]["description"]
            .as_str()
            .unwrap_or_default();
        let summary = description.split("\n\n").next().unwrap_or_default();
        let _ = writeln!(
            table,
            "| [`{name}`](#{anchor}) | {} | {} | {} |",
            cell(summary),
            arguments(call),
            answer(&context, call),
        );
    }
    Ok(table)
}

/// The address of a heading in its page.
pub(super) fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .replace(' ', "-")
        .replace(['\'', ','], "")
}

/// The names of a call's arguments; those in brackets may be absent.
fn arguments(call: &Value) -> String {
    let arguments = &call["arguments"];
    let properties = arguments["properties"].as_object().into_iter().flatten();
    let required = arguments["required"].as_array();
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|one| one == name));
    let mut names: Vec<String> = properties
        .map(|(name, _)| {
            if is_required(name) {
                format!("`{name}`")
            } else {
                format!("[`{name}`]")
            }
        })
        .collect();
    if call["transfer"] == "upload" {
        names.push("a file".to_owned());
    }
    names.join(", ")
}

fn answer(context: &Context<'_>, call: &Value) -> String {
    if call["transfer"] == "download" {
        return "a file".to_owned();
    }
    let members = context.output(call)["properties"]
        .as_object()
        .into_iter()
        .flatten();
    let names: Vec<String> = members.map(|(name, _)| format!("`{name}`")).collect();
    names.join(", ")
}

/// The examples of a gateway's calls in every language.
pub(super) fn examples(gateway: &str) -> io::Result<String> {
    let schema = wamux_engine::calls_schema();
    let context = Context {
        gateway,
        schema: &schema,
    };
    let mut text = String::new();
    for group in examples::of(gateway, &schema)? {
        let rust = snippets::rust(&context, &group)?;
        let python = snippets::python(&context, &group)?;
        let node = snippets::node(&context, &group)?;
        let shell = snippets::shell(&context, &group)?;
        let _ = writeln!(
            text,
            "#### {}\n\n```rust\n{rust}\n```\n\n```python\n{python}\n```\n\n```ts\n{node}\n```\n\n```sh\n{shell}\n```\n",
            group.title
        );
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}

/// The examples in Rust as functions of a test, by the path of their file; none where the gateway has no calls.
pub(super) fn rust_tests(gateway: &str) -> io::Result<Option<(PathBuf, String)>> {
    let schema = wamux_engine::calls_schema();
    let context = Context {
        gateway,
        schema: &schema,
    };
    let groups = examples::of(gateway, &schema)?;
    if groups.is_empty() {
        return Ok(None);
    }
    let mut text = format!(
        "//! The examples of `docs/gateways/{gateway}.md`, made by `make generate`.\n\n\
         use std::error::Error;\n\nuse wamux::Client;\n"
    );
    let (mut arms, result) = (String::new(), "Result<(), Box<dyn Error>>");
    for group in &groups {
        let function = group.title.to_lowercase().replace(' ', "_");
        let (mut parameters, mut values) = (String::new(), String::new());
        let names = group
            .before
            .iter()
            .filter_map(|before| before.name.as_ref());
        for (index, name) in names.enumerate() {
            let _ = write!(parameters, ", {name}: &str");
            let _ = write!(values, ", &given[{index}]");
        }
        let _ = writeln!(
            text,
            "\nasync fn {function}(client: &Client{parameters}) -> {result} {{"
        );
        for line in snippets::rust(&context, group)?.lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            let _ = writeln!(text, "{indent}{line}");
        }
        text.push_str("    Ok(())\n}\n");
        let _ = writeln!(
            arms,
            "        {:?} => {function}(client{values}).await,",
            group.title
        );
    }
    let _ = write!(
        text,
        "\n/// Runs an example with what was asked for before.\n\
         pub(crate) async fn run(title: &str, client: &Client, given: &[String]) -> {result} {{\n    \
         match title {{\n{arms}        \
         _ => Err(format!(\"there is no example {{title}}\").into()),\n    }}\n}}\n"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cli/tests/call_examples");
    let path = folder.join(format!("{}.rs", gateway.replace('-', "_")));
    Ok(Some((path, text)))
}

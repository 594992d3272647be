//! Writes the JSON Schemas that are made from the code into `schemas/`.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn main() -> std::io::Result<()> {
    write("message", &wamux_engine::message::schema())?;
    write("results", &wamux_engine::results_schema())?;
    write("calls", &wamux_engine::calls_schema())
}

fn write(name: &str, schema: &Value) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let text = serde_json::to_string_pretty(schema)?;
    fs::write(folder.join(format!("{name}.schema.json")), text + "\n")
}

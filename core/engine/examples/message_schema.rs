//! Prints the JSON Schema of a message: `make generate` writes it to `schemas/message.schema.json`.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &wamux_engine::message::schema())?;
    out.write_all(b"\n")
}

//! Writes the Kotlin sources of wamux-uniffi: `uniffi-bindgen <library> <folder>`.
//!
//! The library must not be stripped: its symbols describe the types. What uniffi's generator writes
//! is adapted in two places, see [`kotlin`].

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]

mod kotlin;

use std::fs;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> Result<()> {
    let arguments: Vec<Utf8PathBuf> = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let [library, folder] = arguments.as_slice() else {
        bail!("usage: uniffi-bindgen <library> <folder>");
    };
    let settings = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("bindgen.toml");
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.clone(),
        out_dir: folder.clone(),
        config_override: Some(settings),
        format: false,
        crate_filter: None,
        metadata_no_deps: true,
    })?;
    adapt_all(folder)
}

/// Adapts every Kotlin source below a folder.
fn adapt_all(folder: &Utf8Path) -> Result<()> {
    for entry in folder.read_dir_utf8()? {
        let entry = entry?;
        let path = entry.path();
        if path.is_dir() {
            adapt_all(path)?;
        } else if path.extension() == Some("kt") {
            let source = fs::read_to_string(path)?;
            let adapted = kotlin::adapt(&source).with_context(|| path.to_string())?;
            fs::write(path, adapted)?;
        }
    }
    Ok(())
}

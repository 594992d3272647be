//! What a call costs from Python and from Node, and what the packages weigh.

use std::error::Error;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::program;

/// What a language measured: operations a second of CPU time, and single figures by their names.
#[derive(Deserialize)]
pub(crate) struct Measured {
    pub(crate) rates: Map<String, Value>,
    #[serde(default)]
    pub(crate) weights: Map<String, Value>,
}

/// A language and how its program is run.
pub(crate) struct Language {
    pub(crate) name: &'static str,
    program: String,
    script: &'static str,
}

/// The languages that there is a bridge to.
pub(crate) fn languages() -> [Language; 2] {
    [
        Language {
            name: "Python",
            program: program::python(),
            script: concat!(env!("CARGO_MANIFEST_DIR"), "/crossings.py"),
        },
        Language {
            name: "Node",
            program: "node".to_owned(),
            script: concat!(env!("CARGO_MANIFEST_DIR"), "/crossings.mjs"),
        },
    ]
}

impl Language {
    pub(crate) fn measure(
        &self,
        phones: &[String],
        messages: &[(&'static str, Value)],
        seconds: f64,
    ) -> Result<Measured, Box<dyn Error>> {
        let messages: Map<String, Value> = messages
            .iter()
            .map(|(name, message)| ((*name).to_owned(), message.clone()))
            .collect();
        let request = json!({"phones": phones, "messages": messages, "seconds": seconds});
        program::ask(&self.program, self.script, &request)
    }
}

/// What is shipped, where `make release` or this bench has built it, and its budget in bytes.
pub(crate) fn sizes() -> Vec<(&'static str, Option<u64>, u64)> {
    const MEGABYTE: u64 = 1_000_000;
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let size = |path: &str| Some(std::fs::metadata(root.join(path)).ok()?.len());
    let wheel = || {
        let files = std::fs::read_dir(root.join("target/wheels/release")).ok()?;
        let wheel = files
            .flatten()
            .find(|file| file.path().extension().is_some_and(|end| end == "whl"))?;
        Some(wheel.metadata().ok()?.len())
    };
    let package = || {
        // What `files` of package.json names: the scripts and the native module.
        let module = size("target/release/libwamux_node.so")?;
        let scripts = std::fs::read_dir(root.join("node/dist")).ok()?;
        let scripts = scripts.flatten().filter_map(|file| file.metadata().ok());
        Some(module + scripts.map(|file| file.len()).sum::<u64>())
    };
    vec![
        ("command", size("target/release/wamux"), 14 * MEGABYTE),
        ("wheel", wheel(), 7 * MEGABYTE),
        ("npm package, unpacked", package(), 14 * MEGABYTE),
        (
            "uniffi library",
            size("target/release/libwamux_uniffi.so"),
            8 * MEGABYTE,
        ),
    ]
}

//! Runs every vector under `tests/vectors` through the command line: one test a file. The format is described in
//! `tests/vectors/README.md`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "vectors/compare.rs"]
mod compare;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::value::RawValue;
use wamux_cli::{Environment, ExitStatus, Stdio, run};

use compare::{differences, without_white_space};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    source: String,
    command: String,
    args: Vec<String>,
    input: Box<RawValue>,
    output: Box<RawValue>,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut trials = compare::trials();
    trials.push(Trial::test("there_are_vectors", {
        let count = files.len();
        move || {
            if count > 0 {
                Ok(())
            } else {
                Err("no vector file was found".into())
            }
        }
    }));
    trials.push(Trial::test("no_vector_stands_twice", {
        let files = files.clone();
        move || check_differ(&files)
    }));
    trials.extend(files.into_iter().map(|file| {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        Trial::test(name, move || check_file(&file))
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
}

fn vectors(file: &Path) -> Result<Vec<Vector>, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

/// A vector that asks what another one asks shows nothing of its own, whatever its name says.
fn check_differ(files: &[PathBuf]) -> Result<(), Failed> {
    let mut known = HashMap::new();
    let mut report = String::new();
    for file in files {
        for Vector {
            name,
            command,
            args,
            input,
            ..
        } in vectors(file)?
        {
            let here = format!("{}: {name}", file.display());
            if let Some(there) = known.insert((command, args, line_of(&input)), here.clone()) {
                report.extend(["\n  ", &here, "\n    asks the same as ", &there]);
            }
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report.into())
    }
}

fn check_file(file: &Path) -> Result<(), Failed> {
    let vectors = vectors(file)?;
    if vectors.is_empty() {
        return Err("the file has no vectors".into());
    }
    let mut report = String::new();
    for (index, vector) in vectors.iter().enumerate() {
        let mut faults = check(vector);
        if vectors[..index]
            .iter()
            .any(|other| other.name == vector.name)
        {
            faults.push("another vector of this file has the same name".to_owned());
        }
        if !faults.is_empty() {
            report.extend(["\n  ", &vector.name, "\n    ", &faults.join("\n    ")]);
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report.into())
    }
}

fn check(vector: &Vector) -> Vec<String> {
    if vector.name.is_empty() || vector.source.is_empty() {
        return vec!["`name` and `source` must say something".to_owned()];
    }
    let mut input = line_of(&vector.input);
    // A whole document is given as it stands; everything else is a line.
    if !vector.args.iter().any(|argument| argument == "--whole") {
        input.push('\n');
    }
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments = std::iter::once(&vector.command).chain(&vector.args);
    let status = run(
        arguments,
        &Environment::default(),
        Stdio {
            input: &mut input.as_bytes(),
            output: &mut output,
            errors: &mut errors,
        },
    );
    let output = String::from_utf8(output).unwrap();
    if status == ExitStatus::Usage || output.lines().count() != 1 {
        return vec![format!(
            "the command gave {} lines and ended with {status:?}: {}",
            output.lines().count(),
            String::from_utf8_lossy(&errors)
        )];
    }
    match serde_json::from_str::<&RawValue>(&output) {
        Ok(actual) => differences(&vector.output, actual),
        Err(error) => vec![format!("the output is no JSON ({error}): {output}")],
    }
}

/// A string is the line as it stands; any other value is written as compact JSON.
fn line_of(input: &RawValue) -> String {
    serde_json::from_str::<String>(input.get()).unwrap_or_else(|_| without_white_space(input.get()))
}

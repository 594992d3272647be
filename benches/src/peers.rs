//! What people use instead, in Rust and in Python.

use std::error::Error;
use std::hint::black_box;
use std::sync::LazyLock;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};
use serde_json::{Map, Value, json};

use crate::program;

/// The gateway's schema as any validator reads it: without the engine's own keywords.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../core/engine/schemas/devino-v2/messages.json");
    serde_json::from_str(text).unwrap_or_default()
});

/// Parse, validity and E.164, as with libphonenumber everywhere.
pub(crate) fn read_phones(phones: &[String]) {
    for text in phones {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(black_box(text), None) else {
            continue;
        };
        let _ = black_box(PHONE_NUMBER_UTIL.is_valid_number(&number));
        let _ = black_box(PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164));
    }
}

/// A tree of values, the validator over it, and bytes: what is left of the work once somebody else
/// has read the phone number and mapped the message.
pub(crate) fn value_rate(payload: &Value) -> Result<f64, Box<dyn Error>> {
    let validator = jsonschema::validator_for(&SCHEMA)?;
    let bytes = serde_json::to_vec(payload)?;
    Ok(super::per_second(1000, || {
        for _ in 0..1000 {
            // Parsing stands for building: it makes the same tree.
            let value: Value = serde_json::from_slice(black_box(&bytes)).unwrap_or_default();
            black_box(validator.is_valid(&value));
            let _ = black_box(serde_json::to_vec(&value));
        }
    }))
}

/// The Python peers of all rows, by `peers.py`.
pub(crate) fn python(
    phones: &[String],
    payloads: &[(&'static str, Value)],
    seconds: f64,
) -> Result<Vec<(String, f64)>, Box<dyn Error>> {
    let payloads: Map<String, Value> = payloads
        .iter()
        .map(|(name, payload)| ((*name).to_owned(), payload.clone()))
        .collect();
    let request = json!({
        "phones": phones, "schema": &*SCHEMA, "payloads": payloads, "seconds": seconds,
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers.py");
    let rates: Map<String, Value> = program::ask(&program::python(), script, &request)?;
    Ok(rates
        .into_iter()
        .filter_map(|(name, rate)| Some((name, rate.as_f64()?)))
        .collect())
}

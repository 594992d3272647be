//! Validation: a payload against its gateway's JSON Schema, and the faults in the caller's terms.

mod condition;
mod faults;
mod first;
mod keywords;
mod limits;
mod node;
mod rules;
mod words;

pub(crate) use keywords::{is_http_url, is_mime_type};
pub use limits::Limit;
pub(crate) use rules::{CallRules, Rules};

use serde_json::Value;

use crate::origin::Places;
use crate::payload::Payload;
use crate::violation::{Severity, Violation};
use first::First;
use node::PayloadJson;

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Validator {
    compiled: jsonschema::Validator<PayloadJson>,
    schema: Value,
}

impl Validator {
    /// Compiles a schema of the crate's own.
    #[expect(
        clippy::panic,
        reason = "the schemas are part of the crate, and a test compiles each"
    )]
    pub(crate) fn compile(schema: &Value) -> Self {
        let options = keywords::register(jsonschema::options_for::<PayloadJson>());
        match options.build(schema) {
            Ok(compiled) => Self {
                compiled,
                schema: schema.clone(),
            },
            Err(error) => panic!("a schema does not compile: {error}"),
        }
    }

    /// The limits that the schema names.
    pub(crate) fn limits(&self, call: &'static str, severity: Severity) -> Vec<Limit> {
        limits::of(&self.schema, call, severity)
    }

    /// The first faults of the payload, in the payload's order. The common case, none, costs no
    /// diagnosis.
    pub(crate) fn violations(&self, payload: &Payload<'_>) -> Vec<Violation> {
        if self.compiled.is_valid(payload) {
            return Vec::new();
        }
        let mut places = Places::new(payload);
        let mut found = First::default();
        for error in self.compiled.iter_errors(payload) {
            faults::collect(&error, &mut places, &self.schema, &mut found);
        }
        found.into_violations()
    }
}

//! Validation: a payload against its gateway's JSON Schema, and the faults in the caller's terms.

mod faults;
mod keywords;
mod node;

pub(crate) use keywords::is_http_url;

use serde_json::Value;

use crate::payload::Payload;
use crate::violation::Violation;
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

    /// Every fault of the payload, in the payload's order. The common case, none, costs no
    /// diagnosis.
    pub(crate) fn violations(&self, payload: &Payload<'_>) -> Vec<Violation> {
        if self.compiled.is_valid(payload) {
            return Vec::new();
        }
        let mut located = Vec::new();
        for error in self.compiled.iter_errors(payload) {
            faults::collect(&error, payload, &self.schema, &mut located);
        }
        located.sort_by(|a, b| a.order.cmp(&b.order));
        let mut violations: Vec<Violation> = Vec::with_capacity(located.len());
        for found in located {
            let known =
                |v: &Violation| v.code == found.violation.code && v.path == found.violation.path;
            // Two rules of a schema can find the same fault, such as a branch and what it shares.
            if !violations.iter().any(known) {
                violations.push(found.violation);
            }
        }
        violations
    }
}

//! Validation: a payload against its gateway's JSON Schema, and the faults in the caller's terms.

mod faults;
mod keywords;
mod limits;
mod node;
mod rules;

pub(crate) use keywords::{is_http_url, is_mime_type};
pub use limits::Limit;
pub(crate) use rules::{CallRules, Rules};

use serde_json::Value;

use crate::payload::Payload;
use crate::violation::{Severity, Violation};
use faults::Located;
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
        // Two rules can find the same fault, such as a branch and what it shares, or a type and its
        // values; but each keyword of our own tells of another fault of a value.
        let same = |a: &Located, b: &Located| {
            let (one, other) = (&a.violation, &b.violation);
            (one.code, &one.path) == (other.code, &other.path)
                && (one.limit.is_some() || a.keyword == b.keyword)
        };
        let mut kept: Vec<Located> = Vec::with_capacity(located.len());
        for found in located {
            if !kept.iter().any(|earlier| same(earlier, &found)) {
                kept.push(found);
            }
        }
        kept.into_iter().map(|located| located.violation).collect()
    }
}

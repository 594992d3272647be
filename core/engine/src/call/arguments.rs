//! The arguments of a call in JSON.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Call;
use crate::error::Error;
use crate::message::structure;
use crate::payload::Payload;
use crate::validate::Validator;
use crate::violation::{Code, Violation};

/// Reads the arguments of a call; every structural fault is told, in their order.
pub(crate) fn read<C: Call>(arguments: &Value) -> Result<C, Error> {
    C::deserialize(arguments).map_err(|error| {
        let violations = validator::<C>().violations(&Payload::from(arguments));
        if violations.is_empty() {
            return refused(&error);
        }
        Error::from_violations(violations)
    })
}

/// The schema of a call's arguments. Only who has made a mistake pays for it, and once a process.
fn validator<C: Call>() -> Arc<Validator> {
    type Known = HashMap<(&'static str, &'static str), Arc<Validator>>;
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = known.entry((C::GATEWAY, C::NAME)).or_insert_with(|| {
        let schema = SchemaSettings::draft2020_12()
            .with(|settings| settings.inline_subschemas = true)
            .into_generator()
            .into_root_schema_for::<C>();
        Arc::new(Validator::compile(&structure::by_type(schema.to_value())))
    });
    Arc::clone(validator)
}

/// What the schema does not see, which no argument should come to.
fn refused(error: &serde_json::Error) -> Error {
    let words = format!(
        "cannot be read as the call's arguments ({:?})",
        error.classify()
    );
    Error::from_violations(vec![Violation::error(Code::Invalid, "", words)])
}

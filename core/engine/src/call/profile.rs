//! A call by its name, for those who iterate the calls of a gateway.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Call, Source, answer, arguments, call_request};
use crate::error::Error;
use crate::gateway::Gateway;
use crate::request::{Request, Response};
use crate::validate::CallRules;

/// What travels beside a call's arguments and its answer's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// Nothing.
    Plain,
    /// Bytes to the gateway.
    Upload,
    /// The answer is bytes.
    Download,
}

/// A call of a gateway, by its name.
///
/// ```
/// use serde_json::json;
/// use wamux_engine::{Response, Settings, Source, gateway};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = gateway.profile().find_call("mark_as_read")?;
/// let request = call.request(gateway.as_ref(), &json!({"message_id": "gBEGkYiEB1VXAglK1Z"}), None)?;
/// assert!(request.url().ends_with("/v1/messages/gBEGkYiEB1VXAglK1Z"));
/// assert!(call.decode(gateway.as_ref(), &Response::new(200, Vec::new()))?.is_null());
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub struct CallProfile {
    /// The name: `mark_as_read`.
    pub name: &'static str,
    /// What travels beside the arguments.
    pub transfer: Transfer,
    /// How the MIME type of the file that it answers begins, where only such files come.
    pub file: Option<&'static str>,
    pub(crate) rules: Option<&'static CallRules>,
    pub(super) arguments_schema: fn(&mut SchemaGenerator) -> Schema,
    pub(super) output_schema: fn(&mut SchemaGenerator) -> Schema,
    request: fn(&dyn Gateway, &Value, Option<Source>) -> Result<Request, Error>,
    decode: fn(&dyn Gateway, &Response) -> Result<Value, Error>,
}

impl CallProfile {
    /// The call of a type.
    pub(crate) const fn of<C: Call>() -> Self {
        Self {
            name: C::NAME,
            transfer: C::TRANSFER,
            file: C::FILE,
            rules: C::RULES,
            arguments_schema: C::json_schema,
            output_schema: |generator| generator.subschema_for::<C::Output>(),
            request: |gateway, arguments, source| {
                let mut call = arguments::read::<C>(arguments)?;
                if let Some(source) = source {
                    call.attach(source);
                }
                call_request(gateway, &call)
            },
            decode: |gateway, response| {
                answer::output(gateway, response, |answer| {
                    Some(C::decode(answer)?.and_then(|output| {
                        serde_json::to_value(output)
                            .map_err(|_| Error::internal("the output has no JSON form"))
                    }))
                })
            },
        }
    }

    /// Makes the request of the call with arguments in JSON; `source` is what it uploads.
    ///
    /// # Errors
    ///
    /// `validation` where an argument is missing, unknown or of a wrong type, or breaks a rule.
    pub fn request(
        &self,
        gateway: &dyn Gateway,
        arguments: &Value,
        source: Option<Source>,
    ) -> Result<Request, Error> {
        let id = gateway.profile().id;
        (self.request)(gateway, arguments, source).map_err(|error| error.with_gateway(id))
    }

    /// Reads the answer, as [`call_output`](super::call_output), into JSON.
    ///
    /// # Errors
    ///
    /// What the gateway refuses, and an answer that cannot be read.
    pub fn decode(&self, gateway: &dyn Gateway, response: &Response) -> Result<Value, Error> {
        (self.decode)(gateway, response)
    }
}

impl fmt::Debug for CallProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallProfile")
            .field("name", &self.name)
            .field("transfer", &self.transfer)
            .finish_non_exhaustive()
    }
}

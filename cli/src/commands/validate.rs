//! `wamux validate`: native payloads against the gateway's rules.

use std::io::Read;

use clap::Args;
use serde::Serialize;
use serde_json::Value;
use wamux::gateway::Profile;
use wamux::{Error, Severity, Violation, not_json, validate_payload};

use crate::arguments::gateway;
use crate::lines::{JsonLineFailure, LineCommand, LineFault, answer_lines};
use crate::status::Stop;
use crate::stdio::Output;

/// Check native payloads against a gateway's rules
#[derive(Debug, Args)]
#[command(
    long_about = "Check native payloads against a gateway's rules.\n\n\
                  Reads a payload a line, in JSON. A payload gives {\"valid\",\"violations\"}, a line that is not JSON \
                  {\"error\":{\"kind\",\"violations\"}}. An invalid payload is a failed line; warnings do not make it \
                  one.",
    after_help = "Example: echo '{\"from\":\"MyCompany\",\"to\":\"79034567890\",\"type\":\"text\",\"text\":{\"body\":\
                  \"Hi\"}}' | wamux validate --gateway devino-v2"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The call that the payloads are for; without it, the send call. `wamux capabilities` lists them as `payloads`
    #[arg(long, value_name = "NAME")]
    call: Option<String>,
}

pub(crate) fn run(
    arguments: Arguments,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let mut command = Validate {
        profile: arguments.gateway,
        call: arguments.call,
    };
    // An unknown call is found before the first line, and said once.
    command
        .violations(&Value::Null)
        .map_err(|error| Stop::of_setting(&error))?;
    Ok(answer_lines(input, output, &mut command)?)
}

struct Validate {
    profile: &'static Profile,
    call: Option<String>,
}

impl Validate {
    fn violations(&self, payload: &Value) -> Result<Vec<Violation>, Error> {
        validate_payload(self.profile, self.call.as_deref(), payload)
    }
}

#[derive(Serialize)]
struct Verdict {
    valid: bool,
    violations: Vec<Violation>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Failure {
    Invalid(Verdict),
    Unreadable(JsonLineFailure),
}

impl LineCommand for Validate {
    type Answer = Verdict;
    type Failure = Failure;

    fn answer(&mut self, line: &str) -> Result<Verdict, Failure> {
        let unreadable = |error: &Error| Failure::Unreadable(error.into());
        let payload = serde_json::from_str(line).map_err(|error| unreadable(&not_json(&error)))?;
        let violations = self
            .violations(&payload)
            .map_err(|error| unreadable(&error))?;
        let is_error = |violation: &Violation| violation.severity == Severity::Error;
        if violations.iter().any(is_error) {
            return Err(Failure::Invalid(Verdict {
                valid: false,
                violations,
            }));
        }
        Ok(Verdict {
            valid: true,
            violations,
        })
    }

    fn refuse(&self, fault: LineFault) -> Failure {
        Failure::Unreadable(fault.into())
    }
}

//! `wamux build`: the requests that messages and calls become, without credentials.

use std::io::Read;

use clap::Args;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use wamux::gateway::{Gateway, Profile};
use wamux::message::Message;
use wamux::{CallProfile, Error, Request, Source, Violation, not_json};

use super::{find_call, open};
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::{JsonLineFailure, LineCommand, LineFault, answer_lines};
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// Show the requests that messages or calls become; nothing is sent, and credentials show as ***
#[derive(Debug, Args)]
#[command(
    long_about = "Show the requests that messages become; nothing is sent.\n\n\
                  Reads a message a line, in JSON, or with --call the arguments of a call. A message gives {\"requests\":[{\"method\",\"url\",\"headers\",\
                  \"body\"}],\"warnings\"}, a wrong one {\"error\":{\"kind\",\"violations\"}}. No credentials are \
                  needed: absent and present ones alike show as ***.",
    after_help = "Example: echo '{\"to\":\"8 (903) 456-78-90\",\"type\":\"text\",\"text\":{\"body\":\"Code: 1234\"}}' | \
                  wamux build --gateway devino-v2 --from MyCompany"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The call that the lines are arguments of; without it they are messages. `wamux capabilities` lists the calls
    #[arg(long, value_name = "NAME")]
    call: Option<String>,
    /// How many bytes the call would upload
    #[arg(long, value_name = "BYTES", requires = "call")]
    length: Option<u64>,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub(crate) fn run(
    arguments: &Arguments,
    environment: &Environment,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let (settings, _) = arguments.settings.read(environment)?;
    let gateway = open(arguments.gateway, &settings.masked())?;
    let call = arguments.call.as_deref();
    let call = call.map(|name| find_call(arguments.gateway, name));
    let mut command = Build {
        gateway,
        call: call.transpose()?,
        length: arguments.length,
    };
    Ok(answer_lines(input, output, &mut command)?)
}

struct Build {
    gateway: Box<dyn Gateway>,
    call: Option<&'static CallProfile>,
    length: Option<u64>,
}

#[derive(Serialize)]
struct Answer {
    requests: Vec<ShownRequest>,
    warnings: Vec<Violation>,
}

#[derive(Serialize)]
struct ShownRequest {
    method: String,
    url: String,
    headers: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

impl LineCommand for Build {
    type Answer = Answer;
    type Failure = JsonLineFailure;

    fn answer(&mut self, line: &str) -> Result<Answer, JsonLineFailure> {
        self.build(line)
            .map_err(|error| JsonLineFailure::from(&error))
    }

    fn refuse(&self, fault: LineFault) -> JsonLineFailure {
        fault.into()
    }
}

impl Build {
    fn build(&self, line: &str) -> Result<Answer, Error> {
        let gateway = self.gateway.as_ref();
        if let Some(call) = self.call {
            let arguments = serde_json::from_str(line).map_err(|error| not_json(&error))?;
            let source = self.length.map(Source::of_length);
            let request = call.request(gateway, &arguments, source)?;
            return Ok(Answer {
                requests: vec![shown(&request)],
                warnings: Vec::new(),
            });
        }
        let message = Message::from_json(line.as_bytes())?;
        let (request, checked) = wamux::build_one(gateway, &message)?;
        Ok(Answer {
            requests: vec![shown(&request)],
            warnings: checked.warnings,
        })
    }
}

fn shown(request: &Request) -> ShownRequest {
    ShownRequest {
        method: request.method.to_string(),
        url: request.url().to_owned(),
        headers: request
            .headers_as_text()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect(),
        body: request
            .body
            .to_json()
            .and_then(|json| RawValue::from_string(json).ok()),
    }
}

//! `wamux build`: the requests that messages become, without credentials.

use std::io::Read;

use clap::Args;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use wamux::gateway::{Gateway, Profile};
use wamux::http::HeaderMap;
use wamux::message::Message;
use wamux::{Body, Error, Request, Violation};

use super::open;
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::{JsonLineFailure, LineCommand, LineFault, answer_lines};
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// Show the requests that messages become; nothing is sent, and credentials show as ***
#[derive(Debug, Args)]
#[command(
    long_about = "Show the requests that messages become; nothing is sent.\n\n\
                  Reads a message a line, in JSON. A message gives {\"requests\":[{\"method\",\"url\",\"headers\",\
                  \"body\"}],\"warnings\"}, a wrong one {\"error\":{\"kind\",\"violations\"}}. No credentials are \
                  needed: absent and present ones alike show as ***.",
    after_help = "Example: echo '{\"to\":\"8 (903) 456-78-90\",\"type\":\"text\",\"text\":{\"body\":\"Code: 1234\"}}' | \
                  wamux build --gateway devino-v2 --from MyCompany"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
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
    Ok(answer_lines(input, output, &mut Build(gateway))?)
}

struct Build(Box<dyn Gateway>);

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
        let message = Message::from_json(line.as_bytes())?;
        let built = wamux::build(self.0.as_ref(), &[message]);
        let mut warnings = Vec::new();
        for checked in built.checked {
            warnings.extend(checked?.warnings);
        }
        let requests = built.requests.iter().map(|built| shown(&built.request));
        Ok(Answer {
            requests: requests.collect(),
            warnings,
        })
    }
}

fn shown(request: &Request) -> ShownRequest {
    ShownRequest {
        method: request.method.to_string(),
        url: request.url().to_owned(),
        headers: headers(&request.headers),
        body: body(&request.body),
    }
}

/// The headers in one object; the values of one that stands twice are joined, as HTTP has it.
fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let values = |name| {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        values.join(", ")
    };
    headers
        .keys()
        .map(|name| (name.to_string(), values(name).into()))
        .collect()
}

/// JSON as its bytes are; any other body as a string.
fn body(body: &Body) -> Option<Box<RawValue>> {
    let bytes = body.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    let json = match body {
        Body::Json(json) => serde_json::from_slice(json).ok(),
        _ => None,
    };
    json.or_else(|| serde_json::value::to_raw_value(&String::from_utf8_lossy(bytes)).ok())
}

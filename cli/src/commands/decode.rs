//! `wamux decode`: gateways' answers as receipts, outputs of calls and errors.

use std::io::{self, Read};

use clap::Args;
use serde::Serialize;
use serde_json::Value;
use wamux::gateway::{Gateway, Profile};
use wamux::{ANSWER_LIMIT, CallProfile, Delivery, Error, Kind, Receipt, Response};

use super::{find_call, open_for_reading};
use crate::arguments::gateway;
use crate::lines::{JsonLineFailure, LineCommand, LineFault, answer_lines};
use crate::status::Stop;
use crate::stdio::Output;

/// Read a gateway's answers as receipts, outputs and errors
#[derive(Debug, Args)]
#[command(
    long_about = "Read a gateway's answers to send calls as receipts and errors, or with --call those to another call as \
                  outputs and errors.\n\n\
                  Reads an answer's body a line, or all of stdin as one body with --whole. A body gives \
                  {\"results\":[{\"receipt\"} or {\"output\"} or {\"error\"}]}, one for each message that the answer speaks of. A \
                  refused message is a failed line.",
    after_help = "Example: echo '{\"result\":[{\"code\":\"OK\",\"messageId\":\"3482512350952730368\"}]}' | \
                  wamux decode --gateway devino-v2"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The call that is answered; without it, the send call. `wamux capabilities` lists the calls
    #[arg(long, value_name = "NAME")]
    call: Option<String>,
    /// The HTTP status that the answers came with
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(100..=599))]
    status: u16,
    /// Read all of stdin as one body of at most 8 MiB, line ends and all: HTML, for example
    #[arg(long)]
    whole: bool,
}

pub(crate) fn run(
    arguments: &Arguments,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let call = arguments.call.as_deref();
    let call = call.map(|name| find_call(arguments.gateway, name));
    let mut command = Decode {
        gateway: open_for_reading(arguments.gateway)?,
        call: call.transpose()?,
        status: arguments.status,
    };
    if !arguments.whole {
        return Ok(answer_lines(input, output, &mut command)?);
    }
    match command.decode_whole(input)? {
        Ok(results) => output.write(&results)?,
        Err(results) => output.write_failure(&results)?,
    }
    Ok(())
}

struct Decode {
    gateway: &'static dyn Gateway,
    call: Option<&'static CallProfile>,
    status: u16,
}

#[derive(Serialize)]
struct Results {
    results: Vec<Outcome>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Receipt(Receipt),
    Output(Value),
    Error(Error),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Failure {
    Refused(Results),
    Unreadable(JsonLineFailure),
}

impl Decode {
    /// `Err` where one of the results is an error.
    fn decode(&self, body: Vec<u8>) -> Result<Results, Results> {
        let response = Response::new(self.status, body);
        let results: Vec<Result<Outcome, Error>> = match self.call {
            Some(call) => vec![call.decode(self.gateway, &response).map(Outcome::Output)],
            None => wamux::decode(self.gateway, &response, None)
                .into_iter()
                .map(|result| result.map(Outcome::Receipt))
                .collect(),
        };
        let refused = results.iter().any(Result::is_err);
        let results = results.into_iter();
        let results = Results {
            results: results
                .map(|result| result.unwrap_or_else(Outcome::Error))
                .collect(),
        };
        if refused { Err(results) } else { Ok(results) }
    }

    fn decode_whole(&self, input: &mut dyn Read) -> io::Result<Result<Results, Results>> {
        let mut body = Vec::new();
        input.take(ANSWER_LIMIT as u64 + 1).read_to_end(&mut body)?;
        if body.len() > ANSWER_LIMIT {
            let words = format!("the answer has more than {ANSWER_LIMIT} bytes");
            let error = Error::new(Kind::Protocol, Delivery::Unknown, words)
                .with_gateway(self.gateway.profile().id);
            return Ok(Err(Results {
                results: vec![Outcome::Error(error)],
            }));
        }
        Ok(self.decode(body))
    }
}

impl LineCommand for Decode {
    type Answer = Results;
    type Failure = Failure;

    fn answer(&mut self, line: &str) -> Result<Results, Failure> {
        self.decode(line.into()).map_err(Failure::Refused)
    }

    fn refuse(&self, fault: LineFault) -> Failure {
        Failure::Unreadable(fault.into())
    }
}

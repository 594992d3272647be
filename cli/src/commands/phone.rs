//! `wamux phone`: numbers as people write them, in E.164.

use std::io::Read;

use clap::Args;
use serde::Serialize;
use wamux_phone::{ErrorCode, Options, PhoneNumber, Region, parse};

use crate::lines::{LineCommand, LineFault, answer, answer_lines};
use crate::status::Stop;
use crate::stdio::Output;

/// Read phone numbers, one a line, and write each in E.164
#[derive(Debug, Args)]
#[command(
    long_about = "Read phone numbers, one a line, and write each in E.164.\n\n\
                  A number gives {\"input\",\"e164\",\"digits\",\"region\",\"valid\",\"wa_id_candidates\"}, what is none \
                  {\"input\",\"error\":{\"code\",\"message\"}}.",
    after_help = "Example: wamux phone --region RU '8 (903) 456-78-90' 72101234567\n\
                  Example: echo '+442079460018' | wamux phone --strict"
)]
pub(crate) struct Arguments {
    /// The region in which the numbers are dialled, such as RU; without it they begin with a country code
    #[arg(long, value_name = "REGION")]
    region: Option<Region>,
    /// Refuse numbers that are possible but not assigned
    #[arg(long)]
    strict: bool,
    /// Numbers; without any they are read from stdin, one a line
    #[arg(value_name = "NUMBER")]
    numbers: Vec<String>,
}

pub(crate) fn run(
    arguments: &Arguments,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let mut command = Phone(Options {
        region: arguments.region,
        strict: arguments.strict,
    });
    if arguments.numbers.is_empty() {
        return Ok(answer_lines(input, output, &mut command)?);
    }
    for number in &arguments.numbers {
        answer(Ok(number), output, &mut command)?;
    }
    Ok(())
}

struct Phone(Options);

#[derive(Serialize)]
struct Answer {
    input: String,
    #[serde(flatten)]
    number: PhoneNumber,
}

#[derive(Serialize)]
struct Failure {
    input: Option<String>,
    error: Fault,
}

#[derive(Serialize)]
struct Fault {
    code: &'static str,
    message: String,
}

impl LineCommand for Phone {
    type Answer = Answer;
    type Failure = Failure;

    fn answer(&mut self, line: &str) -> Result<Answer, Failure> {
        match parse(line, &self.0) {
            Ok(number) => Ok(Answer {
                input: line.to_owned(),
                number,
            }),
            Err(error) => Err(Failure {
                input: Some(line.to_owned()),
                error: Fault {
                    code: error.code().as_str(),
                    message: error.to_string(),
                },
            }),
        }
    }

    fn refuse(&self, fault: LineFault) -> Failure {
        let code = match fault {
            LineFault::TooLong => ErrorCode::TooLong,
            // No byte of these is part of a phone number.
            LineFault::NotUtf8 | LineFault::Nul => ErrorCode::Letters,
        };
        Failure {
            input: None,
            error: Fault {
                code: code.as_str(),
                message: fault.message(),
            },
        }
    }
}

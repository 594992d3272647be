//! `wamux events`: webhook bodies as events.

use std::io::Read;

use clap::Args;
use serde::Serialize;
use wamux::gateway::{Gateway, Profile};
use wamux::{Delivery, Error, Event, Kind};

use super::open_for_reading;
use crate::arguments::gateway;
use crate::lines::{ErrorLine, LineCommand, LineFault, answer_lines};
use crate::status::Stop;
use crate::stdio::Output;

/// Read a gateway's webhook bodies as events
#[derive(Debug, Args)]
#[command(
    long_about = "Read a gateway's webhook bodies as events.\n\n\
                  Reads a body a line. A body gives {\"events\":[…]}, all its items in order, one that cannot be read \
                  {\"error\"}. An event of type error is not a failed line.",
    after_help = "Example: echo '{\"ack\":[{\"id\":\"true_79034567890@c.us_A\",\"queueNumber\":1,\"chatId\":\
                  \"79034567890@c.us\",\"status\":\"delivered\"}]}' | wamux events --gateway chat-api"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
}

pub(crate) fn run(
    arguments: &Arguments,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let gateway = open_for_reading(arguments.gateway)?;
    Ok(answer_lines(input, output, &mut Events(gateway))?)
}

struct Events(&'static dyn Gateway);

#[derive(Serialize)]
struct Answer {
    events: Vec<Event>,
}

impl LineCommand for Events {
    type Answer = Answer;
    type Failure = ErrorLine;

    fn answer(&mut self, line: &str) -> Result<Answer, ErrorLine> {
        match wamux::events(self.0, line.as_bytes()) {
            Ok(events) => Ok(Answer { events }),
            Err(error) => Err(ErrorLine { error }),
        }
    }

    fn refuse(&self, fault: LineFault) -> ErrorLine {
        let error = Error::new(Kind::Protocol, Delivery::NotSent, fault.message());
        ErrorLine {
            error: error.with_gateway(self.0.profile().id),
        }
    }
}

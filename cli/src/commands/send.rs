//! `wamux send`: messages through a gateway.

use std::io::Read;

use clap::{ArgGroup, Args};
use serde::Serialize;
use tokio::runtime::Runtime;
use wamux::gateway::Profile;
use wamux::message::{Content, Language, Message, Template, Text};
use wamux::{Client, Error, Receipt};

use super::{client, runtime};
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::{ErrorLine, LineCommand, LineFault, answer_lines};
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// Send messages through a gateway
#[derive(Debug, Args)]
#[command(
    long_about = "Send messages through a gateway.\n\n\
                  Reads a message a line, in JSON, or sends the one that --to and --text or --template make. An accepted \
                  message gives {\"receipt\"}, which does not say that it was delivered; any other {\"error\"}, whose \
                  `delivery` tells whether the gateway may have the message. Credentials come from flags or, better, \
                  from variables: WAMUX_API_KEY, WAMUX_TOKEN, and so on.",
    after_help = "While `wamux sandbox` runs; with your own key, and without --base-url, the message is really sent:\n\
                  Example: wamux send --gateway devino-v2 --base-url http://127.0.0.1:8420/devino --api-key sandbox-key \
                  --from MyCompany --to '8 (903) 456-78-90' --text 'Code: 1234'",
    group = ArgGroup::new("content").args(["text", "template"]).requires("to")
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The recipient's number in any form; messages are not read from stdin then
    #[arg(long, value_name = "NUMBER", requires = "content")]
    to: Option<String>,
    /// Send this text
    #[arg(long, allow_hyphen_values = true)]
    text: Option<String>,
    /// Send the template of this name, which has nothing to fill in
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// The language of the template, such as en
    #[arg(
        long,
        value_name = "CODE",
        requires = "template",
        conflicts_with = "text"
    )]
    language: Option<String>,
    #[command(flatten)]
    settings: SettingsArguments,
}

impl Arguments {
    /// The message that the flags make, where they make one.
    fn message(&mut self) -> Option<Message> {
        let content = match (self.text.take(), self.template.take()) {
            (Some(text), _) => Content::Text(Text::new(text)),
            (None, Some(name)) => Content::Template(Template {
                name,
                language: Language {
                    code: self.language.take(),
                    ..Language::default()
                },
                components: Vec::new(),
            }),
            (None, None) => return None,
        };
        Some(Message::new(self.to.take()?, content))
    }
}

pub(crate) fn run(
    mut arguments: Arguments,
    environment: &Environment,
    input: &mut dyn Read,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let mut command = Send {
        client: client(arguments.gateway, &arguments.settings, environment)?,
        runtime: runtime()?,
    };
    let Some(message) = arguments.message() else {
        return Ok(answer_lines(input, output, &mut command)?);
    };
    match command.send(&message) {
        Ok(receipt) => output.write(&Answer { receipt })?,
        Err(error) => output.write_failure(&ErrorLine { error })?,
    }
    Ok(())
}

struct Send {
    client: Client,
    runtime: Runtime,
}

#[derive(Serialize)]
struct Answer {
    receipt: Receipt,
}

impl Send {
    fn send(&self, message: &Message) -> Result<Receipt, Error> {
        self.runtime.block_on(self.client.send(message))
    }
}

impl LineCommand for Send {
    type Answer = Answer;
    type Failure = ErrorLine;

    fn answer(&mut self, line: &str) -> Result<Answer, ErrorLine> {
        let sent = Message::from_json(line.as_bytes()).and_then(|message| self.send(&message));
        match sent {
            Ok(receipt) => Ok(Answer { receipt }),
            Err(error) => Err(ErrorLine { error }),
        }
    }

    fn refuse(&self, fault: LineFault) -> ErrorLine {
        fault.into()
    }
}

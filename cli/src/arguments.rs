//! The commands and what they share. A new command is a module of [`crate::commands`], a variant here, and its line in
//! [`Command::run`].

use std::io::{Read, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use wamux::gateway::{self, Profile, REGISTRY};

use crate::commands::{
    build, call, capabilities, codes, decode, demo, events, listen, media, phone, qr, sandbox,
    send, validate,
};
use crate::environment::Environment;
use crate::status::Stop;
use crate::stdio::Output;

/// What stands on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "wamux",
    bin_name = "wamux",
    about = "One WhatsApp client for every gateway",
    long_about = None,
    no_binary_name = true,
    version,
    after_help = "Commands read lines on stdin and write one JSON line for each, in order. A line is at most 1 MiB.\n\
                  Exit status: 0; 1 if any line failed; 2 for wrong usage.\n\n\
                  Example: echo '8 (903) 456-78-90' | wamux phone --region RU"
)]
pub(crate) struct Arguments {
    /// Indent the JSON for people
    #[arg(long, global = true)]
    pub(crate) pretty: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Phone(phone::Arguments),
    Build(build::Arguments),
    Validate(validate::Arguments),
    Decode(decode::Arguments),
    Events(events::Arguments),
    Codes(codes::Arguments),
    Capabilities(capabilities::Arguments),
    Send(Box<send::Arguments>),
    Listen(Box<listen::Arguments>),
    Call(Box<call::Arguments>),
    Media(media::Arguments),
    Qr(Box<qr::Arguments>),
    Sandbox(sandbox::Arguments),
    Demo(demo::Arguments),
}

impl Command {
    pub(crate) fn run(
        self,
        environment: &Environment,
        input: &mut dyn Read,
        output: &mut Output<'_>,
        errors: &mut dyn Write,
    ) -> Result<(), Stop> {
        match self {
            Self::Phone(arguments) => phone::run(&arguments, input, output),
            Self::Build(arguments) => build::run(&arguments, environment, input, output),
            Self::Validate(arguments) => validate::run(arguments, input, output),
            Self::Decode(arguments) => decode::run(&arguments, input, output),
            Self::Events(arguments) => events::run(&arguments, input, output),
            Self::Codes(arguments) => codes::run(&arguments, output),
            Self::Capabilities(arguments) => capabilities::run(&arguments, output),
            Self::Send(arguments) => send::run(*arguments, environment, input, output),
            Self::Call(arguments) => call::run(*arguments, environment, input, output, errors),
            Self::Listen(arguments) => listen::run(&arguments, environment, output),
            Self::Media(arguments) => media::run(arguments, environment, output, errors),
            Self::Qr(arguments) => qr::run(&arguments, environment, output),
            Self::Sandbox(arguments) => sandbox::run(&arguments, output),
            Self::Demo(arguments) => demo::run(&arguments, environment, output),
        }
    }
}

/// Reads the value of `--gateway`.
pub(crate) fn gateway() -> impl TypedValueParser<Value = &'static Profile> {
    PossibleValuesParser::new(REGISTRY.iter().map(|profile| profile.id))
        .try_map(|id| gateway::profile(&id))
}

/// The gateway that `--gateway` names, or all of them.
pub(crate) fn gateways(named: Option<&'static Profile>) -> impl Iterator<Item = &'static Profile> {
    REGISTRY
        .iter()
        .copied()
        .filter(move |profile| named.is_none_or(|named| named.id == profile.id))
}

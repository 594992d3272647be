//! `wamux capabilities`: what each gateway can say.

use clap::Args;
use wamux::gateway::Profile;

use crate::arguments::{gateway, gateways};
use crate::status::Stop;
use crate::stdio::Output;

/// List what gateways can send
#[derive(Debug, Args)]
#[command(
    long_about = "List what gateways can send, one line each:\n\n\
                  {\"gateway\",\"name\",\"base_url\",\"region\",\"sends\",\"not_yet\",\"statuses\",\"receives\",\"calls\",\"limits\"}. `sends` is what \
                  wamux sends through the gateway, `not_yet` what the gateway documents beyond it; `calls` are the \
                  names for `wamux validate --call`, and `limits` those of their bodies, by the members' names on the \
                  wire.",
    after_help = "Example: wamux capabilities --gateway devino-v2 --pretty"
)]
pub(crate) struct Arguments {
    /// The gateway; without it, all of them
    #[arg(long, value_parser = gateway())]
    gateway: Option<&'static Profile>,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output<'_>) -> Result<(), Stop> {
    for profile in gateways(arguments.gateway) {
        output.write(&profile.describe())?;
    }
    Ok(())
}

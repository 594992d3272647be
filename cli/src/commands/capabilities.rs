//! `wamux capabilities`: what each gateway can do.

use clap::Args;
use wamux::gateway::Profile;

use crate::arguments::{gateway, gateways};
use crate::status::Stop;
use crate::stdio::Output;

/// List what gateways can send, call and tell
#[derive(Debug, Args)]
#[command(
    long_about = "List what gateways can send, call and tell, one line each:\n\n\
                  {\"gateway\",\"name\",\"base_url\",\"region\",\"sends\",\"not_yet\",\"statuses\",\"receives\",\"calls\",\"payloads\",\"limits\"}. \
                  `sends` is what wamux sends through the gateway, `not_yet` what the gateway documents beyond it; `calls` are \
                  the names for `wamux call`, `payloads` those for `wamux validate --call`, and `limits` are the payloads', by \
                  the members' names on the wire.",
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

//! `wamux capabilities`: what each gateway can say.

use clap::Args;
use serde::Serialize;
use wamux::gateway::Profile;
use wamux::{Feature, Limit};

use crate::arguments::{gateway, gateways};
use crate::status::Stop;
use crate::stdio::Output;

/// List what gateways can send
#[derive(Debug, Args)]
#[command(
    long_about = "List what gateways can send, one line each:\n\n\
                  {\"gateway\",\"name\",\"base_url\",\"region\",\"sends\",\"not_yet\",\"calls\",\"limits\"}. `sends` is what \
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

#[derive(Serialize)]
struct Line {
    gateway: &'static str,
    name: &'static str,
    base_url: &'static str,
    region: Option<&'static str>,
    sends: &'static [Feature],
    not_yet: &'static [Feature],
    calls: Vec<&'static str>,
    limits: Vec<Limit>,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output<'_>) -> Result<(), Stop> {
    for profile in gateways(arguments.gateway) {
        output.write(&Line {
            gateway: profile.id,
            name: profile.name,
            base_url: profile.base_url,
            region: profile.region,
            sends: profile.capabilities.sends,
            not_yet: profile.capabilities.not_yet,
            calls: profile.call_names().collect(),
            limits: profile.limits(),
        })?;
    }
    Ok(())
}

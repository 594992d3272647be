//! `wamux codes`: every documented code of every gateway, and what wamux makes of it.

use clap::Args;
use serde::Serialize;
use wamux::CodeRow;
use wamux::gateway::Profile;

use crate::arguments::{gateway, gateways};
use crate::status::Stop;
use crate::stdio::Output;

/// List the codes that gateways document, and what each means for a message
#[derive(Debug, Args)]
#[command(
    long_about = "List the codes that gateways document, and what each means for a message, one line each:\n\n\
                  {\"gateway\",\"code\",\"ref\",\"where\",\"http_status\",\"title\",\"kind\",\"retryable\",\"delivery\",\
                  \"advice\"}; ref and http_status only where the code has them; delivery is null for codes of statuses \
                  and webhooks.",
    after_help = "Example: wamux codes --gateway tujenge"
)]
pub(crate) struct Arguments {
    /// The gateway; without it, all of them
    #[arg(long, value_parser = gateway())]
    gateway: Option<&'static Profile>,
}

#[derive(Serialize)]
struct Line {
    gateway: &'static str,
    #[serde(flatten)]
    row: &'static CodeRow,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output<'_>) -> Result<(), Stop> {
    for profile in gateways(arguments.gateway) {
        for row in profile.codes() {
            output.write(&Line {
                gateway: profile.id,
                row,
            })?;
        }
    }
    Ok(())
}

//! `wamux sandbox`: all gateways on loopback.

use clap::Args;
use serde::Serialize;
use wamux::gateway::REGISTRY;
use wamux_sandbox::{Options, Sandbox};

use super::interrupt::interrupted;
use super::runtime;
use crate::status::Stop;
use crate::stdio::Output;

/// Serve all gateways on loopback, to test against
#[derive(Debug, Args)]
#[command(
    long_about = "Serve all gateways on loopback, to test against, until interrupted.\n\n\
                  Writes a line for each gateway: {\"gateway\",\"base_url\"}. It accepts the key sandbox-key, login and \
                  password sandbox, the token sandbox-token with instance 1, and every sender but UNAVAILABLE.",
    after_help = "Example: wamux sandbox --port 8420"
)]
pub(crate) struct Arguments {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8420)]
    port: u16,
}

#[derive(Serialize)]
struct Line {
    gateway: &'static str,
    base_url: String,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output<'_>) -> Result<(), Stop> {
    let options = Options {
        port: arguments.port,
        ..Options::default()
    };
    runtime()?.block_on(async {
        let sandbox = Sandbox::start(options).await.map_err(|error| {
            let port = arguments.port;
            Stop::Failed(format!("cannot listen on 127.0.0.1:{port}: {error}"))
        })?;
        // Whoever reads the addresses may interrupt at once.
        let interrupted = std::pin::pin!(interrupted());
        for profile in REGISTRY {
            if let Some(base_url) = sandbox.base_url(profile.id) {
                output.write(&Line {
                    gateway: profile.id,
                    base_url,
                })?;
            }
        }
        output.flush()?;
        let result = interrupted.await;
        sandbox.stop().await;
        Ok(result?)
    })
}

//! What stands on the command line of `wamux listen`.

use std::net::{IpAddr, Ipv4Addr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;

use clap::{ArgGroup, Args};
use wamux::gateway::Profile;
use wamux::inbox::{Key, Store, StoreAddress};
use wamux::{Authentication, Secret};

use super::server::Place;
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::status::Stop;

/// Receive a gateway's webhooks as events
#[derive(Debug, Args)]
#[command(
    long_about = "Receive a gateway's webhooks as events, until interrupted.\n\n\
                  The first line tells where the gateway is to post to: {\"gateway\",\"alias\",\"url\"}. Each event gives \
                  {\"alias\",\"gateway\",\"key\",\"attempt\",\"advances\",\"event\"}, once, in the order of its chat or \
                  message; or goes to a command or an address. The gateway is answered 200 when the event is in the store: \
                  with the memory store, when it is handled. TLS is a reverse proxy's to end.",
    after_help = "Listens at http://127.0.0.1:8421/webhook for who knows the secret, and keeps events in a file:\n\
                  Example: WAMUX_SECRET=correct-horse wamux listen --gateway tujenge --port 8421 --path /webhook \
                  --secret-header X-Webhook-Secret --store sqlite:inbox.sqlite",
    group = ArgGroup::new("authentication")
        .args(["secret_header", "secret_in_path", "basic", "signature_header", "no_authentication"]),
    group = ArgGroup::new("target").args(["exec", "forward"]),
    group = ArgGroup::new("mode").args(["dead", "revive"]).conflicts_with("authentication"),
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    pub(super) gateway: &'static Profile,
    /// What this client is called: several can share a store; without it, the gateway's id
    #[arg(long)]
    alias: Option<String>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8421)]
    pub(super) port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(super) bind: IpAddr,
    /// The path to listen at
    #[arg(long, default_value = "/", value_parser = path)]
    pub(super) path: String,
    #[arg(
        long,
        allow_hyphen_values = true,
        help = "Where events are until they are handled: memory, sqlite:PATH, redis://HOST:PORT/DATABASE (rediss:// \
                over TLS); also the variable WAMUX_STORE; without them, memory"
    )]
    store: Option<String>,
    /// How many events are handled at once
    #[arg(long, value_name = "COUNT", default_value = "16")]
    pub(super) concurrency: NonZeroUsize,
    /// How often handling an event is tried before it is dead; with the memory store the gateway decides
    #[arg(long, value_name = "COUNT", default_value = "20")]
    pub(super) attempts: NonZeroU32,

    /// The header that bears the secret
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Authentication (one of them)"
    )]
    secret_header: Option<String>,
    /// The secret is the segment after the path
    #[arg(long, help_heading = "Authentication (one of them)")]
    secret_in_path: bool,
    /// The user of Basic authentication; the secret is its password
    #[arg(
        long,
        value_name = "USER",
        help_heading = "Authentication (one of them)"
    )]
    basic: Option<String>,
    /// The header that bears the HMAC-SHA256 of the body; the secret is its key
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Authentication (one of them)"
    )]
    signature_header: Option<String>,
    /// Believe everybody who reaches the port
    #[arg(long, help_heading = "Authentication (one of them)")]
    no_authentication: bool,
    #[arg(
        long,
        help = "The secret; better as the variable WAMUX_SECRET",
        allow_hyphen_values = true,
        conflicts_with = "no_authentication",
        help_heading = "Authentication (one of them)"
    )]
    secret: Option<String>,

    /// Run this command for each event, which stands on its stdin; its exit status 0 completes the event
    #[arg(long, value_name = "COMMAND")]
    pub(super) exec: Option<String>,
    /// Post each event to this address; an answer of 2xx completes the event
    #[arg(long, value_name = "URL")]
    pub(super) forward: Option<String>,
    /// Permit to forward by plain http beyond loopback
    #[arg(long, requires = "forward")]
    pub(super) allow_insecure: bool,

    /// Show the events that were given up, and end: {"key","attempts","error","event"}
    #[arg(long)]
    pub(super) dead: bool,
    /// Let an event that was given up wait again, and end: {"key","revived"}
    #[arg(long, value_name = "KEY")]
    pub(super) revive: Vec<Key>,
}

impl Arguments {
    pub(super) fn alias(&self) -> &str {
        self.alias.as_deref().unwrap_or(self.gateway.id)
    }

    pub(super) fn place(&self) -> Place {
        Place {
            path: self.path.clone(),
            with_segment: self.secret_in_path,
        }
    }

    pub(super) fn authentication(&self, environment: &Environment) -> Result<Authentication, Stop> {
        if self.no_authentication {
            return Ok(Authentication::none());
        }
        let secret = given(self.secret.as_deref(), "secret", environment)?.map(Secret::from);
        let secret = || {
            secret.ok_or_else(|| {
                Stop::Usage("--secret or the variable WAMUX_SECRET must say the secret".to_owned())
            })
        };
        let authentication = if let Some(name) = &self.secret_header {
            Authentication::header(name, secret()?)
        } else if self.secret_in_path {
            Authentication::path(secret()?)
        } else if let Some(user) = &self.basic {
            Authentication::basic(user, secret()?)
        } else if let Some(name) = &self.signature_header {
            Authentication::signature(name, secret()?)
        } else {
            return Err(Stop::Usage(
                "one of --secret-header, --secret-in-path, --basic, --signature-header and --no-authentication must \
                 say how the gateway is known"
                    .to_owned(),
            ));
        };
        authentication.map_err(|error| Stop::of_setting(&error))
    }

    pub(super) async fn open_store(
        &self,
        environment: &Environment,
    ) -> Result<Arc<dyn Store>, Stop> {
        let address = given(self.store.as_deref(), "store", environment)?.unwrap_or("memory");
        let address: StoreAddress = address.parse().map_err(|error| Stop::of_setting(&error))?;
        if (self.dead || !self.revive.is_empty()) && !address.is_durable() {
            return Err(Stop::Usage(
                "--dead and --revive want the store of the events, by --store or the variable WAMUX_STORE: memory ends \
                 with its process"
                    .to_owned(),
            ));
        }
        let store = address.open().await;
        store.map_err(|error| Stop::Failed(error.to_string()))
    }
}

/// What a flag or its variable says.
fn given<'a>(
    flag: Option<&'a str>,
    name: &str,
    environment: &'a Environment,
) -> Result<Option<&'a str>, Stop> {
    match flag {
        None => environment.setting(name),
        given => Ok(given),
    }
}

/// A path without a slash at its end.
fn path(text: &str) -> Result<String, &'static str> {
    if !text.starts_with('/') || text.contains(['?', '#']) {
        return Err("a path begins with a slash, and has no query");
    }
    let trimmed = text.trim_end_matches('/');
    Ok(if trimmed.is_empty() { "/" } else { trimmed }.to_owned())
}

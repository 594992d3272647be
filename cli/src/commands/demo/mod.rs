//! `wamux demo`: the main job on an embedded sandbox, from the message to the status "delivered".

mod messages;
mod receiver;
mod report;
mod senders;

use std::time::Duration;

use clap::Args;
use tokio::time::{Instant, timeout, timeout_at};
use wamux::gateway::{Profile, REGISTRY};
use wamux::http::Method;
use wamux::message::{Callback, Message};
use wamux::{Client, Error, Feature, Settings};
use wamux_sandbox::{Options, Sandbox};

use super::runtime;
use crate::environment::{Environment, Program};
use crate::status::Stop;
use crate::stdio::Output;

use receiver::{Received, Receiver};
use report::Delivery;
use senders::Sender;

/// How long all of it may take.
const DEADLINE: Duration = Duration::from_secs(10);

/// How long no status may come after the last message is delivered: some gateways tell next that it was read.
const QUIET: Duration = Duration::from_millis(300);

/// Send messages through every gateway of a sandbox, and wait until all are delivered
#[derive(Debug, Args)]
#[command(
    long_about = "Send messages through every gateway of an embedded sandbox, and wait until all are delivered.\n\n\
                  A text, a template, a list and buttons go through each gateway that has them, and each status that \
                  the gateway reports is received on a port of loopback. Shows one line a message: language, gateway, type, \
                  recipient, message id and the statuses in the order in which they came. Ends with 1 where a message \
                  was not delivered within 10 seconds. Nothing leaves this machine. With --json a message gives \
                  {\"language\",\"gateway\",\"type\",\"to\",\"message_id\",\"statuses\"}.",
    after_help = "Example: wamux demo"
)]
pub(crate) struct Arguments {
    /// Write one JSON line a message in place of the table
    #[arg(long)]
    json: bool,
    /// Send from another language too: a program reads {"gateway","settings","message"} a line and answers each with
    /// {"receipt"} or {"error"}
    #[arg(long = "sender", value_name = "NAME=COMMAND")]
    senders: Vec<Program>,
}

pub(crate) fn run(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let senders = match arguments.senders.as_slice() {
        [] => environment.senders(),
        given => given,
    };
    let deliveries = runtime()?.block_on(deliver_all(Options::default(), senders, DEADLINE))?;
    report::write(&deliveries, arguments.json, output)?;
    let failures = report::failures(&deliveries);
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Stop::Failed(failures))
    }
}

/// Sends all messages and waits for their statuses until all are delivered or the time is over.
async fn deliver_all(
    options: Options,
    programs: &[Program],
    within: Duration,
) -> Result<Vec<Delivery>, Stop> {
    let deadline = Instant::now() + within;
    let sandbox = Sandbox::start(options).await?;
    let mut clients = Vec::with_capacity(REGISTRY.len());
    for profile in REGISTRY {
        // Without the sandbox's address, a client would call the gateway itself.
        let mut settings = sandbox.settings(profile.id).ok_or_else(|| {
            Stop::Failed(format!("demo: the sandbox does not speak {}", profile.id))
        })?;
        settings.push(("region", "RU".to_owned()));
        let client = connect(profile, &settings).map_err(|error| failed(&error))?;
        clients.push((client, settings));
    }
    let mut senders = vec![Sender::Rust];
    for program in programs {
        senders.push(Sender::start(program)?);
    }
    let mut receiver =
        Receiver::start(clients.iter().map(|(client, _)| client.clone()).collect()).await?;
    let mut deliveries = Vec::new();
    for (client, _) in &clients {
        let set = timeout_at(deadline, set_webhook(client, &receiver)).await;
        let late = |_| Stop::Failed("demo: the sandbox did not answer in time".to_owned());
        set.map_err(late)?.map_err(|error| failed(&error))?;
    }
    for sender in &mut senders {
        let sender_name = sender.language().to_owned();
        for (client, settings) in &clients {
            let sending = send_all(sender, client, settings, &receiver, &mut deliveries);
            let late = |_| {
                let language = sender_name.as_str();
                Stop::Failed(format!("demo: {language} did not answer in time"))
            };
            timeout_at(deadline, sending).await.map_err(late)??;
        }
    }
    while let Some(received) = next(&mut receiver, &deliveries, deadline).await {
        if let Some(delivery) = deliveries
            .iter_mut()
            .find(|delivery| delivery.is_of(&received))
        {
            delivery.statuses.push(received.status.status);
        }
    }
    sandbox.stop().await;
    Ok(deliveries)
}

fn failed(error: &Error) -> Stop {
    Stop::Failed(format!("demo: {error}"))
}

/// One configuration for every gateway: each reads what it has.
fn connect(profile: &'static Profile, given: &[(&'static str, String)]) -> Result<Client, Error> {
    let mut settings = Settings::default();
    for (name, value) in given {
        settings.set(name, value)?;
    }
    Client::from_settings(profile.id, &settings)
}

/// Tells a gateway where its statuses go, where that is a call of its own.
async fn set_webhook(client: &Client, receiver: &Receiver) -> Result<(), Error> {
    let gateway = client.gateway();
    if let Some(call) = gateway.webhook_call() {
        let address = receiver.url(gateway.profile().id);
        let body = serde_json::json!({ call.member: address }).to_string();
        client
            .call(Method::POST, call.path, Some(body.into_bytes()))
            .await?;
    }
    Ok(())
}

/// Sends what the gateway can say, and notes what became of it.
async fn send_all(
    sender: &mut Sender,
    client: &Client,
    settings: &[(&'static str, String)],
    receiver: &Receiver,
    deliveries: &mut Vec<Delivery>,
) -> Result<(), Stop> {
    let profile = client.gateway().profile();
    for (kind, content) in messages::for_gateway(profile) {
        let mut message = Message::new(messages::recipient(deliveries.len()), content);
        if profile.capabilities.sends.contains(&Feature::CallbackUrl) {
            message.callback = Some(Callback {
                url: Some(receiver.url(profile.id)),
                data: None,
            });
        }
        let outcome = sender.send(client, settings, &message).await?;
        deliveries.push(Delivery::new(sender.language(), profile.id, kind, outcome));
    }
    Ok(())
}

/// The next status, until there is nothing more to wait for.
async fn next(
    receiver: &mut Receiver,
    deliveries: &[Delivery],
    deadline: Instant,
) -> Option<Received> {
    if deliveries.iter().any(Delivery::is_waiting) {
        timeout_at(deadline, receiver.next()).await.ok().flatten()
    } else {
        timeout(QUIET, receiver.next()).await.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deliver(callback_delay: Duration, within: Duration) -> Vec<Delivery> {
        let options = Options {
            callback_delay,
            ..Options::default()
        };
        runtime()
            .unwrap()
            .block_on(deliver_all(options, &[], within))
            .unwrap()
    }

    #[test]
    fn what_is_not_delivered_in_time_is_named() {
        let deliveries = deliver(Duration::from_mins(10), Duration::from_secs(2));
        let failures = report::failures(&deliveries);
        for profile in REGISTRY {
            assert!(failures.contains(profile.id), "{failures}");
        }
        assert!(!failures.contains('+'), "no full number in: {failures}");
    }

    #[test]
    fn every_gateway_delivers_what_it_can_say() {
        let deliveries = deliver(Duration::from_millis(1), DEADLINE);
        assert_eq!(report::failures(&deliveries), "");
        for profile in REGISTRY {
            let expected = messages::for_gateway(profile).len();
            let sent = deliveries
                .iter()
                .filter(|delivery| delivery.gateway == profile.id);
            assert_eq!(sent.count(), expected, "{}", profile.id);
        }
    }
}

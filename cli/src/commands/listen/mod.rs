//! `wamux listen`: a gateway's webhooks as events, on stdout or handed on.

mod arguments;
mod handler;
mod server;

use std::io;
use std::sync::Arc;

use serde::Serialize;
use tokio::net::TcpListener;
use tracing::Level;
use wamux::inbox::{Inbox, Key, Options, StoreError};

pub(crate) use arguments::Arguments;

use super::interrupt::interrupted;
use super::runtime;
use crate::environment::Environment;
use crate::status::Stop;
use crate::stdio::Output;
use handler::{Printed, Target};
use server::Server;

pub(crate) fn run(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    runtime()?.block_on(async {
        if arguments.dead {
            return write_dead(arguments, environment, output).await;
        }
        if !arguments.revive.is_empty() {
            return revive(arguments, environment, output).await;
        }
        listen(arguments, environment, output).await
    })
}

/// How many dead events are read.
const DEAD: usize = 100_000;

/// The first line: where the gateway is to post to. It shows no secret that the path bears.
#[derive(Serialize)]
struct Listening<'a> {
    gateway: &'static str,
    alias: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Revived {
    key: Key,
    revived: bool,
}

async fn listen(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    report_failures();
    let authentication = arguments.authentication(environment)?;
    let (target, mut printed) = Target::new(arguments, environment)?;
    let store = arguments.open_store(environment).await?;
    let options = Options {
        alias: Some(arguments.alias().to_owned()),
        concurrency: arguments.concurrency,
        attempts: arguments.attempts,
        ..Options::default()
    };
    let address = (arguments.bind, arguments.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let (bind, port) = address;
        Stop::Failed(format!("cannot listen on {bind}, port {port}: {error}"))
    })?;
    let url = format!("http://{}{}", listener.local_addr()?, arguments.path);
    let gateway = arguments.gateway.id;
    let inbox = Inbox::start(
        gateway,
        authentication,
        store,
        options,
        move |notification| {
            let target = Arc::clone(&target);
            async move {
                let key = notification.key;
                let handled = target.handle(notification).await;
                handled.inspect_err(|error| tracing::warn!(%key, "{error}"))
            }
        },
    );
    let inbox = Arc::new(inbox.map_err(|error| Stop::of_setting(&error))?);
    // Whoever reads the address may interrupt at once.
    let interruption = interrupted();
    let alias = arguments.alias();
    output.write(&Listening {
        gateway,
        alias,
        url,
    })?;
    output.flush()?;
    let server = Server::start(listener, Arc::clone(&inbox), arguments.place());
    print_until(&mut printed, output, interruption).await??;
    // What is under way ends in order, unless it is interrupted once more.
    let interrupted_again = interrupted();
    let stopping = async {
        inbox.stop().await;
        server.stop().await;
    };
    tokio::select! {
        stopped = print_until(&mut printed, output, stopping) => stopped?,
        again = interrupted_again => again?,
    }
    Ok(())
}

/// Lets stderr tell what goes wrong with events and their store; in a program that listens to that itself, the program.
fn report_failures() {
    let lines = tracing_subscriber::fmt()
        .compact()
        .with_ansi(false)
        .with_target(false)
        .with_max_level(Level::WARN)
        .with_writer(io::stderr);
    let _ = lines.try_init();
}

/// Writes events to the output until something else has ended.
async fn print_until<T>(
    printed: &mut Printed,
    output: &mut Output<'_>,
    end: impl Future<Output = T>,
) -> Result<T, Stop> {
    let mut end = std::pin::pin!(end);
    loop {
        tokio::select! {
            ended = &mut end => return Ok(ended),
            Some((notification, written)) = printed.recv() => {
                output.write(&*notification)?;
                output.flush()?;
                // Its handler waits for this, and is gone only where the inbox is.
                let _ = written.send(());
            }
        }
    }
}

async fn write_dead(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let store = arguments.open_store(environment).await?;
    let dead = store.dead(arguments.alias(), DEAD);
    for dead in dead.await.map_err(|error| failed(&error))? {
        output.write(&dead)?;
    }
    Ok(())
}

async fn revive(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    let store = arguments.open_store(environment).await?;
    for key in arguments.revive.iter().copied() {
        let revived = store.revive(key).await.map_err(|error| failed(&error))?;
        let line = Revived { key, revived };
        if revived {
            output.write(&line)?;
        } else {
            output.write_failure(&line)?;
        }
    }
    Ok(())
}

fn failed(error: &StoreError) -> Stop {
    Stop::Failed(error.to_string())
}

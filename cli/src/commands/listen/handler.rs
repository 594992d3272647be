//! Where events go: the output, a command, an address.

use std::convert::Infallible;
use std::future::pending;
use std::process::Stdio;
use std::sync::Arc;

use tokio::io::AsyncWriteExt as _;
use tokio::process::{ChildStdin, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use wamux::http::Method;
use wamux::http::header::{CONTENT_TYPE, HeaderValue};
use wamux::inbox::Notification;
use wamux::{BaseUrl, Body, Failure, HttpTransport, Options, Request, Transport as _};

use super::arguments::Arguments;
use crate::environment::Environment;
use crate::status::Stop;

/// Events that are to be written, each with who waits for it.
pub(super) type Printed = UnboundedReceiver<(Box<Notification>, oneshot::Sender<()>)>;

/// Where events go.
pub(super) enum Target {
    Output(UnboundedSender<(Box<Notification>, oneshot::Sender<()>)>),
    /// The program and its arguments.
    Command(Vec<String>),
    Address(HttpTransport, String),
}

/// The options that the transport of `--forward` takes from variables.
const FORWARD_OPTIONS: [&str; 4] = ["timeout", "ca_bundle", "proxy", "no_proxy"];

impl Target {
    /// What the arguments say, and what is to be written if they say the output.
    pub(super) fn new(
        arguments: &Arguments,
        environment: &Environment,
    ) -> Result<(Arc<Self>, Printed), Stop> {
        let (sender, printed) = unbounded_channel();
        let target = match (&arguments.exec, &arguments.forward) {
            (Some(command), _) => Self::Command(words(command)?),
            (_, Some(url)) => Self::Address(
                transport(environment)?,
                address(url, arguments.allow_insecure)?,
            ),
            _ => Self::Output(sender),
        };
        Ok((Arc::new(target), printed))
    }

    pub(super) async fn handle(&self, notification: Notification) -> Result<(), String> {
        match self {
            Self::Output(sender) => {
                let (written, waiting) = oneshot::channel();
                let _ = sender.send((Box::new(notification), written));
                waiting.await.map_err(|_| "the output is closed".to_owned())
            }
            Self::Command(words) => run(words, &notification).await,
            Self::Address(transport, url) => post(transport, url, &notification).await,
        }
    }
}

fn words(command: &str) -> Result<Vec<String>, Stop> {
    let words = shlex::split(command).filter(|words| !words.is_empty());
    words.ok_or_else(|| Stop::Usage("--exec must be a command, with every quote closed".to_owned()))
}

fn address(url: &str, allow_insecure: bool) -> Result<String, Stop> {
    let before_query = url.split(['?', '#']).next().unwrap_or_default();
    BaseUrl::new(before_query, allow_insecure).map_err(|_| {
        Stop::Usage(
            "--forward must be an https URL, or one of http on loopback; --allow-insecure permits http elsewhere"
                .to_owned(),
        )
    })?;
    Ok(url.to_owned())
}

fn transport(environment: &Environment) -> Result<HttpTransport, Stop> {
    let mut options = Options::default();
    for name in FORWARD_OPTIONS {
        if let Some(value) = environment.setting(name)? {
            options
                .set(name, value)
                .map_err(|error| Stop::of_setting(&error))?;
        }
    }
    HttpTransport::new(&options).map_err(|error| Stop::of_setting(&error))
}

fn json(notification: &Notification) -> Result<Vec<u8>, String> {
    serde_json::to_vec(notification).map_err(|error| error.to_string())
}

/// Runs a command with the event, a JSON line, on its stdin.
async fn run(words: &[String], notification: &Notification) -> Result<(), String> {
    let mut line = json(notification)?;
    line.push(b'\n');
    let (program, arguments) = words.split_first().ok_or("no command")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .kill_on_drop(true);
    // An interrupt from the keyboard is for this program, which lets its commands end.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command
        .spawn()
        .map_err(|error| format!("the command cannot be run: {error}"))?;
    let input = child.stdin.take();
    // A command need not read it, and can end before one of its own children that never will.
    let status = tokio::select! {
        status = child.wait() => status,
        never = feed(input, &line) => match never {},
    };
    let status = status.map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the command has ended with {status}"))
    }
}

/// Writes to a command, as long as this is polled.
async fn feed(input: Option<ChildStdin>, line: &[u8]) -> Infallible {
    if let Some(mut input) = input {
        let _ = input.write_all(line).await;
    }
    pending().await
}

/// Posts an event to an address.
async fn post(
    transport: &HttpTransport,
    url: &str,
    notification: &Notification,
) -> Result<(), String> {
    let mut request = Request::new(Method::POST, url);
    let content_type = HeaderValue::from_static("application/json");
    request.headers.insert(CONTENT_TYPE, content_type);
    request.body = Body::Json(json(notification)?);
    match transport.exchange(request).await {
        Ok(answer) | Err(Failure::Truncated(answer) | Failure::TooLarge(answer)) => {
            let status = answer.status;
            if (200..300).contains(&status) {
                Ok(())
            } else {
                Err(format!("the address has answered {status}"))
            }
        }
        Err(Failure::Timeout { .. }) => Err("the address has not answered in time".to_owned()),
        Err(
            Failure::Request(why)
            | Failure::Connect(why)
            | Failure::NoAnswer(why)
            | Failure::Source(why),
        ) => Err(format!("the address could not be reached: {why}")),
    }
}

//! `wamux qr`: the code with which a phone is paired.

mod picture;

use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use clap::Args;
use serde_json::json;
use wamux::gateway::Profile;
use wamux::gateway::typed::chat_api::{AccountStatus, GetQrCode, GetStatus};
use wamux::{Client, Delivery, Error, Kind};

use super::interrupt::interrupted;
use super::{client, find_call, runtime};
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::write_output;
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// The most bytes that the picture of a code may have.
const LARGEST_PICTURE: usize = 1 << 20;

/// Show the QR code that pairs a phone
#[derive(Debug, Args)]
#[command(
    long_about = "Show the QR code that pairs a phone, until the phone has scanned it.\n\n\
                  A code is valid for a minute; each new one is shown in place of the last. While the gateway says that it is loading, \
                  the command asks again in a minute, as its documentation says. At the end stands \
                  {\"output\":{\"account_status\":\"authenticated\"}}, or {\"error\"}. With --once a code or a status is written once.",
    after_help = "While `wamux sandbox` runs, whose instance is paired already; with your own token, and without --base-url, \
                  it is your phone's:\n\
                  Example: wamux qr --gateway chat-api --base-url http://127.0.0.1:8420/chat-api --instance 1 \
                  --token sandbox-token"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// Write what there is, and end
    #[arg(long)]
    once: bool,
    /// How long to wait between two looks; at most 60, since a code is valid for a minute
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    interval: Duration,
    /// How long to wait while the gateway is loading; at most 60
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    loading_interval: Duration,
    #[command(flatten)]
    settings: SettingsArguments,
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| (0.01..=60.0).contains(seconds));
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or("must be a number of seconds from 0.01 to 60")
}

pub(crate) fn run(
    arguments: &Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
) -> Result<(), Stop> {
    find_call(arguments.gateway, "get_qr_code")?;
    let client = client(arguments.gateway, &arguments.settings, environment)?;
    let mut screen = Screen {
        writes_over: environment.output_is_terminal(),
        shown: String::new(),
    };
    runtime()?.block_on(async {
        let mut interrupted = std::pin::pin!(interrupted());
        loop {
            let look = tokio::select! {
                look = look(&client) => look,
                result = &mut interrupted => return Err(stopped(result)),
            };
            let (status, code) = match look {
                Ok(look) => look,
                Err(error) => return Ok(write_output::<()>(output, Err(error))?),
            };
            if let Some(code) = &code {
                screen.show(code, output)?;
            }
            if status == AccountStatus::Authenticated || (arguments.once && code.is_none()) {
                return Ok(write_output(
                    output,
                    Ok(json!({ "account_status": status })),
                )?);
            }
            if arguments.once {
                return Ok(());
            }
            let pause = if status == AccountStatus::Loading {
                arguments.loading_interval
            } else {
                arguments.interval
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                result = &mut interrupted => return Err(stopped(result)),
            }
        }
    })
}

/// Why the command ends before its time.
fn stopped(result: std::io::Result<()>) -> Stop {
    match result {
        Ok(()) => Stop::Failed("interrupted before a phone was paired".to_owned()),
        Err(error) => error.into(),
    }
}

/// Asks how the instance is, and for its code where it waits for a phone; the code is drawn.
async fn look(client: &Client) -> Result<(AccountStatus, Option<String>), Error> {
    let status = client.run(&GetStatus::default()).await?;
    if status.account_status != AccountStatus::GotQrCode {
        return Ok((status.account_status, None));
    }
    let told = status.qr_code.as_deref().and_then(bytes_of);
    let picture = match told {
        Some(picture) => picture,
        None => {
            client
                .download(&GetQrCode {})
                .await?
                .bytes(LARGEST_PICTURE)
                .await?
        }
    };
    let drawn = picture::drawn(&picture).map_err(|why| {
        let words = format!("the picture of the QR code cannot be shown: {why}");
        let error = Error::new(Kind::Protocol, Delivery::NotSent, words);
        error.with_gateway(client.gateway().profile().id)
    })?;
    Ok((status.account_status, Some(drawn)))
}

/// The bytes of a data URI in base64.
fn bytes_of(data_uri: &str) -> Option<Vec<u8>> {
    let (_, base64) = data_uri.split_once(";base64,")?;
    BASE64_STANDARD.decode(base64).ok()
}

/// Where codes are shown.
struct Screen {
    /// Whether a code takes the place of the last.
    writes_over: bool,
    shown: String,
}

impl Screen {
    /// Shows a code, unless it is there.
    fn show(&mut self, code: &str, output: &mut Output<'_>) -> std::io::Result<()> {
        if self.shown == code {
            return Ok(());
        }
        if self.writes_over && !self.shown.is_empty() {
            // Up to the last code's first line, and all below it away.
            let lines = self.shown.lines().count();
            output.write_bytes(format!("\x1b[{lines}A\x1b[J").as_bytes())?;
        }
        output.write_text(code)?;
        code.clone_into(&mut self.shown);
        output.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_takes_the_place_of_the_last_on_a_terminal_alone() {
        for (writes_over, expected) in [(false, "a\nb\nc\n"), (true, "a\nb\n\x1b[2A\x1b[Jc\n")] {
            let mut written = Vec::new();
            let mut output = Output::new(&mut written, false);
            let mut screen = Screen {
                writes_over,
                shown: String::new(),
            };
            for code in ["a\nb", "a\nb", "c"] {
                screen.show(code, &mut output).unwrap();
            }
            drop(output);
            assert_eq!(String::from_utf8(written).unwrap(), expected);
        }
    }

    #[test]
    fn an_interval_is_at_most_a_minute() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for text in ["0", "-1", "61", "NaN", "soon"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}

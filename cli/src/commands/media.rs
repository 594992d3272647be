//! `wamux media`: files that messages refer to by their ids.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use wamux::gateway::Profile;

use super::transfer::{Target, Upload, download, guessed_mime_type};
use super::{client, find_call, runtime};
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::write_output;
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// Upload files for messages, and download those that came in
#[derive(Debug, Args)]
#[command(
    long_about = "Upload files for messages, and download those that came in.\n\n\
                  Messages refer to the files by their ids. A bar on stderr shows how far a file has come, where stderr is a terminal.",
    after_help = "While `wamux sandbox` runs; with your own key, and without --base-url, the file really leaves:\n\
                  Example: wamux media put --gateway tujenge --base-url http://127.0.0.1:8420/tujenge --api-key sandbox-key cover.png"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Put(Box<Put>),
    Get(Box<Get>),
}

/// Upload a file
#[derive(Debug, Args)]
#[command(
    long_about = "Upload a file: it gives {\"output\":{\"id\"}}, or {\"error\"}.",
    after_help = "Example: wamux media put --gateway tujenge --base-url http://127.0.0.1:8420/tujenge --api-key sandbox-key cover.png"
)]
struct Put {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The file
    #[arg(value_name = "PATH")]
    file: PathBuf,
    /// Its MIME type, such as image/png; without it, what the file's name stands for
    #[arg(long, value_name = "TYPE")]
    mime_type: Option<String>,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// Download a file
#[derive(Debug, Args)]
#[command(
    long_about = "Download a file: it gives {\"output\":{\"bytes\",\"mime_type\"}}, or {\"error\"}. With --output - the file goes to \
                  stdout, and the line to stderr.",
    after_help = "Example: wamux media get --gateway tujenge --base-url http://127.0.0.1:8420/tujenge --api-key sandbox-key \
                  --output cover.png \"$MEDIA_ID\""
)]
struct Get {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The file's id
    id: String,
    /// Where the file goes; - is stdout
    #[arg(long, value_name = "PATH")]
    output: PathBuf,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub(crate) fn run(
    arguments: Arguments,
    environment: &Environment,
    output: &mut Output<'_>,
    errors: &mut dyn Write,
) -> Result<(), Stop> {
    match arguments.command {
        Command::Put(arguments) => put(*arguments, environment, output),
        Command::Get(arguments) => get(&arguments, environment, output, errors),
    }
}

fn put(arguments: Put, environment: &Environment, output: &mut Output<'_>) -> Result<(), Stop> {
    let call = find_call(arguments.gateway, "upload_media")?;
    let guessed = guessed_mime_type(&arguments.file).map(str::to_owned);
    let Some(mime_type) = arguments.mime_type.or(guessed) else {
        let words =
            "the file's name does not tell its type: say it with --mime-type, such as image/png";
        return Err(Stop::Usage(words.to_owned()));
    };
    let client = client(arguments.gateway, &arguments.settings, environment)?;
    let upload = Upload::open(&arguments.file).map_err(|error| Stop::of_setting(&error))?;
    let given = json!({ "mime_type": mime_type });
    let calling = client.run_by_name(call, &given, Some(upload.source.clone()));
    let result = runtime()?.block_on(calling);
    Ok(write_output(output, result)?)
}

fn get(
    arguments: &Get,
    environment: &Environment,
    output: &mut Output<'_>,
    errors: &mut dyn Write,
) -> Result<(), Stop> {
    let call = find_call(arguments.gateway, "download_media")?;
    let client = client(arguments.gateway, &arguments.settings, environment)?;
    let given = json!({ "media_id": arguments.id });
    let target = Target::from(arguments.output.as_path());
    runtime()?.block_on(download(&client, call, &given, &target, output, errors))
}

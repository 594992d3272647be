//! `wamux call`: what a gateway can be asked besides carrying a message.

mod bare;
mod fields;

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;
use wamux::gateway::Profile;
use wamux::{CallProfile, Client, Error, Transfer, not_json};

use super::transfer::{Target, Upload, download, guessed_mime_type, source};
use super::{client, find_call, runtime};
use crate::arguments::gateway;
use crate::environment::Environment;
use crate::lines::{ErrorLine, LineCommand, LineFault, OutputLine, answer_lines, write_output};
use crate::settings::SettingsArguments;
use crate::status::Stop;
use crate::stdio::Output;

/// Make a call beyond sending
#[derive(Debug, Args)]
#[command(
    long_about = "Make a call beyond sending: mark a message as read, upload a file, ask how an instance is.\n\n\
                  `wamux capabilities` lists the calls of each gateway. The arguments are FIELD=VALUE words; a list's field stands there \
                  once for each item, and FIELD:=JSON is a value in JSON. Without any, a call that needs none is made \
                  once; otherwise, and with - alone, each line of stdin is an object of arguments. A call gives {\"output\"}, a \
                  failed one {\"error\"}.\n\n\
                  An upload needs --file, and its mime_type is guessed from the file's name where it is not given. A download \
                  needs --output and gives {\"output\":{\"bytes\",\"mime_type\"}}; with --output - the file goes to stdout, \
                  and the line to stderr.\n\n\
                  GET, POST, PUT, PATCH and DELETE in place of a name call a path of the gateway's as it is, with a body in \
                  JSON after it, and give {\"response\":{\"status\",\"body\"}}; a body that is no text is `base64`.",
    after_help = "While `wamux sandbox` runs; with your own key, and without --base-url, the call is really made:\n\
                  Example: wamux call --gateway tujenge --base-url http://127.0.0.1:8420/tujenge --api-key sandbox-key \
                  POST /v1/configs/webhook '{\"url\":\"https://example.com/wamux\"}'\n\
                  Example: wamux call --gateway chat-api --base-url http://127.0.0.1:8420/chat-api --instance 1 \
                  --token sandbox-token get_status full=true"
)]
pub(crate) struct Arguments {
    /// The gateway
    #[arg(long, value_parser = gateway())]
    gateway: &'static Profile,
    /// The call's name, such as `mark_as_read`, or an HTTP method
    name: String,
    /// The arguments, or - to read them from stdin; after a method its path and body
    #[arg(value_name = "FIELD=VALUE")]
    words: Vec<String>,
    /// What is uploaded
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Where a download goes; - is stdout
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub(crate) fn run(
    arguments: Arguments,
    environment: &Environment,
    input: &mut dyn Read,
    output: &mut Output<'_>,
    errors: &mut dyn Write,
) -> Result<(), Stop> {
    let profile = arguments.gateway;
    if let Some(method) = bare::method(&arguments.name) {
        transfers(Transfer::Plain, &arguments)?;
        let client = client(profile, &arguments.settings, environment)?;
        return bare::run(&client, method, &arguments.words, output);
    }
    let call = find_call(profile, &arguments.name)?;
    transfers(call.transfer, &arguments)?;
    if let Some(file) = &arguments.file {
        source(file).map_err(|error| Stop::of_setting(&error))?;
    }
    let schema = schema(profile, call);
    let words = Words::read(&schema, &arguments, call.transfer)?;
    let mut command = CallCommand {
        client: client(profile, &arguments.settings, environment)?,
        runtime: runtime()?,
        call,
        takes_mime_type: schema["properties"]["mime_type"].is_object(),
        file: arguments.file,
    };
    match (words, arguments.output) {
        (Words::Lines, _) => answer_lines(input, output, &mut command)?,
        (Words::Given(given), None) => {
            write_output(output, command.make(given.into()))?;
        }
        (Words::Given(given), Some(path)) => {
            let CallCommand {
                client, runtime, ..
            } = &command;
            let (given, target) = (given.into(), Target::from(path.as_path()));
            runtime.block_on(download(client, call, &given, &target, output, errors))?;
        }
    }
    Ok(())
}

/// Where the arguments of a call stand.
enum Words {
    Given(Map<String, Value>),
    Lines,
}

impl Words {
    fn read(schema: &Value, arguments: &Arguments, transfer: Transfer) -> Result<Self, Stop> {
        let words = &arguments.words;
        let needed = schema["required"].as_array().into_iter().flatten();
        // A file's name tells its type.
        let mut needed = needed.filter(|name| arguments.file.is_none() || *name != "mime_type");
        let asks_for_lines = matches!(&words[..], [word] if word == "-");
        if transfer == Transfer::Download {
            if asks_for_lines {
                let words = "a download takes no lines: each file needs an --output of its own";
                return Err(Stop::Usage(words.to_owned()));
            }
        } else if asks_for_lines || (words.is_empty() && needed.next().is_some()) {
            return Ok(Self::Lines);
        }
        fields::read(schema, words).map(Self::Given)
    }
}

/// Checks that there is a file where one travels, and nowhere else.
fn transfers(transfer: Transfer, arguments: &Arguments) -> Result<(), Stop> {
    let words = match (transfer, &arguments.file, &arguments.output) {
        (Transfer::Upload, None, _) => "the call uploads a file: name it with --file",
        (Transfer::Download, _, None) => {
            "the call downloads a file: say with --output where it goes"
        }
        (Transfer::Plain | Transfer::Download, Some(_), _) => {
            "the call uploads nothing: leave --file out"
        }
        (Transfer::Plain | Transfer::Upload, _, Some(_)) => {
            "the call downloads nothing: leave --output out"
        }
        _ => return Ok(()),
    };
    Err(Stop::Usage(words.to_owned()))
}

/// The JSON Schema of a call's arguments.
fn schema(profile: &Profile, call: &CallProfile) -> Value {
    let mut schema = wamux::calls_schema();
    let calls = schema["gateways"][profile.id].as_array_mut();
    let found = calls.and_then(|calls| calls.iter_mut().find(|one| one["name"] == call.name));
    found.map_or(Value::Null, |call| call["arguments"].take())
}

struct CallCommand {
    client: Client,
    runtime: Runtime,
    call: &'static CallProfile,
    takes_mime_type: bool,
    file: Option<PathBuf>,
}

impl CallCommand {
    fn make(&self, mut arguments: Value) -> Result<Value, Error> {
        let upload = self.file.as_deref().map(Upload::open).transpose()?;
        if let Some(path) = self.file.as_deref().filter(|_| self.takes_mime_type)
            && let Some(mime_type) = guessed_mime_type(path)
            && let Some(arguments) = arguments.as_object_mut()
        {
            arguments
                .entry("mime_type")
                .or_insert_with(|| mime_type.into());
        }
        let source = upload.as_ref().map(|upload| upload.source.clone());
        let calling = self.client.run_by_name(self.call, &arguments, source);
        self.runtime.block_on(calling)
    }
}

impl LineCommand for CallCommand {
    type Answer = OutputLine<Value>;
    type Failure = ErrorLine;

    fn answer(&mut self, line: &str) -> Result<OutputLine<Value>, ErrorLine> {
        let arguments = serde_json::from_str(line).map_err(|error| not_json(&error));
        match arguments.and_then(|arguments| self.make(arguments)) {
            Ok(given) => Ok(OutputLine { output: given }),
            Err(error) => Err(ErrorLine { error }),
        }
    }

    fn refuse(&self, fault: LineFault) -> ErrorLine {
        fault.into()
    }
}

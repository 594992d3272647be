//! Who sends the demo's messages: this program, and programs in other languages.

use std::fmt;
use std::process::Stdio;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use wamux::message::Message;
use wamux::{Client, Error, Receipt};

use crate::environment::Program;
use crate::status::Stop;

/// What became of a message: what its receipt says, or what its error says.
#[derive(Debug)]
pub(super) enum Outcome {
    Accepted {
        to: Option<String>,
        message_id: Option<String>,
    },
    Refused {
        words: String,
        error: Value,
    },
}

impl From<Result<Receipt, Error>> for Outcome {
    fn from(result: Result<Receipt, Error>) -> Self {
        match result {
            Ok(receipt) => Self::Accepted {
                to: receipt.to,
                message_id: receipt.message_id,
            },
            Err(error) => Self::Refused {
                words: error.to_string(),
                error: serde_json::to_value(&error).unwrap_or_default(),
            },
        }
    }
}

/// A message to send, as a program reads it.
#[derive(Serialize)]
struct Order<'a> {
    gateway: &'a str,
    settings: serde_json::Map<String, Value>,
    message: &'a Message,
}

/// What a program answers: the members of its receipt that the demo shows, or its error.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Receipt {
        to: Option<String>,
        message_id: Option<String>,
    },
    Error(Value),
}

/// One who sends.
pub(super) enum Sender {
    /// The client of this program.
    Rust,
    /// A program, which reads a message a line and answers each with a line.
    Program(Box<Running>),
}

pub(super) struct Running {
    language: String,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// Ends with this value.
    _child: Child,
}

impl Sender {
    /// Starts a program; it ends when this value is dropped.
    pub(super) fn start(program: &Program) -> Result<Self, Stop> {
        let failed = |why: &dyn fmt::Display| {
            Stop::Failed(format!("demo: the sender {}: {why}", program.language))
        };
        let (first, others) = program
            .words
            .split_first()
            .ok_or_else(|| failed(&"it has no command"))?;
        let mut child = Command::new(first)
            .args(others)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| failed(&error))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(&"it has no streams"));
        };
        Ok(Self::Program(Box::new(Running {
            language: program.language.clone(),
            input,
            lines: BufReader::new(output).lines(),
            _child: child,
        })))
    }

    /// The language, as the report shows it.
    pub(super) fn language(&self) -> &str {
        match self {
            Self::Rust => "rust",
            Self::Program(program) => &program.language,
        }
    }

    /// Sends a message: through the client, or by a program that makes its own of the settings.
    pub(super) async fn send(
        &mut self,
        client: &Client,
        settings: &[(&'static str, String)],
        message: &Message,
    ) -> Result<Outcome, Stop> {
        match self {
            Self::Rust => Ok(client.send(message).await.into()),
            Self::Program(program) => program
                .send(client.gateway().profile().id, settings, message)
                .await
                .map_err(|why| {
                    Stop::Failed(format!("demo: the sender {}: {why}", program.language))
                }),
        }
    }
}

impl Running {
    async fn send(
        &mut self,
        gateway: &str,
        settings: &[(&'static str, String)],
        message: &Message,
    ) -> Result<Outcome, String> {
        let settings = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
            .collect();
        let order = Order {
            gateway,
            settings,
            message,
        };
        let mut line = serde_json::to_string(&order).map_err(|error| error.to_string())?;
        line.push('\n');
        // A program that has ended takes nothing, and gives no answer either.
        let _ = self.input.write_all(line.as_bytes()).await;
        let answer = self.lines.next_line().await;
        let answer = answer
            .map_err(|error| error.to_string())?
            .ok_or("it ended before it answered")?;
        match serde_json::from_str(&answer) {
            Ok(Answer::Receipt { to, message_id }) => Ok(Outcome::Accepted { to, message_id }),
            Ok(Answer::Error(error)) => Ok(Outcome::Refused {
                words: format!(
                    "{} ({})",
                    error["kind"].as_str().unwrap_or("no kind"),
                    error["delivery"].as_str().unwrap_or("no delivery")
                ),
                error,
            }),
            Err(error) => Err(format!("its answer is neither receipt nor error: {error}")),
        }
    }
}

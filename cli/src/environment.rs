//! What a command takes from the program that runs it: the variables that stand for flags, and who sends in the demo.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io::IsTerminal as _;
use std::str::FromStr;

use crate::status::Stop;

/// What the names of all variables begin with.
const PREFIX: &str = "WAMUX_";

/// The variables `WAMUX_…` that a command reads where a flag is absent.
///
/// [`run`](crate::run) takes them as an argument and reads nothing of the process's own, so that tests and hosts decide
/// what a command sees. `Debug` shows names, never values.
///
/// ```
/// use wamux_cli::Environment;
///
/// let environment: Environment = [("WAMUX_API_KEY", "secret"), ("HOME", "/root")].into_iter().collect();
/// assert_eq!(format!("{environment:?}"), r#"{"WAMUX_API_KEY"}"#);
/// ```
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    senders: Vec<Program>,
    output_is_terminal: bool,
}

impl Environment {
    /// The process's own variables, and whether its output is a terminal.
    ///
    /// ```
    /// let environment = wamux_cli::Environment::of_process();
    /// assert!(!format!("{environment:?}").contains("PATH"));
    /// ```
    #[must_use]
    pub fn of_process() -> Self {
        Self {
            output_is_terminal: std::io::stdout().is_terminal(),
            ..std::env::vars_os().collect()
        }
    }

    /// The same, with a program of another language that `wamux demo` sends from where no `--sender` is given: what a
    /// package of that language adds. `words` are the program and its arguments.
    ///
    /// ```
    /// use wamux_cli::Environment;
    ///
    /// let environment = Environment::of_process().with_sender("python", ["python3", "-m", "wamux.demo"]);
    /// # let _ = environment;
    /// ```
    #[must_use]
    pub fn with_sender<W: Into<String>>(
        mut self,
        language: impl Into<String>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        self.senders.push(Program {
            language: language.into(),
            words: words.into_iter().map(Into::into).collect(),
        });
        self
    }

    /// The programs that the demo sends from, unless its arguments say from where.
    pub(crate) fn senders(&self) -> &[Program] {
        &self.senders
    }

    /// Whether a person sees the output as it comes, on a screen that can be written over.
    pub(crate) fn output_is_terminal(&self) -> bool {
        self.output_is_terminal
    }

    /// The value of `WAMUX_<NAME>`; an empty one counts as absent. Wrong usage where it is not UTF-8.
    pub(crate) fn setting(&self, name: &str) -> Result<Option<&str>, Stop> {
        let variable = variable(name);
        match self.variables.get(variable.as_ref() as &std::ffi::OsStr) {
            None => Ok(None),
            Some(value) if value.is_empty() => Ok(None),
            Some(value) => match value.to_str() {
                None => Err(Stop::Usage(format!("{variable} must be UTF-8 text"))),
                text => Ok(text),
            },
        }
    }
}

/// A language and the command of a program that sends in it: `python=python -m wamux.demo`.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) language: String,
    /// The program and its arguments.
    pub(crate) words: Vec<String>,
}

impl FromStr for Program {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (language, command) = text
            .split_once('=')
            .ok_or("wanted NAME=COMMAND, such as python='python3 -m wamux.demo'")?;
        let words = shlex::split(command).ok_or("a quote in the command is not closed")?;
        if language.is_empty() || words.is_empty() {
            return Err("the name and the command must say something");
        }
        Ok(Self {
            language: language.to_owned(),
            words,
        })
    }
}

/// The variable of a setting: `api_key` → `WAMUX_API_KEY`.
pub(crate) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase())
}

/// Keeps the variables of wamux and forgets all others.
impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter();
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let is_ours = |name: &OsString| name.to_str().is_some_and(|name| name.starts_with(PREFIX));
        Self {
            variables: variables.filter(|(name, _)| is_ours(name)).collect(),
            ..Self::default()
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.variables.keys())
            .finish()
    }
}

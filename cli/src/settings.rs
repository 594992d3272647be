//! The settings of a gateway and its client: one list of flags, with the variables that stand for them.

use std::fmt;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use wamux::phone::Region;
use wamux::{Options, Settings};

use crate::environment::{Environment, variable};
use crate::status::Stop;

/// The flags `--base-url` … `--allow-insecure`, shared by the commands that open a gateway, so that the arguments of
/// `send` show its requests when they follow `build`.
#[derive(Clone)]
pub(crate) struct SettingsArguments(Vec<(&'static Setting, String)>);

#[derive(Debug)]
struct Setting {
    /// The name that the engine or the client knows.
    name: &'static str,
    /// The name of the value in the help.
    value: &'static str,
    kind: Kind,
    help: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// Shown nowhere.
    Secret,
    Region,
    Switch,
}

const fn setting(
    name: &'static str,
    value: &'static str,
    kind: Kind,
    help: &'static str,
) -> Setting {
    Setting {
        name,
        value,
        kind,
        help,
    }
}

static SETTINGS: [Setting; 27] = [
    setting(
        "base_url",
        "URL",
        Kind::Text,
        "Where the gateway is; without it, its documented address",
    ),
    setting(
        "api_key",
        "KEY",
        Kind::Secret,
        "The API key (Devino, Tujenge)",
    ),
    setting(
        "x_api_key",
        "KEY",
        Kind::Secret,
        "The second key that Devino's v2 samples bear",
    ),
    setting(
        "login",
        "LOGIN",
        Kind::Secret,
        "The login (Rapporto; Devino in place of a key)",
    ),
    setting(
        "password",
        "PASSWORD",
        Kind::Secret,
        "The password to the login",
    ),
    setting("token", "TOKEN", Kind::Secret, "The token (chat-api)"),
    setting("instance", "NUMBER", Kind::Text, "The instance (chat-api)"),
    setting(
        "instance_in_query",
        "BOOL",
        Kind::Switch,
        "The instance stands in the query and not in the path (chat-api)",
    ),
    setting(
        "header_name",
        "NAME",
        Kind::Text,
        "The header that bears the key (hosts of Tujenge's API)",
    ),
    setting(
        "from",
        "SENDER",
        Kind::Text,
        "The sender of messages that name none",
    ),
    setting(
        "region",
        "REGION",
        Kind::Region,
        "The region of national phone numbers, such as RU; without it, the gateway's own",
    ),
    setting(
        "template_namespace",
        "NAMESPACE",
        Kind::Text,
        "The namespace of templates that name none (Tujenge)",
    ),
    setting(
        "batch_size",
        "COUNT",
        Kind::Text,
        "How many messages go into one request, from 1 (Devino); without effect while the command sends each alone",
    ),
    setting(
        "deduplicates",
        "BOOL",
        Kind::Switch,
        "The account refuses or joins repeated client ids (Rapporto), so that what may have left is sent again",
    ),
    setting(
        "timeout",
        "SECONDS",
        Kind::Text,
        "How long one attempt may take, up to 86400; 30 without it",
    ),
    setting(
        "ca_bundle",
        "FILE",
        Kind::Text,
        "A PEM file of certificates to trust beside the public ones",
    ),
    setting(
        "client_certificate",
        "FILE",
        Kind::Text,
        "A PEM file with the certificate for servers that ask for one, and its key unless client_key names it",
    ),
    setting(
        "client_key",
        "FILE",
        Kind::Text,
        "A PEM file with the private key of the client certificate, not encrypted",
    ),
    setting(
        "minimum_tls_version",
        "VERSION",
        Kind::Text,
        "The oldest version of TLS to speak, 1.2 or 1.3; 1.2 without it",
    ),
    setting(
        "proxy",
        "URL",
        Kind::Secret,
        "The proxy of all requests: http, https, socks5, or socks5h, which looks names up itself",
    ),
    setting(
        "no_proxy",
        "HOSTS",
        Kind::Text,
        "Hosts that are reached without the proxy: names with all below them, addresses, ranges, separated by commas",
    ),
    setting(
        "retries",
        "COUNT",
        Kind::Text,
        "How often a failed attempt is repeated at most, where the gateway does not have the message; 2 without it",
    ),
    setting(
        "retry_unknown",
        "BOOL",
        Kind::Switch,
        "Repeat also what the gateway may have: a message may be shown twice",
    ),
    setting(
        "rate",
        "MESSAGES",
        Kind::Text,
        "How many messages may leave in a second; no limit without it",
    ),
    setting(
        "burst",
        "COUNT",
        Kind::Text,
        "How many messages may leave at once where the rate was not used before; 1 without it",
    ),
    setting(
        "concurrency",
        "COUNT",
        Kind::Text,
        "How many requests may be under way at once; 64 without it",
    ),
    setting(
        "allow_insecure",
        "BOOL",
        Kind::Switch,
        "Permit a base URL of plain http beyond loopback",
    ),
];

impl Setting {
    fn argument(&self) -> Arg {
        let argument = Arg::new(self.name)
            .long(self.name.replace('_', "-"))
            .value_name(self.value)
            .help(self.help)
            .help_heading("Settings (each also as a variable, such as WAMUX_API_KEY)")
            .action(ArgAction::Set);
        match self.kind {
            Kind::Text => argument,
            // A key can begin with a dash; read as a flag, it would stand in a complaint.
            Kind::Secret => argument.allow_hyphen_values(true),
            Kind::Region => {
                argument.value_parser(|text: &str| text.parse::<Region>().map(|_| text.to_owned()))
            }
            Kind::Switch => argument
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true")
                .value_parser(["true", "false"]),
        }
    }
}

impl SettingsArguments {
    /// What flags and variables say, a flag before its variable.
    pub(crate) fn read(&self, environment: &Environment) -> Result<(Settings, Options), Stop> {
        let (mut settings, mut options) = (Settings::default(), Options::default());
        for setting in &SETTINGS {
            let flag = self.0.iter().find(|(given, _)| given.name == setting.name);
            let (value, source) = if let Some((_, value)) = flag {
                (
                    value.as_str(),
                    format!("--{}", setting.name.replace('_', "-")),
                )
            } else {
                match environment.setting(setting.name)? {
                    Some(value) => (value, variable(setting.name)),
                    None => continue,
                }
            };
            let result = if Options::NAMES.contains(&setting.name) {
                options.set(setting.name, value)
            } else {
                settings.set(setting.name, value)
            };
            result.map_err(|error| {
                Stop::Usage(format!(
                    "{source}: {}",
                    error.context().unwrap_or("is wrong")
                ))
            })?;
        }
        Ok((settings, options))
    }
}

impl FromArgMatches for SettingsArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = SETTINGS.iter().filter_map(|setting| {
            let value = matches.get_one::<String>(setting.name)?;
            Some((setting, value.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for SettingsArguments {
    fn augment_args(command: Command) -> Command {
        command.args(SETTINGS.iter().map(Setting::argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// Shows which flags are given, never their values.
impl fmt::Debug for SettingsArguments {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.0.iter().map(|(setting, _)| setting.name))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_a_flag_and_every_flag_a_setting() {
        let mut flags: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        let mut names: Vec<&str> = Settings::NAMES.into_iter().chain(Options::NAMES).collect();
        flags.sort_unstable();
        names.sort_unstable();
        assert_eq!(flags, names);
    }

    #[test]
    fn a_flag_stands_before_its_variable_and_debug_shows_no_value() {
        let command = SettingsArguments::augment_args(Command::new("test"));
        let matches = command.get_matches_from(["test", "--from", "Flag", "--api-key", "-secret"]);
        let arguments = SettingsArguments::from_arg_matches(&matches).unwrap();
        assert_eq!(format!("{arguments:?}"), r#"{"api_key", "from"}"#);
        let environment: Environment = [
            ("WAMUX_FROM", "Variable"),
            ("WAMUX_TIMEOUT", "7"),
            ("WAMUX_TOKEN", ""),
        ]
        .into_iter()
        .collect();
        let (settings, options) = arguments.read(&environment).unwrap();
        assert_eq!(settings.from.as_deref(), Some("Flag"));
        assert_eq!(settings.api_key, Some("-secret".into()));
        assert_eq!(settings.token, None);
        assert_eq!(options.timeout.as_secs(), 7);
    }
}

//! `Debug` without content: what the caller wrote is shown by type and length, never by value.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// Members whose values name a choice and tell nothing about a person.
const CHOICES: [&str; 5] = ["type", "sub_type", "recipient_type", "policy", "index"];

/// Writes the shape of a value: its members, with every string and number replaced by its size.
pub(crate) fn debug<T: Serialize>(
    name: &str,
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str(name)?;
    f.write_str(" ")?;
    match serde_json::to_value(value) {
        Ok(value) => shape(None, &value, f),
        Err(_) => f.write_str("{..}"),
    }
}

fn shape(member: Option<&str>, value: &Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_choice = member.is_some_and(|name| CHOICES.contains(&name));
    match value {
        Value::Null | Value::Bool(_) => write!(f, "{value}"),
        Value::String(text) if member == Some("to") => f.write_str(&wamux_phone::mask(text)),
        Value::String(text) if is_choice => f.write_str(&word(text)),
        Value::Number(_) if is_choice => write!(f, "{value}"),
        Value::Number(_) => f.write_str("number"),
        Value::String(text) => write!(f, "string({})", text.chars().count()),
        Value::Array(items) => {
            f.write_str("[")?;
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    f.write_str(", ")?;
                }
                shape(None, item, f)?;
            }
            f.write_str("]")
        }
        Value::Object(members) => {
            f.write_str("{")?;
            for (position, (name, value)) in members.iter().enumerate() {
                if position > 0 {
                    f.write_str(", ")?;
                }
                // The names of a map are the caller's.
                write!(f, "{}: ", plain_or_length(name, "_-"))?;
                shape(Some(name), value, f)?;
            }
            f.write_str("}")
        }
    }
}

/// Implements `Debug` by [`debug`].
macro_rules! masked_debug {
    ($($name:ty),* $(,)?) => {
        $(
            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::masked::debug(stringify!($name), self, f)
                }
            }
        )*
    };
}
pub(crate) use masked_debug;

/// A gateway's own word, such as a code or a status: shown where it looks like one, so that a text
/// or number in its place is not.
///
/// ```
/// assert_eq!(wamux_engine::shown_word("UNKNOWN_SENDER"), "UNKNOWN_SENDER");
/// assert_eq!(wamux_engine::shown_word("no such number: +79034567890"), "string(28)");
/// ```
#[must_use]
pub fn word(text: &str) -> String {
    plain_or_length(text, "._-:/[] ")
}

/// A violation's path as `Debug` shows it: names that the caller made up, such as those of a map, can be texts or
/// numbers.
///
/// ```
/// let path = "template.components[1].parameters[0].text";
/// assert_eq!(wamux_engine::shown_path(path), path);
/// let path = "options.rapporto.extra_param.my secret";
/// assert_eq!(wamux_engine::shown_path(path), "options.rapporto.extra_param.string(9)");
/// ```
#[must_use]
pub fn path(path: &str) -> String {
    let names: Vec<String> = path
        .split('.')
        .map(|name| plain_or_length(name, "_-[]"))
        .collect();
    names.join(".")
}

/// A short text of letters, few digits and these signs as it is; any other by its length.
fn plain_or_length(text: &str, signs: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if text.len() <= 40 && digits < 7 && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("string({})", text.chars().count())
    }
}

/// A message's id as `Debug` shows it: chat-api's ids have the number of the chat in them.
///
/// ```
/// assert_eq!(wamux_engine::shown_id("34825"), "34825");
/// assert_eq!(wamux_engine::shown_id("true_79034567890@c.us_A"), "string(23)");
/// ```
#[must_use]
pub fn id(id: &str) -> String {
    if id.contains('@') {
        format!("string({})", id.chars().count())
    } else {
        id.to_owned()
    }
}

/// Text that its owner can read and nothing prints by accident.
///
/// ```
/// use wamux_engine::Private;
///
/// let private = Private::new("+79034567890");
/// assert_eq!(private.as_str(), "+79034567890");
/// assert_eq!(format!("{private:?}"), "string(12)");
/// ```
#[derive(
    Clone, Default, PartialEq, Eq, Hash, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Private(String);

impl Private {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "string({})", self.0.chars().count())
    }
}

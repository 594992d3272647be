//! The recipient: a phone number in any form, or a gateway's own id.

use wamux_phone::{PhoneNumber, Region};

use crate::message::RecipientType;
use crate::violation::{Code, Violation};

/// Who a message goes to, as the encoders need it.
///
/// `Debug` masks numbers and ids.
///
/// ```
/// use wamux_engine::{Recipient, phone};
///
/// let phone = Recipient::Phone(phone::parse("+7 903 456-78-90", &phone::Options::default())?);
/// assert_eq!((phone.address(), phone.digits()), (Some("+79034567890"), Some("79034567890")));
///
/// let group = Recipient::Group("79680561234-1479621234@g.us".into());
/// assert_eq!((group.address(), group.digits()), (Some("79680561234-1479621234@g.us"), None));
/// # Ok::<(), phone::PhoneError>(())
/// ```
#[derive(Clone)]
pub enum Recipient {
    /// A phone number.
    Phone(PhoneNumber),
    /// The gateway's id of a group.
    Group(String),
    /// The gateway's id of any chat.
    Chat(String),
    /// What could not be read; a violation at `to` says why.
    Unreadable,
}

impl Recipient {
    /// Reads the recipient of a message, or of a call whose arguments are named as a message's; a fault is added to
    /// `violations`.
    pub(crate) fn of(
        to: &str,
        recipient_type: RecipientType,
        region: Option<Region>,
        violations: &mut Vec<Violation>,
    ) -> Self {
        match recipient_type {
            RecipientType::Group => Self::Group(to.to_owned()),
            RecipientType::Chat => Self::Chat(to.to_owned()),
            RecipientType::Individual => {
                let options = wamux_phone::Options {
                    region,
                    strict: false,
                };
                match wamux_phone::parse(to, &options) {
                    Ok(number) => Self::Phone(number),
                    Err(error) => {
                        let words = id_instead(to).unwrap_or_else(|| error.to_string());
                        violations.push(Violation::error(Code::Invalid, "to", words));
                        Self::Unreadable
                    }
                }
            }
        }
    }

    /// The number without its plus sign, where the recipient is a phone.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        match self {
            Self::Phone(number) => Some(number.digits()),
            _ => None,
        }
    }

    /// The number in E.164, or the gateway's id.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Phone(number) => Some(number.e164()),
            Self::Group(id) | Self::Chat(id) => Some(id),
            Self::Unreadable => None,
        }
    }
}

/// What to say of an id that stands in the place of a number.
fn id_instead(to: &str) -> Option<String> {
    let to = to.trim_end();
    let kind = if to.ends_with("@g.us") {
        "group"
    } else if to.ends_with("@c.us") {
        "chat"
    } else {
        return None;
    };
    Some(format!(
        "must be a phone number; the id of a {kind} wants `recipient_type` `{kind}`"
    ))
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&wamux_phone::mask(self.address().unwrap_or_default()))
    }
}

//! Where something goes: exactly one of a chat's id and a phone number.
//!
//! Source: chat-api, "The REST API", sendMessage, `chatId` and `phone`.

use wamux_phone::Region;

use crate::call::CallRequest;
use crate::message::RecipientType;
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;
use crate::violation::{Code, Violation};

/// The members that bear the recipient, of which one has a value; what is wrong with a group's id is a violation.
pub(super) fn members<'r>(
    recipient: &'r Recipient,
    violations: &mut Vec<Violation>,
) -> [(&'static str, Option<&'r str>); 2] {
    if let Recipient::Group(id) = recipient
        && !id.ends_with("@g.us")
    {
        let words = "must be a group's id, such as 79680561234-1479621234@g.us";
        violations.push(Violation::error(Code::Invalid, "to", words));
    }
    let chat_id = match recipient {
        Recipient::Group(id) | Recipient::Chat(id) => Some(id.as_str()),
        Recipient::Phone(_) | Recipient::Unreadable => None,
    };
    [("chatId", chat_id), ("phone", recipient.digits())]
}

/// A call to a chat, whose recipient's arguments mean what a message's do; `others` are the rest of its body.
pub(super) fn call<'c>(
    path: &'static str,
    to: &str,
    recipient_type: Option<RecipientType>,
    region: Option<Region>,
    others: impl IntoIterator<Item = Member<'c>>,
) -> CallRequest<'c> {
    let mut violations = Vec::new();
    let recipient_type = recipient_type.unwrap_or_default();
    let recipient = Recipient::of(to, recipient_type, region, &mut violations);
    let recipient = members(&recipient, &mut violations)
        .map(|(name, value)| Member::new(name, value.map(str::to_owned)).at("to"));
    CallRequest::post(path)
        .json(Payload::Record(
            recipient.into_iter().chain(others).collect(),
        ))
        .faults(violations)
}

/// What is wrong with the id of a chat which no schema checks, since it stands in a query.
pub(super) fn chat_id_fault(argument: &str, id: Option<&str>) -> Option<Violation> {
    let words = "must be a chat's id, such as 79034567890@c.us, or a group's, such as \
                 79680561234-1479621234@g.us";
    let wrong = id.is_some_and(|id| !is_chat_id(id));
    wrong.then(|| Violation::error(Code::Invalid, argument, words))
}

/// Digits and `@c.us`, or digits, another dash with digits and `@g.us`.
fn is_chat_id(id: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match id.split_once('@') {
        Some((number, "c.us")) => is_number(number),
        Some((group, "g.us")) => match group.split_once('-') {
            Some((number, time)) => is_number(number) && is_number(time),
            None => is_number(group),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chat_ids_are_numbers_of_people_and_of_groups() {
        for id in [
            "79633123456@c.us",
            "79680561234-1479621234@g.us",
            "120363041234567890@g.us",
        ] {
            assert!(is_chat_id(id), "{id}");
        }
        for id in [
            "",
            "79633123456",
            "@c.us",
            "79633123456-1@c.us",
            "-1@g.us",
            "1-@g.us",
            "1-2-3@g.us",
            "79633123456@c.us ",
            "79633123456@s.whatsapp.net",
            "a@c.us",
            "1@c.us@c.us",
        ] {
            assert!(!is_chat_id(id), "{id}");
        }
    }
}

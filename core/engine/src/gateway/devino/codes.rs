//! Devino's codes: the reasons in answers, and the error codes in status callbacks.
//!
//! Source: Devino, "WhatsApp" and "Direct WA API", both tables "Error codes".

use crate::code::{Place, Row};
use crate::error::{Delivery, Kind};

/// Every code of both APIs.
pub(in crate::gateway) static CODES: &[&[Row]] = &[REASONS, STATUSES];

const fn reason(
    code: &'static str,
    reference: Option<&'static str>,
    kind: Kind,
    title: &'static str,
    advice: &'static str,
) -> Row {
    Row {
        code,
        reference,
        places: &[Place::Reason],
        http_status: Some(200),
        title,
        kind,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice,
    }
}

const fn status(code: &'static str, kind: Kind, title: &'static str, advice: &'static str) -> Row {
    Row {
        code,
        reference: None,
        places: &[Place::Status],
        http_status: None,
        title,
        kind,
        // The documentation asks to send again for this one only.
        retryable: matches!(kind, Kind::RateLimited),
        delivery: None,
        advice,
    }
}

static REASONS: &[Row] = &[
    reason(
        "billing.error",
        None,
        Kind::Balance,
        "payment is required",
        "Top up the account, then send again.",
    ),
    reason(
        "forbidden",
        None,
        Kind::Permission,
        "sending is prohibited",
        "Ask Devino which channels and recipients the account may use.",
    ),
    reason(
        "unknown",
        None,
        Kind::Rejected,
        "an error that Devino does not name",
        "Ask Devino's support, with the message's time and recipient.",
    ),
    reason(
        "invalid",
        Some("messages[i].to"),
        Kind::Recipient,
        "the phone number is wrong",
        "Correct the recipient's number.",
    ),
    reason(
        "invalid",
        Some("messages[i].validity"),
        Kind::Validation,
        "the lifetime is wrong",
        "Correct `options.devino-v1.validity`, or leave it out.",
    ),
    reason(
        "invalid",
        Some("messages[i].callbackUrl"),
        Kind::Validation,
        "the callback URL is wrong",
        "Give an http or https URL that Devino can reach.",
    ),
    reason(
        "invalid",
        Some("messages[i].contentUrl"),
        Kind::Media,
        "the content URL is wrong",
        "Give an http or https URL from which Devino can fetch the file.",
    ),
    reason(
        "invalid",
        Some("messages[i].contentType"),
        Kind::Media,
        "the content type is wrong",
        "Give the file's MIME type, one that WhatsApp takes for this kind of media.",
    ),
    reason(
        "invalid",
        Some("messages[i].from"),
        Kind::Sender,
        "the sender is wrong",
        "Use a sender that is enabled for the account.",
    ),
    reason(
        "invalid",
        Some("messages[i].languageCode"),
        Kind::Validation,
        "the language code is wrong",
        "Use a language in which the template is approved.",
    ),
    reason(
        "length.too.long",
        Some("messages[i].to"),
        Kind::Recipient,
        "the phone number is too long",
        "Correct the recipient's number.",
    ),
    reason(
        "length.too.long",
        Some("messages[i].text"),
        Kind::Validation,
        "the text is too long",
        "Shorten the text.",
    ),
    reason(
        "length.too.long",
        Some("messages[i].languageCode"),
        Kind::Validation,
        "the language code is too long",
        "Use a code such as `en` or `en_US`.",
    ),
    reason(
        "length.too.short",
        Some("messages[i].contentName"),
        Kind::Validation,
        "the content name is too short",
        "Give the file a name, or leave the name out.",
    ),
    reason(
        "length.too.short",
        Some("messages[i].languageCode"),
        Kind::Validation,
        "the language code is too short",
        "Use a code such as `en` or `en_US`.",
    ),
    reason(
        "must.be.not.null",
        Some("messages[i].to"),
        Kind::Recipient,
        "no recipient",
        "Give the message a recipient.",
    ),
    reason(
        "must.be.not.null",
        Some("messages"),
        Kind::Validation,
        "the list of messages is empty",
        "Send at least one message.",
    ),
    reason(
        "must.be.not.null",
        Some("messages[i].from"),
        Kind::Sender,
        "no sender",
        "Give the message a sender, or set a default one.",
    ),
    reason(
        "must.be.not.null",
        Some("messages[i]"),
        Kind::Validation,
        "neither text nor content",
        "Give the message a text or media.",
    ),
    reason(
        "not.available",
        Some("messages[i].from"),
        Kind::Sender,
        "the account does not have this sender",
        "Use a sender that is enabled for the account.",
    ),
    reason(
        "too.many.messages",
        Some("messages"),
        Kind::RateLimited,
        "too many messages in one request",
        "Send fewer messages in one request.",
    ),
];

static STATUSES: &[Row] = &[
    status(
        "2000",
        Kind::Recipient,
        "the recipient's operator cannot be determined",
        "Check the recipient's number.",
    ),
    status(
        "2001",
        Kind::Rejected,
        "rejected as spam",
        "Change the text, and write only to people who agreed to it.",
    ),
    status(
        "2002",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2003",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2004",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2005",
        Kind::Balance,
        "not enough money",
        "Top up the account, then send again.",
    ),
    status(
        "2006",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2007",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2008",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2009",
        Kind::Duplicate,
        "rejected as a duplicate",
        "Nothing to do: the same message was sent before.",
    ),
    status(
        "2010",
        Kind::Timeout,
        "the message's lifetime ended before it was delivered",
        "Send again if the message still matters.",
    ),
    status(
        "2011",
        Kind::Timeout,
        "the message's lifetime ended before it was delivered",
        "Send again if the message still matters.",
    ),
    status(
        "2012",
        Kind::Balance,
        "a billing error",
        "Ask Devino about the account's billing.",
    ),
    status(
        "2017",
        Kind::Rejected,
        "rejected as spam",
        "Change the text, and write only to people who agreed to it.",
    ),
    status(
        "2300",
        Kind::Validation,
        "the text is too long",
        "Shorten the text.",
    ),
    status(
        "2301",
        Kind::RateLimited,
        "too many messages in a short time",
        "Send again later, and more slowly.",
    ),
    status(
        "2302",
        Kind::Rejected,
        "rejected as spam",
        "Change the text, and write only to people who agreed to it.",
    ),
    status(
        "2303",
        Kind::Media,
        "the MIME type is not supported, or the image has 5 MB or more",
        "Send a type that WhatsApp takes, and images under 5 MB.",
    ),
    status(
        "2304",
        Kind::Validation,
        "the text is too long",
        "Shorten the text.",
    ),
    status(
        "2305",
        Kind::Recipient,
        "the recipient does not use WhatsApp, or not any more",
        "Reach the recipient another way.",
    ),
    status(
        "2307",
        Kind::Recipient,
        "the recipient is the sending business account itself",
        "Send to another number.",
    ),
    status(
        "2308",
        Kind::Template,
        "the number of template parameters is not the template's",
        "Give as many parameters as the template has placeholders.",
    ),
    status(
        "2309",
        Kind::Template,
        "the template does not exist for this language or locale",
        "Check the template's name and the languages in which it is approved.",
    ),
    status(
        "2310",
        Kind::Template,
        "the template does not exist for this language or locale",
        "Check the template's name and the languages in which it is approved.",
    ),
    status(
        "2311",
        Kind::Template,
        "a template parameter is too long",
        "Shorten the parameter.",
    ),
    status(
        "2312",
        Kind::WindowClosed,
        "outside the 24-hour dialogue and without a template",
        "Send a template.",
    ),
    status(
        "2313",
        Kind::Rejected,
        "an unknown error",
        "Ask Devino's support, with the message's id.",
    ),
];

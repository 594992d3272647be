//! The codes of the On-Premises API: in answers, and in the errors of webhooks.
//!
//! Sources: Tujenge, "WhatsApp API Version 1", Messages Error scenarios; Meta, "WhatsApp
//! On-Premises API", Errors.

use crate::code::{Place, Row};
use crate::error::{Delivery, Kind};

/// The reference of code 500 for a template that the phone cannot show.
pub(super) const NOT_DISPLAYED: &str = "could not display";
/// The reference of code 1000 for a file of the wrong kind.
pub(super) const FORMAT_NOT_SUPPORTED: &str = "file format not supported";
/// The reference of code 1014 for a link that cannot be fetched.
pub(super) const LINK_FAILED: &str = "link";

/// Every code.
pub(super) static CODES: &[&[Row]] = &[WEBHOOK, ANSWER];

const fn webhook(
    code: &'static str,
    kind: Kind,
    retryable: bool,
    title: &'static str,
    advice: &'static str,
) -> Row {
    Row {
        code,
        reference: None,
        places: &[Place::Webhook],
        http_status: None,
        title,
        kind,
        retryable,
        delivery: None,
        advice,
    }
}

const fn answer(
    code: &'static str,
    http_status: Option<u16>,
    kind: Kind,
    title: &'static str,
    advice: &'static str,
) -> Row {
    Row {
        code,
        reference: None,
        places: &[Place::Answer, Place::Webhook],
        http_status,
        title,
        kind,
        retryable: false,
        delivery: Some(Delivery::NotSent),
        advice,
    }
}

impl Row {
    /// The same message can succeed later.
    const fn passing(self) -> Self {
        Self {
            retryable: true,
            ..self
        }
    }

    /// The message may have been taken all the same.
    const fn uncertain(self) -> Self {
        Self {
            delivery: Some(Delivery::Unknown),
            ..self
        }
    }

    /// A cause that the gateway's words tell apart.
    const fn caused_by(self, cause: &'static str) -> Self {
        Self {
            reference: Some(cause),
            ..self
        }
    }
}

static WEBHOOK: &[Row] = &[
    webhook(
        "401",
        Kind::Rejected,
        false,
        "the group does not exist",
        "Check the group's id.",
    ),
    webhook(
        "402",
        Kind::Balance,
        false,
        "a payment issue",
        "Ask the host about the account's billing.",
    ),
    webhook(
        "408",
        Kind::Timeout,
        true,
        "the message was pending for too long",
        "Send the message again.",
    ),
    webhook(
        "410",
        Kind::Timeout,
        false,
        "the message's lifetime ended",
        "Send again if the message still matters.",
    ),
    webhook(
        "429",
        Kind::RateLimited,
        true,
        "the rate limit was hit",
        "Send again later, and more slowly.",
    ),
    webhook(
        "430",
        Kind::Rejected,
        false,
        "the number's certificate is not signed",
        "Ask the host to register the number again.",
    ),
    webhook(
        "432",
        Kind::Rejected,
        false,
        "the certificate's id does not match",
        "Ask the host to register the number again.",
    ),
    webhook(
        "433",
        Kind::Rejected,
        false,
        "the certificate's signature is invalid",
        "Ask the host to register the number again.",
    ),
    webhook(
        "470",
        Kind::WindowClosed,
        false,
        "more than 24 hours have passed since the recipient last wrote",
        "Send a template.",
    ),
    webhook(
        "471",
        Kind::RateLimited,
        true,
        "the spam rate limit was hit",
        "Send again later, and improve the number's quality.",
    ),
    webhook(
        "472",
        Kind::Recipient,
        false,
        "the recipient is part of an experiment and receives no such messages",
        "Do not send to this recipient again.",
    ),
    webhook(
        "480",
        Kind::Rejected,
        false,
        "the recipient's identity may have changed",
        "Confirm the identity with the recipient first.",
    ),
    webhook(
        "501",
        Kind::Rejected,
        false,
        "the message type is not supported",
        "Send another type.",
    ),
];

static ANSWER: &[Row] = &[
    answer("400", Some(400), Kind::Validation, "bad request: a wrong data type, malformed JSON, or media that could not be fetched", "Check the types of booleans and strings, and that the media can be fetched."),
    answer("500", None, Kind::Unavailable, "a generic failure", "Find out whether the message arrived before it is sent again.").passing().uncertain(),
    answer("500", None, Kind::Template, "the recipient's phone could not display the template", "Check the template's format and parameters.").caused_by(NOT_DISPLAYED),
    answer("1000", Some(500), Kind::Unavailable, "a generic failure, such as full storage", "Find out whether the message arrived before it is sent again.").passing().uncertain(),
    answer("1000", Some(500), Kind::Media, "the file's format is not supported: type and MIME type differ, or a video has no audio track", "Send a file whose type fits the message's, and videos with an audio track.").caused_by(FORMAT_NOT_SUPPORTED),
    answer("1001", Some(400), Kind::Validation, "the message is too long", "Shorten the text to 4,096 characters."),
    answer("1002", Some(400), Kind::Validation, "the recipient type is invalid", "Use `individual` or `group`."),
    answer("1003", Some(400), Kind::Rejected, "not a participant of the group", "Join the group first."),
    answer("1004", Some(409), Kind::Rejected, "the resource exists already", "Use the existing one, or another name."),
    answer("1005", Some(403), Kind::Permission, "access denied", "Check what the key may do."),
    answer("1006", Some(404), Kind::Rejected, "a file or resource was not found", "Check the id."),
    answer("1007", Some(403), Kind::Permission, "the recipient is blocked or not allow-listed", "Have the recipient added to the list."),
    answer("1008", Some(400), Kind::Validation, "a required parameter is missing", "Add the parameter that the gateway's own words name."),
    answer("1009", Some(400), Kind::Validation, "a parameter's value is invalid", "Correct the parameter that the gateway's own words name."),
    answer("1010", Some(400), Kind::Validation, "a parameter is not required", "Leave out the parameter that the gateway's own words name."),
    answer("1011", Some(500), Kind::Unavailable, "the service is not ready", "Send again later.").passing(),
    answer("1012", Some(404), Kind::Rejected, "the group is unknown", "Check the group's id."),
    answer("1013", Some(400), Kind::Recipient, "the user is not valid", "Check the recipient's number."),
    answer("1014", Some(500), Kind::Unavailable, "an internal failure", "Send again later.").passing(),
    answer("1014", Some(500), Kind::Media, "the file behind the link could not be fetched: the link is encoded twice, or the file does not exist", "Correct the link.").caused_by(LINK_FAILED),
    answer("1015", Some(429), Kind::RateLimited, "too many requests", "Send again later, and more slowly.").passing(),
    answer("1016", Some(503), Kind::Unavailable, "the system is overloaded", "Send again later.").passing(),
    answer("1017", Some(500), Kind::Unavailable, "not the primary master", "Send again later.").passing(),
    answer("1018", Some(500), Kind::Unavailable, "not the primary core application", "Send again later.").passing(),
    answer("1019", Some(400), Kind::Rejected, "not an administrator of the group", "Have the number made an administrator."),
    answer("1020", Some(400), Kind::Rejected, "the group is bad", "Check the group's id."),
    answer("1021", Some(400), Kind::Recipient, "the recipient is the sending number itself", "Send to another number."),
    answer("1022", Some(412), Kind::Rejected, "the webhook URL is not configured", "Set the webhook's URL."),
    answer("1023", Some(500), Kind::Unavailable, "a database error", "Find out whether the message arrived before it is sent again.").passing().uncertain(),
    answer("1024", Some(401), Kind::Authentication, "the password has to be changed", "Ask the host."),
    answer("1025", Some(400), Kind::Validation, "the request is invalid", "Correct what the gateway's own words name."),
    answer("1026", Some(501), Kind::Recipient, "the recipient's app is not capable of this", "Send another type, or reach the recipient another way."),
    answer("1028", None, Kind::Rejected, "a change of the recipient's identity must be acknowledged", "Acknowledge the change first."),
    answer("1031", None, Kind::Sender, "the sender's account is locked", "Ask the host."),
    answer("2000", Some(400), Kind::Template, "the number of parameters is not the template's", "Give as many parameters as the template has placeholders."),
    answer("2001", Some(404), Kind::Template, "the template does not exist in this language", "Have the translation set up, or use another language."),
    answer("2002", Some(404), Kind::Template, "the template's translation could not be fetched", "Check the template's name and language."),
    answer("2003", Some(404), Kind::Template, "the template's translation pack is missing", "Check the template's name and language."),
    answer("2004", Some(400), Kind::Template, "a parameter is too long", "Shorten the parameter."),
    answer("2005", Some(400), Kind::Template, "the filled-in text is too long", "Shorten the parameters."),
    answer("2006", Some(400), Kind::Template, "a parameter breaks the white-space policy", "Take line breaks, tabs and runs of spaces out of the parameters."),
    answer("2007", Some(400), Kind::Template, "a parameter breaks the format-character policy", "Take format characters out of the parameters."),
    answer("2008", Some(400), Kind::Template, "the media's format is not supported", "Send a format that templates take."),
    answer("2009", Some(400), Kind::Template, "a required component is missing", "Add the component."),
    answer("2010", Some(400), Kind::Template, "a button's URL is invalid", "Correct the end of the URL."),
    answer("2011", Some(400), Kind::Template, "a button's phone number is invalid", "Have the template corrected."),
    answer("2012", Some(400), Kind::Template, "a parameter's format is not the template's", "Give the parameter the type that the template has."),
    answer("2013", Some(501), Kind::Template, "the recipient's app does not support buttons", "Send a template without buttons."),
    answer("2014", None, Kind::Validation, "the namespace is not the template's", "Correct `template_namespace`."),
    answer("2015", None, Kind::Validation, "a wrong number of sections", "Correct the list's sections."),
    answer("2016", None, Kind::Validation, "a wrong number of rows", "Use one to ten rows in all."),
    answer("2017", None, Kind::Validation, "a wrong number of characters", "Shorten or fill the text that the gateway's own words name."),
    answer("2023", None, Kind::Validation, "a wrong number of products", "Correct the list of products."),
    answer("2024", None, Kind::Validation, "a fault of the catalogue", "Correct what the gateway's own words name."),
    answer("2025", None, Kind::Validation, "a fault of the catalogue", "Correct what the gateway's own words name."),
    answer("2026", None, Kind::Validation, "a fault of the products, or of their compliance information", "Correct what the gateway's own words name."),
    answer("2027", None, Kind::Validation, "a fault of the products, or of their compliance information", "Correct what the gateway's own words name."),
    answer("2028", None, Kind::Validation, "a fault of the products, or of their compliance information", "Correct what the gateway's own words name."),
    answer("2029", None, Kind::Validation, "a fault of the products, or of their compliance information", "Correct what the gateway's own words name."),
    answer("2030", None, Kind::Validation, "a fault of the products, or of their compliance information", "Correct what the gateway's own words name."),
    answer("2036", None, Kind::Validation, "the header's structure is invalid", "Correct the header."),
    answer("2048", None, Kind::Recipient, "the contact is not engaged", "Act only on contacts that wrote within the last day."),
    answer("2050", None, Kind::Rejected, "compliance information is missing", "Add the business's compliance information."),
    answer("2060", None, Kind::Template, "the template was rejected", "Use another template, and improve this one."),
    answer("2061", None, Kind::Template, "the template is paused", "Use another template, and improve this one."),
    answer("2062", None, Kind::Template, "the template is disabled", "Use another template, and improve this one."),
    answer("2068", None, Kind::Rejected, "the flow is blocked", "Correct the flow."),
    answer("2069", None, Kind::Rejected, "the flow is throttled", "Send the flow less often."),
];

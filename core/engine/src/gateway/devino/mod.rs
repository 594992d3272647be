//! What both of Devino's WhatsApp APIs share: credentials, answers, callbacks and codes.
//!
//! Sources: Devino Telecom, "WhatsApp" (`/whatsapp/messages`) and "Direct WA API"
//! (`/whatsapp/v2/messages`).

mod codes;

pub(super) use codes::CODES;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;

use super::{Accepted, Answer, Profile};
use crate::code::{self, Given, Place};
use crate::error::{Delivery, Error, Kind};
use crate::event::{
    ChatContent, ChatMessage, Click, Direction, Event, Status, StatusKind, address, error_code,
    integer, is_there, moment, nonempty, text_or_number,
};
use crate::masked::Private;
use crate::message::Text;
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{Settings, for_header, required};

/// The documented address of both APIs.
pub(super) const BASE_URL: &str = "https://api.devino.online";

/// How an account proves itself to Devino.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// `Authorization: Key …`.
    Key(Secret),
    /// `Authorization: Basic …`.
    Basic {
        /// The account's login.
        login: Secret,
        /// The account's password.
        password: Secret,
    },
}

impl Credentials {
    /// The key where it is set, else login and password.
    pub(super) fn from_settings(gateway: &str, settings: &Settings) -> Result<Self, Error> {
        match (&settings.api_key, &settings.login, &settings.password) {
            (None, Some(login), Some(password)) => Ok(Self::Basic {
                login: login.clone(),
                password: password.clone(),
            }),
            (None, Some(_), None) => Err(Error::configuration(format!(
                "{gateway} needs the setting `password` beside `login`, or `api_key` alone"
            ))),
            (key, ..) => {
                let key = required(gateway, "api_key", key.as_ref())?;
                Ok(Self::Key(for_header("api_key", key)?))
            }
        }
    }

    pub(super) fn authorise(&self, request: &mut Request) {
        let value = match self {
            Self::Key(key) => format!("Key {}", key.expose()),
            Self::Basic { login, password } => {
                let pair = format!("{}:{}", login.expose(), password.expose());
                format!("Basic {}", BASE64_STANDARD.encode(pair))
            }
        };
        request.add_credential(http::header::AUTHORIZATION, &value);
    }
}

/// Reads `{"result": [{"code", "messageId"?, "reasons"?, "description"?}]}`.
pub(super) fn decode(
    profile: &'static Profile,
    answer: &Answer<'_>,
) -> Option<Vec<Result<Accepted, Error>>> {
    let results = answer.body.get("result")?.as_array()?;
    results
        .iter()
        .map(|result| {
            result_of(profile, answer.status, result)
                .unwrap_or_else(|| Err(unreadable("the result is not shaped as documented")))
        })
        .collect::<Vec<_>>()
        .into()
}

fn result_of(
    profile: &'static Profile,
    status: u16,
    result: &Value,
) -> Option<Result<Accepted, Error>> {
    match result.get("code")?.as_str()? {
        "OK" => {
            let message_id = text_or_number(result.get("messageId"))?;
            Some(Ok(Accepted {
                message_id: Some(message_id),
                client_id: None,
                raw: result.to_string(),
            }))
        }
        "REJECTED" => {
            let description = nonempty(result.get("description"));
            let reasons = match result.get("reasons") {
                Some(Value::Array(reasons)) => reasons.iter().collect(),
                // One page calls the array an object.
                Some(reason @ Value::Object(_)) => vec![reason],
                _ => Vec::new(),
            };
            let given: Vec<Given> = reasons
                .into_iter()
                .filter_map(|reason| {
                    Some(Given {
                        code: text_or_number(reason.get("key"))?,
                        reference: nonempty(reason.get("ref")),
                        title: None,
                        description: description.clone(),
                    })
                })
                .collect();
            Some(Err(code::refusal(profile, Place::Reason, status, &given)))
        }
        // Whether the message went is not said by a word that nobody documented.
        _ => Some(Err(unreadable(
            "the result's code is neither OK nor REJECTED",
        ))),
    }
}

/// A result that does not say whether the message went.
fn unreadable(words: &str) -> Error {
    Error::new(Kind::Protocol, Delivery::Unknown, words).with_retryable(true)
}

/// Reads a status callback (an array, or one object) or an incoming message (one object).
pub(super) fn events(profile: &'static Profile, body: &Value) -> Option<Vec<Event>> {
    match body {
        Value::Array(items) => Some(items.iter().map(|item| event(profile, item)).collect()),
        Value::Object(_) => Some(vec![event(profile, body)]),
        _ => None,
    }
}

fn event(profile: &'static Profile, item: &Value) -> Event {
    if is_there(item, "incomingMessageId") {
        return incoming(item).map_or_else(
            || Event::unreadable(profile.id, "an incoming message without its sender", item),
            Event::Message,
        );
    }
    status(profile, item).map_or_else(
        || Event::unreadable(profile.id, "neither a status nor an incoming message", item),
        Event::Status,
    )
}

fn status(profile: &'static Profile, item: &Value) -> Option<Status> {
    let raw_status = item.get("status")?.as_str()?.to_owned();
    let click = Click {
        ip: nonempty(item.get("ip")),
        browser: nonempty(item.get("browser")),
        os: nonempty(item.get("os")),
        user_agent: nonempty(item.get("userAgent")),
    };
    let error_code = error_code(item.get("errorCode"));
    Some(Status {
        message_id: text_or_number(item.get("messageId"))?,
        client_id: None,
        status: status_kind(&raw_status),
        raw_status,
        // The sample's 0 is no moment.
        at: integer(item.get("ts"))
            .filter(|count| *count > 0)
            .and_then(moment),
        to: None,
        error: error_code.map(|code| {
            let given = Given {
                code,
                ..Given::default()
            };
            code::status_error(profile, Place::Status, &[given])
        }),
        callback_data: nonempty(item.get("options")),
        click: (click != Click::default()).then_some(click),
        pricing: None,
        raw: Private::new(item.to_string()),
    })
}

/// The pages show `DELIVERED` only; the other words are those of the product that they replaced.
fn status_kind(raw: &str) -> StatusKind {
    match raw.to_ascii_lowercase().as_str() {
        "enqueued" => StatusKind::Accepted,
        "sent" => StatusKind::Sent,
        "delivered" => StatusKind::Delivered,
        "read" | "seen" | "visited" => StatusKind::Read,
        "undelivered" | "undelived" | "failed" | "rejected" | "expired" | "vp_expired"
        | "cancelled" => StatusKind::Failed,
        _ => StatusKind::Unknown,
    }
}

fn incoming(item: &Value) -> Option<ChatMessage> {
    let media = nonempty(item.get("contentUrl")).is_some();
    let structured = ["whatsAppGeoLocation", "whatsAppContacts"]
        .into_iter()
        .find(|name| item.get(name).is_some_and(|part| !part.is_null()));
    let content = match nonempty(item.get("text")) {
        Some(text) if !media && structured.is_none() => ChatContent::Text {
            text: Text::new(text),
        },
        _ => ChatContent::Unknown {
            raw_type: nonempty(item.get("contentType")).or_else(|| structured.map(str::to_owned)),
        },
    };
    Some(ChatMessage {
        id: text_or_number(item.get("incomingMessageId"))?,
        direction: Direction::Incoming,
        from: Some(address(&text_or_number(item.get("from"))?)),
        to: nonempty(item.get("to")).map(|to| address(&to)),
        chat_id: None,
        author: None,
        sequence: None,
        at: integer(item.get("ts"))
            .filter(|count| *count > 0)
            .and_then(moment),
        profile_name: nonempty(item.get("profileName")),
        content,
        raw: Private::new(item.to_string()),
    })
}

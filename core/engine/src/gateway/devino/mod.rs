//! What both of Devino's WhatsApp APIs share: credentials, answers, callbacks and codes.
//!
//! Sources: Devino Telecom, "WhatsApp" (`/whatsapp/messages`) and "Direct WA API"
//! (`/whatsapp/v2/messages`).

mod codes;
mod events;

pub(super) use codes::CODES;
pub(super) use events::events;

use std::num::NonZeroUsize;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;

use super::{Accepted, Answer, Encoded, PackedRequest, Profile};
use crate::code::{self, Given, Place};
use crate::error::{Delivery, Error, Kind, Reason};
use crate::event::{StatusKind, nonempty, text_or_number};
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{Settings, for_header, required};

/// The documented address of both APIs.
pub(super) const BASE_URL: &str = "https://api.devino.online";

/// How many messages go into one request where the setting `batch_size` says nothing. The pages have
/// an error for too many (`too.many.messages`) and no number.
pub(super) const BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(100).unwrap();

/// What both APIs tell of messages; the names beside `DELIVERED` are those of the product that they replaced.
pub(super) const STATUSES: &[StatusKind] = &[
    StatusKind::Accepted,
    StatusKind::Sent,
    StatusKind::Delivered,
    StatusKind::Read,
    StatusKind::Failed,
];

/// The types of messages that come in.
pub(super) const RECEIVES: &[&str] = &[
    "text", "image", "audio", "video", "document", "location", "contacts",
];

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

/// Requests with `{"messages": […]}`, each of at most `size` messages.
pub(super) fn batches(url: &str, items: &[Encoded<'_>], size: NonZeroUsize) -> Vec<PackedRequest> {
    let size = size.get();
    let batches = items.chunks(size).enumerate();
    batches
        .map(|(number, batch)| {
            let start = number * size;
            PackedRequest {
                request: Request::post_json(url.to_owned(), super::json_list("messages", batch)),
                items: start..start + batch.len(),
            }
        })
        .collect()
}

/// Reads `{"result": [{"code", "messageId"?, "reasons"?, "description"?}]}`.
///
/// A single refusal that refers to the list itself (`too.many.messages`) is that of every message in it.
pub(super) fn decode(
    profile: &'static Profile,
    answer: &Answer<'_>,
) -> Option<Vec<Result<Accepted, Error>>> {
    let results = answer.body.get("result")?.as_array()?;
    let mut read: Vec<_> = results
        .iter()
        .map(|result| {
            result_of(profile, answer.status, result)
                .unwrap_or_else(|| Err(unreadable("the result is not shaped as documented")))
        })
        .collect();
    if let ([Err(error)], Some(messages)) = (read.as_slice(), answer.messages)
        && refuses_the_list(error)
    {
        read = std::iter::repeat_with(|| Err(error.clone()))
            .take(messages)
            .collect();
    }
    Some(read)
}

/// Whether an error is about the list of messages, and so about all of them.
fn refuses_the_list(error: &Error) -> bool {
    let of_the_list = |reason: &Reason| reason.reference.as_deref() == Some("messages");
    error.reasons().iter().any(of_the_list)
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
            let mut given: Vec<Given> = reasons
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
            if given.is_empty() {
                // Without a reason, its words are all that there is.
                given.extend(description.map(|words| Given {
                    code: "REJECTED".to_owned(),
                    description: Some(words),
                    ..Given::default()
                }));
            }
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

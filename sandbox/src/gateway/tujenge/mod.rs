//! Tujenge: a host of the On-Premises Business API. Its client's header name is a setting, so that the name which a
//! near-identical host uses, `D360-API-KEY`, is accepted too.

mod codes;
mod contacts;
mod document;
mod errors;
mod groups;
mod incoming;
mod media;
mod message;
mod picture;
mod settings;
mod status;
mod stickers;
mod webhook;

use std::collections::HashSet;
use std::sync::Mutex;

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{Accepted, Call, CallKind, Callback, Gateway, KEY, Numbers, Reply};
use crate::check::{Need, Object, Problems};
use crate::incoming::Incoming;
use crate::recipient::MagicRecipient;
use crate::{Options, lock};
use codes::Forced;
use document::{done, read_document};
use errors::{refuse, refuse_call, refuse_message};
use webhook::Webhook;

const ID: &str = "tujenge";
const BASE_PATH: &str = "/tujenge";
const MESSAGES: &str = "/v1/messages";
const MEDIA: &str = "/v1/media";
const WEBHOOK: &str = "/v1/configs/webhook";

/// Paths of the upstream API that the host keeps to itself.
const BLOCKED: [&str; 8] = [
    "/v1/settings",
    "/v1/certificates",
    "/v1/account",
    "/v1/health",
    "/v1/stats",
    "/metrics",
    "/v1/support",
    "/v1/users",
];

/// The settings that stay open.
const OPEN_SETTINGS: [&str; 3] = [
    "/v1/settings/business/profile",
    "/v1/settings/profile/about",
    "/v1/settings/profile/photo",
];

/// The account behind the key.
pub(crate) struct Tujenge {
    /// Whether the upstream's setting `sent_status` is on. The host blocks that setting, and its default is off.
    sent_status: bool,
    webhook: Mutex<Option<Webhook>>,
    /// Ids of messages that came in.
    received: Mutex<HashSet<String>>,
    contacts: contacts::Contacts,
    groups: groups::Groups,
    media: media::Media,
    settings: settings::Settings,
    sticker_packs: stickers::StickerPacks,
}

impl Tujenge {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            sent_status: options.tujenge_sent_status,
            webhook: Mutex::default(),
            received: Mutex::default(),
            contacts: contacts::Contacts::default(),
            groups: groups::Groups::default(),
            media: media::Media::default(),
            settings: settings::Settings::default(),
            sticker_packs: stickers::StickerPacks::default(),
        }
    }

    fn send(&self, document: &Value, numbers: &Numbers) -> Reply {
        let mut problems = Problems::new();
        if let Some(message) = Object::new(document, "", &mut problems) {
            message::check_message(message, &mut problems);
        }
        if !problems.is_empty() {
            return refuse_message(&problems);
        }
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let to = text("to").unwrap_or_default();
        let forced = codes::forced_by(to);
        match forced {
            Some(Forced::Answer(code)) => return errors::refuse_with(code),
            Some(Forced::Host {
                status,
                title,
                camel_case,
            }) => return errors::refuse_at_host(status, title, camel_case),
            _ => {}
        }
        let id = format!("gBEGsandbox{:016X}", numbers.next());
        let callbacks = lock(&self.webhook)
            .as_ref()
            .map(|webhook| status::callbacks(webhook, &id, to, forced, self.sent_status))
            .unwrap_or_default();
        let answer = json!({"messages": [{"id": id}], "meta": errors::meta()});
        Reply::json(StatusCode::OK, &answer).accepting(vec![Accepted {
            id,
            to: to.to_owned(),
            body: document.clone(),
            callbacks,
        }])
    }
}

/// The calls beside sending and the webhook.
impl Tujenge {
    /// Answers a call below the base path; `None` where there is none such.
    fn answer_other(&self, call: &Call<'_>, path: &str) -> Option<Reply> {
        let segments: Vec<String> = path
            .strip_prefix("/v1/")?
            .split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (first, rest) = segments.split_first()?;
        let answer = match *first {
            "contacts" => self.contacts.answer(call, rest),
            "groups" => self.groups.answer(call, rest),
            "media" => self.media.answer(call, rest),
            "settings" => self.settings.answer(call, rest),
            "stickerpacks" => self.sticker_packs.answer(call, rest),
            "messages" => match rest {
                [id] if call.method == Method::PUT => Some(self.mark_as_read(call, id)),
                _ => None,
            },
            _ => None,
        };
        answer.map(|answer| answer.unwrap_or_else(|refusal| refusal))
    }

    /// `PUT /v1/messages/{id}`.
    fn mark_as_read(&self, call: &Call<'_>, id: &str) -> Result<Reply, Reply> {
        read_document(call, |document, problems| {
            document.choice("status", Need::Required, &["read"], problems);
            Some(())
        })?;
        if !lock(&self.received).contains(id) {
            return Err(refuse(1006, "no message with this id came in"));
        }
        Ok(done())
    }

    /// Keeps what later calls may ask for of an incoming message.
    fn remember(&self, incoming: &Incoming, body: &Value) {
        let Some(message) = body["messages"].get(0) else {
            return;
        };
        if let Some(id) = message["id"].as_str() {
            lock(&self.received).insert(id.to_owned());
        }
        self.contacts.engage(&incoming.envelope.from);
        self.groups.follow(incoming);
        let media = &message[incoming.content.name()];
        if incoming.content.media().is_some()
            && let (Some(id), Some(mime_type)) = (media["id"].as_str(), media["mime_type"].as_str())
        {
            self.media.make_up(id, mime_type);
        }
    }
}

/// Whether the host blocks a path below its base.
fn is_blocked(path: &str) -> bool {
    let stands_below = |root: &str| {
        path.strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    BLOCKED.into_iter().any(stands_below) && !OPEN_SETTINGS.contains(&path)
}

impl Gateway for Tujenge {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        let call = path.strip_prefix(BASE_PATH)?;
        match (method, call) {
            (&Method::POST, MESSAGES) => Some(CallKind::Send),
            (_, call) if call.is_empty() || call.starts_with('/') => Some(CallKind::Other),
            _ => None,
        }
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        let nothing = Problems::new();
        let has_key = ["WA-API-KEY", "D360-API-KEY"]
            .iter()
            .any(|name| call.header(name) == Some(KEY));
        if !has_key {
            return refuse_call(StatusCode::UNAUTHORIZED, "the API key is wrong", &nothing);
        }
        let path = call.path.strip_prefix(BASE_PATH).unwrap_or_default();
        if is_blocked(path) {
            return refuse_call(StatusCode::FORBIDDEN, "the path is blocked", &nothing);
        }
        if call.method != Method::POST || ![MESSAGES, WEBHOOK].contains(&path) {
            return self.answer_other(call, path).unwrap_or_else(|| {
                refuse_call(
                    StatusCode::NOT_FOUND,
                    "the sandbox does not serve this call",
                    &nothing,
                )
            });
        }
        match call.json() {
            Ok(document) if path == MESSAGES => self.send(&document, call.numbers),
            Ok(document) => webhook::configure(&self.webhook, &document),
            Err(problem) => refuse_call(StatusCode::BAD_REQUEST, &problem, &nothing),
        }
    }

    fn largest_file(&self, method: &Method, path: &str) -> Option<usize> {
        let path = path.strip_prefix(BASE_PATH)?;
        let is_icon = path.starts_with("/v1/groups/") && path.ends_with("/icon");
        let is_file = path == MEDIA || path == "/v1/settings/profile/photo" || is_icon;
        (method == Method::POST && is_file).then_some(media::LARGEST)
    }

    fn recipients(&self) -> Vec<MagicRecipient> {
        codes::recipients()
    }

    fn rate_limited(&self) -> Value {
        errors::rate_limited()
    }

    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String> {
        let configured = lock(&self.webhook).clone();
        let (url, headers) = match (url, configured) {
            (Some(url), _) => (url.to_owned(), Vec::new()),
            (None, Some(webhook)) => (webhook.url, webhook.headers),
            (None, None) => {
                return Err(format!(
                    "url is required: POST {WEBHOOK} set no webhook yet"
                ));
            }
        };
        if self.contacts.is_blocked(&message.envelope.from) {
            return Err("from: the business has blocked this contact".to_owned());
        }
        let body = incoming::body(message, numbers)?;
        self.remember(message, &body);
        Ok(Callback {
            gateway: ID,
            url,
            headers,
            body,
            joins: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_blocked;

    #[test]
    fn the_page_blocks_settings_but_three() {
        assert!(is_blocked("/v1/settings/application") && is_blocked("/v1/settings"));
        assert!(is_blocked("/metrics") && is_blocked("/v1/users/admin"));
        assert!(!is_blocked("/v1/settings/profile/about"));
        assert!(!is_blocked("/v1/messages") && !is_blocked("/v1/accounts"));
    }
}

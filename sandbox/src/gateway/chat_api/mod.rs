//! chat-api.com and hosts that kept its dialect: the token in the query, failures inside HTTP 200.

mod account;
mod ban;
mod calls;
mod card;
mod codes;
mod control;
mod groups;
mod incoming;
mod message;
mod qr;
mod query;
mod queue;
mod send;
mod settings;
mod state;
mod store;
mod upload;

use std::sync::Mutex;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use self::state::State;
use super::{Accepted, Call, CallKind, Callback, Gateway, Numbers, Reply, TOKEN};
use crate::Options;
use crate::check::{Object, Problems};
use crate::incoming::Incoming;
use crate::lock;
use crate::recipient::MagicRecipient;

const ID: &str = "chat-api";
const BASE_PATH: &str = "/chat-api";
/// The only instance.
const INSTANCE: &str = "1";

/// The instance and its calls.
pub(crate) struct ChatApi {
    state: Mutex<State>,
}

impl ChatApi {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            state: Mutex::new(State::new(options.keep_messages)),
        }
    }
}

/// A path's instance, where it has one, and its method.
fn parts(path: &str) -> Option<(Option<&str>, &str)> {
    let rest = path.strip_prefix(BASE_PATH)?.strip_prefix('/')?;
    Some(match rest.split_once('/') {
        Some((instance, method)) => (Some(instance.strip_prefix("instance")?), method),
        None => (None, rest),
    })
}

fn callback(url: &str, body: Value) -> Callback {
    Callback {
        gateway: ID,
        url: url.to_owned(),
        headers: Vec::new(),
        body,
        joins: true,
    }
}

fn failure(message: &str) -> Reply {
    Reply::json(StatusCode::OK, &json!({"sent": false, "message": message}))
}

impl ChatApi {
    fn send(&self, method: &str, document: &Value, is_form: bool, numbers: &Numbers) -> Reply {
        let mut problems = Problems::new();
        let chat = Object::new(document, "", &mut problems)
            .and_then(|request| send::check(method, request, is_form, &mut problems));
        if let Some(problem) = problems.first() {
            return failure(&problem.sentence());
        }
        let Some(chat) = chat else {
            return failure("chatId or phone is required");
        };
        if let Some(refusal) = codes::refusal_for(&chat) {
            return refusal;
        }
        let id = message::id(true, &chat, numbers.next());
        let answer = json!({"sent": true, "message": "ok", "id": id});
        let callbacks = {
            let mut state = lock(&self.state);
            let original = (method == "forwardMessage")
                .then(|| state.store.find(message::first(document.get("messageId"))))
                .flatten();
            let message = message::sent(method, document, &chat, &id, original);
            state.send(message)
        };
        Reply::json(StatusCode::OK, &answer).accepting(vec![Accepted {
            id,
            to: chat,
            body: document.clone(),
            callbacks,
        }])
    }
}

impl Gateway for ChatApi {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        let (_, name) = parts(path)?;
        Some(match (method, name) {
            (&Method::POST, _) if send::METHODS.contains(&name) => CallKind::Send,
            (&Method::GET, "messages" | "messagesHistory") => CallKind::List,
            _ => CallKind::Other,
        })
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        let Some((instance, name)) = parts(call.path) else {
            return failure("the path has no method");
        };
        let in_query = |name: &str| call.query.get(name).map(String::as_str);
        let is_instance = instance.or_else(|| in_query("instanceId")) == Some(INSTANCE);
        if !is_instance || in_query("token") != Some(TOKEN) {
            return codes::unauthorised();
        }
        if call.kind != CallKind::Send {
            return calls::answer(&mut lock(&self.state), call, name);
        }
        // Forms are for files alone.
        let is_form = name == "sendFile" && upload::is_form(call);
        let document = if is_form {
            upload::read(call)
        } else {
            call.json()
        };
        match document {
            Ok(document) => self.send(name, &document, is_form, call.numbers),
            Err(problem) => failure(&problem),
        }
    }

    /// A file of 16 MB, the most that WhatsApp takes as audio or video, in base64 and its document.
    fn largest_body(&self) -> usize {
        32 * 1024 * 1024
    }

    fn recipients(&self) -> Vec<MagicRecipient> {
        codes::recipients()
    }

    fn rate_limited(&self) -> Value {
        // The page knows no limit: the shape is that of its other HTTP failure.
        json!({"error": "too many requests"})
    }

    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String> {
        // Without an address the message waits for `GET /messages` alone.
        let url = url
            .map(str::to_owned)
            .or_else(|| lock(&self.state).webhook_url())
            .unwrap_or_default();
        Ok(callback(&url, incoming::body(message, numbers)?))
    }

    fn take_in(&self, callback: &mut Callback) {
        let is_posted = !callback.url.is_empty();
        lock(&self.state).take_in(&mut callback.body, is_posted);
    }

    fn note_posted(&self, body: &Value, is_delivered: bool) {
        lock(&self.state).note_posted(body, is_delivered);
    }

    fn take_due(&self) -> Vec<Vec<Callback>> {
        std::mem::take(&mut lock(&self.state).due)
    }

    fn forget(&self) {
        lock(&self.state).forget_messages();
    }

    fn has_lists(&self) -> bool {
        true
    }

    fn control_routes(&self) -> &'static [&'static str] {
        &control::ROUTES
    }

    fn control(&self, method: &Method, route: &str, body: &[u8]) -> Option<Reply> {
        control::answer(&mut lock(&self.state), method, route, body)
    }
}

//! chat-api.com and hosts that kept its dialect: the token in the query, failures inside HTTP 200.

mod codes;
mod incoming;
mod message;
mod send;
mod settings;
mod upload;

use std::sync::Mutex;

use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::{Accepted, Call, CallKind, Callback, Gateway, Numbers, Reply, TOKEN};
use crate::check::{Object, Problem, Problems};
use crate::incoming::Incoming;
use crate::lock;
use crate::recipient::MagicRecipient;

const ID: &str = "chat-api";
const BASE_PATH: &str = "/chat-api";
/// The only instance.
const INSTANCE: &str = "1";

/// The sends, the settings and the calls that a client makes around them.
pub(crate) struct ChatApi {
    settings: Mutex<Map<String, Value>>,
}

impl Default for ChatApi {
    fn default() -> Self {
        Self {
            settings: Mutex::new(settings::initial()),
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
        let id = format!("true_{chat}_{:032X}", numbers.next());
        let answer = json!({"sent": true, "message": "ok", "id": id});
        let callbacks = self.callbacks(method, document, &chat, &id, numbers);
        Reply::json(StatusCode::OK, &answer).accepting(vec![Accepted {
            id,
            to: chat,
            body: document.clone(),
            callbacks,
        }])
    }

    /// The copy of the message, where its recipient asks for one, and the acknowledgements, while they are on.
    fn callbacks(
        &self,
        method: &str,
        document: &Value,
        chat: &str,
        id: &str,
        numbers: &Numbers,
    ) -> Vec<Callback> {
        let Some(url) = self.webhook_url() else {
            return Vec::new();
        };
        let mut bodies = Vec::new();
        if codes::wants_copy(chat) {
            bodies.push(message::copy(method, document, chat, id, numbers));
        }
        if lock(&self.settings).get("ackNotificationsOn") == Some(&Value::Bool(true)) {
            let queue_number = numbers.next_in_sequence();
            bodies.extend(["delivered", "viewed"].map(|status| {
                json!({
                    "ack": [{
                        "id": id,
                        "queueNumber": queue_number,
                        "chatId": chat,
                        "status": status,
                    }],
                    "instanceId": INSTANCE,
                })
            }));
        }
        bodies
            .into_iter()
            .map(|body| callback(&url, body))
            .collect()
    }

    fn webhook_url(&self) -> Option<String> {
        let settings = lock(&self.settings);
        let url = settings.get("webhookUrl")?.as_str()?;
        (!url.is_empty()).then(|| url.to_owned())
    }

    /// `POST /webhook` and `POST /settings`.
    fn configure(&self, method: &str, document: &Value) -> Reply {
        let mut problems = Problems::new();
        let update = Object::new(document, "", &mut problems).map(|request| {
            if method == "webhook" {
                settings::read_webhook(request, &mut problems)
            } else {
                settings::read(request, &mut problems)
            }
        });
        let (Some(update), None) = (update, problems.first()) else {
            let message = problems.first().map(Problem::sentence);
            return Reply::json(StatusCode::OK, &json!({ "error": message }));
        };
        let mut all = lock(&self.settings);
        all.extend(update.clone());
        let answer = if method == "webhook" {
            json!({"set": true, "webhookUrl": all.get("webhookUrl")})
        } else {
            let mut answer = all.clone();
            answer.insert("update".to_owned(), Value::Object(update));
            Value::Object(answer)
        };
        Reply::json(StatusCode::OK, &answer)
    }

    /// The calls that take no body.
    fn other(&self, method: &Method, name: &str) -> Reply {
        let answer = match (method, name) {
            (&Method::GET, "settings") => Value::Object(lock(&self.settings).clone()),
            (&Method::GET, "webhook") => {
                let url = self.webhook_url();
                json!({"set": url.is_some(), "webhookUrl": url.unwrap_or_default()})
            }
            (&Method::GET, "status") => json!({"accountStatus": "authenticated"}),
            // Nothing waits: what is accepted is sent at once.
            (&Method::GET, "showMessagesQueue") => json!({"totalMessages": 0, "first100": []}),
            // Older clients clear with GET.
            (&Method::POST | &Method::GET, "clearMessagesQueue") => {
                json!({"message": "Cleared 0 messages", "messageTextsExample": []})
            }
            (&Method::POST, "logout") => json!({"result": "Logout request sent to WhatsApp"}),
            (&Method::POST, "reboot") => json!({"success": true}),
            _ => {
                return Reply::json(
                    StatusCode::NOT_FOUND,
                    &json!({"error": "the sandbox does not serve this method"}),
                );
            }
        };
        Reply::json(StatusCode::OK, &answer)
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
        if method == Method::POST && send::METHODS.contains(&name) {
            return Some(CallKind::Send);
        }
        Some(CallKind::Other)
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
        let is_send = call.method == Method::POST && send::METHODS.contains(&name);
        let is_setting = call.method == Method::POST && ["webhook", "settings"].contains(&name);
        if !is_send && !is_setting {
            return self.other(call.method, name);
        }
        // Forms are for files alone.
        let is_form = name == "sendFile" && upload::is_form(call);
        let document = if is_form {
            upload::read(call)
        } else {
            call.json()
        };
        match document {
            Ok(document) if is_send => self.send(name, &document, is_form, call.numbers),
            Ok(document) => self.configure(name, &document),
            Err(problem) if is_send => failure(&problem),
            Err(problem) => Reply::json(StatusCode::OK, &json!({ "error": problem })),
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
        let url = url
            .map(str::to_owned)
            .or_else(|| self.webhook_url())
            .ok_or("url is required: POST /webhook set no address yet")?;
        Ok(callback(&url, incoming::body(message, numbers)?))
    }
}

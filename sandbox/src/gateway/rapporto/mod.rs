//! Rapporto, REST: one call, credentials in the body, a status for each number of `status`.

mod channels;
mod codes;
mod incoming;
mod message;
mod report;

use std::collections::HashMap;
use std::sync::Mutex;

use http::{Method, StatusCode};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use serde_json::{Value, json};

use super::{
    Accepted, Call, CallKind, Callback, Gateway, LOGIN, Numbers, Reply, UNAVAILABLE_SENDER,
};
use crate::Options;
use crate::check::{Object, Problems};
use crate::incoming::Incoming;
use crate::lock;
use crate::recipient::MagicRecipient;
use codes::Refusal;

const ID: &str = "rapporto";
/// A partner's address ends with the partner's login.
const BASE_PATH: &str = "/rapporto/sandbox";

/// Rapporto's single call and, if the option is on, its memory of the partner's ids.
pub(crate) struct Rapporto {
    /// `mtNum` by the partner's id; `None` where the account has no such service.
    seen: Option<Mutex<HashMap<String, String>>>,
}

impl Rapporto {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            seen: options.rapporto_deduplicates.then(Mutex::default),
        }
    }

    fn accept(&self, document: &Value, numbers: &Numbers) -> Reply {
        let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
        let id = text("/id");
        if let (Some(seen), Some(id)) = (&self.seen, id)
            && let Some(number) = lock(seen).get(id)
        {
            return Reply::json(StatusCode::OK, &json!({"mtNum": number, "id": id}));
        }
        let number = numbers.next().to_string();
        if let (Some(seen), Some(id)) = (&self.seen, id) {
            lock(seen).insert(id.to_owned(), number.clone());
        }
        let mut answer = json!({ "mtNum": number });
        if let Some(id) = id {
            answer["id"] = id.into();
        }
        let mut body = document.clone();
        if let Some(members) = body.as_object_mut() {
            members.remove("login");
            members.remove("password");
        }
        let accepted = Accepted {
            to: text("/destAddr").unwrap_or_default().to_owned(),
            callbacks: report::reports(document, &number),
            id: number,
            body,
        };
        Reply::json(StatusCode::OK, &answer).accepting(vec![accepted])
    }
}

impl Gateway for Rapporto {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        let login = path.strip_prefix("/rapporto/")?.trim_end_matches('/');
        (method == Method::POST && !login.is_empty() && !login.contains('/'))
            .then_some(CallKind::Send)
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        let document = match call.json() {
            Ok(document) if document.is_object() => document,
            Ok(_) => return Refusal::InvalidRequest.reply(Some("the body must be an object")),
            Err(problem) => return Refusal::InvalidRequest.reply(Some(&problem)),
        };
        let member = |name: &str| document.get(name).and_then(Value::as_str);
        if call.path.trim_end_matches('/') != BASE_PATH || member("login") != Some(LOGIN) {
            return Refusal::InvalidLogin.reply(None);
        }
        if member("password") != Some(LOGIN) {
            return Refusal::InvalidPassword.reply(None);
        }
        let mut problems = Problems::new();
        if let Some(request) = Object::new(&document, "", &mut problems) {
            message::check_request(request, &mut problems);
        }
        if let Some(problem) = problems.first() {
            return Refusal::of(problem).reply(Some(&problem.sentence()));
        }
        let sender = document.pointer("/message/data/serviceNumber");
        if sender.and_then(Value::as_str) == Some(UNAVAILABLE_SENDER) {
            return Refusal::ServiceNumber.reply(None);
        }
        if let Some(refusal) = member("destAddr").and_then(Refusal::forced_by) {
            return refusal.reply(None);
        }
        self.accept(&document, call.numbers)
    }

    fn recipients(&self) -> Vec<MagicRecipient> {
        codes::recipients()
    }

    fn rate_limited(&self) -> Value {
        Refusal::TooManyConnections.body(None)
    }

    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String> {
        incoming::incoming(message, url, numbers)
    }
}

/// The present as the vendor writes it: UTC+3, the offset without a colon.
fn moscow_time() -> String {
    Timestamp::now()
        .to_zoned(TimeZone::fixed(offset(3)))
        .strftime("%Y-%m-%dT%H:%M:%S%z")
        .to_string()
}

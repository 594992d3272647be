//! The sample: one call that sends a text, one that sets the webhook.

use std::sync::Mutex;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Accepted, Call, CallKind, Callback, Gateway, Numbers, Reply, TOKEN};
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problem, Problems, Rule, note};
use crate::form::{is_international_number, is_web_address};
use crate::incoming::{Content, Incoming};
use crate::lock;
use crate::recipient::{MagicRecipient, Place, Series, magic};

const ID: &str = "sample";
const BASE_PATH: &str = "/sample";

/// A row of the table of failures (Sample, Messages, Failures).
struct Failure {
    code: u32,
    status: StatusCode,
    title: &'static str,
}

const REQUEST: Failure = Failure {
    code: 10,
    status: StatusCode::BAD_REQUEST,
    title: "bad request",
};
const RECIPIENT: Failure = Failure {
    code: 20,
    status: StatusCode::NOT_FOUND,
    title: "not on WhatsApp",
};
const TOO_MANY: Failure = Failure {
    code: 30,
    status: StatusCode::TOO_MANY_REQUESTS,
    title: "too many messages",
};
const FAILURES: [Failure; 3] = [REQUEST, RECIPIENT, TOO_MANY];

impl Failure {
    fn body(&self, words: &str) -> Value {
        json!({"failure": {"code": self.code, "words": words}})
    }

    fn reply(&self, words: &str) -> Reply {
        Reply::json(self.status, &self.body(words))
    }

    /// The row that a recipient forces.
    fn forced_by(to: &str) -> Option<Self> {
        let (Series::Answer, code) = magic(to)? else {
            return None;
        };
        FAILURES.into_iter().find(|failure| failure.code == code)
    }
}

/// The two calls, and where the webhooks go.
#[derive(Default)]
pub(crate) struct Sample {
    webhook: Mutex<Option<String>>,
}

impl Sample {
    fn send(&self, document: &Value, numbers: &Numbers) -> Reply {
        let mut problems = Problems::new();
        if let Some(message) = Object::new(document, "", &mut problems) {
            check_message(message, &mut problems);
        }
        if let Some(problem) = problems.first() {
            return REQUEST.reply(&problem.sentence());
        }
        let to = document["to"].as_str().unwrap_or_default();
        if let Some(failure) = Failure::forced_by(to) {
            return failure.reply(failure.title);
        }
        let id = numbers.next().to_string();
        let callbacks = match &*lock(&self.webhook) {
            Some(url) => ["delivered", "read"]
                .map(|state| callback(url, json!({"id": id, "state": state})))
                .to_vec(),
            None => Vec::new(),
        };
        Reply::json(StatusCode::OK, &json!({ "id": id })).accepting(vec![Accepted {
            to: to.to_owned(),
            id,
            body: document.clone(),
            callbacks,
        }])
    }

    fn set_webhook(&self, document: &Value) -> Reply {
        let mut problems = Problems::new();
        let request = Object::new(document, "", &mut problems);
        let url = request.and_then(|request| read_url(request, &mut problems));
        match (url, problems.first()) {
            (Some(url), None) => {
                *lock(&self.webhook) = Some(url);
                Reply::json(StatusCode::OK, &json!({}))
            }
            (_, problem) => {
                let words = problem.map(Problem::sentence);
                REQUEST.reply(&words.unwrap_or_default())
            }
        }
    }
}

impl Gateway for Sample {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        match (method, path.strip_prefix(BASE_PATH)?) {
            (&Method::POST, "/messages") => Some(CallKind::Send),
            (&Method::POST, "/webhook") => Some(CallKind::Other),
            _ => None,
        }
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        if call.header("X-Token") != Some(TOKEN) {
            let body = REQUEST.body("the token is wrong");
            return Reply::json(StatusCode::UNAUTHORIZED, &body);
        }
        match call.json() {
            Ok(document) if call.path.ends_with("/messages") => self.send(&document, call.numbers),
            Ok(document) => self.set_webhook(&document),
            Err(problem) => REQUEST.reply(&problem),
        }
    }

    fn recipients(&self) -> Vec<MagicRecipient> {
        let rows = FAILURES.iter().map(|failure| {
            let to = Series::Answer.number(failure.code);
            let code = failure.code.to_string();
            MagicRecipient {
                http_status: Some(failure.status.as_u16()),
                ..MagicRecipient::new(ID, to, Place::Answer, code, failure.title)
            }
        });
        rows.collect()
    }

    fn rate_limited(&self) -> Value {
        TOO_MANY.body(TOO_MANY.title)
    }

    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String> {
        let configured = lock(&self.webhook).clone();
        let url = url.map(str::to_owned).or(configured);
        let url = url.ok_or("url is required: POST /webhook set no webhook yet")?;
        let Content::Text(text) = &message.content else {
            return Err(message.content.not_told_by(ID));
        };
        let id = numbers.next().to_string();
        let body = json!({"from": message.envelope.from, "text": text.body(), "id": id});
        Ok(callback(&url, body))
    }
}

fn callback(url: &str, body: Value) -> Callback {
    Callback {
        gateway: ID,
        url: url.to_owned(),
        headers: Vec::new(),
        body,
        joins: false,
    }
}

fn check_message(mut message: Object<'_>, problems: &mut Problems) {
    let to = message.string("to", Need::Required, &ANY_LENGTH, problems);
    if to.is_some_and(|to| !is_international_number(to)) {
        let words = "must be the digits of an international number";
        note(problems, Rule::Invalid, "to", words);
    }
    message.string("text", Need::Required, &(1..=500), problems);
    message.string("reference", Need::Optional, &NOT_EMPTY, problems);
    message.finish(problems);
}

fn read_url(mut request: Object<'_>, problems: &mut Problems) -> Option<String> {
    let url = request.string("url", Need::Required, &ANY_LENGTH, problems)?;
    if !is_web_address(url) {
        let words = "must be an address with the scheme http or https";
        note(problems, Rule::Invalid, "url", words);
    }
    request.finish(problems);
    Some(url.to_owned())
}

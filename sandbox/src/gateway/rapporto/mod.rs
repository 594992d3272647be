//! Rapporto, REST: one call, credentials in the body, a status for each number of `status`.

mod message;

use std::collections::HashMap;
use std::sync::Mutex;

use http::{Method, StatusCode};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use serde_json::{Value, json};

use super::{
    Accepted, Call, CallKind, Callback, Gateway, IncomingText, LOGIN, Numbers, Reply,
    UNAVAILABLE_SENDER,
};
use crate::Options;
use crate::check::{Object, Problem, Problems};
use crate::lock;

const ID: &str = "rapporto";
/// A partner's address ends with the partner's login.
const BASE_PATH: &str = "/rapporto/sandbox";

/// A row of the page's table of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    TooManyConnections,
    InvalidRequest,
    InvalidLogin,
    InvalidPassword,
    ServiceNumber,
    DestinationAddress,
    MessageType,
    TimeToLive,
}

impl Refusal {
    fn row(self) -> (u32, &'static str, StatusCode) {
        match self {
            Self::TooManyConnections => (3, "Too many connections", StatusCode::TOO_MANY_REQUESTS),
            Self::InvalidRequest => (4, "Invalid request", StatusCode::BAD_REQUEST),
            Self::InvalidLogin => (5, "Invalid login", StatusCode::UNAUTHORIZED),
            Self::InvalidPassword => (6, "Invalid password", StatusCode::UNAUTHORIZED),
            Self::ServiceNumber => (7, "serviceNumber is not defined", StatusCode::BAD_REQUEST),
            Self::DestinationAddress => (8, "destAddr is not correct", StatusCode::NOT_ACCEPTABLE),
            Self::MessageType => (9, "Message type is not correct", StatusCode::NOT_ACCEPTABLE),
            Self::TimeToLive => (11, "Invalid TTL", StatusCode::NOT_ACCEPTABLE),
        }
    }

    fn body(self, extended: Option<&str>) -> Value {
        let (code, description, _) = self.row();
        let mut body = json!({"error": {"code": code, "description": description}});
        if let Some(extended) = extended {
            body["extendedDescription"] = extended.into();
        }
        body
    }

    fn reply(self, extended: Option<&str>) -> Reply {
        Reply::json(self.row().2, &self.body(extended))
    }

    /// The row for a problem at a wire path.
    fn of(problem: &Problem) -> Self {
        let path = problem.path.as_str();
        if path.ends_with("message.type") {
            Self::MessageType
        } else if path.ends_with("data.ttl") {
            Self::TimeToLive
        } else if path == "destAddr" {
            Self::DestinationAddress
        } else {
            Self::InvalidRequest
        }
    }
}

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
            callbacks: reports(document, &number),
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
        self.accept(&document, call.numbers)
    }

    fn rate_limited(&self) -> Value {
        Refusal::TooManyConnections.body(None)
    }

    fn incoming(&self, text: &IncomingText, numbers: &Numbers) -> Result<Callback, String> {
        let url = text.url.clone().ok_or(
            "url is required: Rapporto posts incoming messages to an address set during integration",
        )?;
        Ok(Callback {
            gateway: ID,
            url,
            headers: Vec::new(),
            body: json!({
                "transactionId": numbers.next().to_string(),
                "destAddr": text.to.as_deref().unwrap_or("Sandbox"),
                "sourceAddr": text.from,
                "type": "WHATSAPP",
                "message": text.text,
                "partCount": 1,
                "receivedDate": moscow_time(),
            }),
        })
    }
}

/// The delivery reports that `registeredDelivery` asks for: handed to the operator (0), delivered (2), read (9).
fn reports(document: &Value, number: &str) -> Vec<Callback> {
    let wants_all = document
        .get("registeredDelivery")
        .and_then(Value::as_i64)
        .is_none_or(|wish| wish == 1);
    let Some(url) = document.get("notifyUrl").and_then(Value::as_str) else {
        return Vec::new();
    };
    if !wants_all {
        // 0 asks for nothing, and 2 for a failed delivery, which does not happen here.
        return Vec::new();
    }
    // The page calls the parameter a host name; addresses are what clients send.
    let url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    let report = |status: u32| {
        let at = moscow_time();
        let mut body = json!({
            "mtNum": number,
            "status": status,
            "type": "WHATSAPP",
            "doneDate": at,
            "submitDate": at,
            "destAddr": document["destAddr"],
            "sourceAddr": document.pointer("/message/data/serviceNumber").unwrap_or(&Value::Null),
            "text": document.pointer("/message/data/instantContent/data/text").unwrap_or(&Value::Null),
            "partCount": "001",
            "errorCode": "0",
            "mccMnc": "25012",
            "trafficType": 1,
        });
        if let Some(members) = body.as_object_mut() {
            if let Some(id) = document.get("id") {
                members.insert("id".to_owned(), id.clone());
            }
            members.retain(|_, value| !value.is_null());
        }
        Callback {
            gateway: ID,
            url: url.clone(),
            headers: Vec::new(),
            body,
        }
    };
    [0, 2, 9].map(report).into()
}

/// The present as the vendor writes it: UTC+3, the offset without a colon.
fn moscow_time() -> String {
    Timestamp::now()
        .to_zoned(TimeZone::fixed(offset(3)))
        .strftime("%Y-%m-%dT%H:%M:%S%z")
        .to_string()
}

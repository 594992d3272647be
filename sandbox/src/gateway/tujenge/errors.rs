//! The two shapes of a refusal: the upstream's `errors`, and the host's own `meta`.

use http::StatusCode;
use serde_json::{Value, json};

use super::codes::Code;
use crate::check::{Problem, Problems, Rule};
use crate::gateway::Reply;
use crate::gateway::business::{ENCODED_TWICE, UNKNOWN_MEDIA};

/// The `meta` of the upstream's answers.
pub(super) fn meta() -> Value {
    json!({"version": "2.45.2", "api_status": "stable"})
}

/// The refusal that a recipient forces upon the upstream.
pub(super) fn refuse_with(code: Code) -> Reply {
    let error = json!({"code": code.number, "title": code.title});
    Reply::json(code.status(), &json!({"meta": meta(), "errors": [error]}))
}

/// The upstream's refusal for one reason.
pub(super) fn refuse(number: u32, details: impl Into<String>) -> Reply {
    let code = Code::numbered(number);
    let error = json!({
        "code": number,
        "title": code.map_or("", |code| code.title),
        "details": details.into(),
    });
    let status = code.map_or(StatusCode::BAD_REQUEST, Code::status);
    Reply::json(status, &json!({"meta": meta(), "errors": [error]}))
}

/// The refusal that a recipient forces upon the host. A 50X has no details and always says 500. A near-identical host
/// spells its members in camel case, and its refusal of a key says 404 (Tujenge, Webhooks, Response 40X and 50X).
pub(super) fn refuse_at_host(status: StatusCode, title: &str, camel_case: bool) -> Reply {
    let stated = match status.as_u16() {
        500.. => 500,
        401 if camel_case => 404,
        other => other,
    };
    let (code_name, message_name) = if camel_case {
        ("httpCode", "developerMessage")
    } else {
        ("http_code", "developer_message")
    };
    let mut meta = json!({"success": false, code_name: stated, message_name: title});
    if status.is_client_error() {
        meta["details"] = json!([]);
    }
    Reply::json(status, &json!({ "meta": meta }))
}

/// The host's own refusal.
pub(super) fn refuse_call(status: StatusCode, message: &str, problems: &Problems) -> Reply {
    let details: Vec<String> = problems.iter().map(Problem::sentence).collect();
    Reply::json(
        status,
        &json!({
            "meta": {
                "success": false,
                "http_code": status.as_u16(),
                "developer_message": message,
                "details": details,
            },
        }),
    )
}

/// The upstream's refusal of a document: one error for each problem, the status of the first.
pub(super) fn refuse_message(problems: &Problems) -> Reply {
    let codes = || {
        problems
            .iter()
            .filter_map(|problem| Code::numbered(code_of(problem)))
    };
    let errors: Vec<Value> = codes()
        .zip(problems)
        .map(|(code, problem)| {
            json!({"code": code.number, "title": code.title, "details": problem.sentence()})
        })
        .collect();
    let status = codes().next().map_or(StatusCode::BAD_REQUEST, Code::status);
    Reply::json(status, &json!({"meta": meta(), "errors": errors}))
}

/// The upstream's refusal of one request too many.
pub(super) fn rate_limited() -> Value {
    json!({"meta": meta(), "errors": [{"code": 1015, "title": "Too many requests"}]})
}

/// The code of a problem.
fn code_of(problem: &Problem) -> u32 {
    let path = problem.path.as_str();
    let in_interactive = path.starts_with("interactive.");
    match problem.rule {
        _ if path == "recipient_type" => 1002,
        _ if problem.detail == ENCODED_TWICE => 1014,
        _ if problem.detail == UNKNOWN_MEDIA => 1006,
        Rule::Missing | Rule::TooShort if path == "template.namespace" => 2014,
        Rule::Missing => 1008,
        Rule::Unknown => 1010,
        Rule::TooLong if path == "text.body" => 1001,
        Rule::TooLong if path.starts_with("template.components") => 2004,
        Rule::TooLong if in_interactive => 2017,
        Rule::TooMany if in_interactive && path.ends_with("rows") => 2016,
        Rule::TooMany if path.ends_with("sections") => 2015,
        Rule::Invalid if path == "interactive.header.type" => 2036,
        // Tujenge, Messages Error scenarios: 400 where a Boolean or a String has another type.
        Rule::WrongType => 400,
        _ => 1009,
    }
}

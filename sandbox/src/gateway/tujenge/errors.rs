//! The two shapes of a refusal: the upstream's `errors`, and the host's own `meta`.

use http::StatusCode;
use serde_json::{Value, json};

use crate::check::{Problem, Problems, Rule};
use crate::gateway::Reply;

/// The `meta` of the upstream's answers.
pub(super) fn meta() -> Value {
    json!({"version": "2.45.2", "api_status": "stable"})
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

/// The upstream's refusal of a message: one error for each problem, the status of the first.
pub(super) fn refuse_message(problems: &Problems) -> Reply {
    let errors: Vec<Value> = problems
        .iter()
        .map(|problem| {
            let (code, title, _) = code_of(problem);
            json!({"code": code, "title": title, "details": problem.sentence()})
        })
        .collect();
    let status = problems
        .first()
        .map_or(StatusCode::BAD_REQUEST, |problem| code_of(problem).2);
    Reply::json(status, &json!({"meta": meta(), "errors": errors}))
}

/// The upstream's refusal of one request too many.
pub(super) fn rate_limited() -> Value {
    json!({"meta": meta(), "errors": [{"code": 1015, "title": "Too many requests"}]})
}

/// Code, title and HTTP status.
fn code_of(problem: &Problem) -> (u32, &'static str, StatusCode) {
    let path = problem.path.as_str();
    let in_interactive = path.starts_with("interactive.");
    let (code, title) = match problem.rule {
        _ if path == "recipient_type" => (1002, "Recipient type is not valid"),
        _ if problem.detail == super::message::ENCODED_TWICE => {
            let title = "Internal error";
            return (1014, title, StatusCode::INTERNAL_SERVER_ERROR);
        }
        Rule::Missing | Rule::TooShort if path == "template.namespace" => {
            (2014, "Namespace is empty")
        }
        Rule::Missing => (1008, "Required parameter is missing"),
        Rule::Unknown => (1010, "Parameter is not required"),
        Rule::TooLong if path == "text.body" => (1001, "Message too long"),
        Rule::TooLong if path.starts_with("template.components") => (2004, "Parameter too long"),
        Rule::TooLong if in_interactive => (2017, "Wrong number of characters"),
        Rule::TooMany if in_interactive && path.ends_with("rows") => (2016, "Wrong number of rows"),
        Rule::TooMany if path.ends_with("sections") => (2015, "Wrong number of sections"),
        Rule::Invalid if path == "interactive.header.type" => (2036, "Header structure not valid"),
        // Tujenge, Messages Error scenarios: 400 where a Boolean or a String has another type.
        Rule::WrongType => (400, "Bad Request"),
        _ => (1009, "Parameter value is not valid"),
    };
    (code, title, StatusCode::BAD_REQUEST)
}

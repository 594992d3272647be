//! Devino Telecom: what both of its APIs share.
//!
//! The vendor's pages show the answer to a send call and nothing of an HTTP failure. The bodies of 400, 401 and 429
//! are therefore plain and plausible, not documented.

mod codes;
mod incoming;
mod status;
mod v1;
mod v2;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode, header};
use serde_json::{Value, json};

pub(super) use v1::V1;
pub(super) use v2::V2;

use super::{Accepted, Call, CallKind, KEY, LOGIN, Numbers, Reply, UNAVAILABLE_SENDER};
use crate::check::{
    ANY_LENGTH, Need, Object, Problem, Problems, Rule, check_length, check_web_address, note,
};
use crate::form::is_international_number;

/// Both APIs stand on one host, told apart by their paths.
const BASE_PATH: &str = "/devino";

/// The page publishes no maximum of the `messages` array; an older product of the vendor takes 100.
const MOST_MESSAGES: usize = 100;

/// A message's outcome: its place in the answer, and the message if it was accepted.
type Outcome = (Value, Option<Accepted>);

fn recognise(method: &Method, path: &str, calls: &[&str]) -> Option<CallKind> {
    let call = path.strip_prefix(BASE_PATH)?;
    (method == Method::POST && calls.contains(&call)).then_some(CallKind::Send)
}

/// Whether the header `Authorization` bears the key, or the login and the password. `X-Api-Key` stands in samples
/// without a word about it, so that any value, or none, will do.
fn is_authorised(call: &Call<'_>) -> bool {
    let Some((scheme, credentials)) = call
        .header(header::AUTHORIZATION.as_str())
        .and_then(|value| value.split_once(' '))
    else {
        return false;
    };
    match scheme {
        "Key" => credentials == KEY,
        "Basic" => STANDARD
            .decode(credentials)
            .is_ok_and(|pair| pair == format!("{LOGIN}:{LOGIN}").into_bytes()),
        _ => false,
    }
}

fn unauthorised() -> Reply {
    Reply::json(
        StatusCode::UNAUTHORIZED,
        &json!({"code": "UNAUTHORIZED", "description": "the key, or the login and password, are wrong"}),
    )
}

fn rate_limited() -> Value {
    json!({"code": "TOO_MANY_REQUESTS", "description": "too many requests; wait and try again"})
}

/// Checks the credentials, reads the body, and answers with `outcomes` of its document.
fn answer(call: &Call<'_>, outcomes: impl FnOnce(&Value) -> Vec<Outcome>) -> Reply {
    if !is_authorised(call) {
        return unauthorised();
    }
    let document = match call.json() {
        Ok(document) => document,
        Err(problem) => {
            return Reply::json(
                StatusCode::BAD_REQUEST,
                &json!({"result": [rejected(&[("invalid", None)], &problem)]}),
            );
        }
    };
    let (results, accepted): (Vec<Value>, Vec<Option<Accepted>>) =
        outcomes(&document).into_iter().unzip();
    Reply::json(StatusCode::OK, &json!({ "result": results }))
        .accepting(accepted.into_iter().flatten().collect())
}

/// The outcomes of `{"messages": […]}`.
fn batch(document: &Value, one: impl Fn(&Value, usize) -> Outcome) -> Vec<Outcome> {
    let mut problems = Problems::new();
    let messages = Object::new(document, "", &mut problems).map(|mut wrapper| {
        let messages = wrapper.array("messages", Need::Required, MOST_MESSAGES, &mut problems);
        wrapper.finish(&mut problems);
        messages
    });
    match messages {
        Some(messages) if problems.is_empty() => {
            if let Some(reason) = messages.iter().find_map(|(_, message)| {
                let to = message.get("to").and_then(Value::as_str)?;
                codes::reason_for(to).filter(|reason| reason.concerns_the_array())
            }) {
                let reasons = [(reason.key, reason.reference_at(0))];
                return vec![(rejected(&reasons, reason.title), None)];
            }
            messages
                .into_iter()
                .enumerate()
                .map(|(index, (_, message))| one(message, index))
                .collect()
        }
        _ => {
            let reasons: Vec<_> = problems
                .iter()
                .map(|problem| {
                    let key = match problem.rule {
                        Rule::TooMany => "too.many.messages",
                        other => key_of(other),
                    };
                    let reference = (!problem.path.is_empty()).then(|| problem.path.clone());
                    (key, reference)
                })
                .collect();
            vec![(rejected(&reasons, &description(&problems)), None)]
        }
    }
}

/// The outcome of one message at `index`, with the problems found and the references that the page gives them.
fn outcome(
    message: &Value,
    index: usize,
    problems: &Problems,
    reference: impl Fn(&Problem) -> String,
    gateway: &'static str,
    numbers: &Numbers,
) -> Outcome {
    let text = |name: &str| message.get(name).and_then(Value::as_str);
    if !problems.is_empty() {
        let reasons: Vec<_> = problems
            .iter()
            .map(|problem| {
                let below = reference(problem);
                let separator = if below.is_empty() { "" } else { "." };
                let whole = format!("messages[{index}]{separator}{below}");
                (key_of(problem.rule), Some(whole))
            })
            .collect();
        return (rejected(&reasons, &description(problems)), None);
    }
    if text("from") == Some(UNAVAILABLE_SENDER) {
        let reasons = [("not.available", Some(format!("messages[{index}].from")))];
        let description = "the sender is not enabled for the account";
        return (rejected(&reasons, description), None);
    }
    let to = text("to").unwrap_or_default();
    if let Some(reason) = codes::reason_for(to) {
        let reasons = [(reason.key, reason.reference_at(index))];
        return (rejected(&reasons, reason.title), None);
    }
    let id = numbers.next();
    let accepted = Accepted {
        id: id.to_string(),
        to: to.to_owned(),
        body: message.clone(),
        callbacks: status::callbacks(message, id, gateway),
    };
    (
        json!({"code": "OK", "messageId": id.to_string()}),
        Some(accepted),
    )
}

fn rejected(reasons: &[(&str, Option<String>)], description: &str) -> Value {
    let reasons: Vec<Value> = reasons
        .iter()
        .map(|(key, reference)| match reference {
            Some(reference) => json!({"key": key, "ref": reference}),
            None => json!({"key": key}),
        })
        .collect();
    json!({"code": "REJECTED", "reasons": reasons, "description": description})
}

fn description(problems: &Problems) -> String {
    let sentences: Vec<String> = problems.iter().map(Problem::sentence).collect();
    sentences.join("; ")
}

fn key_of(rule: Rule) -> &'static str {
    match rule {
        Rule::Missing => "must.be.not.null",
        Rule::TooLong => "length.too.long",
        Rule::TooShort => "length.too.short",
        Rule::WrongType | Rule::Invalid | Rule::TooMany | Rule::NotUnique | Rule::Unknown => {
            "invalid"
        }
    }
}

/// The members that messages of both APIs have.
fn check_envelope(message: &mut Object<'_>, problems: &mut Problems) {
    required_text(message, "from", problems);
    if let Some(to) = required_text(message, "to", problems) {
        let before = problems.len();
        check_length(to, &(0..=15), "to", problems);
        if problems.len() == before && !is_international_number(to) {
            note(
                problems,
                Rule::Invalid,
                "to",
                "must be a number in international format, digits alone",
            );
        }
    }
    check_address(message, "callbackUrl", problems);
    message.string("callbackData", Need::Optional, &ANY_LENGTH, problems);
}

/// A required text. The page knows no sender and no recipient that is too short: an empty one is none.
fn required_text<'a>(
    message: &mut Object<'a>,
    name: &'static str,
    problems: &mut Problems,
) -> Option<&'a str> {
    let text = message.string(name, Need::Required, &ANY_LENGTH, problems)?;
    if text.is_empty() {
        note(problems, Rule::Missing, name, "is required");
        return None;
    }
    Some(text)
}

/// An optional member that is an address.
fn check_address(message: &mut Object<'_>, name: &'static str, problems: &mut Problems) {
    if let Some(address) = message.string(name, Need::Optional, &ANY_LENGTH, problems) {
        check_web_address(address, name, problems);
    }
}

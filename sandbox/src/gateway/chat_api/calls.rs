//! The calls that do not send.

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::groups::{self, Change};
use super::query::Query;
use super::send::{CHAT_OR_PHONE, read_chat};
use super::state::State;
use super::{codes, qr, settings};
use crate::check::{Object, Problem, Problems};
use crate::faults::FaultKind;
use crate::form::is_international_number;
use crate::gateway::{Call, CallKind, Reply, ReplyBody};

/// Answers the call.
pub(super) fn answer(state: &mut State, call: &Call<'_>, name: &str) -> Reply {
    let outcome = match (call.method, name) {
        (&Method::GET, "qr_code") => match image(state, call) {
            Ok(image) => {
                return Reply::file("image/png", ReplyBody::Bytes(image.into()));
            }
            Err(problem) => Some(Err(problem)),
        },
        _ if call.kind == CallKind::List => Some(list(state, call, name)),
        (&Method::GET, _) => get(state, call, name),
        (&Method::POST, _) => post(state, call, name),
        _ => None,
    };
    match outcome {
        Some(Ok(answer)) => Reply::json(StatusCode::OK, &answer),
        Some(Err(problem)) => Reply::json(StatusCode::OK, &failure(name, &problem)),
        None => Reply::json(
            StatusCode::NOT_FOUND,
            &json!({"error": "the sandbox does not serve this method"}),
        ),
    }
}

/// How the method tells that it failed.
fn failure(name: &str, problem: &str) -> Value {
    match name {
        "group" => json!({"created": false, "message": problem}),
        "readChat" => json!({"read": false, "message": problem}),
        _ if Change::of(name).is_some() => json!({"add": false, "message": problem}),
        _ => json!({ "error": problem }),
    }
}

/// The calls that ask; `None` where there is no such method.
fn get(state: &mut State, call: &Call<'_>, name: &str) -> Option<Result<Value, String>> {
    let query = Query::new(&call.query);
    Some(match name {
        "status" => status(state, query),
        "instanceStatuses" => state.account.history(query),
        "webhookStatus" => state.store.webhook_status(query),
        "checkPhone" => check_phone(query),
        // Older clients clear with GET.
        "clearMessagesQueue" => query.finish().map(|()| state.queues.clear_messages()),
        "clearActionsQueue" => query.finish().map(|()| state.queues.clear_actions()),
        _ => {
            let answer = match name {
                "dialogs" => groups::dialogs(&state.groups, &state.store),
                "settings" => Value::Object(state.settings.clone()),
                "webhook" => {
                    let url = state.webhook_url();
                    json!({"set": url.is_some(), "webhookUrl": url.unwrap_or_default()})
                }
                "banSettings" => state.ban.show(false),
                "showMessagesQueue" => state.queues.show_messages(),
                "showActionsQueue" => state.queues.show_actions(),
                _ => return None,
            };
            query.finish().map(|()| answer)
        }
    })
}

/// The calls that do something; `None` where there is no such method.
fn post(state: &mut State, call: &Call<'_>, name: &str) -> Option<Result<Value, String>> {
    if let Err(problem) = Query::new(&call.query).finish() {
        return Some(Err(problem));
    }
    let answer = match name {
        "logout" => json!({"result": "Logout request sent to WhatsApp"}),
        "takeover" => json!({"accountStatus": "Takeover request sent to WhatsApp"}),
        "expiry" => json!({"accountStatus": "Expiry request sent to WhatsApp"}),
        "retry" => json!({"accountStatus": "Retry request sent to WhatsApp"}),
        "reboot" => json!({"success": true}),
        "clearMessagesQueue" => return Some(Ok(state.queues.clear_messages())),
        "clearActionsQueue" => return Some(Ok(state.queues.clear_actions())),
        "webhook" | "settings" | "banSettings" | "banTest" | "readChat" => {
            return Some(with_document(call, |request, problems| {
                Ok(match name {
                    "webhook" => settings::set_webhook(&mut state.settings, request, problems),
                    "settings" => settings::set(&mut state.settings, request, problems),
                    "banSettings" => state.ban.set(request, problems),
                    "banTest" => state.ban.test(request, problems),
                    _ => return read(state, request, problems),
                })
            }));
        }
        _ => return act(state, call, name),
    };
    if let Some(condition) = state.account.after(name) {
        state.enter(condition);
    }
    Some(Ok(answer))
}

/// The calls that act in groups.
fn act(state: &mut State, call: &Call<'_>, name: &str) -> Option<Result<Value, String>> {
    let change = Change::of(name);
    if change.is_none() && name != "group" {
        return None;
    }
    Some(with_document(call, |request, problems| {
        let action = match change {
            None => groups::read_group(request, call.numbers.next(), problems),
            Some(change) => groups::read_change(change, request, problems),
        };
        match action {
            Some(action) if problems.is_empty() => state.act(action),
            _ => Ok(Value::Null),
        }
    }))
}

/// Reads the document and hands it on; a problem that is noted on the way is the answer.
fn with_document(
    call: &Call<'_>,
    read: impl FnOnce(Object<'_>, &mut Problems) -> Result<Value, String>,
) -> Result<Value, String> {
    let document = call.json()?;
    let mut problems = Problems::new();
    let answer = match Object::new(&document, "", &mut problems) {
        Some(request) => read(request, &mut problems),
        None => Ok(Value::Null),
    };
    match problems.first() {
        Some(problem) => Err(Problem::sentence(problem)),
        None => answer,
    }
}

/// `GET /status`. It wakes a sleeping instance up: the answer is from before.
fn status(state: &mut State, mut query: Query<'_>) -> Result<Value, String> {
    let is_full = query.flag("full");
    let stays = query.flag("no_wakeup");
    query.finish()?;
    let answer = told_status(state, is_full)?;
    if let Some(condition) = state.account.woken().filter(|_| !stays) {
        state.enter(condition);
    }
    Ok(answer)
}

/// The status, with the QR code while there is one.
pub(super) fn told_status(state: &mut State, is_full: bool) -> Result<Value, String> {
    let mut answer = json!({"accountStatus": state.account.condition().status});
    if let Ok(code) = state.account.code(Instant::now()) {
        let image = STANDARD.encode(qr::image(code)?);
        answer["qrCode"] = format!("data:image/png;base64,{image}").into();
    }
    if is_full {
        answer["statusData"] = state.account.details();
    }
    Ok(answer)
}

/// `GET /qr_code`.
fn image(state: &mut State, call: &Call<'_>) -> Result<Vec<u8>, String> {
    Query::new(&call.query).finish()?;
    qr::image(state.account.code(Instant::now())?)
}

/// The calls that list messages. A fault gives the list before this one again, or an empty one.
fn list(state: &mut State, call: &Call<'_>, name: &str) -> Result<Value, String> {
    let query = Query::new(&call.query);
    let mut page = if name == "messages" {
        state.store.list(query)?
    } else {
        state.store.history(query)?
    };
    match call.page_fault {
        Some(FaultKind::RepeatedPage) => {
            if let Some(before) = &state.last_page {
                return Ok(before.clone());
            }
        }
        Some(FaultKind::EmptyPage) => {
            page["messages"] = json!([]);
            if name == "messages" {
                let asked = call.query.get("lastMessageNumber");
                let asked = asked.and_then(|number| number.parse::<u64>().ok());
                page["lastMessageNumber"] = asked.unwrap_or(0).into();
            }
            return Ok(page);
        }
        _ => {}
    }
    state.last_page = Some(page.clone());
    Ok(page)
}

/// `POST /readChat`.
fn read(state: &State, mut request: Object<'_>, problems: &mut Problems) -> Result<Value, String> {
    let chat = read_chat(&mut request, CHAT_OR_PHONE, problems);
    request.finish(problems);
    match chat {
        Some(chat) if state.knows_chat(&chat) => {
            Ok(json!({"read": true, "message": "The chat was read", "chatId": chat}))
        }
        _ => Err("there is no such chat".to_owned()),
    }
}

/// `GET /checkPhone`.
fn check_phone(mut query: Query<'_>) -> Result<Value, String> {
    let phone = query.required("phone");
    if !phone.is_empty() && !is_international_number(phone) {
        query.refuse("phone", "must be digits that begin with the country code");
    }
    query.finish()?;
    let result = if codes::is_on_whatsapp(phone) {
        "exists"
    } else {
        "not exists"
    };
    Ok(json!({ "result": result }))
}

//! The sandbox's own routes for the instance: what a phone and a network would do.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ID;
use super::account::{Condition, Reason, Status, Substatus};
use super::calls::told_status;
use super::state::State;
use crate::gateway::Reply;

/// The routes below `/_sandbox`.
pub(super) const ROUTES: [&str; 2] = ["POST /_sandbox/scan", "POST /_sandbox/instance"];

/// The most numbers that one call leaves out.
const MOST_SKIPPED: u32 = 1_000_000;

/// The body of `POST /_sandbox/instance`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    gateway: Option<String>,
    status: Option<Status>,
    substatus: Option<Substatus>,
    reason: Option<Reason>,
    #[serde(default)]
    skip_numbers: u32,
}

/// Answers a call; `None` where there is no such route.
pub(super) fn answer(
    state: &mut State,
    method: &Method,
    route: &str,
    body: &[u8],
) -> Option<Reply> {
    let outcome = match (method, route) {
        (&Method::POST, "/scan") => scan(state),
        (&Method::POST, "/instance") => change(state, body),
        _ => return None,
    };
    Some(match outcome {
        Ok(answer) => Reply::json(StatusCode::OK, &answer),
        Err((status, problem)) => Reply::json(status, &json!({ "error": problem })),
    })
}

/// The phone scans the QR code.
fn scan(state: &mut State) -> Result<Value, (StatusCode, String)> {
    let now = std::time::Instant::now();
    if let Err(problem) = state.account.code(now) {
        return Err((StatusCode::CONFLICT, problem));
    }
    state.enter(Condition::usual(Status::Authenticated));
    told_status(state, true).map_err(broken)
}

fn change(state: &mut State, body: &[u8]) -> Result<Value, (StatusCode, String)> {
    let bad = |problem: String| (StatusCode::BAD_REQUEST, problem);
    let change: Change = serde_json::from_slice(body)
        .map_err(|error| bad(format!("the body cannot be read: {error}")))?;
    if change.gateway.is_some_and(|gateway| gateway != ID) {
        return Err(bad(format!("gateway: must be {ID}")));
    }
    if change.skip_numbers > MOST_SKIPPED {
        return Err(bad(format!("skip_numbers: must be at most {MOST_SKIPPED}")));
    }
    let mut condition = match change.status {
        Some(status) => Condition::usual(status),
        None => state.account.condition(),
    };
    if let Some(substatus) = change.substatus {
        condition.substatus = substatus;
    }
    if let Some(reason) = change.reason {
        if condition.status != Status::Loading {
            return Err(bad("reason: belongs to the status loading".to_owned()));
        }
        condition.reason = Some(reason);
    }
    if condition != state.account.condition() {
        state.enter(condition);
    }
    state.store.skip(change.skip_numbers);
    told_status(state, true).map_err(broken)
}

fn broken(problem: String) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, problem)
}

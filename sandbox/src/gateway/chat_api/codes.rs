//! chat-api's failures. It has no codes: a failure is told by the HTTP status 401, or by a member of an answer with
//! HTTP 200, whose name stands for the code.

use http::StatusCode;
use serde_json::json;

use super::ID;
use crate::gateway::Reply;
use crate::recipient::{MagicRecipient, Place, Series, magic};

/// The last digits of the magic recipient, the code, the HTTP status and what it means.
const FAILURES: [(u32, &str, u16, &str); 4] = [
    (401, "401", 401, "the token is wrong"),
    (1, "sent", 200, "the message was not sent"),
    (2, "error", 200, "an error in place of an answer"),
    (3, "result", 200, "the result is failed"),
];

/// The copy of an outgoing message.
const COPY: u32 = 1;

/// Not a number of WhatsApp.
const NOT_EXISTING: u32 = 2;

/// The answer to a wrong token or instance.
pub(super) fn unauthorised() -> Reply {
    Reply::json(
        StatusCode::UNAUTHORIZED,
        &json!({"error": "the instance or the token is wrong"}),
    )
}

/// The refusal that a recipient forces.
pub(super) fn refusal_for(chat: &str) -> Option<Reply> {
    let (Series::Answer, serial) = magic(chat)? else {
        return None;
    };
    let (status, body) = match serial {
        401 => return Some(unauthorised()),
        1 => (
            StatusCode::OK,
            json!({"sent": false, "message": "The message was not sent"}),
        ),
        2 => (
            StatusCode::OK,
            json!({"error": "The instance cannot send now"}),
        ),
        3 => (
            StatusCode::OK,
            json!({"result": "failed", "message": "The message was not sent"}),
        ),
        _ => return None,
    };
    Some(Reply::json(status, &body))
}

/// Whether the webhook gets a copy of the message that goes to this chat.
pub(super) fn wants_copy(chat: &str) -> bool {
    magic(chat) == Some((Series::Outcome, COPY))
}

/// Whether somebody with this number or chat uses WhatsApp.
pub(super) fn is_on_whatsapp(to: &str) -> bool {
    magic(to) != Some((Series::Outcome, NOT_EXISTING))
}

/// All magic recipients.
pub(super) fn recipients() -> Vec<MagicRecipient> {
    let failures = FAILURES
        .iter()
        .map(|(serial, code, status, title)| MagicRecipient {
            http_status: Some(*status),
            ..MagicRecipient::new(
                ID,
                Series::Answer.number(*serial),
                Place::Answer,
                *code,
                title,
            )
        });
    let copy = MagicRecipient::new(
        ID,
        Series::Outcome.number(COPY),
        Place::Outcome,
        "copy",
        "the webhook gets a copy of the message, then the acknowledgements",
    );
    let not_existing = MagicRecipient::new(
        ID,
        Series::Outcome.number(NOT_EXISTING),
        Place::Outcome,
        "not exists",
        "checkPhone does not find it, and no group takes it in",
    );
    failures.chain([copy, not_existing]).collect()
}

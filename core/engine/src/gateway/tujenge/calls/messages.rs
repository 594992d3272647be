//! What is said of messages that came in.
//!
//! Source: Meta, "WhatsApp On-Premises API", Messages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::body_rules;
use crate::call::{Call, CallRequest, acknowledged};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// Marks an incoming message as read, and those before it: the sender sees two blue ticks.
///
/// It can be done within 30 days.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::MarkAsRead};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = MarkAsRead { message_id: "gBEGkYiEB1VXAglK1Z".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "PUT");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkAsRead {
    /// The id of the message, as its event has it.
    pub message_id: String,
}

impl Call for MarkAsRead {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "mark_as_read";
    const RULES: Option<&'static CallRules> = body_rules!("mark_as_read");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::put("/v1/messages")
            .segment("message_id", &self.message_id)
            .json(Payload::record([Member::new("status", "read")]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

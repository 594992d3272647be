//! The messages that the gateway keeps: those that came in, and those that went out.
//!
//! Source: chat-api, "The REST API", messages; the `OpenAPI` description of its later clients, messages; public clients
//! of later years, messagesHistory.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest};
use crate::error::Error;
use crate::event::{Event, count};
use crate::gateway::Answer;
use crate::gateway::chat_api::destination::chat_id_fault;
use crate::gateway::chat_api::{PROFILE, events};
use crate::masked::masked_debug;

/// Gets messages: those that came in, and those that went out. Their files are kept for 30 days.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetMessages};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = GetMessages { last_message_number: Some(99), ..GetMessages::default() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/messages?lastMessageNumber=99&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GetMessages {
    /// The number of a message: those after it are asked for. It is `last_message_number` of the answer before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_number: Option<u64>,
    /// Whether the last 100 messages are asked for; `last_message_number` says nothing then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<bool>,
    /// The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// How many messages there may be in the answer: 100 where this is not given, and all where it is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// A moment, in seconds since 1970 in UTC: messages after it are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_time: Option<u64>,
    /// A moment, in seconds since 1970 in UTC: messages before it are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_time: Option<u64>,
}

masked_debug!(GetMessages);

impl Call for GetMessages {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_messages";

    type Output = MessagePage;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/messages")
            .query("lastMessageNumber", self.last_message_number)
            // It is the parameter's presence that the page speaks of.
            .query("last", self.last.filter(|last| *last))
            .query("chatId", self.chat_id.as_ref())
            .query("limit", self.limit)
            .query("min_time", self.min_time)
            .query("max_time", self.max_time)
            .faults(chat_id_fault("chat_id", self.chat_id.as_deref()))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<MessagePage, Error>> {
        Some(Ok(MessagePage {
            messages: messages(answer)?,
            last_message_number: count(answer.body.get("lastMessageNumber")),
        }))
    }
}

/// Messages of the gateway's list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct MessagePage {
    /// The messages, as a webhook tells them; one that cannot be read is an `error` event.
    pub messages: Vec<Event>,
    /// What to ask for next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_number: Option<u64>,
}

/// Gets messages by pages, from the newest to the oldest.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetMessageHistory};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = GetMessageHistory { page: Some(2), count: Some(50), ..GetMessageHistory::default() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/messagesHistory?page=2&count=50&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GetMessageHistory {
    /// The number of the page; the first, which is asked for where this is not given, is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// How many messages a page has: 100 where this is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
}

masked_debug!(GetMessageHistory);

impl Call for GetMessageHistory {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_message_history";

    type Output = MessageHistory;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/messagesHistory")
            .query("page", self.page)
            .query("count", self.count)
            .query("chatId", self.chat_id.as_ref())
            .faults(chat_id_fault("chat_id", self.chat_id.as_deref()))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<MessageHistory, Error>> {
        Some(Ok(MessageHistory {
            messages: messages(answer)?,
            page: count(answer.body.get("page")),
        }))
    }
}

/// A page of the gateway's messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct MessageHistory {
    /// The messages, as a webhook tells them; one that cannot be read is an `error` event.
    pub messages: Vec<Event>,
    /// The number of the page, where the gateway tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
}

/// The messages of an answer. One without their list says nothing of what there is, whatever number it names. The page's
/// sample has a colon in the member's name.
fn messages(answer: &Answer<'_>) -> Option<Vec<Event>> {
    let mut names = ["messages", "messages:"].into_iter();
    let list = names.find_map(|name| answer.body.get(name).filter(|list| list.is_array()))?;
    Some(events::messages(list))
}

//! What waits to be sent and to be done.
//!
//! Source: chat-api, "The REST API", outbound messages queue; the `OpenAPI` description of its later clients, queues.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bare_call;
use crate::event::{any_moment, as_told, integer, items, nonempty, objects, text_or_number, word};
use crate::gateway::Answer;
use crate::masked::masked_debug;

bare_call! {
    /// Gets the queue of messages that wait to be sent: how many there are, and 100 of them. Those that could not be sent stay
    /// in it, and are tried again.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::ShowMessagesQueue};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &ShowMessagesQueue {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/showMessagesQueue?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    ShowMessagesQueue = "show_messages_queue", get "/showMessagesQueue", messages_queue, MessagesQueue
}

/// The messages that wait to be sent.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct MessagesQueue {
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_messages: Option<i64>,
    /// The first 100.
    pub first100: Vec<QueuedMessage>,
}

/// A message that waits to be sent.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct QueuedMessage {
    /// Its number in the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its text, or what stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The gateway's word for its kind, such as `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_type: Option<String>,
    /// The gateway's id of the chat that it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// When it was last tried: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_try: Option<String>,
    /// What else the gateway says of it, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
}

masked_debug!(MessagesQueue, QueuedMessage);

fn messages_queue(answer: &Answer<'_>) -> Option<MessagesQueue> {
    let body = answer.body.as_object()?;
    Some(MessagesQueue {
        total_messages: integer(body.get("totalMessages")),
        first100: objects(body.get("first100"))
            .map(|item| QueuedMessage {
                id: text_or_number(item.get("id")),
                body: nonempty(item.get("body")),
                message_type: nonempty(item.get("type")),
                chat_id: nonempty(item.get("chatId")),
                last_try: last_try(item),
                metadata: as_told(item.get("metadata")),
            })
            .collect(),
    })
}

bare_call! {
    /// Empties the queue of messages: they will not be sent. It is for when thousands were queued by mistake.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::ClearMessagesQueue};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &ClearMessagesQueue {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/clearMessagesQueue?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    ClearMessagesQueue = "clear_messages_queue", post "/clearMessagesQueue", cleared_messages, ClearedMessages
}

/// The messages that will not be sent.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ClearedMessages {
    /// What the gateway says of it, in words: how many there were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The texts of the first 100.
    pub message_texts_example: Vec<String>,
}

masked_debug!(ClearedMessages);

fn cleared_messages(answer: &Answer<'_>) -> Option<ClearedMessages> {
    let body = answer.body.as_object()?;
    Some(ClearedMessages {
        message: nonempty(body.get("message")),
        message_texts_example: texts(body.get("messageTextsExample")),
    })
}

bare_call! {
    /// Gets the queue of what waits to be done, such as groups to create: how many there are, and 100 of them.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::ShowActionsQueue};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &ShowActionsQueue {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/showActionsQueue?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    ShowActionsQueue = "show_actions_queue", get "/showActionsQueue", actions_queue, ActionsQueue
}

/// What waits to be done.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ActionsQueue {
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_actions: Option<i64>,
    /// The first 100.
    pub first100: Vec<QueuedAction>,
}

/// Something that waits to be done.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct QueuedAction {
    /// Its number in the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is.
    pub action_type: ActionType,
    /// The same in the gateway's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_action_type: Option<String>,
    /// When it was last tried: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_try: Option<String>,
    /// What else the gateway says of it, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json_data: Option<Value>,
}

masked_debug!(ActionsQueue, QueuedAction);

/// What is done besides sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "snake_case"))]
pub enum ActionType {
    /// A group is created.
    #[serde(rename(deserialize = "create group"))]
    CreateGroup,
    /// A person is added to a group.
    #[serde(rename(deserialize = "add group participant"))]
    AddGroupParticipant,
    /// A person is taken out of a group.
    #[serde(rename(deserialize = "remove group participant"))]
    RemoveGroupParticipant,
    /// One of a group's people is made an administrator.
    #[serde(rename(deserialize = "promote group participant"))]
    PromoteGroupParticipant,
    /// An administrator of a group is made one of its people again.
    #[serde(rename(deserialize = "demote group participant"))]
    DemoteGroupParticipant,
    /// A chat is marked as read.
    #[serde(rename(deserialize = "read chat"))]
    ReadChat,
    /// A word that the documentation does not have.
    #[serde(other)]
    Unknown,
}

fn actions_queue(answer: &Answer<'_>) -> Option<ActionsQueue> {
    let body = answer.body.as_object()?;
    Some(ActionsQueue {
        total_actions: integer(body.get("totalActions")),
        first100: objects(body.get("first100"))
            .map(|item| {
                let (action_type, raw_action_type) = word(item.get("type")).unzip();
                QueuedAction {
                    id: text_or_number(item.get("id")),
                    action_type: action_type.unwrap_or(ActionType::Unknown),
                    raw_action_type,
                    last_try: last_try(item),
                    json_data: as_told(item.get("json_data")),
                }
            })
            .collect(),
    })
}

bare_call! {
    /// Empties the queue of what waits to be done: it will not be done.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::ClearActionsQueue};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &ClearActionsQueue {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/clearActionsQueue?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    ClearActionsQueue = "clear_actions_queue", post "/clearActionsQueue", cleared_actions, ClearedActions
}

/// What will not be done.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ClearedActions {
    /// What the gateway says of it, in words: how many there were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The gateway's words for the first 100.
    pub actions_example: Vec<String>,
}

masked_debug!(ClearedActions);

fn cleared_actions(answer: &Answer<'_>) -> Option<ClearedActions> {
    let body = answer.body.as_object()?;
    Some(ClearedActions {
        message: nonempty(body.get("message")),
        actions_example: texts(body.get("actionsExample")),
    })
}

/// The texts of a list.
fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.map(items).unwrap_or_default().iter();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Milliseconds; 0 where it was not tried yet.
fn last_try(item: &Value) -> Option<String> {
    let last_try = item.get("last_try");
    any_moment(last_try).filter(|_| integer(last_try) != Some(0))
}

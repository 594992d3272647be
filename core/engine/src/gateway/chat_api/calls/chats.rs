//! Chats and groups.
//!
//! Source: chat-api, "The REST API", group; the `OpenAPI` description of its later clients, dialogs, group and readChat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::bare_call;
use crate::call::{Call, CallRequest, phone_digits};
use crate::error::Error;
use crate::event::{as_told, nonempty, objects, text_or_number};
use crate::gateway::Answer;
use crate::gateway::chat_api::{PROFILE, call_rules, destination};
use crate::masked::masked_debug;
use crate::message::RecipientType;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

bare_call! {
    /// Gets the list of chats, with their pictures.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::GetDialogs};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &GetDialogs {})?;
    /// assert_eq!(request.method, "GET");
    /// assert!(request.url().contains("/dialogs?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    GetDialogs = "get_dialogs", get "/dialogs", dialogs, Dialogs
}

/// The list of chats.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Dialogs {
    /// The chats.
    pub dialogs: Vec<Dialog>,
}

/// A chat of the list.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Dialog {
    /// The gateway's id of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the person or the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where its picture is: an https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// What else the gateway says of it, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
}

masked_debug!(Dialogs, Dialog);

fn dialogs(answer: &Answer<'_>) -> Option<Dialogs> {
    let dialogs = answer.body.get("dialogs")?;
    Some(Dialogs {
        dialogs: objects(Some(dialogs))
            .map(|dialog| Dialog {
                id: text_or_number(dialog.get("id")),
                name: nonempty(dialog.get("name")),
                image: nonempty(dialog.get("image")),
                metadata: as_told(dialog.get("metadata")),
            })
            .collect(),
    })
}

/// Creates a group, and sends a first message to it. Its people are given either as phone numbers or as ids of chats,
/// without the instance's own. It is queued, and created even if the phone is offline now; where the phone is an iPhone,
/// all of the people must be among its contacts.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::CreateGroup};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = CreateGroup {
///     group_name: "Browsers".into(),
///     phones: Some(vec!["+1 747 282-24-86".into()]),
///     ..CreateGroup::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// let body = br#"{"groupName":"Browsers","phones":["17472822486"]}"#;
/// assert_eq!(request.body.as_bytes(), body);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateGroup {
    /// The group's name.
    pub group_name: String,
    /// The people's phone numbers, in any form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phones: Option<Vec<String>>,
    /// The ids of the people's chats, such as `17633123456@c.us`, in place of their numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_ids: Option<Vec<String>>,
    /// The text of the first message; without it none is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_text: Option<String>,
}

masked_debug!(CreateGroup);

impl Call for CreateGroup {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "create_group";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("group"));

    type Output = QueuedGroup;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let mut violations = Vec::new();
        let phones = self.phones.as_ref().map(|phones| {
            let phones = phones.iter().enumerate();
            let digits = phones.filter_map(|(position, phone)| {
                let path = format!("phones[{position}]");
                phone_digits(&path, phone, region, &mut violations)
            });
            Payload::List(digits.map(|digits| Payload::Text(digits.into())).collect())
        });
        let chat_ids = self.chat_ids.as_deref().map(Payload::texts);
        CallRequest::post("/group")
            .json(Payload::record([
                Member::new("groupName", &self.group_name).at("group_name"),
                Member::new("phones", phones),
                Member::new("chatIds", chat_ids).at("chat_ids"),
                Member::new("messageText", self.message_text.as_ref()).at("message_text"),
            ]))
            .faults(violations)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<QueuedGroup, Error>> {
        let body = answer.body.as_object()?;
        Some(Ok(QueuedGroup {
            chat_id: nonempty(body.get("chatId")),
            group_invite_link: nonempty(body.get("groupInviteLink")),
            message: nonempty(body.get("message")),
        }))
    }
}

/// A group that is being created.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct QueuedGroup {
    /// The gateway's id of the group, where it was created within 20 seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// The link that invites to the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_invite_link: Option<String>,
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

masked_debug!(QueuedGroup);

/// Marks a chat as read: those who wrote see that their messages were read.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::ReadChat};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = ReadChat { to: "+1 747 282-24-86".into(), ..ReadChat::default() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"phone":"17472822486"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadChat {
    /// Whose chat: a phone number in any form, or the id that `recipient_type` says.
    pub to: String,
    /// What `to` is; a phone number where this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_type: Option<RecipientType>,
}

masked_debug!(ReadChat);

impl Call for ReadChat {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "read_chat";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("readChat"));

    type Output = ChatRead;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        destination::call("/readChat", &self.to, self.recipient_type, region, [])
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<ChatRead, Error>> {
        let body = answer.body.as_object()?;
        Some(Ok(ChatRead {
            chat_id: nonempty(body.get("chatId")),
            message: nonempty(body.get("message")),
        }))
    }
}

/// A chat that was marked as read.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ChatRead {
    /// The gateway's id of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<String>,
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

masked_debug!(ChatRead);

//! What is sent beyond messages of the kinds that all gateways have: links with a preview, contacts by their ids, and
//! messages that are passed on.
//!
//! Source: the `OpenAPI` description of chat-api's later clients, sendLink, sendContact and forwardMessage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest};
use crate::error::Error;
use crate::event::{text_or_number, truth};
use crate::gateway::Answer;
use crate::gateway::chat_api::{PROFILE, call_rules, destination};
use crate::masked::masked_debug;
use crate::message::RecipientType;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// Sends a link with a title and a picture. It is queued, and delivered even if the phone is offline now.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::SendLink};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = SendLink {
///     to: "+1 747 282-24-86".into(),
///     link: "https://wikimedia.org".into(),
///     title: "Wikimedia".into(),
///     preview: "data:image/jpeg;base64,/9j/4AAQ".into(),
///     ..SendLink::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/sendLink?"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendLink {
    /// The recipient: a phone number in any form, or the id that `recipient_type` says.
    pub to: String,
    /// What `to` is; a phone number where this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_type: Option<RecipientType>,
    /// An http or https URL.
    pub link: String,
    /// The title under the picture.
    pub title: String,
    /// The picture, as a data URI in base64: `data:image/jpeg;base64,…`.
    pub preview: String,
    /// The text under the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

masked_debug!(SendLink);

impl Call for SendLink {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "send_link";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("sendLink"));

    type Output = AcceptedMessage;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let others = [
            Member::new("body", &self.link).at("link"),
            Member::new("previewBase64", &self.preview).at("preview"),
            Member::new("title", &self.title),
            Member::new("description", self.description.as_ref()),
        ];
        destination::call("/sendLink", &self.to, self.recipient_type, region, others)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<AcceptedMessage, Error>> {
        accepted(answer).map(Ok)
    }
}

/// Sends contacts by the ids of their chats. They are queued, and delivered even if the phone is offline now.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::SendContact};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = SendContact {
///     to: "+1 747 282-24-86".into(),
///     contact_ids: vec!["17633123456@c.us".into()],
///     ..SendContact::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// let body = br#"{"phone":"17472822486","contactId":"17633123456@c.us"}"#;
/// assert_eq!(request.body.as_bytes(), body);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendContact {
    /// The recipient: a phone number in any form, or the id that `recipient_type` says.
    pub to: String,
    /// What `to` is; a phone number where this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_type: Option<RecipientType>,
    /// The ids of the contacts' chats, such as `17633123456@c.us`: one at least.
    pub contact_ids: Vec<String>,
}

masked_debug!(SendContact);

impl Call for SendContact {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "send_contact";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("sendContact"));

    type Output = AcceptedMessage;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let ids = one_or_several(
            "contactId",
            &self.contact_ids,
            ["contact_ids", "contact_ids[0]"],
        );
        destination::call("/sendContact", &self.to, self.recipient_type, region, [ids])
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<AcceptedMessage, Error>> {
        accepted(answer).map(Ok)
    }
}

/// Passes messages on to another chat. They are queued, and delivered even if the phone is offline now.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::ForwardMessage};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = ForwardMessage {
///     to: "+1 747 282-24-86".into(),
///     message_ids: vec!["false_6590996758@c.us_3EB03104D2B84CEAD82F".into()],
///     ..ForwardMessage::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/forwardMessage?"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForwardMessage {
    /// The recipient: a phone number in any form, or the id that `recipient_type` says.
    pub to: String,
    /// What `to` is; a phone number where this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_type: Option<RecipientType>,
    /// The ids of the messages, as their events have them: one at least.
    pub message_ids: Vec<String>,
}

masked_debug!(ForwardMessage);

impl Call for ForwardMessage {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "forward_message";
    const RULES: Option<&'static CallRules> = Some(&call_rules!("forwardMessage"));

    type Output = AcceptedMessage;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let ids = one_or_several(
            "messageId",
            &self.message_ids,
            ["message_ids", "message_ids[0]"],
        );
        destination::call(
            "/forwardMessage",
            &self.to,
            self.recipient_type,
            region,
            [ids],
        )
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<AcceptedMessage, Error>> {
        accepted(answer).map(Ok)
    }
}

/// One id as a string, several as an array; `paths` are those of the list and of its first item.
fn one_or_several<'c>(
    name: &'static str,
    ids: &'c [String],
    paths: [&'static str; 2],
) -> Member<'c> {
    if let [only] = ids {
        return Member::new(name, only).at(paths[1]);
    }
    let ids = (!ids.is_empty()).then(|| Payload::texts(ids));
    Member::new(name, ids).at(paths[0])
}

/// A message that the gateway took over: it is queued.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct AcceptedMessage {
    /// The gateway's id of the message, where it tells one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

masked_debug!(AcceptedMessage);

/// Reads `{"sent": true}`, as all calls that send answer.
pub(in crate::gateway::chat_api) fn accepted(answer: &Answer<'_>) -> Option<AcceptedMessage> {
    truth(answer.body.get("sent")).filter(|sent| *sent)?;
    Some(AcceptedMessage {
        message_id: text_or_number(answer.body.get("id")),
    })
}

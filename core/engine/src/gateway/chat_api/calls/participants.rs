//! The people of a group.
//!
//! Source: the `OpenAPI` description of chat-api's later clients, addGroupParticipant, removeGroupParticipant,
//! promoteGroupParticipant and demoteGroupParticipant: bodies and answers of the four are alike.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest, phone_digits};
use crate::error::Error;
use crate::event::nonempty;
use crate::gateway::Answer;
use crate::gateway::chat_api::{PROFILE, call_rules};
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// A call about one of a group's people: its documentation, its type, its name here and on the wire.
macro_rules! participant_call {
    ($(#[$documentation:meta])* $type:ident = $name:literal, $wire:literal) => {
        $(#[$documentation])*
        #[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $type {
            /// The id of the group, such as `19680561234-1479621234@g.us`.
            pub group_id: String,
            /// The person's phone number, in any form.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub participant_phone: Option<String>,
            /// The id of the person's chat, such as `17633123456@c.us`, in place of the number.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub participant_chat_id: Option<String>,
        }

        masked_debug!($type);

        impl Call for $type {
            const GATEWAY: &'static str = PROFILE.id;
            const NAME: &'static str = $name;
            const RULES: Option<&'static CallRules> =
                Some(&call_rules!($wire, "groupParticipant"));

            type Output = GroupChange;

            fn request(&self, region: Option<Region>) -> CallRequest<'_> {
                request(
                    concat!("/", $wire),
                    &self.group_id,
                    self.participant_phone.as_deref(),
                    self.participant_chat_id.as_deref(),
                    region,
                )
            }

            fn decode(answer: &Answer<'_>) -> Option<Result<GroupChange, Error>> {
                group_change(answer).map(Ok)
            }
        }
    };
}

participant_call! {
    /// Adds a person to a group, of which the instance must be an administrator.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::AddGroupParticipant};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let call = AddGroupParticipant {
    ///     group_id: "19680561234-1479621234@g.us".into(),
    ///     participant_phone: Some("+1 747 282-24-86".into()),
    ///     participant_chat_id: None,
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert!(request.url().contains("/addGroupParticipant?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    AddGroupParticipant = "add_group_participant", "addGroupParticipant"
}

participant_call! {
    /// Takes a person out of a group, of which the instance must be an administrator.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::RemoveGroupParticipant};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let call = RemoveGroupParticipant {
    ///     group_id: "19680561234-1479621234@g.us".into(),
    ///     participant_phone: Some("+1 747 282-24-86".into()),
    ///     participant_chat_id: None,
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert!(request.url().contains("/removeGroupParticipant?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    RemoveGroupParticipant = "remove_group_participant", "removeGroupParticipant"
}

participant_call! {
    /// Makes one of a group's people an administrator; the instance must be one.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::PromoteGroupParticipant};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let call = PromoteGroupParticipant {
    ///     group_id: "19680561234-1479621234@g.us".into(),
    ///     participant_phone: Some("+1 747 282-24-86".into()),
    ///     participant_chat_id: None,
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert!(request.url().contains("/promoteGroupParticipant?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    PromoteGroupParticipant = "promote_group_participant", "promoteGroupParticipant"
}

participant_call! {
    /// Makes an administrator of a group one of its people again; the instance must be an administrator.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::DemoteGroupParticipant};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let call = DemoteGroupParticipant {
    ///     group_id: "19680561234-1479621234@g.us".into(),
    ///     participant_phone: Some("+1 747 282-24-86".into()),
    ///     participant_chat_id: None,
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert!(request.url().contains("/demoteGroupParticipant?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    DemoteGroupParticipant = "demote_group_participant", "demoteGroupParticipant"
}

fn request<'c>(
    path: &'static str,
    group_id: &'c str,
    phone: Option<&str>,
    chat_id: Option<&'c str>,
    region: Option<Region>,
) -> CallRequest<'c> {
    let mut violations = Vec::new();
    let digits =
        phone.and_then(|phone| phone_digits("participant_phone", phone, region, &mut violations));
    CallRequest::post(path)
        .json(Payload::record([
            Member::new("groupId", group_id).at("group_id"),
            Member::new("participantChatId", chat_id).at("participant_chat_id"),
            Member::new("participantPhone", digits).at("participant_phone"),
        ]))
        .faults(violations)
}

/// A group whose people were changed.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct GroupChange {
    /// The gateway's id of the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

masked_debug!(GroupChange);

fn group_change(answer: &Answer<'_>) -> Option<GroupChange> {
    let body = answer.body.as_object()?;
    Some(GroupChange {
        group_id: nonempty(body.get("groupId")),
        message: nonempty(body.get("message")),
    })
}

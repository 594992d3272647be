//! Who is in a group: its invitation, those who leave, and its administrators.
//!
//! Source: Meta, "WhatsApp On-Premises API", Groups.

use http::Method;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::groups::PATH;
use super::{body_rules, people_list, wa_id};
use crate::call::{Call, CallRequest, acknowledged, lenient, read_as};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// A call about people of a group: `{"wa_ids": […]}`, with DELETE too.
fn people<'c>(
    method: Method,
    group_id: &str,
    rest: &str,
    wa_ids: &'c [String],
    region: Option<Region>,
) -> CallRequest<'c> {
    let mut violations = Vec::new();
    let wa_ids = people_list("wa_ids", wa_ids, |argument, text| {
        wa_id(argument, text, region, &mut violations)
    });
    CallRequest::new(method, PATH)
        .segment("group_id", group_id)
        .then(rest)
        .json(Payload::record([Member::new("wa_ids", wa_ids)]))
        .faults(violations)
}

/// Gets the link by which people join a group.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetGroupInvite};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = GetGroupInvite { group_id: "79034567890-1479621234".into() };
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/invite"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetGroupInvite {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(GetGroupInvite);

impl Call for GetGroupInvite {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_group_invite";

    type Output = GroupInvite;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH)
            .segment("group_id", &self.group_id)
            .then("/invite")
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<GroupInvite, Error>> {
        read_as(answer, "/groups/0").map(Ok)
    }
}

/// The link by which people join a group.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GroupInvite {
    /// The URL.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

masked_debug!(GroupInvite);

/// Revokes the link by which people join a group: nobody can join by it any more.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::RevokeGroupInvite};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = RevokeGroupInvite { group_id: "79034567890-1479621234".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeGroupInvite {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(RevokeGroupInvite);

impl Call for RevokeGroupInvite {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "revoke_group_invite";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::delete(PATH)
            .segment("group_id", &self.group_id)
            .then("/invite")
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Declares a call about people of a group.
macro_rules! people_call {
    ($(#[$documentation:meta])* $type:ident = $name:literal, $method:ident $rest:literal) => {
        $(#[$documentation])*
        #[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $type {
            /// The id of the group.
            pub group_id: String,
            /// Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with spaces,
            /// brackets or dashes is read as a phone number. At least one.
            pub wa_ids: Vec<String>,
        }

        masked_debug!($type);

        impl Call for $type {
            const GATEWAY: &'static str = PROFILE.id;
            const NAME: &'static str = $name;
            const RULES: Option<&'static CallRules> = body_rules!("group_wa_ids");

            type Output = ();

            fn request(&self, region: Option<Region>) -> CallRequest<'_> {
                people(Method::$method, &self.group_id, $rest, &self.wa_ids, region)
            }

            fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
                acknowledged(answer)
            }
        }
    };
}

people_call! {
    /// Takes people out of a group.
    ///
    /// Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older versions
    /// have them.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::tujenge::RemoveGroupParticipants};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
    /// let call = RemoveGroupParticipants {
    ///     group_id: "79034567890-1479621234".into(),
    ///     wa_ids: vec!["+7 903 456-78-91".into()],
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert_eq!((request.method.as_str(), request.body.as_bytes()), ("DELETE", &br#"{"wa_ids":["79034567891"]}"#[..]));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    RemoveGroupParticipants = "remove_group_participants", DELETE "/participants"
}

people_call! {
    /// Makes people administrators of a group.
    ///
    /// Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older versions
    /// have them.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::tujenge::AddGroupAdmins};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
    /// let call = AddGroupAdmins {
    ///     group_id: "79034567890-1479621234".into(),
    ///     wa_ids: vec!["+7 903 456-78-91".into()],
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert_eq!((request.method.as_str(), request.body.as_bytes()), ("PATCH", &br#"{"wa_ids":["79034567891"]}"#[..]));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    AddGroupAdmins = "add_group_admins", PATCH "/admins"
}

people_call! {
    /// Makes administrators of a group ordinary participants.
    ///
    /// Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older versions
    /// have them.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::tujenge::RemoveGroupAdmins};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
    /// let call = RemoveGroupAdmins {
    ///     group_id: "79034567890-1479621234".into(),
    ///     wa_ids: vec!["+7 903 456-78-91".into()],
    /// };
    /// let request = call_request(gateway.as_ref(), &call)?;
    /// assert_eq!((request.method.as_str(), request.body.as_bytes()), ("DELETE", &br#"{"wa_ids":["79034567891"]}"#[..]));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    RemoveGroupAdmins = "remove_group_admins", DELETE "/admins"
}

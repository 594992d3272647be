//! Groups, which Meta has withdrawn: hosts of older versions have them still.
//!
//! Source: Meta, "WhatsApp On-Premises API", Groups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use super::body_rules;
use crate::call::{
    Call, CallRequest, acknowledged, lenient, lenient_id, lenient_ids, lenient_list,
    lenient_moment, read_as,
};
use crate::error::Error;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// Where groups are.
pub(super) const PATH: &str = "/v1/groups";

/// The body of what gives a group its name.
fn subject(subject: &str) -> Payload<'_> {
    Payload::record([Member::new("subject", subject)])
}

/// Lists the groups that the number is in.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::ListGroups};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// assert!(call_request(gateway.as_ref(), &ListGroups {})?.url().ends_with("/v1/groups"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListGroups {}

impl Call for ListGroups {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "list_groups";

    type Output = Groups;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<Groups, Error>> {
        answer.body.get("groups")?.as_array()?;
        read_as(answer, "").map(Ok)
    }
}

/// Groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Groups {
    /// The groups.
    #[serde(deserialize_with = "lenient_list")]
    pub groups: Vec<GroupEntry>,
}

/// A group in a list, or one that was created.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GroupEntry {
    /// The id of the group, which messages go to.
    #[serde(
        deserialize_with = "lenient_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<String>,
    /// When it was created: RFC 3339 in UTC.
    #[serde(
        rename(deserialize = "creation_time"),
        deserialize_with = "lenient_moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at: Option<String>,
}

masked_debug!(GroupEntry);

/// Creates a group. People join by its invitation, which `get_group_invite` gets.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::CreateGroup};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = CreateGroup { subject: "Our regulars".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"subject":"Our regulars"}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateGroup {
    /// What the group is called; at most 25 characters.
    pub subject: String,
}

masked_debug!(CreateGroup);

impl Call for CreateGroup {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "create_group";
    const RULES: Option<&'static CallRules> = body_rules!("group_subject");

    type Output = GroupEntry;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::post(PATH).json(subject(&self.subject))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<GroupEntry, Error>> {
        read_as(answer, "/groups/0").map(Ok)
    }
}

/// Gets what a group is called, and who is in it.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::GetGroup};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = GetGroup { group_id: "79034567890-1479621234".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "GET");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetGroup {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(GetGroup);

impl Call for GetGroup {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_group";

    type Output = GroupDetails;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get(PATH).segment("group_id", &self.group_id)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<GroupDetails, Error>> {
        read_as(answer, "/groups/0").map(Ok)
    }
}

/// What a group is. People are told by their WhatsApp ids.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GroupDetails {
    /// What it is called.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who created it.
    #[serde(
        deserialize_with = "lenient_id",
        skip_serializing_if = "Option::is_none"
    )]
    pub creator: Option<String>,
    /// When it was created: RFC 3339 in UTC.
    #[serde(
        rename(deserialize = "creation_time"),
        deserialize_with = "lenient_moment",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at: Option<String>,
    /// Its administrators.
    #[serde(deserialize_with = "lenient_ids")]
    pub admins: Vec<String>,
    /// All who are in it.
    #[serde(deserialize_with = "lenient_ids")]
    pub participants: Vec<String>,
}

masked_debug!(GroupDetails);

/// Changes what a group is called.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UpdateGroup};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = UpdateGroup {
///     group_id: "79034567890-1479621234".into(),
///     subject: "Our regulars".into(),
/// };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "PUT");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateGroup {
    /// The id of the group.
    pub group_id: String,
    /// What the group is called; at most 25 characters.
    pub subject: String,
}

masked_debug!(UpdateGroup);

impl Call for UpdateGroup {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "update_group";
    const RULES: Option<&'static CallRules> = body_rules!("group_subject");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::put(PATH)
            .segment("group_id", &self.group_id)
            .json(subject(&self.subject))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Leaves a group.
///
/// Meta has withdrawn groups from the API: only hosts of older versions have them.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::LeaveGroup};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = LeaveGroup { group_id: "79034567890-1479621234".into() };
/// assert!(call_request(gateway.as_ref(), &call)?.url().ends_with("/leave"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveGroup {
    /// The id of the group.
    pub group_id: String,
}

masked_debug!(LeaveGroup);

impl Call for LeaveGroup {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "leave_group";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::post(PATH)
            .segment("group_id", &self.group_id)
            .then("/leave")
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

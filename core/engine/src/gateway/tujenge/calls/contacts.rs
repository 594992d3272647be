//! Contacts: who has `WhatsApp`, and who may write.
//!
//! Source: Meta, "WhatsApp On-Premises API", Contacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::{body_rules, people_list, wa_id};
use crate::call::{Call, CallRequest, acknowledged, phone_digits};
use crate::error::Error;
use crate::event::{nonempty, text_or_number};
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::masked::masked_debug;
use crate::payload::{Member, Payload};
use crate::validate::CallRules;

/// Asks for the WhatsApp ids of phone numbers.
///
/// Since version 2.43 of the API every number is told to be `valid`, and gets an id: the answer does not prove any more
/// that somebody has WhatsApp, so nothing should depend on it. There must not be more of these calls than messages.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::CheckContacts};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = CheckContacts {
///     contacts: vec!["+7 903 456-78-90".into()],
///     ..CheckContacts::default()
/// };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.body.as_bytes(), br#"{"contacts":["+79034567890"]}"#);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckContacts {
    /// The phone numbers, in any form; at least one. A WhatsApp id needs a plus sign before it: without one, the region
    /// may read its digits as a number in national form.
    pub contacts: Vec<String>,
    /// Whether the answer waits until all numbers are looked up; by default it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocking: Option<Blocking>,
    /// Whether numbers that were looked up before are looked up again; by default they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force_check: Option<bool>,
}

masked_debug!(CheckContacts);

/// Whether an answer waits for what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Blocking {
    /// It comes at once: numbers that are not looked up yet are `processing`. Ask again for them.
    NoWait,
    /// It comes when all numbers are looked up.
    Wait,
}

impl Blocking {
    fn word(self) -> &'static str {
        match self {
            Self::NoWait => "no_wait",
            Self::Wait => "wait",
        }
    }
}

impl Call for CheckContacts {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "check_contacts";
    const RULES: Option<&'static CallRules> = body_rules!("check_contacts");

    type Output = CheckedContacts;

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        let mut violations = Vec::new();
        let contacts = people_list("contacts", &self.contacts, |argument, text| {
            let digits = phone_digits(argument, text, region, &mut violations)?;
            Some(format!("+{digits}"))
        });
        CallRequest::post("/v1/contacts")
            .json(Payload::record([
                Member::new("blocking", self.blocking.map(Blocking::word)),
                Member::new("contacts", contacts),
                Member::new("force_check", self.force_check),
            ]))
            .faults(violations)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<CheckedContacts, Error>> {
        let contacts = answer.body.get("contacts")?.as_array()?;
        Some(Ok(CheckedContacts {
            contacts: contacts.iter().map(CheckedContact::read).collect(),
        }))
    }
}

/// What is known of phone numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedContacts {
    /// The numbers, as the gateway lists them.
    pub contacts: Vec<CheckedContact>,
}

/// What is known of a phone number.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedContact {
    /// The number as it was sent: with the country code and a plus sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// What the gateway says of it.
    pub status: ContactStatus,
    /// The gateway's own word for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_status: Option<String>,
    /// The WhatsApp id, which messages go to: digits, and not always those of the number. With a plus sign before it, no
    /// region reads it as another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
}

masked_debug!(CheckedContact);

impl CheckedContact {
    fn read(contact: &Value) -> Self {
        let raw_status = nonempty(contact.get("status"));
        Self {
            input: nonempty(contact.get("input")),
            status: ContactStatus::of(raw_status.as_deref().unwrap_or_default()),
            raw_status,
            wa_id: text_or_number(contact.get("wa_id")),
        }
    }
}

/// What a gateway says of a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactStatus {
    /// It has a WhatsApp id. Since version 2.43 every number is told to.
    Valid,
    /// It has none.
    Invalid,
    /// It is being looked up; ask again.
    Processing,
    /// It could not be looked up.
    Failed,
    /// A word that the documentation does not have.
    Unknown,
}

impl ContactStatus {
    fn of(word: &str) -> Self {
        match word {
            "valid" => Self::Valid,
            "invalid" => Self::Invalid,
            "processing" => Self::Processing,
            "failed" => Self::Failed,
            _ => Self::Unknown,
        }
    }
}

/// A call about a person: `rest` is what follows the person's id.
fn contact<'c>(phone: &str, rest: &str, region: Option<Region>) -> CallRequest<'c> {
    let mut violations = Vec::new();
    let call = CallRequest::post("/v1/contacts");
    let call = match wa_id("phone", phone, region, &mut violations) {
        Some(id) => call.segment("phone", &id),
        None => call,
    };
    call.then(rest).faults(violations)
}

/// Blocks a person from writing to the number.
///
/// Only somebody who wrote within the last day can be blocked (code 2048 otherwise).
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::BlockContact};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = BlockContact { phone: "+7 903 456-78-90".into(), reason: Some("spam".into()) };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().ends_with("/v1/contacts/79034567890/block"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockContact {
    /// The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text with spaces,
    /// brackets or dashes is read as a phone number.
    pub phone: String,
    /// Why; at most 60 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

masked_debug!(BlockContact);

impl Call for BlockContact {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "block_contact";
    const RULES: Option<&'static CallRules> = body_rules!("block_contact");

    type Output = ();

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        contact(&self.phone, "/block", region).json(Payload::record([Member::new(
            "reason",
            self.reason.as_ref(),
        )]))
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

/// Lets a person who was blocked write again.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UnblockContact};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = UnblockContact { phone: "+7 903 456-78-90".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().ends_with("/v1/contacts/79034567890/unblock"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnblockContact {
    /// The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text with spaces,
    /// brackets or dashes is read as a phone number.
    pub phone: String,
}

masked_debug!(UnblockContact);

impl Call for UnblockContact {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "unblock_contact";

    type Output = ();

    fn request(&self, region: Option<Region>) -> CallRequest<'_> {
        contact(&self.phone, "/unblock", region)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

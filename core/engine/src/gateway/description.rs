//! What a gateway can do, as data: for documentation, and for those who choose a gateway by what it can.

use schemars::JsonSchema;
use serde::Serialize;

use super::Profile;
use crate::event::StatusKind;
use crate::feature::Feature;
use crate::validate::Limit;

/// What a gateway can do.
///
/// ```
/// use wamux_engine::{Feature, gateway};
///
/// let description = gateway::profile("devino-v2")?.describe();
/// assert!(description.sends.contains(&Feature::Template));
/// let text = description.limits.iter().find(|limit| limit.path == "text.body").unwrap();
/// assert_eq!(text.limit.as_u64(), Some(4096));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Capabilities")]
pub struct Description {
    /// The gateway's id.
    pub gateway: &'static str,
    /// The gateway's name.
    pub name: &'static str,
    /// Its documented address; Rapporto, which publishes none, has one below `.invalid`.
    pub base_url: &'static str,
    /// The region of phone numbers in national form, such as `RU`; null: none.
    pub region: Option<&'static str>,
    /// What wamux sends through it.
    pub sends: &'static [Feature],
    /// What it documents and this version of wamux does not send yet.
    pub not_yet: &'static [Feature],
    /// What it tells of messages that were sent.
    pub statuses: &'static [StatusKind],
    /// The types of messages that come in, as events have them.
    pub receives: &'static [&'static str],
    /// The names of its calls beyond sending.
    pub calls: Vec<&'static str>,
    /// The names of the native payloads that can be checked; the first is the send call's.
    pub payloads: Vec<&'static str>,
    /// The limits of its payloads.
    pub limits: Vec<Limit>,
}

impl Profile {
    /// What the gateway can do, with the limits of its payloads.
    #[must_use]
    pub fn describe(&self) -> Description {
        Description {
            gateway: self.id,
            name: self.name,
            base_url: self.base_url,
            region: self.region,
            sends: self.capabilities.sends,
            not_yet: self.capabilities.not_yet,
            statuses: self.capabilities.statuses,
            receives: self.capabilities.receives,
            calls: self.calls.iter().map(|call| call.name).collect(),
            payloads: self.payload_names().collect(),
            limits: self.limits(),
        }
    }
}

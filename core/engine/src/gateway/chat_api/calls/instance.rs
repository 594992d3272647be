//! How the instance is: the phone behind it, and whether the two are paired.
//!
//! Source: chat-api, "The REST API", status and QR code; the `OpenAPI` description of its later clients,
//! status and instanceStatuses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use crate::call::{Call, CallRequest, DownloadCall, Transfer, done};
use crate::error::Error;
use crate::event::{any_moment, items, nonempty, text_or_number, word};
use crate::gateway::Answer;
use crate::gateway::chat_api::PROFILE;
use crate::masked::masked_debug;

/// Asks how the instance is. While it is `loading`, ask again in a minute.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetStatus};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let request = call_request(gateway.as_ref(), &GetStatus { full: Some(true), ..GetStatus::default() })?;
/// assert!(request.url().contains("/status?full=true&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GetStatus {
    /// Whether to tell the details too: `status_data`.
    pub full: Option<bool>,
    /// Whether an instance that sleeps (`init`) is left asleep.
    pub no_wakeup: Option<bool>,
}

impl Call for GetStatus {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_status";

    type Output = InstanceStatus;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/status")
            .query("full", self.full)
            .query("no_wakeup", self.no_wakeup)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<InstanceStatus, Error>> {
        let body = answer.body;
        let (account_status, raw_account_status) = word(body.get("accountStatus"))?;
        Some(Ok(InstanceStatus {
            account_status,
            raw_account_status,
            qr_code: nonempty(body.get("qrCode")),
            status_data: body.get("statusData").and_then(status_data),
        }))
    }
}

/// How the instance is.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct InstanceStatus {
    /// What the gateway's word means.
    pub account_status: AccountStatus,
    /// The gateway's word.
    pub raw_account_status: String,
    /// The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one
    /// minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr_code: Option<String>,
    /// The details, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_data: Option<StatusData>,
}

masked_debug!(InstanceStatus);

/// Whether the instance can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "snake_case"))]
pub enum AccountStatus {
    /// It sleeps.
    #[serde(rename(deserialize = "init"))]
    Init,
    /// It starts; ask again in a minute.
    #[serde(rename(deserialize = "loading"))]
    Loading,
    /// It waits for a phone to scan its code.
    #[serde(rename(deserialize = "got qr code"))]
    GotQrCode,
    /// It can send.
    #[serde(rename(deserialize = "authenticated"))]
    Authenticated,
    /// It is not paid for.
    #[serde(rename(deserialize = "not_paid"))]
    NotPaid,
    /// A word that the documentation does not have.
    #[serde(other)]
    Unknown,
}

/// The details of how the instance is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct StatusData {
    /// The gateway's word: `normal`, `loading`, `offline`, `expired`, `opening`, `pairing`, `timeout`, `computer`,
    /// `phone`, `battery_low_1` or `battery_low_2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus: Option<String>,
    /// What it means, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Why it is loading: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What can be done about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<StatusAction>,
}

/// Something that can be done about how the instance is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatusAction {
    /// The gateway's name for it: `expiry`, `retry`, `logout`, `takeover` or `learn_more`.
    pub name: String,
    /// The call that does it, by its name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// What a button for it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A page to read, in place of a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

fn status_data(data: &Value) -> Option<StatusData> {
    let data = data.as_object()?;
    let words = |name: &str| nonempty(data.get(name));
    let actions = data.get("actions").and_then(Value::as_object);
    let actions = actions.into_iter().flatten();
    Some(StatusData {
        substatus: words("substatus"),
        title: words("title"),
        message: words("msg"),
        details: words("submsg"),
        reason: words("reason"),
        actions: actions
            .filter(|(_, action)| action.is_object())
            .map(|(name, action)| StatusAction {
                name: name.clone(),
                act: nonempty(action.get("act")),
                label: nonempty(action.get("label")),
                link: nonempty(action.get("link")),
            })
            .collect(),
    })
}

/// Gets the code to scan, as a PNG picture. It is valid for one minute.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetQrCode};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// assert!(call_request(gateway.as_ref(), &GetQrCode {})?.url().contains("/qr_code?"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetQrCode {}

impl Call for GetQrCode {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_qr_code";
    const TRANSFER: Transfer = Transfer::Download;
    const FILE: Option<&'static str> = Some("image/");

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/qr_code")
    }

    fn decode(_answer: &Answer<'_>) -> Option<Result<(), Error>> {
        done()
    }
}

impl DownloadCall for GetQrCode {}

/// Gets what the instance's status was, and when. The gateway knows it while its setting `instance_statuses` is on.
///
/// ```
/// use wamux_engine::gateway::{self, typed::chat_api::GetInstanceStatuses};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let call = GetInstanceStatuses { min_time: Some(946_684_800), max_time: None };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().contains("/instanceStatuses?min_time=946684800&"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GetInstanceStatuses {
    /// A moment, in seconds since 1970 in UTC: statuses after it are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_time: Option<u64>,
    /// A moment, in seconds since 1970 in UTC: statuses before it are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_time: Option<u64>,
}

impl Call for GetInstanceStatuses {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "get_instance_statuses";

    type Output = InstanceStatuses;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/instanceStatuses")
            .query("min_time", self.min_time)
            .query("max_time", self.max_time)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<InstanceStatuses, Error>> {
        let statuses = items(answer.body.get("data")?).iter();
        let change = |item: &Value| {
            let (account_status, raw_account_status) = word(item.get("status"))?;
            Some(InstanceStatusChange {
                account_status,
                raw_account_status,
                at: any_moment(item.get("date")),
                raw_at: text_or_number(item.get("date")),
            })
        };
        Some(Ok(InstanceStatuses {
            statuses: statuses.filter_map(change).collect(),
        }))
    }
}

/// What the instance's status was, and when.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct InstanceStatuses {
    /// The changes of the status.
    pub statuses: Vec<InstanceStatusChange>,
}

/// A change of the instance's status.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub struct InstanceStatusChange {
    /// What the gateway's word means.
    pub account_status: AccountStatus,
    /// The gateway's word.
    pub raw_account_status: String,
    /// When: RFC 3339, UTC; absent where the gateway's words do not say it whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The same in the gateway's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_at: Option<String>,
}

masked_debug!(InstanceStatuses, InstanceStatusChange);

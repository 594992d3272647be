//! The instance: the phone behind it, and how it is paired.
//!
//! Source: chat-api, "The REST API", status, QR code, logout and reboot; the `OpenAPI` description of its later clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest, DownloadCall, Transfer, done, read_as};
use crate::error::Error;
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
        read_as(answer, "").map(Ok)
    }
}

/// How the instance is.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct InstanceStatus {
    /// What the gateway's word means.
    pub account_status: AccountStatus,
    /// The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one
    /// minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr_code: Option<String>,
    /// The details, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    /// A word that the documentation does not have.
    #[serde(other)]
    Unknown,
}

/// The details of how the instance is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StatusData {
    /// The gateway's word, such as `normal`, `loading`, `offline`, `expired` or `battery_low_1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus: Option<String>,
    /// What it means, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to do about it.
    #[serde(rename(deserialize = "msg"), skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// More about it.
    #[serde(
        rename(deserialize = "submsg"),
        skip_serializing_if = "Option::is_none"
    )]
    pub details: Option<String>,
    /// Why: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/qr_code")
    }

    fn decode(_answer: &Answer<'_>) -> Option<Result<(), Error>> {
        done()
    }
}

impl DownloadCall for GetQrCode {}

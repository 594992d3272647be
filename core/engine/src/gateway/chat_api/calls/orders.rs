//! What is done to the instance: to its pairing with a phone, and to itself.
//!
//! Source: chat-api, "The REST API", logout and reboot; the `OpenAPI` description of its later clients.

use schemars::JsonSchema;
use serde::Serialize;

use super::bare_call;
use crate::event::nonempty;
use crate::gateway::Answer;
use crate::masked::masked_debug;

bare_call! {
    /// Ends the pairing with the phone: the instance gets a new code to scan, and sends nothing until it is scanned.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::Logout};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &Logout {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/logout?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    Logout = "logout", post "/logout", told, InstanceOrder
}

bare_call! {
    /// Takes the pairing back, where the phone opened WhatsApp Web elsewhere.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::Takeover};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &Takeover {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/takeover?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    Takeover = "takeover", post "/takeover", told, InstanceOrder
}

bare_call! {
    /// Renews the code to scan after it has expired.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::Expiry};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &Expiry {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/expiry?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    Expiry = "expiry", post "/expiry", told, InstanceOrder
}

bare_call! {
    /// Tries once more to synchronise the instance with the phone.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::Retry};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &Retry {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/retry?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    Retry = "retry", post "/retry", told, InstanceOrder
}

bare_call! {
    /// Starts the instance anew. While it is `loading`, ask again in a minute.
    ///
    /// ```
    /// use wamux_engine::gateway::{self, typed::chat_api::Reboot};
    /// use wamux_engine::{Settings, call_request};
    ///
    /// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
    /// let request = call_request(gateway.as_ref(), &Reboot {})?;
    /// assert_eq!(request.method, "POST");
    /// assert!(request.url().contains("/reboot?"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    Reboot = "reboot", post "/reboot", rebooted, ()
}

/// An order that was passed on to WhatsApp. What came of it, `get_status` tells.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct InstanceOrder {
    /// What the gateway says of it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

masked_debug!(InstanceOrder);

/// The page has the words as `result`, the later clients as `accountStatus`.
fn told(answer: &Answer<'_>) -> Option<InstanceOrder> {
    let body = answer.body.as_object()?;
    let message = nonempty(body.get("result")).or_else(|| nonempty(body.get("accountStatus")));
    Some(InstanceOrder { message })
}

/// Whatever else an object says: a failure has been read before.
fn rebooted(answer: &Answer<'_>) -> Option<()> {
    answer.body.as_object().map(|_| ())
}

//! Incoming messages: texts and images.

use serde_json::json;

use super::{ID, moscow_time};
use crate::gateway::{Callback, Numbers};
use crate::incoming::{Content, Incoming};

/// The incoming message in Rapporto's dialect.
pub(super) fn incoming(
    incoming: &Incoming,
    url: Option<&str>,
    numbers: &Numbers,
) -> Result<Callback, String> {
    let url = url.ok_or(
        "url is required: Rapporto posts incoming messages to an address set during integration",
    )?;
    let envelope = &incoming.envelope;
    envelope.refuse_chats(ID)?;
    let (text, media) = match &incoming.content {
        Content::Text(text) => (Some(text.body()), None),
        Content::Image(image) => (image.caption.as_deref(), Some(image.link("image")?)),
        other => return Err(other.not_told_by(ID)),
    };
    let mut body = json!({
        "transactionId": numbers.next().to_string(),
        "destAddr": envelope.to.as_deref().unwrap_or("Sandbox"),
        "sourceAddr": envelope.from,
        "type": "WHATSAPP",
        "partCount": 1,
        "receivedDate": moscow_time(),
    });
    // Without a text the member is absent.
    for (name, value) in [("message", text), ("mediaURL", media)] {
        if let Some(value) = value {
            body[name] = value.into();
        }
    }
    Ok(Callback {
        gateway: ID,
        url: url.to_owned(),
        headers: Vec::new(),
        body,
        joins: false,
    })
}

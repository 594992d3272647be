//! What a message of a chat can bear, beyond what a sent message has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::masked::masked_debug;

/// Media that came in, by address or by id.
///
/// ```
/// use wamux_engine::{ChatContent, Event, Settings, events, gateway};
///
/// let gateway = gateway::open("rapporto", &Settings::default().masked())?;
/// let body = br#"{"transactionId": "51", "sourceAddr": "79034567890",
///     "message": "Our cat", "mediaURL": "https://example.org/cat.jpg"}"#;
/// let Event::Message(message) = events(gateway.as_ref(), body)?.remove(0) else { panic!() };
/// let ChatContent::Image { image } = message.content else { panic!() };
/// assert_eq!(image.link.as_deref(), Some("https://example.org/cat.jpg"));
/// assert_eq!(image.caption.as_deref(), Some("Our cat"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatMedia {
    /// Where it can be fetched. Gateways keep media for some weeks only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The gateway's id of it, by which it can be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its MIME type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// The text beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Its SHA-256 digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A place that came in.
///
/// ```
/// use wamux_engine::{ChatContent, Event, Settings, events, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let body = br#"{"messages": [{"id": "A", "chatId": "79034567890@c.us", "fromMe": false,
///     "type": "location", "body": "55.7522;37.6156"}]}"#;
/// let Event::Message(message) = events(gateway.as_ref(), body)?.remove(0) else { panic!() };
/// let ChatContent::Location { location } = message.content else { panic!() };
/// assert_eq!((location.latitude, location.longitude), (55.7522, 37.6156));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ChatLocation {
    /// Degrees north of the equator, -90 to 90.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude: f64,
    /// The name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A web page about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What a recipient chose.
///
/// ```
/// use wamux_engine::{ChatContent, Event, Interaction, Settings, events, gateway};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let body = br#"{"messages": [{"from": "79034567890", "id": "A", "type": "interactive",
///     "interactive": {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}}]}"#;
/// let Event::Message(message) = events(gateway.as_ref(), body)?.remove(0) else { panic!() };
/// let ChatContent::Interactive { interactive } = message.content else { panic!() };
/// let Interaction::ButtonReply { button_reply } = interactive else { panic!() };
/// assert_eq!(button_reply.id, "yes");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interaction {
    /// A row of a list.
    ListReply {
        /// The row.
        list_reply: ListReply,
    },
    /// A reply button.
    ButtonReply {
        /// The button.
        button_reply: ButtonReply,
    },
}

/// A row that was chosen from a list.
///
/// ```
/// let row = wamux_engine::ListReply { id: "size-l".into(), ..Default::default() };
/// assert_eq!(row.description, None);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ListReply {
    /// The row's id, as it was sent.
    pub id: String,
    /// The row's title.
    pub title: String,
    /// The row's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A reply button that was pressed.
///
/// ```
/// let button = wamux_engine::ButtonReply { id: "yes".into(), title: "Yes".into() };
/// assert_eq!(button.id, "yes");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct ButtonReply {
    /// The button's id, as it was sent.
    pub id: String,
    /// The button's title.
    pub title: String,
}

/// A quick-reply button of a template that was pressed.
///
/// ```
/// let button = wamux_engine::QuickReply { text: "Stop".into(), payload: Some("stop-17".into()) };
/// assert_eq!(button.text, "Stop");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct QuickReply {
    /// What the button says.
    pub text: String,
    /// What the template's parameter `payload` was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

/// Products that were ordered.
///
/// ```
/// let order = wamux_engine::Order::default();
/// assert!(order.product_items.is_empty());
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Order {
    /// The id of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog_id: Option<String>,
    /// What the customer wrote beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The products.
    pub product_items: Vec<OrderItem>,
}

/// One product of an order. Prices are as the gateway writes them: decimals, in units of the currency.
///
/// ```
/// let item = wamux_engine::OrderItem { quantity: Some("2".into()), ..Default::default() };
/// assert_eq!(item.currency, None);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct OrderItem {
    /// The shop's own id of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_retailer_id: Option<String>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The price of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_price: Option<String>,
    /// The currency: ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// A notice of WhatsApp itself.
///
/// ```
/// let notice = wamux_engine::SystemNotice { kind: "group_user_left".into(), ..Default::default() };
/// assert_eq!(notice.new_wa_id, None);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct SystemNotice {
    /// The gateway's word for what happened, such as `group_user_joined` or `user_changed_number`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The notice in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The customer's new WhatsApp id: digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_wa_id: Option<String>,
}

/// A call that came in or went out; none of the gateways takes calls.
///
/// ```
/// let call = wamux_engine::Call { body: Some("[Call]".into()) };
/// assert!(call.body.is_some());
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Call {
    /// The gateway's words for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

masked_debug!(
    ChatMedia,
    ChatLocation,
    Interaction,
    ListReply,
    ButtonReply,
    QuickReply,
    Order,
    OrderItem,
    SystemNotice,
    Call
);

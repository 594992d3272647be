//! Reads content in Meta's shape, as tolerantly as webhooks need it: what has another type than it should is absent.

use serde_json::Value;

use crate::event::{
    ButtonReply, ChatContent, ChatContext, ChatLocation, ChatMedia, Interaction, ListReply, Order,
    OrderItem, QuickReply, SystemNotice, address, decimal, items, nonempty, objects,
    text_or_number,
};
use crate::message::{
    Contact, ContactAddress, ContactEmail, ContactIm, ContactName, ContactOrganisation,
    ContactPhone, ContactUrl, Reaction, Text,
};

/// The part that the item's `type` names; `None` for an unknown type, or a part that cannot be read.
pub(in crate::gateway) fn content(item: &Value) -> Option<ChatContent> {
    let kind = item.get("type")?.as_str()?;
    let part = item.get(kind)?;
    Some(match kind {
        "text" => ChatContent::Text {
            text: Text::new(part.get("body")?.as_str()?),
        },
        "image" | "audio" | "voice" | "video" | "document" | "sticker" => {
            ChatContent::of_media(kind, media(part)?)
        }
        "location" => ChatContent::Location {
            location: location(part)?,
        },
        "contacts" => ChatContent::Contacts {
            contacts: Some(contacts(part)).filter(|cards| !cards.is_empty())?,
        },
        "interactive" => ChatContent::Interactive {
            interactive: interaction(part)?,
        },
        "button" => ChatContent::Button {
            button: QuickReply {
                text: nonempty(part.get("text"))?,
                payload: nonempty(part.get("payload")),
            },
        },
        "reaction" => ChatContent::Reaction {
            reaction: Reaction {
                message_id: text_or_number(part.get("message_id"))?,
                emoji: nonempty(part.get("emoji")).unwrap_or_default(),
            },
        },
        "order" => ChatContent::Order { order: order(part) },
        "system" => ChatContent::System {
            system: SystemNotice {
                kind: nonempty(part.get("type"))?,
                body: nonempty(part.get("body")),
                new_wa_id: text_or_number(part.get("new_wa_id"))
                    .or_else(|| text_or_number(part.get("wa_id"))),
            },
        },
        _ => return None,
    })
}

/// `{"from", "id", "group_id"?, "mentions"?}`: the message that is answered.
pub(in crate::gateway) fn context(context: &Value) -> Option<ChatContext> {
    let mentions = context.get("mentions").map(items).unwrap_or_default();
    let mentions = mentions.iter().filter_map(|id| text_or_number(Some(id)));
    ChatContext {
        message_id: text_or_number(context.get("id")),
        from: text_or_number(context.get("from")).map(|from| address(&from)),
        chat_id: text_or_number(context.get("group_id")),
        mentions: mentions.map(|id| address(&id)).collect(),
        forwarded: context.get("forwarded").and_then(Value::as_bool),
    }
    .if_any()
}

/// A file by id or link; `file` is the name of a place on the gateway's own disk.
fn media(part: &Value) -> Option<ChatMedia> {
    let media = ChatMedia {
        link: nonempty(part.get("link")),
        id: text_or_number(part.get("id")),
        mime_type: nonempty(part.get("mime_type")),
        filename: nonempty(part.get("filename")),
        caption: nonempty(part.get("caption")),
        sha256: nonempty(part.get("sha256")),
    };
    (media.link.is_some() || media.id.is_some()).then_some(media)
}

fn location(part: &Value) -> Option<ChatLocation> {
    Some(ChatLocation {
        latitude: decimal(part.get("latitude"))?,
        longitude: decimal(part.get("longitude"))?,
        name: nonempty(part.get("name")),
        address: nonempty(part.get("address")),
        url: nonempty(part.get("url")),
    })
}

fn interaction(part: &Value) -> Option<Interaction> {
    let kind = part.get("type")?.as_str()?;
    let reply = part.get(kind)?;
    let id = text_or_number(reply.get("id"))?;
    let title = nonempty(reply.get("title")).unwrap_or_default();
    Some(match kind {
        "list_reply" => Interaction::ListReply {
            list_reply: ListReply {
                id,
                title,
                description: nonempty(reply.get("description")),
            },
        },
        "button_reply" => Interaction::ButtonReply {
            button_reply: ButtonReply { id, title },
        },
        _ => return None,
    })
}

fn order(part: &Value) -> Order {
    let products = part.get("product_items").map(items).unwrap_or_default();
    let number = |value: Option<&Value>| match value? {
        Value::Number(number) => Some(number.to_string()),
        other => nonempty(Some(other)),
    };
    Order {
        catalog_id: text_or_number(part.get("catalog_id")),
        text: nonempty(part.get("text")),
        product_items: products
            .iter()
            .map(|item| OrderItem {
                product_retailer_id: text_or_number(item.get("product_retailer_id")),
                quantity: number(item.get("quantity")),
                item_price: number(item.get("item_price")),
                currency: nonempty(item.get("currency")),
            })
            .collect(),
    }
}

/// Contact cards; what is no object is none.
pub(in crate::gateway) fn contacts(cards: &Value) -> Vec<Contact> {
    objects(Some(cards)).map(contact).collect()
}

/// A contact card; a name that has no `formatted_name` is put together of its parts.
fn contact(card: &Value) -> Contact {
    let list = |name: &str| objects(card.get(name));
    Contact {
        name: card.get("name").map(name).unwrap_or_default(),
        birthday: nonempty(card.get("birthday")),
        addresses: list("addresses")
            .map(|address| ContactAddress {
                street: nonempty(address.get("street")),
                city: nonempty(address.get("city")),
                state: nonempty(address.get("state")),
                zip: text_or_number(address.get("zip")),
                country: nonempty(address.get("country")),
                country_code: nonempty(address.get("country_code")),
                kind: nonempty(address.get("type")),
            })
            .collect(),
        emails: list("emails")
            .map(|email| ContactEmail {
                email: nonempty(email.get("email")),
                kind: nonempty(email.get("type")),
            })
            .collect(),
        ims: list("ims")
            .map(|im| ContactIm {
                service: nonempty(im.get("service")),
                user_id: text_or_number(im.get("user_id")),
            })
            .collect(),
        org: card
            .get("org")
            .filter(|org| org.is_object())
            .map(|org| ContactOrganisation {
                company: nonempty(org.get("company")),
                department: nonempty(org.get("department")),
                title: nonempty(org.get("title")),
            }),
        phones: list("phones")
            .map(|phone| ContactPhone {
                phone: text_or_number(phone.get("phone")),
                kind: nonempty(phone.get("type")),
                wa_id: text_or_number(phone.get("wa_id")),
            })
            .collect(),
        urls: list("urls")
            .map(|url| ContactUrl {
                url: nonempty(url.get("url")),
                kind: nonempty(url.get("type")),
            })
            .collect(),
    }
}

fn name(name: &Value) -> ContactName {
    let part = |member: &str| nonempty(name.get(member));
    let parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];
    let together = || {
        parts
            .into_iter()
            .filter_map(part)
            .collect::<Vec<_>>()
            .join(" ")
    };
    ContactName {
        formatted_name: part("formatted_name").unwrap_or_else(together),
        first_name: part("first_name"),
        last_name: part("last_name"),
        middle_name: part("middle_name"),
        suffix: part("suffix"),
        prefix: part("prefix"),
    }
}

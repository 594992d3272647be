//! Incoming messages: one object, its members in camel case.

use serde_json::{Map, Value, json};

use crate::gateway::{Callback, Numbers, unix_seconds};
use crate::incoming::{Content, Incoming, Location};

/// The incoming message in Devino's dialect.
pub(super) fn incoming(
    incoming: &Incoming,
    url: Option<&str>,
    numbers: &Numbers,
    gateway: &'static str,
) -> Result<Callback, String> {
    let url = url.ok_or(
        "url is required: Devino posts incoming messages to an address that its support sets",
    )?;
    let envelope = &incoming.envelope;
    envelope.refuse_chats(gateway)?;
    let mut body = json!({
        "incomingMessageId": numbers.next(),
        "to": envelope.to.as_deref().unwrap_or("Sandbox"),
        "from": envelope.from,
        "ts": unix_seconds() * 1000,
    });
    let members = members_of(&incoming.content, gateway)?;
    if let Some(body) = body.as_object_mut() {
        body.extend(members);
        if let Some(name) = &envelope.profile_name {
            body.insert("profileName".to_owned(), name.as_str().into());
        }
    }
    Ok(Callback {
        gateway,
        url: url.to_owned(),
        headers: Vec::new(),
        body,
        joins: false,
    })
}

/// The members that say what the message says.
fn members_of(content: &Content, gateway: &str) -> Result<Map<String, Value>, String> {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    match content {
        Content::Text(text) => put("text", text.body().into()),
        Content::Location(location) => put("whatsAppGeoLocation", geo_location(location)),
        Content::Contacts(contacts) => {
            put("whatsAppContacts", contacts.iter().map(contact).collect());
        }
        Content::Sticker(_) => return Err(content.not_told_by(gateway)),
        media => {
            let (media, usual) = media.media().ok_or_else(|| content.not_told_by(gateway))?;
            put("contentUrl", media.link(content.name())?.into());
            put(
                "contentType",
                media.mime_type.as_deref().unwrap_or(usual).into(),
            );
            if let Some(name) = &media.filename {
                put("contentName", name.as_str().into());
            }
            if let Some(caption) = &media.caption {
                put("text", caption.as_str().into());
            }
        }
    }
    Ok(members)
}

fn geo_location(location: &Location) -> Value {
    let mut told = json!({"latitude": location.latitude, "longitude": location.longitude});
    for (name, value) in [
        ("address", &location.address),
        ("addressName", &location.name),
        // The page writes this name without a capital.
        ("addressurl", &location.url),
    ] {
        if let Some(value) = value {
            told[name] = value.as_str().into();
        }
    }
    told
}

/// A contact with Devino's names. The page prints the name and the company as arrays.
fn contact(contact: &Map<String, Value>) -> Value {
    let renamed: Map<String, Value> = contact
        .iter()
        .map(|(name, value)| match name.as_str() {
            "name" => ("contactName".to_owned(), json!([camel_case(value)])),
            "org" => ("contactCompany".to_owned(), json!([camel_case(value)])),
            _ => (name.clone(), camel_case(value)),
        })
        .collect();
    Value::Object(renamed)
}

/// The value with its members' names in camel case, at any depth.
fn camel_case(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(camel_case).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let name = match name.as_str() {
                    "first_name" => "firstName",
                    "middle_name" => "middleName",
                    "last_name" => "lastName",
                    "formatted_name" => "formattedName",
                    "prefix" => "namePrefix",
                    "suffix" => "nameSuffix",
                    "country_code" => "countryCode",
                    "wa_id" => "waId",
                    other => other,
                };
                (name.to_owned(), camel_case(value))
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

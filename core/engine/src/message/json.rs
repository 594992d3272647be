//! A message in JSON: one flat object whose parts are optional, turned into [`Message`] and back.
//!
//! A flat struct is parsed in half the time of an enum that is flattened into a struct, and it
//! can refuse unknown fields, which a flattened one cannot.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{
    Callback, Contact, Content, ContentType, Context, Interactive, Location, Media, Message,
    Reaction, RecipientType, Schedule, Template, Text, lists::has_no_stray_list, structure,
};
use crate::error::Error;
use crate::gateway::Options;
use crate::violation::{Code, Violation};

/// The members that every message may have.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Common {
    /// The recipient: a phone number in any form, or a gateway's id of a group or chat.
    to: String,
    /// What `to` is.
    #[serde(default)]
    recipient_type: RecipientType,
    /// The sender, where the gateway has several.
    from: Option<String>,
    /// The message that this one answers.
    context: Option<Context>,
    /// The caller's own id, which returns in the receipt.
    client_id: Option<String>,
    /// Where the gateway reports the message's status.
    callback: Option<Callback>,
    /// For how long the gateway tries to deliver the message, in seconds.
    ttl: Option<u64>,
    /// When the gateway may deliver the message.
    schedule: Option<Schedule>,
    /// What only one gateway has, by gateway.
    #[serde(default)]
    options: Options,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    to: String,
    #[serde(default, skip_serializing_if = "is_individual")]
    recipient_type: RecipientType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(rename = "type")]
    content_type: ContentType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audio: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voice: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    video: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sticker: Option<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Contact>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    template: Option<Template>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interactive: Option<Interactive>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reaction: Option<Reaction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    context: Option<Context>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    callback: Option<Callback>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ttl: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schedule: Option<Schedule>,
    #[serde(default, skip_serializing_if = "Options::is_empty")]
    options: Options,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's `skip_serializing_if` passes this"
)]
fn is_individual(recipient_type: &RecipientType) -> bool {
    *recipient_type == RecipientType::Individual
}

impl Fields {
    /// Takes the one part that fits the type; `None` where it is missing or another stands beside it.
    fn into_message(mut self) -> Option<Message> {
        let content = match self.content_type {
            ContentType::Text => Content::Text(self.text.take()?),
            ContentType::Image => Content::Image(self.image.take()?),
            ContentType::Audio => Content::Audio(self.audio.take()?),
            ContentType::Voice => Content::Voice(self.voice.take()?),
            ContentType::Video => Content::Video(self.video.take()?),
            ContentType::Document => Content::Document(self.document.take()?),
            ContentType::Sticker => Content::Sticker(self.sticker.take()?),
            ContentType::Location => Content::Location(self.location.take()?),
            ContentType::Contacts => Content::Contacts(self.contacts.take()?),
            ContentType::Template => Content::Template(self.template.take()?),
            ContentType::Interactive => Content::Interactive(self.interactive.take()?),
            ContentType::Reaction => Content::Reaction(self.reaction.take()?),
        };
        let other_part = self.text.is_some()
            || self.image.is_some()
            || self.audio.is_some()
            || self.voice.is_some()
            || self.video.is_some()
            || self.document.is_some()
            || self.sticker.is_some()
            || self.location.is_some()
            || self.contacts.is_some()
            || self.template.is_some()
            || self.interactive.is_some()
            || self.reaction.is_some();
        (!other_part).then_some(Message {
            to: self.to,
            recipient_type: self.recipient_type,
            from: self.from,
            content,
            context: self.context,
            client_id: self.client_id,
            callback: self.callback,
            ttl: self.ttl,
            schedule: self.schedule,
            options: self.options,
        })
    }
}

impl Message {
    /// Reads a message from JSON.
    ///
    /// # Errors
    ///
    /// A `validation` error with every fault of the message's structure (of more than 100 the
    /// first), each with its path: missing, unknown and mistyped members. Text that is not JSON is one `invalid` at `""`.
    ///
    /// ```
    /// use wamux_engine::message::Message;
    ///
    /// let error = Message::from_json(br#"{"to": "+79034567890", "type": "text"}"#).unwrap_err();
    /// assert_eq!(error.violations()[0].path, "text");
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        if has_no_stray_list(&mut serde_json::Deserializer::from_slice(json))
            && let Ok(fields) = serde_json::from_slice::<Fields>(json)
            && let Some(message) = fields.into_message()
        {
            return Ok(message);
        }
        Err(Error::from_violations(faults(json)))
    }

    /// Reads a message from a JSON value.
    ///
    /// # Errors
    ///
    /// As [`Message::from_json`].
    ///
    /// ```
    /// # use wamux_engine::message::Message;
    /// let value = serde_json::json!({"to": "+79034567890", "type": "text", "text": {"body": "Hi"}});
    /// assert!(Message::from_value(&value).is_ok());
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        if has_no_stray_list(value)
            && let Ok(fields) = Fields::deserialize(value)
            && let Some(message) = fields.into_message()
        {
            return Ok(message);
        }
        Err(Error::from_violations(structure::violations(value)))
    }
}

/// Why a text that did not parse is not a message.
fn faults(json: &[u8]) -> Vec<Violation> {
    let value = match serde_json::from_slice::<Value>(json) {
        Ok(value) => value,
        Err(error) => return vec![Violation::not_json(&error)],
    };
    let violations = structure::violations(&value);
    if !violations.is_empty() {
        return violations;
    }
    // The schema sees a parsed value, in which of two members of one name only the last is left.
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let path = serde_path_to_error::deserialize::<_, Fields>(&mut deserializer)
        .err()
        .map(|error| error.path().to_string())
        .filter(|path| path != ".")
        .unwrap_or_default();
    vec![Violation::error(
        Code::Invalid,
        path,
        "a member stands twice, or a value cannot be read",
    )]
}

/// Reads a message in the fast way: an error says one fault, in the words of serde. [`Message::from_json`] and
/// [`Message::from_value`] list all faults, and refuse an array in the place of an object, which serde's formats may take.
///
/// ```
/// use wamux_engine::message::Message;
///
/// let json = r#"{"to": "+79034567890", "type": "text", "text": {"body": "Code: 1234"}}"#;
/// let message: Message = serde_json::from_str(json)?;
/// assert_eq!(Ok(message), Message::from_json(json.as_bytes()));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let message = Fields::deserialize(deserializer)?.into_message();
        message.ok_or_else(|| D::Error::custom("the part that `type` names must be there, alone"))
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let message = self.clone();
        let mut fields = Fields {
            to: message.to,
            recipient_type: message.recipient_type,
            from: message.from,
            content_type: message.content.content_type(),
            text: None,
            image: None,
            audio: None,
            voice: None,
            video: None,
            document: None,
            sticker: None,
            location: None,
            contacts: None,
            template: None,
            interactive: None,
            reaction: None,
            context: message.context,
            client_id: message.client_id,
            callback: message.callback,
            ttl: message.ttl,
            schedule: message.schedule,
            options: message.options,
        };
        match message.content {
            Content::Text(part) => fields.text = Some(part),
            Content::Image(part) => fields.image = Some(part),
            Content::Audio(part) => fields.audio = Some(part),
            Content::Voice(part) => fields.voice = Some(part),
            Content::Video(part) => fields.video = Some(part),
            Content::Document(part) => fields.document = Some(part),
            Content::Sticker(part) => fields.sticker = Some(part),
            Content::Location(part) => fields.location = Some(part),
            Content::Contacts(part) => fields.contacts = Some(part),
            Content::Template(part) => fields.template = Some(part),
            Content::Interactive(part) => fields.interactive = Some(part),
            Content::Reaction(part) => fields.reaction = Some(part),
        }
        fields.serialize(serializer)
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let name = self.content_type().as_str();
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", name)?;
        match self {
            Self::Text(part) => map.serialize_entry(name, part)?,
            Self::Image(part)
            | Self::Audio(part)
            | Self::Voice(part)
            | Self::Video(part)
            | Self::Document(part)
            | Self::Sticker(part) => map.serialize_entry(name, part)?,
            Self::Location(part) => map.serialize_entry(name, part)?,
            Self::Contacts(part) => map.serialize_entry(name, part)?,
            Self::Template(part) => map.serialize_entry(name, part)?,
            Self::Interactive(part) => map.serialize_entry(name, part)?,
            Self::Reaction(part) => map.serialize_entry(name, part)?,
        }
        map.end()
    }
}

/// The JSON Schema of a message: one closed, titled branch for each type.
///
/// The repository keeps it as `core/engine/schemas/message.schema.json`.
///
/// ```
/// let schema = wamux_engine::message::schema();
/// assert_eq!(schema["oneOf"].as_array().map(Vec::len), Some(12));
/// ```
#[must_use]
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let common = object(generator.root_schema_for::<Common>());
    let properties = common.get("properties").cloned().unwrap_or_default();
    let branches: Vec<Value> = ContentType::ALL
        .iter()
        .map(|content_type| {
            let name = content_type.as_str();
            let part = match content_type {
                ContentType::Text => generator.subschema_for::<Text>(),
                ContentType::Image
                | ContentType::Audio
                | ContentType::Voice
                | ContentType::Video
                | ContentType::Document
                | ContentType::Sticker => generator.subschema_for::<Media>(),
                ContentType::Location => generator.subschema_for::<Location>(),
                ContentType::Contacts => generator.subschema_for::<Vec<Contact>>(),
                ContentType::Template => generator.subschema_for::<Template>(),
                ContentType::Interactive => generator.subschema_for::<Interactive>(),
                ContentType::Reaction => generator.subschema_for::<Reaction>(),
            };
            let mut members = properties.as_object().cloned().unwrap_or_default();
            members.insert("type".into(), json!({"const": name}));
            members.insert(name.into(), part.to_value());
            json!({
                "title": format!("{}Message", camel_case(name)),
                "type": "object",
                "properties": members,
                "required": ["to", "type", name],
                "additionalProperties": false,
            })
        })
        .collect();
    let mut definitions = common
        .get("$defs")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    definitions.extend(generator.definitions().clone());
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Message",
        "description": "A WhatsApp message to one recipient, for any gateway.",
        "oneOf": branches,
        "$defs": definitions,
    });
    for_readers(&mut schema);
    schema
}

/// Shapes a schema for those who read it in other languages: no Rust in its descriptions, and a name for each variant
/// of a union.
pub(crate) fn for_readers(schema: &mut Value) {
    describe_without_rust(schema);
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        for (name, definition) in definitions {
            name_variants(name, definition);
        }
    }
}

/// Gives the variants of a union their names: `text` of `Header` is `TextHeader`; the only one has the union's.
fn name_variants(union: &str, definition: &mut Value) {
    let Some(Value::Array(variants)) = definition.get_mut("oneOf") else {
        return;
    };
    let only = variants.len() == 1;
    for variant in variants {
        let tag = variant["properties"]["type"]["const"].as_str();
        if let Some(tag) = tag.map(camel_case)
            && let Value::Object(variant) = variant
        {
            let name = if only {
                union.to_owned()
            } else {
                format!("{tag}{union}")
            };
            variant.insert("title".into(), name.into());
        }
    }
}

/// Leaves out of every description what only a reader of Rust can use, and the line breaks of the source.
fn describe_without_rust(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(describe_without_rust),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "description" => *text = without_rust(text),
                    other => describe_without_rust(other),
                }
            }
        }
        _ => {}
    }
}

/// The paragraphs before the example, each on one line, but for those about `Debug`.
fn without_rust(description: &str) -> String {
    let text = description.split("\n\n```").next().unwrap_or_default();
    let paragraphs = text
        .split("\n\n")
        .filter(|paragraph| !paragraph.starts_with("`Debug`"))
        .map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn object(schema: Schema) -> Map<String, Value> {
    match schema.to_value() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// `date_time` → `DateTime`.
pub(crate) fn camel_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}

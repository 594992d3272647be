//! What a simulated person sends: the neutral request of `POST /_sandbox/incoming`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::form::{is_international_number, is_web_address};

/// How often one body may be posted.
const MOST_COPIES: u32 = 100;

/// A request, read and checked.
pub(crate) struct Request {
    pub(crate) gateway: String,
    /// Where to post; the configured webhook where the gateway has one.
    pub(crate) url: Option<String>,
    /// How often the body is posted.
    pub(crate) times: u32,
    /// One message, or several for one body.
    pub(crate) messages: Vec<Incoming>,
}

/// One message in no gateway's dialect.
pub(crate) struct Incoming {
    pub(crate) envelope: Envelope,
    pub(crate) content: Content,
}

/// What messages of all types have.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    /// Digits of the person who writes.
    #[serde(default)]
    pub(crate) from: String,
    /// The business's own address, where the dialect tells it.
    pub(crate) to: Option<String>,
    pub(crate) profile_name: Option<String>,
    pub(crate) group_id: Option<String>,
    pub(crate) context: Option<Context>,
    /// Whether it is a copy of what the business sent.
    #[serde(default)]
    pub(crate) from_me: bool,
}

impl Envelope {
    /// Refuses what a gateway cannot tell that has no chats, but messages from one number to another.
    pub(crate) fn refuse_chats(&self, gateway: &str) -> Result<(), String> {
        if self.context.is_some() || self.group_id.is_some() || self.from_me {
            return Err(format!(
                "{gateway} tells neither context nor group_id nor from_me"
            ));
        }
        Ok(())
    }
}

/// The message that this one answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    pub(crate) message_id: String,
    /// Its author, digits.
    pub(crate) from: Option<String>,
    pub(crate) group_id: Option<String>,
    /// Numbers that it mentions, digits.
    pub(crate) mentions: Option<Vec<String>>,
    /// Its text.
    pub(crate) body: Option<String>,
}

/// What a message says, by the name of its type.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Content {
    Text(Text),
    Image(Media),
    Video(Media),
    Audio(Media),
    Voice(Media),
    Document(Media),
    Sticker(Media),
    Location(Location),
    /// Contacts in the form in which they are sent (snake case).
    Contacts(Vec<Map<String, Value>>),
    System(System),
    Button(Button),
    Interactive(Interactive),
    Order(Order),
    Reaction(Reaction),
    Call(Call),
    /// A message that the gateway could not read.
    Unknown(Errors),
    /// Errors of the gateway, without a message.
    Errors(Errors),
    /// A changed chat.
    Chat(Chat),
}

/// A text, alone or as an object.
#[derive(Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "must be a string, or an object with the member body"
)]
pub(crate) enum Text {
    Plain(String),
    Object { body: String },
}

impl Text {
    pub(crate) fn body(&self) -> &str {
        match self {
            Self::Plain(body) | Self::Object { body } => body,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Media {
    pub(crate) link: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) mime_type: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) filename: Option<String>,
    pub(crate) caption: Option<String>,
}

impl Media {
    /// The link, which most dialects need.
    pub(crate) fn link(&self, kind: &str) -> Result<&str, String> {
        self.link
            .as_deref()
            .ok_or_else(|| format!("{kind}.link: is required by this gateway"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Location {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) url: Option<String>,
}

/// What happened in a group or to a number. Members beside the type and the text differ by type.
#[derive(Deserialize)]
pub(crate) struct System {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) body: Option<String>,
    #[serde(flatten)]
    pub(crate) more: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Button {
    pub(crate) text: String,
    pub(crate) payload: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(crate) enum Interactive {
    ListReply(Reply),
    ButtonReply(Reply),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    pub(crate) catalog_id: String,
    pub(crate) text: Option<String>,
    pub(crate) product_items: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reaction {
    pub(crate) message_id: String,
    pub(crate) emoji: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Errors {
    pub(crate) errors: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chat {
    pub(crate) old: Value,
    pub(crate) new: Value,
}

impl Content {
    /// The name of the type.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Voice(_) => "voice",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::System(_) => "system",
            Self::Button(_) => "button",
            Self::Interactive(_) => "interactive",
            Self::Order(_) => "order",
            Self::Reaction(_) => "reaction",
            Self::Call(_) => "call",
            Self::Unknown(_) => "unknown",
            Self::Errors(_) => "errors",
            Self::Chat(_) => "chat",
        }
    }

    /// The media object, where the type has one, with its usual MIME type.
    pub(crate) fn media(&self) -> Option<(&Media, &'static str)> {
        match self {
            Self::Image(media) => Some((media, "image/jpeg")),
            Self::Video(media) => Some((media, "video/mp4")),
            Self::Audio(media) => Some((media, "audio/mpeg")),
            Self::Voice(media) => Some((media, "audio/ogg; codecs=opus")),
            Self::Document(media) => Some((media, "application/pdf")),
            Self::Sticker(media) => Some((media, "image/webp")),
            _ => None,
        }
    }

    /// Says that the gateway's dialect has no such message.
    pub(crate) fn not_told_by(&self, gateway: &str) -> String {
        format!("type: {gateway} does not tell {}", self.name())
    }
}

/// Reads and checks a request.
pub(crate) fn read(body: &[u8]) -> Result<Request, String> {
    let mut members: Map<String, Value> = parse(body)?;
    let gateway = take(&mut members, "gateway")?.ok_or("gateway: is required")?;
    let url: Option<String> = take(&mut members, "url")?;
    if url.as_deref().is_some_and(|url| !is_web_address(url)) {
        return Err("url: must be an address with the scheme http or https".to_owned());
    }
    let times = take(&mut members, "times")?.unwrap_or(1);
    if !(1..=MOST_COPIES).contains(&times) {
        return Err(format!("times: must lie between 1 and {MOST_COPIES}"));
    }
    let messages = match take::<Vec<Map<String, Value>>>(&mut members, "messages")? {
        None => vec![read_message(members)?],
        Some(several) if members.is_empty() && !several.is_empty() => several
            .into_iter()
            .map(read_message)
            .collect::<Result<_, _>>()?,
        Some(_) => {
            let text = "messages: needs a message, and none beside it";
            return Err(text.to_owned());
        }
    };
    Ok(Request {
        gateway,
        url,
        times,
        messages,
    })
}

fn read_message(mut members: Map<String, Value>) -> Result<Incoming, String> {
    let kind: String = take(&mut members, "type")?.unwrap_or_else(|| "text".to_owned());
    // A missing part is an empty one: a call has nothing to say, and the others name what they lack.
    let part = members.remove(&kind).unwrap_or_else(|| json!({}));
    let content: Content = serde_json::from_value(json!({ &kind: part }))
        .map_err(|error| format!("{kind}: cannot be read: {}", told(&error)))?;
    let envelope: Envelope = serde_json::from_value(Value::Object(members))
        .map_err(|error| format!("the message cannot be read: {}", told(&error)))?;
    let needs_person = !matches!(content, Content::Errors(_) | Content::Chat(_));
    if needs_person && !is_international_number(&envelope.from) {
        return Err("from: must be the digits of an international number".to_owned());
    }
    Ok(Incoming { envelope, content })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body)
        .map_err(|error| format!("the body cannot be read: {}", told(&error)))
}

/// Takes a member out of the request.
fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<T>, String> {
    members
        .remove(name)
        .map(|value| {
            serde_json::from_value(value)
                .map_err(|error| format!("{name}: cannot be read: {}", told(&error)))
        })
        .transpose()
}

/// The error without the value, which may be a number or a text of a person.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(", expected ") {
        Some((start, expected)) if start.starts_with("invalid ") => format!("expected {expected}"),
        _ => text,
    }
}

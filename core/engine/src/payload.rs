//! The payload: a gateway's wire document as one borrowed tree.
//!
//! The same tree is validated against the gateway's schema, written as JSON, and walked to turn
//! the place of a fault on the wire into the place where the caller put the value (`origin.rs`).

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::origin::Origin;

/// A value of the wire document. `Debug` shows its shape, not its texts and numbers.
///
/// ```
/// use wamux_engine::{Member, Payload};
///
/// let payload = Payload::record([
///     Member::new("to", "79034567890"),
///     Member::new("ttl", None::<i64>),
///     Member::new("days", Payload::list([1, 5].map(Payload::Integer).into_iter())),
///     Member::new("buttons", Payload::list(std::iter::empty())),
/// ]);
/// let mut json = Vec::new();
/// payload.write_json(&mut json, &|_| "");
/// assert_eq!(json, br#"{"to":"79034567890","days":[1,5]}"#);
/// ```
#[derive(Clone, PartialEq)]
pub enum Payload<'m> {
    /// `null`; only native payloads have it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(Cow<'m, str>),
    /// A file: in JSON a data URI in base64, in a form a part of its own.
    File(File<'m>),
    /// A credential that the gateway wants in the body; filled in when the payload is packed.
    Credential(Credential),
    /// An array.
    List(Vec<Payload<'m>>),
    /// An object; its members are written in this order.
    Record(Vec<Member<'m>>),
}

/// A file that stands in a document.
///
/// ```
/// use wamux_engine::{File, Member, Payload};
///
/// let file = File { mime_type: "image/png".into(), bytes: b"\x89PNG", in_form: false };
/// let payload = Payload::record([Member::new("body", Payload::File(file))]);
/// let mut json = Vec::new();
/// payload.write_json(&mut json, &|_| "");
/// assert_eq!(json, br#"{"body":"data:image/png;base64,iVBORw=="}"#);
/// ```
#[derive(Clone, PartialEq)]
pub struct File<'m> {
    /// The MIME type.
    pub mime_type: Cow<'m, str>,
    /// The bytes.
    pub bytes: &'m [u8],
    /// Whether the document goes as a form, the file being a part of it.
    pub in_form: bool,
}

/// A credential that stands in a body.
///
/// ```
/// use wamux_engine::{Credential, Member, Payload};
///
/// let payload = Payload::record([
///     Member::new("login", Credential::Login),
///     Member::new("password", Credential::Password),
/// ]);
/// let mut json = Vec::new();
/// payload.write_json(&mut json, &|credential| match credential {
///     Credential::Login => "sandbox",
///     Credential::Password => "***",
/// });
/// assert_eq!(json, br#"{"login":"sandbox","password":"***"}"#);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The setting `login`.
    Login,
    /// The setting `password`.
    Password,
}

/// A member of an object. An absent one keeps its origin, so that "missing" has a path too.
///
/// ```
/// use wamux_engine::{Member, Origin};
///
/// // The gateway calls it `contentUrl`; a fault in it is reported at `image.link`.
/// let link = Member::new("contentUrl", "https://example.com/a.jpg");
/// assert_eq!(link.clone().at("image.link"), link.from(Origin::At("image.link")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'m> {
    name: Cow<'m, str>,
    origin: Origin,
    value: Option<Payload<'m>>,
}

impl<'m> Member<'m> {
    /// A member whose value stands under the same name in the message.
    pub fn new(name: impl Into<Cow<'m, str>>, value: impl IntoPayload<'m>) -> Self {
        Self {
            name: name.into(),
            origin: Origin::Same,
            value: value.into_payload(),
        }
    }

    /// Says where in the message the value stands.
    #[must_use]
    pub fn at(mut self, path: &'static str) -> Self {
        self.origin = Origin::At(path);
        self
    }

    /// Says where the value comes from.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn origin(&self) -> Origin {
        self.origin
    }

    pub(crate) fn value(&self) -> Option<&Payload<'m>> {
        self.value.as_ref()
    }
}

/// What can be the value of a member; `None` is an absent member.
///
/// ```
/// use wamux_engine::{IntoPayload, Member, Payload};
///
/// struct Minutes(i64);
///
/// impl<'m> IntoPayload<'m> for Minutes {
///     fn into_payload(self) -> Option<Payload<'m>> {
///         (self.0 > 0).then_some(Payload::Integer(self.0 * 60))
///     }
/// }
/// assert_eq!(Member::new("ttl", Minutes(2)), Member::new("ttl", 120));
/// assert_eq!(Member::new("ttl", Minutes(0)), Member::new("ttl", None::<i64>));
/// ```
pub trait IntoPayload<'m> {
    /// The value, or `None` for an absent member.
    fn into_payload(self) -> Option<Payload<'m>>;
}

impl<'m> IntoPayload<'m> for Payload<'m> {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(self)
    }
}

impl<'m> IntoPayload<'m> for &'m str {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Text(Cow::Borrowed(self)))
    }
}

impl<'m> IntoPayload<'m> for &'m String {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Text(Cow::Borrowed(self)))
    }
}

impl<'m> IntoPayload<'m> for String {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Text(Cow::Owned(self)))
    }
}

impl<'m> IntoPayload<'m> for bool {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Bool(self))
    }
}

impl<'m> IntoPayload<'m> for i64 {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Integer(self))
    }
}

impl<'m> IntoPayload<'m> for f64 {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Float(self))
    }
}

impl<'m> IntoPayload<'m> for Credential {
    fn into_payload(self) -> Option<Payload<'m>> {
        Some(Payload::Credential(self))
    }
}

impl<'m, T: IntoPayload<'m>> IntoPayload<'m> for Option<T> {
    fn into_payload(self) -> Option<Payload<'m>> {
        self.and_then(IntoPayload::into_payload)
    }
}

impl<'m> Payload<'m> {
    /// An object.
    pub fn record(members: impl Into<Vec<Member<'m>>>) -> Self {
        Self::Record(members.into())
    }

    /// An array, or nothing where there is no item.
    pub fn list(items: impl Iterator<Item = Payload<'m>>) -> Option<Self> {
        let items: Vec<_> = items.collect();
        (!items.is_empty()).then_some(Self::List(items))
    }

    /// An array of texts, also where there is none.
    pub(crate) fn texts(texts: &'m [String]) -> Self {
        let texts = texts.iter().map(|text| Self::Text(text.into()));
        Self::List(texts.collect())
    }

    /// Writes the value as compact JSON; `credential` fills the placeholders.
    pub fn write_json<'c>(&self, out: &mut Vec<u8>, credential: &impl Fn(Credential) -> &'c str) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Bool(true) => out.extend_from_slice(b"true"),
            Self::Bool(false) => out.extend_from_slice(b"false"),
            Self::Integer(number) => write_scalar(out, number),
            Self::Float(number) => write_scalar(out, number),
            Self::Text(text) => write_text(out, text),
            Self::File(file) => file.write_data_uri(out),
            Self::Credential(name) => write_text(out, credential(*name)),
            Self::List(items) => {
                out.push(b'[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    item.write_json(out, credential);
                }
                out.push(b']');
            }
            Self::Record(members) => {
                out.push(b'{');
                let mut first = true;
                for member in members {
                    let Some(value) = &member.value else { continue };
                    if !first {
                        out.push(b',');
                    }
                    first = false;
                    write_text(out, &member.name);
                    out.push(b':');
                    value.write_json(out, credential);
                }
                out.push(b'}');
            }
        }
    }
}

impl File<'_> {
    /// Writes the file as a JSON string.
    fn write_data_uri(&self, out: &mut Vec<u8>) {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let start = format!("data:{};base64,", self.mime_type);
        let mut uri = String::with_capacity(start.len() + self.bytes.len() / 3 * 4 + 4);
        uri.push_str(&start);
        BASE64_STANDARD.encode_string(self.bytes, &mut uri);
        write_text(out, &uri);
    }
}

impl fmt::Debug for File<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file({} bytes)", self.bytes.len())
    }
}

fn write_scalar(out: &mut Vec<u8>, number: &impl serde::Serialize) {
    // Writing a number to a vector cannot fail; one that is not finite is written as null.
    let _ = serde_json::to_writer(out, number);
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    // Without an early exit, so that the compiler compares many bytes at once.
    let special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    if text
        .bytes()
        .fold(false, |found, byte| found | special(byte))
    {
        write_scalar(out, &text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Integer(_) | Self::Float(_) => f.write_str("number"),
            Self::Text(text) => write!(f, "string({})", text.chars().count()),
            Self::File(file) => write!(f, "{file:?}"),
            Self::Credential(name) => write!(f, "{name:?}"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Record(members) => {
                let present = members.iter().filter_map(|m| Some((&m.name, m.value()?)));
                f.debug_map().entries(present).finish()
            }
        }
    }
}

impl<'m> From<&'m Value> for Payload<'m> {
    fn from(value: &'m Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => Self::Integer(integer),
                None => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Record(
                members
                    .iter()
                    .map(|(name, value)| Member::new(name.as_str(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(payload: &Payload<'_>) -> String {
        let mut out = Vec::new();
        payload.write_json(&mut out, &|credential| match credential {
            Credential::Login => "me",
            Credential::Password => "pass\"word",
        });
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn members_are_written_in_their_order_and_absent_ones_are_not() {
        let payload = Payload::record([
            Member::new("z", "last letter"),
            Member::new("gone", None::<&str>),
            Member::new("a", 1.5),
            Member::new("n", 100_990_i64),
        ]);
        assert_eq!(
            written(&payload),
            r#"{"z":"last letter","a":1.5,"n":100990}"#
        );
    }

    #[test]
    fn text_is_escaped_as_json_wants_it() {
        for text in [
            "plain",
            "quote \" and \\",
            "line\nend\u{0}\u{1f}",
            "ж 🍏 \u{2028}",
        ] {
            let out = written(&Payload::Text(text.into()));
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }

    #[test]
    fn credentials_are_filled_in_and_escaped() {
        let payload = Payload::record([
            Member::new("login", Credential::Login),
            Member::new("password", Credential::Password),
        ]);
        assert_eq!(
            written(&payload),
            r#"{"login":"me","password":"pass\"word"}"#
        );
    }
}

//! The rules that JSON Schema has no words for, as keywords and formats of the same schemas.
//!
//! | keyword | stands at | rule |
//! | --- | --- | --- |
//! | `uniqueBy: ["reply.title"]` | an array | the items differ in the first of these members that they have |
//! | `maxTotal: {"of": "rows", "limit": 10}` | an array | the items' arrays have together at most so many items |
//! | `noEmoji: true` | a string | no emoji |
//! | `noVariables: true` | a string | no `{{…}}` |
//! | `notEncodedTwice: true` | a string | a URL without an escaped escape such as `%2520` |
//! | `urlInText: {"when": "preview_url", "text": "text.body"}` | an object | if the one member is true, the other has an http or https URL |

use std::collections::HashSet;

use jsonschema::json::{Array, Node, Object};
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::node::PayloadJson;
use crate::payload::Payload;
use crate::violation::Code;

/// What a keyword found; it travels through the validator's error as JSON.
#[derive(Serialize, Deserialize)]
pub(super) struct Found {
    pub(super) code: Code,
    /// The dotted place under the object that the keyword stands at.
    pub(super) at: Option<String>,
    pub(super) limit: Option<u64>,
    pub(super) message: String,
}

/// A rule of one value: what is wrong with it, if anything.
trait Rule: Send + Sync + 'static {
    fn check(&self, node: &Payload<'_>) -> Option<Found>;
}

struct RuleKeyword<R>(R);

impl<'i, R: Rule> Keyword<'i, PayloadJson> for RuleKeyword<R> {
    fn validate(&self, node: &'i Payload<'i>) -> Result<(), ValidationError<'i>> {
        match self.0.check(node) {
            None => Ok(()),
            Some(found) => Err(ValidationError::custom(
                serde_json::to_string(&found).unwrap_or_default(),
            )),
        }
    }

    fn is_valid(&self, node: &'i Payload<'i>) -> bool {
        self.0.check(node).is_none()
    }
}

/// Adds every keyword and format.
pub(super) fn register(
    options: ValidationOptions<'_, std::sync::Arc<dyn jsonschema::Retrieve>, PayloadJson>,
) -> ValidationOptions<'_, std::sync::Arc<dyn jsonschema::Retrieve>, PayloadJson> {
    options
        .should_validate_formats(true)
        .with_format("lifetime", is_lifetime)
        .with_format("base64", is_base64)
        .with_format("offset-date-time", is_offset_date_time)
        .with_format("http-url", is_http_url)
        .with_format("data-uri", is_data_uri)
        .with_format("http-url-or-data-uri", |text: &str| {
            is_http_url(text) || is_data_uri(text)
        })
        .with_format("http-url-or-ogg", |text: &str| {
            is_http_url(text) || is_ogg(text)
        })
        .with_format("http-url-or-host", |text: &str| {
            is_http_url(text) || is_host(text)
        })
        .with_keyword("uniqueBy", |_, value, _| keyword::<UniqueBy>(value))
        .with_keyword("maxTotal", |_, value, _| keyword::<MaxTotal>(value))
        .with_keyword("noEmoji", |_, value, _| keyword::<NoEmoji>(value))
        .with_keyword("noVariables", |_, value, _| keyword::<NoVariables>(value))
        .with_keyword("notEncodedTwice", |_, value, _| {
            keyword::<NotEncodedTwice>(value)
        })
        .with_keyword("urlInText", |_, value, _| keyword::<UrlInText>(value))
}

type BoxedKeyword = Box<dyn for<'i> Keyword<'i, PayloadJson>>;

fn keyword<'a, R: Rule + for<'de> Deserialize<'de>>(
    value: &'a Value,
) -> Result<BoxedKeyword, ValidationError<'a>> {
    match R::deserialize(value) {
        Ok(rule) => Ok(Box::new(RuleKeyword(rule))),
        Err(error) => Err(ValidationError::custom(error.to_string())),
    }
}

/// The value at a dotted place.
fn at<'a>(node: &'a Payload<'a>, place: &str) -> Option<&'a Payload<'a>> {
    place.split('.').try_fold(node, |node, name| {
        node.as_object()?
            .members()
            .find(|(member, _)| *member == name)
            .map(|(_, value)| value)
    })
}

fn text<'a>(node: &'a Payload<'a>) -> Option<&'a str> {
    match node {
        Payload::Text(text) => Some(text),
        _ => None,
    }
}

#[derive(Deserialize)]
struct UniqueBy(Vec<String>);

impl Rule for UniqueBy {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        let mut seen = HashSet::new();
        let repeated = node
            .as_array()?
            .elements()
            .filter_map(|item| text(self.0.iter().find_map(|place| at(item, place))?))
            .any(|value| !seen.insert(value));
        repeated.then(|| Found {
            code: Code::NotUnique,
            at: None,
            limit: None,
            message: format!(
                "each `{}` must differ from the others",
                self.0.join("` or `")
            ),
        })
    }
}

#[derive(Deserialize)]
struct MaxTotal {
    of: String,
    limit: u64,
}

impl Rule for MaxTotal {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        let total: usize = node
            .as_array()?
            .elements()
            .filter_map(|item| Some(at(item, &self.of)?.as_array()?.len()))
            .sum();
        (total as u64 > self.limit).then(|| Found {
            code: Code::TooMany,
            at: None,
            limit: Some(self.limit),
            message: format!("at most {} {} in all", self.limit, self.of),
        })
    }
}

#[derive(Deserialize)]
struct NoEmoji(bool);

impl Rule for NoEmoji {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        (self.0 && has_emoji(text(node)?)).then(|| Found {
            code: Code::Invalid,
            at: None,
            limit: None,
            message: "must not have emoji".into(),
        })
    }
}

#[derive(Deserialize)]
struct NoVariables(bool);

impl Rule for NoVariables {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        let (_, rest) = text(node)?.split_once("{{")?;
        (self.0 && rest.contains("}}")).then(|| Found {
            code: Code::Invalid,
            at: None,
            limit: None,
            message: "must not have variables such as {{1}}".into(),
        })
    }
}

#[derive(Deserialize)]
struct NotEncodedTwice(bool);

impl Rule for NotEncodedTwice {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        let escaped_twice = text(node)?.split("%25").skip(1).any(|rest| {
            let mut digits = rest.bytes();
            let mut digit = || digits.next().is_some_and(|byte| byte.is_ascii_hexdigit());
            digit() && digit()
        });
        (self.0 && escaped_twice).then(|| Found {
            code: Code::Invalid,
            at: None,
            limit: None,
            message:
                "the URL is percent-encoded twice (it has %25 before an escape); encode it once"
                    .into(),
        })
    }
}

#[derive(Deserialize)]
struct UrlInText {
    when: String,
    text: String,
}

impl Rule for UrlInText {
    fn check(&self, node: &Payload<'_>) -> Option<Found> {
        let asked = matches!(at(node, &self.when), Some(Payload::Bool(true)));
        let body = text(at(node, &self.text)?)?;
        (asked && !has_http_url(&body.to_lowercase())).then(|| Found {
            code: Code::Invalid,
            at: Some(self.when.clone()),
            limit: None,
            message: "a preview needs an http or https URL in the text".into(),
        })
    }
}

fn has_http_url(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        ["http://", "https://"].iter().any(|scheme| {
            word.match_indices(scheme).any(|(position, _)| {
                word[position + scheme.len()..].starts_with(char::is_alphanumeric)
            })
        })
    })
}

/// Whether a text has emoji: characters that are shown as pictures by default, or that a variation
/// selector turns into pictures (which keycaps have), or flags. `#`, digits, © and ™ alone are none.
fn has_emoji(text: &str) -> bool {
    use unicode_properties::{EmojiStatus, UnicodeEmoji as _};
    if text.is_ascii() {
        return false;
    }
    text.chars().any(|character| {
        character == '\u{fe0f}'
            || character == '\u{20e3}'
            || matches!(
                character.emoji_status(),
                EmojiStatus::EmojiPresentation
                    | EmojiStatus::EmojiPresentationAndModifierBase
                    | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
                    | EmojiStatus::EmojiPresentationAndEmojiComponent
            )
    })
}

/// Whether a text is a number of seconds above zero, or an ISO 8601 duration such as `P1D`.
fn is_lifetime(text: &str) -> bool {
    if text.starts_with('P') {
        let designators = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
        let duration = text.parse::<jiff::Span>();
        return text.chars().all(designators) && duration.is_ok_and(jiff::Span::is_positive);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte != b'0')
}

/// A date with an offset, with or without a colon in it.
fn is_offset_date_time(text: &str) -> bool {
    // By its format alone, a year may have a sign and any number of digits.
    text.starts_with(|first: char| first.is_ascii_digit())
        && [("%Y-%m-%dT%H:%M:%S%z", 24), ("%Y-%m-%dT%H:%M:%S%:z", 25)]
            .iter()
            .any(|(format, length)| {
                text.len() == *length && jiff::Timestamp::strptime(format, text).is_ok()
            })
}

fn is_base64(text: &str) -> bool {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    BASE64_STANDARD.decode(text).is_ok()
}

/// The MIME type and the bytes, in base64, of a data URI.
fn data_uri(text: &str) -> Option<(&str, &str)> {
    let (mime_type, bytes) = text.strip_prefix("data:")?.split_once(";base64,")?;
    let is_good = is_mime_type(mime_type) && !bytes.is_empty() && is_base64(bytes);
    is_good.then_some((mime_type, bytes))
}

/// Whether a text is a data URI with a MIME type, and bytes in base64.
fn is_data_uri(text: &str) -> bool {
    data_uri(text).is_some()
}

/// Whether a text is Ogg in base64: a data URI that says so, or bytes that begin as every page of Ogg does
/// (RFC 3533, 6).
fn is_ogg(text: &str) -> bool {
    match data_uri(text) {
        Some((mime_type, _)) => mime_type
            .split(';')
            .next()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("audio/ogg")),
        // "OggS" is four letters, of which base64 shows the first three and most of the last.
        None => text.starts_with("T2dnU") && is_base64(text),
    }
}

/// Whether a text is a MIME type, with or without parameters, such as `audio/ogg;codecs=opus`.
pub(crate) fn is_mime_type(text: &str) -> bool {
    let is_token = |text: &str| {
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !text.is_empty() && text.bytes().all(sign)
    };
    let are_two = |text: &str, sign| {
        text.split_once(sign)
            .is_some_and(|(name, value)| is_token(name) && is_token(value))
    };
    let mut parts = text.split(';');
    parts.next().is_some_and(|kind| are_two(kind, '/')) && parts.all(|part| are_two(part, '='))
}

/// Whether a text is an http or https URL with a host and without spaces; letters of any script
/// are allowed, as browsers allow them.
pub(crate) fn is_http_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    is_host(host) && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Whether a text is a host name or address, with or without a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let good_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let good_host = if let Some(address) = host.strip_prefix('[') {
        address
            .strip_suffix(']')
            .is_some_and(|a| a.parse::<std::net::Ipv6Addr>().is_ok())
    } else {
        !host.is_empty()
            && host.split('.').all(|label| {
                !label.is_empty()
                    && label
                        .chars()
                        .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            })
    };
    good_port && good_host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_seconds_or_durations_and_above_zero() {
        for text in ["1", "86400", "P1D", "PT15M", "P2W", "P1DT12H"] {
            assert!(is_lifetime(text), "{text}");
        }
        for text in [
            "", "0", "000", "-1", "1.5", "1 day", "P", "PT", "P0D", "P1d", "p1d", "-P1D", "P-1D",
            "1D",
        ] {
            assert!(!is_lifetime(text), "{text}");
        }
    }

    #[test]
    fn emoji_are_pictures_and_not_signs() {
        for text in ["🍏", "ok 👍🏽", "1️⃣", "🇷🇺", "☎️", "a\u{20e3}"] {
            assert!(has_emoji(text), "{text}");
        }
        for text in ["", "1", "#", "©", "™", "☎", "Да — нет", "→"] {
            assert!(!has_emoji(text), "{text}");
        }
    }

    #[test]
    fn urls_have_a_scheme_and_a_host() {
        for url in [
            "http://the_url",
            "https://example.com",
            "HTTPS://user:secret@example.com:8443/a?b=c#d",
            "http://[::1]:80/",
            "https://пример.рф/путь",
            "http://127.0.0.1:1/x",
        ] {
            assert!(is_http_url(url), "{url}");
        }
        for url in [
            "",
            "http://",
            "http:///x",
            "ftp://example.com",
            "example.com",
            "http://a b",
            "http://example.com/a b",
            "http://exa..mple",
            "http://host:99999/",
            "http://[::g]/",
        ] {
            assert!(!is_http_url(url), "{url}");
        }
    }

    #[test]
    fn a_data_uri_has_a_type_and_bytes() {
        for uri in [
            "data:image/png;base64,iVBORw==",
            "data:audio/ogg;codecs=opus;base64,T2dn",
            "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,AAAA",
        ] {
            assert!(is_data_uri(uri), "{uri}");
        }
        for uri in [
            "data:image/png;base64,",
            "data:image/png;base64,iVBORw",
            "data:;base64,AAAA",
            "data:image;base64,AAAA",
            "data:image/png;codecs;base64,AAAA",
            "data:image/png; x=y;base64,AAAA",
            "data:image/png,AAAA",
            "image/png;base64,AAAA",
        ] {
            assert!(!is_data_uri(uri), "{uri}");
        }
    }

    #[test]
    fn a_url_in_a_text_needs_a_host() {
        assert!(has_http_url("see (https://example.com)."));
        assert!(!has_http_url("see https:// or example.com"));
    }
}

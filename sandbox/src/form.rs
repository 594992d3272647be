//! Forms of single values: numbers, addresses, dates, titles.

use jiff::civil::Date;
use unicode_properties::{EmojiStatus, UnicodeEmoji as _};
use url::{Host, Url};

/// Whether a text is digits of an international number without `+`: 7 to 15 digits, the first not 0 (ITU-T E.164).
pub(crate) fn is_international_number(text: &str) -> bool {
    (7..=15).contains(&text.len()) && !text.starts_with('0') && is_digits(text)
}

/// Whether a text is one or more ASCII digits.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a whole address with the scheme http or https.
pub(crate) fn is_web_address(text: &str) -> bool {
    let has_scheme = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (has_scheme("http://") || has_scheme("https://"))
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
        && Url::parse(text).is_ok_and(|url| match url.host() {
            Some(Host::Domain(name)) => name
                .split('.')
                .all(|label| !label.is_empty() && label.bytes().all(is_host_letter)),
            other => other.is_some(),
        })
}

fn is_host_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Whether a text contains an address with the scheme http or https.
pub(crate) fn contains_web_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        ["http://", "https://"].iter().any(|scheme| {
            word.to_ascii_lowercase()
                .find(scheme)
                .is_some_and(|start| is_web_address(&word[start..]))
        })
    })
}

/// Whether an address was percent-encoded twice: a `%25` that stands before two hexadecimal digits.
pub(crate) fn is_encoded_twice(address: &str) -> bool {
    address.match_indices("%25").any(|(start, found)| {
        address
            .as_bytes()
            .get(start + found.len()..start + found.len() + 2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Whether a text is a day written `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 10 && Date::strptime("%Y-%m-%d", text).is_ok()
}

/// Whether a text is a MIME type of a registered top-level type, parameters allowed.
pub(crate) fn is_mime_type(text: &str) -> bool {
    const TOP_LEVEL: [&str; 10] = [
        "application",
        "audio",
        "font",
        "haptics",
        "image",
        "message",
        "model",
        "multipart",
        "text",
        "video",
    ];
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let Some((kind, subtype)) = essence.split_once('/') else {
        return false;
    };
    TOP_LEVEL.contains(&kind.to_ascii_lowercase().as_str())
        && !subtype.is_empty()
        && subtype
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
}

/// Whether a text is `en`, `EN`, `fil`, `en_US` or the like.
pub(crate) fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('_');
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    parts.next().is_some_and(|part| letters(part, &[2, 3]))
        && parts.next().is_none_or(|part| letters(part, &[2, 3, 4]))
        && parts.next().is_none()
}

/// Whether a text bears an emoji: a character that is shown as emoji by itself, or one that U+FE0F turns into an
/// emoji. Digits, `#`, ©, and ™ alone are none.
pub(crate) fn has_emoji(text: &str) -> bool {
    text.chars().any(|character| {
        character == '\u{fe0f}'
            || character == '\u{20e3}'
            || matches!(
                character.emoji_status(),
                EmojiStatus::EmojiPresentation
                    | EmojiStatus::EmojiPresentationAndModifierBase
                    | EmojiStatus::EmojiPresentationAndEmojiComponent
                    | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
            )
    })
}

/// Whether a text bears a template variable, `{{…}}`.
pub(crate) fn has_variable(text: &str) -> bool {
    text.find("{{")
        .is_some_and(|start| text[start..].contains("}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_what_a_phone_shows_as_a_picture() {
        for text in ["🍏", "❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "🇹🇿", "👍🏽", "ok ⌚"] {
            assert!(has_emoji(text), "{text}");
        }
        for text in ["1#*", "© ™", "Да — нет", "❤"] {
            assert!(!has_emoji(text), "{text}");
        }
    }

    #[test]
    fn addresses_need_a_scheme_and_a_host() {
        for text in [
            "http://a.example",
            "HTTPS://a.example/x?y=1",
            "http://[::1]:80/",
        ] {
            assert!(is_web_address(text), "{text}");
        }
        for text in [
            "",
            "ftp://a.example",
            "http://",
            "a.example",
            "http://a b",
            "http:/a",
            "http://+a.example",
            "http://a..example",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
        assert!(contains_web_address("see (https://a.example/b), please"));
        assert!(!contains_web_address("see a.example"));
    }

    #[test]
    fn addresses_encoded_twice_are_seen() {
        assert!(is_encoded_twice("https://a.example/a%2520b"));
        assert!(!is_encoded_twice("https://a.example/a%20b"));
        assert!(!is_encoded_twice("https://a.example/100%25"));
    }

    #[test]
    fn days_exist() {
        assert!(is_day("1999-02-28"));
        assert!(!is_day("1999-02-29"));
        assert!(!is_day("28.02.1999"));
    }

    #[test]
    fn language_codes_and_mime_types() {
        assert!(is_language_code("EN") && is_language_code("en_US") && is_language_code("fil"));
        assert!(
            !is_language_code("english") && !is_language_code("en-US") && !is_language_code("e")
        );
        assert!(is_mime_type("image/jpeg") && is_mime_type("audio/ogg; codecs=opus"));
        assert!(!is_mime_type("picture/jpeg") && !is_mime_type("image") && !is_mime_type("image/"));
    }
}

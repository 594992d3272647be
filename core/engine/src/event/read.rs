//! How the values of webhooks and answers are read, which gateways write now this way, now that.

use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer as _};

/// A moment as RFC 3339 in UTC, from a count since 1970 that is in seconds, or in milliseconds
/// where it is above 100,000,000,000 (as seconds, that is the year 5138).
pub(crate) fn moment(count: i64) -> Option<String> {
    const SECONDS_END: i64 = 100_000_000_000;
    let timestamp = if count > SECONDS_END {
        jiff::Timestamp::from_millisecond(count)
    } else {
        jiff::Timestamp::from_second(count)
    };
    timestamp.ok().map(|timestamp| timestamp.to_string())
}

/// A moment that a gateway writes now as a count since 1970, now in words: RFC 3339 in UTC; words without an offset
/// from UTC say no moment.
pub(crate) fn any_moment(value: Option<&serde_json::Value>) -> Option<String> {
    if let Some(count) = integer(value) {
        return moment(count);
    }
    let timestamp: jiff::Timestamp = value?.as_str()?.parse().ok()?;
    Some(timestamp.to_string())
}

/// An id or code that a gateway writes now as a string, now as a number; an empty one is none.
pub(crate) fn text_or_number(value: Option<&serde_json::Value>) -> Option<String> {
    match value? {
        serde_json::Value::String(text) if !text.is_empty() => Some(text.clone()),
        // Beyond 64 bits a number is read as a fraction, which is not the id any more.
        serde_json::Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// The code of an error; a zero, as a number or a string, is "no error".
pub(crate) fn error_code(value: Option<&serde_json::Value>) -> Option<String> {
    text_or_number(value).filter(|code| code.bytes().any(|byte| byte != b'0'))
}

/// Whether a member is there; `null` is not.
pub(crate) fn is_there(item: &serde_json::Value, name: &str) -> bool {
    item.get(name).is_some_and(|value| !value.is_null())
}

/// The items of a webhook's member: those of an array, or what stands in its place, so that it is
/// told of as unreadable; `null` has none.
pub(crate) fn items(value: &serde_json::Value) -> &[serde_json::Value] {
    match value {
        serde_json::Value::Array(items) => items,
        serde_json::Value::Null => &[],
        other => std::slice::from_ref(other),
    }
}

/// The objects in a list, or the one that stands in its place.
pub(crate) fn objects(
    list: Option<&serde_json::Value>,
) -> impl Iterator<Item = &serde_json::Value> {
    let items = list.map(items).unwrap_or_default().iter();
    items.filter(|item| item.is_object())
}

/// A number that a gateway writes now as a number, now as a string.
pub(crate) fn integer(value: Option<&serde_json::Value>) -> Option<i64> {
    match value? {
        serde_json::Value::Number(number) => number.as_i64(),
        serde_json::Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A number that counts something: not below 0.
pub(crate) fn count(value: Option<&serde_json::Value>) -> Option<u64> {
    integer(value)?.try_into().ok()
}

/// A truth that a gateway writes now as such, now as 1 or 0, now as one of these in a string.
pub(crate) fn truth(value: Option<&serde_json::Value>) -> Option<bool> {
    if let serde_json::Value::Bool(truth) = value? {
        return Some(*truth);
    }
    match text_or_number(value)?.as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A decimal number that a gateway writes now as a number, now as a string.
pub(crate) fn decimal(value: Option<&serde_json::Value>) -> Option<f64> {
    match value? {
        serde_json::Value::Number(number) => number.as_f64(),
        serde_json::Value::String(text) => text.trim().parse().ok().filter(|d: &f64| d.is_finite()),
        _ => None,
    }
}

/// A string that is there and not empty.
pub(crate) fn nonempty(value: Option<&serde_json::Value>) -> Option<String> {
    value?
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A word of the gateway's: what it means, and the word. The type has a variant for what nobody documented
/// (`serde(other)`), which stands for what is no word too.
pub(crate) fn word<T: DeserializeOwned>(value: Option<&serde_json::Value>) -> Option<(T, String)> {
    let raw = match value? {
        serde_json::Value::Null => return None,
        serde_json::Value::String(word) => word.clone(),
        other => other.to_string(),
    };
    let word: StrDeserializer<'_, WordError> = raw.as_str().into_deserializer();
    Some((T::deserialize(word).ok()?, raw))
}

/// A member as the gateway says it; `null` is none.
pub(crate) fn as_told(value: Option<&serde_json::Value>) -> Option<serde_json::Value> {
    value.filter(|value| !value.is_null()).cloned()
}

/// A number's digits as E.164; anything else as it is.
pub(crate) fn address(text: &str) -> String {
    let digits = text.strip_suffix("@c.us").unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("+{digits}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_above_the_limit_are_milliseconds() {
        assert_eq!(moment(1_504_208_593).unwrap(), "2017-08-31T19:43:13Z");
        assert_eq!(moment(1_504_208_593_000).unwrap(), "2017-08-31T19:43:13Z");
        assert_eq!(moment(i64::MAX), None);
    }

    #[test]
    fn truths_are_written_in_three_ways() {
        let read = |value: serde_json::Value| truth(Some(&value));
        for (value, expected) in [
            (serde_json::json!(true), Some(true)),
            (serde_json::json!(1), Some(true)),
            (serde_json::json!("true"), Some(true)),
            (serde_json::json!("1"), Some(true)),
            (serde_json::json!(false), Some(false)),
            (serde_json::json!(0), Some(false)),
            (serde_json::json!("false"), Some(false)),
            (serde_json::json!("0"), Some(false)),
            (serde_json::json!(2), None),
            (serde_json::json!("on"), None),
            (serde_json::json!(""), None),
            (serde_json::json!(null), None),
            (serde_json::json!([true]), None),
        ] {
            assert_eq!(read(value.clone()), expected, "{value}");
        }
        assert_eq!(truth(None), None);
    }

    #[test]
    fn addresses_are_e164_where_they_are_numbers() {
        assert_eq!(address("79034567890"), "+79034567890");
        assert_eq!(address("79034567890@c.us"), "+79034567890");
        assert_eq!(
            address("79680561234-1479621234@g.us"),
            "79680561234-1479621234@g.us"
        );
        assert_eq!(address(""), "");
    }
}

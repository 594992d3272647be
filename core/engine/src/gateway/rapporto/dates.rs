//! Rapporto's dates: an offset without a colon, as in `2019-05-10T16:29:30+0300`.
//!
//! Source: Rapporto, "WhatsApp Message Sending", scheduleInfo/deadline.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;

/// RFC 3339 → Rapporto's form, with the same offset. `None` for what is no RFC 3339 date with an
/// offset, or has a fraction of a second, which Rapporto's form cannot say.
pub(super) fn from_rfc3339(text: &str) -> Option<String> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let offset = pieces.to_numeric_offset()?.seconds();
    if time.subsec_nanosecond() != 0 || offset % 60 != 0 {
        return None;
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    Some(format!(
        "{}T{}{sign}{:02}{:02}",
        pieces.date(),
        time.strftime("%H:%M:%S"),
        minutes / 60,
        minutes % 60
    ))
}

/// Rapporto's form, with or without a colon in the offset, or RFC 3339 → RFC 3339 in UTC.
pub(super) fn to_rfc3339(text: &str) -> Option<String> {
    ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S%:z"]
        .iter()
        .find_map(|format| Timestamp::strptime(format, text).ok())
        .or_else(|| text.parse().ok())
        .map(|timestamp| timestamp.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_loses_its_colon_and_nothing_else() {
        let form = |text| from_rfc3339(text);
        assert_eq!(
            form("2026-12-31T16:29:30+03:00").unwrap(),
            "2026-12-31T16:29:30+0300"
        );
        assert_eq!(
            form("2026-12-31T16:29:30-09:30").unwrap(),
            "2026-12-31T16:29:30-0930"
        );
        assert_eq!(
            form("2026-12-31T16:29:30Z").unwrap(),
            "2026-12-31T16:29:30+0000"
        );
        for text in [
            "2026-12-31T16:29:30",
            "2026-12-31",
            "soon",
            "2026-12-31T16:29:30.5Z",
            "",
        ] {
            assert_eq!(form(text), None, "{text}");
        }
    }

    #[test]
    fn both_spellings_of_the_offset_are_read() {
        for text in ["2019-05-05T10:20:35+0300", "2019-05-05T10:20:35+03:00"] {
            assert_eq!(to_rfc3339(text).unwrap(), "2019-05-05T07:20:35Z", "{text}");
        }
        assert_eq!(to_rfc3339(""), None);
    }
}

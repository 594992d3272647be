//! Countries in which a subscriber's `wa_id` may differ from the number.

/// The other form of a number in such a country, as digits.
pub(crate) fn candidate(country_code: &str, national: &str) -> Option<String> {
    let other = match (country_code, national.len()) {
        // Mexico dropped the 1 of mobile numbers in 2019; ids from before have it.
        ("52", 10) => format!("1{national}"),
        ("52", 11) => national.strip_prefix('1')?.to_owned(),
        // Argentina writes a 9 before mobile numbers that are dialled from abroad.
        ("54", 10) => format!("9{national}"),
        ("54", 11) => national.strip_prefix('9')?.to_owned(),
        // Brazil put a 9 before the eight digits of mobile numbers, which began with 6 to 9, from 2012 to 2016.
        ("55", 10) => {
            let (area, subscriber) = national.split_at(2);
            if !subscriber.starts_with(['6', '7', '8', '9']) {
                return None;
            }
            format!("{area}9{subscriber}")
        }
        ("55", 11) => {
            let (area, subscriber) = national.split_at(2);
            format!("{area}{}", subscriber.strip_prefix('9')?)
        }
        _ => return None,
    };
    Some(format!("{country_code}{other}"))
}

#[cfg(test)]
mod tests {
    use super::candidate;

    #[test]
    fn offers_the_other_form() {
        for (country_code, one, other) in [
            ("52", "5512345678", "15512345678"),
            ("54", "1123456789", "91123456789"),
            ("55", "1161234567", "11961234567"),
        ] {
            assert_eq!(
                candidate(country_code, one),
                Some(format!("{country_code}{other}"))
            );
            assert_eq!(
                candidate(country_code, other),
                Some(format!("{country_code}{one}"))
            );
        }
    }

    #[test]
    fn offers_nothing_elsewhere() {
        for (country_code, national) in [
            ("7", "9034567890"),
            ("52", "25512345678"),
            ("54", "81123456789"),
            // Brazil's fixed lines never had a ninth digit, nor do eight digits without an area code.
            ("55", "1123456789"),
            ("55", "11861234567"),
            ("55", "40041234"),
        ] {
            assert_eq!(
                candidate(country_code, national),
                None,
                "{country_code} {national}"
            );
        }
    }
}

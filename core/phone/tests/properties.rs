//! What holds for every input.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use wamux_phone::{ErrorCode, Options, Region, mask, parse};

const REGIONS: [&str; 14] = [
    "RU", "KZ", "DE", "US", "GB", "IT", "MX", "AR", "BR", "JP", "CI", "BJ", "ID", "AC",
];

fn options() -> impl Strategy<Value = Options> {
    (
        proptest::option::of(proptest::sample::select(&REGIONS[..])),
        any::<bool>(),
    )
        .prop_map(|(region, strict)| Options {
            region: region.map(|region| Region::new(region).unwrap()),
            strict,
        })
}

fn check(input: &str, options: Options) -> Result<(), TestCaseError> {
    let Ok(number) = parse(input, &options) else {
        return Ok(());
    };
    let e164 = number.e164();
    prop_assert!(e164.starts_with('+') && e164.len() <= 21, "{e164}");
    prop_assert!(!e164.starts_with("+0"), "{e164}");
    prop_assert_eq!(&e164[1..], number.digits());
    prop_assert!(number.digits().bytes().all(|digit| digit.is_ascii_digit()));
    prop_assert!(number.is_valid() || !options.strict);
    for candidate in number.wa_id_candidates() {
        prop_assert!(candidate.bytes().all(|digit| digit.is_ascii_digit()));
        prop_assert_ne!(candidate.as_str(), number.digits());
    }
    let debug = format!("{number:?}");
    prop_assert!(!debug.contains(number.digits()));
    prop_assert_eq!(mask(e164).chars().count(), e164.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_never_panics(input in any::<String>(), options in options()) {
        check(&input, options)?;
    }

    #[test]
    fn text_that_looks_like_a_number_never_panics(
        input in "[+＋]{0,2}[0-9０-９٠-٩ ()./,;#*~x\u{a0}-]{0,60}( ?(ext|доб|x)\\.? ?[0-9]{0,4})?",
        options in options(),
    ) {
        check(&input, options)?;
    }

    #[test]
    fn digits_never_panic(input in "(00|8|810|011|\\+)?[0-9]{0,45}", options in options()) {
        check(&input, options)?;
    }

    /// What stands between the digits changes nothing.
    #[test]
    fn separators_change_nothing(
        digits in "[1-9][0-9]{6,13}",
        separators in proptest::collection::vec("[ ()./\u{a0}\u{2011}-]{0,2}", 14),
        plus in any::<bool>(),
        options in options(),
    ) {
        let sign = if plus { "+" } else { "" };
        let spaced: String = digits
            .chars()
            .zip(&separators)
            .flat_map(|(digit, separator)| std::iter::once(digit).chain(separator.chars()))
            .collect();
        let plain = parse(&format!("{sign}{digits}"), &options);
        let spaced = parse(&format!("{sign}{spaced}"), &options);
        // A gap may make two numbers of what is too long for one.
        let code = |error: wamux_phone::PhoneError| match error.code() {
            ErrorCode::SeveralNumbers => ErrorCode::TooLong,
            code => code,
        };
        prop_assert_eq!(plain.map_err(code), spaced.map_err(code));
    }

    /// Every script's digits mean the same.
    #[test]
    fn scripts_change_nothing(digits in "[0-9]{1,15}", zero in proptest::sample::select(vec!['０', '٠', '۰', '०', '০']), options in options()) {
        let other: String = digits
            .chars()
            .map(|digit| char::from_u32(u32::from(zero) + digit.to_digit(10).unwrap()).unwrap())
            .collect();
        prop_assert_eq!(parse(&digits, &options), parse(&other, &options));
    }

    /// A valid number read again from its own E.164 stays what it is.
    #[test]
    fn reading_is_stable(digits in "[1-9][0-9]{6,14}", options in options()) {
        if let Ok(number) = parse(&digits, &options)
            && number.is_valid()
        {
            prop_assert_eq!(parse(number.e164(), &Options::default()), Ok(number));
        }
    }

    #[test]
    fn errors_repeat_no_digits(input in "\\+?[0-9]{5,60}", options in options()) {
        if let Err(error) = parse(&input, &options) {
            prop_assert!(!error.to_string().contains(&input));
        }
    }
}

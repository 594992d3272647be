//! The policy, sentence by sentence.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wamux_phone::{ErrorCode, Options, PhoneNumber, Region, parse};

fn options(region: &str) -> Options {
    Options {
        region: (!region.is_empty()).then(|| Region::new(region).unwrap()),
        strict: false,
    }
}

fn number(input: &str, region: &str) -> PhoneNumber {
    parse(input, &options(region))
        .unwrap_or_else(|error| panic!("`{input}` in `{region}`: {error}"))
}

fn assert_reads(cases: &[(&str, &str, &str)]) {
    for (input, region, e164) in cases {
        assert_eq!(
            number(input, region).e164(),
            *e164,
            "`{input}` in `{region}`"
        );
    }
}

fn assert_refuses(cases: &[(&str, &str, ErrorCode)]) {
    for (input, region, code) in cases {
        let error = parse(input, &options(region)).unwrap_err();
        assert_eq!(error.code(), *code, "`{input}` in `{region}`");
    }
}

#[test]
fn reads_every_russian_form() {
    for input in [
        "+79034567890",
        "79034567890",
        "89034567890",
        "9034567890",
        "+7 (903) 456-78-90",
        "8 (903) 456-78-90",
        "8-903-456-78-90",
        "8.903.456.78.90",
        "8/903/456/78/90",
        "8[903]4567890",
        "8\u{a0}903\u{a0}456\u{2011}78\u{2013}90",
        "8\u{202f}903\u{2009}456\u{2212}78\u{2014}90",
        "8\t903\u{3000}456－78－90",
        "\u{202a}+7 903 456-78-90\u{202c}",
        "＋７９０３４５６７８９０",
        "٨٩٠٣٤٥٦٧٨٩٠",
        "۸۹۰۳۴۵۶۷۸۹۰",
        "0079034567890",
        "00 7 903 456-78-90",
        "810 7 903 456-78-90",
        "8~10 7 903 456-78-90",
        "tel:+7-903-456-78-90",
        "TEL:89034567890",
        " «+79034567890», ",
        "(+7) 903 4567890.",
        "'79034567890",
        "79034567890+",
        "++79034567890",
    ] {
        for region in ["RU", "KZ"] {
            assert_eq!(
                number(input, region).e164(),
                "+79034567890",
                "`{input}` in {region}"
            );
        }
    }
}

#[test]
fn reads_rapporto_samples() {
    for input in [
        "72101234567",
        "+72101234567",
        "8-210-123-45-67",
        "82101234567",
    ] {
        let number = number(input, "RU");
        assert_eq!(number.e164(), "+72101234567");
        assert_eq!(number.digits(), "72101234567");
        assert!(!number.is_valid());
        assert_eq!(number.region(), None);
    }
}

#[test]
fn digits_with_a_country_code_are_international() {
    assert_reads(&[
        // There is no region.
        ("72101234567", "", "+72101234567"),
        ("442079460018", "", "+442079460018"),
        // The national reading is not possible.
        ("72101234567", "RU", "+72101234567"),
        ("4915123456014", "RU", "+4915123456014"),
        ("79161234567", "US", "+79161234567"),
        // The region's own country code, without the trunk prefix, and valid.
        ("62812349777", "ID", "+62812349777"),
        ("4915123456014", "DE", "+4915123456014"),
        ("61412345678", "AU", "+61412345678"),
    ]);
}

#[test]
fn a_possible_national_reading_wins_otherwise() {
    assert_reads(&[
        // Another region's country code.
        ("79034567890", "DE", "+4979034567890"),
        // The trunk prefix is there.
        ("0491234567", "DE", "+49491234567"),
        // Not valid as international: Germany has no numbers that begin with 0 behind the country code.
        ("4900123456", "DE", "+494900123456"),
        // No trunk prefix in the region: libphonenumber's reading stands.
        ("3906698123", "IT", "+393906698123"),
        ("14155552671", "US", "+14155552671"),
    ]);
}

#[test]
fn zeros_are_an_exit_code_where_they_are_one() {
    assert_reads(&[
        ("0079161234567", "RU", "+79161234567"),
        ("0079161234567", "KZ", "+79161234567"),
        ("00442079460018", "RU", "+442079460018"),
        ("0079161234567", "DE", "+79161234567"),
        ("01179161234567", "US", "+79161234567"),
    ]);
    assert_refuses(&[
        ("0079161234567", "", ErrorCode::RegionNeeded),
        ("00", "", ErrorCode::RegionNeeded),
        ("0079161234567", "US", ErrorCode::TooLong),
        ("0089161234567", "RU", ErrorCode::CountryCode),
    ]);
}

#[test]
fn plus_eight_is_a_mistake_unless_a_country_has_the_number() {
    for region in ["RU", "KZ", "", "DE"] {
        assert_refuses(&[
            ("+89161234567", region, ErrorCode::PlusEight),
            ("+8 (903) 456-78-90", region, ErrorCode::PlusEight),
            ("+8916123456", region, ErrorCode::CountryCode),
            ("+891612345678", region, ErrorCode::CountryCode),
        ]);
        assert_reads(&[("+84951234567", region, "+84951234567")]);
    }
    let error = parse("+89161234567", &options("RU")).unwrap_err();
    assert!(error.to_string().contains("+7"));
}

#[test]
fn international_numbers_keep_the_reading_of_libphonenumber() {
    assert_reads(&[
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("+54 11 15 2345-6789", "", "+5491123456789"),
        ("+39 06 6982", "", "+39066982"),
        ("+225 01 23 45 67 89", "", "+2250123456789"),
        ("+229 01 90 01 12 34", "", "+2290190011234"),
        ("011 15 2345-6789", "AR", "+5491123456789"),
    ]);
}

#[test]
fn mexico_keeps_its_retired_one() {
    for (input, region) in [
        ("+5215512345678", ""),
        ("5215512345678", ""),
        ("5215512345678", "MX"),
        ("5215512345678", "RU"),
        ("005215512345678", "RU"),
        ("005215512345678", "FR"),
        ("0115215512345678", "US"),
        ("+52 1 55 1234 5678", "MX"),
    ] {
        let number = number(input, region);
        assert_eq!(number.e164(), "+5215512345678", "`{input}` in `{region}`");
        assert!(!number.is_valid());
        assert_eq!(number.wa_id_candidates(), ["525512345678"]);
        let strict = Options {
            strict: true,
            ..options(region)
        };
        assert_eq!(
            parse(input, &strict).unwrap_err().code(),
            ErrorCode::NotValid
        );
    }
    assert_refuses(&[
        ("+52155123456789", "", ErrorCode::TooLong),
        ("+5225512345678", "", ErrorCode::TooLong),
    ]);
    // Behind the region's own trunk it is no id, but a number of the United States.
    assert_reads(&[("1 551 234 5678", "MX", "+15512345678")]);
}

#[test]
fn candidates_are_offered_and_never_the_number_itself() {
    for (input, candidates) in [
        ("+525512345678", &["5215512345678"][..]),
        ("+5491123456789", &["541123456789"]),
        ("+541123456789", &["5491123456789"]),
        ("+5511961234567", &["551161234567"]),
        ("+551161234567", &["5511961234567"]),
        ("+551123456789", &[]),
        ("+79034567890", &[]),
    ] {
        assert_eq!(number(input, "").wa_id_candidates(), candidates, "{input}");
    }
}

#[test]
fn strict_asks_for_a_valid_number() {
    let strict = Options {
        strict: true,
        ..options("RU")
    };
    assert_eq!(
        parse("72101234567", &strict).unwrap_err().code(),
        ErrorCode::NotValid
    );
    assert!(parse("89034567890", &strict).unwrap().is_valid());
}

#[test]
fn regions_are_told_where_the_plan_tells_them() {
    for (input, region) in [
        ("+79034567890", Some("RU")),
        ("+77012345678", Some("KZ")),
        ("+442079460018", Some("GB")),
        ("+447911123456", Some("GG")),
        ("+447624123456", Some("IM")),
        ("+38344123456", Some("XK")),
        ("+80012345678", None),
        ("+72101234567", None),
    ] {
        let number = number(input, "");
        assert_eq!(
            number.region().map(|region| region.to_string()).as_deref(),
            region,
            "{input}"
        );
    }
}

#[test]
fn refuses_what_is_no_number() {
    assert_refuses(&[
        ("", "RU", ErrorCode::Empty),
        (" \u{a0}\u{200b}", "RU", ErrorCode::Empty),
        ("+", "RU", ErrorCode::Empty),
        ("—", "RU", ErrorCode::Empty),
        ("tel:", "RU", ErrorCode::Empty),
        ("call me", "RU", ErrorCode::Letters),
        ("1-800-FLOWERS", "US", ErrorCode::Letters),
        ("+7 903 456-78-9О", "RU", ErrorCode::Letters),
        ("тел. +79034567890", "RU", ErrorCode::Letters),
        ("*100#", "RU", ErrorCode::Letters),
        ("+7903*4567890", "RU", ErrorCode::Letters),
        ("+7903•••••90", "RU", ErrorCode::Letters),
        ("+7903\u{0}4567890", "RU", ErrorCode::Letters),
        (
            "tel:9034567890;phone-context=+7",
            "RU",
            ErrorCode::SeveralNumbers,
        ),
        (
            "tel:9034567890;phone-context=example.org",
            "RU",
            ErrorCode::Letters,
        ),
        ("9034567890²", "RU", ErrorCode::Letters),
    ]);
}

#[test]
fn refuses_extensions() {
    for extension in [
        " ext. 12",
        " ext 12",
        "x12",
        " X 12",
        " доб. 12",
        " (доб. 12)",
        ";ext=12",
        "#12",
        ",12",
        ",,12",
        ";12",
        " - 12#",
        " int 12",
        "～12",
        " extension: 12",
    ] {
        assert_refuses(&[(
            &format!("+7 903 456-78-90{extension}"),
            "RU",
            ErrorCode::Extension,
        )]);
    }
}

#[test]
fn refuses_two_numbers() {
    for separator in [
        ", ", "; ", " / ", " ", "/", "\n", " | ", " +", "+", " или ", ", +",
    ] {
        assert_refuses(&[(
            &format!("79034567890{separator}79034567891"),
            "RU",
            ErrorCode::SeveralNumbers,
        )]);
    }
}

#[test]
fn lengths_have_limits() {
    assert_refuses(&[
        ("5", "RU", ErrorCode::TooShort),
        ("+7", "RU", ErrorCode::TooShort),
        ("+7903456789", "", ErrorCode::TooShort),
        ("+790345678901", "", ErrorCode::TooLong),
        ("890345678901", "RU", ErrorCode::TooLong),
        ("+123456789012345678901", "", ErrorCode::TooLong),
        ("+999123456789", "", ErrorCode::CountryCode),
        ("+0123456789", "", ErrorCode::CountryCode),
        ("89034567890", "", ErrorCode::CountryCode),
        ("0903456789", "", ErrorCode::CountryCode),
    ]);
    // Two hundred and fifty characters are read, one more is not.
    let padded = format!("{}+79034567890", " ".repeat(238));
    assert_eq!(number(&padded, "").e164(), "+79034567890");
    assert_refuses(&[(&format!(" {padded}"), "", ErrorCode::TooLong)]);
    assert_refuses(&[(&"9".repeat(10_000_000), "RU", ErrorCode::TooLong)]);
    // The longest numbers of all, Japan's, have nineteen digits with the country code.
    assert_eq!(number("+8100777012345678901", "").digits().len(), 19);
}

#[test]
fn nothing_prints_a_number() {
    let text = format!("{:?}", number("+79034567890", ""));
    assert!(text.contains("+7903•••••90"), "{text}");
    assert!(!text.contains("4567"), "{text}");
    for input in ["+890345678901", "7903456789", "+79034567890 ext 12"] {
        let error = parse(input, &options("")).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("3456"));
    }
}

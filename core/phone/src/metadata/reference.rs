//! The tables against `rlibphonenumber`, from which they are made: the same readings of the same digits.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberType, ValidationError,
};

use super::plans::REGIONS;
use super::{Reading, digit_value};
use crate::error::ErrorCode;
use crate::region::Region;

/// The most zeros before a national number that the reference counts.
const LEADING_ZEROS_COUNTED: usize = 10;

const TYPES: [PhoneNumberType; 11] = [
    PhoneNumberType::FixedLine,
    PhoneNumberType::Mobile,
    PhoneNumberType::FixedLineOrMobile,
    PhoneNumberType::TollFree,
    PhoneNumberType::PremiumRate,
    PhoneNumberType::SharedCost,
    PhoneNumberType::VoIP,
    PhoneNumberType::PersonalNumber,
    PhoneNumberType::Pager,
    PhoneNumberType::UAN,
    PhoneNumberType::VoiceMail,
];

/// What is dialled before numbers somewhere: exit codes, trunk prefixes, carriers, and what national prefixes consist of.
const PREFIXES: [&str; 30] = [
    "", "", "", "", "0", "1", "8", "06", "00", "011", "810", "010", "001", "009", "119", "0011",
    "00140", "0055", "180020", "90", "015", "031", "0041", "0112", "01115", "60", "77", "80",
    "000", "1001",
];

/// All that wamux asks of the numbering plans.
#[derive(Debug, PartialEq)]
struct Answer {
    country_code: String,
    national_number: String,
    length: Result<(), ErrorCode>,
    region: Option<String>,
    valid: bool,
}

impl Answer {
    fn of_reading(reading: &Reading) -> Self {
        let (region, valid) = reading.assignment();
        Self {
            country_code: reading.country_code().to_owned(),
            national_number: reading.national_number().to_owned(),
            length: reading.check_length(),
            region: region.map(|region| region.as_str().to_owned()),
            valid,
        }
    }

    fn of_reference(text: &str, region: Option<Region>) -> Result<Self, ErrorCode> {
        let number = PHONE_NUMBER_UTIL
            .parse(text, region.map(library_region))
            .map_err(|error| match error {
                ParseError::InvalidCountryCode => ErrorCode::CountryCode,
                ParseError::TooLongNsn => ErrorCode::TooLong,
                ParseError::NotANumber(_)
                | ParseError::TooShortAfterIdd
                | ParseError::TooShortNsn => ErrorCode::TooShort,
            })?;
        let region = number.get_region_code();
        Ok(Self {
            country_code: number.country_code.to_string(),
            national_number: national_number(&number),
            length: match number.is_possible_with_reason() {
                Ok(_) => Ok(()),
                Err(ValidationError::TooShort) => Err(ErrorCode::TooShort),
                Err(ValidationError::InvalidCountryCode) => Err(ErrorCode::CountryCode),
                Err(ValidationError::TooLong | ValidationError::InvalidLength) => {
                    Err(ErrorCode::TooLong)
                }
            },
            region: region
                .map(|region| region.as_region_str().as_str().to_owned())
                .filter(|region| region != "001"),
            valid: number.is_valid(),
        })
    }

    fn has_too_many_zeros(&self) -> bool {
        self.national_number
            .starts_with(&"0".repeat(LEADING_ZEROS_COUNTED + 1))
    }
}

fn national_number(number: &PhoneNumber) -> String {
    let zeros = if number.italian_leading_zero() {
        usize::try_from(number.number_of_leading_zeros()).unwrap()
    } else {
        0
    };
    format!("{}{}", "0".repeat(zeros), number.national_number)
}

fn library_region(region: Region) -> rlibphonenumber::Region {
    rlibphonenumber::Region::from_code(region.as_str()).unwrap()
}

fn region() -> impl Strategy<Value = Region> {
    any::<Index>().prop_map(|index| Region::of(index.get(&REGIONS)))
}

/// An example of the reference, of a region's numbers of one type; empty where there are none.
fn example(region: Region, kind: PhoneNumberType) -> String {
    PHONE_NUMBER_UTIL
        .get_example_number_for_type_and_region(library_region(region), kind)
        .map(|number| national_number(&number))
        .unwrap_or_default()
}

/// Digits that are a number, or nearly, behind what may be dialled before it, and the region in which they are dialled.
fn dialled() -> impl Strategy<Value = (String, Region)> {
    let number = prop_oneof![
        1 => "[0-9]{0,20}".prop_map(Some),
        6 => Just(None),
    ];
    let changes = proptest::collection::vec((any::<Index>(), b'0'..=b'9'), 0..4);
    (
        (region(), region(), any::<bool>()),
        (select(&PREFIXES[..]), proptest::bool::weighted(0.3)),
        (number, select(&TYPES[..]), changes, 0..3_usize),
    )
        .prop_map(
            |((region, other, abroad), (prefix, coded), (number, kind, changes, cut))| {
                let home = if abroad { other } else { region };
                let mut number = number.unwrap_or_else(|| example(home, kind)).into_bytes();
                if !number.is_empty() {
                    for (index, digit) in changes {
                        let place = index.index(number.len());
                        number[place] = digit;
                    }
                }
                number.truncate(number.len().saturating_sub(cut));
                let number = String::from_utf8(number).unwrap();
                let code = if coded { home.plan().country.code } else { "" };
                (format!("{prefix}{code}{number}"), region)
            },
        )
}

fn compare(digits: &str, region: Region) -> Result<(), TestCaseError> {
    let ours = [
        Reading::national(digits, region),
        Reading::international(digits, Some(region)),
        Reading::international(digits, None),
    ];
    let plus = format!("+{digits}");
    let theirs = [
        Answer::of_reference(digits, Some(region)),
        Answer::of_reference(&plus, Some(region)),
        Answer::of_reference(&plus, None),
    ];
    for (ours, theirs) in ours.into_iter().zip(theirs) {
        let ours = ours.map(|reading| Answer::of_reading(&reading));
        if theirs.as_ref().is_ok_and(Answer::has_too_many_zeros) {
            continue;
        }
        prop_assert_eq!(ours, theirs, "{} in {}", digits, region);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("WAMUX_SOAK_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(20_000),
        ..ProptestConfig::default()
    })]

    #[test]
    fn digits_are_read_as_the_reference_reads_them((digits, region) in dialled()) {
        compare(&digits, region)?;
    }
}

#[test]
fn digits_of_all_scripts_are_those_of_the_reference() {
    for character in '\u{80}'..=char::MAX {
        let theirs = PHONE_NUMBER_UTIL.normalize_digits_only(character.encode_utf8(&mut [0; 4]));
        let theirs = theirs.bytes().next().map(|digit| digit - b'0');
        assert_eq!(digit_value(character), theirs, "{character:?}");
    }
}

//! Which reading of the digits wins.

use crate::error::{ErrorCode, PhoneError};
use crate::metadata::{Plan, Reading};
use crate::number::PhoneNumber;
use crate::region::Region;
use crate::written::Written;

/// How to read a number.
///
/// ```
/// use wamux_phone::{Options, Region};
///
/// let options = Options { region: Some(Region::new("DE")?), strict: true };
/// assert!(wamux_phone::parse("030 123456", &options).is_ok());
/// # Ok::<(), wamux_phone::UnknownRegion>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The region in which the number is dialled; without one every number begins with its country code.
    pub region: Option<Region>,
    /// Whether a number must be valid (its range assigned), rather than merely possible (of a known length).
    pub strict: bool,
}

/// Reads one phone number in any form that people write; the crate's page says which, and which reading wins.
///
/// # Errors
///
/// [`PhoneError`] says what is wrong. Inputs over 250 characters are refused before they are looked at.
///
/// ```
/// use wamux_phone::{Options, Region, parse};
///
/// let indonesia = Options { region: Some(Region::new("ID")?), ..Options::default() };
/// assert_eq!(parse("62812349777", &indonesia)?.e164(), "+62812349777");
/// assert_eq!(parse("0812-349-777", &indonesia)?.e164(), "+62812349777");
/// assert_eq!(parse("٠٨١٢٣٤٩٧٧٧", &indonesia)?.e164(), "+62812349777");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(input: &str, options: &Options) -> Result<PhoneNumber, PhoneError> {
    let written = Written::scan(input)?;
    let reading = read(&written, options.region).map_err(|code| match code {
        ErrorCode::TooLong if written.may_be_two() => ErrorCode::SeveralNumbers,
        code => code,
    })?;
    let number = PhoneNumber::from_reading(&reading);
    if options.strict && !number.is_valid() {
        return Err(ErrorCode::NotValid.into());
    }
    Ok(number)
}

fn read(written: &Written, region: Option<Region>) -> Result<Reading, ErrorCode> {
    let digits = written.digits();
    if written.has_plus() {
        return international(digits, region).map_err(|code| {
            if digits.starts_with('8') && digits.len() == 11 {
                ErrorCode::PlusEight
            } else {
                code
            }
        });
    }
    let behind_zeros = digits.strip_prefix("00");
    match (region, behind_zeros) {
        (None, Some(_)) => Err(ErrorCode::RegionNeeded),
        (None, None) => international(digits, None),
        // Their exit code is 810, and yet people write 00.
        (Some(region), Some(behind_zeros)) if matches!(region.as_str(), "RU" | "KZ") => {
            international(behind_zeros, None)
        }
        (Some(region), _) => without_plus(digits, region),
    }
}

/// Weighs the national reading against the international one.
fn without_plus(digits: &str, region: Region) -> Result<Reading, ErrorCode> {
    match possible(Reading::national(digits, region), digits) {
        Ok(national) => Ok(own_country_code(digits, region).unwrap_or(national)),
        Err(code) => international(digits, None).map_err(|_| code),
    }
}

/// The international reading, where it wins over a possible national one: libphonenumber puts a second country code
/// before such digits.
fn own_country_code(digits: &str, region: Region) -> Option<Reading> {
    let Plan {
        trunk_prefix,
        country,
        ..
    } = region.plan();
    if trunk_prefix.is_empty()
        || digits.starts_with(trunk_prefix)
        || !digits.starts_with(country.code)
    {
        return None;
    }
    international(digits, None).ok().filter(Reading::is_valid)
}

fn international(digits: &str, region: Option<Region>) -> Result<Reading, ErrorCode> {
    possible(Reading::international(digits, region), digits)
}

/// Refuses a reading that no numbering plan admits.
fn possible(reading: Result<Reading, ErrorCode>, digits: &str) -> Result<Reading, ErrorCode> {
    let reading = reading?;
    if !is_retired_mexican_mobile(&reading, digits) {
        reading.check_length()?;
    }
    Ok(reading)
}

/// Mexico dropped the 1 of its mobile numbers in 2019, and the numbering plan with it; ids from before still have it.
fn is_retired_mexican_mobile(reading: &Reading, digits: &str) -> bool {
    let national = reading.national_number();
    reading.country_code() == "52"
        && national.len() == 11
        && national.starts_with('1')
        && digits
            .strip_suffix(national)
            .is_some_and(|before| before.ends_with("52"))
}

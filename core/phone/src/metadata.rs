//! The numbering plans. Nothing outside this module knows which library they come from.

use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, ParseError, PhoneNumber, ValidationError};

use crate::error::ErrorCode;
use crate::region::Region;

/// The library prints no more leading zeros of a national number than this.
const LEADING_ZEROS_PRINTED: usize = 10;

/// Whether the numbering plans know `region`.
pub(crate) fn is_region(region: Region) -> bool {
    library_region(region).is_some_and(|region| {
        PHONE_NUMBER_UTIL
            .get_country_code_for_region(region)
            .is_some()
    })
}

/// The country code of `region`, such as 7.
pub(crate) fn country_code(region: Region) -> Option<u16> {
    let code = PHONE_NUMBER_UTIL.get_country_code_for_region(library_region(region)?)?;
    u16::try_from(code).ok()
}

/// What is dialled before a national number inside `region`, such as `8` or `0`; `None` where nothing is.
pub(crate) fn trunk_prefix(region: Region) -> Option<&'static str> {
    let metadata = PHONE_NUMBER_UTIL
        .as_original()
        .get_metadata_for_region(library_region(region)?)?;
    metadata
        .original
        .national_prefix
        .as_deref()
        .filter(|prefix| !prefix.is_empty())
}

/// The value of a decimal digit of any script.
pub(crate) fn digit_value(character: char) -> Option<u8> {
    if let '0'..='9' = character {
        return Some(character as u8 - b'0');
    }
    if character.is_ascii() || !character.is_numeric() {
        return None;
    }
    let normalised = PHONE_NUMBER_UTIL.normalize_digits_only(character.encode_utf8(&mut [0; 4]));
    normalised.bytes().next().map(|digit| digit - b'0')
}

/// How the numbering plans understand some digits.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    number: PhoneNumber,
    national: String,
}

impl Reading {
    /// Reads ASCII digits as dialled in `region`; the result may still be international, behind an exit code.
    pub(crate) fn national(digits: &str, region: Region) -> Result<Self, ErrorCode> {
        Self::read(digits, Some(region))
    }

    /// Reads ASCII digits as what stands behind a plus. `region` helps where its exit code follows the plus.
    pub(crate) fn international(digits: &str, region: Option<Region>) -> Result<Self, ErrorCode> {
        Self::read(&format!("+{digits}"), region)
    }

    fn read(text: &str, region: Option<Region>) -> Result<Self, ErrorCode> {
        let number = PHONE_NUMBER_UTIL
            .parse(text, region.and_then(library_region))
            .map_err(|error| match error {
                ParseError::InvalidCountryCode => ErrorCode::CountryCode,
                ParseError::TooLongNsn => ErrorCode::TooLong,
                // The text has digits only, so "not a number" says that one digit is none.
                ParseError::NotANumber(_)
                | ParseError::TooShortAfterIdd
                | ParseError::TooShortNsn => ErrorCode::TooShort,
            })?;
        let national = "0".repeat(leading_zeros(&number)) + &number.national_number.to_string();
        Ok(Self { number, national })
    }

    pub(crate) fn country_code(&self) -> u16 {
        u16::try_from(self.number.country_code).unwrap_or_default()
    }

    /// The national number with its leading zeros, at most 17 digits.
    pub(crate) fn national_number(&self) -> &str {
        &self.national
    }

    /// Whether the numbering plan has numbers of this length, numbers dialled within one town included.
    pub(crate) fn check_length(&self) -> Result<(), ErrorCode> {
        let checked = if leading_zeros(&self.number) > LEADING_ZEROS_PRINTED {
            // Lengths are all that counts, and the library would count too few of these zeros.
            PhoneNumber {
                country_code: self.number.country_code,
                national_number: 10_u64.pow(u32::try_from(self.national.len() - 1).unwrap_or(0)),
                ..PhoneNumber::default()
            }
            .is_possible_with_reason()
        } else {
            self.number.is_possible_with_reason()
        };
        match checked {
            Ok(_) => Ok(()),
            Err(ValidationError::TooShort) => Err(ErrorCode::TooShort),
            Err(ValidationError::TooLong | ValidationError::InvalidLength) => {
                Err(ErrorCode::TooLong)
            }
            Err(ValidationError::InvalidCountryCode) => Err(ErrorCode::CountryCode),
        }
    }

    /// Whether the numbering plan has assigned this number's range.
    pub(crate) fn is_valid(&self) -> bool {
        leading_zeros(&self.number) <= LEADING_ZEROS_PRINTED && self.number.is_valid()
    }

    /// The region the number belongs to; `None` when it belongs to none, or to the whole world.
    pub(crate) fn region(&self) -> Option<Region> {
        // `001`, the world, has three characters and is no `Region`.
        Region::new(self.number.get_region_code()?.as_region_str().as_str()).ok()
    }
}

fn leading_zeros(number: &PhoneNumber) -> usize {
    if number.italian_leading_zero() {
        usize::try_from(number.number_of_leading_zeros()).unwrap_or(0)
    } else {
        0
    }
}

fn library_region(region: Region) -> Option<rlibphonenumber::Region> {
    rlibphonenumber::Region::from_code(region.as_str()).ok()
}

#[cfg(test)]
mod tests {
    use super::{digit_value, trunk_prefix};
    use crate::region::Region;

    #[test]
    fn digits_of_every_script_have_values() {
        for (zero, nine) in [('0', '9'), ('٠', '٩'), ('۰', '۹'), ('०', '९'), ('０', '９')]
        {
            assert_eq!((digit_value(zero), digit_value(nine)), (Some(0), Some(9)));
        }
        for other in ['a', '²', '½', '①', 'Ⅷ', '五', '+', '٪'] {
            assert_eq!(digit_value(other), None, "{other}");
        }
    }

    #[test]
    fn trunk_prefixes_are_those_of_the_regions() {
        for (region, prefix) in [
            ("RU", Some("8")),
            ("DE", Some("0")),
            ("HU", Some("06")),
            ("MX", None),
            ("IT", None),
        ] {
            assert_eq!(
                trunk_prefix(Region::new(region).unwrap()),
                prefix,
                "{region}"
            );
        }
    }
}

//! The numbering plans: libphonenumber's metadata as tables, and its way to read digits by them.

mod automaton;
mod plan;
mod plans;
mod reading;
#[cfg(test)]
mod reference;

use plan::{Country, Plan};
use plans::ZEROS;
pub(crate) use reading::Reading;

use crate::region::Region;

/// Whether the numbering plans know `region`.
pub(crate) fn is_region(region: Region) -> bool {
    Plan::of(region).is_some()
}

/// The digits of the country code of `region`, such as `7`.
pub(crate) fn country_code(region: Region) -> Option<&'static str> {
    let country = Country::of(Plan::of(region)?.country_code)?;
    Some(country.digits)
}

/// What is dialled before a national number inside `region`, such as `8` or `0`; `None` where nothing is.
pub(crate) fn trunk_prefix(region: Region) -> Option<&'static str> {
    Plan::of(region)
        .map(|plan| plan.trunk_prefix)
        .filter(|prefix| !prefix.is_empty())
}

/// The value of a decimal digit of any script.
pub(crate) fn digit_value(character: char) -> Option<u8> {
    if let '0'..='9' = character {
        return Some(character as u8 - b'0');
    }
    if character.is_ascii() {
        return None;
    }
    let place = ZEROS
        .partition_point(|zero| *zero <= character)
        .checked_sub(1)?;
    let value = u32::from(character) - u32::from(*ZEROS.get(place)?);
    u8::try_from(value).ok().filter(|value| *value < 10)
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

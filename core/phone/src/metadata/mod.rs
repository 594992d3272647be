//! The numbering plans: libphonenumber's metadata as tables, and its way to read digits by them.

mod automaton;
mod plan;
mod plans;
mod reading;
#[cfg(test)]
mod reference;

pub(crate) use plan::Plan;
use plans::{REGIONS, ZEROS};
pub(crate) use reading::Reading;

/// The plan of a region, by its two letters in capitals.
pub(crate) fn plan(region: &[u8]) -> Option<&'static Plan> {
    let place = REGIONS.binary_search_by_key(&region, |plan| plan.region.as_bytes());
    REGIONS.get(place.ok()?)
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
    use super::{digit_value, plan};

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
            ("RU", "8"),
            ("DE", "0"),
            ("HU", "06"),
            ("MX", ""),
            ("IT", ""),
        ] {
            let plan = plan(region.as_bytes()).unwrap();
            assert_eq!(plan.trunk_prefix, prefix, "{region}");
        }
    }
}

//! What is known of a region and of a country code.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::automaton::Automaton;
use super::plans::{CODES, COUNTRIES};
use crate::error::ErrorCode;

/// How the numbers of a region are written and dialled.
pub(crate) struct Plan {
    /// Two letters; none for the whole world.
    pub(crate) region: &'static str,
    pub(crate) country: &'static Country,
    /// What is dialled before a national number inside the region, such as `8` or `0`; empty where nothing is.
    pub(crate) trunk_prefix: &'static str,
    pub(super) lengths: Lengths,
    /// What is dialled before an international number.
    pub(super) exit_code: Automaton,
    /// What may stand before a national number, and is no part of it.
    pub(super) national_prefix: Automaton,
    pub(super) rewriting: Option<Rewriting>,
    /// All national numbers, of whatever type.
    pub(super) general: Automaton,
}

impl Plan {
    /// Takes off what may stand before a national number; leaves a number alone that would stop being one.
    pub(super) fn without_prefix<'a>(&self, digits: &'a [u8]) -> Cow<'a, [u8]> {
        let Some(length @ 1..) = self.national_prefix.prefix(digits) else {
            return Cow::Borrowed(digits);
        };
        let rest = self
            .rewriting
            .as_ref()
            .and_then(|rewriting| rewriting.apply(digits))
            .map_or(Cow::Borrowed(&digits[length..]), Cow::Owned);
        if self.is_national(digits) && !self.is_national(&rest) {
            return Cow::Borrowed(digits);
        }
        rest
    }

    /// Whether some type of number may look like this, whatever its length.
    pub(super) fn is_national(&self, digits: &[u8]) -> bool {
        self.general.label(digits) != 0
    }
}

/// A country code, and the regions that share it.
pub(crate) struct Country {
    pub(crate) code: &'static str,
    /// The plan of the main region.
    pub(super) plan: &'static Plan,
    /// The main region first; empty for a code of the whole world.
    pub(super) regions: &'static [&'static Plan],
    /// Twice the place among the regions, counted from one, and one more for a valid number.
    pub(super) assigned: Automaton,
}

impl Country {
    /// The country with whose code `digits` begin, and what follows it.
    pub(super) fn at_the_beginning(digits: &[u8]) -> Option<(&'static Self, &[u8])> {
        let (length, label) = CODES.beginning(digits)?;
        let country = COUNTRIES.get(usize::from(label) - 1)?;
        Some((country, &digits[length..]))
    }
}

/// How many digits a number may have, a bit for each count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lengths {
    possible: u32,
    /// Within one town.
    local: u32,
}

impl Lengths {
    pub(super) const fn of(possible: &[u8], local: &[u8]) -> Self {
        Self {
            possible: bits(possible),
            local: bits(local),
        }
    }

    pub(super) fn check(self, length: usize) -> Length {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let bit = 1_u32.checked_shl(length).unwrap_or(0);
        if self.local & bit != 0 {
            Length::Local
        } else if self.possible & bit != 0 {
            Length::Possible
        } else if length < self.possible.trailing_zeros() {
            Length::TooShort
        } else if length >= u32::BITS - self.possible.leading_zeros() {
            Length::TooLong
        } else {
            Length::Between
        }
    }
}

const fn bits(lengths: &[u8]) -> u32 {
    let mut bits = 0;
    let mut place = 0;
    while place < lengths.len() {
        bits |= 1 << lengths[place];
        place += 1;
    }
    bits
}

/// What the count of a number's digits says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Possible,
    /// Possible within one town.
    Local,
    TooShort,
    TooLong,
    /// Numbers with fewer digits and with more are possible.
    Between,
}

impl Length {
    pub(super) fn possible(self) -> Result<(), ErrorCode> {
        match self {
            Self::Possible | Self::Local => Ok(()),
            Self::TooShort => Err(ErrorCode::TooShort),
            Self::TooLong | Self::Between => Err(ErrorCode::TooLong),
        }
    }
}

/// A national prefix that gives way to other digits, such as the area code that a small island leaves out.
#[derive(Debug)]
pub(super) struct Rewriting {
    prefix: &'static str,
    /// They stand before what the last group of the prefix has captured.
    digits: &'static str,
    /// Few regions have such a prefix, so it is compiled when the first number comes that has it.
    compiled: OnceLock<Option<Regex>>,
}

impl Rewriting {
    pub(super) const fn new(prefix: &'static str, digits: &'static str) -> Self {
        Self {
            prefix,
            digits,
            compiled: OnceLock::new(),
        }
    }

    /// The number rewritten; `None` where the prefix is only to be taken off.
    fn apply(&self, number: &[u8]) -> Option<Vec<u8>> {
        let regex = self
            .compiled
            .get_or_init(|| {
                RegexBuilder::new(&format!("^(?:{})", self.prefix))
                    .unicode(false)
                    .build()
                    .ok()
            })
            .as_ref()?;
        let number = std::str::from_utf8(number).ok()?;
        let captures = regex.captures(number)?;
        let kept = captures.get(captures.len() - 1)?;
        let behind = &number[captures.get(0)?.end()..];
        Some([self.digits, kept.as_str(), behind].concat().into_bytes())
    }
}

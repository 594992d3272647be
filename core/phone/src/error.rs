//! What can be wrong with a phone number.

use std::error::Error;
use std::fmt;

use crate::written::MAXIMUM_CHARACTERS;

/// What is wrong with a phone number, as a code that programs can tell apart.
///
/// ```
/// use wamux_phone::{ErrorCode, Options, parse};
///
/// let fault = |input| parse(input, &Options::default()).unwrap_err().code();
/// assert_eq!(fault("+7 903 456"), ErrorCode::TooShort);
/// assert_eq!(fault("+7 903 456-78-90, +7 903 456-78-91"), ErrorCode::SeveralNumbers);
/// assert_eq!(fault("+7 903 CALL-NOW"), ErrorCode::Letters);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// No digit stands in the input.
    Empty,
    /// A letter, or another character which no phone number has.
    Letters,
    /// An extension follows the number.
    Extension,
    /// Two numbers stand in one string.
    SeveralNumbers,
    /// Fewer digits than the numbering plan knows.
    TooShort,
    /// More digits than the numbering plan knows, a count between two that it knows, or an input over 250 characters.
    TooLong,
    /// The number begins with no country code.
    CountryCode,
    /// `00…` without a region: whether that is an exit code depends on the region.
    RegionNeeded,
    /// `+8` and ten digits that are no country's number: a Russian trunk prefix behind a plus.
    PlusEight,
    /// A possible number that nobody has been assigned, where [`Options::strict`](crate::Options::strict) asks for a
    /// valid one.
    NotValid,
}

impl ErrorCode {
    /// The code as it stands in JSON.
    ///
    /// ```
    /// assert_eq!(wamux_phone::ErrorCode::SeveralNumbers.as_str(), "several_numbers");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Letters => "letters",
            Self::Extension => "extension",
            Self::SeveralNumbers => "several_numbers",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::CountryCode => "country_code",
            Self::RegionNeeded => "region_needed",
            Self::PlusEight => "plus_eight",
            Self::NotValid => "not_valid",
        }
    }
}

/// Why a phone number could not be read, and what would be right. It never repeats the number.
///
/// ```
/// use wamux_phone::{ErrorCode, Options, parse};
///
/// let error = parse("+8 916 123-45-67", &Options::default()).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::PlusEight);
/// assert!(error.to_string().contains("+7"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneError {
    code: ErrorCode,
}

impl PhoneError {
    /// The code of what is wrong.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }
}

impl From<ErrorCode> for PhoneError {
    fn from(code: ErrorCode) -> Self {
        Self { code }
    }
}

impl fmt::Display for PhoneError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.code {
            ErrorCode::Empty => {
                "there is no phone number; write one with its country code, such as +7 903 456-78-90"
            }
            ErrorCode::Letters => {
                "a character stands in the number that no phone number has; write digits, with spaces, brackets, \
                 dashes, dots or slashes between them"
            }
            ErrorCode::Extension => {
                "an extension follows the number, and a message cannot be sent to one; leave it out"
            }
            ErrorCode::SeveralNumbers => "there is more than one number; write one number only",
            ErrorCode::TooShort => {
                "the number has fewer digits than numbers of its country have; write it in full, with the country \
                 code or with the region it is dialled in"
            }
            ErrorCode::TooLong => {
                return write!(
                    formatter,
                    "the number has too many digits for its country, or a count that none of its numbers has (an \
                     input ends at {MAXIMUM_CHARACTERS} characters); write one number, with its country code once"
                );
            }
            ErrorCode::CountryCode => {
                "the number does not begin with a country code; write one, such as +7, or give the region in which \
                 the number is dialled"
            }
            ErrorCode::RegionNeeded => {
                "whether 00 is an exit code depends on the region; write + in its place, or give the region in which \
                 the number is dialled"
            }
            ErrorCode::PlusEight => {
                "no country has this number behind +8; where 8 is the trunk prefix of Russia or Kazakhstan, write +7 \
                 in place of +8"
            }
            ErrorCode::NotValid => {
                "the number is possible, but its numbering plan has not assigned it; correct it, or do without the \
                 strict check"
            }
        })
    }
}

impl Error for PhoneError {}

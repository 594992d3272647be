//! libphonenumber's reading of digits: which of them are an exit code, a country code, a national prefix, the number.

use std::borrow::Cow;

use super::plan::{Country, Length, Plan};
use crate::error::ErrorCode;
use crate::region::Region;

/// The fewest and the most digits of a national number.
const SHORTEST: usize = 2;
const LONGEST: usize = 17;
/// What is shorter is no number at all, behind a plus.
const SHORTEST_BEHIND_PLUS: usize = 3;

/// A country, and the national number that stands behind its code.
type Coded<'a> = (&'static Country, Cow<'a, [u8]>);

/// How the numbering plans understand some digits.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    country: &'static Country,
    national: [u8; LONGEST],
    length: usize,
}

impl Reading {
    /// Reads ASCII digits as dialled in `region`; the result may still be international, behind an exit code.
    pub(crate) fn national(digits: &str, region: Region) -> Result<Self, ErrorCode> {
        let digits = digits.as_bytes();
        if digits.len() < SHORTEST {
            return Err(ErrorCode::TooShort);
        }
        let plan = region.plan();
        match coded(digits, plan)? {
            Some((country, national)) => Self::new(country, country.plan, &national),
            None => Self::new(plan.country, plan, digits),
        }
    }

    /// Reads ASCII digits as what stands behind a plus. `region` helps where its exit code follows the plus.
    pub(crate) fn international(digits: &str, region: Option<Region>) -> Result<Self, ErrorCode> {
        let digits = digits.as_bytes();
        if digits.len() < SHORTEST_BEHIND_PLUS {
            return Err(ErrorCode::TooShort);
        }
        let (country, national) = match Country::at_the_beginning(digits) {
            Some((country, national)) => (country, Cow::Borrowed(national)),
            None => region
                .map(|region| coded(digits, region.plan()))
                .transpose()?
                .flatten()
                .ok_or(ErrorCode::CountryCode)?,
        };
        Self::new(country, country.plan, &national)
    }

    fn new(country: &'static Country, plan: &Plan, digits: &[u8]) -> Result<Self, ErrorCode> {
        if digits.len() < SHORTEST {
            return Err(ErrorCode::TooShort);
        }
        let stripped = plan.without_prefix(digits);
        // A national prefix is none where too little is left behind it.
        let digits = match plan.lengths.check(stripped.len()) {
            Length::TooShort | Length::Local | Length::Between => digits,
            Length::Possible | Length::TooLong => &stripped,
        };
        if digits.len() < SHORTEST {
            return Err(ErrorCode::TooShort);
        }
        let mut national = [0; LONGEST];
        national
            .get_mut(..digits.len())
            .ok_or(ErrorCode::TooLong)?
            .copy_from_slice(digits);
        Ok(Self {
            country,
            national,
            length: digits.len(),
        })
    }

    /// The digits of the country code.
    pub(crate) fn country_code(&self) -> &'static str {
        self.country.code
    }

    /// The national number with its leading zeros, at most 17 digits.
    pub(crate) fn national_number(&self) -> &str {
        // The constructor is given ASCII digits only.
        std::str::from_utf8(self.digits()).unwrap_or_default()
    }

    fn digits(&self) -> &[u8] {
        &self.national[..self.length]
    }

    /// Whether the numbering plan has numbers of this length, numbers dialled within one town included.
    pub(crate) fn check_length(&self) -> Result<(), ErrorCode> {
        self.country.plan.lengths.check(self.length).possible()
    }

    /// The region that the number belongs to (none for several reasons: it belongs to none of those that share the
    /// country code, or to the whole world), and whether the numbering plan has assigned its range.
    pub(crate) fn assignment(&self) -> (Option<Region>, bool) {
        let label = self.country.assigned.label(self.digits());
        let place = usize::from(label / 2);
        let region = place
            .checked_sub(1)
            .and_then(|place| self.country.regions.get(place))
            .map(|plan| Region::of(plan));
        (region, label % 2 == 1)
    }

    /// Whether the numbering plan has assigned this number's range.
    pub(crate) fn is_valid(&self) -> bool {
        self.assignment().1
    }
}

/// The country code that `digits` have though no plus stands before them: behind the region's exit code, or because
/// they make a number of the region only without the region's own country code. `None` where they have none.
fn coded<'a>(digits: &'a [u8], plan: &Plan) -> Result<Option<Coded<'a>>, ErrorCode> {
    if let Some(length) = plan.exit_code.prefix(digits)
        && digits.get(length) != Some(&b'0')
    {
        let rest = &digits[length..];
        if rest.len() <= SHORTEST {
            return Err(ErrorCode::TooShort);
        }
        let (country, national) = Country::at_the_beginning(rest).ok_or(ErrorCode::CountryCode)?;
        return Ok(Some((country, Cow::Borrowed(national))));
    }
    let country = plan.country;
    let Some(rest) = digits.strip_prefix(country.code.as_bytes()) else {
        return Ok(None);
    };
    let rest = plan.without_prefix(rest);
    let better = !plan.is_national(digits) && plan.is_national(&rest);
    let too_long = plan.lengths.check(digits.len()) == Length::TooLong;
    Ok((better || too_long).then_some((country, rest)))
}

//! Regions by their two letters.

use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::metadata::{self, Plan};

/// A region that libphonenumber knows, by its two letters: ISO 3166-1, and Ascension (`AC`), Tristan da Cunha (`TA`)
/// and Kosovo (`XK`).
///
/// ```
/// use wamux_phone::Region;
///
/// assert_eq!(Region::new("ru")?.as_str(), "RU");
/// assert_eq!("XK".parse::<Region>()?.as_str(), "XK");
/// assert!(Region::new("UK").is_err());
/// # Ok::<(), wamux_phone::UnknownRegion>(())
/// ```
#[derive(Clone, Copy)]
pub struct Region(&'static Plan);

impl Region {
    /// Finds a region by its two letters, in either case.
    ///
    /// # Errors
    ///
    /// [`UnknownRegion`] when libphonenumber has no such region.
    pub fn new(code: &str) -> Result<Self, UnknownRegion> {
        let letters: [u8; 2] = code.as_bytes().try_into().map_err(|_| UnknownRegion(()))?;
        metadata::plan(&letters.map(|letter| letter.to_ascii_uppercase()))
            .map(Self)
            .ok_or(UnknownRegion(()))
    }

    pub(crate) const fn of(plan: &'static Plan) -> Self {
        Self(plan)
    }

    pub(crate) const fn plan(self) -> &'static Plan {
        self.0
    }

    /// The two letters, in capitals.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.0.region
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Region {}

impl Hash for Region {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(code: &str) -> Result<Self, UnknownRegion> {
        Self::new(code)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The region is none that libphonenumber knows.
///
/// ```
/// let error = wamux_phone::Region::new("UK").unwrap_err();
/// assert!(error.to_string().contains("such as RU, KZ or GB"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRegion(());

impl fmt::Display for UnknownRegion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "no such region; write the two letters of ISO 3166-1, such as RU, KZ or GB (also AC, TA and XK)",
        )
    }
}

impl Error for UnknownRegion {}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn knows_every_region_of_the_metadata_in_either_case() {
        let mut count = 0;
        for first in b'A'..=b'Z' {
            for second in b'A'..=b'Z' {
                let code = String::from_utf8(vec![first, second]).unwrap();
                let region = Region::new(&code);
                assert_eq!(region, Region::new(&code.to_lowercase()));
                if let Ok(region) = region {
                    assert_eq!(region.as_str(), code);
                    count += 1;
                }
            }
        }
        // The regions of libphonenumber 9.0.42, as its own list counts them.
        assert_eq!(count, 245);
    }

    #[test]
    fn knows_the_regions_outside_iso_3166() {
        for code in ["XK", "AC", "TA"] {
            assert_eq!(Region::new(code).unwrap().as_str(), code);
        }
    }

    #[test]
    fn refuses_what_is_no_region() {
        for code in [
            "", "R", "RUS", "UK", "ZZ", "001", "EU", "рф", "ю", "12", "R ", "+7",
        ] {
            let error = Region::new(code).unwrap_err();
            assert!(error.to_string().contains("ISO 3166-1"), "{code}");
        }
    }
}

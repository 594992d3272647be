//! A number that has been read.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::mask::mask;
use crate::metadata::Reading;
use crate::region::Region;
use crate::wa_id;

/// A plus, a country code of at most three digits, and the 17 digits of libphonenumber's longest national number.
const CAPACITY: usize = 21;

/// A phone number in E.164, possible in its country's numbering plan.
///
/// It stands in place, without an allocation. E.164 has at most 15 digits; libphonenumber knows numbers of up to 20
/// (Japan's longest freephone numbers have 19), and what it reads is kept.
///
/// `Debug` masks the number.
///
/// ```
/// use wamux_phone::{Options, parse};
///
/// let number = parse("+52 55 1234 5678", &Options::default())?;
/// assert_eq!(number.e164(), "+525512345678");
/// assert_eq!(number.digits(), "525512345678");
/// assert!(number.is_valid());
/// assert_eq!(number.region().unwrap().as_str(), "MX");
/// assert_eq!(number.wa_id_candidates(), ["5215512345678"]);
/// assert!(format!("{number:?}").contains("+5255••••••78"));
/// # Ok::<(), wamux_phone::PhoneError>(())
/// ```
#[derive(Clone, Copy)]
pub struct PhoneNumber {
    text: [u8; CAPACITY],
    length: u8,
    /// Where the national number begins in `text`.
    national: u8,
    region: Option<Region>,
    valid: bool,
}

impl PhoneNumber {
    pub(crate) fn from_reading(reading: &Reading) -> Self {
        let mut text = [0; CAPACITY];
        let mut length = 0;
        let mut national = 0;
        for part in ["+", reading.country_code(), reading.national_number()] {
            national = length;
            // The reading has no longer parts than the capacity counts.
            for (place, byte) in text[length..].iter_mut().zip(part.bytes()) {
                *place = byte;
                length += 1;
            }
        }
        let (region, valid) = reading.assignment();
        Self {
            text,
            length: u8::try_from(length).unwrap_or_default(),
            national: u8::try_from(national).unwrap_or_default(),
            region,
            valid,
        }
    }

    /// The number in E.164, such as `+79034567890`.
    #[must_use]
    pub fn e164(&self) -> &str {
        // The constructor writes a plus and ASCII digits only.
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The number in E.164 without its plus, such as `79034567890`.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.e164().get(1..).unwrap_or_default()
    }

    /// The region the number belongs to. `None` where the numbering plan does not tell (several regions share a country
    /// code, and the number is not valid in any) and for numbers of no region, such as `+800…`.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// Whether the numbering plan has assigned the number's range; a number that is not valid may still be sent to.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid
    }

    /// The other `wa_id` that the same subscriber may have, as digits: Mexico with or without `1` behind the country
    /// code, Argentina with or without `9`, Brazil with or without the ninth digit. The number itself is not among them.
    ///
    /// They are offered only; nothing applies them.
    ///
    /// ```
    /// use wamux_phone::{Options, parse};
    ///
    /// let number = parse("+55 11 96123-4567", &Options::default())?;
    /// assert_eq!(number.wa_id_candidates(), ["551161234567"]);
    /// # Ok::<(), wamux_phone::PhoneError>(())
    /// ```
    #[must_use]
    pub fn wa_id_candidates(&self) -> Vec<String> {
        let (country_code, national) = self.digits().split_at(usize::from(self.national) - 1);
        wa_id::candidate(country_code, national)
            .into_iter()
            .collect()
    }
}

/// The members `e164`, `digits`, `region` (null where it is not known), `valid` and `wa_id_candidates`: a JSON result
/// shows the number in full.
///
/// ```
/// use wamux_phone::{Options, parse};
///
/// let number = parse("8-800-555-35-35", &Options { region: "RU".parse().ok(), strict: false })?;
/// let json = serde_json::to_string(&number).unwrap();
/// let expected = r#"{"e164":"+78005553535","digits":"78005553535","region":"RU","valid":true,"wa_id_candidates":[]}"#;
/// assert_eq!(json, expected);
/// # Ok::<(), wamux_phone::PhoneError>(())
/// ```
impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("PhoneNumber", 5)?;
        members.serialize_field("e164", self.e164())?;
        members.serialize_field("digits", self.digits())?;
        members.serialize_field("region", &self.region.as_ref().map(Region::as_str))?;
        members.serialize_field("valid", &self.valid)?;
        members.serialize_field("wa_id_candidates", &self.wa_id_candidates())?;
        members.end()
    }
}

impl PartialEq for PhoneNumber {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PhoneNumber {}

impl Hash for PhoneNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("PhoneNumber")
            .field(&format_args!("{}", mask(self.e164())))
            .finish()
    }
}

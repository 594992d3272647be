//! libphonenumber's metadata, as `rlibphonenumber` carries it.

use std::error::Error;
use std::num::TryFromIntError;

use rlibphonenumber::interfaces::AsOriginal as _;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberDesc, Region};

/// What the metadata says of a region, or of a country code that belongs to none.
pub(crate) struct Metadata {
    /// Two letters; empty for the whole world.
    pub(crate) region: String,
    pub(crate) country_code: u16,
    pub(crate) trunk_prefix: String,
    pub(crate) exit_code: String,
    pub(crate) national_prefix: String,
    /// What stands in the place of the national prefix, with the groups of its pattern as `$1`.
    pub(crate) rewriting: String,
    /// With what all numbers of this region begin, where the regions of a country code differ in that.
    pub(crate) leading_digits: String,
    pub(crate) general: Description,
    /// One for each type of number that there is.
    pub(crate) types: Vec<Description>,
}

/// Numbers of one kind.
pub(crate) struct Description {
    pub(crate) pattern: String,
    pub(crate) lengths: Vec<u8>,
    pub(crate) local_lengths: Vec<u8>,
}

impl Description {
    fn new(description: &PhoneNumberDesc, pattern: &str) -> Result<Self, Box<dyn Error>> {
        let lengths = |lengths: &[i32]| -> Result<Vec<u8>, TryFromIntError> {
            lengths.iter().copied().map(u8::try_from).collect()
        };
        Ok(Self {
            pattern: pattern.to_owned(),
            lengths: lengths(&description.possible_length)?,
            local_lengths: lengths(&description.possible_length_local_only)?,
        })
    }
}

/// All regions, in the order of their letters.
pub(crate) fn regions() -> Result<Vec<Metadata>, Box<dyn Error>> {
    let regions = PHONE_NUMBER_UTIL.get_supported_regions();
    let mut regions = regions
        .filter(|region| *region != Region::World)
        .map(|region| metadata(0, region))
        .collect::<Result<Vec<_>, _>>()?;
    regions.sort_by(|one, other| one.region.cmp(&other.region));
    Ok(regions)
}

/// The country codes that belong to no region, in their order.
pub(crate) fn world() -> Result<Vec<Metadata>, Box<dyn Error>> {
    let shared = country_codes()?.into_iter().map(sharing);
    let shared = shared.collect::<Result<Vec<_>, _>>()?;
    let world = shared.into_iter().flatten();
    Ok(world
        .filter(|metadata| metadata.region.is_empty())
        .collect())
}

/// All country codes, in their order; none is the beginning of another.
pub(crate) fn country_codes() -> Result<Vec<u16>, Box<dyn Error>> {
    let codes = PHONE_NUMBER_UTIL.get_supported_calling_codes();
    let mut codes: Vec<u16> = codes.map(u16::try_from).collect::<Result<_, _>>()?;
    codes.sort_unstable();
    codes.dedup();
    let begins = |code: u16| codes.contains(&(code / 10)) || codes.contains(&(code / 100));
    if codes.iter().any(|code| *code > 999 || begins(*code)) {
        return Err("country codes are not told apart by their digits".into());
    }
    Ok(codes)
}

/// The regions of a country code, the main one first.
pub(crate) fn sharing(code: u16) -> Result<Vec<Metadata>, Box<dyn Error>> {
    PHONE_NUMBER_UTIL
        .as_original()
        .get_regions_for_country_calling_code(i32::from(code))
        .ok_or("a country code without a plan")?
        .map(|region| metadata(code, region))
        .collect()
}

/// The zeros of all scripts but ASCII's.
pub(crate) fn zeros() -> Vec<char> {
    let value = |character: char| {
        let digits = PHONE_NUMBER_UTIL.normalize_digits_only(character.encode_utf8(&mut [0; 4]));
        digits.bytes().next()
    };
    ('\u{80}'..=char::MAX)
        .filter(|character| value(*character) == Some(b'0'))
        .collect()
}

fn metadata(code: u16, region: Region) -> Result<Metadata, Box<dyn Error>> {
    let metadata = PHONE_NUMBER_UTIL
        .as_original()
        .get_metadata_for_region_or_calling_code(i32::from(code), region)
        .ok_or("a region without metadata")?;
    let original = &metadata.original;
    // A mobile pattern that is that of fixed lines is not looked at.
    let mobile = (!original.same_mobile_and_fixed_line_pattern()).then_some(&metadata.mobile);
    let types = [
        &metadata.fixed_line,
        &metadata.toll_free,
        &metadata.premium_rate,
        &metadata.shared_cost,
        &metadata.voip,
        &metadata.personal_number,
        &metadata.pager,
        &metadata.uan,
        &metadata.voicemail,
    ];
    let general = &metadata.general_desc;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(Metadata {
        region: match original.id.as_str() {
            "001" => String::new(),
            id => id.to_owned(),
        },
        country_code: u16::try_from(original.country_code())?,
        trunk_prefix: text(&original.national_prefix),
        exit_code: metadata.international_prefix().original_base().to_owned(),
        national_prefix: metadata
            .national_prefix_for_parsing()
            .original_base()
            .to_owned(),
        rewriting: text(&original.national_prefix_transform_rule),
        leading_digits: metadata.leading_digits().original_base().to_owned(),
        general: Description::new(
            &general.original,
            general.national_number_pattern().original_base(),
        )?,
        types: types
            .into_iter()
            .chain(mobile)
            .filter_map(|kind| {
                let pattern = kind.national_number_pattern().original_base();
                (!pattern.is_empty()).then(|| Description::new(&kind.original, pattern))
            })
            .collect::<Result<_, _>>()?,
    })
}

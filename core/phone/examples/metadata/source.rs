//! libphonenumber's metadata, as `rlibphonenumber` carries it.

use rlibphonenumber::interfaces::AsOriginal as _;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

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
    pub(crate) lengths: Vec<i32>,
    pub(crate) local_lengths: Vec<i32>,
}

/// All regions, in the order of their letters.
pub(crate) fn regions() -> Vec<Metadata> {
    let mut regions: Vec<Metadata> = PHONE_NUMBER_UTIL
        .get_supported_regions()
        .filter_map(|region| metadata(0, region))
        .filter(|metadata| !metadata.region.is_empty())
        .collect();
    regions.sort_by(|one, other| one.region.cmp(&other.region));
    regions
}

/// The country codes that belong to no region, in their order.
pub(crate) fn world() -> Vec<Metadata> {
    country_codes()
        .into_iter()
        .filter_map(|code| metadata(code, Region::World))
        .collect()
}

/// All country codes, in their order.
pub(crate) fn country_codes() -> Vec<u16> {
    let mut codes: Vec<u16> = PHONE_NUMBER_UTIL
        .get_supported_calling_codes()
        .filter_map(|code| u16::try_from(code).ok())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The regions of a country code, the main one first.
pub(crate) fn sharing(code: u16) -> Vec<Metadata> {
    PHONE_NUMBER_UTIL
        .as_original()
        .get_regions_for_country_calling_code(i32::from(code))
        .into_iter()
        .flatten()
        .filter_map(|region| metadata(code, region))
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

fn metadata(code: u16, region: Region) -> Option<Metadata> {
    let metadata = PHONE_NUMBER_UTIL
        .as_original()
        .get_metadata_for_region_or_calling_code(i32::from(code), region)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let description = |description: &rlibphonenumber::PhoneNumberDesc, pattern: &str| Description {
        pattern: pattern.to_owned(),
        lengths: description.possible_length.clone(),
        local_lengths: description.possible_length_local_only.clone(),
    };
    let types = [
        &metadata.fixed_line,
        &metadata.mobile,
        &metadata.toll_free,
        &metadata.premium_rate,
        &metadata.shared_cost,
        &metadata.voip,
        &metadata.personal_number,
        &metadata.pager,
        &metadata.uan,
        &metadata.voicemail,
    ];
    Some(Metadata {
        region: match metadata.original.id.as_str() {
            "001" => String::new(),
            id => id.to_owned(),
        },
        country_code: u16::try_from(metadata.original.country_code?).ok()?,
        trunk_prefix: text(&metadata.original.national_prefix),
        exit_code: metadata.international_prefix().original_base().to_owned(),
        national_prefix: metadata
            .national_prefix_for_parsing()
            .original_base()
            .to_owned(),
        rewriting: text(&metadata.original.national_prefix_transform_rule),
        leading_digits: metadata.leading_digits().original_base().to_owned(),
        general: description(
            &metadata.general_desc.original,
            metadata
                .general_desc
                .national_number_pattern()
                .original_base(),
        ),
        types: types
            .into_iter()
            .map(|kind| {
                description(
                    &kind.original,
                    kind.national_number_pattern().original_base(),
                )
            })
            .filter(|kind| !kind.pattern.is_empty())
            .collect(),
    })
}

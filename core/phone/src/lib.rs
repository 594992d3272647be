//! Reads phone numbers as people write them, and says what they are in E.164.
//!
//! The numbering plans are libphonenumber's, metadata 9.0.42, compiled ahead of time into tables. On top of them
//! stands a small policy for what libphonenumber alone reads wrongly or not at all: an international number
//! without its plus in a region whose own numbers may look the same, Russia's trunk prefix 8 and its `00`, a mistaken
//! `+8`, and Mexico's retired `521`. What libphonenumber and the policy both can read, they read alike.
//!
//! ```
//! use wamux_phone::{Options, Region, parse};
//!
//! let russia = Options { region: Some(Region::new("RU")?), ..Options::default() };
//! let number = parse("8 (903) 456-78-90", &russia)?;
//! assert_eq!(number.e164(), "+79034567890");
//! assert_eq!(number.digits(), "79034567890");
//! assert!(number.is_valid());
//!
//! let error = parse("8 (903) 456-78-90 ext. 12", &russia).unwrap_err();
//! assert_eq!(error.code().as_str(), "extension");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is read
//!
//! - `+7…`, `7…`, `8…` (the trunk prefix of Russia and Kazakhstan), `00…`, and the national form with a region.
//! - Spaces of every kind, brackets, dashes, dots, slashes and invisible formatting marks between the digits; digits of
//!   every script that Unicode calls decimal, so full-width and Arabic-Indic ones too.
//! - A `tel:` before a number. Its parameters (`;ext=`, `;phone-context=`) are refused.
//! - Marks that are neither letters nor digits before the number and after it, as libphonenumber does.
//!
//! Extensions, letters, and two numbers in one string are errors, each with its [`ErrorCode`].
//!
//! # Which reading wins
//!
//! Digits without a plus that begin with a country code, and that make a possible number of that country, are
//! international when
//! - there is no region, or
//! - the national reading is not possible, or
//! - the region has a trunk prefix which the input lacks, the digits begin with the region's own country code, and the
//!   international reading is valid.
//!
//! `00…` is international in every region whose exit code it is, and in Russia and Kazakhstan. A *possible* number (a
//! length that its numbering plan knows) is enough; [`Options::strict`] asks for a *valid* one (assigned).

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]

mod error;
mod mask;
mod metadata;
mod number;
mod policy;
mod region;
mod wa_id;
mod written;

pub use error::{ErrorCode, PhoneError};
pub use mask::mask;
pub use number::PhoneNumber;
pub use policy::{Options, parse};
pub use region::{Region, UnknownRegion};

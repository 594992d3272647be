//! How much a test is given to do.

use std::str::FromStr;

/// What a variable says, as `make soak` sets it, or what every run can afford.
pub(crate) fn number<N: FromStr>(variable: &str, usual: N) -> N {
    let Ok(set) = std::env::var(variable) else {
        return usual;
    };
    let number = set.parse().ok();
    number.unwrap_or_else(|| panic!("{variable} must be a number"))
}

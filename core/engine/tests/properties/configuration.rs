//! How many cases a property has.

use proptest::prelude::ProptestConfig;

/// So many cases as usual; `WAMUX_SOAK_CASES` sets another number.
pub(crate) fn configuration(usual: u32) -> ProptestConfig {
    let cases = std::env::var("WAMUX_SOAK_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(usual),
        // A failure is kept as a vector or a test, not as a seed.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

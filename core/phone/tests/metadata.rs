//! The tables are those that the metadata makes.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; the modules are the generator's"
)]

#[path = "../examples/metadata/automata.rs"]
mod automata;
#[path = "../examples/metadata/plans.rs"]
mod plans;
#[path = "../examples/metadata/source.rs"]
mod source;
#[path = "../examples/metadata/validity.rs"]
mod validity;

#[test]
fn tables_are_fresh() {
    let generated = plans::generate().unwrap();
    assert!(
        generated.plans == include_str!("../src/metadata/plans.rs")
            && generated.automata == include_bytes!("../src/metadata/automata.bin"),
        "the tables of src/metadata are stale; run `make generate`"
    );
}

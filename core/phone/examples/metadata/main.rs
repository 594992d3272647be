//! Writes the numbering plans into `src/metadata/`.

mod automata;
mod plans;
mod source;
mod validity;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/metadata");
    let generated = plans::generate()?;
    fs::write(folder.join("plans.rs"), generated.plans)?;
    fs::write(folder.join("automata.bin"), generated.automata)?;
    Ok(())
}

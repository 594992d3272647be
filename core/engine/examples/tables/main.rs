//! Writes the tables of the gateways' pages in `docs/`.

mod pages;

fn main() -> std::io::Result<()> {
    for (path, text) in pages::pages()? {
        std::fs::write(path, text)?;
    }
    Ok(())
}

//! What is adapted in the Kotlin that uniffi's generator writes.

use anyhow::{Result, ensure};

/// How the generated code treats text that is not Unicode: it throws, from `toString` too.
const THROWS: &str = "onMalformedInput(CodingErrorAction.REPORT)";

/// How it treats it here: a lone surrogate becomes the noncharacter U+FDD0, for which wamux-uniffi
/// answers with a violation that tells where it stands, and `toString` shows no text anyway.
const MARKS: &str = "onMalformedInput(CodingErrorAction.REPLACE)
            replaceWith(byteArrayOf(0xEF.toByte(), 0xB7.toByte(), 0x90.toByte()))";

/// JNA's class of that name, which the source never uses by its short name: a message has a part of
/// the same name.
const IMPORT: &str = "import com.sun.jna.Callback\n";

/// Adapts a source: lone surrogates are marked, an import makes room for a type of ours, and the
/// examples, which are in Rust, leave the documentation.
///
/// # Errors
///
/// A source of another version of the generator, in which the place is not found.
pub(crate) fn adapt(source: &str) -> Result<String> {
    let places = source.matches(THROWS).count();
    ensure!(places == 1, "{places} places encode text, not one");
    let source = source.replace(THROWS, MARKS).replacen(IMPORT, "", 1);
    Ok(without_examples(&source))
}

/// Leaves out the blocks of code of documentation, and the empty line before each.
fn without_examples(source: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut in_example = false;
    for line in source.lines() {
        let Some(text) = line.trim_start().strip_prefix('*') else {
            lines.push(line);
            continue;
        };
        if text.trim_start().starts_with("```") {
            in_example = !in_example;
            if in_example && lines.last().is_some_and(|last| last.trim() == "*") {
                lines.pop();
            }
        } else if !in_example {
            lines.push(line);
        }
    }
    lines.push("");
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_leave_the_documentation() {
        let source =
            " /**\n  * A text.\n  *\n  * ```\n  * let x = 2 * 3;\n  * ```\n  */\nval x = 6\n";
        let expected = " /**\n  * A text.\n  */\nval x = 6\n";
        assert_eq!(without_examples(source), expected);
    }

    #[test]
    fn another_generator_is_noticed() {
        assert!(adapt("fun toUtf8() = encode()").is_err());
        let source = format!("{IMPORT}x.run {{\n            {THROWS}\n}}\n");
        let adapted = adapt(&source).unwrap();
        assert!(adapted.starts_with("x.run") && adapted.contains("replaceWith(byteArrayOf(0xEF"));
    }
}

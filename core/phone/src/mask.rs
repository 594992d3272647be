//! Phone numbers for logs and error texts.

/// Characters that stay readable at the beginning.
const SHOWN_AT_THE_BEGINNING: usize = 5;
/// Characters that stay readable at the end.
const SHOWN_AT_THE_END: usize = 2;
/// With fewer hidden characters than this the number could be guessed.
const HIDDEN_AT_LEAST: usize = 4;

/// The form in which a number may stand in a log: the first five characters, a bullet for every hidden one, the last
/// two. A number of fewer than eleven characters keeps its first two only, so that it cannot be guessed.
///
/// ```
/// assert_eq!(wamux_phone::mask("+79034567890"), "+7903•••••90");
/// assert_eq!(wamux_phone::mask("+2901234"), "+2••••••");
/// ```
#[must_use]
pub fn mask(number: &str) -> String {
    let length = number.chars().count();
    let (beginning, end) = if length >= SHOWN_AT_THE_BEGINNING + HIDDEN_AT_LEAST + SHOWN_AT_THE_END
    {
        (SHOWN_AT_THE_BEGINNING, length - SHOWN_AT_THE_END)
    } else {
        (2.min(length.saturating_sub(HIDDEN_AT_LEAST)), length)
    };
    number
        .chars()
        .enumerate()
        .map(|(index, character)| {
            if (beginning..end).contains(&index) {
                '•'
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn hides_all_but_the_ends() {
        assert_eq!(mask("+79034567890"), "+7903•••••90");
        assert_eq!(mask("+4930123456"), "+4930••••56");
        assert_eq!(mask("+493012345"), "+4••••••••");
    }

    #[test]
    fn hides_all_of_what_is_short() {
        assert_eq!(mask(""), "");
        assert_eq!(mask("1234"), "••••");
        assert_eq!(mask("+1234"), "+••••");
    }

    #[test]
    fn counts_characters_and_not_bytes() {
        assert_eq!(mask("٠١٢٣٤٥٦٧٨٩٠"), "٠١٢٣٤••••٩٠");
    }
}

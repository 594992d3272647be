//! A number as it is written: which digits stand in a text, behind a plus or not, and nothing that is no number.

use crate::error::ErrorCode;
use crate::metadata::digit_value;

/// The longest input, in characters. libphonenumber has the same limit; the longest number with every mark that
/// people put into one is well under a hundred.
pub(crate) const MAXIMUM_CHARACTERS: usize = 250;

/// The most digits that any numbering plan could read: an exit code, a country code, a trunk prefix, a carrier, and 17
/// digits are 31 together.
const MAXIMUM_DIGITS: usize = 40;

/// The digits from which on a part of the text counts as a number of its own.
const DIGITS_OF_A_NUMBER: usize = 7;

/// The digits that libphonenumber wants before it takes what follows for an extension.
const DIGITS_BEFORE_AN_EXTENSION: usize = 3;

/// Words before an extension, in small letters.
const EXTENSION_WORDS: [&str; 20] = [
    "x",
    "ext",
    "extn",
    "exten",
    "extension",
    "extensión",
    "xt",
    "xtn",
    "int",
    "anexo",
    "ｘ",
    "ｅｘｔ",
    "ｅｘｔｎ",
    "ｉｎｔ",
    "х",
    "доб",
    "добавочный",
    "вн",
    "внутр",
    "внутренний",
];

/// The digits of a number, in ASCII.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    plus: bool,
    digits: [u8; MAXIMUM_DIGITS],
    count: usize,
    /// How many digits stand before the first gap at which another number could begin.
    before_gap: Option<usize>,
}

impl Written {
    /// Finds the digits of the one number in `input`.
    pub(crate) fn scan(input: &str) -> Result<Self, ErrorCode> {
        // A longer text has more characters than the limit whatever they are: four bytes are the most for one.
        if input.len() > 4 * MAXIMUM_CHARACTERS || input.chars().nth(MAXIMUM_CHARACTERS).is_some() {
            return Err(ErrorCode::TooLong);
        }
        let mut written = Self {
            plus: false,
            digits: [0; MAXIMUM_DIGITS],
            count: 0,
            before_gap: None,
        };
        let text = without_scheme(input.trim());
        for (index, character) in text.char_indices() {
            if let Some(value) = digit_value(character) {
                written.push(value)?;
            } else if is_plus(character) && written.count == 0 {
                written.plus = true;
            } else if is_separator(character)
                || (is_tilde(character) && written.count < DIGITS_BEFORE_AN_EXTENSION)
            {
                if is_gap(character) && written.count >= DIGITS_OF_A_NUMBER {
                    written.before_gap.get_or_insert(written.count);
                }
            } else if written.is_before_the_number() {
                if belongs_to_no_number(character) {
                    return Err(ErrorCode::Letters);
                }
            } else {
                let rest = &text[index..];
                if rest.chars().all(is_decoration) {
                    break;
                }
                return Err(written.what_follows(rest));
            }
        }
        if written.count == 0 {
            return Err(ErrorCode::Empty);
        }
        Ok(written)
    }

    /// Whether a plus stands before the digits.
    pub(crate) fn has_plus(&self) -> bool {
        self.plus
    }

    /// The digits, in ASCII.
    pub(crate) fn digits(&self) -> &str {
        // `push` writes ASCII digits only.
        std::str::from_utf8(&self.digits[..self.count]).unwrap_or_default()
    }

    /// Whether a gap parts the digits into two numbers. It makes a difference only where they are too many for one.
    pub(crate) fn may_be_two(&self) -> bool {
        self.before_gap
            .is_some_and(|before| self.count - before >= DIGITS_OF_A_NUMBER)
    }

    fn is_before_the_number(&self) -> bool {
        self.count == 0 && !self.plus
    }

    fn push(&mut self, value: u8) -> Result<(), ErrorCode> {
        let Some(place) = self.digits.get_mut(self.count) else {
            return Err(if self.before_gap.is_some() {
                ErrorCode::SeveralNumbers
            } else {
                ErrorCode::TooLong
            });
        };
        *place = b'0' + value;
        self.count += 1;
        Ok(())
    }

    /// Says what is wrong with `rest`, which begins with a character that cannot stand inside a number.
    fn what_follows(&self, rest: &str) -> ErrorCode {
        let digits = rest
            .chars()
            .filter(|character| digit_value(*character).is_some())
            .count();
        let second_number = digits >= DIGITS_OF_A_NUMBER && self.count >= DIGITS_OF_A_NUMBER;
        if rest.contains(is_plus) {
            return ErrorCode::SeveralNumbers;
        }
        let marks = rest.trim_start_matches(is_extension_mark);
        let words = marks.trim_start_matches(char::is_alphabetic);
        let word = marks[..marks.len() - words.len()].to_lowercase();
        let only_digits_follow = digits > 0
            && words.chars().all(|character| {
                digit_value(character).is_some() || is_extension_mark(character) || character == '='
            });
        let marked = if word.is_empty() {
            // A bare comma or semicolon is a pause before an extension, unless a whole number follows.
            marks.len() < rest.len() && !second_number
        } else {
            EXTENSION_WORDS.contains(&word.as_str())
        };
        if self.count >= DIGITS_BEFORE_AN_EXTENSION
            && (only_digits_follow && marked || is_hash(rest))
        {
            ErrorCode::Extension
        } else if second_number {
            ErrorCode::SeveralNumbers
        } else {
            ErrorCode::Letters
        }
    }
}

/// Takes off the scheme of a `tel:` URI (RFC 3966); its parameters stay, and are refused as extensions or letters.
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked(4) {
        Some((scheme, number)) if scheme.eq_ignore_ascii_case("tel:") => number,
        _ => text,
    }
}

fn is_plus(character: char) -> bool {
    matches!(character, '+' | '＋')
}

fn is_tilde(character: char) -> bool {
    matches!(character, '~' | '\u{2053}' | '\u{223C}' | '～')
}

fn is_hash(text: &str) -> bool {
    text.starts_with(['#', '＃'])
}

/// What may stand between two digits of one number.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | '\u{30FC}'
                    | '\u{FE58}'
                    | '\u{FE63}'
                    | '－'
                    | '.'
                    | '．'
                    | '\u{00B7}'
                    | '/'
                    | '／'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '（'
                    | '）'
                    | '［'
                    | '］'
        )
        || is_invisible(character)
}

/// Marks of text direction and joining, which copied contacts bring along.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Separators at which a second number may begin.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, '/' | '／')
}

fn is_extension_mark(character: char) -> bool {
    is_separator(character)
        || is_tilde(character)
        || matches!(character, ',' | ';' | ':' | '#' | '＃' | '，' | '；' | '：')
}

/// What changes the meaning of a number wherever it stands: letters, numerals that are no digits, the keys of service
/// codes, and control characters.
fn belongs_to_no_number(character: char) -> bool {
    character.is_alphanumeric()
        || character.is_control()
        || matches!(character, '*' | '#' | '＊' | '＃')
}

/// What may stand around a number without belonging to it, such as quotes and a full stop.
fn is_decoration(character: char) -> bool {
    is_separator(character) || !belongs_to_no_number(character)
}

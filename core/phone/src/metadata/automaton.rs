//! Patterns over digits, compiled ahead of time into one table.

/// Ten digits' next states and the label of the state, each number in two bytes, the lower first.
const ROW: usize = 22;

/// The states of all automata. The first accepts nothing, and nothing leads out of it.
static STATES: &[[u8; ROW]] = include_bytes!("automata.bin").as_chunks().0;

/// The bits of a label in the automaton of a prefix: it may end here before more digits, and with the input.
const ENDS_BEFORE_MORE: u16 = 1;
const ENDS_WITH_THE_INPUT: u16 = 2;

/// A pattern, by the state in which it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Automaton(pub(super) u16);

impl Automaton {
    /// The label of what `digits` are as a whole; 0 where the pattern does not match them.
    pub(super) fn label(self, digits: &[u8]) -> u16 {
        let mut state = self.0;
        for digit in digits {
            if state == 0 {
                break;
            }
            state = next(state, *digit);
        }
        label(state)
    }

    /// The first digits that are something, and the label of what they are.
    pub(super) fn beginning(self, digits: &[u8]) -> Option<(usize, u16)> {
        let mut state = self.0;
        for (digit, length) in digits.iter().zip(1..) {
            state = next(state, *digit);
            let label = label(state);
            if label != 0 {
                return Some((length, label));
            }
        }
        None
    }

    /// How many digits at the beginning match the pattern; of several ways to match it, the one that it names first.
    pub(super) fn prefix(self, digits: &[u8]) -> Option<usize> {
        let mut state = self.0;
        let mut found = None;
        for (length, digit) in digits.iter().enumerate() {
            if state == 0 {
                return found;
            }
            if label(state) & ENDS_BEFORE_MORE != 0 {
                found = Some(length);
            }
            state = next(state, *digit);
        }
        if label(state) & ENDS_WITH_THE_INPUT != 0 {
            found = Some(digits.len());
        }
        found
    }
}

fn next(state: u16, digit: u8) -> u16 {
    number(state, usize::from(digit.wrapping_sub(b'0')))
}

fn label(state: u16) -> u16 {
    number(state, 10)
}

fn number(state: u16, place: usize) -> u16 {
    let row = &STATES[usize::from(state)];
    u16::from_le_bytes([row[2 * place], row[2 * place + 1]])
}

//! Patterns as one table of automata over digits.
//!
//! What a pattern accepts is finite, so its automaton has no loops, and states that go on alike are one state, whichever
//! pattern they come from.

use std::collections::HashMap;
use std::error::Error;
use std::hash::Hash;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

/// The longest input that an automaton may have to read, as the parser limits it.
const LONGEST: usize = 40;

/// Where each digit leads, and the label of the state itself.
pub(crate) type Row = [u16; 11];
/// The place of the label.
pub(crate) const LABEL: usize = 10;

/// A state of an automaton whose table is still to be built.
pub(crate) trait Machine {
    /// Two equal states accept alike what follows.
    type State: Clone + Eq + Hash;

    /// The state behind `digit`, `length` digits behind the beginning; `None` where nothing can be accepted any more.
    fn next(&self, state: &Self::State, digit: u8, length: usize) -> Option<Self::State>;

    /// What is accepted there; 0 is nothing.
    fn label(&self, state: &Self::State, length: usize) -> u16;
}

/// The table: a row for each state. The first accepts nothing.
pub(crate) struct Table {
    rows: Vec<Row>,
    known: HashMap<Row, u16>,
}

impl Table {
    pub(crate) fn new() -> Self {
        let nothing = Row::default();
        Self {
            rows: vec![nothing],
            known: HashMap::from([(nothing, 0)]),
        }
    }

    /// Adds the automaton of `machine` and tells where it begins.
    pub(crate) fn add<M: Machine>(
        &mut self,
        machine: &M,
        beginning: &M::State,
    ) -> Result<u16, Box<dyn Error>> {
        self.visit(machine, beginning, 0, &mut HashMap::new())
    }

    fn visit<M: Machine>(
        &mut self,
        machine: &M,
        state: &M::State,
        length: usize,
        visited: &mut HashMap<(M::State, usize), u16>,
    ) -> Result<u16, Box<dyn Error>> {
        if length > LONGEST {
            return Err("a pattern accepts more digits than are read".into());
        }
        let key = (state.clone(), length);
        if let Some(node) = visited.get(&key) {
            return Ok(*node);
        }
        let mut row = Row::default();
        for digit in 0..10_u8 {
            if let Some(next) = machine.next(state, b'0' + digit, length + 1) {
                row[usize::from(digit)] = self.visit(machine, &next, length + 1, visited)?;
            }
        }
        row[LABEL] = machine.label(state, length);
        let node = self.intern(row)?;
        visited.insert(key, node);
        Ok(node)
    }

    fn intern(&mut self, row: Row) -> Result<u16, Box<dyn Error>> {
        if let Some(node) = self.known.get(&row) {
            return Ok(*node);
        }
        let node = u16::try_from(self.rows.len())?;
        self.rows.push(row);
        self.known.insert(row, node);
        Ok(node)
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows one after the other, each number in two bytes, the lower first.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let numbers = self.rows.iter().flatten();
        numbers.flat_map(|number| number.to_le_bytes()).collect()
    }
}

/// A pattern of the metadata, which has to match from the beginning.
pub(crate) struct Pattern {
    dfa: dense::DFA<Vec<u32>>,
    is_whole: bool,
}

impl Pattern {
    /// A pattern that a whole number may match: its labels are 1.
    pub(crate) fn whole(pattern: &str) -> Result<Self, Box<dyn Error>> {
        Self::new(&format!(r"(?:{pattern})\z"), true)
    }

    /// A pattern that the beginning of a number may match: a label has bit 0 where the match may end before more digits,
    /// and bit 1 where it may end with the input.
    pub(crate) fn prefix(pattern: &str) -> Result<Self, Box<dyn Error>> {
        Self::new(pattern, false)
    }

    fn new(pattern: &str, is_whole: bool) -> Result<Self, Box<dyn Error>> {
        // Of a prefix the first alternative counts, not the longest; for whole numbers it makes no difference.
        let configuration = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::LeftmostFirst)
            .minimize(true);
        let ascii = syntax::Config::new().unicode(false).utf8(false);
        let dfa = dense::Builder::new()
            .configure(configuration)
            .syntax(ascii)
            .build(pattern)?;
        Ok(Self { dfa, is_whole })
    }

    pub(crate) fn beginning(&self) -> Result<StateID, Box<dyn Error>> {
        let anchored = start::Config::new().anchored(Anchored::Yes);
        Ok(self.dfa.start_state(&anchored)?)
    }

    /// Whether the pattern matches what led to `state`, where more digits follow.
    pub(crate) fn matches_before_more(&self, state: StateID) -> bool {
        // The library tells a match one byte late.
        let following = self.dfa.next_state(state, b'0');
        self.dfa.is_match_state(following)
    }

    fn matches_at_the_end(&self, state: StateID) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(state))
    }
}

impl Machine for Pattern {
    type State = StateID;

    fn next(&self, state: &StateID, digit: u8, _: usize) -> Option<StateID> {
        let next = self.dfa.next_state(*state, digit);
        (!self.dfa.is_dead_state(next)).then_some(next)
    }

    fn label(&self, state: &StateID, _: usize) -> u16 {
        let at_the_end = u16::from(self.matches_at_the_end(*state));
        if self.is_whole {
            at_the_end
        } else {
            u16::from(self.matches_before_more(*state)) | at_the_end << 1
        }
    }
}

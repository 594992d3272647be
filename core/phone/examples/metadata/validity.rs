//! Which numbers are valid, and where.

use std::error::Error;

use regex_automata::util::primitives::StateID;

use crate::automata::{LABEL, Machine, Pattern, Row, Table};
use crate::source::{Description, Metadata};

/// The longest national number that libphonenumber reads.
const LONGEST_NATIONAL_NUMBER: usize = 17;

/// Numbers that the general description of a plan and that of one of its types admit.
pub(crate) struct Valid {
    kinds: Vec<(Pattern, Vec<u8>)>,
}

impl Valid {
    pub(crate) fn new(metadata: &Metadata) -> Result<Self, Box<dyn Error>> {
        let kind = |description: &Description| -> Result<_, Box<dyn Error>> {
            Ok((
                Pattern::whole(&description.pattern)?,
                description.lengths.clone(),
            ))
        };
        let kinds = std::iter::once(&metadata.general)
            .chain(&metadata.types)
            .map(kind)
            .collect::<Result<_, _>>()?;
        Ok(Self { kinds })
    }

    pub(crate) fn beginning(&self) -> Result<Vec<Option<StateID>>, Box<dyn Error>> {
        self.kinds
            .iter()
            .map(|(kind, _)| Ok(Some(kind.beginning()?)))
            .collect()
    }
}

impl Machine for Valid {
    /// A state for each kind, the general one first.
    type State = Vec<Option<StateID>>;

    fn next(&self, state: &Self::State, digit: u8, length: usize) -> Option<Self::State> {
        let next: Self::State = self
            .kinds
            .iter()
            .zip(state)
            .map(|((kind, _), state)| kind.next(&(*state)?, digit, length))
            .collect();
        (next.first()?.is_some() && next.iter().skip(1).any(Option::is_some)).then_some(next)
    }

    fn label(&self, state: &Self::State, length: usize) -> u16 {
        let mut admitted = self
            .kinds
            .iter()
            .zip(state)
            .map(|((kind, lengths), state)| {
                let possible = lengths.is_empty()
                    || lengths
                        .iter()
                        .any(|possible| usize::from(*possible) == length);
                possible && state.is_some_and(|state| kind.label(&state, length) != 0)
            });
        let general = admitted.next().unwrap_or_default();
        u16::from(general && admitted.any(|admitted| admitted))
    }
}

/// The first of the regions that share a country code to which a number belongs: by its leading digits, or by being
/// valid there. The label is twice the region's place among them, counted from one, and one more for a valid number.
pub(crate) struct Assigned {
    leading_digits: Vec<Option<Pattern>>,
    /// For each row of the table so far, where its digits lead and whether it accepts.
    rows: Vec<Row>,
}

/// What is known of a number in one of the regions.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Candidate {
    /// The row at which the automaton of its valid numbers stands.
    valid: u16,
    leading: Leading,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Leading {
    Other,
    Reading(StateID),
    Found,
}

impl Assigned {
    pub(crate) fn new(shared: &[Metadata], table: &Table) -> Result<Self, Box<dyn Error>> {
        let leading_digits = shared
            .iter()
            .map(|metadata| match metadata.leading_digits.as_str() {
                "" => Ok(None),
                pattern if pattern.contains('$') => Err("leading digits with an end".into()),
                pattern => Pattern::prefix(pattern).map(Some),
            })
            .collect::<Result<_, Box<dyn Error>>>()?;
        Ok(Self {
            leading_digits,
            rows: table.rows().to_vec(),
        })
    }

    pub(crate) fn beginning(&self, valid: &[u16]) -> Result<Vec<Candidate>, Box<dyn Error>> {
        self.leading_digits
            .iter()
            .zip(valid)
            .map(|(pattern, row)| {
                let leading = match pattern {
                    // The only region of a country code has all of its numbers.
                    _ if valid.len() == 1 => Leading::Found,
                    Some(pattern) => Leading::Reading(pattern.beginning()?),
                    None => Leading::Other,
                };
                Ok(Candidate {
                    valid: *row,
                    leading,
                })
            })
            .collect()
    }
}

impl Machine for Assigned {
    type State = Vec<Candidate>;

    fn next(&self, state: &Self::State, digit: u8, length: usize) -> Option<Self::State> {
        if length > LONGEST_NATIONAL_NUMBER {
            return None;
        }
        let mut next = Vec::new();
        for (candidate, pattern) in state.iter().zip(&self.leading_digits) {
            let leading = match (&candidate.leading, pattern) {
                (Leading::Reading(state), Some(pattern)) => {
                    match pattern.next(state, digit, length) {
                        Some(state) if pattern.matches_before_more(state) => Leading::Found,
                        Some(state) => Leading::Reading(state),
                        None => Leading::Other,
                    }
                }
                (leading, _) => leading.clone(),
            };
            let row = &self.rows[usize::from(candidate.valid)];
            let found = leading == Leading::Found;
            next.push(Candidate {
                valid: row[usize::from(digit - b'0')],
                leading,
            });
            if found {
                // Whatever follows in the list, this region comes first.
                break;
            }
        }
        next.iter()
            .any(|candidate| candidate.valid != 0 || candidate.leading != Leading::Other)
            .then_some(next)
    }

    fn label(&self, state: &Self::State, _: usize) -> u16 {
        for (place, candidate) in (1..).zip(state) {
            let valid = self.rows[usize::from(candidate.valid)][LABEL];
            if valid != 0 || candidate.leading == Leading::Found {
                return 2 * place + valid;
            }
        }
        0
    }
}

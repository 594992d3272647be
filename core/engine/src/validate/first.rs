//! The first faults of a payload, each once.

use std::collections::HashMap;

use crate::violation::{Code, MOST_VIOLATIONS, Violation};

/// A violation and the place in the payload by which violations are sorted.
pub(super) struct Located {
    pub(super) order: Vec<usize>,
    /// The keyword of our own that found it; empty for JSON Schema's.
    pub(super) keyword: String,
    pub(super) violation: Violation,
}

impl Located {
    /// Two rules can find the same fault, such as a branch and what it shares, or a type and its
    /// values; but each keyword of our own tells of another fault of a value.
    fn is_same(&self, later: &Self) -> bool {
        self.violation.limit.is_some() || self.keyword == later.keyword
    }
}

/// Takes in faults in any order and number, and keeps no more of them than are told.
#[derive(Default)]
pub(super) struct First {
    located: Vec<Located>,
}

impl First {
    pub(super) fn add(&mut self, located: Located) {
        self.located.push(located);
        if self.located.len() >= 8 * MOST_VIOLATIONS {
            self.settle();
            self.located.truncate(2 * MOST_VIOLATIONS);
        }
    }

    /// The first violations in the payload's order.
    pub(super) fn into_violations(mut self) -> Vec<Violation> {
        self.settle();
        let first = self.located.into_iter().take(MOST_VIOLATIONS);
        first.map(|located| located.violation).collect()
    }

    /// Sorts what there is, and leaves each fault once.
    fn settle(&mut self) {
        self.located.sort_by(|a, b| a.order.cmp(&b.order));
        let mut kept: HashMap<(Code, &str), Vec<&Located>> = HashMap::new();
        let is_new: Vec<bool> = self
            .located
            .iter()
            .map(|found| {
                let key = (found.violation.code, found.violation.path.as_str());
                let earlier = kept.entry(key).or_default();
                let is_new = !earlier.iter().any(|one| one.is_same(found));
                if is_new {
                    earlier.push(found);
                }
                is_new
            })
            .collect();
        let mut is_new = is_new.into_iter();
        self.located.retain(|_| is_new.next().unwrap_or(true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(place: usize, code: Code) -> Located {
        Located {
            order: vec![place],
            keyword: String::new(),
            violation: Violation::error(code, format!("m{place}"), "is wrong"),
        }
    }

    #[test]
    fn the_first_are_those_of_the_document_whatever_comes_first() {
        let mut first = First::default();
        for place in (0..5000).rev() {
            first.add(fault(place, Code::Invalid));
            first.add(fault(place, Code::Invalid));
            first.add(fault(place, Code::UnknownField));
            assert!(first.located.len() < 8 * MOST_VIOLATIONS);
        }
        let paths: Vec<String> = first
            .into_violations()
            .into_iter()
            .map(|v| v.path)
            .collect();
        let expected: Vec<String> = (0..MOST_VIOLATIONS)
            .map(|i| format!("m{}", i / 2))
            .collect();
        assert_eq!(paths, expected);
    }
}

//! The parameters of a call that stand in its query.

use std::collections::HashMap;

use super::send::is_chat;
use crate::check::{Problem, Problems, Rule, note};

/// What every call bears.
const CREDENTIALS: [&str; 2] = ["token", "instanceId"];

/// A query under reading. It remembers which parameters were asked for, so that [`Query::finish`] can name the others.
pub(super) struct Query<'a> {
    given: &'a HashMap<String, String>,
    known: Vec<&'static str>,
    problems: Problems,
}

impl<'a> Query<'a> {
    pub(super) fn new(given: &'a HashMap<String, String>) -> Self {
        Self {
            given,
            known: CREDENTIALS.to_vec(),
            problems: Problems::new(),
        }
    }

    /// The parameter as it stands.
    pub(super) fn text(&mut self, name: &'static str) -> Option<&'a str> {
        self.known.push(name);
        self.given.get(name).map(String::as_str)
    }

    /// The parameter, which must stand.
    pub(super) fn required(&mut self, name: &'static str) -> &'a str {
        let text = self.text(name).unwrap_or_default();
        if text.is_empty() {
            note(&mut self.problems, Rule::Missing, name, "is required");
        }
        text
    }

    /// A switch, which is off where it is absent.
    pub(super) fn flag(&mut self, name: &'static str) -> bool {
        match self.text(name) {
            Some("true" | "1") => true,
            None | Some("false" | "0") => false,
            Some(_) => {
                self.refuse(name, "must be true, false, 1 or 0");
                false
            }
        }
    }

    /// A whole number, not below 0.
    pub(super) fn number(&mut self, name: &'static str) -> Option<u64> {
        let number = self.text(name)?.parse().ok();
        if number.is_none() {
            self.refuse(name, "must be a whole number, 0 or more");
        }
        number
    }

    /// The id of a chat or a group.
    pub(super) fn chat(&mut self, name: &'static str) -> Option<&'a str> {
        let chat = self.text(name)?;
        if !is_chat(chat) {
            self.refuse(name, "must be digits and @c.us, or a group's id and @g.us");
        }
        Some(chat)
    }

    /// Notes a parameter that breaks a rule.
    pub(super) fn refuse(&mut self, name: &str, detail: &str) {
        note(&mut self.problems, Rule::Invalid, name, detail);
    }

    /// The first problem; a parameter that nobody asked for is one.
    pub(super) fn finish(self) -> Result<(), String> {
        if let Some(problem) = self.problems.first() {
            return Err(problem.sentence());
        }
        let is_known = |name: &String| self.known.contains(&name.as_str());
        match self.given.keys().find(|name| !is_known(name)) {
            None => Ok(()),
            Some(name) => {
                // A misplaced name may be anything, a token too: only the first characters are repeated.
                let path = name.chars().take(40).collect();
                let detail = "is not a parameter here".to_owned();
                let rule = Rule::Unknown;
                Err(Problem { rule, path, detail }.sentence())
            }
        }
    }
}

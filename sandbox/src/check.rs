//! Reading a JSON document member by member, noting every problem on the way.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::form::is_web_address;

/// Which rule a value breaks. Each gateway turns this into its own code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The member is absent or `null`.
    Missing,
    /// The JSON type is another one.
    WrongType,
    /// The value is outside its enumeration, range or format.
    Invalid,
    /// More characters than allowed.
    TooLong,
    /// Fewer characters than allowed.
    TooShort,
    /// More items than allowed.
    TooMany,
    /// The same value stands twice where it may stand once.
    NotUnique,
    /// The object has no such member, or not with this type of message.
    Unknown,
}

/// One broken rule. `detail` never repeats the value: it may be a text or a number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) rule: Rule,
    /// Dotted wire path, such as `interactive.action.buttons[1].reply.title`; empty for the document itself.
    pub(crate) path: String,
    pub(crate) detail: String,
}

impl Problem {
    /// The path and the detail as one sentence.
    pub(crate) fn sentence(&self) -> String {
        if self.path.is_empty() {
            self.detail.clone()
        } else {
            format!("{}: {}", self.path, self.detail)
        }
    }
}

/// The problems of one document, in the order of reading.
pub(crate) type Problems = Vec<Problem>;

/// Notes a problem.
pub(crate) fn note(
    problems: &mut Problems,
    rule: Rule,
    path: impl Into<String>,
    detail: impl Into<String>,
) {
    problems.push(Problem {
        rule,
        path: path.into(),
        detail: detail.into(),
    });
}

/// Whether a member must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// No limit on the length.
pub(crate) const ANY_LENGTH: RangeInclusive<usize> = 0..=usize::MAX;

/// At least one character.
pub(crate) const NOT_EMPTY: RangeInclusive<usize> = 1..=usize::MAX;

/// No limit on the number.
pub(crate) const ANY_NUMBER: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// A JSON object under reading. It remembers which members were asked for, so that [`Object::finish`] can name the
/// members that nobody knows.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    members: &'a Map<String, Value>,
    path: String,
    known: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// Begins to read `value`, which must be an object.
    pub(crate) fn new(
        value: &'a Value,
        path: impl Into<String>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let path = path.into();
        if let Value::Object(members) = value {
            return Some(Self {
                members,
                path,
                known: Vec::new(),
            });
        }
        note(problems, Rule::WrongType, path, "must be an object");
        None
    }

    /// The wire path of the member `name`.
    pub(crate) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The wire path of the object itself.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The member as it stands, `null` included.
    pub(crate) fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.members.get(name)
    }

    /// Whether the member stands, without reading it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// The member, which must not be `null`.
    pub(crate) fn value(
        &mut self,
        name: &'static str,
        need: Need,
        problems: &mut Problems,
    ) -> Option<&'a Value> {
        match self.get(name) {
            Some(Value::Null) | None if need == Need::Required => {
                note(problems, Rule::Missing, self.path_of(name), "is required");
                None
            }
            Some(Value::Null) => {
                note(
                    problems,
                    Rule::WrongType,
                    self.path_of(name),
                    "must not be null; leave it out",
                );
                None
            }
            found => found,
        }
    }

    /// A string whose number of characters (code points) lies in `length`.
    pub(crate) fn string(
        &mut self,
        name: &'static str,
        need: Need,
        length: &RangeInclusive<usize>,
        problems: &mut Problems,
    ) -> Option<&'a str> {
        let value = self.value(name, need, problems)?;
        let path = self.path_of(name);
        let text = as_string(value, &path, problems)?;
        check_length(text, length, &path, problems);
        Some(text)
    }

    /// A string out of `values`.
    pub(crate) fn choice(
        &mut self,
        name: &'static str,
        need: Need,
        values: &[&str],
        problems: &mut Problems,
    ) -> Option<&'a str> {
        let text = self.string(name, need, &ANY_LENGTH, problems)?;
        if values.contains(&text) {
            return Some(text);
        }
        note(
            problems,
            Rule::Invalid,
            self.path_of(name),
            format!("must be one of {}", values.join(", ")),
        );
        None
    }

    /// A boolean.
    pub(crate) fn boolean(
        &mut self,
        name: &'static str,
        need: Need,
        problems: &mut Problems,
    ) -> Option<bool> {
        let value = self.value(name, need, problems)?;
        if value.as_bool().is_none() {
            note(
                problems,
                Rule::WrongType,
                self.path_of(name),
                "must be true or false",
            );
        }
        value.as_bool()
    }

    /// A whole number in `range`.
    pub(crate) fn integer(
        &mut self,
        name: &'static str,
        need: Need,
        range: &RangeInclusive<i64>,
        problems: &mut Problems,
    ) -> Option<i64> {
        let value = self.value(name, need, problems)?;
        let Some(number) = value.as_i64() else {
            note(
                problems,
                Rule::WrongType,
                self.path_of(name),
                "must be a whole number",
            );
            return None;
        };
        if range.contains(&number) {
            return Some(number);
        }
        note(
            problems,
            Rule::Invalid,
            self.path_of(name),
            format!("must lie between {} and {}", range.start(), range.end()),
        );
        None
    }

    /// An object.
    pub(crate) fn object(
        &mut self,
        name: &'static str,
        need: Need,
        problems: &mut Problems,
    ) -> Option<Object<'a>> {
        let value = self.value(name, need, problems)?;
        Object::new(value, self.path_of(name), problems)
    }

    /// An array of at most `most` items, each with its wire path. A required array must not be empty.
    pub(crate) fn array(
        &mut self,
        name: &'static str,
        need: Need,
        most: usize,
        problems: &mut Problems,
    ) -> Vec<(String, &'a Value)> {
        let path = self.path_of(name);
        let Some(value) = self.value(name, need, problems) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            note(problems, Rule::WrongType, path, "must be an array");
            return Vec::new();
        };
        if items.is_empty() && need == Need::Required {
            note(problems, Rule::Missing, path.as_str(), "must not be empty");
        }
        if items.len() > most {
            note(
                problems,
                Rule::TooMany,
                path.as_str(),
                format!("has {} items; {most} are allowed", items.len()),
            );
        }
        items
            .iter()
            .enumerate()
            .map(|(index, item)| (format!("{path}[{index}]"), item))
            .collect()
    }

    /// Reads optional strings of any length that have no rule of their own.
    pub(crate) fn plain_strings(&mut self, names: &[&'static str], problems: &mut Problems) {
        for name in names {
            self.string(name, Need::Optional, &ANY_LENGTH, problems);
        }
    }

    /// Notes every member that nobody asked for.
    pub(crate) fn finish(self, problems: &mut Problems) {
        for name in self.members.keys() {
            if !self.known.contains(&name.as_str()) {
                // A misplaced key may be anything, a phone number too: only the first characters are repeated.
                let shown: String = name.chars().take(40).collect();
                note(
                    problems,
                    Rule::Unknown,
                    self.path_of(&shown),
                    "is not a parameter here",
                );
            }
        }
    }
}

/// The value's text, which it must be.
pub(crate) fn as_string<'a>(
    value: &'a Value,
    path: &str,
    problems: &mut Problems,
) -> Option<&'a str> {
    let text = value.as_str();
    if text.is_none() {
        note(problems, Rule::WrongType, path, "must be a string");
    }
    text
}

/// Whether a text is a web address; notes one that is not.
pub(crate) fn check_web_address(text: &str, path: &str, problems: &mut Problems) -> bool {
    let is_address = is_web_address(text);
    if !is_address {
        let detail = "must be an address with the scheme http or https";
        note(problems, Rule::Invalid, path, detail);
    }
    is_address
}

/// Notes a text whose number of characters lies outside `length`.
pub(crate) fn check_length(
    text: &str,
    length: &RangeInclusive<usize>,
    path: &str,
    problems: &mut Problems,
) {
    let characters = text.chars().count();
    if characters < *length.start() {
        let least = length.start();
        note(
            problems,
            Rule::TooShort,
            path,
            format!("has {characters} characters; at least {least} are needed"),
        );
    } else if characters > *length.end() {
        let most = length.end();
        note(
            problems,
            Rule::TooLong,
            path,
            format!("has {characters} characters; {most} are allowed"),
        );
    }
}

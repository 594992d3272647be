//! The check of contacts, and the block list.

use std::collections::HashSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::document::{done, read_document, tell};
use super::errors::refuse;
use crate::check::{Need, as_string};
use crate::form::is_international_number;
use crate::gateway::{Call, Reply};
use crate::lock;

/// The number whose check fails, whatever it is asked.
const FAILING: &str = "72005000005";

#[derive(Default)]
struct State {
    /// Numbers that were asked for once, so that the second answer is ready.
    asked: HashSet<String>,
    /// Who wrote in.
    engaged: HashSet<String>,
    blocked: HashSet<String>,
}

/// All that is known of people.
#[derive(Default)]
pub(super) struct Contacts(Mutex<State>);

impl Contacts {
    /// Answers a call; `path` is what follows `/v1/contacts`.
    pub(super) fn answer(&self, call: &Call<'_>, path: &[&str]) -> Option<Result<Reply, Reply>> {
        Some(match (call.method.as_str(), path) {
            ("POST", []) => self.check(call),
            ("POST", [phone, "block"]) => self.block(call, phone),
            ("POST", [phone, "unblock"]) => self.unblock(call, phone),
            _ => return None,
        })
    }

    /// Notes that a person wrote in.
    pub(super) fn engage(&self, wa_id: &str) {
        lock(&self.0).engaged.insert(wa_id.to_owned());
    }

    pub(super) fn is_blocked(&self, wa_id: &str) -> bool {
        lock(&self.0).blocked.contains(wa_id)
    }

    /// `POST /v1/contacts`.
    fn check(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let (waits, inputs) = read_document(call, |document, problems| {
            let blocking =
                document.choice("blocking", Need::Optional, &["no_wait", "wait"], problems);
            document.boolean("force_check", Need::Optional, problems);
            let mut inputs = Vec::new();
            for (path, item) in document.array("contacts", Need::Required, usize::MAX, problems) {
                inputs.extend(as_string(item, &path, problems).map(str::to_owned));
            }
            Some((blocking == Some("wait"), inputs))
        })?;
        let mut state = lock(&self.0);
        let contacts: Vec<Value> = inputs
            .iter()
            .map(|input| state.contact(input, waits))
            .collect();
        Ok(tell(json!({ "contacts": contacts })))
    }

    /// `POST /v1/contacts/{phone}/block`.
    fn block(&self, call: &Call<'_>, phone: &str) -> Result<Reply, Reply> {
        if !call.body.is_empty() {
            read_document(call, |document, problems| {
                document.string("reason", Need::Optional, &(0..=60), problems);
                Some(())
            })?;
        }
        let wa_id = number_in_path(phone)?;
        let mut state = lock(&self.0);
        if !state.engaged.contains(&wa_id) {
            let details = "the contact has not written to the business";
            return Err(refuse(2048, details));
        }
        state.blocked.insert(wa_id);
        Ok(done())
    }

    /// `POST /v1/contacts/{phone}/unblock`.
    fn unblock(&self, call: &Call<'_>, phone: &str) -> Result<Reply, Reply> {
        if !call.body.is_empty() {
            read_document(call, |_, _| Some(()))?;
        }
        let wa_id = number_in_path(phone)?;
        lock(&self.0).blocked.remove(&wa_id);
        Ok(done())
    }
}

impl State {
    /// The row of one number. What is not ready at the first call that does not wait is ready at the second.
    fn contact(&mut self, input: &str, waits: bool) -> Value {
        let Some(wa_id) = wa_id(input) else {
            return json!({"input": input, "status": "invalid"});
        };
        if wa_id == FAILING {
            return json!({"input": input, "status": "failed"});
        }
        let is_first = self.asked.insert(wa_id.clone());
        if is_first && !waits {
            return json!({"input": input, "status": "processing"});
        }
        json!({"input": input, "status": "valid", "wa_id": wa_id})
    }
}

/// The digits of a number in any form; `None` for what cannot be an international number.
fn wa_id(input: &str) -> Option<String> {
    let mut digits = input.trim();
    digits = digits.strip_prefix('+').unwrap_or(digits);
    let digits = digits.replace([' ', '(', ')', '-', '.', '/', '\u{a0}'], "");
    is_international_number(&digits).then_some(digits)
}

fn number_in_path(phone: &str) -> Result<String, Reply> {
    wa_id(phone).ok_or_else(|| refuse(1009, "the path must have an international phone number"))
}

#[cfg(test)]
mod tests {
    use super::wa_id;

    #[test]
    fn numbers_are_read_in_any_form() {
        for input in [
            "16505551234",
            "+1 (650) 555-1234",
            "1-650-555-1234",
            " +1.650.555.1234",
        ] {
            assert_eq!(wa_id(input).as_deref(), Some("16505551234"), "{input}");
        }
        for input in [
            "",
            "abc",
            "12345",
            "0650555123",
            "+1650555123456789",
            "1650555x234",
            "++16505551234",
        ] {
            assert_eq!(wa_id(input), None, "{input}");
        }
    }
}

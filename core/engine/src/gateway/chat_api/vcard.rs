//! A contact card as a vCard of version 3.0.
//!
//! Sources: the `OpenAPI` description of chat-api's later clients, sendVCard; RFC 2426 and, for what
//! it takes over, RFC 2425. `waid` is WhatsApp's own parameter of a phone number.

use super::PROFILE;
use crate::feature::{Feature, unsupported};
use crate::message::Contact;
use crate::violation::{Code, Violation};

/// Writes a card. What a vCard cannot say is noted and left out.
pub(super) fn write(contact: &Contact, violations: &mut Vec<Violation>) -> String {
    if contact.name.formatted_name.is_empty() {
        let (path, words) = (
            "contacts[0].name.formatted_name",
            "must have at least 1 character",
        );
        violations.push(Violation::error(Code::LengthTooShort, path, words).with_limit(1));
    }
    if !contact.ims.is_empty() {
        violations.push(unsupported(
            &PROFILE,
            Feature::ContactIms,
            "contacts[0].ims",
        ));
    }
    let mut card = Card {
        text: String::new(),
        violations,
    };
    card.line("BEGIN:VCARD");
    card.line("VERSION:3.0");
    card.name(contact);
    card.organisation(contact);
    if let Some(birthday) = &contact.birthday {
        card.birthday(birthday);
    }
    for (position, phone) in contact.phones.iter().enumerate() {
        let place = || format!("phones[{position}]");
        let mut start = "TEL".to_owned();
        start.push_str(&card.kind(phone.kind.as_deref(), place));
        if let Some(wa_id) = &phone.wa_id {
            start.push_str(&card.wa_id(wa_id, place));
        }
        card.value(&start, phone.phone.as_deref(), || {
            format!("contacts[0].{}.phone", place())
        });
    }
    for (position, email) in contact.emails.iter().enumerate() {
        let place = || format!("emails[{position}]");
        let start = format!("EMAIL{}", card.kind(email.kind.as_deref(), place));
        card.value(&start, email.email.as_deref(), || {
            format!("contacts[0].{}.email", place())
        });
    }
    card.addresses(contact);
    for (position, url) in contact.urls.iter().enumerate() {
        let place = || format!("urls[{position}]");
        let start = format!("URL{}", card.kind(url.kind.as_deref(), place));
        card.value(&start, url.url.as_deref(), || {
            format!("contacts[0].{}.url", place())
        });
    }
    card.line("END:VCARD");
    card.text
}

struct Card<'v> {
    text: String,
    violations: &'v mut Vec<Violation>,
}

impl Card<'_> {
    /// Family name, given name, further names, what precedes and what follows; a card without any
    /// of them has its whole name as the given one, since the line is mandatory.
    fn name(&mut self, contact: &Contact) {
        let name = &contact.name;
        let mut parts = [
            name.last_name.as_deref(),
            name.first_name.as_deref(),
            name.middle_name.as_deref(),
            name.prefix.as_deref(),
            name.suffix.as_deref(),
        ];
        if parts.iter().all(Option::is_none) {
            parts[1] = Some(&name.formatted_name);
        }
        self.line(&format!("N:{}", structured(&parts)));
        self.line(&format!("FN:{}", escaped(&name.formatted_name)));
    }

    fn organisation(&mut self, contact: &Contact) {
        let Some(org) = &contact.org else { return };
        match (org.company.as_deref(), org.department.as_deref()) {
            (None, None) => {}
            (company, None) => self.line(&format!("ORG:{}", structured(&[company]))),
            (company, department) => {
                self.line(&format!("ORG:{}", structured(&[company, department])));
            }
        }
        if let Some(title) = &org.title {
            self.line(&format!("TITLE:{}", escaped(title)));
        }
    }

    fn birthday(&mut self, birthday: &str) {
        if birthday.len() == 10 && birthday.parse::<jiff::civil::Date>().is_ok() {
            self.line(&format!("BDAY:{birthday}"));
        } else {
            self.refuse(
                Code::Invalid,
                "contacts[0].birthday".into(),
                "must be a date such as 2026-12-31",
            );
        }
    }

    /// Post-office box, extended address, street, city, state, code, country: the first two are
    /// not in a card of ours.
    fn addresses(&mut self, contact: &Contact) {
        for (position, address) in contact.addresses.iter().enumerate() {
            let place = || format!("addresses[{position}]");
            if address.country_code.is_some() {
                let path = format!("contacts[0].{}.country_code", place());
                let words = "a vCard has the country's name alone";
                self.refuse(Code::Unsupported, path, words);
            }
            let kind = self.kind(address.kind.as_deref(), place);
            let parts = [
                None,
                None,
                address.street.as_deref(),
                address.city.as_deref(),
                address.state.as_deref(),
                address.zip.as_deref(),
                address.country.as_deref(),
            ];
            self.line(&format!("ADR{kind}:{}", structured(&parts)));
        }
    }

    /// `;TYPE=HOME`.
    fn kind(&mut self, kind: Option<&str>, place: impl Fn() -> String) -> String {
        match kind {
            None => String::new(),
            Some(kind) if is_token(kind) => format!(";TYPE={kind}"),
            Some(_) => {
                let path = format!("contacts[0].{}.type", place());
                let words = "must be one word of letters, digits and dashes, such as HOME";
                self.refuse(Code::Invalid, path, words);
                String::new()
            }
        }
    }

    /// `;waid=79034567890`.
    fn wa_id(&mut self, wa_id: &str, place: impl Fn() -> String) -> String {
        if !wa_id.is_empty() && wa_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return format!(";waid={wa_id}");
        }
        let path = format!("contacts[0].{}.wa_id", place());
        self.refuse(Code::Invalid, path, "must be digits, such as 79034567890");
        String::new()
    }

    /// A line of one value, which must be there.
    fn value(&mut self, start: &str, value: Option<&str>, path: impl Fn() -> String) {
        match value {
            Some(value) => self.line(&format!("{start}:{}", escaped(value))),
            None => self.refuse(Code::MustBeNotNull, path(), "is missing"),
        }
    }

    /// Adds a line; one of more than 75 bytes goes on after a line break and a blank, which stand
    /// between two characters.
    fn line(&mut self, line: &str) {
        const LONGEST: usize = 75;
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LONGEST {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(character);
            length += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn refuse(&mut self, code: Code, path: String, words: &str) {
        self.violations.push(Violation::error(code, path, words));
    }
}

fn is_token(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(sign)
}

/// Values with semicolons between; one that is not there is empty.
fn structured(parts: &[Option<&str>]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| escaped(part.unwrap_or_default()))
        .collect();
    parts.join(";")
}

/// A text value: no line breaks, and a backslash before what separates.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\n' | '\r' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    escaped
}

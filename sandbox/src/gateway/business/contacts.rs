//! Contacts.

use serde_json::Value;

use super::Variant;
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::is_day;

/// Checks the items of `contacts`.
pub(crate) fn check_contacts(
    contacts: Vec<(String, &Value)>,
    variant: Variant,
    problems: &mut Problems,
) {
    for (path, value) in contacts {
        if let Some(contact) = Object::new(value, path, problems) {
            check_contact(contact, variant, problems);
        }
    }
}

fn check_contact(mut contact: Object<'_>, variant: Variant, problems: &mut Problems) {
    if let Some(name) = contact.object("name", Need::Required, problems) {
        check_name(name, problems);
    }
    for (path, value) in contact.array("addresses", Need::Optional, usize::MAX, problems) {
        let Some(mut address) = Object::new(value, path, problems) else {
            continue;
        };
        address.plain_strings(
            &["street", "city", "state", "zip", "country", "type"],
            problems,
        );
        let code = address.string("country_code", Need::Optional, &ANY_LENGTH, problems);
        if code.is_some_and(|code| {
            code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_alphabetic())
        }) {
            note(
                problems,
                Rule::Invalid,
                address.path_of("country_code"),
                "must be two letters",
            );
        }
        address.finish(problems);
    }
    let birthday = contact.string("birthday", Need::Optional, &ANY_LENGTH, problems);
    if birthday.is_some_and(|birthday| !is_day(birthday)) {
        note(
            problems,
            Rule::Invalid,
            contact.path_of("birthday"),
            "must be a day written YYYY-MM-DD",
        );
    }
    if let Some(mut organisation) = contact.object("org", Need::Optional, problems) {
        organisation.plain_strings(&["company", "department", "title"], problems);
        organisation.finish(problems);
    }
    check_list(&mut contact, "emails", &["email", "type"], problems);
    check_list(
        &mut contact,
        "phones",
        &["phone", "type", "wa_id"],
        problems,
    );
    check_list(&mut contact, "urls", &["url", "type"], problems);
    if variant == Variant::OnPremises {
        check_list(&mut contact, "ims", &["service", "user_id"], problems);
    }
    contact.finish(problems);
}

/// `formatted_name` and at least one of the others, which an empty text is not.
fn check_name(mut name: Object<'_>, problems: &mut Problems) {
    const PARTS: [&str; 5] = ["first_name", "last_name", "middle_name", "suffix", "prefix"];
    name.string("formatted_name", Need::Required, &NOT_EMPTY, problems);
    let is_given = |part: &&'static str| name.get(part).is_some_and(|value| value != "");
    if !PARTS.iter().any(is_given) {
        note(
            problems,
            Rule::Missing,
            name.path(),
            format!("needs one of {} beside formatted_name", PARTS.join(", ")),
        );
    }
    name.plain_strings(&PARTS, problems);
    name.finish(problems);
}

/// A list of objects whose members are all optional strings.
fn check_list(
    contact: &mut Object<'_>,
    list: &'static str,
    members: &[&'static str],
    problems: &mut Problems,
) {
    for (path, value) in contact.array(list, Need::Optional, usize::MAX, problems) {
        if let Some(mut item) = Object::new(value, path, problems) {
            item.plain_strings(members, problems);
            item.finish(problems);
        }
    }
}

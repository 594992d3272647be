//! Reads a vCard 3.0 (RFC 2426) into the members of a neutral contact.

use serde_json::{Value, json};

use super::present;

pub(super) fn contact(card: &str) -> Value {
    let mut contact = json!({});
    // A line that is too long goes on after a space.
    let unfolded = card.replace("\r\n ", "").replace("\n ", "");
    for line in unfolded.lines() {
        let (name, value) = line.split_once(':').unwrap();
        let mut parameters = name.split(';');
        let name = parameters.next().unwrap();
        let parameter = |wanted: &str| {
            let mut pairs = parameters.clone().filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| value)
        };
        let kind = parameter("type");
        let parts = parts(value);
        let part = |position: usize| parts.get(position).filter(|part| !part.is_empty());
        match name {
            "BEGIN" | "END" => assert_eq!(value, "VCARD"),
            "VERSION" => assert_eq!(value, "3.0"),
            "FN" => contact["name"]["formatted_name"] = part(0).unwrap().as_str().into(),
            "N" => {
                let names = ["last_name", "first_name", "middle_name", "prefix", "suffix"];
                for (position, name) in names.into_iter().enumerate() {
                    if let Some(text) = part(position) {
                        contact["name"][name] = text.as_str().into();
                    }
                }
            }
            "ORG" => contact["org"]["company"] = json!(part(0)),
            "TITLE" => contact["org"]["title"] = json!(part(0)),
            "BDAY" => contact["birthday"] = value.into(),
            "TEL" => push(
                &mut contact,
                "phones",
                json!({
                    "phone": part(0), "type": kind, "wa_id": parameter("waid"),
                }),
            ),
            "EMAIL" => push(
                &mut contact,
                "emails",
                json!({"email": part(0), "type": kind}),
            ),
            "URL" => push(&mut contact, "urls", json!({"url": part(0), "type": kind})),
            "ADR" => push(
                &mut contact,
                "addresses",
                json!({
                    "street": part(2), "city": part(3), "state": part(4), "zip": part(5), "country": part(6), "type": kind,
                }),
            ),
            other => panic!("{other}"),
        }
    }
    contact
}

fn push(contact: &mut Value, list: &str, item: Value) {
    if contact[list].is_null() {
        contact[list] = json!([]);
    }
    contact[list].as_array_mut().unwrap().push(present(item));
}

/// The parts of a structured value, between semicolons that no backslash escapes.
fn parts(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let part = parts.last_mut().unwrap();
        match letter {
            '\\' => part.push(match letters.next().unwrap() {
                'n' | 'N' => '\n',
                other => other,
            }),
            ';' => parts.push(String::new()),
            other => part.push(other),
        }
    }
    parts
}

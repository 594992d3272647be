//! Forms: `multipart/form-data`, whose bytes are the same in every run.
//!
//! Source: RFC 7578; names of parts and files are escaped as browsers escape them.

use std::collections::BTreeSet;

use http::HeaderValue;

use crate::payload::{File, Member, Payload};

/// A form, ready to be sent.
pub(crate) struct Form {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Vec<u8>,
}

/// The members of a document as the parts of a form, in their order, where one of them is a file
/// that wants that. `file_name` names the member that says what the file is called.
pub(crate) fn of(payload: &Payload<'_>, file_name: &str) -> Option<Form> {
    let Payload::Record(members) = payload else {
        return None;
    };
    let wants_form =
        |member: &Member<'_>| matches!(member.value(), Some(Payload::File(file)) if file.in_form);
    members.iter().any(wants_form).then(|| {
        let called = members.iter().find(|member| member.name() == file_name);
        let called = match called.and_then(Member::value) {
            Some(Payload::Text(name)) => name,
            _ => "file",
        };
        write(members, called)
    })
}

fn write(members: &[Member<'_>], called: &str) -> Form {
    let parts: Vec<Part<'_>> = members.iter().filter_map(part).collect();
    let boundary = boundary(&parts);
    let mut body = Vec::new();
    for part in &parts {
        let name = escaped(part.name);
        body.extend_from_slice(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"").as_bytes(),
        );
        if let Some(file) = part.file {
            let called = escaped(called);
            let kind = &file.mime_type;
            body.extend_from_slice(
                format!("; filename=\"{called}\"\r\nContent-Type: {kind}").as_bytes(),
            );
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(part.value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let content_type = format!("multipart/form-data; boundary={boundary}");
    Form {
        content_type: HeaderValue::try_from(content_type)
            .unwrap_or(HeaderValue::from_static("multipart/form-data")),
        body,
    }
}

struct Part<'p> {
    name: &'p str,
    value: &'p [u8],
    file: Option<&'p File<'p>>,
}

/// A member as a part; a form has texts and files.
fn part<'p>(member: &'p Member<'p>) -> Option<Part<'p>> {
    let (value, file) = match member.value()? {
        Payload::Text(text) => (text.as_bytes(), None),
        Payload::File(file) => (file.bytes, Some(file)),
        _ => return None,
    };
    Some(Part {
        name: member.name(),
        value,
        file,
    })
}

/// The first boundary of a row that stands in no part: no chance, so that the same message always
/// has the same bytes. The parts are looked through once, whatever is in them.
fn boundary(parts: &[Part<'_>]) -> String {
    const START: &str = "wamux-form-";
    const MOST_DIGITS: usize = 18;
    let mut taken = BTreeSet::new();
    for part in parts {
        let places = part.value.windows(START.len()).enumerate();
        for (place, _) in places.filter(|(_, window)| *window == START.as_bytes()) {
            let rest = &part.value[place + START.len()..];
            let digits = rest.iter().take(MOST_DIGITS);
            let mut number = 0_u64;
            // `wamux-form-12` has `wamux-form-1` in it.
            for digit in digits.take_while(|byte| byte.is_ascii_digit()) {
                number = number * 10 + u64::from(digit - b'0');
                taken.insert(number);
            }
        }
    }
    let mut free = 0;
    while taken.contains(&free) {
        free += 1;
    }
    format!("{START}{free}")
}

/// A name between quotes.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(bytes: &[u8], name: &str) -> (String, String) {
        let file = File {
            mime_type: "text/plain".into(),
            bytes,
            in_form: true,
        };
        let payload = Payload::record([
            Member::new("phone", "79034567890"),
            Member::new("caption", None::<&str>),
            Member::new("body", Payload::File(file)),
            Member::new("filename", name),
        ]);
        let form = of(&payload, "filename").unwrap();
        let content_type = form.content_type.to_str().unwrap().to_owned();
        (content_type, String::from_utf8(form.body).unwrap())
    }

    #[test]
    fn each_member_is_a_part_and_the_file_has_its_name_and_type() {
        let (content_type, body) = form(b"Hello", "a \"b\".txt");
        assert_eq!(content_type, "multipart/form-data; boundary=wamux-form-0");
        let expected = [
            "--wamux-form-0",
            "Content-Disposition: form-data; name=\"phone\"",
            "",
            "79034567890",
            "--wamux-form-0",
            "Content-Disposition: form-data; name=\"body\"; filename=\"a %22b%22.txt\"",
            "Content-Type: text/plain",
            "",
            "Hello",
            "--wamux-form-0",
            "Content-Disposition: form-data; name=\"filename\"",
            "",
            "a \"b\".txt",
            "--wamux-form-0--",
            "",
        ];
        assert_eq!(body, expected.join("\r\n"));
    }

    #[test]
    fn a_boundary_stands_in_no_part() {
        let (content_type, body) = form(b"--wamux-form-0\r\n", "wamux-form-12");
        assert!(content_type.ends_with("wamux-form-2"), "{content_type}");
        assert!(body.starts_with("--wamux-form-2\r\n"));
        let (content_type, _) = form(b"wamux-form-wamux-form-99999999999999999999", "x");
        assert!(content_type.ends_with("wamux-form-0"), "{content_type}");
    }

    #[test]
    fn a_document_without_a_file_for_a_form_is_none() {
        let payload = Payload::record([Member::new("phone", "79034567890")]);
        assert!(of(&payload, "filename").is_none());
    }
}

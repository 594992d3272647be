//! Devino, the first API: `POST /whatsapp/messages`.

use http::Method;
use serde_json::Value;

use super::{
    BASE_PATH, Outcome, answer, batch, check_address, check_envelope, codes, incoming, outcome,
    rate_limited, recognise,
};
use crate::check::{ANY_LENGTH, ANY_NUMBER, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::{is_digits, is_language_code, is_mime_type};
use crate::gateway::{Call, CallKind, Callback, Gateway, Numbers, Reply};
use crate::incoming::Incoming;
use crate::recipient::MagicRecipient;

const ID: &str = "devino-v1";

/// The older of Devino's two APIs.
pub(crate) struct V1;

impl Gateway for V1 {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        recognise(method, path, &["/whatsapp/messages"])
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        answer(call, |document| {
            batch(document, |message, index| {
                judge(message, index, call.numbers)
            })
        })
    }

    fn recipients(&self) -> Vec<MagicRecipient> {
        codes::recipients(ID)
    }

    fn rate_limited(&self) -> Value {
        rate_limited()
    }

    fn incoming(
        &self,
        message: &Incoming,
        url: Option<&str>,
        numbers: &Numbers,
    ) -> Result<Callback, String> {
        incoming::incoming(message, url, numbers, ID)
    }
}

fn judge(message: &Value, index: usize, numbers: &Numbers) -> Outcome {
    let mut problems = Problems::new();
    if let Some(object) = Object::new(message, "", &mut problems) {
        check(object, &mut problems);
    }
    let reference = |problem: &crate::check::Problem| problem.path.clone();
    outcome(message, index, &problems, reference, ID, numbers)
}

fn check(mut message: Object<'_>, problems: &mut Problems) {
    check_envelope(&mut message, problems);
    let text = message.string("text", Need::Optional, &(0..=1000), problems);
    check_address(&mut message, "contentUrl", problems);
    let is_template = message.has("templateId");
    // A template is content of its own.
    let has_content = message.has("contentUrl") || is_template;
    if text.is_none_or(str::is_empty) && !has_content {
        note(problems, Rule::Missing, "", "has neither text nor content");
    } else if text == Some("") {
        note(
            problems,
            Rule::Invalid,
            "text",
            "must not be empty; leave it out",
        );
    }
    message.string("contentName", Need::Optional, &(1..=100), problems);
    let content_type = message.string("contentType", Need::Optional, &ANY_LENGTH, problems);
    if content_type.is_some_and(|content_type| !is_mime_type(content_type)) {
        note(
            problems,
            Rule::Invalid,
            "contentType",
            "must be a MIME type",
        );
    }
    // Neither a unit nor a range is published.
    let validity = message.integer("validity", Need::Optional, &ANY_NUMBER, problems);
    if validity.is_some() && !is_template {
        note(
            problems,
            Rule::Invalid,
            "validity",
            "goes with a template alone",
        );
    }
    message.string("templateId", Need::Optional, &NOT_EMPTY, problems);
    check_template_parameters(&mut message, problems);
    check_language_code(&mut message, problems);
    message.finish(problems);
}

/// A map from a place holder's position to its text.
fn check_template_parameters(message: &mut Object<'_>, problems: &mut Problems) {
    let Some(value) = message.value("templateParams", Need::Optional, problems) else {
        return;
    };
    let is_map = value.as_object().is_some_and(|map| {
        map.iter()
            .all(|(position, text)| is_position(position) && text.is_string())
    });
    if !is_map {
        note(
            problems,
            Rule::Invalid,
            "templateParams",
            "must map positions (\"1\", \"2\") to texts",
        );
    }
}

/// Whether a text is a number from 1.
fn is_position(text: &str) -> bool {
    is_digits(text) && !text.starts_with('0')
}

/// The page has errors for a code too short and too long and no numbers: 2 to 10 characters pass here.
fn check_language_code(message: &mut Object<'_>, problems: &mut Problems) {
    let before = problems.len();
    let code = message.string("languageCode", Need::Optional, &(2..=10), problems);
    if problems.len() == before && code.is_some_and(|code| !is_language_code(code)) {
        note(
            problems,
            Rule::Invalid,
            "languageCode",
            "must be a language or a locale such as EN or en_US",
        );
    }
}

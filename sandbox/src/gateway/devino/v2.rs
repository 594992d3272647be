//! Devino, Direct WA API: `POST /whatsapp/v2/messages` and `/batch`.

use http::Method;
use serde_json::Value;

use super::{
    BASE_PATH, Outcome, answer, batch, check_envelope, codes, incoming, outcome, rate_limited,
    recognise,
};
use crate::check::{Need, Object, Problem, Problems, Rule, note};
use crate::gateway::business::{
    MediaKind, Variant, check_contacts, check_interactive, check_location, check_media,
    check_template,
};
use crate::gateway::{Call, CallKind, Callback, Gateway, Numbers, Reply};
use crate::incoming::Incoming;
use crate::recipient::MagicRecipient;

const ID: &str = "devino-v2";
const BATCH: &str = "/whatsapp/v2/messages/batch";

/// The table says `contact`, the sample and the members' rule say `contacts`: both pass.
const TYPES: [&str; 10] = [
    "text",
    "image",
    "audio",
    "video",
    "document",
    "contact",
    "contacts",
    "location",
    "template",
    "interactive",
];

/// The newer of Devino's two APIs.
pub(crate) struct V2;

impl Gateway for V2 {
    fn id(&self) -> &'static str {
        ID
    }

    fn base_path(&self) -> &'static str {
        BASE_PATH
    }

    fn recognise(&self, method: &Method, path: &str) -> Option<CallKind> {
        recognise(method, path, &["/whatsapp/v2/messages", BATCH])
    }

    fn answer(&self, call: &Call<'_>) -> Reply {
        let is_batch = call.path.ends_with(BATCH);
        answer(call, |document| {
            let one = |message: &Value, index| judge(message, index, is_batch, call.numbers);
            if is_batch {
                batch(document, one)
            } else {
                vec![one(document, 0)]
            }
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

fn judge(message: &Value, index: usize, is_batch: bool, numbers: &Numbers) -> Outcome {
    let mut problems = Problems::new();
    if let Some(object) = Object::new(message, "", &mut problems) {
        check(object, is_batch, &mut problems);
    }
    outcome(message, index, &problems, reference, ID, numbers)
}

/// The page's reference for a text is `messages[i].text`, whatever stands below; other places have none in the page
/// and get their wire path.
fn reference(problem: &Problem) -> String {
    if problem.path == "text.body" {
        "text".to_owned()
    } else {
        problem.path.clone()
    }
}

fn check(mut message: Object<'_>, is_batch: bool, problems: &mut Problems) {
    check_envelope(&mut message, problems);
    message.choice("recipient_type", Need::Optional, &["individual"], problems);
    let kind = if message.has("template") {
        message.choice("type", Need::Required, &TYPES, problems)
    } else if message.has("type") {
        message.choice("type", Need::Optional, &TYPES, problems)
    } else {
        Some("text")
    };
    // Without a type nothing says which part must stand; the type itself is noted already.
    let Some(kind) = kind else { return };
    if kind == "text" {
        message.boolean("preview_url", Need::Optional, problems);
    }
    let before = problems.len();
    if check_part(&mut message, kind, is_batch, problems).is_none() && problems.len() == before {
        note(
            problems,
            Rule::Missing,
            "",
            format!("has the type {kind} and not that part"),
        );
    }
    message.finish(problems);
}

/// Checks the part that the type names; `None` where there is none.
fn check_part(
    message: &mut Object<'_>,
    kind: &str,
    is_batch: bool,
    problems: &mut Problems,
) -> Option<()> {
    match kind {
        "text" => {
            // The batch sample has the text as a plain string.
            if is_batch && message.get("text").is_some_and(Value::is_string) {
                message.string("text", Need::Required, &(1..=4096), problems)?;
            } else {
                let mut text = message.object("text", Need::Optional, problems)?;
                text.string("body", Need::Required, &(1..=4096), problems);
                text.finish(problems);
            }
        }
        "location" => {
            let location = message.object("location", Need::Optional, problems)?;
            check_location(location, Variant::Devino, problems);
        }
        "template" => {
            let template = message.object("template", Need::Optional, problems)?;
            check_template(template, Variant::Devino, problems);
        }
        "interactive" => {
            let interactive = message.object("interactive", Need::Optional, problems)?;
            check_interactive(interactive, Variant::Devino, problems);
        }
        "contact" | "contacts" => {
            message.value("contacts", Need::Optional, problems)?;
            let contacts = message.array("contacts", Need::Required, usize::MAX, problems);
            check_contacts(contacts, Variant::Devino, problems);
        }
        media => {
            let media = MediaKind::named(media)?;
            let object = message.object(media.name(), Need::Optional, problems)?;
            check_media(object, media, Variant::Devino, problems);
        }
    }
    Some(())
}

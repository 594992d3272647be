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

/// The members that bear what a message says.
const PARTS: [&str; 9] = [
    "text",
    "image",
    "audio",
    "video",
    "document",
    "contacts",
    "location",
    "template",
    "interactive",
];

/// Those of which a request has one.
const MEDIA: [&str; 4] = ["image", "audio", "video", "document"];

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
            let one = |message: &Value, index| judge(message, index, call.numbers);
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

fn judge(message: &Value, index: usize, numbers: &Numbers) -> Outcome {
    let mut problems = Problems::new();
    if let Some(object) = Object::new(message, "", &mut problems) {
        check(object, &mut problems);
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

fn check(mut message: Object<'_>, problems: &mut Problems) {
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
    message.boolean("preview_url", Need::Optional, problems);
    let own = if kind == "contact" { "contacts" } else { kind };
    if !message.has(own) {
        let detail = format!("has the type {kind} and not that part");
        note(problems, Rule::Missing, "", detail);
    }
    // The page says which part goes with which type, and nothing of a part too many: it is read all the same.
    for part in PARTS {
        if message.has(part) {
            check_part(&mut message, part, problems);
        }
    }
    // Of several media objects, the type's own belongs, or else the first.
    let media = || MEDIA.into_iter().filter(|media| message.has(media));
    let belongs = media().find(|media| *media == kind).or(media().next());
    for surplus in media().filter(|media| Some(*media) != belongs) {
        let detail = "stands beside another media object; one is allowed";
        note(problems, Rule::Invalid, surplus, detail);
    }
    message.finish(problems);
}

/// Checks a part that stands.
fn check_part(message: &mut Object<'_>, part: &'static str, problems: &mut Problems) {
    if part == "contacts" {
        let contacts = message.array(part, Need::Required, usize::MAX, problems);
        return check_contacts(contacts, Variant::Devino, problems);
    }
    // The batch sample has the text as a plain string.
    if part == "text" && message.get(part).is_some_and(Value::is_string) {
        message.string(part, Need::Required, &(1..=4096), problems);
        return;
    }
    let Some(mut object) = message.object(part, Need::Required, problems) else {
        return;
    };
    match part {
        "text" => {
            object.string("body", Need::Required, &(1..=4096), problems);
            object.finish(problems);
        }
        "location" => check_location(object, Variant::Devino, problems),
        "template" => check_template(object, Variant::Devino, problems),
        "interactive" => check_interactive(object, Variant::Devino, problems),
        media => {
            if let Some(kind) = MediaKind::named(media) {
                check_media(object, kind, Variant::Devino, problems);
            }
        }
    }
}

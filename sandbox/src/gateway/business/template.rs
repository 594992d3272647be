//! Templates.

use serde_json::Value;

use super::{MediaKind, Variant, check_currency, check_date_time, check_media};
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::is_language_code;

/// Checks a template message's `template`.
pub(crate) fn check_template(mut template: Object<'_>, variant: Variant, problems: &mut Problems) {
    let name_length = match variant {
        Variant::Devino => NOT_EMPTY,
        Variant::OnPremises => 1..=512,
    };
    template.string("name", Need::Required, &name_length, problems);
    if variant == Variant::OnPremises {
        template.string("namespace", Need::Required, &NOT_EMPTY, problems);
    }
    if let Some(language) = template.object("language", Need::Required, problems) {
        let with_media = template.get("components").is_some_and(has_media);
        check_language(language, with_media, variant, problems);
    }
    for (path, value) in template.array("components", Need::Optional, usize::MAX, problems) {
        if let Some(component) = Object::new(value, path, problems) {
            check_component(component, variant, problems);
        }
    }
    template.finish(problems);
}

/// Whether a parameter is a picture, a film or a file.
fn has_media(components: &Value) -> bool {
    let components = components.as_array().into_iter().flatten();
    let lists = components.filter_map(|component| component.get("parameters")?.as_array());
    lists.flatten().any(|parameter| {
        let kind = parameter.get("type").and_then(Value::as_str);
        kind.and_then(MediaKind::named).is_some()
    })
}

fn check_language(
    mut language: Object<'_>,
    with_media: bool,
    variant: Variant,
    problems: &mut Problems,
) {
    // Devino's page keeps media templates alone to one policy.
    let policies: &[&str] = match variant {
        Variant::Devino if !with_media => &["deterministic", "fallback"],
        Variant::Devino | Variant::OnPremises => &["deterministic"],
    };
    let need = match variant {
        Variant::Devino => Need::Optional,
        Variant::OnPremises => Need::Required,
    };
    language.choice("policy", need, policies, problems);
    let code = language.string("code", need, &ANY_LENGTH, problems);
    if code.is_some_and(|code| !is_language_code(code)) {
        note(
            problems,
            Rule::Invalid,
            language.path_of("code"),
            "must be a language or a locale such as en or en_US",
        );
    }
    language.finish(problems);
}

fn check_component(mut component: Object<'_>, variant: Variant, problems: &mut Problems) {
    const KINDS: [&str; 4] = ["header", "body", "footer", "button"];
    let Some(kind) = component.choice("type", Need::Required, &KINDS, problems) else {
        return;
    };
    // A button's parameter is what its sub_type says; elsewhere the component's type decides.
    let allowed: &[&str] = match kind {
        "header" => &["text", "image", "video", "document"],
        "body" => &["text", "currency", "date_time"],
        "footer" => &["text"],
        _ => match check_button(&mut component, problems) {
            Some("url") => &["text"],
            Some(_) => &["payload"],
            None => &["text", "payload"],
        },
    };
    let most = match kind {
        "header" | "footer" => 60,
        "body" => 1024,
        _ => 20,
    };
    let need = if kind == "button" {
        Need::Required
    } else {
        Need::Optional
    };
    for (path, value) in component.array("parameters", need, usize::MAX, problems) {
        if let Some(parameter) = Object::new(value, path, problems) {
            check_parameter(parameter, allowed, most, variant, problems);
        }
    }
    component.finish(problems);
}

/// Reads `sub_type` and `index`; gives the sub-type.
fn check_button<'a>(component: &mut Object<'a>, problems: &mut Problems) -> Option<&'a str> {
    const SUB_TYPES: [&str; 2] = ["quick_reply", "url"];
    let index = component.value("index", Need::Required, problems);
    // The page types the index as a string and its samples use both.
    let in_range = match index {
        Some(Value::String(text)) => matches!(text.as_str(), "0" | "1" | "2"),
        Some(Value::Number(number)) => number.as_u64().is_some_and(|index| index <= 2),
        Some(_) => false,
        None => true,
    };
    if !in_range {
        note(
            problems,
            Rule::Invalid,
            component.path_of("index"),
            "must be 0, 1 or 2",
        );
    }
    component.choice("sub_type", Need::Required, &SUB_TYPES, problems)
}

fn check_parameter(
    mut parameter: Object<'_>,
    allowed: &[&str],
    most: usize,
    variant: Variant,
    problems: &mut Problems,
) {
    let Some(kind) = parameter.choice("type", Need::Required, allowed, problems) else {
        return;
    };
    match kind {
        "text" => {
            parameter.string("text", Need::Required, &(1..=most), problems);
        }
        "payload" => {
            parameter.string("payload", Need::Required, &NOT_EMPTY, problems);
        }
        "currency" => {
            if let Some(currency) = parameter.object("currency", Need::Required, problems) {
                check_currency(currency, problems);
            }
        }
        "date_time" => {
            if let Some(date_time) = parameter.object("date_time", Need::Required, problems) {
                check_date_time(date_time, problems);
            }
        }
        media => {
            if let Some(kind) = MediaKind::named(media)
                && let Some(object) = parameter.object(kind.name(), Need::Required, problems)
            {
                check_media(object, kind, variant, problems);
            }
        }
    }
    parameter.finish(problems);
}

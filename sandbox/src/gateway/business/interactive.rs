//! Interactive messages: lists and reply buttons.

use std::collections::HashSet;

use serde_json::Value;

use super::{MediaKind, Variant, check_media, check_text_object};
use crate::check::{Need, Object, Problems, Rule, note};
use crate::form::{has_emoji, has_variable};

/// Checks an interactive message's `interactive`.
pub(crate) fn check_interactive(
    mut interactive: Object<'_>,
    variant: Variant,
    problems: &mut Problems,
) {
    let kind = interactive.choice("type", Need::Required, &["list", "button"], problems);
    let is_list = kind == Some("list");
    if let Some(header) = interactive.object("header", Need::Optional, problems) {
        check_header(header, is_list, variant, problems);
    }
    if let Some(body) = interactive.object("body", Need::Required, problems) {
        check_text_object(body, 1024, problems);
    }
    if let Some(footer) = interactive.object("footer", Need::Optional, problems) {
        check_text_object(footer, 60, problems);
    }
    if let Some(mut action) = interactive.object("action", Need::Required, problems) {
        match kind {
            Some("list") => check_list_action(&mut action, variant, problems),
            Some(_) => check_buttons(&mut action, variant, problems),
            // Without a type nothing says what the action must have.
            None => return,
        }
        action.finish(problems);
    }
    interactive.finish(problems);
}

fn check_header(mut header: Object<'_>, is_list: bool, variant: Variant, problems: &mut Problems) {
    let kinds: &[&str] = if is_list {
        &["text"]
    } else {
        &["text", "video", "image", "document"]
    };
    let Some(kind) = header.choice("type", Need::Required, kinds, problems) else {
        return;
    };
    if kind == "text" {
        header.string("text", Need::Required, &(1..=60), problems);
    } else if let Some(kind) = MediaKind::named(kind)
        && let Some(object) = header.object(kind.name(), Need::Required, problems)
    {
        check_media(object, kind, variant, problems);
    }
    header.finish(problems);
}

/// A button's title: 1 to 20 characters, no emoji, no variables.
fn check_title<'a>(
    object: &mut Object<'a>,
    name: &'static str,
    problems: &mut Problems,
) -> Option<&'a str> {
    let title = object.string(name, Need::Required, &(1..=20), problems)?;
    if has_emoji(title) || has_variable(title) {
        note(
            problems,
            Rule::Invalid,
            object.path_of(name),
            "must have neither emoji nor variables",
        );
    }
    Some(title)
}

fn check_buttons(action: &mut Object<'_>, variant: Variant, problems: &mut Problems) {
    let mut titles = HashSet::new();
    for (path, value) in action.array("buttons", Need::Required, 3, problems) {
        let Some(mut button) = Object::new(value, path, problems) else {
            continue;
        };
        button.choice("type", Need::Required, &["reply"], problems);
        let flat = variant == Variant::Devino && button.has("title");
        if flat {
            check_reply(&mut button, &mut titles, problems);
        } else if let Some(mut reply) = button.object("reply", Need::Required, problems) {
            check_reply(&mut reply, &mut titles, problems);
            reply.finish(problems);
        }
        button.finish(problems);
    }
}

fn check_reply<'a>(reply: &mut Object<'a>, titles: &mut HashSet<&'a str>, problems: &mut Problems) {
    reply.string("id", Need::Required, &(1..=256), problems);
    if let Some(title) = check_title(reply, "title", problems)
        && !titles.insert(title)
    {
        note(
            problems,
            Rule::NotUnique,
            reply.path_of("title"),
            "another button has the same title",
        );
    }
}

fn check_list_action(action: &mut Object<'_>, variant: Variant, problems: &mut Problems) {
    check_title(action, "button", problems);
    let sections = action.array("sections", Need::Required, 10, problems);
    let title_need = if sections.len() > 1 {
        Need::Required
    } else {
        Need::Optional
    };
    let mut rows_in_all = 0;
    for (path, value) in sections {
        let Some(mut section) = Object::new(value, path, problems) else {
            continue;
        };
        section.string("title", title_need, &(1..=24), problems);
        let rows = section.array("rows", Need::Required, usize::MAX, problems);
        rows_in_all += rows.len();
        for (path, value) in rows {
            check_row(&path, value, problems);
        }
        section.finish(problems);
    }
    if rows_in_all > 10 && variant == Variant::OnPremises {
        note(
            problems,
            Rule::TooMany,
            action.path_of("sections[].rows"),
            format!("are {rows_in_all} over all sections; 10 are allowed"),
        );
    }
}

fn check_row(path: &str, value: &Value, problems: &mut Problems) {
    let Some(mut row) = Object::new(value, path, problems) else {
        return;
    };
    row.string("id", Need::Required, &(1..=200), problems);
    row.string("title", Need::Required, &(1..=24), problems);
    row.string("description", Need::Optional, &(0..=72), problems);
    row.finish(problems);
}

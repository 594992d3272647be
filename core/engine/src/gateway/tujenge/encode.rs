//! The message object: Meta's content, with the template's namespace and the links' provider.
//!
//! Source: Meta, "WhatsApp On-Premises API", Messages.

use super::{Configuration, Options, PROFILE, hsm};
use crate::gateway::meta::ContentEncoder;
use crate::message::{Content, Message};
use crate::payload::{IntoPayload, Member, Payload};
use crate::recipient::Recipient;
use crate::violation::{Code, Violation};

const PROVIDER: &str = "options.tujenge.provider";

pub(super) fn payload<'m>(
    configuration: &'m Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let options = message.options.tujenge.as_ref();
    let (to, recipient_type) = match recipient {
        // Chat ids belong to other gateways; that they are not this one's is said already.
        Recipient::Group(id) | Recipient::Chat(id) => (Some(id.as_str()), Some("group")),
        Recipient::Phone(_) | Recipient::Unreadable => (recipient.digits(), None),
    };
    let preview_url = match &message.content {
        Content::Text(text) => text.preview_url,
        _ => None,
    };
    let (name, part) = part(configuration, &message.content, options, violations);
    Payload::record([
        Member::new("to", to),
        Member::new("recipient_type", recipient_type),
        Member::new("ttl", message.ttl.and_then(seconds)),
        Member::new(
            "context",
            message
                .context
                .as_ref()
                .map(|context| Payload::record([Member::new("message_id", &context.message_id)])),
        ),
        Member::new("preview_url", preview_url).at("text.preview_url"),
        Member::new(
            "render_mentions",
            options.and_then(|options| options.render_mentions),
        )
        .at("options.tujenge.render_mentions"),
        Member::new("type", name),
        part,
    ])
}

/// The type on the wire, and the part that bears its name.
fn part<'m>(
    configuration: &'m Configuration,
    content: &'m Content,
    options: Option<&'m Options>,
    violations: &mut Vec<Violation>,
) -> (&'static str, Member<'m>) {
    let own_namespace = options.and_then(|options| options.namespace.as_ref());
    let provider = options.and_then(|options| options.provider.as_ref());
    let old_form = options.is_some_and(|options| options.hsm == Some(true));
    let is_template = matches!(content, Content::Template(_));
    for (given, path) in [
        (own_namespace.is_some(), "options.tujenge.namespace"),
        (old_form, "options.tujenge.hsm"),
    ] {
        if given && !is_template {
            violations.push(out_of_place(path, "goes only with a template"));
        }
    }

    let namespace = own_namespace.or(configuration.template_namespace.as_ref());
    let namespace = Member::new("namespace", namespace).at("options.tujenge.namespace");
    let mut provider_stands = provider.is_none();
    let (name, part) = match content {
        Content::Template(template) if old_form => {
            let part = hsm::part(template, namespace, violations);
            ("hsm", Member::new("hsm", part).at("template"))
        }
        _ => {
            let encoder = ContentEncoder::new(&PROFILE, violations);
            let mut encoder = encoder.with_provider(provider, PROVIDER);
            let mut part = encoder.part(content);
            provider_stands |= encoder.has_written_provider();
            point_to_old_form(violations);
            if let (true, Some(Payload::Record(members))) = (is_template, &mut part) {
                members.insert(0, namespace);
            }
            let name = content.content_type().as_str();
            (name, Member::new(name, part))
        }
    };
    if !provider_stands {
        let words = "goes only with media by link, and not with stickers";
        violations.push(out_of_place(PROVIDER, words));
    }
    (name, part)
}

/// The language policy that templates lack is in the form that came before them.
fn point_to_old_form(violations: &mut [Violation]) {
    let mut lacking = violations.iter_mut();
    if let Some(policy) = lacking.find(|one| one.path == "template.language.policy") {
        let hint = "; the old form of templates has it (`options.tujenge.hsm`)";
        policy.message.push_str(hint);
    }
}

fn out_of_place(path: &str, words: &str) -> Violation {
    Violation::error(Code::Invalid, path, words)
}

/// A number that is too large for the wire stays too large for the schema.
fn seconds<'m>(seconds: u64) -> Option<Payload<'m>> {
    i64::try_from(seconds).unwrap_or(i64::MAX).into_payload()
}

//! The message object: flat, with media as `content…` and templates as id and numbered values.
//!
//! Source: Devino, "WhatsApp", Request parameters.

use super::{Configuration, PROFILE};
use crate::feature::{Feature, unsupported};
use crate::masked::Private;
use crate::message::{ComponentKind, Content, Media, Message, Parameter, Policy, Template};
use crate::origin::Origin;
use crate::payload::{Member, Payload};
use crate::recipient::Recipient;
use crate::violation::Violation;

pub(super) fn payload<'m>(
    configuration: &'m Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let callback = message.callback.as_ref();
    let options = message.options.devino_v1.as_ref();
    let (text, text_origin) = text(message);
    let media = message.content.media();
    let part = message.content.content_type().as_str();
    let template = match &message.content {
        Content::Template(template) => Some(template),
        _ => None,
    };
    Payload::record([
        Member::new(
            "from",
            message
                .from
                .as_deref()
                .or(configuration.from.as_ref().map(Private::as_str)),
        ),
        Member::new("to", recipient.digits()),
        Member::new("text", text).from(text_origin),
        Member::new("validity", options.and_then(|options| options.validity))
            .at("options.devino-v1.validity"),
        Member::new("contentUrl", media.and_then(|media| media.source.as_link()))
            .from(Origin::In(part, "link")),
        Member::new(
            "contentName",
            media.and_then(|media| media.filename.as_ref()),
        )
        .from(Origin::In(part, "filename")),
        Member::new("contentType", media.and_then(mime_type)).from(Origin::In(part, "mime_type")),
        Member::new(
            "callbackUrl",
            callback.and_then(|callback| callback.url.as_ref()),
        )
        .at("callback.url"),
        Member::new(
            "callbackData",
            callback.and_then(|callback| callback.data.as_ref()),
        )
        .at("callback.data"),
        Member::new("templateId", template.map(|template| &template.name)).at("template.name"),
        Member::new(
            "templateParams",
            template.and_then(|t| parameters(t, violations)),
        )
        .at("template.components"),
        Member::new(
            "languageCode",
            template.and_then(|t| t.language.code.as_ref()),
        )
        .at("template.language.code"),
    ])
}

/// The text and where it comes from: a caption is the text beside the content.
fn text(message: &Message) -> (Option<&String>, Origin) {
    let part = message.content.content_type().as_str();
    match (&message.content, message.content.media()) {
        (_, Some(media)) => (media.caption.as_ref(), Origin::In(part, "caption")),
        (Content::Text(text), _) => (Some(&text.body), Origin::At("text.body")),
        _ => (None, Origin::At("text.body")),
    }
}

/// The MIME type. The page prints `audio/acc`, which is no type: the files that it means are AAC.
fn mime_type(media: &Media) -> Option<&str> {
    let given = media.mime_type.as_deref()?;
    let misprint = given.trim().eq_ignore_ascii_case("audio/acc");
    Some(if misprint { "audio/aac" } else { given })
}

/// The body's texts, numbered from 1; all else that a template can have is not in this API.
fn parameters<'m>(template: &'m Template, violations: &mut Vec<Violation>) -> Option<Payload<'m>> {
    if template.language.policy == Policy::Fallback {
        let path = "template.language.policy";
        violations.push(unsupported(&PROFILE, Feature::FallbackLanguage, path));
    }
    let mut values = Vec::new();
    for (position, component) in template.components.iter().enumerate() {
        let lacking = match component.kind {
            ComponentKind::Body => None,
            ComponentKind::Header => Some(Feature::TemplateHeader),
            ComponentKind::Footer => Some(Feature::TemplateFooter),
            ComponentKind::Button => Some(Feature::TemplateButton),
        };
        if let Some(feature) = lacking {
            let path = format!("template.components[{position}]");
            violations.push(unsupported(&PROFILE, feature, path));
            continue;
        }
        for (present, name) in [
            (component.sub_type.is_some(), "sub_type"),
            (component.index.is_some(), "index"),
        ] {
            if present {
                let path = format!("template.components[{position}].{name}");
                violations.push(unsupported(&PROFILE, Feature::TemplateButton, path));
            }
        }
        for (index, parameter) in component.parameters.iter().enumerate() {
            if let Parameter::Text { text } = parameter {
                let origin = "template.components[].parameters[].text";
                let name = (values.len() + 1).to_string();
                let origin = Origin::Indexed(origin, [position, index]);
                values.push(Member::new(name, text).from(origin));
            } else {
                let path = format!("template.components[{position}].parameters[{index}]");
                violations.push(unsupported(&PROFILE, Feature::TypedParameters, path));
            }
        }
    }
    (!values.is_empty()).then_some(Payload::Record(values))
}

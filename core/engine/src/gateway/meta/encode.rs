//! Writes content in Meta's shape.

use super::contact;
use crate::feature::{self, Feature, unsupported};
use crate::gateway::Profile;
use crate::message::{
    Action, ButtonKind, Component, Contact, Content, Currency, DateTime, Header, Interactive,
    Language, Location, Media, MediaSource, Parameter, Policy, Reaction, ReplyButton, Section,
    Template, Text,
};
use crate::payload::{IntoPayload, Member, Payload};
use crate::violation::Violation;

/// Encodes content for one gateway, and notes what that gateway lacks.
pub(in crate::gateway) struct ContentEncoder<'v> {
    profile: &'static Profile,
    violations: &'v mut Vec<Violation>,
    provider: Option<LinkProvider>,
}

/// Who fetches the media that a message links to, where the gateway has such a thing.
struct LinkProvider {
    name: String,
    /// Where the caller put the name.
    path: &'static str,
    written: bool,
}

impl LinkProvider {
    fn member<'m>(&mut self) -> Member<'m> {
        self.written = true;
        let name = Member::new("name", self.name.clone()).at(self.path);
        Member::new("provider", Payload::record([name])).at(self.path)
    }
}

impl<'v> ContentEncoder<'v> {
    pub(in crate::gateway) fn new(
        profile: &'static Profile,
        violations: &'v mut Vec<Violation>,
    ) -> Self {
        Self {
            profile,
            violations,
            provider: None,
        }
    }

    /// Writes a provider, which the caller named at `path`, beside each link.
    pub(in crate::gateway) fn with_provider(
        self,
        name: Option<&String>,
        path: &'static str,
    ) -> Self {
        let provider = name.map(|name| LinkProvider {
            name: name.clone(),
            path,
            written: false,
        });
        Self { provider, ..self }
    }

    /// Whether there was a link for the provider to stand beside.
    pub(in crate::gateway) fn has_written_provider(&self) -> bool {
        self.provider
            .as_ref()
            .is_some_and(|provider| provider.written)
    }

    /// The message's part.
    pub(in crate::gateway) fn part<'m>(&mut self, content: &'m Content) -> Option<Payload<'m>> {
        match content {
            Content::Text(text) => Some(text_part(text)),
            Content::Image(media)
            | Content::Audio(media)
            | Content::Voice(media)
            | Content::Video(media)
            | Content::Document(media)
            | Content::Sticker(media) => {
                let kind = content.content_type().as_str();
                Some(self.media(media, kind, kind))
            }
            Content::Location(location) => Some(location_part(location)),
            Content::Contacts(contacts) => {
                let cards = contacts.iter().enumerate();
                Payload::list(cards.map(|(position, card)| self.contact(card, position)))
            }
            Content::Template(template) => Some(self.template(template)),
            Content::Interactive(interactive) => Some(self.interactive(interactive)),
            Content::Reaction(reaction) => Some(reaction_part(reaction)),
        }
    }

    /// A media object of a kind (`image`, `document` …) that stands at `path`.
    fn media<'m>(&mut self, media: &'m Media, kind: &str, path: &str) -> Payload<'m> {
        let document = kind == "document";
        let (link, id) = match &media.source {
            MediaSource::Link(link) => (Some(link), None),
            MediaSource::Id(id) => (None, Some(id)),
            MediaSource::Data(_) => (None, None),
        };
        let caption = media.caption.as_ref().filter(|_| {
            let feature = match kind {
                "document" => Feature::DocumentCaption,
                "image" | "video" => Feature::Caption,
                _ => Feature::AudioCaption,
            };
            self.has(feature, || format!("{path}.caption"))
        });
        let filename = media
            .filename
            .as_ref()
            .filter(|_| document || self.has(Feature::Filename, || format!("{path}.filename")));
        // A sticker's link has none.
        let provider = self
            .provider
            .as_mut()
            .filter(|_| link.is_some() && kind != "sticker")
            .map(LinkProvider::member);
        let members = [Member::new("id", id), Member::new("link", link)]
            .into_iter()
            .chain(provider)
            .chain([
                Member::new("caption", caption),
                Member::new("filename", filename),
            ]);
        Payload::Record(members.collect())
    }

    /// A media object inside another part; the features of a whole message's media are checked
    /// with the message.
    fn inner_media<'m>(
        &mut self,
        media: &'m Media,
        kind: &str,
        types: Option<&[&str]>,
        path: &str,
    ) -> Payload<'m> {
        feature::media_source(media, path, &mut |feature, path| {
            self.has(feature, || path.to_owned());
        });
        self.violations
            .extend(feature::wrong_media_type(media, types, path));
        self.media(media, kind, path)
    }

    fn contact<'m>(&mut self, card: &'m Contact, position: usize) -> Payload<'m> {
        if !card.ims.is_empty() {
            self.has(Feature::ContactIms, || format!("contacts[{position}].ims"));
        }
        contact::part(card)
    }

    fn template<'m>(&mut self, template: &'m Template) -> Payload<'m> {
        if template.language.policy == Policy::Fallback {
            self.has(Feature::FallbackLanguage, || {
                "template.language.policy".into()
            });
        }
        let components = template.components.iter().enumerate();
        Payload::record([
            Member::new("name", &template.name),
            Member::new("language", language(&template.language)),
            Member::new(
                "components",
                Payload::list(components.map(|(position, c)| self.component(c, position))),
            ),
        ])
    }

    fn component<'m>(&mut self, component: &'m Component, position: usize) -> Payload<'m> {
        let parameters = component.parameters.iter().enumerate();
        Payload::record([
            Member::new("type", component.kind.as_str()),
            Member::new("sub_type", component.sub_type.map(ButtonKind::as_str)),
            Member::new("index", component.index.map(|index| index.to_string())),
            Member::new(
                "parameters",
                Payload::list(parameters.map(|(index, parameter)| {
                    self.parameter(parameter, || {
                        format!("template.components[{position}].parameters[{index}]")
                    })
                })),
            ),
        ])
    }

    fn parameter<'m>(
        &mut self,
        parameter: &'m Parameter,
        path: impl Fn() -> String,
    ) -> Payload<'m> {
        let name = parameter.type_name();
        let value = match parameter {
            Parameter::Text { text: value } | Parameter::Payload { payload: value } => {
                value.into_payload()
            }
            Parameter::Currency { currency } => Some(currency_part(currency)),
            Parameter::DateTime { date_time } => Some(date_time_part(date_time)),
            Parameter::Image { image: media }
            | Parameter::Video { video: media }
            | Parameter::Document { document: media } => {
                let path = format!("{}.{name}", path());
                // The page allows any file in a message, and PDF alone in a template.
                let types: Option<&[&str]> = match parameter {
                    Parameter::Document { .. } => Some(&["application/pdf"]),
                    _ => self.profile.media_types(name),
                };
                Some(self.inner_media(media, name, types, &path))
            }
        };
        Payload::record([Member::new("type", name), Member::new(name, value)])
    }

    fn interactive<'m>(&mut self, interactive: &'m Interactive) -> Payload<'m> {
        Payload::record([
            Member::new("type", interactive.kind.as_str()),
            Member::new(
                "header",
                interactive
                    .header
                    .as_ref()
                    .map(|header| self.header(header)),
            ),
            Member::new(
                "body",
                Payload::record([Member::new("text", &interactive.body.text)]),
            ),
            Member::new(
                "footer",
                interactive
                    .footer
                    .as_ref()
                    .map(|footer| Payload::record([Member::new("text", &footer.text)])),
            ),
            Member::new("action", action(&interactive.action)),
        ])
    }

    fn header<'m>(&mut self, header: &'m Header) -> Payload<'m> {
        let name = header.type_name();
        let value = match header {
            Header::Text { text } => text.into_payload(),
            Header::Image { image: media }
            | Header::Video { video: media }
            | Header::Document { document: media } => {
                let types = self.profile.media_types(name);
                Some(self.inner_media(media, name, types, &format!("interactive.header.{name}")))
            }
        };
        Payload::record([Member::new("type", name), Member::new(name, value)])
    }

    /// Whether the gateway has a feature; where it lacks it, that is noted for `path`.
    fn has(&mut self, feature: Feature, path: impl FnOnce() -> String) -> bool {
        let there = self.profile.sends(feature);
        if !there {
            self.violations
                .push(unsupported(self.profile, feature, path()));
        }
        there
    }
}

/// A template's language.
pub(in crate::gateway) fn language(language: &Language) -> Payload<'_> {
    Payload::record([
        Member::new("policy", language.policy.as_str()),
        Member::new("code", language.code.as_ref()),
    ])
}

fn text_part(text: &Text) -> Payload<'_> {
    Payload::record([Member::new("body", &text.body)])
}

fn location_part(location: &Location) -> Payload<'_> {
    Payload::record([
        Member::new("longitude", location.longitude),
        Member::new("latitude", location.latitude),
        Member::new("name", location.name.as_ref()),
        Member::new("address", location.address.as_ref()),
    ])
}

fn reaction_part(reaction: &Reaction) -> Payload<'_> {
    Payload::record([
        Member::new("message_id", &reaction.message_id),
        Member::new("emoji", &reaction.emoji),
    ])
}

fn currency_part(currency: &Currency) -> Payload<'_> {
    Payload::record([
        Member::new("fallback_value", &currency.fallback_value),
        Member::new("code", &currency.code),
        Member::new("amount_1000", currency.amount_1000),
    ])
}

fn date_time_part(date_time: &DateTime) -> Payload<'_> {
    Payload::record([
        Member::new("fallback_value", &date_time.fallback_value),
        Member::new("day_of_week", date_time.day_of_week),
        Member::new("day_of_month", date_time.day_of_month),
        Member::new("year", date_time.year),
        Member::new("month", date_time.month),
        Member::new("hour", date_time.hour),
        Member::new("minute", date_time.minute),
        Member::new("timestamp", date_time.timestamp),
    ])
}

fn action(action: &Action) -> Payload<'_> {
    Payload::record([
        Member::new("button", action.button.as_ref()),
        Member::new("buttons", Payload::list(action.buttons.iter().map(button))),
        Member::new(
            "sections",
            Payload::list(action.sections.iter().map(section)),
        ),
    ])
}

fn button(button: &ReplyButton) -> Payload<'_> {
    let ReplyButton::Reply { reply } = button;
    Payload::record([
        Member::new("type", "reply"),
        Member::new(
            "reply",
            Payload::record([
                Member::new("id", &reply.id),
                Member::new("title", &reply.title),
            ]),
        ),
    ])
}

fn section(section: &Section) -> Payload<'_> {
    let rows = section.rows.iter().map(|row| {
        Payload::record([
            Member::new("id", &row.id),
            Member::new("title", &row.title),
            Member::new("description", row.description.as_ref()),
        ])
    });
    Payload::record([
        Member::new("title", section.title.as_ref()),
        Member::new("rows", Payload::list(rows)),
    ])
}

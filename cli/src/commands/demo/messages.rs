//! What the demo says, and to whom.

use wamux::Feature;
use wamux::gateway::Profile;
use wamux::message::{
    Component, ComponentKind, Content, Interactive, Parameter, ReplyButton, Row, Section, Template,
    Text,
};

/// Recipients as people write them, read in Russia.
const RECIPIENTS: [&str; 7] = [
    "8 (903) 456-78-90",
    "+7 903 456-78-91",
    "79034567892",
    "903 456 78 93",
    "+44 (0)20 7946 0018",
    "00 255 712 345 678",
    "＋７ ９０３ ４５６ ７８ ９４",
];

/// The recipient of the message in this position.
pub(super) fn recipient(position: usize) -> &'static str {
    RECIPIENTS[position % RECIPIENTS.len()]
}

/// The messages that the gateway can say, each with what the report calls it.
pub(super) fn for_gateway(profile: &Profile) -> Vec<(&'static str, Content)> {
    let mut messages = vec![
        (
            Feature::Text,
            "text",
            Content::Text(Text::new("Your code is 1234")),
        ),
        (Feature::Template, "template", Content::Template(template())),
        (Feature::Interactive, "list", Content::Interactive(list())),
        (
            Feature::Interactive,
            "buttons",
            Content::Interactive(buttons()),
        ),
    ];
    messages.retain(|(feature, ..)| profile.capabilities.sends.contains(feature));
    messages
        .into_iter()
        .map(|(_, kind, content)| (kind, content))
        .collect()
}

fn template() -> Template {
    let mut template = Template::new("order_shipped", "en");
    let number = Parameter::Text { text: "17".into() };
    template
        .components
        .push(Component::new(ComponentKind::Body, vec![number]));
    template
}

fn list() -> Interactive {
    let rows = vec![
        Row::new("morning", "Before noon"),
        Row::new("evening", "After six"),
    ];
    let section = Section {
        title: Some("Today".into()),
        rows,
    };
    Interactive::list("When shall we come?", "Choose a time", vec![section])
}

fn buttons() -> Interactive {
    let buttons = vec![ReplyButton::new("yes", "Yes"), ReplyButton::new("no", "No")];
    Interactive::buttons("Shall we deliver today?", buttons)
}

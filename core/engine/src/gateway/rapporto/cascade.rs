//! Cascades: what is sent, over which channel, where a message is not delivered or read in time.
//!
//! Sources: Rapporto, "Cascading Message Sending", and of the channels "WhatsApp", "SMS", "Viber",
//! "VK", "Telegram", "Push" and "`FlashingCall` (`VoiceCode`)".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{TtlUnit, lifetime};
use crate::masked::masked_debug;
use crate::origin::Origin;
use crate::payload::{Member, Payload};
use crate::violation::{Code, Violation};

/// The links that a message may have. Rapporto documents no limit; this one keeps the nested
/// document, which has two levels a link, within what JSON parsers read.
const MOST_LINKS: usize = 16;

/// The path of a link's part.
macro_rules! path {
    ($part:literal) => {
        concat!("options.rapporto.cascade[].", $part)
    };
}

/// One link of a cascade: the message that goes out where the one before it did not reach a state
/// within its own time to live.
///
/// Which parts a link has is a matter of its channel; a part that the channel lacks is an
/// `unknown.field`.
///
/// ```
/// use wamux_engine::gateway::typed::rapporto::{
///     CascadeChannel, CascadeLink, CascadeState, Options,
/// };
///
/// let mut sms = CascadeLink::new(CascadeState::Delivered, CascadeChannel::Sms, "Code: 1234");
/// sms.from = Some("MyCompany".into());
/// sms.ttl = Some(600);
/// let options = Options { cascade: vec![sms], ..Options::default() };
/// assert_eq!(serde_json::to_value(&options).unwrap()["cascade"][0]["channel"], "SMS");
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct CascadeLink {
    /// The state that the message before this link has to reach within its time to live, so that
    /// the link is not sent. A flashing call knows `DELIVERED` alone.
    pub state: CascadeState,
    /// The channel that the link goes over.
    pub channel: CascadeChannel,
    /// The text: up to 1,000 characters over WHATSAPP, VIBER, PUSH and TELEGRAM, 2,000 over SMS, VK
    /// and FLASHINGCALL. That of a flashing call has a code of four or six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub text: Option<String>,
    /// The http or https URL of a picture: over WHATSAPP in place of the text, over VIBER so too or
    /// above a button, over PUSH beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub image: Option<String>,
    /// The title of a PUSH, up to 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub title: Option<String>,
    /// The button under a VIBER text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub button: Option<CascadeButton>,
    /// The URL that goes with a TELEGRAM text, up to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub link: Option<String>,
    /// The sender on the channel; VK needs one, and a flashing call has none. A client's default
    /// sender does not stand in, since each channel has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<String>,
    /// How long the gateway waits for the link's own state, in seconds: a whole number of
    /// `ttl_unit`, or of minutes without one. Over WHATSAPP without a unit it is one to seven days;
    /// SMS takes 1 to 2,880 minutes, a flashing call 1 to 5, VK 60 to 86,400 seconds, the others 30
    /// to 86,400. 0 is the account's own default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ttl: Option<u64>,
    /// The unit in which `ttl` is passed on; a flashing call has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ttl_unit: Option<TtlUnit>,
    /// Whether long links in this link's text are shortened, where the account has that service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub shorten_links: Option<bool>,
}

/// What a message must reach within its time to live, so that the cascade ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "UPPERCASE")]
pub enum CascadeState {
    /// It is delivered.
    Delivered,
    /// It is read.
    Read,
}

/// A channel that a link of a cascade can go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "UPPERCASE")]
pub enum CascadeChannel {
    /// A call whose number ends in the code, or that speaks the code.
    FlashingCall,
    /// A notification of the partner's own app.
    Push,
    /// A short message.
    Sms,
    /// Telegram.
    Telegram,
    /// Viber.
    Viber,
    /// VK.
    Vk,
    /// WhatsApp.
    Whatsapp,
}

/// The button under a Viber text.
///
/// ```
/// use wamux_engine::gateway::typed::rapporto::CascadeButton;
///
/// let button = CascadeButton { caption: "Track".into(), action: "https://example.com/17".into() };
/// assert!(!format!("{button:?}").contains("example"));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct CascadeButton {
    /// What the button says, up to 30 characters.
    pub caption: String,
    /// Where it leads: a URL of the scheme http, https, viber, mailto or tel, up to 2,048 characters.
    pub action: String,
}

masked_debug!(CascadeLink, CascadeButton);

impl CascadeLink {
    /// A link of text alone.
    ///
    /// ```
    /// use wamux_engine::gateway::typed::rapporto::{CascadeChannel, CascadeLink, CascadeState};
    ///
    /// let call = CascadeLink::new(CascadeState::Read, CascadeChannel::FlashingCall, "1234");
    /// assert_eq!((call.image, call.ttl), (None, None));
    /// ```
    pub fn new(state: CascadeState, channel: CascadeChannel, text: impl Into<String>) -> Self {
        Self {
            state,
            channel,
            text: Some(text.into()),
            image: None,
            title: None,
            button: None,
            link: None,
            from: None,
            ttl: None,
            ttl_unit: None,
            shorten_links: None,
        }
    }

    /// The unit in which the lifetime goes out; a flashing call has none.
    fn unit(&self) -> Option<TtlUnit> {
        self.ttl_unit
            .filter(|_| self.channel != CascadeChannel::FlashingCall)
    }

    /// The parts that are given, each with whether the channel has it.
    fn parts(&self) -> [(&'static str, bool, bool); 6] {
        use CascadeChannel::{FlashingCall, Push, Telegram, Viber, Whatsapp};
        let channel = self.channel;
        let call = channel == FlashingCall;
        let pictures = matches!(channel, Whatsapp | Viber | Push);
        [
            ("image", self.image.is_some(), pictures),
            ("title", self.title.is_some(), channel == Push),
            ("button", self.button.is_some(), channel == Viber),
            ("link", self.link.is_some(), channel == Telegram),
            ("from", self.from.is_some(), !call),
            ("ttl_unit", self.ttl_unit.is_some(), !call),
        ]
    }
}

impl CascadeState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "DELIVERED",
            Self::Read => "READ",
        }
    }
}

impl CascadeChannel {
    fn as_str(self) -> &'static str {
        match self {
            Self::FlashingCall => "FLASHINGCALL",
            Self::Push => "PUSH",
            Self::Sms => "SMS",
            Self::Telegram => "TELEGRAM",
            Self::Viber => "VIBER",
            Self::Vk => "VK",
            Self::Whatsapp => "WHATSAPP",
        }
    }
}

/// The first link, which holds the second, and so on; nothing where there is none. What a channel
/// lacks is noted and left out.
pub(super) fn chain<'m>(
    links: &'m [CascadeLink],
    violations: &mut Vec<Violation>,
) -> Option<Payload<'m>> {
    if links.len() > MOST_LINKS {
        let words = format!("must have at most {MOST_LINKS} items");
        let path = "options.rapporto.cascade";
        violations.push(Violation::error(Code::TooMany, path, words).with_limit(MOST_LINKS));
    }
    let links = &links[..links.len().min(MOST_LINKS)];
    for (position, link) in links.iter().enumerate() {
        for (part, given, fits) in link.parts() {
            if given && !fits {
                let path = format!("options.rapporto.cascade[{position}].{part}");
                let words = format!("{} has no `{part}`", link.channel.as_str());
                violations.push(Violation::error(Code::UnknownField, path, words));
            }
        }
        let path = || format!("options.rapporto.cascade[{position}].ttl");
        lifetime::check(link.channel, link.ttl, link.unit(), path, violations);
    }
    let from_the_last = links.iter().enumerate().rev();
    from_the_last.fold(None, |next, (position, link)| {
        Some(link_with(link, position, next))
    })
}

fn link_with<'m>(link: &'m CascadeLink, position: usize, next: Option<Payload<'m>>) -> Payload<'m> {
    let at = |path| Origin::Indexed(path, [position, 0]);
    let message = Payload::record([
        Member::new("type", link.channel.as_str()).from(at(path!("channel"))),
        Member::new("shortenLinks", link.shorten_links).from(at(path!("shorten_links"))),
        Member::new("data", data(link, at)).from(Origin::Parent),
    ]);
    Payload::record([
        Member::new("state", link.state.as_str()).from(at(path!("state"))),
        Member::new("message", message).from(Origin::Parent),
        Member::new("nextLink", next).from(Origin::Indexed(
            "options.rapporto.cascade[]",
            [position + 1, 0],
        )),
    ])
}

fn data(link: &CascadeLink, at: impl Fn(&'static str) -> Origin) -> Payload<'_> {
    use CascadeChannel::{Push, Telegram, Viber, Whatsapp};
    let text = Member::new("text", link.text.as_ref()).from(at(path!("text")));
    let mut members = match link.channel {
        Whatsapp | Viber => {
            vec![Member::new("instantContent", instant(link, text, &at)).from(Origin::Parent)]
        }
        Push => vec![
            Member::new("title", link.title.as_ref()).from(at(path!("title"))),
            text,
            Member::new("content", link.image.as_ref().map(|url| picture(url, &at)))
                .from(Origin::Parent),
        ],
        Telegram => vec![
            text,
            Member::new("link", link.link.as_ref()).from(at(path!("link"))),
        ],
        _ => vec![text],
    };
    let from = link
        .from
        .as_ref()
        .filter(|_| link.channel != CascadeChannel::FlashingCall);
    let unit = link.unit();
    members.extend([
        Member::new("serviceNumber", from).from(at(path!("from"))),
        Member::new("ttl", lifetime::in_unit(link.ttl, unit)).from(at(path!("ttl"))),
        Member::new("ttlUnit", unit.map(TtlUnit::as_str)).from(at(path!("ttl_unit"))),
    ]);
    Payload::record(members)
}

/// Text or picture of WhatsApp and Viber; a button on Viber, with both.
fn instant<'m>(
    link: &'m CascadeLink,
    text: Member<'m>,
    at: &impl Fn(&'static str) -> Origin,
) -> Payload<'m> {
    let button = link
        .button
        .as_ref()
        .filter(|_| link.channel == CascadeChannel::Viber);
    let kind = match (button, &link.image) {
        (Some(_), _) => "BUTTON",
        (None, Some(_)) => "IMAGE_URL",
        (None, None) => "TEXT",
    };
    let mut members = vec![
        text,
        Member::new("imageURL", link.image.as_ref()).from(at(path!("image"))),
    ];
    if let Some(button) = button {
        members.extend([
            Member::new("caption", &button.caption).from(at(path!("button.caption"))),
            Member::new("action", &button.action).from(at(path!("button.action"))),
        ]);
    }
    Payload::record([
        Member::new("type", kind).from(at(path!("channel"))),
        Member::new("data", Payload::record(members)).from(Origin::Parent),
    ])
}

/// The picture of a notification.
fn picture<'m>(url: &'m str, at: &impl Fn(&'static str) -> Origin) -> Payload<'m> {
    Payload::record([
        Member::new("contentCategory", "IMAGE").from(Origin::Parent),
        Member::new("contentUrl", url).from(at(path!("image"))),
    ])
}

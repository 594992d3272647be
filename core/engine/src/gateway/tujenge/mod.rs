//! Tujenge, and every other host of the WhatsApp On-Premises Business API.
//!
//! Sources: Tujenge, "WhatsApp API Version 1"; Meta, "WhatsApp On-Premises API", Messages, Errors
//! and Webhooks.

mod calls;
mod codes;
mod encode;
mod events;
mod hsm;

use std::sync::LazyLock;

use http::HeaderName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wamux_phone::Region;

use super::{Accepted, Answer, Encoded, Gateway, PackedRequest, Profile, WebhookCall, meta};
use crate::code::{self, Given, Place};
use crate::decode::by_status;
use crate::error::{Delivery, Error, Kind, Reason};
use crate::event::{Event, StatusKind, integer, items, nonempty, text_or_number};
use crate::feature::{Capabilities, Feature};
use crate::masked::Private;
use crate::message::Message;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::secret::Secret;
use crate::settings::{BaseUrl, Settings, for_header, required};
use crate::validate::{CallRules, Rules};
use crate::violation::Violation;

pub use calls::*;

pub(super) static PROFILE: Profile = Profile {
    id: "tujenge",
    name: "Tujenge, WhatsApp On-Premises Business API",
    base_url: "https://waba.tujenge.io",
    region: None,
    capabilities: Capabilities {
        sends: &[
            Feature::Text,
            Feature::Image,
            Feature::Audio,
            Feature::Voice,
            Feature::Video,
            Feature::Document,
            Feature::Sticker,
            Feature::Location,
            Feature::Contacts,
            Feature::Template,
            Feature::Interactive,
            Feature::Reaction,
            Feature::Group,
            Feature::Context,
            Feature::Ttl,
            Feature::PreviewUrl,
            Feature::Caption,
            Feature::DocumentCaption,
            Feature::ContactIms,
            Feature::MediaId,
            Feature::TemplateHeader,
            Feature::TemplateFooter,
            Feature::TemplateButton,
            Feature::TypedParameters,
        ],
        // By its bytes it needs an upload first.
        not_yet: &[Feature::MediaData],
        statuses: &[
            StatusKind::Sent,
            StatusKind::Delivered,
            StatusKind::Read,
            StatusKind::Failed,
            StatusKind::Deleted,
        ],
        receives: &[
            "text",
            "image",
            "audio",
            "voice",
            "video",
            "document",
            "sticker",
            "location",
            "contacts",
            "interactive",
            "button",
            "reaction",
            "order",
            "system",
        ],
    },
    media_types: &[
        ("image", meta::IMAGE),
        ("audio", AUDIO),
        ("voice", AUDIO),
        ("video", meta::VIDEO),
        ("sticker", &["image/webp"]),
    ],
    calls: calls::CALLS,
    payloads: &[CallRules {
        name: "messages",
        body: &RULES,
    }],
    codes: codes::CODES,
    open: |settings| Ok(Configuration::from_settings(settings)?.open()),
};

/// Ogg without its codec is refused.
const OPUS: &str = "audio/ogg; codecs=opus";
/// The page on media has `audio/aac`; `audio/acc`, as other pages print it, means the same.
const AUDIO: &[&str] = &[
    "audio/aac",
    "audio/acc",
    "audio/mp4",
    "audio/amr",
    "audio/mpeg",
    OPUS,
];

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(include_str!("../../../schemas/tujenge/messages.json")));

/// What the gateway is opened with.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where the gateway is.
    pub base_url: BaseUrl,
    /// The key; each one belongs to one number.
    pub api_key: Secret,
    /// The header that bears the key: `WA-API-KEY` at Tujenge, another one at other hosts.
    pub header_name: HeaderName,
    /// The region of phone numbers in national form.
    pub region: Option<Region>,
    /// The namespace of templates that name none.
    pub template_namespace: Option<String>,
}

impl Configuration {
    /// Reads the settings `base_url`, `api_key`, `header_name`, `region` and `template_namespace`.
    ///
    /// # Errors
    ///
    /// A `configuration` error that names the setting which is missing or wrong.
    ///
    /// ```
    /// use wamux_engine::{Settings, gateway::typed::tujenge::Configuration};
    ///
    /// let mut settings = Settings::default();
    /// settings.set("api_key", "key")?;
    /// assert_eq!(Configuration::from_settings(&settings)?.header_name, "wa-api-key");
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn from_settings(settings: &Settings) -> Result<Self, Error> {
        let api_key = required(PROFILE.id, "api_key", settings.api_key.as_ref())?;
        let header_name = settings.header_name.as_deref().unwrap_or("WA-API-KEY");
        Ok(Self {
            base_url: settings.base_url(PROFILE.base_url)?,
            api_key: for_header("api_key", api_key)?,
            header_name: HeaderName::from_bytes(header_name.as_bytes()).map_err(|_| {
                Error::configuration(
                    "header_name must be an HTTP header's name, such as WA-API-KEY",
                )
            })?,
            region: settings.region.or_else(|| PROFILE.region()),
            template_namespace: settings.template_namespace.clone(),
        })
    }

    /// Opens the gateway.
    #[must_use]
    pub fn open(self) -> Box<dyn Gateway> {
        Box::new(Tujenge(self))
    }
}

/// What only Tujenge has.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::Options};
/// use wamux_engine::message::{Content, Message, Template};
/// use wamux_engine::{Settings, build_one};
///
/// let template = Template::new("order_shipped", "en");
/// let mut message = Message::new("+79034567890", Content::Template(template));
/// message.options.tujenge = Some(Options {
///     namespace: Some("whatsapp:hsm:shop:orders".into()),
///     hsm: Some(true),
///     ..Options::default()
/// });
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let (request, _) = build_one(gateway.as_ref(), &message)?;
/// let body = String::from_utf8_lossy(request.body.as_bytes());
/// assert!(body.starts_with(r#"{"to":"79034567890","type":"hsm","hsm":{"namespace":"#));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TujengeOptions")]
#[cfg_attr(
    feature = "uniffi",
    derive(uniffi::Record),
    uniffi(name = "TujengeOptions")
)]
pub struct Options {
    /// The namespace of the message's template, in place of the setting `template_namespace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub namespace: Option<String>,
    /// Whether the template is sent in the form that came before components, `hsm`: its name and
    /// one list of parameters, those of the body. Header, footer and buttons cannot be said there;
    /// the language policy `fallback` can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub hsm: Option<bool>,
    /// Whether WhatsApp shows the names of those whom a group's message mentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub render_mentions: Option<bool>,
    /// The name of the media provider of the host's settings that fetches the message's links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub provider: Option<String>,
}

#[derive(Debug)]
struct Tujenge(Configuration);

impl Gateway for Tujenge {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn region(&self) -> Option<Region> {
        self.0.region
    }

    fn encode<'m>(
        &'m self,
        message: &'m Message,
        recipient: &'m Recipient,
        violations: &mut Vec<Violation>,
    ) -> Encoded<'m> {
        let payload = encode::payload(&self.0, message, recipient, violations);
        Encoded {
            call: &PROFILE.payloads[0],
            payload,
        }
    }

    fn pack(&self, items: &[Encoded<'_>]) -> Vec<PackedRequest> {
        super::one_each(items, |item| {
            Request::post_json(self.url("/v1/messages"), super::json(&item.payload))
        })
    }

    fn authorise(&self, request: &mut Request) {
        request.add_credential(self.0.header_name.clone(), self.0.api_key.expose());
    }

    fn url(&self, path: &str) -> String {
        self.0.base_url.join(path)
    }

    /// Source: Tujenge, "WhatsApp API Version 1", Webhooks.
    fn webhook_call(&self) -> Option<WebhookCall> {
        Some(calls::WEBHOOK)
    }

    /// Source: Tujenge, "WhatsApp API Version 1", the list of what it keeps to itself.
    fn blocked(&self, path: &str) -> Option<&'static str> {
        calls::blocked(path)
    }

    fn refusal(&self, answer: &Answer<'_>) -> Option<Error> {
        let errors = errors(answer.body);
        if !errors.is_empty() {
            let given: Vec<Given> = errors.iter().filter_map(given).collect();
            let status = answer.status;
            return Some(code::refusal(&PROFILE, Place::Answer, status, &given));
        }
        proxy_error(answer.status, answer.body.get("meta")?)
    }

    fn decode(&self, answer: &Answer<'_>) -> Option<Vec<Result<Accepted, Error>>> {
        if let Some(error) = self.refusal(answer) {
            return Some(vec![Err(error)]);
        }
        let messages = answer.body.get("messages")?.as_array()?;
        let raw = answer.text.to_owned();
        messages
            .iter()
            .map(|message| {
                let message_id = Some(text_or_number(message.get("id"))?);
                Some(Ok(Accepted {
                    message_id,
                    client_id: None,
                    raw: raw.clone(),
                }))
            })
            .collect()
    }

    fn events(&self, body: &Value) -> Option<Vec<Event>> {
        events::events(&PROFILE, body)
    }
}

/// The `errors` of an answer: an array of objects, or one object; an empty one is none.
fn errors(body: &Value) -> &[Value] {
    match body.get("errors") {
        Some(Value::Object(members)) if members.is_empty() => &[],
        Some(errors @ (Value::Array(_) | Value::Object(_))) => items(errors),
        _ => &[],
    }
}

/// What the proxy before the API says: `{"meta": {"success", "http_code", "developer_message",
/// "details"?}}`; some hosts write the names in camel case. Its codes are HTTP statuses, not those of the API: under a
/// status of success they decide, where `success` is false.
fn proxy_error(status: u16, meta: &Value) -> Option<Error> {
    let code = meta.get("http_code").or_else(|| meta.get("httpCode"));
    let status = if status >= 400 {
        status
    } else {
        let failed = meta.get("success").and_then(Value::as_bool) == Some(false);
        let told = integer(code).filter(|code| failed && (400..600).contains(code));
        u16::try_from(told?).ok()?
    };
    let code = text_or_number(code)?;
    let words = meta
        .get("developer_message")
        .or_else(|| meta.get("developerMessage"));
    let details = meta.get("details").map(items).unwrap_or_default();
    let words: Vec<String> = std::iter::once(words)
        .chain(details.iter().map(Some))
        .filter_map(nonempty)
        .collect();
    let reason = Reason {
        code,
        description: (!words.is_empty()).then(|| Private::new(words.join("; "))),
        ..Reason::default()
    };
    let error = match status {
        400 => Error::new(Kind::Validation, Delivery::NotSent, ""),
        401..500 => Error::new(Kind::Rejected, Delivery::NotSent, ""),
        // The proxy failed after it may have passed the message on.
        _ => Error::new(Kind::Unavailable, Delivery::Unknown, "").with_retryable(true),
    };
    Some(by_status(error, status).with_reasons(vec![reason]))
}

/// What stands for the code of an error that has words alone: where it was found.
const NO_CODE: &str = "errors";

/// One entry of `errors`: `{"code", "title", "details"?, "href"?}`; `None` without a code and without words.
fn given(error: &Value) -> Option<Given> {
    let title = nonempty(error.get("title"));
    let description = nonempty(error.get("details"));
    let Some(code) = text_or_number(error.get("code")) else {
        let words: Vec<String> = title.into_iter().chain(description).collect();
        return (!words.is_empty()).then(|| Given {
            code: NO_CODE.to_owned(),
            description: Some(words.join("; ")),
            ..Given::default()
        });
    };
    let reference = permanent_cause(&code, title.as_deref(), description.as_deref());
    Some(Given {
        code,
        reference,
        title,
        description,
    })
}

/// The causes that Tujenge's page tells apart from a passing failure with the same code.
fn permanent_cause(code: &str, title: Option<&str>, details: Option<&str>) -> Option<String> {
    let words = format!(
        "{} {}",
        title.unwrap_or_default(),
        details.unwrap_or_default()
    );
    let words = words.to_lowercase();
    let cause = match code {
        "500" if words.contains("could not display") => codes::NOT_DISPLAYED,
        "1000" if words.contains("not supported") || words.contains("/none") => {
            codes::FORMAT_NOT_SUPPORTED
        }
        "1014" if words.contains("request for") => codes::LINK_FAILED,
        _ => return None,
    };
    Some(cause.to_owned())
}

//! The way of a message: recipient, encode, validate, pack.

use std::borrow::Borrow;

use serde_json::Value;

use crate::error::{Delivery, Error, Kind};
use crate::feature;
use crate::gateway::{Encoded, Gateway, Profile};
use crate::message::Message;
use crate::payload::Payload;
use crate::recipient::Recipient;
use crate::request::Request;
use crate::violation::{Code, Severity, Violation};

/// What a batch of messages became: requests for the good ones, errors for the others.
///
/// ```
/// use wamux_engine::message::{Content, Message, Text};
/// use wamux_engine::{Settings, build, gateway};
///
/// # let mut settings = Settings::default().masked();
/// # settings.set("from", "MyCompany")?;
/// let gateway = gateway::open("devino-v1", &settings)?;
/// let batch = ["+7 903 456-78-90", "+7 903 456", "+7 903 456-78-91"]
///     .map(|to| Message::new(to, Content::Text(Text::new("We open at nine"))));
/// let built = build(gateway.as_ref(), &batch);
/// assert_eq!(built.requests.len(), 1);
/// assert_eq!(built.checked[1].as_ref().unwrap_err().violations()[0].path, "to");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Debug)]
pub struct Built {
    /// The requests, with credentials.
    pub requests: Vec<BuiltRequest>,
    /// One result for each message, in order.
    pub checked: Vec<Result<Checked, Error>>,
}

/// A request and the messages that it carries, by their position.
///
/// ```
/// # use wamux_engine::message::{Content, Message, Text};
/// use wamux_engine::{Response, Settings, build, decode, gateway};
///
/// # let mut settings = Settings::default().masked();
/// # settings.set("from", "MyCompany")?;
/// # let batch = ["+7 903 456-78-90", "+7 903 456", "+7 903 456-78-91"]
/// #     .map(|to| Message::new(to, Content::Text(Text::new("We open at nine"))));
/// # let answer = br#"{"result":[{"code":"OK","messageId":"1"},{"code":"OK","messageId":"2"}]}"#;
/// # let answer = Response::new(200, answer.to_vec());
/// let gateway = gateway::open("devino-v1", &settings)?;
/// // The second of the three numbers is too short.
/// let built = &build(gateway.as_ref(), &batch).requests[0];
/// let results = decode(gateway.as_ref(), &answer, Some(built.messages.len()));
/// for (position, result) in built.messages.iter().zip(results) {
///     println!("{}: {:?}", batch[*position].to, result?.message_id);
/// }
/// assert_eq!(built.messages, [0, 2]);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Debug)]
pub struct BuiltRequest {
    /// The request.
    pub request: Request,
    /// The positions of its messages.
    pub messages: Vec<usize>,
}

/// A message that may be sent.
///
/// ```
/// # use wamux_engine::message::{Content, Message, Text};
/// # use wamux_engine::{Settings, build, gateway};
/// # let mut settings = Settings::default().masked();
/// # settings.set("from", "MyCompany")?;
/// # let gateway = gateway::open("devino-v2", &settings)?;
/// let message = Message::new("8 (903) 456-78-90", Content::Text(Text::new("Code: 1234")));
/// let checked = build(gateway.as_ref(), &[message]).checked.remove(0)?;
/// assert_eq!(checked.recipient.address(), Some("+79034567890"));
/// assert!(checked.warnings.is_empty());
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Checked {
    /// The recipient.
    pub recipient: Recipient,
    /// Faults that do not stop it.
    pub warnings: Vec<Violation>,
}

/// Turns messages into the gateway's requests, and checks them before.
///
/// A message that breaks a rule has its error at its place in `checked`; the others are built.
///
/// ```
/// use wamux_engine::message::{Content, Message, Text};
/// use wamux_engine::{Settings, build, gateway};
///
/// let gateway = gateway::open("devino-v2", &Settings::default().masked())?;
/// let mut message = Message::new("8 (903) 456-78-90", Content::Text(Text::new("Code: 1234")));
/// message.from = Some("MyCompany".into());
/// let built = build(gateway.as_ref(), &[message]);
/// let body = built.requests[0].request.body.as_bytes();
/// assert_eq!(
///     body,
///     br#"{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Code: 1234"}}"#,
/// );
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn build<M: Borrow<Message>>(gateway: &dyn Gateway, messages: &[M]) -> Built {
    let region = gateway.region();
    let mut found: Vec<Vec<Violation>> = vec![Vec::new(); messages.len()];
    let recipients: Vec<Recipient> = messages
        .iter()
        .zip(&mut found)
        .map(|(message, violations)| {
            let message: &Message = message.borrow();
            Recipient::of(&message.to, message.recipient_type, region, violations)
        })
        .collect();
    let mut good = Vec::with_capacity(messages.len());
    let mut encoded = Vec::with_capacity(messages.len());
    let parts = messages.iter().zip(&recipients).zip(&mut found).enumerate();
    for (position, ((message, recipient), violations)) in parts {
        let item = check(gateway, message.borrow(), recipient, violations);
        if violations
            .iter()
            .all(|violation| violation.severity == Severity::Warning)
        {
            good.push(position);
            encoded.push(item);
        }
    }
    let requests = gateway
        .pack(&encoded)
        .into_iter()
        .map(|mut exchange| {
            gateway.authorise(&mut exchange.request);
            BuiltRequest {
                request: exchange.request,
                messages: good[exchange.items].to_vec(),
            }
        })
        .collect();
    drop(encoded);
    let profile = gateway.profile();
    let checked = recipients
        .into_iter()
        .zip(found)
        .map(|(recipient, violations)| result(profile, recipient, violations))
        .collect();
    Built { requests, checked }
}

/// Turns one message into its request, and checks it before: [`build`] for those who have one.
///
/// # Errors
///
/// `validation` or `unsupported` where the message breaks a rule.
///
/// ```
/// use wamux_engine::message::{Content, Message, Text};
/// use wamux_engine::{Settings, build_one, gateway};
///
/// let gateway = gateway::open("devino-v2", &Settings::default().masked())?;
/// let mut message = Message::new("8 (903) 456-78", Content::Text(Text::new("Code: 1234")));
/// message.from = Some("MyCompany".into());
/// let error = build_one(gateway.as_ref(), &message).unwrap_err();
/// assert_eq!(error.violations()[0].path, "to");
///
/// message.to.push_str("-90");
/// let (request, checked) = build_one(gateway.as_ref(), &message)?;
/// assert_eq!(request.method, "POST");
/// assert_eq!(checked.recipient.address(), Some("+79034567890"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn build_one(gateway: &dyn Gateway, message: &Message) -> Result<(Request, Checked), Error> {
    let Built {
        mut requests,
        mut checked,
    } = build(gateway, std::slice::from_ref(message));
    let words = "the engine returned nothing for the message";
    let nothing = || Error::new(Kind::Internal, Delivery::NotSent, words);
    let checked = checked.pop().ok_or_else(nothing)??;
    let built = requests.pop().ok_or_else(nothing)?;
    Ok((built.request, checked))
}

/// Encodes one message and adds all its faults: the recipient's are there already, then comes what
/// the gateway lacks, then what its schema says.
fn check<'m>(
    gateway: &'m dyn Gateway,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Encoded<'m> {
    feature::check(gateway.profile(), message, violations);
    let mut deeper = Vec::new();
    let encoded = gateway.encode(message, recipient, &mut deeper);
    // Where a whole part cannot be said, what it has inside is no fault of its own.
    deeper.retain(|violation| {
        !violations
            .iter()
            .any(|cause| cause.code == Code::Unsupported && covers(&cause.path, &violation.path))
    });
    violations.append(&mut deeper);
    // Only what was found before the schema can explain what the schema finds.
    let mut found_before = violations.len();
    for violation in encoded.call.body.check_message(&encoded.payload) {
        let earlier = &violations[..found_before];
        // The same fault in the caller's terms, such as seconds, keeps the schema's order.
        let same =
            |cause: &Violation| (cause.code, &cause.path) == (violation.code, &violation.path);
        if let Some(position) = earlier.iter().position(same) {
            let own_words = violations.remove(position);
            violations.push(own_words);
            found_before -= 1;
        } else if !earlier.iter().any(|cause| explains(cause, &violation.path)) {
            violations.push(with_hint(violation));
        }
    }
    feature::check_media_type(gateway.profile(), message, violations);
    encoded
}

/// Adds to "is missing" the setting that gives a default.
fn with_hint(violation: Violation) -> Violation {
    let setting = match violation.path.as_str() {
        "from" => "from",
        "options.tujenge.namespace" => "template_namespace",
        _ => return violation,
    };
    if violation.code != Code::MustBeNotNull {
        return violation;
    }
    let message = format!(
        "{}; the setting `{setting}` gives a default",
        violation.message
    );
    Violation {
        message,
        ..violation
    }
}

/// Whether an earlier violation is the cause of a fault that the schema finds: what cannot be read
/// or said was left out of the payload, so that the schema misses it. One fault, not two.
fn explains(earlier: &Violation, path: &str) -> bool {
    if covers(&earlier.path, path) {
        return true;
    }
    if earlier.code != Code::Unsupported {
        return false;
    }
    // Media by id or bytes leaves its link empty.
    let media = [".id", ".data"]
        .iter()
        .find_map(|source| earlier.path.strip_suffix(source));
    let link =
        media.is_some_and(|media| path == media || path.strip_prefix(media) == Some(".link"));
    // Another kind of recipient leaves the number empty; another type leaves the message empty.
    link || (earlier.path == "recipient_type" && path == "to") || path.is_empty() || path == "type"
}

/// Whether a path is another or lies below it.
fn covers(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
}

fn result(
    profile: &Profile,
    recipient: Recipient,
    violations: Vec<Violation>,
) -> Result<Checked, Error> {
    if violations
        .iter()
        .any(|violation| violation.severity == Severity::Error)
    {
        return Err(Error::from_violations(violations).with_gateway(profile.id));
    }
    Ok(Checked {
        recipient,
        warnings: violations,
    })
}

/// Checks a gateway's native payload, for those who write it themselves; `call` is the payload's name on the wire
/// (`sendLink`), the same in snake case (`send_link`) or the name of the call whose body it is, or `None` for the send
/// call. The first 100 violations are told, in the payload's order.
///
/// # Errors
///
/// A `configuration` error for a call that the gateway does not have.
///
/// ```
/// use wamux_engine::{gateway, validate_payload};
///
/// let profile = gateway::profile("devino-v2")?;
/// let payload = serde_json::json!({"from": "MyCompany", "type": "text", "text": {"body": "Hi"}});
/// let violations = validate_payload(profile, None, &payload)?;
/// assert_eq!(violations[0].path, "to");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn validate_payload(
    profile: &'static Profile,
    call: Option<&str>,
    payload: &Value,
) -> Result<Vec<Violation>, Error> {
    let rules = profile.payload_rules(call).ok_or_else(|| {
        let names: Vec<&str> = profile.payload_names().collect();
        Error::configuration(format!(
            "{} has no payload of that name that can be checked; it has {}",
            profile.id,
            names.join(", ")
        ))
    })?;
    let mut violations = rules.body.check_body(&Payload::from(payload));
    // In the list of messages itself, too many items is the gateways' own code.
    for violation in &mut violations {
        if violation.code == Code::TooMany && violation.path == "messages" {
            violation.code = Code::TooManyMessages;
        }
    }
    Ok(violations)
}

/// Text that should be a native payload and is not JSON.
///
/// ```
/// let error = serde_json::from_str::<serde_json::Value>("{").unwrap_err();
/// assert_eq!(wamux_engine::not_json(&error).kind(), wamux_engine::Kind::Validation);
/// ```
#[must_use]
pub fn not_json(error: &serde_json::Error) -> Error {
    let error = Error::from_violations(vec![Violation::not_json(error)]);
    debug_assert_eq!(error.kind(), Kind::Validation);
    error
}

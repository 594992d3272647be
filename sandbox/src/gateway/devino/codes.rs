//! Devino's codes: the reasons of a rejection, and the error codes of a status.

use crate::recipient::{MagicRecipient, Place, Series, failing_code, failing_recipients, magic};

/// A row of the table of reasons (Devino, WHATSAPP, Error codes).
pub(super) struct Reason {
    pub(super) key: &'static str,
    /// The place as the page writes it; `messages[i]` is the message.
    pub(super) reference: Option<&'static str>,
    pub(super) title: &'static str,
}

impl Reason {
    /// The reference with the message's own index.
    pub(super) fn reference_at(&self, index: usize) -> Option<String> {
        self.reference
            .map(|reference| reference.replace("[i]", &format!("[{index}]")))
    }

    /// Whether the whole array is at fault, and not one message.
    pub(super) fn concerns_the_array(&self) -> bool {
        self.reference == Some("messages")
    }
}

const fn reason(key: &'static str, reference: Option<&'static str>, title: &'static str) -> Reason {
    Reason {
        key,
        reference,
        title,
    }
}

/// In the order of the page. A reason has no number of its own, so that a magic recipient ends with its place here,
/// counted from 1.
const REASONS: [Reason; 21] = [
    reason("billing.error", None, "payment is required"),
    reason("forbidden", None, "sending is prohibited"),
    reason("unknown", None, "unknown error"),
    reason("invalid", Some("messages[i].to"), "the number is wrong"),
    reason(
        "invalid",
        Some("messages[i].validity"),
        "the lifetime is wrong",
    ),
    reason(
        "invalid",
        Some("messages[i].callbackUrl"),
        "the callback address is wrong",
    ),
    reason(
        "invalid",
        Some("messages[i].contentUrl"),
        "the content's address is wrong",
    ),
    reason(
        "invalid",
        Some("messages[i].contentType"),
        "the content's type is wrong",
    ),
    reason("invalid", Some("messages[i].from"), "the sender is wrong"),
    reason(
        "invalid",
        Some("messages[i].languageCode"),
        "the language code is wrong",
    ),
    reason(
        "length.too.long",
        Some("messages[i].to"),
        "the number is too long",
    ),
    reason(
        "length.too.long",
        Some("messages[i].text"),
        "the text is too long",
    ),
    reason(
        "length.too.long",
        Some("messages[i].languageCode"),
        "the language code is too long",
    ),
    reason(
        "length.too.short",
        Some("messages[i].contentName"),
        "the content's name is too short",
    ),
    reason(
        "length.too.short",
        Some("messages[i].languageCode"),
        "the language code is too short",
    ),
    reason("must.be.not.null", Some("messages[i].to"), "no recipient"),
    reason("must.be.not.null", Some("messages"), "no messages"),
    reason("must.be.not.null", Some("messages[i].from"), "no sender"),
    reason(
        "must.be.not.null",
        Some("messages[i]"),
        "neither text nor content",
    ),
    reason(
        "not.available",
        Some("messages[i].from"),
        "the account has no such sender",
    ),
    reason("too.many.messages", Some("messages"), "too many messages"),
];

/// Error codes of a status (Devino, WHATSAPP, Getting statuses, Error codes).
const STATUSES: &[(u32, &str)] = &[
    (2000, "the recipient's operator is unknown"),
    (2001, "spam"),
    (2002, "billing error"),
    (2003, "billing error"),
    (2004, "billing error"),
    (2005, "not enough money"),
    (2006, "billing error"),
    (2007, "billing error"),
    (2008, "billing error"),
    (2009, "a duplicate"),
    (2010, "the lifetime is over"),
    (2011, "the lifetime is over"),
    (2012, "billing error"),
    (2017, "spam"),
    (2300, "the text is too long"),
    (2301, "too many messages in a short time"),
    (2302, "spam"),
    (
        2303,
        "the MIME type is not supported, or the image has 5 MB or more",
    ),
    (2304, "the text is too long"),
    (2305, "the recipient does not use WhatsApp"),
    (2307, "the recipient is the sender's own number"),
    (2308, "the number of template parameters differs"),
    (2309, "no such template in this language"),
    (2310, "no such template in this locale"),
    (2311, "a template parameter is too long"),
    (2312, "outside the dialogue and without a template"),
    (2313, "unknown error"),
];

/// Endings that the page's table of statuses does not name. `DELIVERED` is the only name that the page shows; the
/// others are those of the vendor's older product, and the click's members are the page's own.
const OUTCOMES: [(u32, &[&str], &str); 2] = [
    (1, &["DELIVERED", "READ"], "delivered, then read"),
    (
        2,
        &["DELIVERED", "READ", "VISITED"],
        "delivered, read, then a link of the text is opened: the status bears the click",
    ),
];

/// The reason that a recipient forces.
pub(super) fn reason_for(to: &str) -> Option<&'static Reason> {
    let (Series::Answer, serial) = magic(to)? else {
        return None;
    };
    let index = usize::try_from(serial).ok()?.checked_sub(1)?;
    REASONS.get(index)
}

/// The error code of the status that a recipient forces.
pub(super) fn status_code_for(to: &str) -> Option<u32> {
    failing_code(to, STATUSES)
}

/// The states that a message to the recipient passes.
pub(super) fn states_for(to: &str) -> &'static [&'static str] {
    let wanted = |serial: u32| magic(to) == Some((Series::Outcome, serial));
    let outcome = OUTCOMES.iter().find(|(serial, ..)| wanted(*serial));
    outcome.map_or(&["DELIVERED"], |(_, states, _)| states)
}

/// The magic recipients of both APIs, which share all codes.
pub(super) fn recipients(gateway: &'static str) -> Vec<MagicRecipient> {
    let reasons = (1..).zip(&REASONS).map(|(serial, reason)| MagicRecipient {
        reference: reason.reference,
        http_status: Some(200),
        ..MagicRecipient::new(
            gateway,
            Series::Answer.number(serial),
            Place::Reason,
            reason.key,
            reason.title,
        )
    });
    let outcomes = OUTCOMES.iter().map(|(serial, states, title)| {
        let to = Series::Outcome.number(*serial);
        let last = states.last().copied().unwrap_or_default();
        MagicRecipient::new(gateway, to, Place::Outcome, last, title)
    });
    let failing = failing_recipients(gateway, STATUSES);
    reasons.chain(failing).chain(outcomes).collect()
}

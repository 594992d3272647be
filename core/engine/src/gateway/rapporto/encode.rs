//! The send request: the message in three wrappers, everything else beside it.
//!
//! Source: Rapporto, "WhatsApp Message Sending", Request Parameters.

use super::cascade::{self, CascadeChannel};
use super::{Configuration, Options, PROFILE, TtlUnit, dates, lifetime};
use crate::feature::{Feature, unsupported};
use crate::masked::Private;
use crate::message::{Content, Media, Message, Schedule};
use crate::origin::Origin;
use crate::payload::{Credential, Member, Payload};
use crate::recipient::Recipient;
use crate::violation::{Code, Violation};

pub(super) fn payload<'m>(
    configuration: &'m Configuration,
    message: &'m Message,
    recipient: &'m Recipient,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let schedule = message.schedule.as_ref();
    let options = message.options.rapporto.as_ref();
    let callback = message.callback.as_ref();
    let unit = options.and_then(|options| options.ttl_unit);
    lifetime::check(
        CascadeChannel::Whatsapp,
        message.ttl,
        unit,
        || "ttl".to_owned(),
        violations,
    );
    let links = options.and_then(|options| cascade::chain(&options.cascade, violations));
    let shorten_links = |of_request: bool| {
        // Inside each message of a cascade, beside a message alone.
        let wanted = options.and_then(|options| options.shorten_links);
        Member::new(
            "shortenLinks",
            wanted.filter(|_| of_request == links.is_none()),
        )
        .at("options.rapporto.shorten_links")
    };
    let data = Payload::record([
        Member::new("instantContent", content(&message.content, violations)).from(Origin::Parent),
        Member::new(
            "serviceNumber",
            message
                .from
                .as_deref()
                .or(configuration.from.as_ref().map(Private::as_str)),
        )
        .at("from"),
        Member::new("ttl", lifetime::in_unit(message.ttl, unit)).at("ttl"),
        Member::new("ttlUnit", unit.map(TtlUnit::as_str)).at("options.rapporto.ttl_unit"),
    ]);
    Payload::record([
        Member::new("login", Credential::Login),
        Member::new("password", Credential::Password),
        Member::new(
            "useTimeDiff",
            schedule.and_then(|schedule| schedule.recipient_time_zone),
        )
        .at("schedule.recipient_time_zone"),
        shorten_links(true),
        Member::new("id", message.client_id.as_ref()).at("client_id"),
        Member::new("scheduleInfo", schedule.and_then(schedule_info)).at("schedule"),
        Member::new("destAddr", recipient.digits()).at("to"),
        Member::new(
            "message",
            Payload::record([
                Member::new("type", "WHATSAPP"),
                shorten_links(false),
                Member::new("data", data).from(Origin::Parent),
            ]),
        )
        .at(""),
        Member::new(
            "extraParam",
            options.and_then(|options| extra_param(options, violations)),
        )
        .at("options.rapporto.extra_param"),
        Member::new(
            "registeredDelivery",
            options.and_then(|o| o.registered_delivery),
        )
        .at("options.rapporto.registered_delivery"),
        Member::new(
            "notifyUrl",
            callback.and_then(|callback| callback.url.as_ref()),
        )
        .at("callback.url"),
        Member::new("cascadeChainLink", links)
            .from(Origin::Indexed("options.rapporto.cascade[]", [0, 0])),
    ])
}

fn content<'m>(content: &'m Content, violations: &mut Vec<Violation>) -> Option<Payload<'m>> {
    let (kind, member) = match content {
        Content::Text(text) => ("TEXT", Member::new("text", &text.body).at("text.body")),
        Content::Image(media) => (
            "IMAGE_URL",
            Member::new("imageURL", image(media, violations)).at("image.link"),
        ),
        // The missing content is not the caller's second fault: the part is refused already.
        _ => return None,
    };
    Some(Payload::record([
        Member::new("type", kind).at("type"),
        Member::new("data", Payload::record([member])).from(Origin::Parent),
    ]))
}

/// Text and picture cannot go together, and a picture has no name.
fn image<'m>(media: &'m Media, violations: &mut Vec<Violation>) -> Option<&'m String> {
    if media.caption.is_some() {
        violations.push(unsupported(&PROFILE, Feature::Caption, "image.caption"));
    }
    if media.filename.is_some() {
        violations.push(unsupported(&PROFILE, Feature::Filename, "image.filename"));
    }
    media.source.as_link()
}

fn schedule_info(schedule: &Schedule) -> Option<Payload<'_>> {
    // What is no date is left to the schema.
    let deadline = schedule.deadline.as_ref();
    let deadline = deadline.map(|d| dates::from_rfc3339(d).unwrap_or_else(|| d.clone()));
    let weekdays: String = schedule.weekdays.iter().map(ToString::to_string).collect();
    let restricted = schedule.from.is_some()
        || schedule.until.is_some()
        || schedule.deadline.is_some()
        || !weekdays.is_empty();
    restricted.then(|| {
        Payload::record([
            Member::new("timeBegin", schedule.from.as_ref()).at("schedule.from"),
            Member::new("timeEnd", schedule.until.as_ref()).at("schedule.until"),
            Member::new(
                "weekdaysSchedule",
                (!weekdays.is_empty()).then_some(weekdays),
            )
            .at("schedule.weekdays"),
            Member::new("deadline", deadline).at("schedule.deadline"),
        ])
    })
}

/// `k1=v1,k2=v2`; a comma in a value is doubled.
fn extra_param(options: &Options, violations: &mut Vec<Violation>) -> Option<String> {
    let mut pairs = Vec::with_capacity(options.extra_param.len());
    for (name, value) in &options.extra_param {
        if name.is_empty() || name.contains([',', '=']) {
            let path = format!("options.rapporto.extra_param.{name}");
            let words = "a parameter's name must not be empty and must not have `,` or `=`";
            violations.push(Violation::error(Code::Invalid, path, words));
            continue;
        }
        pairs.push(format!("{name}={}", value.replace(',', ",,")));
    }
    (!pairs.is_empty()).then(|| pairs.join(","))
}

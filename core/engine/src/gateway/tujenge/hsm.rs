//! The form of templates before components: a name and one list of parameters.
//!
//! Source: Meta, "WhatsApp On-Premises API", Messages, hsm.

use super::PROFILE;
use crate::gateway::meta;
use crate::message::{Component, ComponentKind, Currency, DateTime, Parameter, Template};
use crate::origin::Origin;
use crate::payload::{IntoPayload, Member, Payload};
use crate::violation::{Code, Violation};

const TEXT: &str = "template.components[].parameters[].text";
const CURRENCY: &str = "template.components[].parameters[].currency";
const DATE_TIME: &str = "template.components[].parameters[].date_time";

/// The `hsm` object. Only the body has parameters; what else the template has is `unsupported`.
pub(super) fn part<'m>(
    template: &'m Template,
    namespace: Member<'m>,
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let mut parameters = Vec::new();
    for (position, component) in template.components.iter().enumerate() {
        if is_body(component, position, violations) {
            for (index, parameter) in component.parameters.iter().enumerate() {
                parameters.extend(localizable(parameter, [position, index], violations));
            }
        }
    }
    Payload::record([
        namespace,
        Member::new("element_name", &template.name).at("template.name"),
        Member::new("language", meta::language(&template.language)),
        Member::new("localizable_params", Payload::list(parameters.into_iter()))
            .at("template.components"),
    ])
}

fn is_body(component: &Component, position: usize, violations: &mut Vec<Violation>) -> bool {
    let path = format!("template.components[{position}]");
    if component.kind != ComponentKind::Body {
        violations.push(unsupported(path));
        return false;
    }
    for (given, name) in [
        (component.sub_type.is_some(), "sub_type"),
        (component.index.is_some(), "index"),
    ] {
        if given {
            violations.push(unsupported(format!("{path}.{name}")));
        }
    }
    true
}

/// One of `localizable_params`: what is shown where the phone cannot format the value, and the value.
fn localizable<'m>(
    parameter: &'m Parameter,
    indexes: [usize; 2],
    violations: &mut Vec<Violation>,
) -> Option<Payload<'m>> {
    let member = |name: &'static str, value: Option<Payload<'m>>, path: &'static str| {
        Member::new(name, value).from(Origin::Indexed(path, indexes))
    };
    Some(match parameter {
        Parameter::Text { text } => Payload::record([member("default", text.into_payload(), TEXT)]),
        Parameter::Currency { currency } => Payload::record([
            member(
                "default",
                currency.fallback_value.as_str().into_payload(),
                "template.components[].parameters[].currency.fallback_value",
            ),
            member("currency", Some(currency_part(currency, indexes)), CURRENCY),
        ]),
        Parameter::DateTime { date_time } => Payload::record([
            member(
                "default",
                date_time.fallback_value.as_str().into_payload(),
                "template.components[].parameters[].date_time.fallback_value",
            ),
            member(
                "date_time",
                Some(date_time_part(date_time, indexes, violations)),
                DATE_TIME,
            ),
        ]),
        Parameter::Payload { .. }
        | Parameter::Image { .. }
        | Parameter::Video { .. }
        | Parameter::Document { .. } => {
            let [position, index] = indexes;
            let path = format!("template.components[{position}].parameters[{index}]");
            violations.push(unsupported(path));
            return None;
        }
    })
}

fn currency_part(currency: &Currency, indexes: [usize; 2]) -> Payload<'_> {
    let code = "template.components[].parameters[].currency.code";
    Payload::record([
        Member::new("currency_code", &currency.code).from(Origin::Indexed(code, indexes)),
        Member::new("amount_1000", currency.amount_1000),
    ])
}

fn date_time_part<'m>(
    date_time: &DateTime,
    [position, index]: [usize; 2],
    violations: &mut Vec<Violation>,
) -> Payload<'m> {
    let parts = [
        ("day_of_week", date_time.day_of_week),
        ("day_of_month", date_time.day_of_month),
        ("year", date_time.year),
        ("month", date_time.month),
        ("hour", date_time.hour),
        ("minute", date_time.minute),
    ];
    let component = parts.iter().any(|(_, value)| value.is_some()).then(|| {
        let members = parts.map(|(name, value)| Member::new(name, value));
        Payload::record(members)
    });
    let epoch = date_time
        .timestamp
        .map(|timestamp| Payload::record([Member::new("timestamp", timestamp)]));
    let fault = match (&component, &epoch) {
        (None, None) => Some(Code::MustBeNotNull),
        (Some(_), Some(_)) => Some(Code::Invalid),
        _ => None,
    };
    violations.extend(fault.map(|code| {
        let path = format!("template.components[{position}].parameters[{index}].date_time");
        let words = "the old form of templates has either a moment's parts or its timestamp";
        Violation::error(code, path, words)
    }));
    Payload::record([
        Member::new("component", component).from(Origin::Parent),
        Member::new("unix_epoch", epoch).from(Origin::Parent),
    ])
}

fn unsupported(path: String) -> Violation {
    let words = format!(
        "{} does not have this in the old form of templates; templates themselves can (without \
         `options.tujenge.hsm`)",
        PROFILE.id
    );
    Violation::error(Code::Unsupported, path, words)
}

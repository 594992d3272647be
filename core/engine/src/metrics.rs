//! What a client has counted, as data: the model of OpenTelemetry's data points.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// What a client and its clones have counted since they were made.
///
/// Names, units and attributes are those of OpenTelemetry's semantic conventions where it has some; those of wamux itself
/// begin with `wamux.`. No attribute has a number, a text, a key or an id of a message.
///
/// ```
/// use std::collections::BTreeMap;
/// use wamux_engine::{Attribute, Metrics, NumberPoint};
///
/// let mut metrics = Metrics::default();
/// metrics.counters.push(NumberPoint {
///     name: "wamux.client.retries",
///     unit: "{retry}",
///     attributes: BTreeMap::from([("messaging.system", Attribute::Text("devino-v2".into()))]),
///     value: 2,
/// });
/// let json = serde_json::to_value(&metrics).unwrap();
/// assert_eq!(json["counters"][0]["attributes"]["messaging.system"], "devino-v2");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Metrics {
    /// Sums that only grow.
    pub counters: Vec<NumberPoint>,
    /// How many there are at this moment.
    pub gauges: Vec<NumberPoint>,
    /// How long things took.
    pub histograms: Vec<HistogramPoint>,
}

/// A number that was counted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NumberPoint {
    /// What was counted, such as `messaging.client.sent.messages`.
    pub name: &'static str,
    /// The unit of UCUM, such as `{message}`.
    pub unit: &'static str,
    /// What tells this number from others of the name.
    pub attributes: Attributes,
    /// The number.
    pub value: u64,
}

/// A distribution of what was measured.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HistogramPoint {
    /// What was measured, such as `messaging.client.operation.duration`.
    pub name: &'static str,
    /// The unit of UCUM: `s`.
    pub unit: &'static str,
    /// What tells this distribution from others of the name.
    pub attributes: Attributes,
    /// How many values were measured.
    pub count: u64,
    /// The sum of the values.
    pub sum: f64,
    /// The highest value of each bucket but the last, which has none.
    pub explicit_bounds: &'static [f64],
    /// How many values are in each bucket, and in no bucket before.
    pub bucket_counts: Vec<u64>,
}

/// Attributes by their names.
pub type Attributes = BTreeMap<&'static str, Attribute>;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Attribute {
    /// A word, such as a gateway's id.
    Text(Cow<'static, str>),
    /// A whole number, such as an HTTP status.
    Integer(i64),
}

impl From<&'static str> for Attribute {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<u16> for Attribute {
    fn from(number: u16) -> Self {
        Self::Integer(number.into())
    }
}

impl JsonSchema for Attribute {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Attribute".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "integer"]})
    }
}

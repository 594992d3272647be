//! Reads the form of templates before components into a neutral template.

use serde_json::{Value, json};

use super::present;

pub(super) fn template(hsm: &Value) -> Value {
    let parameters = hsm["localizable_params"].as_array();
    let components = parameters.map(|parameters| {
        let parameters: Vec<Value> = parameters.iter().map(parameter).collect();
        json!([{"type": "body", "parameters": parameters}])
    });
    present(json!({
        "name": hsm["element_name"], "language": hsm["language"], "components": components,
    }))
}

fn parameter(parameter: &Value) -> Value {
    let fallback = &parameter["default"];
    if let Some(currency) = parameter.get("currency") {
        return json!({"type": "currency", "currency": {
            "fallback_value": fallback, "code": currency["currency_code"],
            "amount_1000": currency["amount_1000"],
        }});
    }
    let Some(moment) = parameter.get("date_time") else {
        return json!({"type": "text", "text": fallback});
    };
    let mut date_time = moment
        .get("component")
        .or(moment.get("unix_epoch"))
        .unwrap()
        .clone();
    date_time["fallback_value"] = fallback.clone();
    json!({"type": "date_time", "date_time": date_time})
}

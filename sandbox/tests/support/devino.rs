//! What Devino answers.

use http::StatusCode;
use serde_json::Value;

use super::Bench;

/// The reasons of one message's rejection as (key, ref); empty where it is accepted.
pub async fn reasons(bench: &Bench, path: &str, body: &Value) -> Vec<(String, String)> {
    let before = bench.accepted();
    let answer = bench.post(path, body).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = answer.json();
    let result = &answer["result"][0];
    if result["code"] == "OK" {
        let id = result["messageId"].as_str().unwrap();
        assert_eq!(id.len(), 19, "an id is a decimal of 64 bits");
        assert!(id.parse::<i64>().is_ok());
        assert_eq!(bench.accepted(), before + 1);
        return Vec::new();
    }
    assert_eq!(result["code"], "REJECTED");
    assert!(!result["description"].as_str().unwrap().is_empty());
    assert_eq!(bench.accepted(), before);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let reasons = result["reasons"].as_array().unwrap();
    reasons
        .iter()
        .map(|reason| (text(&reason["key"]), text(&reason["ref"])))
        .collect()
}

pub async fn accepts(bench: &Bench, path: &str, body: &Value) {
    assert_eq!(reasons(bench, path, body).await, [], "{body}");
}

pub async fn rejects(bench: &Bench, path: &str, body: &Value, key: &str, reference: &str) {
    let expected = [(key.to_owned(), reference.to_owned())];
    assert_eq!(reasons(bench, path, body).await, expected, "{body}");
}

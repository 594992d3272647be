//! Calls of chat-api.

use http::Method;
use serde_json::{Value, json};

use super::{Bench, chat_api};

/// The path of a method with more parameters, such as `full=true`.
pub fn path(method: &str, query: &str) -> String {
    let path = chat_api(method);
    if query.is_empty() {
        path
    } else {
        format!("{path}&{query}")
    }
}

/// The answer to a GET call, whose HTTP status is 200.
pub async fn get(bench: &Bench, method: &str, query: &str) -> Value {
    let answer = bench.call(Method::GET, &path(method, query)).await;
    assert_eq!(answer.status, 200, "{method} {query}");
    answer.json()
}

/// The answer to a POST call, whose HTTP status is 200.
pub async fn post(bench: &Bench, method: &str, body: &Value) -> Value {
    let answer = bench.post(&chat_api(method), body).await;
    assert_eq!(answer.status, 200, "{method} {body}");
    answer.json()
}

/// The error of a GET call that fails.
pub async fn error(bench: &Bench, method: &str, query: &str) -> String {
    let answer = get(bench, method, query).await;
    assert_eq!(answer.as_object().unwrap().len(), 1, "{answer}");
    answer["error"].as_str().unwrap().to_owned()
}

/// Brings the instance into a condition; gives the whole status.
pub async fn instance(bench: &Bench, change: &Value) -> Value {
    let answer = bench.post("/_sandbox/instance", change).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// `accountStatus`, without waking the instance up.
pub async fn status(bench: &Bench) -> String {
    let answer = get(bench, "status", "no_wakeup=true").await;
    answer["accountStatus"].as_str().unwrap().to_owned()
}

/// A person writes; gives the message as the instance keeps it.
pub async fn receive(bench: &Bench, from: &str, text: &str) -> Value {
    let incoming = json!({"gateway": "chat-api", "from": from, "text": text});
    let answer = bench.post("/_sandbox/incoming", &incoming).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["posted"]["messages"][0].clone()
}

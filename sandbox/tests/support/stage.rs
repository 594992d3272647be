//! A simulated person.

use serde_json::{Value, json};

use super::{Bench, Receiver, with};

/// The route.
pub const PATH: &str = "/_sandbox/incoming";
/// Where a file lies that nobody fetches.
pub const LINK: &str = "https://files.example/a.bin";

/// A simulated person and what gets to hear of it.
pub struct Stage {
    pub bench: Bench,
    pub receiver: Receiver,
}

impl Stage {
    pub async fn open() -> Self {
        Self {
            bench: Bench::start().await,
            receiver: Receiver::start(&[]).await,
        }
    }

    pub fn request(&self, gateway: &str, more: &Value) -> Value {
        let base = json!({"gateway": gateway, "from": "79034567890", "url": self.receiver.url});
        with(base, more)
    }

    /// The body that the message leads to.
    pub async fn told(&mut self, gateway: &str, more: &Value) -> Value {
        let request = self.request(gateway, more);
        let answer = self.bench.post(PATH, &request).await;
        assert_eq!(answer.status, 200, "{request}: {}", answer.body);
        let body = self.receiver.next().await.body;
        assert_eq!(answer.json()["posted"], body);
        body
    }

    /// The error that the request is refused with.
    pub async fn refused(&self, gateway: &str, more: &Value) -> String {
        let request = self.request(gateway, more);
        let answer = self.bench.post(PATH, &request).await;
        assert_eq!(answer.status, 400, "{request}");
        answer.json()["error"].as_str().unwrap().to_owned()
    }
}

/// A contact in the form in which contacts are sent.
pub fn contact() -> Value {
    json!({
        "name": {"formatted_name": "Ann; Lee", "first_name": "Ann", "prefix": "Dr"},
        "birthday": "1990-02-28",
        "addresses": [{"city": "Moscow", "country_code": "RU", "type": "HOME"}],
        "org": {"company": "Example"},
        "phones": [{"phone": "+7 903 456-78-90", "wa_id": "79034567890", "type": "CELL"}],
    })
}

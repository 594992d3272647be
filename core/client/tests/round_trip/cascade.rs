//! Reads Rapporto's cascades and further parameters into the options that they come from.

use serde_json::{Map, Value, json};

use super::present;

/// The links in their order: the first one and all that it holds.
pub(super) fn links(first: &Value) -> Value {
    let links = std::iter::successors(Some(first), |link| link.get("nextLink"));
    links.map(link).collect()
}

fn link(link: &Value) -> Value {
    let message = &link["message"];
    let data = &message["data"];
    // WhatsApp and Viber wrap the content once more.
    let content = data
        .get("instantContent")
        .map_or(data, |content| &content["data"]);
    let image = content
        .get("imageURL")
        .or(data["content"].get("contentUrl"));
    let button = content
        .get("action")
        .map(|action| json!({"caption": content["caption"], "action": action}));
    present(json!({
        "state": link["state"], "channel": message["type"], "shorten_links": message["shortenLinks"],
        "text": content["text"], "image": image, "title": data["title"], "button": button,
        "link": data["link"], "from": data["serviceNumber"], "ttl": seconds(data),
        "ttl_unit": data["ttlUnit"],
    }))
}

/// The lifetime, which is in minutes where it names no unit.
pub(super) fn seconds(data: &Value) -> Option<u64> {
    let unit = match data["ttlUnit"].as_str() {
        Some("SECONDS") => 1,
        None | Some("MINUTES") => 60,
        Some("HOURS") => 3600,
        Some(other) => panic!("{other}"),
    };
    data["ttl"].as_u64().map(|count| count * unit)
}

/// `name=value,name=value`, where two commas are one of a value.
pub(super) fn further_parameters(text: &str) -> Value {
    let marked = text.replace(",,", "\0");
    let pairs = marked.split(',').map(|pair| pair.split_once('=').unwrap());
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.replace('\0', ",").into()));
    Value::Object(pairs.collect::<Map<_, _>>())
}

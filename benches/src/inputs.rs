//! What is measured: numbers of 46 countries, and messages of three sizes.

use std::error::Error;

use serde_json::{Value, json};
use wamux_engine::message::Message;

/// Mobile numbers; each `#` is a digit of the caller's.
const PLANS: [&str; 46] = [
    "+7903#######",
    "+7705#######",
    "+1212555####",
    "+1416555####",
    "+44740#######",
    "+49151########",
    "+336########",
    "+393########",
    "+346########",
    "+31612######",
    "+3247#######",
    "+41791######",
    "+43664######",
    "+4671#######",
    "+474######9",
    "+4520######",
    "+35840######",
    "+48601######",
    "+420601######",
    "+42190#######",
    "+3620#######",
    "+4071#######",
    "+35988#######",
    "+3069########",
    "+90531#######",
    "+97252#######",
    "+97150#######",
    "+96650#######",
    "+20100#######",
    "+27711######",
    "+254712######",
    "+23480########",
    "+919#########",
    "+9230########",
    "+88017########",
    "+62812#######",
    "+60122######",
    "+658#######",
    "+668########",
    "+8491#######",
    "+639########",
    "+8190########",
    "+82102#######",
    "+86131########",
    "+614########",
    "+5511961######",
];

/// Numbers of all the plans in turn.
pub(crate) fn phones(count: usize) -> Vec<String> {
    // A small generator with a fixed seed: every run reads the same numbers.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut digit = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'0' + u8::try_from(state % 10).unwrap_or_default())
    };
    let plans = PLANS.iter().cycle().take(count);
    plans
        .map(|plan| {
            plan.chars()
                .map(|c| if c == '#' { digit() } else { c })
                .collect()
        })
        .collect()
}

/// A text, a template and a list of ten rows, of about the budgets' sizes.
pub(crate) fn messages() -> Result<Vec<(&'static str, Message)>, Box<dyn Error>> {
    let callback = json!({"url": "https://example.com/callbacks/whatsapp/devino"});
    let message = |kind: &str, part: Value| {
        let value = json!({
            "to": "+79034567890", "from": "MyCompany", "callback": callback, "type": kind, kind: part,
        });
        Message::from_value(&value)
    };
    let text = json!({"body": "Your order 12345 is on its way. ".repeat(8)});
    let word = |text: &str| json!({"type": "text", "text": text});
    let template = json!({
        "name": "order_shipped_with_tracking",
        "language": {"code": "en_US"},
        "components": [
            {"type": "header", "parameters": [word("Order 12345")]},
            {"type": "body", "parameters": [
                word("Ada"), word("between nine and eleven o'clock in the morning"),
                {"type": "currency", "currency": {"fallback_value": "$100.99", "code": "USD", "amount_1000": 100_990}},
                {"type": "date_time", "date_time": {"fallback_value": "February 25, 1977", "timestamp": 1_485_470_276}},
            ]},
            {"type": "button", "sub_type": "quick_reply", "index": 0, "parameters": [{"type": "payload", "payload": "confirm-12345"}]},
            {"type": "button", "sub_type": "url", "index": 1, "parameters": [word("/track/12345")]},
        ],
    });
    let row = |section: usize, row: usize| {
        json!({
            "id": format!("slot-{section}-{row}-000000"),
            "title": format!("Slot {row} of {section}"),
            "description": "between nine and eleven o'clock in the morning",
        })
    };
    let section = |section: usize| {
        let rows: Vec<Value> = (0..5).map(|number| row(section, number)).collect();
        json!({"title": format!("Section {section}"), "rows": rows})
    };
    let list = json!({
        "type": "list",
        "header": {"type": "text", "text": "Delivery"},
        "body": {"text": "Choose one of the delivery slots below, please. We will call you an hour before."},
        "footer": {"text": "Thanks for your order"},
        "action": {"button": "Slots", "sections": [section(0), section(1)]},
    });
    Ok(vec![
        ("text", message("text", text)?),
        ("template", message("template", template)?),
        ("list", message("interactive", list)?),
    ])
}

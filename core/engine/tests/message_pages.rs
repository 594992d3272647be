//! chat-api's messages by pages: whatever the pages are, each message comes once, in order.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "properties/configuration.rs"]
mod configuration;

use proptest::prelude::*;
use serde_json::{Value, json};
use wamux_engine::gateway::typed::chat_api::{GetMessages, MessagePage, MessagePages};
use wamux_engine::{Event, Response, call_output, gateway};

use configuration::configuration;

/// A message at the gateway; `shown` is whether it tells its number.
#[derive(Clone, Debug)]
struct Stored {
    number: u64,
    shown: bool,
    readable: bool,
}

impl Stored {
    fn json(&self) -> Value {
        let mut item = json!({"id": format!("A{}", self.number), "type": "chat", "body": "Ok!"});
        if self.shown {
            item["messageNumber"] = self.number.into();
        }
        if self.readable {
            item["chatId"] = "17472822486@c.us".into();
        }
        item
    }
}

/// What the gateway does besides what it should.
#[derive(Clone, Copy, Debug)]
enum Oddity {
    None,
    /// The page before once more.
    Repeat,
    /// Messages before those that are asked for.
    Overlap(usize),
    /// Each message twice.
    Twice,
    Backwards,
    /// A number that has nothing to do with the messages.
    Report(u64),
    /// No messages, but a number below the next one.
    Empty,
}

/// A gateway with messages, and what it does at each request.
struct Server {
    messages: Vec<Stored>,
    sizes: Vec<usize>,
    oddities: Vec<Oddity>,
    requests: usize,
    before: Value,
}

impl Server {
    /// The messages with greater numbers, up to the page's size, and the number of the last.
    fn answer(&mut self, call: &GetMessages) -> Value {
        let after = call.last_message_number;
        let size = self.sizes[self.requests % self.sizes.len()];
        let oddity = self.oddities.get(self.requests).copied();
        self.requests += 1;
        let known = self
            .messages
            .partition_point(|one| Some(one.number) <= after);
        let page = &self.messages[known..(known + size).min(self.messages.len())];
        let mut items: Vec<Value> = page.iter().map(Stored::json).collect();
        let mut reported = page.last().map(|last| last.number).or(after);
        match oddity.unwrap_or(Oddity::None) {
            // An empty page that reports nothing new is the end.
            Oddity::Repeat if self.before["messages"] != json!([]) && !self.before.is_null() => {
                return self.before.clone();
            }
            Oddity::Overlap(count) => {
                let earlier = self.messages[known.saturating_sub(count)..known].iter();
                items = earlier.map(Stored::json).chain(items).collect();
            }
            Oddity::Twice => {
                items = items
                    .iter()
                    .flat_map(|one| [one.clone(), one.clone()])
                    .collect();
            }
            // The order of those without a number is all that is known of them.
            Oddity::Backwards if page.iter().all(|one| one.shown) => items.reverse(),
            Oddity::Report(number) if page.iter().any(|one| one.shown) => reported = Some(number),
            Oddity::Empty
                if page
                    .first()
                    .is_some_and(|next| Some(next.number - 1) > after) =>
            {
                items.clear();
                reported = Some(page[0].number - 1);
            }
            _ => {}
        }
        let answer = json!({"messages": items, "lastMessageNumber": reported});
        self.before = answer.clone();
        answer
    }
}

fn page(answer: &Value) -> MessagePage {
    let response = Response::new(200, answer.to_string().into_bytes());
    call_output::<GetMessages>(gateway::reader("chat-api").unwrap(), &response).unwrap()
}

/// The id of a message, readable or not.
fn id(event: &Event) -> String {
    match event {
        Event::Message(message) => message.id.clone(),
        Event::Error(error) => {
            let raw: Value = serde_json::from_str(error.raw.as_str()).unwrap();
            raw["id"].as_str().unwrap().to_owned()
        }
        other => panic!("{other:?}"),
    }
}

/// The ids of all that comes until there is nothing more.
fn read(pages: &mut MessagePages, server: &mut Server) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let answer = server.answer(&pages.next_call());
        ids.extend(pages.take(page(&answer)).iter().map(id));
        if pages.is_done() {
            return ids;
        }
        assert!(server.requests < 10_000, "there is no end");
    }
}

/// Messages with gaps between their numbers.
fn messages(most: usize) -> impl Strategy<Value = Vec<Stored>> {
    let message = (
        1_u64..5,
        proptest::bool::weighted(0.8),
        proptest::bool::weighted(0.9),
    );
    proptest::collection::vec(message, 0..most).prop_map(|all| {
        let numbers = all.into_iter().scan(0, |number, (step, shown, readable)| {
            *number += step;
            Some(Stored {
                number: *number,
                shown,
                readable,
            })
        });
        numbers.collect()
    })
}

/// Oddities, never more than three in a row: a gateway that only repeats is given up.
fn oddities() -> impl Strategy<Value = Vec<Oddity>> {
    let oddity = prop_oneof![
        Just(Oddity::Repeat),
        (1_usize..6).prop_map(Oddity::Overlap),
        Just(Oddity::Twice),
        Just(Oddity::Backwards),
        prop_oneof![0_u64..300, any::<u64>()].prop_map(Oddity::Report),
        Just(Oddity::Empty),
    ];
    let some = proptest::collection::vec(oddity, 0..4);
    proptest::collection::vec(some, 0..30).prop_map(|groups| {
        let ended = groups.into_iter().flat_map(|mut group| {
            group.push(Oddity::None);
            group
        });
        ended.collect()
    })
}

proptest! {
    #![proptest_config(configuration(500))]

    #[test]
    fn each_message_comes_once_and_in_order(
        all in messages(60),
        later in 0_usize..60,
        sizes in proptest::collection::vec(1_usize..9, 1..5),
        oddities in oddities(),
        resumes in any::<bool>(),
    ) {
        let expected: Vec<String> = all.iter().map(|one| format!("A{}", one.number)).collect();
        let (first, rest) = all.split_at(all.len().saturating_sub(later));
        let mut server = Server {
            messages: first.to_vec(),
            sizes,
            oddities,
            requests: 0,
            before: Value::Null,
        };
        let mut pages = MessagePages::new(GetMessages::default());
        let mut ids = read(&mut pages, &mut server);
        prop_assert_eq!(&ids, &expected[..first.len()]);

        // More comes in; a new run has the position alone.
        server.messages.extend_from_slice(rest);
        // What was not told apart by a number can come again where nothing but the position is known.
        if resumes && all.iter().all(|one| one.shown) {
            pages = MessagePages::new(pages.next_call());
        }
        ids.extend(read(&mut pages, &mut server));
        prop_assert_eq!(ids, expected);
    }
}

fn numbered(numbers: &[u64]) -> Value {
    let stored = numbers.iter().map(|number| Stored {
        number: *number,
        shown: true,
        readable: true,
    });
    stored.map(|one| one.json()).collect()
}

#[test]
fn the_highest_number_of_the_messages_is_followed_and_not_the_reported_one() {
    for reported in [0, 3, 900] {
        let mut pages = MessagePages::new(GetMessages::default());
        let answer = json!({"messages": numbered(&[5, 3, 4]), "lastMessageNumber": reported});
        let taken = pages.take(page(&answer));
        assert_eq!(taken.iter().map(id).collect::<Vec<_>>(), ["A3", "A4", "A5"]);
        assert_eq!((pages.position(), pages.is_done()), (Some(5), false));
    }
}

#[test]
fn what_a_run_before_had_does_not_come_again() {
    let call = GetMessages {
        last_message_number: Some(5),
        ..GetMessages::default()
    };
    let mut pages = MessagePages::new(call);
    let taken = pages.take(page(&json!({"messages": numbered(&[4, 5, 6])})));
    assert_eq!(taken.iter().map(id).collect::<Vec<_>>(), ["A6"]);
}

#[test]
fn an_empty_page_ends_unless_it_reports_a_greater_number() {
    let call = GetMessages {
        last_message_number: Some(7),
        ..GetMessages::default()
    };
    let mut pages = MessagePages::new(call);
    for (reported, position, is_done) in
        [(9, 9, false), (9, 9, true), (4, 9, true), (10, 10, false)]
    {
        let answer = json!({"messages": [], "lastMessageNumber": reported});
        assert!(pages.take(page(&answer)).is_empty());
        assert_eq!(
            (pages.position(), pages.is_done()),
            (Some(position), is_done)
        );
    }
}

#[test]
fn a_gateway_that_only_repeats_is_given_up() {
    let mut pages = MessagePages::new(GetMessages::default());
    let answer = json!({"messages": numbered(&[1, 2]), "lastMessageNumber": 2});
    let mut requests = 0;
    let mut count = 0;
    while !pages.is_done() {
        requests += 1;
        count += pages.take(page(&answer)).len();
        assert!(requests < 100);
    }
    assert_eq!((count, requests), (2, 6));
}

#[test]
fn what_is_asked_for_stays_but_the_number() {
    let call = GetMessages {
        last: Some(true),
        chat_id: Some("17472822486@c.us".into()),
        limit: Some(50),
        min_time: Some(946_684_800),
        ..GetMessages::default()
    };
    let mut pages = MessagePages::new(call.clone());
    assert_eq!(
        pages.next_call(),
        GetMessages {
            last: None,
            ..call.clone()
        }
    );
    pages.take(page(&json!({"messages": numbered(&[8])})));
    let next = GetMessages {
        last: None,
        last_message_number: Some(8),
        ..call
    };
    assert_eq!(pages.next_call(), next);
    assert!(!format!("{pages:?}").contains("1747"));
}

#[test]
fn the_ids_of_a_thousand_messages_without_a_number_are_remembered() {
    let without = |range: std::ops::Range<u64>| {
        let stored = range.map(|number| Stored {
            number,
            shown: false,
            readable: true,
        });
        page(&json!({"messages": stored.map(|one| one.json()).collect::<Value>()}))
    };
    let mut pages = MessagePages::new(GetMessages::default());
    assert_eq!(pages.take(without(0..1000)).len(), 1000);
    assert_eq!(pages.take(without(0..1000)).len(), 0);
    // One page of more is told apart too.
    assert_eq!(pages.take(without(1000..4000)).len(), 3000);
    assert_eq!(pages.take(without(1000..4000)).len(), 0);
}

#[test]
fn an_answer_without_a_list_moves_nothing() {
    let gateway = gateway::reader("chat-api").unwrap();
    let take = |pages: &mut MessagePages, body: &str| {
        let response = Response::new(200, body.as_bytes().to_vec());
        let page = call_output::<GetMessages>(gateway, &response)?;
        Ok::<_, wamux_engine::Error>(pages.take(page).len())
    };
    let mut pages = MessagePages::new(GetMessages {
        last_message_number: Some(99),
        ..GetMessages::default()
    });
    for body in [
        r#"{"lastMessageNumber":199}"#,
        r#"{"messages":null,"lastMessageNumber":199}"#,
        r#"{"messages":{"id":"A1"},"lastMessageNumber":199}"#,
    ] {
        let error = take(&mut pages, body).unwrap_err();
        assert_eq!(error.kind(), wamux_engine::Kind::Protocol, "{body}");
        assert_eq!((pages.position(), pages.is_done()), (Some(99), false));
    }
    let body = r#"{"messages:":[{"id":"A1","chatId":"1@c.us","messageNumber":"100"}],"lastMessageNumber":100}"#;
    assert_eq!(take(&mut pages, body).unwrap(), 1);
    assert_eq!(pages.position(), Some(100));
}

#[test]
fn arguments_are_refused_as_the_calls_are() {
    let refused = |id: &str, arguments: &Value| {
        let gateway = gateway::reader(id).unwrap();
        let error = MessagePages::from_json(gateway, arguments).unwrap_err();
        assert_eq!(error.gateway(), Some(gateway.profile().id));
        let paths: Vec<_> = error
            .violations()
            .iter()
            .map(|one| one.path.clone())
            .collect();
        (error.kind(), paths.join(" "))
    };
    for (arguments, path) in [
        (json!({"limit": "50"}), "limit"),
        (json!({"page": 1}), "page"),
        (json!({"chat_id": "1747"}), "chat_id"),
    ] {
        let expected = (wamux_engine::Kind::Validation, path.to_owned());
        assert_eq!(refused("chat-api", &arguments), expected);
    }
    let (kind, _) = refused("tujenge", &json!({}));
    assert_eq!(kind, wamux_engine::Kind::Unsupported);
}

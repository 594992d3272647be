//! The gateway's messages one after another, whatever the pages are that they come in.
//!
//! Source: chat-api, "The REST API", messages, `lastMessageNumber`.

use std::collections::{HashSet, VecDeque};
use std::fmt;

use serde_json::Value;

use super::{GetMessages, MessagePage};
use crate::call::{call_request, read_arguments};
use crate::error::Error;
use crate::event::{Event, count};
use crate::gateway::Gateway;

/// Of so many messages the ids are remembered, or of those of a page where these are more.
const REMEMBERED: usize = 1000;

/// After so many pages in a row that only repeat, there is nothing more.
const REPEATED_PAGES: usize = 5;

/// Asks for the gateway's messages page by page, and gives each of them once, in the order of their numbers.
///
/// It does no input and output: [`next_call`](Self::next_call) is what to ask, and [`take`](Self::take) gives the
/// messages of the answer. Pages may overlap, repeat, be empty or unordered, and the numbers of messages may have gaps:
/// what decides is the highest number of a message so far. Messages without a number are told apart by their ids, of
/// which the last 1000 are remembered.
///
/// ```
/// use wamux_engine::gateway::typed::chat_api::{GetMessages, MessagePages};
/// use wamux_engine::{Response, Settings, call_output, call_request, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let message = |number| format!(r#"{{"id":"{number}","chatId":"1@c.us","messageNumber":{number}}}"#);
/// // What the gateway answers; the second page repeats a message of the first.
/// let mut answers = [
///     format!(r#"{{"messages":[{},{}],"lastMessageNumber":101}}"#, message(100), message(101)),
///     format!(r#"{{"messages":[{},{}],"lastMessageNumber":102}}"#, message(101), message(102)),
///     r#"{"messages":[],"lastMessageNumber":102}"#.to_owned(),
/// ]
/// .into_iter();
///
/// let mut pages = MessagePages::new(GetMessages { limit: Some(2), ..GetMessages::default() });
/// let mut count = 0;
/// while !pages.is_done() {
///     let request = call_request(gateway.as_ref(), &pages.next_call())?;
/// #   assert!(request.url().contains("limit=2"));
///     // The caller's own HTTP client sends it.
///     let response = Response::new(200, answers.next().unwrap_or_default().into_bytes());
///     count += pages.take(call_output::<GetMessages>(gateway.as_ref(), &response)?).len();
/// }
/// assert_eq!((count, pages.position()), (3, Some(102)));
///
/// // Later, perhaps in another process:
/// let later = MessagePages::new(GetMessages { last_message_number: pages.position(), ..GetMessages::default() });
/// assert_eq!(later.next_call().last_message_number, Some(102));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone)]
pub struct MessagePages {
    call: GetMessages,
    recent: Recent,
    repeated_pages: usize,
    done: bool,
}

impl MessagePages {
    /// The pages of the messages after `last_message_number`, or of all of them; `limit` is how many messages a page
    /// has. `last` is left aside: the last 100 messages are one page.
    #[must_use]
    pub fn new(call: GetMessages) -> Self {
        Self {
            call: GetMessages { last: None, ..call },
            recent: Recent::default(),
            repeated_pages: 0,
            done: false,
        }
    }

    /// The pages of a call whose arguments are JSON, checked as the first page's request would be; see
    /// [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// `validation` where an argument is unknown or of a wrong type, or breaks a rule; `unsupported` where `gateway` is
    /// not chat-api. They name the gateway.
    ///
    /// ```
    /// use serde_json::json;
    /// use wamux_engine::gateway::{self, typed::chat_api::MessagePages};
    ///
    /// let gateway = gateway::reader("chat-api")?;
    /// let pages = MessagePages::from_json(gateway, &json!({"last_message_number": 99, "limit": 50}))?;
    /// assert_eq!((pages.position(), pages.next_call().limit), (Some(99), Some(50)));
    ///
    /// let error = MessagePages::from_json(gateway, &json!({"limit": "50"})).unwrap_err();
    /// assert_eq!(error.violations()[0].path, "limit");
    /// assert_eq!(error.gateway(), Some("chat-api"));
    /// # Ok::<(), wamux_engine::Error>(())
    /// ```
    pub fn from_json(gateway: &dyn Gateway, arguments: &Value) -> Result<Self, Error> {
        let id = gateway.profile().id;
        let call = read_arguments(arguments).map_err(|error| error.with_gateway(id))?;
        // A rule that is broken is told here, not with the first page.
        call_request::<GetMessages>(gateway, &call)?;
        Ok(Self::new(call))
    }

    /// The page to ask for next.
    #[must_use]
    pub fn next_call(&self) -> GetMessages {
        self.call.clone()
    }

    /// The number after which the next page is asked for: kept, it is where a later run goes on. Before the first page
    /// it is what the pages were made with.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        self.call.last_message_number
    }

    /// Whether the last page had nothing new. More can come in later: [`next_call`](Self::next_call) asks for it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// Takes the answer to [`next_call`](Self::next_call), and gives the messages of it that are new, in the order of
    /// their numbers. Those without a number keep their place behind the message before them.
    pub fn take(&mut self, page: MessagePage) -> Vec<Event> {
        let before = self.position();
        let is_empty = page.messages.is_empty();
        let items = page.messages.into_iter().map(Item::of).collect();
        let mut items = in_order(items);
        let highest = items.iter().filter_map(|item| item.number).max();
        // The number that is reported can lie beyond messages that are still to come.
        let reported = highest.or(page.last_message_number);
        self.call.last_message_number = before.max(reported);

        self.recent.make_room(items.len());
        let is_later = |item: &Item| item.number.is_none() || item.number > before;
        items.retain(|item| is_later(item) && self.recent.is_new(&item.key));

        let is_new = !items.is_empty() || self.position() > before;
        self.repeated_pages = if is_new { 0 } else { self.repeated_pages + 1 };
        self.done = !is_new && (is_empty || self.repeated_pages >= REPEATED_PAGES);
        items.into_iter().map(|item| item.event).collect()
    }
}

/// Shows neither ids nor texts.
impl fmt::Debug for MessagePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessagePages")
            .field("position", &self.position())
            .field("is_done", &self.done)
            .finish_non_exhaustive()
    }
}

/// A message of a page.
struct Item {
    event: Event,
    number: Option<u64>,
    /// What tells it apart where it has no number.
    key: String,
}

impl Item {
    fn of(event: Event) -> Self {
        let (number, key) = match &event {
            Event::Message(message) => (message.sequence, message.id.clone()),
            // One that cannot be read counts too, or the same page would be asked for again.
            Event::Error(error) => {
                let item: Value = serde_json::from_str(error.raw.as_str()).unwrap_or_default();
                let number = count(item.get("messageNumber"));
                (number, error.raw.as_str().to_owned())
            }
            _ => (None, String::new()),
        };
        Self { event, number, key }
    }
}

/// Brings the messages in the order of their numbers; one without a number stays behind the one before it.
fn in_order(items: Vec<Item>) -> Vec<Item> {
    let mut last = None;
    let numbered = items.into_iter().map(|item| {
        last = item.number.or(last);
        (last, item)
    });
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, item)| item).collect()
}

/// The keys of the last messages.
#[derive(Clone, Default)]
struct Recent {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Recent {
    /// Forgets the oldest, so that those of a page have room.
    fn make_room(&mut self, coming: usize) {
        let keep = REMEMBERED.max(coming);
        while self.order.len() > keep {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
    }

    /// Whether a key was not known before; it is from now on.
    fn is_new(&mut self, key: &str) -> bool {
        let is_new = self.known.insert(key.to_owned());
        if is_new {
            self.order.push_back(key.to_owned());
        }
        is_new
    }
}

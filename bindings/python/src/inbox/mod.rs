//! The inbox: webhooks as handled events.
//!
//! `receiver` is what both classes stand on, `sync` and `asynchronous` are the classes, `handling` is the way of an event
//! to its handler, `webhook` reads what servers have, and `records` has what comes out.

mod asynchronous;
mod handling;
mod receiver;
mod records;
mod sync;
mod webhook;

pub(crate) use asynchronous::AsyncInbox;
pub(crate) use handling::Ended;
pub(crate) use records::add as add_records;
pub(crate) use sync::Inbox;

//! The wamux engine: what a WhatsApp gateway wants, and what it says.
//!
//! ```text
//!  Message ──► recipient ──► encode ──► validate ──► pack ══ transport ══► Response ──► decode ──► [Receipt | Error, …]
//!  (neutral)   (phone)      (Payload)   (schema)   (Requests)   (I/O)                  (gateway)
//! ```
//!
//! Everything here is a pure function of its arguments: no clock, no socket, no runtime, no global.
//! [`build`] goes the way from messages to requests, [`decode`] the way back from an answer, and
//! [`events`] reads webhooks. The transport is the caller's; the crate `wamux` has one.
//!
//! ```
//! use wamux_engine::message::{Content, Message, Text};
//! use wamux_engine::{Settings, build, gateway};
//!
//! let mut settings = Settings::default();
//! settings.set("api_key", "key")?;
//! settings.set("from", "MyCompany")?;
//! let gateway = gateway::open("devino-v2", &settings)?;
//!
//! let message = Message::new("+7 903 456-78-90", Content::Text(Text::new("Code: 1234")));
//! let built = build(gateway.as_ref(), &[message]);
//! assert_eq!(built.requests[0].request.url(), "https://api.devino.online/whatsapp/v2/messages");
//! # Ok::<(), wamux_engine::Error>(())
//! ```
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test fails by panicking"
    )
)]

mod authentication;
mod build;
pub mod call;
mod code;
mod decode;
mod error;
mod event;
mod feature;
#[cfg(feature = "uniffi")]
mod foreign;
mod form;
pub mod gateway;
mod masked;
pub mod message;
mod metrics;
mod origin;
mod payload;
mod receipt;
mod recipient;
mod request;
mod results;
mod secret;
mod settings;
mod validate;
mod violation;

pub use authentication::{Authentication, Refusal, Webhook};
pub use build::{Built, BuiltRequest, Checked, build, build_one, not_json, validate_payload};
pub use call::{
    CallProfile, CallRequest, DownloadCall, Reader, Source, Transfer, Upload, call_error,
    call_output, call_request, calls_schema,
};
pub use code::{Place, Row as CodeRow};
pub use decode::{WEBHOOK_LIMIT, decode, events, kept_events, unreadable};
pub use error::{Delivery, Error, Kind, Reason};
pub use event::{
    ButtonReply, Call, ChatContent, ChatContext, ChatDescription, ChatLocation, ChatMedia,
    ChatMessage, ChatUpdate, Click, Direction, ErrorEvent, Event, Interaction, ListReply, Order,
    OrderItem, QuickReply, Status, StatusError, StatusKind, SystemNotice,
};
pub use feature::{Capabilities, Feature};
pub use http;
pub use masked::{Private, id as shown_id, path as shown_path, word as shown_word};
pub use metrics::{Attribute, Attributes, HistogramPoint, Metrics, NumberPoint};
pub use origin::Origin;
pub use payload::{Credential, File, IntoPayload, Member, Payload};
pub use receipt::{Attempt, Receipt};
pub use recipient::Recipient;
pub use request::{Body, Request, Response};
pub use results::results_schema;
pub use secret::Secret;
pub use settings::{BaseUrl, Settings};
pub use validate::Limit;
pub use violation::{Code, Severity, Violation};
pub use wamux_phone as phone;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

//! One WhatsApp client for every gateway.
//!
//! A [`Client`] sends the same [`Message`](message::Message) through any gateway of
//! [`gateway::REGISTRY`]. It checks the message by the gateway's rules before anything leaves, and
//! afterwards says what is known: a [`Receipt`], or an [`Error`] whose `delivery` tells whether the
//! gateway may have the message.
//!
//! ```
//! use wamux::message::{Content, Message, Text};
//! use wamux::{Client, Delivery, Kind, Settings};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
//! # let base_url = sandbox.base_url("devino-v2").unwrap();
//! let mut settings = Settings::default();
//! settings.set("base_url", &base_url)?; // absent: the gateway's own address
//! settings.set("api_key", "sandbox-key")?;
//! settings.set("from", "MyCompany")?;
//! let client = Client::from_settings("devino-v2", &settings)?;
//!
//! // A number in any form that people write.
//! let mut message = Message::new("8 (903) 456-78-90", Content::Text(Text::new("Code: 1234")));
//! message.client_id = Some("8770100".into());
//! let receipt = client.send(&message).await?;
//! assert_eq!(receipt.to.as_deref(), Some("+79034567890"));
//! println!("accepted as {:?}", receipt.message_id);
//!
//! // A message that breaks a rule is not sent; the error says where the fault stands.
//! message.to = "8 (903) 456-78".into();
//! let error = client.send(&message).await.unwrap_err();
//! assert_eq!((error.kind(), error.delivery()), (Kind::Validation, Delivery::NotSent));
//! assert_eq!(error.violations()[0].path, "to");
//! # sandbox.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The engine, which is all of this but the network, is re-exported here; to bring a transport of
//! your own, see [`Transport`].
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]

mod attempts;
mod batch;
mod calls;
mod campaign;
mod client;
mod download;
mod environment;
mod failover;
mod http_transport;
pub mod inbox;
mod limits;
mod metrics;
mod options;
mod prepared_call;
mod progress;
mod retry;
mod send;
mod tls;
mod trace;
pub mod transport;
mod unless;
mod upload;
mod watch;
mod watched;

pub use client::Client;
pub use download::Download;
pub use environment::settings_from_environment;
pub use failover::Failover;
pub use http_transport::HttpTransport;
pub use options::{Options, set_by_name};
pub use prepared_call::PreparedCall;
pub use progress::Progress;
pub use retry::{OnRetry, Retry};
pub use send::Prepared;
pub use tls::TlsVersion;
pub use transport::{ANSWER_LIMIT, Exchange, Failure, Opened, Opening, Transport};
pub use upload::file_source;
pub use wamux_engine::*;

/// The examples of the project's front page.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct ReadMe;

/// The example of the inbox's page.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/inbox.md")]
pub struct InboxPage;

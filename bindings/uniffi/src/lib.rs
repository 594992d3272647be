//! wamux for Kotlin and Swift: conversion only. The types of messages, receipts and events are the
//! engine's own; here stand the calls, and what only a call has.
//!
//! The surface for an app is written by hand over this one, in each language, where a generated
//! one would not be of that language: exceptions above all.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]
#![expect(clippy::result_large_err, reason = "an error crosses once, as a whole")]

mod calls;
mod failure;
mod formless;
mod records;

pub use calls::{
    build_call, build_request, gateways, message_from_json, message_to_json, normalize_phone,
    parse_call_response, parse_response, parse_webhook, validate_payload,
};
pub use failure::{Details, Failure};
pub use formless::LONE_SURROGATE;
pub use records::{GatewayProfile, Outcome, PhoneNumber, Request};

uniffi::setup_scaffolding!();

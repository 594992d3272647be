//! wamux for Node: conversion only.
//!
//! Every value crosses as one JSON text each way, which is the fastest way over, and every error as one JSON text in
//! the message of an exception, from which the TypeScript side makes an error of a class. Texts are Unicode when they
//! arrive: the TypeScript side has looked for lone surrogates.
#![expect(
    unreachable_pub,
    missing_debug_implementations,
    clippy::needless_pass_by_value,
    reason = "the callers are JavaScript, which owns what it passes"
)]
#![cfg_attr(
    test,
    allow(
        dead_code,
        reason = "napi exports nothing from a test build; node/test has the tests"
    )
)]

mod authentication;
mod bulk;
mod calls;
mod client;
mod command;
mod download;
mod errors;
mod failover;
mod functions;
mod inbox;
mod messages;
mod retry;
mod runtime;
mod sandbox;
mod settings;
mod upload;
mod webhook;

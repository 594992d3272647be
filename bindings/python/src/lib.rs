//! wamux for Python: conversion only.
//!
//! The package `wamux` is a thin layer over this module, `wamux._native`. Records (`record`, `generated`) go in through
//! `value` and come out through `results`; `errors` and `runtime` are the one place each for what their names say.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        reason = "a test fails by panicking"
    )
)]
#![expect(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "the documentation of what Python sees is written as Python's"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "pyo3 hands over what it extracts"
)]

mod async_client;
mod authentication;
mod awaited;
mod bulk;
mod called_off;
mod calls;
mod client;
mod command;
mod connection;
mod download;
mod errors;
mod failover;
mod fork;
mod functions;
#[rustfmt::skip]
mod generated;
mod held;
mod inbox;
mod logging;
mod masked;
mod messages;
mod name;
mod on_retry;
mod record;
mod response;
mod results;
mod runtime;
mod sandbox;
mod settings;
mod source;
mod to_dict;
mod value;

#[pyo3::pymodule(gil_used = true)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::async_client::AsyncClient;
    #[pymodule_export]
    use crate::authentication::Authentication;
    #[pymodule_export]
    use crate::bulk::Sending;
    #[pymodule_export]
    use crate::calls::{build_call, parse_call_response};
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::command::_run_command;
    #[pymodule_export]
    use crate::download::{AsyncDownload, Download};
    #[pymodule_export]
    use crate::failover::{AsyncFailover, Failover};
    #[pymodule_export]
    use crate::functions::{
        build_request, capabilities, codes, normalize_phone, parse_response, parse_webhook,
        validate_payload,
    };
    #[pymodule_export]
    use crate::inbox::{AsyncInbox, Ended, Inbox};
    #[pymodule_export]
    use crate::messages::Pages;
    #[pymodule_export]
    use crate::record::{_rebuild, Record};
    #[pymodule_export]
    use crate::response::Response;
    #[pymodule_export]
    use crate::runtime::_shut_down;
    #[pymodule_export]
    use crate::sandbox::Sandbox;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        use crate::record::AddRecords as _;
        use crate::sandbox::{COUNTS, Counts, STORED_MESSAGE, StoredMessage};
        crate::generated::add_all(module)?;
        crate::calls::add_attributes(module)?;
        crate::fork::register(module)?;
        // Made by the runtime's thread, it could be half made at a fork.
        module.py().get_type::<crate::awaited::EndOfFuture>();
        crate::inbox::add_records(module)?;
        module.add_record::<StoredMessage>(&STORED_MESSAGE)?;
        module.add_record::<Counts>(&COUNTS)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        let gateways = wamux::gateway::REGISTRY.iter().map(|profile| profile.id);
        let gateways = pyo3::types::PyTuple::new(module.py(), gateways.collect::<Vec<_>>())?;
        module.add("GATEWAYS", gateways)?;
        let shut_down = module.getattr("_shut_down")?;
        let at_exit = module.py().import("atexit")?;
        at_exit.call_method1("register", (shut_down,))?;
        // The packages over this module say what is public.
        module.delattr("__all__")
    }
}

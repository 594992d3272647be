//! The calls beyond sending.
//!
//! Sources: chat-api, "The REST API"; the `OpenAPI` descriptions of its clients.

mod instance;

pub use instance::{AccountStatus, GetQrCode, GetStatus, InstanceStatus, StatusData};

use crate::call::CallProfile;

pub(super) static CALLS: &[CallProfile] = &[
    CallProfile::of::<GetStatus>(),
    CallProfile::of::<GetQrCode>(),
];

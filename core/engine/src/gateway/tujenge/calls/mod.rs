//! The calls beyond sending.
//!
//! Sources: Meta, "WhatsApp On-Premises API", its pages on each of them; Tujenge, "WhatsApp API Version 1", for what it
//! passes on.

mod media;
mod messages;

pub use media::{DeleteMedia, DownloadMedia, Media, UploadMedia};
pub use messages::MarkAsRead;

use crate::call::CallProfile;

pub(super) static CALLS: &[CallProfile] = &[
    CallProfile::of::<MarkAsRead>(),
    CallProfile::of::<UploadMedia>(),
    CallProfile::of::<DownloadMedia>(),
    CallProfile::of::<DeleteMedia>(),
];

/// The paths that Tujenge does not pass on, each with what it says of them; those below them are not passed on either.
const BLOCKED: &[(&str, &str)] = &[
    (
        "/v1/settings",
        "settings but the business profile, the about text and the photo",
    ),
    ("/v1/certificates", "certificates"),
    ("/v1/account", "registration"),
    ("/v1/health", "the health check"),
    ("/v1/stats", "stats and metrics"),
    ("/metrics", "stats and metrics"),
    ("/v1/support", "support"),
    ("/v1/users", "users"),
];

/// The settings that it does pass on.
const PASSED_ON: &[&str] = &[
    "/v1/settings/business/profile",
    "/v1/settings/profile/about",
    "/v1/settings/profile/photo",
];

/// Why a path is not passed on.
pub(super) fn blocked(path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let below = |start: &&str| {
        path.strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if PASSED_ON.iter().any(below) {
        return None;
    }
    let blocked = BLOCKED.iter().find(|(start, _)| below(start))?;
    Some(blocked.1)
}

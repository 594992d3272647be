//! The paths that Tujenge does not pass on.
//!
//! Source: Tujenge, "WhatsApp API Version 1", Blacklisted paths.

use percent_encoding::percent_decode_str;

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
pub(in crate::gateway::tujenge) fn blocked(path: &str) -> Option<&'static str> {
    let path = plain(path);
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

/// A path as it may arrive: clients and servers take steps in it, decode it, join its slashes, and some do not tell
/// letters' cases apart. Clients leave out line breaks and tabs, and read a backslash as a slash.
fn plain(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let seen: String = decoded.replace(['\t', '\r', '\n'], "");
    let mut steps = Vec::new();
    for step in seen.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            name => steps.push(name),
        }
    }
    format!("/{}", steps.join("/")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tujenge::calls::CALLS;
    use crate::gateway::{self, reader};
    use crate::{Settings, Source};

    #[test]
    fn what_the_page_lists_is_blocked_and_what_is_below_it() {
        for path in [
            "/v1/settings",
            "/v1/certificates",
            "/v1/account",
            "/v1/health",
            "/v1/stats",
            "/metrics",
            "/v1/support",
            "/v1/users",
        ] {
            let words = blocked(path);
            assert!(words.is_some(), "{path}");
            for end in [
                "/",
                "/x",
                "/x/y",
                "?a=b",
                "#a",
                "/x?a=/v1/messages",
                "?/v1/messages",
            ] {
                assert_eq!(blocked(&format!("{path}{end}")), words, "{path}{end}");
            }
        }
        for path in [
            "/v1/settings/application",
            "/v1/settings/backup",
            "/v1/settings/business",
            "/v1/settings/profile",
            "/v1/settings/account/two-step",
            "/v1/account/verify",
            "/v1/certificates/external",
            "/v1/stats/app",
            "/v1/users/login",
        ] {
            assert!(blocked(path).is_some(), "{path}");
        }
    }

    #[test]
    fn the_allowed_settings_pass() {
        for path in [
            "/v1/settings/business/profile",
            "/v1/settings/profile/about",
            "/v1/settings/profile/photo",
            "/v1/settings/profile/photo?format=link",
            "/v1/settings/profile/photo/",
        ] {
            assert_eq!(blocked(path), None, "{path}");
        }
    }

    #[test]
    fn look_alikes_pass() {
        for path in [
            "",
            "/",
            "/v1",
            "/v1/messages",
            "/v1/contacts",
            "/v1/media/f043afd0",
            "/v1/configs/webhook",
            "/v1/usersx",
            "/v1/users-x",
            "/v1/user",
            "/v1/setting",
            "/v1/settingsx/application",
            "/v1/statsx",
            "/metricsx",
            "/v1/metrics",
            "/v2/users",
            "/users",
            "/v1/x/users",
            "/v1/messages?to=/v1/users",
            "/v1/messages#/v1/users",
            "/v1/media/..%2",
        ] {
            assert_eq!(blocked(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_that_arrives_as_a_blocked_one_is_blocked() {
        for path in [
            "/v1/%75sers",
            "/v1/%55SERS",
            "/v1%2Fusers",
            "/v1%2fusers%2fadmin",
            "//v1/users",
            "/v1//users",
            "/v1/./users",
            "/v1/%2e/users",
            "/v1/messages/../users",
            "/v1/messages/%2E%2e/users",
            "/v1/messages/..%2Fusers",
            "/v1/messages/a/../../users",
            "/../../v1/users",
            "/v1/settings/profile/about/../../application",
            "/v1/settings/business/profile/..",
            "/V1/Users",
            "/V1/SETTINGS/application",
            "/METRICS",
            "\\v1\\users",
            "/v1/us\ners",
            "/v1/us\ters",
            "v1/users",
        ] {
            assert!(blocked(path).is_some(), "{path}");
        }
    }

    #[test]
    fn a_step_aside_that_arrives_elsewhere_passes() {
        for path in [
            "/v1/users/../messages",
            "/v1/settings/../media",
            "/v1/settings/x/../profile/about",
        ] {
            assert_eq!(blocked(path), None, "{path}");
        }
    }

    #[test]
    fn no_call_of_ours_is_blocked() {
        let gateway = gateway::open("tujenge", &Settings::default().masked()).unwrap();
        let host = gateway.url("");
        let arguments = serde_json::json!({
            "message_id": "1", "media_id": "1", "group_id": "1", "sticker_pack_id": "1", "index": 1,
            "contacts": ["+79034567890"], "phone": "+79034567890", "wa_ids": ["+79034567890"],
            "mime_type": "image/png", "subject": "a", "text": "a", "url": "https://a.b",
            "publisher": "a", "name": "a", "image_data_id": "1",
        });
        let schema = crate::calls_schema();
        for (position, call) in CALLS.iter().enumerate() {
            // Each call takes those of the arguments that it has.
            let schema = &schema["gateways"]["tujenge"][position]["arguments"];
            let has = |name: &str| schema["properties"].get(name).is_some();
            let members = arguments.as_object().unwrap().iter();
            let own = members.filter(|(name, _)| has(name));
            let own = own.map(|(name, value)| (name.clone(), value.clone()));
            let own = serde_json::Value::Object(own.collect());
            let source = Some(Source::from(b"PNG".to_vec()));
            let request = call
                .request(reader("tujenge").unwrap(), &own, source)
                .unwrap();
            let path = request.url().strip_prefix(&host).unwrap();
            assert_eq!(blocked(path), None, "{}", call.name);
        }
    }
}

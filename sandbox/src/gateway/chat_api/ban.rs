//! Which numbers the instance bans.

use fancy_regex::Regex;
use serde_json::{Value, json};

use super::send::read_phone;
use crate::check::{ANY_LENGTH, Need, Object, Problems, Rule, note};

/// The mask of banned numbers and the warning before a ban.
#[derive(Default)]
pub(super) struct Ban {
    /// Absent while nobody is banned. It may look ahead and behind, as expressions of the languages that gateways are
    /// written in do.
    mask: Option<Regex>,
    warning: String,
}

impl Ban {
    fn mask(&self) -> &str {
        self.mask.as_ref().map_or("", Regex::as_str)
    }

    /// `GET /banSettings`; `is_set` says whether this call changed them.
    pub(super) fn show(&self, is_set: bool) -> Value {
        json!({"banPhoneMask": self.mask(), "preBanMessage": self.warning, "set": is_set})
    }

    /// `POST /banSettings`. An empty mask bans nobody.
    pub(super) fn set(&mut self, mut request: Object<'_>, problems: &mut Problems) -> Value {
        let mask = request.string("banPhoneMask", Need::Required, &ANY_LENGTH, problems);
        let warning = request.string("preBanMessage", Need::Optional, &ANY_LENGTH, problems);
        let mask = mask.filter(|mask| !mask.is_empty()).map(Regex::new);
        if let Some(Err(_)) = mask {
            let detail = "must be a regular expression";
            note(problems, Rule::Invalid, "banPhoneMask", detail);
        }
        request.finish(problems);
        if problems.is_empty() {
            self.mask = mask.and_then(Result::ok);
            if let Some(warning) = warning {
                warning.clone_into(&mut self.warning);
            }
        }
        self.show(true)
    }

    /// `POST /banTest`.
    pub(super) fn test(&self, mut request: Object<'_>, problems: &mut Problems) -> Value {
        let phone = read_phone(&mut request, "phone", problems).unwrap_or_default();
        request.finish(problems);
        // One that gives up on a number does not fit it.
        let fits = |mask: &Regex| mask.is_match(&phone).unwrap_or(false);
        let is_banned = self.mask.as_ref().is_some_and(fits);
        let message = if is_banned {
            "The number is banned"
        } else {
            "The number is not banned"
        };
        json!({
            "banned": is_banned,
            "message": message,
            "phone": phone,
            "banPhoneMask": self.mask(),
        })
    }
}

//! The three settings that the host leaves open: the business profile, the line about it, and its photo.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::document::{done, read_document, tell};
use super::errors::refuse;
use super::picture::Picture;
use crate::check::{Need, Object, Problems, as_string, check_length, check_web_address};
use crate::gateway::{Call, Reply};
use crate::lock;

/// Pixels of a side of the photo (On-Premises API, Settings, Profile Photo).
const PHOTO_EDGE: std::ops::RangeInclusive<usize> = 192..=640;

/// Texts of the profile with their longest values in characters (On-Premises API, Settings, Business Profile).
const TEXTS: [(&str, usize); 3] = [("address", 256), ("description", 256), ("email", 128)];

/// Addresses of websites: how many, and how long each.
const MOST_WEBSITES: usize = 2;
const LONGEST_WEBSITE: usize = 256;

/// What a business may be (On-Premises API, Settings, Business Profile); empty until it is set.
const VERTICALS: [&str; 17] = [
    "Automotive",
    "Beauty, Spa and Salon",
    "Clothing and Apparel",
    "Education",
    "Entertainment",
    "Event Planning and Service",
    "Finance and Banking",
    "Food and Grocery",
    "Public Service",
    "Hotel and Lodging",
    "Medical and Health",
    "Non-profit",
    "Professional Services",
    "Shopping and Retail",
    "Travel and Transportation",
    "Restaurant",
    "Other",
];

struct State {
    profile: BTreeMap<&'static str, Value>,
    about: String,
    photo: Option<Picture>,
}

impl Default for State {
    fn default() -> Self {
        let texts = ["address", "description", "email", "vertical"];
        let mut profile: BTreeMap<_, _> = texts.map(|name| (name, json!(""))).into();
        profile.insert("websites", json!([]));
        Self {
            profile,
            about: String::new(),
            photo: None,
        }
    }
}

/// The settings of the account.
#[derive(Default)]
pub(super) struct Settings(Mutex<State>);

impl Settings {
    /// Answers a call; `path` is what follows `/v1/settings`.
    pub(super) fn answer(&self, call: &Call<'_>, path: &[&str]) -> Option<Result<Reply, Reply>> {
        Some(match (call.method.as_str(), path) {
            ("GET", ["business", "profile"]) => {
                let profile = &lock(&self.0).profile;
                Ok(tell(
                    json!({"settings": {"business": {"profile": profile}}}),
                ))
            }
            ("POST", ["business", "profile"]) => self.update_profile(call),
            ("GET", ["profile", "about"]) => {
                let text = &lock(&self.0).about;
                Ok(tell(
                    json!({"settings": {"profile": {"about": {"text": text}}}}),
                ))
            }
            ("PATCH", ["profile", "about"]) => self.update_about(call),
            ("GET", ["profile", "photo"]) => self.photo(call),
            ("POST", ["profile", "photo"]) => self.set_photo(call),
            ("DELETE", ["profile", "photo"]) => {
                let photo = lock(&self.0).photo.take();
                photo.map(|_| done()).ok_or_else(no_photo)
            }
            _ => return None,
        })
    }

    /// What the document names changes; the rest stays.
    fn update_profile(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let mut state = lock(&self.0);
        let has_vertical = state.profile.get("vertical") != Some(&json!(""));
        let update = read_document(call, |document, problems| {
            Some(read_profile(document, has_vertical, problems))
        })?;
        state.profile.extend(update);
        Ok(done())
    }

    fn update_about(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let text = read_document(call, |document, problems| {
            let text = document.string("text", Need::Required, &(0..=139), problems)?;
            Some(text.to_owned())
        })?;
        lock(&self.0).about = text;
        Ok(done())
    }

    fn photo(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let state = lock(&self.0);
        let photo = state.photo.as_ref().ok_or_else(no_photo)?;
        photo.answer(call, |link| {
            tell(json!({"settings": {"profile": {"photo": {"link": link}}}}))
        })
    }

    fn set_photo(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let photo = Picture::read(call)?;
        if photo.width != photo.height || !PHOTO_EDGE.contains(&photo.width) {
            let details = format!(
                "the photo is {} by {} pixels; it must be a square of {} to {}",
                photo.width,
                photo.height,
                PHOTO_EDGE.start(),
                PHOTO_EDGE.end(),
            );
            return Err(refuse(1009, details));
        }
        lock(&self.0).photo = Some(photo);
        Ok(done())
    }
}

fn no_photo() -> Reply {
    refuse(1006, "the profile has no photo")
}

fn read_profile(
    document: &mut Object<'_>,
    has_vertical: bool,
    problems: &mut Problems,
) -> BTreeMap<&'static str, Value> {
    let mut update = BTreeMap::new();
    for (name, most) in TEXTS {
        if let Some(text) = document.string(name, Need::Optional, &(0..=most), problems) {
            update.insert(name, json!(text));
        }
    }
    let allowed: Vec<&str> = VERTICALS
        .into_iter()
        .chain((!has_vertical).then_some(""))
        .collect();
    if let Some(vertical) = document.choice("vertical", Need::Optional, &allowed, problems) {
        update.insert("vertical", json!(vertical));
    }
    if document.has("websites") {
        let mut websites = Vec::new();
        for (path, item) in document.array("websites", Need::Optional, MOST_WEBSITES, problems) {
            if let Some(website) = as_string(item, &path, problems)
                && check_web_address(website, &path, problems)
            {
                check_length(website, &(0..=LONGEST_WEBSITE), &path, problems);
                websites.push(json!(website));
            }
        }
        update.insert("websites", Value::Array(websites));
    }
    update
}

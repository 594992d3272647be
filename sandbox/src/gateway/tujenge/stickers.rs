//! Sticker packs and their stickers.

use std::sync::Mutex;

use serde_json::{Map, Value, json};

use super::document::{done, read_document, tell};
use super::errors::refuse;
use crate::check::{NOT_EMPTY, Need, Object, Problems, Rule, check_web_address, note};
use crate::gateway::business::{UNKNOWN_MEDIA, UNKNOWN_MEDIA_ID};
use crate::gateway::{Call, Reply};
use crate::lock;

/// The packs of WhatsApp itself, behind `?namespace=whatsapp`, with their stickers' emojis. Nobody changes them.
const FIRST_PARTY: [(&str, &str, [&str; 2]); 1] = [("whatsappcuppy", "Cuppy", ["☕", "😃"])];

struct Sticker {
    index: u64,
    /// What the sticker is sent by.
    id: String,
    image_data_id: String,
    emojis: Vec<String>,
}

struct Pack {
    id: String,
    /// Publisher, name and links.
    about: Map<String, Value>,
    stickers: Vec<Sticker>,
    /// Indexes are not used again.
    next_index: u64,
}

/// The packs of the account, the oldest first.
#[derive(Default)]
pub(super) struct StickerPacks(Mutex<Vec<Pack>>);

impl StickerPacks {
    /// Answers a call; `path` is what follows `/v1/stickerpacks`.
    pub(super) fn answer(&self, call: &Call<'_>, path: &[&str]) -> Option<Result<Reply, Reply>> {
        let method = call.method.as_str();
        match call.query.get("namespace").map(String::as_str) {
            None | Some("third_party") => {}
            Some("whatsapp") if method == "GET" => return first_party(path),
            Some("whatsapp") => {
                return Some(Err(refuse(1005, "the packs of WhatsApp cannot be changed")));
            }
            Some(_) => {
                let details = "namespace: must be whatsapp, or absent for the account's own packs";
                return Some(Err(refuse(1009, details)));
            }
        }
        Some(match (method, path) {
            ("GET", []) => {
                let ids: Vec<Value> = lock(&self.0)
                    .iter()
                    .map(|pack| json!({"id": pack.id}))
                    .collect();
                Ok(tell(json!({ "stickerpacks": ids })))
            }
            ("POST", []) => self.create(call),
            ("GET", [id]) => {
                self.change(id, |pack| Ok(tell(json!({"stickerpacks": [pack.about]}))))
            }
            ("PATCH", [id]) => self.change(id, |pack| {
                let about = read_document(call, |document, problems| {
                    Some(read_pack(document, Need::Optional, problems))
                })?;
                pack.about.extend(about);
                Ok(done())
            }),
            ("DELETE", [id]) => self.change(id, |_| Ok(())).map(|()| {
                lock(&self.0).retain(|pack| pack.id != *id);
                done()
            }),
            ("GET", [id, "stickers"]) => self.change(id, |pack| {
                Ok(tell_indexes(
                    pack.stickers.iter().map(|sticker| sticker.index),
                ))
            }),
            ("POST", [id, "stickers"]) => self.change(id, |pack| pack.add(call)),
            ("GET", [id, "stickers", index]) => self.change(id, |pack| {
                let sticker = pack.sticker(index)?;
                Ok(tell(json!({"stickers": [{
                    "id": sticker.id,
                    "emojis": sticker.emojis,
                    "image_data_id": sticker.image_data_id,
                }]})))
            }),
            ("PATCH", [id, "stickers", index]) => self.change(id, |pack| {
                let sticker = pack.sticker(index)?;
                let (image, emojis) = read_sticker(call, Need::Optional)?;
                if let Some(image) = image {
                    sticker.image_data_id = image;
                }
                if let Some(emojis) = emojis {
                    sticker.emojis = emojis;
                }
                Ok(done())
            }),
            ("DELETE", [id, "stickers", index]) => self.change(id, |pack| {
                let index = pack.sticker(index)?.index;
                pack.stickers.retain(|sticker| sticker.index != index);
                Ok(done())
            }),
            _ => return None,
        })
    }

    fn create(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let about = read_document(call, |document, problems| {
            Some(read_pack(document, Need::Required, problems))
        })?;
        let id = format!("sandbox-pack-{}", call.numbers.next());
        lock(&self.0).push(Pack {
            id: id.clone(),
            about,
            stickers: Vec::new(),
            next_index: 0,
        });
        Ok(tell(json!({"stickerpacks": [{"id": id}]})))
    }

    /// Lets a pack be read or changed.
    fn change<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Pack) -> Result<T, Reply>,
    ) -> Result<T, Reply> {
        let mut packs = lock(&self.0);
        let pack = packs.iter_mut().find(|pack| pack.id == id);
        change(pack.ok_or_else(unknown_pack)?)
    }
}

impl Pack {
    fn add(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let (image, emojis) = read_sticker(call, Need::Required)?;
        let index = self.next_index;
        self.next_index += 1;
        self.stickers.push(Sticker {
            index,
            id: format!("sandbox-sticker-{}", call.numbers.next()),
            image_data_id: image.unwrap_or_default(),
            emojis: emojis.unwrap_or_default(),
        });
        Ok(tell_indexes(std::iter::once(index)))
    }

    fn sticker(&mut self, index: &str) -> Result<&mut Sticker, Reply> {
        self.stickers
            .iter_mut()
            .find(|sticker| sticker.index.to_string() == index)
            .ok_or_else(unknown_sticker)
    }
}

/// Reads of the packs that WhatsApp has.
fn first_party(path: &[&str]) -> Option<Result<Reply, Reply>> {
    let Some((id, rest)) = path.split_first() else {
        let ids = FIRST_PARTY.map(|(id, ..)| json!({"id": id}));
        return Some(Ok(tell(json!({ "stickerpacks": ids }))));
    };
    let Some((_, name, emojis)) = FIRST_PARTY.iter().find(|(known, ..)| known == id) else {
        return Some(Err(unknown_pack()));
    };
    match rest {
        [] => Some(Ok(tell(
            json!({"stickerpacks": [{"publisher": "WhatsApp", "name": name}]}),
        ))),
        ["stickers"] => Some(Ok(tell_indexes(0..emojis.len() as u64))),
        ["stickers", index] => {
            let emoji = index
                .parse()
                .ok()
                .and_then(|index: usize| emojis.get(index));
            Some(emoji.ok_or_else(unknown_sticker).map(|emoji| {
                let sticker_id = format!("{id}-{index}");
                tell(json!({"stickers": [{"id": sticker_id, "emojis": [emoji]}]}))
            }))
        }
        _ => None,
    }
}

fn tell_indexes(indexes: impl Iterator<Item = u64>) -> Reply {
    let stickers: Vec<Value> = indexes
        .map(|index| json!({"index": index.to_string()}))
        .collect();
    tell(json!({ "stickers": stickers }))
}

fn unknown_pack() -> Reply {
    refuse(1006, "no sticker pack has this id")
}

fn unknown_sticker() -> Reply {
    refuse(1006, "no sticker of the pack has this index")
}

/// Publisher, name and links, as far as they stand.
fn read_pack(document: &mut Object<'_>, need: Need, problems: &mut Problems) -> Map<String, Value> {
    let mut about = Map::new();
    for name in ["publisher", "name"] {
        if let Some(text) = document.string(name, need, &NOT_EMPTY, problems) {
            about.insert(name.to_owned(), json!(text));
        }
    }
    for name in ["ios_app_store_link", "android_app_store_link"] {
        if let Some(link) = document.string(name, Need::Optional, &NOT_EMPTY, problems) {
            check_web_address(link, name, problems);
            about.insert(name.to_owned(), json!(link));
        }
    }
    about
}

/// The image and the emojis of a sticker, as far as they stand.
fn read_sticker(
    call: &Call<'_>,
    need: Need,
) -> Result<(Option<String>, Option<Vec<String>>), Reply> {
    read_document(call, |document, problems| {
        let image = document.string("image_data_id", need, &NOT_EMPTY, problems);
        if image == Some(UNKNOWN_MEDIA_ID) {
            note(problems, Rule::Invalid, "image_data_id", UNKNOWN_MEDIA);
        }
        let has_emojis = document.has("emojis");
        let mut emojis = Vec::new();
        for (path, item) in document.array("emojis", Need::Optional, usize::MAX, problems) {
            match item.as_str() {
                Some(emoji) if !emoji.is_empty() => emojis.push(emoji.to_owned()),
                _ => note(
                    problems,
                    Rule::WrongType,
                    path,
                    "must be an emoji in a string",
                ),
            }
        }
        Some((image.map(str::to_owned), has_emojis.then_some(emojis)))
    })
}

//! Files: uploaded ones, on disk, and those of incoming messages, made up.

use std::collections::VecDeque;
use std::sync::Mutex;

use bytes::Bytes;
use http::header;
use serde_json::json;

use super::document::{done, tell};
use super::errors::refuse;
use crate::form::is_mime_type;
use crate::gateway::{Call, Reply, ReplyBody};
use crate::lock;
use crate::log::keep;

/// What the documents mean by a megabyte is not said; the larger meaning refuses nothing that is good.
const MEGABYTE: u64 = 1024 * 1024;

/// The largest sticker in bytes, 100 kilobytes (On-Premises API, Media).
const STICKER: u64 = 100 * 1024;

/// The largest upload in bytes, whatever its type (On-Premises API, Media).
pub(super) const LARGEST: usize = 100 * 1024 * 1024;

/// How many files are kept, the oldest going first: each holds a file descriptor.
const KEPT: usize = 256;

struct File {
    id: String,
    mime_type: String,
    body: ReplyBody,
}

/// All files, the oldest first.
#[derive(Default)]
pub(super) struct Media(Mutex<VecDeque<File>>);

impl Media {
    /// Answers a call; `path` is what follows `/v1/media`.
    pub(super) fn answer(&self, call: &Call<'_>, path: &[&str]) -> Option<Result<Reply, Reply>> {
        Some(match (call.method.as_str(), path) {
            ("POST", []) => self.upload(call),
            ("GET", [id]) => self.download(id),
            ("DELETE", [id]) => self.delete(id),
            _ => return None,
        })
    }

    /// Makes the file of an incoming message up.
    pub(super) fn make_up(&self, id: &str, mime_type: &str) {
        let body = ReplyBody::Bytes(Bytes::from_static(sample(mime_type)));
        self.keep(id, mime_type, body);
    }

    fn keep(&self, id: &str, mime_type: &str, body: ReplyBody) {
        let mut files = lock(&self.0);
        files.retain(|file| file.id != id);
        let file = File {
            id: id.to_owned(),
            mime_type: mime_type.to_owned(),
            body,
        };
        keep(&mut files, file, KEPT);
    }

    fn upload(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let Some(mime_type) = call.header(header::CONTENT_TYPE.as_str()) else {
            return Err(refuse(
                1008,
                "the header Content-Type must name the file's type",
            ));
        };
        let limit = limit_of(mime_type)?;
        let file = call.file.as_ref().filter(|file| file.size() > 0);
        let Some(file) = file else {
            return Err(refuse(1008, "the body must be the bytes of a file"));
        };
        if file.size() > limit {
            let kilobytes = limit / 1024;
            let details = format!("the file is too large: this type has at most {kilobytes} KiB");
            return Err(refuse(1009, details));
        }
        let id = format!("sandbox-{}", call.numbers.next());
        self.keep(&id, mime_type, ReplyBody::File(file.clone()));
        Ok(tell(json!({"media": [{"id": id}]})))
    }

    fn download(&self, id: &str) -> Result<Reply, Reply> {
        lock(&self.0)
            .iter()
            .find(|file| file.id == id)
            .map(|file| Reply::file(file.mime_type.clone(), file.body.clone()))
            .ok_or_else(unknown_file)
    }

    fn delete(&self, id: &str) -> Result<Reply, Reply> {
        let mut files = lock(&self.0);
        let index = files.iter().position(|file| file.id == id);
        files
            .remove(index.ok_or_else(unknown_file)?)
            .map(|_| done())
            .ok_or_else(unknown_file)
    }
}

fn unknown_file() -> Reply {
    refuse(1006, "no file has this media id")
}

/// The largest file of a type in bytes. What is none of the types that can be shown or played goes as a document
/// (On-Premises API, Media, Supported Content-Types).
fn limit_of(mime_type: &str) -> Result<u64, Reply> {
    let mut parts = mime_type
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let limit = match essence.as_str() {
        "audio/ogg" => {
            let is_opus = parts.any(|part| part.replace([' ', '"'], "") == "codecs=opus");
            if !is_opus {
                return Err(refuse(
                    1000,
                    "Audio file format (audio/ogg) is not supported",
                ));
            }
            16 * MEGABYTE
        }
        "audio/aac" | "audio/amr" | "audio/mp4" | "audio/mpeg" | "video/3gpp" | "video/mp4" => {
            16 * MEGABYTE
        }
        "image/jpeg" | "image/png" => 5 * MEGABYTE,
        "image/webp" => STICKER,
        // A form is what a client sends that takes the call for an upload by a browser.
        "multipart/form-data" => {
            return Err(refuse(1009, "the body must be the file alone, and no form"));
        }
        other if is_mime_type(other) => 100 * MEGABYTE,
        _ => return Err(refuse(1009, "the header Content-Type must be a MIME type")),
    };
    Ok(limit)
}

/// The file of an incoming message: a few bytes that a program which looks at them takes for that type.
pub(super) fn sample(mime_type: &str) -> &'static [u8] {
    let essence = mime_type.split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "audio/aac" => b"\xff\xf1\x50\x80\x00\x1f\xfc",
        "audio/amr" => b"#!AMR\n",
        "audio/mp4" | "video/mp4" => b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        "audio/mpeg" => b"ID3\x03\0\0\0\0\0\0",
        "audio/ogg" => b"OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0",
        "application/pdf" => b"%PDF-1.4\n%%EOF\n",
        "image/jpeg" => b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9",
        "image/png" => PNG,
        "image/webp" => b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
        "video/3gpp" => b"\0\0\0\x14ftyp3gp4\0\0\0\x003gp4",
        _ => b"a file of the sandbox\n",
    }
}

/// One black point.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\x0aIDATx\xdac`\0\0\0\x02\0\x01\xe5'\xde\xfc\0\0\0\0IEND\xaeB`\x82";

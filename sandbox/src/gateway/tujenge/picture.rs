//! Pictures that are set as raw bytes: the profile's photo and the icons of groups.

use bytes::Bytes;
use http::header;
use imagesize::{ImageType, blob_size, image_type};
use serde_json::{Value, json};

use super::errors::refuse;
use crate::gateway::{Call, Reply, ReplyBody};

/// The largest picture in bytes: 5 MB (On-Premises API, Settings, Profile Photo).
const LARGEST: u64 = 5 * 1024 * 1024;

/// A picture that can be read.
pub(super) struct Picture {
    mime_type: &'static str,
    bytes: Bytes,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Picture {
    /// The picture in the body of a call.
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Reply> {
        let given = call
            .header(header::CONTENT_TYPE.as_str())
            .unwrap_or_default();
        let (mime_type, wanted) = match given.trim().to_ascii_lowercase().as_str() {
            "image/jpeg" => ("image/jpeg", ImageType::Jpeg),
            "image/png" => ("image/png", ImageType::Png),
            _ => {
                let details = "the header Content-Type must be image/jpeg or image/png";
                return Err(refuse(1009, details));
            }
        };
        let Some(file) = call.file.as_ref().filter(|file| file.size() > 0) else {
            return Err(refuse(1008, "the body must be the bytes of a picture"));
        };
        if file.size() > LARGEST {
            return Err(refuse(
                1009,
                "the picture is too large: it has at most 5 MiB",
            ));
        }
        let bytes = file
            .read()
            .map_err(|_| refuse(1000, "Failed to generate processed file path"))?;
        let has_type = image_type(&bytes).is_ok_and(|found| found == wanted);
        match blob_size(&bytes) {
            Ok(size) if has_type => Ok(Self {
                mime_type,
                bytes,
                width: size.width,
                height: size.height,
            }),
            _ => Err(refuse(
                1009,
                format!("the body is no picture of type {mime_type}"),
            )),
        }
    }

    /// The bytes, or with `?format=link` what `told` makes of their address. The address is that of this very call,
    /// and needs the key as it does.
    pub(super) fn answer(
        &self,
        call: &Call<'_>,
        told: impl FnOnce(Value) -> Reply,
    ) -> Result<Reply, Reply> {
        match call.query.get("format").map(String::as_str) {
            None => Ok(Reply::file(
                self.mime_type,
                ReplyBody::Bytes(self.bytes.clone()),
            )),
            Some("link") => {
                let host = call.header(header::HOST.as_str()).unwrap_or("127.0.0.1");
                Ok(told(json!(format!("http://{host}{}", call.path))))
            }
            Some(_) => Err(refuse(
                1009,
                "format: must be link, or absent for the bytes",
            )),
        }
    }
}

//! Media that messages refer to by id.
//!
//! Source: Meta, "WhatsApp On-Premises API", Media: 64 MB in its later versions and 100 MB before are the most that it
//! takes; 100 MB is what is checked here, and below it the size that messages of the kind may have.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wamux_phone::Region;

use crate::call::{Call, CallRequest, DownloadCall, Source, Transfer, acknowledged, done};
use crate::error::Error;
use crate::event::text_or_number;
use crate::feature::is_of_type;
use crate::gateway::Answer;
use crate::gateway::tujenge::PROFILE;
use crate::violation::{Code, Violation};

const MIB: u64 = 1024 * 1024;

/// What may be sent of each kind, in bytes. Source: the same page, "Supported files".
const LIMITS: &[(&str, u64)] = &[
    ("image", 5 * MIB),
    ("audio", 16 * MIB),
    ("video", 16 * MIB),
    ("sticker", 100 * 1024),
];

/// Any file can be a document.
const DOCUMENT: u64 = 100 * MIB;

/// Uploads a file, for messages to refer to by its id. WhatsApp keeps it for 14 days.
///
/// The MIME type says what it can be sent as: pictures have at most 5 MiB, audio and video 16 MiB, stickers
/// (`image/webp`) 100 KiB, and any other file, which is a document, 100 MiB.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UploadMedia};
/// use wamux_engine::{Code, Settings, Source, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let picture = vec![0; 5 * 1024 * 1024 + 1];
/// let call = UploadMedia::new("image/jpeg", Source::from(picture));
/// let error = call_request(gateway.as_ref(), &call).unwrap_err();
/// assert_eq!(error.violations()[0].code, Code::LengthTooLong);
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadMedia {
    /// The MIME type of the file, such as `image/jpeg`.
    pub mime_type: String,
    /// The file.
    #[serde(skip)]
    pub source: Source,
}

impl UploadMedia {
    /// An upload of a file of a MIME type.
    pub fn new(mime_type: impl Into<String>, source: Source) -> Self {
        Self {
            mime_type: mime_type.into(),
            source,
        }
    }
}

impl Call for UploadMedia {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "upload_media";
    const TRANSFER: Transfer = Transfer::Upload;

    type Output = Media;

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        let limit = limit(&self.mime_type);
        let mime_type = mended_type(&self.mime_type);
        let call = CallRequest::post("/v1/media").upload(mime_type, &self.source, limit);
        match refused_type(&self.mime_type) {
            Some(words) => call.fault(Violation::error(Code::Invalid, "mime_type", words)),
            None => call,
        }
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<Media, Error>> {
        let id = text_or_number(answer.body.pointer("/media/0/id"))?;
        Some(Ok(Media { id }))
    }

    fn attach(&mut self, source: Source) {
        self.source = source;
    }
}

/// The most bytes that a file of a MIME type may have.
fn limit(mime_type: &str) -> u64 {
    let is_of = |kind: &str| {
        let types = PROFILE.media_types(kind).unwrap_or_default();
        let same = |allowed: &&str| is_of_type(mime_type, essence(allowed));
        types.iter().any(same)
    };
    let limit = LIMITS.iter().find(|(kind, _)| is_of(kind));
    limit.map_or(DOCUMENT, |(_, limit)| *limit)
}

/// A MIME type without its parameters.
fn essence(mime_type: &str) -> &str {
    mime_type.split(';').next().unwrap_or_default().trim()
}

/// The MIME type to send: other pages print `audio/acc`, which is no type, for `audio/aac`.
fn mended_type(mime_type: &str) -> Cow<'_, str> {
    if !essence(mime_type).eq_ignore_ascii_case("audio/acc") {
        return mime_type.into();
    }
    let parameters = mime_type.find(';').map(|start| &mime_type[start..]);
    format!("audio/aac{}", parameters.unwrap_or_default()).into()
}

/// What is refused: the page says so of Ogg sound that is not Opus, and that the body is the file itself.
fn refused_type(mime_type: &str) -> Option<&'static str> {
    let essence = essence(mime_type).to_ascii_lowercase();
    let is_opus = |parameter: &str| {
        let parameter = parameter.replace([' ', '"'], "");
        parameter.eq_ignore_ascii_case("codecs=opus")
    };
    if essence == "audio/ogg" && !mime_type.split(';').skip(1).any(is_opus) {
        return Some("must name its codec: audio/ogg; codecs=opus; other Ogg sound is refused");
    }
    let words = "must be the type of the file, which is the whole body, and not that of a form";
    essence.starts_with("multipart/").then_some(words)
}

/// A file at the gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "UploadedMedia")]
pub struct Media {
    /// The id, which messages refer to.
    pub id: String,
}

/// Downloads a file: one that was uploaded, or that came in with a message.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DownloadMedia};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = DownloadMedia { media_id: "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert!(request.url().ends_with("/v1/media/f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68"));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DownloadMedia {
    /// The id of the file.
    pub media_id: String,
}

impl Call for DownloadMedia {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "download_media";
    const TRANSFER: Transfer = Transfer::Download;

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::get("/v1/media").segment("media_id", &self.media_id)
    }

    fn decode(_answer: &Answer<'_>) -> Option<Result<(), Error>> {
        done()
    }
}

impl DownloadCall for DownloadMedia {}

/// Deletes a file at the gateway.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::DeleteMedia};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = DeleteMedia { media_id: "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68".into() };
/// assert_eq!(call_request(gateway.as_ref(), &call)?.method, "DELETE");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteMedia {
    /// The id of the file.
    pub media_id: String,
}

impl Call for DeleteMedia {
    const GATEWAY: &'static str = PROFILE.id;
    const NAME: &'static str = "delete_media";

    type Output = ();

    fn request(&self, _region: Option<Region>) -> CallRequest<'_> {
        CallRequest::delete("/v1/media").segment("media_id", &self.media_id)
    }

    fn decode(answer: &Answer<'_>) -> Option<Result<(), Error>> {
        acknowledged(answer)
    }
}

//! A file of a gateway's, read as it comes.

use std::fmt;
use std::io;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::io::AsyncWriteExt as _;
use wamux_engine::http::HeaderMap;
use wamux_engine::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use wamux_engine::{Delivery, Error, Kind};

use crate::Client;
use crate::options::configuration;
use crate::transport::{Chunks, Opened};

/// A file that a gateway answers with. Its bytes are read as they come, so that a large one needs no memory.
///
/// ```
/// use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
/// use wamux::{Client, Settings, Source};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
/// # let mut settings = Settings::default();
/// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
/// # settings.set("api_key", "sandbox-key")?;
/// let client = Client::from_settings("tujenge", &settings)?;
/// let picture = Source::from(b"\x89PNG".to_vec());
/// let media = client.run(&UploadMedia::new("image/png", picture)).await?;
///
/// let mut download = client.download(&DownloadMedia { media_id: media.id }).await?;
/// assert_eq!(download.mime_type(), Some("image/png"));
/// let mut bytes = 0;
/// while let Some(chunk) = download.chunk().await? {
///     bytes += chunk.len();
/// }
/// assert_eq!(bytes, 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Download {
    client: Client,
    headers: HeaderMap,
    chunks: Chunks,
    /// What of the last chunk is still to be given.
    rest: Bytes,
    read: u64,
    progress: Option<Box<dyn FnMut(u64) + Send + Sync>>,
}

impl Download {
    pub(crate) fn new(client: Client, answer: Opened) -> Self {
        Self {
            client,
            headers: answer.headers,
            chunks: answer.chunks,
            rest: Bytes::new(),
            read: 0,
            progress: None,
        }
    }

    /// The MIME type that the gateway names.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes the file has, where the gateway says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.headers
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// Calls a function with the number of bytes that have come so far, after each piece: for a bar that shows how far
    /// [`Download::save`] is.
    ///
    /// ```
    /// # use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
    /// # use wamux::{Client, Settings, Source};
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// # let client = Client::from_settings("tujenge", &settings)?;
    /// # let picture = Source::from(b"\x89PNG".to_vec());
    /// # let media = client.run(&UploadMedia::new("image/png", picture)).await?;
    /// let mut download = client.download(&DownloadMedia { media_id: media.id }).await?;
    /// download.on_progress(|bytes| eprint!("\r{bytes} bytes"));
    /// assert_eq!(download.bytes(1000).await?.len(), 4);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_progress(&mut self, tell: impl FnMut(u64) + Send + Sync + 'static) {
        self.progress = Some(Box::new(tell));
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    ///
    /// `protocol` where the file ends early; `timeout` where nothing comes for as long as the client's timeout.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.chunk_up_to(usize::MAX).await
    }

    /// The next bytes, at least one and at most `most`, which is 1 where it is 0; `None` at the end.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`].
    ///
    /// ```
    /// # use wamux::gateway::typed::tujenge::{DownloadMedia, UploadMedia};
    /// # use wamux::{Client, Settings, Source};
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// # let client = Client::from_settings("tujenge", &settings)?;
    /// # let picture = Source::from(b"\x89PNG".to_vec());
    /// # let media = client.run(&UploadMedia::new("image/png", picture)).await?;
    /// let mut download = client.download(&DownloadMedia { media_id: media.id }).await?;
    /// assert_eq!(download.chunk_up_to(3).await?.as_deref(), Some(b"\x89PN".as_slice()));
    /// assert_eq!(download.bytes(100).await?, b"G");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn chunk_up_to(&mut self, most: usize) -> Result<Option<Bytes>, Error> {
        while self.rest.is_empty() {
            match self.chunks.next().await {
                None => return Ok(None),
                Some(Ok(chunk)) => self.rest = chunk,
                Some(Err(failure)) => return Err(failure.into_error(self.client.gateway())),
            }
        }
        let chunk = self.rest.split_to(self.rest.len().min(most.max(1)));
        self.read += chunk.len() as u64;
        if let Some(tell) = &mut self.progress {
            tell(self.read);
        }
        Ok(Some(chunk))
    }

    /// All bytes that are still to come, in memory.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`]; `protocol` for more than `limit` bytes.
    pub async fn bytes(&mut self, limit: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if bytes.len() + chunk.len() > limit {
                let words = format!("the file has more than {limit} bytes");
                let error = Error::new(Kind::Protocol, Delivery::Unknown, words);
                return Err(error.with_gateway(self.client.gateway().profile().id));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// All bytes as a data URI, which a page can show: `data:image/png;base64,…`.
    ///
    /// # Errors
    ///
    /// As [`Download::bytes`].
    pub async fn data_uri(&mut self, limit: usize) -> Result<String, Error> {
        let bytes = self.bytes(limit).await?;
        let mime_type = self.mime_type().unwrap_or("application/octet-stream");
        let start = format!("data:{mime_type};base64,");
        Ok(start + &BASE64_STANDARD.encode(bytes))
    }

    /// Writes the bytes that are still to come into a file, and says how many there were. The file has its name only
    /// once it is whole.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`]; `configuration` where the file cannot be written. Nothing is left behind then, nor where
    /// the future is dropped.
    pub async fn save(&mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        // A file with a name of its own beside the other, which is gone where anything goes wrong.
        let temporary = beside(folder).map_err(|e| not_written(&e))?;
        let (file, temporary) = temporary.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let before = self.read;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(|e| not_written(&e))?;
        }
        file.flush().await.map_err(|e| not_written(&e))?;
        let kept = temporary.persist(path);
        kept.map_err(|failure| not_written(&failure.error))?;
        Ok(self.read - before)
    }
}

/// A new file that may be read by whom the process lets read its files.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wamux-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn not_written(error: &io::Error) -> Error {
    configuration(format!("the file cannot be written: {error}"))
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("mime_type", &self.mime_type())
            .field("length", &self.length())
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

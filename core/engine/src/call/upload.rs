//! What is uploaded: named here, opened by the transport alone.

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the bytes of an upload come from.
///
/// Bytes and files can be read again, so that a failed upload can be repeated; a reader gives its bytes once.
///
/// ```
/// use wamux_engine::Source;
///
/// let picture = Source::from(b"\x89PNG".to_vec());
/// assert_eq!((picture.length(), picture.is_rewindable()), (Some(4), true));
///
/// let stream = Source::reader(std::io::empty(), None);
/// assert_eq!((stream.length(), stream.is_rewindable()), (None, false));
/// ```
#[derive(Clone)]
pub enum Source {
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
    /// A file.
    File {
        /// Its path.
        path: PathBuf,
        /// Its size in bytes.
        length: u64,
    },
    /// A stream of bytes.
    Reader {
        /// The stream.
        reader: Reader,
        /// How many bytes it has, where that is known.
        length: Option<u64>,
    },
}

impl Source {
    /// A stream of bytes, and how many it has, where that is known. It is read on a thread of its own.
    pub fn reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        let reader = Reader(Arc::new(Mutex::new(Some(Box::new(reader)))));
        Self::Reader { reader, length }
    }

    /// No bytes, but a length: for who only makes the request, and sends the bytes by other means.
    ///
    /// ```
    /// use wamux_engine::Source;
    ///
    /// assert_eq!(Source::of_length(1_000).length(), Some(1_000));
    /// ```
    #[must_use]
    pub fn of_length(length: u64) -> Self {
        Self::reader(std::io::empty(), Some(length))
    }

    /// How many bytes there are, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File { length, .. } => Some(*length),
            Self::Reader { length, .. } => *length,
        }
    }

    /// Whether the bytes can be read again.
    #[must_use]
    pub fn is_rewindable(&self) -> bool {
        !matches!(self, Self::Reader { .. })
    }
}

/// No bytes.
impl Default for Source {
    fn default() -> Self {
        Self::Bytes(Arc::from([]))
    }
}

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// Shows where the bytes come from and how many there are: neither them nor the file's name.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Bytes(_) => "bytes",
            Self::File { .. } => "file",
            Self::Reader { .. } => "reader",
        };
        match self.length() {
            Some(length) => write!(f, "{kind}({length} bytes)"),
            None => f.write_str(kind),
        }
    }
}

/// Two sources are equal where they are sure to give the same bytes.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(own), Self::Bytes(other)) => own == other,
            (Self::File { path, .. }, Self::File { path: other, .. }) => path == other,
            (Self::Reader { reader, .. }, Self::Reader { reader: other, .. }) => {
                Arc::ptr_eq(&reader.0, &other.0)
            }
            _ => false,
        }
    }
}

/// A stream that can be taken once.
///
/// ```
/// use wamux_engine::Source;
///
/// let Source::Reader { reader, .. } = Source::reader(&b"GIF"[..], Some(3)) else { panic!() };
/// assert!(reader.take().is_some());
/// assert!(reader.take().is_none());
/// ```
#[derive(Clone)]
pub struct Reader(Arc<Mutex<Option<Box<dyn Read + Send>>>>);

impl Reader {
    /// The stream, to whom asks first.
    #[must_use]
    pub fn take(&self) -> Option<Box<dyn Read + Send>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

/// What a request uploads.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::UploadMedia};
/// use wamux_engine::{Body, Settings, Source, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let picture = Source::from(b"\x89PNG".to_vec());
/// let request = call_request(gateway.as_ref(), &UploadMedia::new("image/png", picture))?;
/// let Body::Upload(upload) = &request.body else { panic!() };
/// assert_eq!((upload.source.length(), upload.limit), (Some(4), 5 * 1024 * 1024));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Upload {
    /// The bytes.
    pub source: Source,
    /// The most bytes that may leave; a stream of unknown length is cut off there, and the upload fails.
    pub limit: u64,
}

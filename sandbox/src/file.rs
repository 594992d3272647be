//! Bodies that are too large for memory: a temporary file which nobody else sees and which goes when it is dropped.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::Mutex;

use bytes::Bytes;

use crate::lock;

/// How much of a file is in memory at once while it is answered with, in bytes.
const CHUNK: u64 = 64 * 1024;

/// A temporary file without a name. Its pages are in the system's cache mostly, so that reading and writing it takes
/// microseconds and needs no thread of its own.
pub(crate) struct TemporaryFile {
    file: Mutex<File>,
    size: u64,
}

impl TemporaryFile {
    pub(crate) fn create() -> io::Result<Self> {
        Ok(Self {
            file: Mutex::new(tempfile::tempfile()?),
            size: 0,
        })
    }

    /// Writes at the end.
    pub(crate) fn append(&mut self, data: &[u8]) -> io::Result<()> {
        lock(&self.file).write_all(data)?;
        self.size += data.len() as u64;
        Ok(())
    }

    /// Bytes written.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The bytes from `start`, before `end`, and a chunk at most.
    pub(crate) fn chunk(&self, start: u64, end: u64) -> io::Result<Bytes> {
        self.range(start, end.saturating_sub(start).min(CHUNK))
    }

    /// All bytes, for a file that is known to be small.
    pub(crate) fn read(&self) -> io::Result<Bytes> {
        self.range(0, self.size)
    }

    /// `length` bytes from `start`, or fewer where the file ends before.
    fn range(&self, start: u64, length: u64) -> io::Result<Bytes> {
        let mut read = Vec::new();
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(start))?;
        (&mut *file).take(length).read_to_end(&mut read)?;
        Ok(read.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_chunks() {
        let mut file = TemporaryFile::create().unwrap();
        let written: Vec<u8> = (0..=255).cycle().take(150_000).collect();
        file.append(&written[..100_000]).unwrap();
        file.append(&written[100_000..]).unwrap();
        assert_eq!(file.size(), 150_000);
        let mut read = Vec::new();
        while (read.len() as u64) < file.size() {
            let chunk = file.chunk(read.len() as u64, file.size()).unwrap();
            assert!(!chunk.is_empty() && chunk.len() as u64 <= CHUNK);
            read.extend_from_slice(&chunk);
        }
        assert!(read == written && file.read().unwrap() == written);
        assert_eq!(file.chunk(10, 13).unwrap(), written[10..13]);
    }
}

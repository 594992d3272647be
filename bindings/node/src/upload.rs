//! What is uploaded: a file that is read here, or a stream of JavaScript's that writes its pieces.

use std::future::Future;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use napi::bindgen_prelude::{Env, PromiseRaw, Uint8Array};
use napi_derive::napi;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use wamux::{Delivery, Error, Kind, Source, file_source};

use crate::errors::panicked;
use crate::runtime::spawn;

/// How many pieces wait at most for the connection.
const WAITING: usize = 1;

/// What one call uploads.
#[napi]
pub struct UploadSource {
    origin: Mutex<Option<Origin>>,
    sender: Mutex<Option<mpsc::Sender<Piece>>>,
}

enum Origin {
    File(String),
    Stream(Source),
}

enum Piece {
    Bytes(Vec<u8>),
    End,
}

#[napi]
impl UploadSource {
    /// The file at a path.
    #[napi(factory)]
    pub fn file(path: String) -> Self {
        Self {
            origin: Mutex::new(Some(Origin::File(path))),
            sender: Mutex::new(None),
        }
    }

    /// What will be written, and how many bytes that is, where it is known.
    #[napi(factory)]
    pub fn stream(length: Option<i64>) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        let length = length.and_then(|length| u64::try_from(length).ok());
        let source = Source::reader(Pieces::of(receiver), length);
        Self {
            origin: Mutex::new(Some(Origin::Stream(source))),
            sender: Mutex::new(Some(sender)),
        }
    }

    /// Writes a piece; the promise is settled once there is room for it, with whether anybody still waits for more.
    #[napi]
    pub fn write<'env>(
        &self,
        env: &'env Env,
        piece: Uint8Array,
    ) -> napi::Result<PromiseRaw<'env, bool>> {
        self.put(env, Piece::Bytes(piece.to_vec()))
    }

    /// Says that all is written.
    #[napi]
    pub fn end<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, bool>> {
        self.put(env, Piece::End)
    }

    /// Lets go of the stream. Where its end was not written, the upload fails.
    #[napi]
    pub fn close(&self) {
        drop(locked(&self.sender).take());
        drop(locked(&self.origin).take());
    }

    fn put<'env>(&self, env: &'env Env, piece: Piece) -> napi::Result<PromiseRaw<'env, bool>> {
        let sender = locked(&self.sender).clone();
        spawn(env, async move {
            Ok(match sender {
                Some(sender) => sender.send(piece).await.is_ok(),
                None => false,
            })
        })
    }

    /// Opens the source, which is taken by the first who asks.
    pub(crate) fn open(&self) -> impl Future<Output = Result<Source, Error>> + Send + 'static {
        let origin = locked(&self.origin).take();
        async move {
            match origin {
                Some(Origin::Stream(source)) => Ok(source),
                // Opening can wait, for a disk or for who writes into a pipe.
                Some(Origin::File(path)) => spawn_blocking(move || file_source(path))
                    .await
                    .map_err(|_| panicked())?
                    .map_err(|error| unreadable(format!("the file cannot be read: {error}"))),
                None => Err(unreadable("the source was closed before the call")),
            }
        }
    }
}

fn unreadable(words: impl Into<String>) -> Error {
    Error::new(Kind::Media, Delivery::NotSent, words)
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing half-written can stand behind the lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The other end of the channel, which the transport reads on a thread of its own.
struct Pieces {
    receiver: mpsc::Receiver<Piece>,
    piece: io::Cursor<Vec<u8>>,
    ended: bool,
}

impl Pieces {
    fn of(receiver: mpsc::Receiver<Piece>) -> Self {
        Self {
            receiver,
            piece: io::Cursor::default(),
            ended: false,
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let read = self.piece.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            match self.receiver.blocking_recv() {
                Some(Piece::Bytes(bytes)) => self.piece = io::Cursor::new(bytes),
                Some(Piece::End) => self.ended = true,
                None => return Err(io::Error::other("the stream failed before its end")),
            }
        }
        Ok(0)
    }
}

//! A listener that can go away for a while and come back on the same port.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::task::Poll;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

use crate::lock;

/// The pause before the port is tried again when it cannot be bound.
const BINDING_PAUSE: Duration = Duration::from_millis(20);

enum State {
    Open(TcpListener),
    /// The socket holds the port without listening, so that connecting is refused and no other process takes it.
    Shut {
        holding: Option<TcpSocket>,
        until: Instant,
    },
    Stopped,
}

/// The sandbox's listener.
pub(crate) struct Door {
    address: SocketAddr,
    state: Mutex<State>,
    changed: Notify,
}

impl Door {
    /// Listens on a port of the loopback interface; 0 takes a free one.
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
        Ok(Self {
            address: listener.local_addr()?,
            state: Mutex::new(State::Open(listener)),
            changed: Notify::new(),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next connection, however long the door stays shut before it; `None` once it is stopped.
    pub(crate) async fn accept(&self) -> Option<TcpStream> {
        loop {
            let shut_until = match &*lock(&self.state) {
                State::Open(_) => None,
                State::Shut { until, .. } => Some(*until),
                State::Stopped => return None,
            };
            if let Some(until) = shut_until {
                tokio::select! {
                    () = sleep_until(until) => self.reopen().await,
                    () = self.changed.notified() => {}
                }
                continue;
            }
            tokio::select! {
                accepted = poll_fn(|context| match &*lock(&self.state) {
                    State::Open(listener) => listener.poll_accept(context).map(Some),
                    State::Shut { .. } | State::Stopped => Poll::Ready(None),
                }) => match accepted {
                    Some(Ok((stream, _))) => return Some(stream),
                    // Out of file descriptors, or the peer is gone already: neither is a reason to stop.
                    Some(Err(_)) => sleep(BINDING_PAUSE).await,
                    None => {}
                },
                () = self.changed.notified() => {}
            }
        }
    }

    /// Goes away at once: when this returns, connecting is refused.
    pub(crate) fn shut_for(&self, time: Duration) {
        let mut state = lock(&self.state);
        let holding = match std::mem::replace(&mut *state, State::Stopped) {
            State::Open(listener) => {
                // Two sockets cannot hold the port while one of them listens.
                drop(listener);
                self.hold().ok()
            }
            State::Shut { holding, .. } => holding,
            State::Stopped => return,
        };
        *state = State::Shut {
            holding,
            until: Instant::now() + time,
        };
        drop(state);
        self.changed.notify_one();
    }

    /// Goes away for good.
    pub(crate) fn stop(&self) {
        *lock(&self.state) = State::Stopped;
        self.changed.notify_one();
    }

    fn hold(&self) -> io::Result<TcpSocket> {
        let socket = TcpSocket::new_v4()?;
        // Closed connections of this port linger in the kernel and must not keep it from being bound.
        socket.set_reuseaddr(true)?;
        socket.bind(self.address)?;
        Ok(socket)
    }

    async fn reopen(&self) {
        let opened = {
            let mut state = lock(&self.state);
            let State::Shut { holding, .. } = &mut *state else {
                return;
            };
            let socket = match holding.take() {
                Some(socket) => Ok(socket),
                None => self.hold(),
            };
            match socket.and_then(|socket| socket.listen(1024)) {
                Ok(listener) => {
                    *state = State::Open(listener);
                    true
                }
                Err(_) => false,
            }
        };
        if !opened {
            sleep(BINDING_PAUSE).await;
        }
    }
}

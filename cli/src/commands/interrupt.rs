//! What ends a command that runs until it is told to stop.

use std::io;

/// Waits for Ctrl-C or, on Unix, for what a service manager ends a process with.
#[cfg(unix)]
pub(super) fn interrupted() -> impl Future<Output = io::Result<()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async {
        let [interrupt, terminate] = signals;
        let (mut interrupt, mut terminate) = (interrupt?, terminate?);
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) fn interrupted() -> impl Future<Output = io::Result<()>> {
    tokio::signal::ctrl_c()
}

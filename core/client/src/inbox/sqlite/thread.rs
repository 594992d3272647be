//! The thread that has the connection, since SQLite's calls block.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rusqlite::{Connection, Savepoint, TransactionBehavior};
use tokio::sync::oneshot;

use super::opening::Opening;
use crate::inbox::StoreError;

/// How many jobs are done in one transaction, and so in one write to the disk.
const TOGETHER: usize = 256;

/// A thread with the connection. It ends after this value, when it has done what it was given.
pub(super) struct Thread(Sender<Box<dyn Work>>);

impl Thread {
    pub(super) fn start(connection: Connection, opening: Opening) -> Result<Self, StoreError> {
        let (sender, receiver) = channel();
        thread::Builder::new()
            .name("wamux-inbox".to_owned())
            .spawn(move || {
                work(connection, &receiver);
                drop(opening);
            })
            .map_err(StoreError::new)?;
        Ok(Self(sender))
    }

    /// Does something with the file, and gives what came of it when it is on disk.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Savepoint<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let job = Job {
            work: Some(work),
            outcome: None,
            tell,
        };
        // Where the thread is gone, the job is too, and with it the end that tells.
        let _ = self.0.send(Box::new(job));
        told.await
            .unwrap_or_else(|_| Err(StoreError::new("its thread has ended")))
    }
}

trait Work: Send {
    /// Does the job; `false` where what it did is to be undone.
    fn run(&mut self, file: &Savepoint<'_>) -> bool;
    /// Tells the outcome, now that the transaction has ended.
    fn tell(self: Box<Self>, committed: &rusqlite::Result<()>);
}

struct Job<F, T> {
    work: Option<F>,
    outcome: Option<rusqlite::Result<T>>,
    tell: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Work for Job<F, T>
where
    F: FnOnce(&Savepoint<'_>) -> rusqlite::Result<T> + Send,
    T: Send,
{
    fn run(&mut self, file: &Savepoint<'_>) -> bool {
        self.outcome = self.work.take().map(|work| work(file));
        matches!(self.outcome, Some(Ok(_)))
    }

    fn tell(self: Box<Self>, committed: &rusqlite::Result<()>) {
        let outcome = match (committed, self.outcome) {
            (Err(error), _) => Err(StoreError::new(error.to_string())),
            (Ok(()), Some(outcome)) => outcome.map_err(StoreError::new),
            (Ok(()), None) => Err(StoreError::new("the transaction could not be divided")),
        };
        // Whoever asked may be gone.
        let _ = self.tell.send(outcome);
    }
}

fn work(mut connection: Connection, receiver: &Receiver<Box<dyn Work>>) {
    while let Ok(first) = receiver.recv() {
        let others = receiver.try_iter().take(TOGETHER - 1);
        let mut jobs: Vec<_> = std::iter::once(first).chain(others).collect();
        let committed = run_all(&mut connection, &mut jobs);
        for job in jobs {
            job.tell(&committed);
        }
    }
}

/// Does all jobs in one transaction; one that fails leaves no trace of itself.
fn run_all(connection: &mut Connection, jobs: &mut [Box<dyn Work>]) -> rusqlite::Result<()> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in jobs {
        let file = transaction.savepoint()?;
        if job.run(&file) {
            file.commit()?;
        }
    }
    transaction.commit()
}

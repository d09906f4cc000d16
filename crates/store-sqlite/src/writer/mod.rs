//! The one thread that writes. Work is gathered while the disk takes the batch before it; a batch is one transaction and one
//! sync, and nobody is answered before it is on disk. Nothing sleeps to gather.

mod batch;
mod db;
pub mod document;
pub mod import;
pub mod lease;
pub mod limit;
pub mod removal;
mod unit;

pub use batch::{Task, Work};
pub use db::Db;

use crate::checkpoint::Checkpoints;
use crate::directory::Directory;
use crate::stats::Counters;
use crate::{checkpoint, connection};
use std::sync::Arc;
use std::thread::JoinHandle;
use store::{Error, Result};
use tokio::sync::{mpsc, oneshot};

/// Units waiting for the writer; whoever comes later waits for a place.
const QUEUE: usize = 4096;
const BATCH_UNITS: usize = 512;
const BATCH_BYTES: usize = 8 << 20;

enum Message {
    Task(Box<dyn Task>),
    Close(oneshot::Sender<()>),
}

/// Dropping it waits for what is queued, as closing does.
pub struct Writer {
    queue: Option<mpsc::Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread; it keeps the directory's lock until its last batch is written.
    pub fn start(directory: Directory, counters: Arc<Counters>) -> Result<Self> {
        let mut connection = connection::writer(&directory.database())?;
        crate::migrate::migrate(&mut connection)?;
        let checkpoints = checkpoint::start(&directory.database(), counters.clone())?;
        let (queue, messages) = mpsc::channel(QUEUE);
        let work = move || {
            let closed = run(&connection, messages, &counters, &checkpoints);
            checkpoints.stop();
            if let Err(error) = checkpoint::finish(&connection) {
                tracing::warn!(%error, "the last checkpoint failed; the next start takes the log up");
            }
            drop(connection);
            drop(directory);
            if let Some(closed) = closed {
                let _ = closed.send(());
            }
        };
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(work)
            .map_err(|error| Error::Unavailable(format!("writer thread: {error}")))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Does the work in the next batch; returns when it is on disk, or refused.
    pub async fn run<W: Work>(&self, work: W) -> Result<W::Answer> {
        let (reply, answer) = oneshot::channel();
        let task = Message::Task(batch::task(work, reply));
        let closed = || Error::Unavailable("the store is closed".into());
        self.queue().send(task).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Returns when everything sent before is written and the directory is free.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.queue().send(Message::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }

    fn queue(&self) -> &mpsc::Sender<Message> {
        self.queue.as_ref().expect("it is taken by drop only")
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(
    connection: &rusqlite::Connection,
    mut messages: mpsc::Receiver<Message>,
    counters: &Counters,
    checkpoints: &Checkpoints,
) -> Option<oneshot::Sender<()>> {
    let mut db = match Db::new(connection) {
        Ok(db) => db,
        Err(error) => {
            tracing::error!(%error, "the writer cannot prepare its statements");
            return None;
        }
    };
    let mut tasks: Vec<Box<dyn Task>> = Vec::with_capacity(BATCH_UNITS);
    loop {
        let mut next = messages.blocking_recv();
        let mut closing = None;
        let mut bytes = 0;
        while let Some(message) = next.take() {
            match message {
                Message::Task(task) => {
                    bytes += task.bytes();
                    tasks.push(task);
                }
                Message::Close(reply) => {
                    closing = Some(reply);
                    break;
                }
            }
            if tasks.len() < BATCH_UNITS && bytes < BATCH_BYTES {
                next = messages.try_recv().ok();
            }
        }
        if tasks.is_empty() {
            return closing;
        }
        checkpoints.catch_up(connection);
        counters.batch(tasks.len());
        batch::write(&mut db, &mut tasks);
        if closing.is_some() {
            return closing;
        }
    }
}

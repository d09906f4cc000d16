//! The tasks that write. Units are gathered while the database takes the batch before; a batch is one transaction, and nobody
//! is answered before it is committed. Nothing sleeps to gather, and a writer without a database answers at once.

mod batch;
mod changes;
mod db;
pub mod document;
mod found;
pub mod import;
pub mod lease;
mod line;
pub mod removal;
mod unit;
mod write;
mod write_calls;
mod write_runs;

use db::Db;

use crate::connection::Connector;
use crate::stats::Counters;
use batch::Waiting;
use line::Line;
use std::sync::{Arc, PoisonError, RwLock};
use store::journal::{Committed, Unit};
use store::{Error, Result};
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

/// Units waiting for a writer; whoever comes later waits for a place.
const QUEUE: usize = 4096;
const BATCH_UNITS: usize = 512;
const BATCH_BYTES: usize = 8 << 20;
/// One writer gathers the largest batches, which cost least; from so many waiting units on, others help it.
const CROWD: usize = 256;
const HELPERS: usize = 1;
struct Queue {
    units: Mutex<mpsc::Receiver<Waiting>>,
    /// Told when there is work for helpers, or none any more.
    crowded: Notify,
}

pub struct Writer {
    sender: RwLock<Option<mpsc::Sender<Waiting>>>,
    queue: Arc<Queue>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Writer {
    pub fn start(connector: &Arc<Connector>, counters: &Arc<Counters>) -> Result<Self> {
        let (sender, units) = mpsc::channel(QUEUE);
        let queue = Arc::new(Queue {
            units: Mutex::new(units),
            crowded: Notify::new(),
        });
        let line = || Line::new(connector.clone(), counters.clone());
        let mut tasks = vec![tokio::spawn(run(queue.clone(), line()?))];
        for _ in 0..HELPERS {
            tasks.push(tokio::spawn(help(queue.clone(), line()?)));
        }
        Ok(Self {
            sender: RwLock::new(Some(sender)),
            queue,
            tasks: Mutex::new(tasks),
        })
    }

    /// Commits the unit in the next batch; returns when it is on disk, or refused.
    pub async fn commit(&self, unit: Unit) -> Result<Committed> {
        let closed = || Error::Unavailable("the store is closed".into());
        let sender = self.sender().ok_or_else(closed)?;
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting { unit, reply };
        sender.send(waiting).await.map_err(|_| closed())?;
        if sender.max_capacity() - sender.capacity() >= CROWD {
            self.queue.crowded.notify_one();
        }
        drop(sender);
        answer.await.map_err(|_| closed())?
    }

    /// Returns when everything sent before is written.
    pub async fn close(&self) {
        self.end();
        for task in self.tasks.lock().await.drain(..) {
            let _ = task.await;
        }
    }

    fn sender(&self) -> Option<mpsc::Sender<Waiting>> {
        let sender = self.sender.read().unwrap_or_else(PoisonError::into_inner);
        sender.clone()
    }

    fn end(&self) {
        let mut sender = self.sender.write().unwrap_or_else(PoisonError::into_inner);
        sender.take();
        self.queue.crowded.notify_one();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.end();
    }
}

async fn run(queue: Arc<Queue>, mut line: Line) {
    loop {
        let batch = {
            let mut units = queue.units.lock().await;
            match units.recv().await {
                Some(first) => gather(vec![first], &mut units),
                None => return,
            }
        };
        line.write(batch).await;
    }
}

async fn help(queue: Arc<Queue>, mut line: Line) {
    loop {
        queue.crowded.notified().await;
        let batch = {
            let mut units = queue.units.lock().await;
            if units.is_closed() {
                // The writer itself writes the rest.
                return;
            }
            if units.len() < CROWD {
                continue;
            }
            gather(Vec::new(), &mut units)
        };
        line.write(batch).await;
    }
}

/// What is queued, up to a bound.
fn gather(mut batch: Vec<Waiting>, units: &mut mpsc::Receiver<Waiting>) -> Vec<Waiting> {
    let size = |waiting: &Waiting| unit::bytes(&waiting.unit);
    let mut bytes: usize = batch.iter().map(size).sum();
    while batch.len() < BATCH_UNITS
        && bytes < BATCH_BYTES
        && let Ok(next) = units.try_recv()
    {
        bytes += size(&next);
        batch.push(next);
    }
    batch
}

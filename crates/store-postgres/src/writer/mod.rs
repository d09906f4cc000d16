//! The tasks that write. Units are gathered while the database takes the batch before; a batch is one transaction, and nobody
//! is answered before it is committed. Nothing sleeps to gather, and a writer without a database answers at once.

mod batch;
mod changes;
mod db;
pub mod document;
mod found;
pub mod import;
pub mod lease;
pub mod removal;
mod unit;
mod write;
mod write_calls;
mod write_runs;

pub use db::Db;

use crate::connection::Connector;
use crate::failure::Failure;
use crate::sql::sql;
use crate::stats::Counters;
use batch::Waiting;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use store::journal::{Committed, Unit};
use store::{Error, Result};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Units waiting for a writer; whoever comes later waits for a place.
const QUEUE: usize = 4096;
const BATCH_UNITS: usize = 512;
const BATCH_BYTES: usize = 8 << 20;
/// While one batch is at the database, the next is gathered and sent.
const WRITERS: usize = 2;
/// After a failed attempt to connect, everything is refused for so long, twice as long each time.
const BACKOFF: Duration = Duration::from_millis(50);
const LONGEST_BACKOFF: Duration = Duration::from_secs(1);

type Queue = Arc<Mutex<mpsc::Receiver<Waiting>>>;

pub struct Writer {
    queue: RwLock<Option<mpsc::Sender<Waiting>>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Writer {
    pub fn start(connector: &Arc<Connector>, counters: &Arc<Counters>) -> Result<Self> {
        let (sender, queue) = mpsc::channel(QUEUE);
        let queue: Queue = Arc::new(Mutex::new(queue));
        let mut tasks = Vec::new();
        for _ in 0..WRITERS {
            let line = Line::new(connector.clone(), counters.clone())?;
            tasks.push(tokio::spawn(run(queue.clone(), line)));
        }
        Ok(Self {
            queue: RwLock::new(Some(sender)),
            tasks: Mutex::new(tasks),
        })
    }

    /// Commits the unit in the next batch; returns when it is on disk, or refused.
    pub async fn commit(&self, unit: Unit) -> Result<Committed> {
        let closed = || Error::Unavailable("the store is closed".into());
        let queue = self
            .queue
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting { unit, reply };
        queue
            .ok_or_else(closed)?
            .send(waiting)
            .await
            .map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Returns when everything sent before is written.
    pub async fn close(&self) {
        self.queue
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        for task in self.tasks.lock().await.drain(..) {
            let _ = task.await;
        }
    }
}

async fn run(queue: Queue, mut line: Line) {
    while let Some(batch) = gather(&queue).await {
        line.counters.batch(batch.len());
        batch::write(&mut line, batch).await;
    }
}

/// All that is queued, up to a bound; `None` once the store is closed and the queue is empty.
async fn gather(queue: &Queue) -> Option<Vec<Waiting>> {
    let mut queue = queue.lock().await;
    let first = queue.recv().await?;
    let mut bytes = unit::bytes(&first.unit);
    let mut batch = vec![first];
    while batch.len() < BATCH_UNITS
        && bytes < BATCH_BYTES
        && let Ok(next) = queue.try_recv()
    {
        bytes += unit::bytes(&next.unit);
        batch.push(next);
    }
    Some(batch)
}

/// A writer's way to the database: opened when it is needed, and again after it broke.
pub struct Line {
    connector: Arc<Connector>,
    counters: Arc<Counters>,
    slot: i16,
    db: Option<Db>,
    backoff: Duration,
    refuse_until: Option<(Instant, String)>,
}

impl Line {
    fn new(connector: Arc<Connector>, counters: Arc<Counters>) -> Result<Self> {
        let mut slot = [0];
        getrandom::fill(&mut slot).map_err(|e| Error::Unavailable(format!("randomness: {e}")))?;
        Ok(Self {
            connector,
            counters,
            slot: i16::from(slot[0] % 64),
            db: None,
            backoff: BACKOFF,
            refuse_until: None,
        })
    }

    async fn open(&mut self) -> Result<&Db, Failure> {
        if self.db.as_ref().is_none_or(|db| !db.link.is_usable()) {
            self.db = None;
            if let Some((until, why)) = &self.refuse_until
                && Instant::now() < *until
            {
                return Err(Failure::Away(why.clone()));
            }
            match Db::open(&self.connector, self.slot).await {
                Ok(db) => self.db = Some(db),
                Err(failure) => {
                    self.refuse_until = Some((Instant::now() + self.backoff, failure.to_string()));
                    self.backoff = (2 * self.backoff).min(LONGEST_BACKOFF);
                    return Err(failure);
                }
            }
            self.backoff = BACKOFF;
            self.refuse_until = None;
        }
        self.db
            .as_ref()
            .ok_or_else(|| Failure::Away("no connection".into()))
    }

    /// A connection that cannot even do this is given up.
    async fn roll_back(&mut self) {
        let Some(db) = self.db.take() else {
            return;
        };
        let undone = db.link.client.batch_execute(sql!("writer/rollback"));
        if db.link.is_usable() && db.link.bounded(undone).await.is_ok() {
            self.db = Some(db);
        }
    }
}

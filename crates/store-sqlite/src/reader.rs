//! Threads that read. Reads that queue up share one snapshot: taking one costs more than a look-up, and pages read for one
//! serve the next. A snapshot is taken after its reads were asked for, so each sees everything committed before.

use crate::connection;
use crate::sql::sql;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Error, Result};
use tokio::sync::{mpsc, oneshot};

const QUEUE: usize = 4096;

type Job = Box<dyn FnOnce(&Connection) + Send>;

#[derive(Clone)]
pub struct Readers {
    jobs: mpsc::Sender<Job>,
}

impl Readers {
    /// `threads` threads, each taking up to `share` reads into one snapshot.
    pub fn start(database: &Path, name: &str, threads: usize, share: usize) -> Result<Self> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads {
            let connection = connection::reader(database)?;
            let queue = queue.clone();
            std::thread::Builder::new()
                .name(name.into())
                .spawn(move || while serve(&connection, &queue, share) {})
                .map_err(|error| Error::Unavailable(format!("reader thread: {error}")))?;
        }
        Ok(Self { jobs })
    }

    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let _ = reply.send(query(connection));
        });
        let closed = || Error::Unavailable("the store is closed".into());
        self.jobs.send(job).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }
}

fn serve(connection: &Connection, queue: &Mutex<mpsc::Receiver<Job>>, share: usize) -> bool {
    let mut jobs = Vec::new();
    {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = queue.blocking_recv() else {
            return false;
        };
        jobs.push(first);
        while jobs.len() < share
            && let Ok(job) = queue.try_recv()
        {
            jobs.push(job);
        }
    }
    let shared = jobs.len() > 1;
    if shared && let Err(error) = connection.execute_batch(sql!("reader/begin")) {
        tracing::warn!(%error, "a shared snapshot");
    }
    jobs.into_iter().for_each(|job| job(connection));
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch(sql!("reader/end"))
    {
        tracing::warn!(%error, "the end of a snapshot");
    }
    true
}

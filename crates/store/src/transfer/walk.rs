//! A pass over one table of one store: the hash of every record, read ahead of whoever compares.

use super::canon::{Digest, digest};
use super::mark::is_mark;
use super::{Key, Movable, PAGE_BYTES, Record, Table};
use crate::Result;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tokio::sync::mpsc;

pub struct Seen {
    pub key: Key,
    pub digest: Digest,
    pub bytes: u64,
    /// Of a run: where it is counted.
    pub counted: Option<(WorkspaceId, Status)>,
}

/// The records of a table, in order, and what they come to.
pub struct Walk {
    pages: mpsc::Receiver<Result<Vec<Seen>>>,
    page: std::vec::IntoIter<Seen>,
    chain: Sha256,
    pub rows: u64,
    pub bytes: u64,
}

impl Walk {
    pub fn start(store: Arc<dyn Movable>, epochs: Arc<Vec<u64>>, table: Table) -> Self {
        let (send, pages) = mpsc::channel(2);
        tokio::spawn(async move {
            let mut after = Key::FIRST;
            loop {
                let page = match store.export(table, after, PAGE_BYTES).await {
                    Ok(page) => page,
                    Err(error) => break drop(send.send(Err(error)).await),
                };
                let Some(last) = page.last().map(Record::key) else {
                    break;
                };
                after = last;
                if send.send(Ok(seen(&page, &epochs))).await.is_err() {
                    break;
                }
            }
        });
        Self {
            pages,
            page: Vec::new().into_iter(),
            chain: Sha256::new(),
            rows: 0,
            bytes: 0,
        }
    }

    pub async fn next(&mut self) -> Result<Option<Seen>> {
        loop {
            if let Some(seen) = self.page.next() {
                self.rows += 1;
                self.bytes += seen.bytes;
                self.chain.update(seen.digest);
                return Ok(Some(seen));
            }
            match self.pages.recv().await {
                Some(page) => self.page = page?.into_iter(),
                None => return Ok(None),
            }
        }
    }

    /// The hash of everything that was walked over.
    pub fn hash(self) -> Digest {
        self.chain.finalize().into()
    }
}

fn seen(page: &[Record], epochs: &[u64]) -> Vec<Seen> {
    let records = page.iter().filter(|record| !is_mark(record));
    let seen = records.map(|record| {
        let (digest, bytes) = digest(record, epochs);
        Seen {
            key: record.key(),
            digest,
            bytes,
            counted: match record {
                Record::Run(run) => Some((run.workspace, run.status)),
                _ => None,
            },
        }
    });
    seen.collect()
}

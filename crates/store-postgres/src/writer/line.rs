//! A writer's way to the database: opened when it is needed, and again after it broke. While there is none, whoever wants to
//! write is told so at once.

use super::batch::{self, Waiting};
use super::db::Db;
use crate::connection::Connector;
use crate::failure::Failure;
use crate::sql::sql;
use crate::stats::Counters;
use std::sync::Arc;
use std::time::Duration;
use store::{Error, Result};
use tokio::time::Instant;

/// After a failed attempt to connect, everything is refused for so long, twice as long each time.
const BACKOFF: Duration = Duration::from_millis(50);
const LONGEST_BACKOFF: Duration = Duration::from_secs(1);

pub struct Line {
    connector: Arc<Connector>,
    pub counters: Arc<Counters>,
    slot: i16,
    db: Option<Db>,
    backoff: Duration,
    refuse_until: Option<(Instant, String)>,
}

impl Line {
    pub fn new(connector: Arc<Connector>, counters: Arc<Counters>) -> Result<Self> {
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

    pub async fn write(&mut self, batch: Vec<Waiting>) {
        self.counters.batch(batch.len());
        batch::settle(self, batch).await;
    }

    pub async fn open(&mut self) -> Result<&Db, Failure> {
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

    /// A connection that cannot even do this is given up, as is one to a server that does not write any more.
    pub async fn roll_back(&mut self, failure: &Failure) {
        let Some(db) = self.db.take() else {
            return;
        };
        if failure.is_a_standby() {
            return;
        }
        let undone = db.link.client.batch_execute(sql!("writer/rollback"));
        if db.link.is_usable() && db.link.bounded(undone).await.is_ok() {
            self.db = Some(db);
        }
    }
}

//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use super::{Db, Work};
use crate::rows::{self, status_of};
use crate::sql::sql;
use kernel::id::{CallId, WorkspaceId};

/// Rows that a reader found old; a body that a new run needs meanwhile stays.
pub struct Prune {
    pub bodies: Vec<i64>,
    pub entries: Vec<i64>,
}

impl Work for Prune {
    type Answer = u64;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<u64> {
        let mut body = db.connection.prepare_cached(sql!("archive/prune_body"))?;
        let mut entry = db.connection.prepare_cached(sql!("archive/prune_entry"))?;
        let mut removed = 0;
        for n in &self.bodies {
            removed += body.execute([n])?;
        }
        for n in &self.entries {
            removed += entry.execute([n])?;
        }
        Ok(removed as u64)
    }
}

pub struct Forget(pub CallId);

impl Work for Forget {
    type Answer = bool;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<bool> {
        let call = self.0.bytes();
        let execute = |text| db.connection.prepare_cached(text)?.execute([call]);
        if execute(sql!("archive/forget_call"))? == 0 {
            return Ok(false);
        }
        execute(sql!("archive/forget_bodies"))?;
        execute(sql!("archive/forget_messages"))?;
        execute(sql!("archive/forget_events"))?;
        execute(sql!("archive/forget_entries"))?;
        let gone: Vec<(WorkspaceId, _)> = db
            .connection
            .prepare_cached(sql!("archive/forget_runs"))?
            .query_map([call], |row| Ok((rows::id(row, 0)?, status_of(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (workspace, status) in gone {
            db.count(workspace, status, -1);
        }
        Ok(true)
    }
}

pub struct PruneTallies {
    pub before_hour: u32,
    pub limit: u32,
}

impl Work for PruneTallies {
    type Answer = u64;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<u64> {
        let mut prune = db
            .connection
            .prepare_cached(sql!("archive/prune_tallies"))?;
        Ok(prune.execute([self.before_hour, self.limit])? as u64)
    }
}

//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use super::{Db, Work};
use crate::rows::{self, status_of};
use crate::sql::sql;
use kernel::id::{CallId, WorkspaceId};
use store::archive::{Forgetting, Forgotten};

/// What was written before a time, in microseconds, of these calls.
pub struct Prune {
    pub calls: Vec<[u8; 16]>,
    pub before: i64,
}

impl Work for Prune {
    type Answer = u64;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<u64> {
        let mut removed = 0;
        for query in [sql!("archive/prune_bodies"), sql!("archive/prune_entries")] {
            let mut statement = db.connection.prepare_cached(query)?;
            for call in &self.calls {
                removed += statement.execute((call, self.before))?;
            }
        }
        Ok(removed as u64)
    }
}

pub struct Forget(pub CallId);

impl Work for Forget {
    type Answer = Forgetting;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Forgetting> {
        let call = self.0.bytes();
        let execute = |text| -> rusqlite::Result<u64> {
            Ok(db.connection.prepare_cached(text)?.execute([call])? as u64)
        };
        let mut needed = db
            .connection
            .prepare_cached(sql!("archive/forget_needed"))?;
        if needed.exists([call])? {
            return Ok(Forgetting::Needed);
        }
        if execute(sql!("archive/forget_call"))? == 0 {
            return Ok(Forgetting::Unknown);
        }
        execute(sql!("archive/forget_bodies"))?;
        let messages = execute(sql!("archive/forget_messages"))?;
        let events = execute(sql!("archive/forget_events"))?;
        let entries = execute(sql!("archive/forget_entries"))?;
        let gone: Vec<(WorkspaceId, _)> = db
            .connection
            .prepare_cached(sql!("archive/forget_runs"))?
            .query_map([call], |row| Ok((rows::id(row, 0)?, status_of(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let runs = gone.len() as u64;
        for (workspace, status) in gone {
            db.count(workspace, status, -1);
        }
        Ok(Forgetting::Done(Forgotten {
            messages,
            events,
            runs,
            entries,
        }))
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

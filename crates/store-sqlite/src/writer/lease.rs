//! Who writes. The file lock already excludes other processes, so whoever attends owns everything at once; the epoch tells
//! how often an owner was lost, and fences what it left in flight.

use super::{Db, Work};
use crate::sql::sql;
use rusqlite::{OptionalExtension, params};

pub struct Attend(pub String);

impl Work for Attend {
    type Answer = u64;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<u64> {
        if let Some((_, epoch)) = db.holder.as_ref().filter(|(node, _)| *node == self.0) {
            return Ok(*epoch);
        }
        let holder: Option<(String, i64)> = db
            .connection
            .query_row(sql!("writer/roster"), [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let epoch = match holder {
            None => 1,
            Some((node, epoch)) if node == self.0 || node.is_empty() => epoch,
            Some((_, epoch)) => epoch + 1,
        };
        db.connection
            .execute(sql!("writer/attend"), params![self.0, epoch])?;
        // Should the batch fail, nobody holds a lease that the row does not know: safe, and the next call counts from the row.
        db.holder = Some((self.0.clone(), epoch as u64));
        Ok(epoch as u64)
    }
}

pub struct Leave(pub String);

impl Work for Leave {
    type Answer = ();

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<()> {
        db.connection.execute(sql!("writer/leave"), [&self.0])?;
        db.holder = db.holder.take().filter(|(node, _)| *node != self.0);
        Ok(())
    }
}

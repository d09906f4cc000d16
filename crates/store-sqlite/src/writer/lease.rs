//! Taking the lease. The file lock already excludes other processes; the epoch fences what an earlier owner left in flight.

use super::{Db, Work};
use crate::sql::sql;
use kernel::Timestamp;
use rusqlite::params;
use store::journal::Lease;

pub struct Own {
    pub node: String,
    pub now: Timestamp,
}

impl Work for Own {
    type Answer = Lease;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Lease> {
        let taken = params![self.node, self.now.as_microsecond()];
        let epoch: i64 = db
            .connection
            .query_row(sql!("writer/own"), taken, |row| row.get(0))?;
        // Should the batch fail, nobody holds a lease until the next call: safe, and the row counts on from the same number.
        db.epoch = epoch as u64;
        Ok(Lease {
            node: self.node.clone(),
            epoch: db.epoch,
        })
    }
}

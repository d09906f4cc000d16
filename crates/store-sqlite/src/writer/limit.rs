//! What was taken of a limit, written over what was read of it.

use super::{Db, Work};
use crate::sql::sql;
use kernel::Timestamp;
use rusqlite::params;

pub struct UseLimit {
    pub key: [u8; 16],
    pub expect: Option<Timestamp>,
    pub used_until: Timestamp,
}

impl Work for UseLimit {
    type Answer = bool;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<bool> {
        let expect = self.expect.map(|expect| expect.as_microsecond());
        let row = params![self.key, expect, self.used_until.as_microsecond()];
        let mut put = db.connection.prepare_cached(sql!("writer/use_limit"))?;
        Ok(put.execute(row)? == 1)
    }
}

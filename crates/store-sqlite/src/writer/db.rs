//! What the writer works with inside a transaction: its connection, the prepared statements of the hot path, and the
//! changes to counts and counters, which are written once per batch.

use crate::sql::sql;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use rusqlite::{Connection, Statement, params};
use std::collections::{BTreeMap, HashMap};
use store::Tally;
use store::tally::{Series, TallyKey};

pub struct Db<'c> {
    pub connection: &'c Connection,
    pub hot: Hot<'c>,
    /// The node that owns everything, and the epoch.
    pub holder: Option<(String, u64)>,
    counts: HashMap<(WorkspaceId, u8), i64>,
    tallies: BTreeMap<TallyKey, Tally>,
    /// Over all batches.
    series: Series,
}

macro_rules! hot {
    ($($name:ident)*) => {
        /// Statements prepared once, for the life of the writer.
        pub struct Hot<'c> {
            $(pub $name: Statement<'c>,)*
        }

        impl<'c> Hot<'c> {
            fn prepare(connection: &'c Connection) -> rusqlite::Result<Self> {
                Ok(Self { $($name: connection.prepare(sql!(concat!("writer/", stringify!($name))))?,)* })
            }
        }
    };
}

hot! {
    begin commit
    call_version generation run_version
    insert_call update_call insert_body insert_message insert_event insert_run advance_run insert_entry
    set_timer clear_timer add_count add_tally
}

impl<'c> Db<'c> {
    pub fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        let hot = Hot::prepare(connection)?;
        Ok(Self {
            connection,
            hot,
            holder: None,
            counts: HashMap::new(),
            tallies: BTreeMap::new(),
            series: Series::default(),
        })
    }

    pub fn count(&mut self, workspace: WorkspaceId, status: Status, change: i64) {
        *self
            .counts
            .entry((workspace, crate::rows::status_number(status)))
            .or_default() += change;
    }

    pub fn write_counts(&mut self) -> rusqlite::Result<()> {
        for ((workspace, status), change) in self.counts.drain() {
            if change != 0 {
                self.hot
                    .add_count
                    .execute(params![workspace.bytes(), status, change])?;
            }
        }
        Ok(())
    }

    pub fn tally(&mut self, tally: &Tally) {
        self.tallies
            .entry(self.series.key(tally))
            .and_modify(|sum| sum.amount += tally.amount)
            .or_insert_with(|| tally.clone());
    }

    pub fn write_tallies(&mut self) -> rusqlite::Result<()> {
        while let Some((key, tally)) = self.tallies.pop_first() {
            self.hot.add_tally.execute(params![
                key.hour,
                key.series,
                key.meter,
                tally.amount as i64,
                tally.workspace.bytes(),
                tally.flow.map(|id| id.bytes()),
                tally.agent(),
                tally.destination,
            ])?;
        }
        Ok(())
    }

    /// Forgets everything since `BEGIN`. Without an open transaction there is nothing to forget.
    pub fn roll_back(&mut self) {
        self.counts.clear();
        self.tallies.clear();
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch(sql!("writer/rollback"))
        {
            tracing::error!(%error, "roll back");
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_whole_batch_counts_is_one_write_for_each_counter() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::migrate::migrate(&mut connection).unwrap();
        let mut db = Db::new(&connection).unwrap();
        let before = connection.total_changes();
        for n in 0..5_000_u16 {
            db.tally(&Tally {
                workspace: WorkspaceId::from_bytes([1; 16]),
                hour: 100,
                flow: None,
                agent: Some(format!("Agent {}", n % 3)),
                destination: None,
                meter: n % 7,
                amount: 1,
            });
        }
        db.write_tallies().unwrap();
        assert_eq!(connection.total_changes() - before, 21);
        db.write_tallies().unwrap();
        assert_eq!(connection.total_changes() - before, 21);
    }
}

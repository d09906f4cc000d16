//! What the writer works with inside a transaction: its connection, the prepared statements of the hot path, and the
//! changes to the runs' counts, which are written once per batch.

use crate::sql::sql;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use rusqlite::{Connection, Statement, params};
use std::collections::HashMap;

pub struct Db<'c> {
    pub connection: &'c Connection,
    pub hot: Hot<'c>,
    /// The node that owns everything, and the epoch.
    pub holder: Option<(String, u64)>,
    counts: HashMap<(WorkspaceId, u8), i64>,
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
    set_timer clear_timer add_count
}

impl<'c> Db<'c> {
    pub fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        let hot = Hot::prepare(connection)?;
        Ok(Self {
            connection,
            hot,
            holder: None,
            counts: HashMap::new(),
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

    /// Forgets everything since `BEGIN`. Without an open transaction there is nothing to forget.
    pub fn roll_back(&mut self) {
        self.counts.clear();
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch(sql!("writer/rollback"))
        {
            tracing::error!(%error, "roll back");
        }
    }
}

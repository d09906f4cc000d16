//! Moving everything from one store to another: tables as records in the order of their keys, the same order on every store.
//! Nothing here is of use to a server at work; nobody else may write to either store meanwhile.

mod canon;
mod copy;
mod key;
pub mod mark;
mod record;
mod table;
mod verify;
mod walk;

pub use canon::Digest;
pub use copy::copy;
pub use key::Key;
pub use mark::Mark;
pub use record::Record;
pub use table::Table;
pub use verify::{Difference, Report, Verified, Wrong, verify};

use crate::{Result, Store};

#[async_trait::async_trait]
pub trait Transfer: Send + Sync + 'static {
    /// Rows of every table, in the order of `Table::ALL`.
    async fn totals(&self) -> Result<[u64; Table::ALL.len()]>;

    /// Records of a table with a key above `after`, in the order of their keys: as many as hold about `bytes` of bodies, and
    /// at least one. None: there are no more.
    async fn export(&self, table: Table, after: Key, bytes: usize) -> Result<Vec<Record>>;

    /// Writes records of one table durably, all or none. Those whose key is there already are left alone, so a page may be
    /// imported twice; generations never go back. Counts follow from the runs.
    async fn import(&self, records: Vec<Record>) -> Result<()>;

    /// The epoch that the next owner of every partition will have, by the partition's number.
    async fn epochs(&self) -> Result<Vec<u64>>;

    /// Sees to it that no partition's next owner has a lower epoch than this, by the partition's number.
    async fn raise(&self, epochs: &[u64]) -> Result<()>;

    /// Nodes whose lease has not run out: they work on this store now. A store that one process alone can open has none.
    async fn nodes(&self) -> Result<Vec<String>>;
}

/// A store that everything can be moved out of and into.
pub trait Movable: Store + Transfer {}
impl<T: Store + Transfer> Movable for T {}

/// How far a pass over all tables has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub table: Table,
    /// Of this table.
    pub rows: u64,
    pub total: u64,
    /// Of all tables.
    pub all_rows: u64,
    pub all_total: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Copying,
    Verifying,
}

/// Bodies in memory at once are a few times this, on either side.
const PAGE_BYTES: usize = 4 << 20;

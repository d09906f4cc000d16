//! Where a record stands in its table. One shape for all tables; a table uses what it needs and leaves the rest at zero.

use serde::{Deserialize, Serialize};

/// Compared in the order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Microseconds at which a timer is due; the hour of a counter.
    pub at: i64,
    /// Of a document or a timer.
    pub kind: u8,
    /// Of the row; of an entry's run; of what a timer is for; of a counter's series.
    pub id: [u8; 16],
    /// Of an entry or a version; the partition of a timer; the meter of a counter.
    pub number: u32,
}

impl Key {
    /// Before every record: nothing has an id of zeros alone.
    pub const FIRST: Key = Key {
        at: i64::MIN,
        kind: 0,
        id: [0; 16],
        number: 0,
    };

    pub fn id(id: [u8; 16]) -> Self {
        Self {
            at: 0,
            kind: 0,
            id,
            number: 0,
        }
    }
}

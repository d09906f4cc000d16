//! What there is to move. Counts are not here: a store makes them from the runs.

use super::Key;
use kernel::id::{CallId, EventId, MessageId, RunId, WorkspaceId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Table {
    Generations,
    Documents,
    Versions,
    Calls,
    Messages,
    Events,
    Runs,
    Entries,
    Timers,
    Tallies,
}

impl Table {
    pub const ALL: [Table; 10] = [
        Table::Generations,
        Table::Documents,
        Table::Versions,
        Table::Calls,
        Table::Messages,
        Table::Events,
        Table::Runs,
        Table::Entries,
        Table::Timers,
        Table::Tallies,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Table::Generations => "generations",
            Table::Documents => "documents",
            Table::Versions => "versions",
            Table::Calls => "calls",
            Table::Messages => "messages",
            Table::Events => "events",
            Table::Runs => "runs",
            Table::Entries => "entries",
            Table::Timers => "timers",
            Table::Tallies => "tallies",
        }
    }

    /// A row, as people find it.
    pub fn row(self, key: Key) -> String {
        let hex = || key.id.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex: String = hex();
        match self {
            Table::Generations => WorkspaceId::from_bytes(key.id).to_string(),
            Table::Documents => format!("kind {} id {hex}", key.kind),
            Table::Versions => format!("kind {} id {hex} version {}", key.kind, key.number),
            Table::Calls => CallId::from_bytes(key.id).to_string(),
            Table::Messages => MessageId::from_bytes(key.id).to_string(),
            Table::Events => EventId::from_bytes(key.id).to_string(),
            Table::Runs => RunId::from_bytes(key.id).to_string(),
            Table::Entries => format!("{} number {}", RunId::from_bytes(key.id), key.number),
            Table::Timers => format!("kind {} of {hex} at {} µs", key.kind, key.at),
            Table::Tallies => format!("meter {} of {hex} in hour {}", key.number, key.at),
        }
    }
}

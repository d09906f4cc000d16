//! One row of any table, bodies unpacked: what two stores agree on, whatever they keep it in.

use super::{Key, Table};
use crate::Tally;
use crate::catalog::Document;
use crate::journal::{CallRow, EntryRow, EventRow, MessageRow, RunRow, Timer};
use kernel::id::WorkspaceId;

#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    Generation(WorkspaceId, u64),
    Document(Document),
    /// A version that is kept, also of a deleted document.
    Version(Document),
    Call(CallRow),
    Message(MessageRow),
    Event(EventRow),
    Run(RunRow),
    Entry(EntryRow),
    Timer(Timer),
    Tally(Tally),
}

impl Record {
    pub fn table(&self) -> Table {
        match self {
            Record::Generation(..) => Table::Generations,
            Record::Document(_) => Table::Documents,
            Record::Version(_) => Table::Versions,
            Record::Call(_) => Table::Calls,
            Record::Message(_) => Table::Messages,
            Record::Event(_) => Table::Events,
            Record::Run(_) => Table::Runs,
            Record::Entry(_) => Table::Entries,
            Record::Timer(_) => Table::Timers,
            Record::Tally(_) => Table::Tallies,
        }
    }

    pub fn key(&self) -> Key {
        match self {
            Record::Generation(workspace, _) => Key::id(workspace.bytes()),
            Record::Document(document) => Key {
                kind: document.kind as u8,
                ..Key::id(document.id)
            },
            Record::Version(document) => Key {
                kind: document.kind as u8,
                number: document.version,
                ..Key::id(document.id)
            },
            Record::Call(call) => Key::id(call.id.bytes()),
            Record::Message(message) => Key::id(message.id.bytes()),
            Record::Event(event) => Key::id(event.id.bytes()),
            Record::Run(run) => Key::id(run.id.bytes()),
            Record::Entry(entry) => Key {
                number: entry.number,
                ..Key::id(entry.run.bytes())
            },
            Record::Timer(timer) => Key {
                at: timer.due_at.as_microsecond(),
                kind: timer.kind as u8,
                id: timer.subject,
                number: timer.part.into(),
            },
            Record::Tally(tally) => {
                let key = tally.key();
                Key {
                    at: key.hour.into(),
                    number: key.meter.into(),
                    ..Key::id(key.series)
                }
            }
        }
    }

    /// Roughly what it takes in memory.
    pub fn bytes(&self) -> usize {
        const ROW: usize = 384;
        ROW + match self {
            Record::Document(document) | Record::Version(document) => document.body.len(),
            Record::Call(call) => call.state.len(),
            Record::Message(message) => message.body.len(),
            Record::Event(event) => event.detail.len(),
            Record::Run(run) => run.state.len(),
            Record::Entry(entry) => entry.body.len(),
            Record::Generation(..) | Record::Timer(_) | Record::Tally(_) => 0,
        }
    }

    /// A run's epoch means something beside its partition's only: what must stay the same is how often its owner was lost since.
    pub(super) fn rebase(&mut self, from: &[u64], to: &[u64]) {
        if let Record::Run(run) = self {
            let part = usize::from(run.id.part());
            run.epoch = to[part].saturating_sub(from[part].saturating_sub(run.epoch));
        }
    }
}

//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use super::Model;
use kernel::Timestamp;
use kernel::id::{CallId, RunId};
use std::collections::BTreeSet;

impl Model {
    pub fn prune(&mut self, before: Timestamp, limit: u32) -> u64 {
        let limit = limit as usize;
        let open = self.runs.values().filter(|run| !run.status.is_final());
        let needed: BTreeSet<CallId> = open.map(|run| run.call).collect();
        let old = |message: &&mut store::journal::MessageRow| {
            message.received_at < before
                && !message.body.is_empty()
                && !needed.contains(&message.call)
        };
        let mut removed = 0;
        for message in self.messages.values_mut().filter(old).take(limit) {
            message.body = bytes::Bytes::new();
            removed += 1;
        }
        let over = self
            .runs
            .values()
            .filter(|run| run.status.is_final() && run.updated_at < before);
        let over: BTreeSet<RunId> = over.map(|run| run.id).collect();
        let entries = self.entries.keys().filter(|(run, _)| over.contains(run));
        let entries: Vec<(RunId, u32)> = entries.copied().take(limit - removed).collect();
        entries
            .iter()
            .for_each(|entry| _ = self.entries.remove(entry));
        (removed + entries.len()) as u64
    }

    pub fn forget(&mut self, call: CallId) -> bool {
        let Some(key) = self.call_keys.remove(&call) else {
            return false;
        };
        self.calls.remove(&key);
        self.messages.retain(|_, message| message.call != call);
        self.events.retain(|_, event| event.call != call);
        let gone = self
            .runs
            .extract_if(.., |_, run| run.call == call && run.status.is_final());
        let gone: BTreeSet<RunId> = gone.map(|(id, _)| id).collect();
        self.entries.retain(|(run, _), _| !gone.contains(run));
        true
    }
}

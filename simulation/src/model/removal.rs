//! Taking things away: bodies and entries that outlived their time, and everything of one call.

use super::Model;
use kernel::Timestamp;
use kernel::id::{CallId, RunId};
use std::collections::BTreeSet;
use store::archive::{Forgetting, Forgotten};

impl Model {
    pub fn prune(&mut self, calls: &[CallId], before: Timestamp) -> u64 {
        let open = self.runs.values().filter(|run| !run.status.is_final());
        let needed: BTreeSet<CallId> = open.map(|run| run.call).collect();
        let old = |message: &&mut store::journal::MessageRow| {
            calls.contains(&message.call)
                && message.received_at < before
                && !message.body.is_empty()
                && !needed.contains(&message.call)
        };
        let mut removed = 0;
        for message in self.messages.values_mut().filter(old) {
            message.body = bytes::Bytes::new();
            removed += 1;
        }
        let over = self.runs.values().filter(|run| {
            calls.contains(&run.call) && run.status.is_final() && run.updated_at < before
        });
        let over: BTreeSet<RunId> = over.map(|run| run.id).collect();
        let entries = self.entries.keys().filter(|(run, _)| over.contains(run));
        let entries: Vec<(RunId, u32)> = entries.copied().collect();
        entries
            .iter()
            .for_each(|entry| _ = self.entries.remove(entry));
        removed + entries.len() as u64
    }

    pub fn forget(&mut self, call: CallId) -> Forgetting {
        let Some(key) = self.call_keys.get(&call).copied() else {
            return Forgetting::Unknown;
        };
        if self
            .runs
            .values()
            .any(|run| run.call == call && !run.status.is_final())
        {
            return Forgetting::Needed;
        }
        self.call_keys.remove(&call);
        self.calls.remove(&key);
        let messages = self
            .messages
            .extract_if(.., |_, message| message.call == call);
        let messages = messages.count() as u64;
        let events = self.events.extract_if(.., |_, event| event.call == call);
        let events = events.count() as u64;
        let gone = self.runs.extract_if(.., |_, run| run.call == call);
        let gone: BTreeSet<RunId> = gone.map(|(id, _)| id).collect();
        let entries = self
            .entries
            .extract_if(.., |(run, _), _| gone.contains(run));
        let entries = entries.count() as u64;
        Forgetting::Done(Forgotten {
            messages,
            events,
            runs: gone.len() as u64,
            entries,
        })
    }
}

//! Runs that are ready, in lanes that have their share of the queue already: ids alone, so that very many of them take no
//! memory worth speaking of. Everything else about them is in the store, and is read when the lane has room.

use crate::plans::lock;
use kernel::id::{RunId, WorkspaceId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// More than these stay in the store alone, and are found by looking for them.
const MOST: usize = 500_000;

#[derive(Default)]
pub(crate) struct Aside(Mutex<Lists>);

#[derive(Default)]
struct Lists {
    /// By lane, the longest waiting first.
    runs: BTreeMap<(WorkspaceId, Arc<str>), VecDeque<RunId>>,
    count: usize,
}

impl Aside {
    /// `false` when there is no room for more.
    pub fn put(&self, owner: WorkspaceId, destination: &Arc<str>, run: RunId) -> bool {
        let mut lists = lock(&self.0);
        let has_room = lists.count < MOST;
        if has_room {
            let list = lists.runs.entry((owner, destination.clone())).or_default();
            list.push_back(run);
            lists.count += 1;
        }
        has_room
    }

    /// Takes so many of each lane's runs as `room` says.
    pub fn take(&self, room: impl Fn(WorkspaceId, &str) -> usize) -> Vec<RunId> {
        let mut lists = lock(&self.0);
        let mut taken = Vec::new();
        lists.runs.retain(|(owner, destination), list| {
            let count = room(*owner, destination).min(list.len());
            taken.extend(list.drain(..count));
            !list.is_empty()
        });
        lists.count -= taken.len();
        taken
    }

    /// How many of one lane there are.
    pub fn length(&self, owner: WorkspaceId, destination: &Arc<str>) -> usize {
        let lists = lock(&self.0);
        let list = lists.runs.get(&(owner, destination.clone()));
        list.map_or(0, VecDeque::len)
    }

    pub fn len(&self) -> usize {
        lock(&self.0).count
    }

    pub fn is_full(&self) -> bool {
        self.len() >= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(n: u64) -> RunId {
        RunId::new(n, 0, [0; 16])
    }

    #[test]
    fn runs_come_out_in_order_and_as_many_as_there_is_room_for() {
        let (aside, hangs, well) = (Aside::default(), "hangs".into(), "well".into());
        let owner = WorkspaceId::from_bytes([1; 16]);
        (0..5).for_each(|n| assert!(aside.put(owner, &hangs, run(n))));
        (5..7).for_each(|n| assert!(aside.put(owner, &well, run(n))));
        let room = |_, destination: &str| if destination == "well" { 8 } else { 0 };
        assert_eq!(aside.take(room), [run(5), run(6)]);
        assert_eq!(aside.take(|_, _| 2), [run(0), run(1)]);
        assert_eq!(aside.length(owner, &hangs), 3);
        assert_eq!((aside.take(|_, _| 9).len(), aside.len()), (3, 0));
    }
}

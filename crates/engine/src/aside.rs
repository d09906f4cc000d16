//! Runs that are ready, for destinations that have their share of the queue already: ids alone, so that very many of them take
//! no memory worth speaking of. Everything else about them is in the store, and is read when the destination has room.

use crate::plans::lock;
use kernel::id::RunId;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// More than these stay in the store alone, and are found by looking for them.
const MOST: usize = 500_000;

#[derive(Default)]
pub(crate) struct Aside(Mutex<Lists>);

#[derive(Default)]
struct Lists {
    /// By destination, the longest waiting first.
    runs: BTreeMap<Arc<str>, VecDeque<RunId>>,
    count: usize,
}

impl Aside {
    /// `false` when there is no room for more.
    pub fn put(&self, destination: &Arc<str>, run: RunId) -> bool {
        let mut lists = lock(&self.0);
        let has_room = lists.count < MOST;
        if has_room {
            let list = lists.runs.entry(destination.clone()).or_default();
            list.push_back(run);
            lists.count += 1;
        }
        has_room
    }

    /// Takes so many of each destination's runs as `room` says.
    pub fn take(&self, room: impl Fn(&str) -> usize) -> Vec<RunId> {
        let mut lists = lock(&self.0);
        let mut taken = Vec::new();
        lists.runs.retain(|destination, list| {
            let count = room(destination).min(list.len());
            taken.extend(list.drain(..count));
            !list.is_empty()
        });
        lists.count -= taken.len();
        taken
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
        (0..5).for_each(|n| assert!(aside.put(&hangs, run(n))));
        (5..7).for_each(|n| assert!(aside.put(&well, run(n))));
        let room = |destination: &str| if destination == "well" { 8 } else { 0 };
        assert_eq!(aside.take(room), [run(5), run(6)]);
        assert_eq!(aside.take(|_| 2), [run(0), run(1)]);
        assert_eq!((aside.take(|_| 9).len(), aside.len()), (3, 0));
    }
}

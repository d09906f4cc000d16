//! Which events have been taken. Ids tell when they were made, but not in which order they became visible: behind the newest
//! one a stretch of time is looked through again.

use kernel::id::EventId;
use std::collections::{HashSet, VecDeque};

/// How much later than a younger one an event may become visible.
const OVERLAP_MS: u64 = 60_000;
/// More events than come in while that time passes.
const KEPT: usize = 100_000;

#[derive(Default)]
pub struct Seen {
    /// Nothing made before this is anybody's business.
    since_ms: u64,
    newest_ms: u64,
    ids: HashSet<EventId>,
    order: VecDeque<EventId>,
}

impl Seen {
    /// Takes what was there at the beginning, newest first, as seen.
    pub fn start(&mut self, there: impl Iterator<Item = EventId>) {
        for id in there {
            self.since_ms = self.since_ms.max(id.unix_ms());
            self.add(id);
        }
    }

    pub fn add(&mut self, id: EventId) {
        self.newest_ms = self.newest_ms.max(id.unix_ms());
        if self.ids.insert(id) {
            self.order.push_back(id);
        }
        if self.order.len() > KEPT
            && let Some(old) = self.order.pop_front()
        {
            self.ids.remove(&old);
        }
    }

    pub fn misses(&self, id: EventId) -> bool {
        let is_ours = id.unix_ms() >= self.since_ms.max(self.floor());
        is_ours && !self.ids.contains(&id)
    }

    /// Whether nothing beyond this one can have been missed.
    pub fn is_far_behind(&self, id: EventId) -> bool {
        id.unix_ms() < self.floor().max(self.since_ms)
    }

    fn floor(&self) -> u64 {
        self.newest_ms.saturating_sub(OVERLAP_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(ms: u64, n: u8) -> EventId {
        EventId::new(ms, 0, [n; 16])
    }

    #[test]
    fn an_event_is_missed_until_it_was_taken() {
        let mut seen = Seen::default();
        seen.start([id(1_000_000, 2), id(900_000, 1)].into_iter());
        assert!(!seen.misses(id(1_000_000, 2)));
        assert!(!seen.misses(id(999_999, 3)), "it was there before");
        assert!(seen.misses(id(1_000_001, 4)));
        seen.add(id(1_100_000, 5));
        assert!(
            seen.misses(id(1_050_000, 6)),
            "an older id that became visible later"
        );
        assert!(seen.is_far_behind(id(1_000_001, 4)));
        assert!(!seen.is_far_behind(id(1_050_000, 6)));
    }

    #[test]
    fn on_an_empty_server_the_first_event_counts() {
        assert!(Seen::default().misses(id(1, 1)));
    }

    #[test]
    fn memory_stays_bounded() {
        let mut seen = Seen::default();
        for n in 0..KEPT as u64 + 10 {
            seen.add(id(1_000_000 + n, (n % 250) as u8));
        }
        assert_eq!((seen.ids.len(), seen.order.len()), (KEPT, KEPT));
    }
}

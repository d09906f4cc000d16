//! Who owns which partition: leases by the model's own clock (the runtime's), which no node's clock disturbs.

use super::Model;
use kernel::id::PARTITIONS;
use std::time::Duration;
use store::Parts;
use store::journal::Roster;
use tokio::time::Instant;

impl Model {
    pub fn attend(&mut self, node: &str, ttl: Duration, wanted: &Parts) -> Roster {
        let now = Instant::now();
        self.free_the_lost(node, now);
        let known = self.nodes.get(node).map(|(number, _)| *number);
        let me = known.unwrap_or_else(|| {
            self.names.push(node.into());
            self.names.len() - 1
        });
        self.nodes.insert(self.names[me].clone(), (me, now + ttl));
        let mut mine = Parts::none();
        for (part, owner) in (0..PARTITIONS).zip(&mut self.owners) {
            match owner {
                None if wanted.has(part) => *owner = Some(me),
                Some(other) if *other == me && !wanted.has(part) => *owner = None,
                _ => {}
            }
            if *owner == Some(me) {
                mine.add(part);
            }
        }
        Roster {
            nodes: self.nodes.keys().map(|name| name.to_string()).collect(),
            mine,
            epochs: self.epochs.clone(),
        }
    }

    pub fn leave(&mut self, node: &str) {
        if let Some((me, _)) = self.nodes.remove(node) {
            self.owners
                .iter_mut()
                .for_each(|owner| _ = owner.take_if(|other| *other == me));
        }
    }

    fn free_the_lost(&mut self, node: &str, now: Instant) {
        let lost = self
            .nodes
            .extract_if(.., |name, (_, until)| **name != *node && *until <= now);
        let lost: Vec<usize> = lost.map(|(_, (number, _))| number).collect();
        if lost.is_empty() {
            return;
        }
        for (owner, epoch) in self.owners.iter_mut().zip(&mut self.epochs) {
            let freed = owner.take_if(|owner| lost.contains(owner));
            *epoch += u64::from(freed.is_some());
        }
    }
}

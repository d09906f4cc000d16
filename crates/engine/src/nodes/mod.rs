//! Which partitions this node works on: every node computes the same division of the partitions from the roster, takes its
//! share as it becomes free, and gives back what belongs to others once nothing of it is under way.

mod attend;
mod hints;
mod share;

use crate::plans::lock;
use share::share;
use std::sync::Mutex;
use std::time::Duration;
use store::Parts;
use store::journal::{Lease, Roster};
use tokio::sync::Notify;
use tokio::time::Instant;

pub(crate) struct Nodes {
    /// This node's name: never used before or again.
    name: String,
    ttl: Duration,
    held: Mutex<Held>,
    /// Ask the store at once who owns what.
    ask: Notify,
}

struct Held {
    roster: Roster,
    /// What should be this node's among those on the roster.
    share: Parts,
    /// Those of its own in which it takes up work: the others are being given back.
    works: Parts,
    /// How often each partition's work came to this node: what was held in memory before may be out of date.
    tenures: Vec<u64>,
    /// When the lease may have run out.
    until: Instant,
}

impl Nodes {
    pub fn new(name: String, ttl: Duration) -> Self {
        let roster = Roster {
            nodes: Vec::new(),
            mine: Parts::none(),
            epochs: vec![0; usize::from(kernel::id::PARTITIONS)],
        };
        let held = Held {
            share: share(&roster.nodes, &name),
            roster,
            works: Parts::none(),
            tenures: vec![0; usize::from(kernel::id::PARTITIONS)],
            until: Instant::now(),
        };
        Self {
            name,
            ttl,
            held: Mutex::new(held),
            ask: Notify::new(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The hold under which runs of `part` are written; the store refuses it where it is not this node's.
    pub fn lease(&self, part: u16) -> Lease {
        Lease {
            node: self.name.clone(),
            epoch: self.epoch(part),
        }
    }

    pub fn epoch(&self, part: u16) -> u64 {
        lock(&self.held).roster.epochs[usize::from(part)]
    }

    /// Whether runs of `part` are this node's to take up.
    pub fn works_on(&self, part: u16) -> bool {
        lock(&self.held).works.has(part)
    }

    /// Which time it is that the work of `part` is this node's.
    pub fn tenure(&self, part: u16) -> u64 {
        lock(&self.held).tenures[usize::from(part)]
    }

    /// Whether the work of `part` has been this node's all the time since that tenure began.
    pub fn has_worked_on(&self, part: u16, tenure: u64) -> bool {
        let held = lock(&self.held);
        held.works.has(part) && held.tenures[usize::from(part)] == tenure
    }

    /// The partitions whose work is this node's; none while the lease may have run out.
    pub fn works(&self) -> Parts {
        let held = lock(&self.held);
        if Instant::now() < held.until {
            held.works.clone()
        } else {
            Parts::none()
        }
    }

    /// Whether something new may begin: a node that could not renew its lease begins nothing, for others may have taken over.
    pub fn may_begin(&self) -> bool {
        Instant::now() < lock(&self.held).until
    }

    /// The store refused a write: begins nothing until it is known again who owns what.
    pub fn doubt(&self) {
        lock(&self.held).until = Instant::now();
        self.ask.notify_one();
    }

    /// How many nodes there are, and how many partitions this one owns.
    pub fn figures(&self) -> (u64, u64) {
        let held = lock(&self.held);
        (
            held.roster.nodes.len() as u64,
            held.roster.mine.len() as u64,
        )
    }
}

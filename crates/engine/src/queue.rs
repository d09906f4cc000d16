//! Runs that are ready, in fair order: workspaces take turns, a workspace's destinations take turns, and a destination
//! that has all its slots busy holds up only itself. A plain data structure: no clock, no task.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

/// What the queue needs to know about a job.
pub(crate) trait Placed {
    type Owner: Copy + Eq + Hash;
    fn owner(&self) -> Self::Owner;
    fn destination(&self) -> &Arc<str>;
}

pub(crate) struct Queue<J: Placed> {
    /// Owners with at least one lane in turn, each once.
    turns: VecDeque<J::Owner>,
    owners: HashMap<J::Owner, Owner<J>>,
    /// Jobs under way, by destination.
    busy: HashMap<Arc<str>, usize>,
    /// Owners whose lane waits for a slot of a full destination, in the order of their turn.
    parked: HashMap<Arc<str>, VecDeque<J::Owner>>,
    under_way: usize,
    waiting: usize,
    limits: Limits,
    open: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub under_way: usize,
    pub per_destination: usize,
    /// How many may wait, about: the more do, the smaller is the share of each lane.
    pub waiting: usize,
}

/// A lane (an owner's jobs for one destination) may fill this part of what is free, and so may the next of what is free then.
const SHARE: usize = 4;
/// This part of all places it may fill however little is free: 32 of 4,096.
const LEAST: usize = 128;

struct Owner<J> {
    lanes: HashMap<Arc<str>, VecDeque<J>>,
    /// Lanes that have jobs and are not parked, each once.
    turns: VecDeque<Arc<str>>,
}

impl<J: Placed> Queue<J> {
    pub fn new(limits: Limits) -> Self {
        let (turns, owners) = (VecDeque::new(), HashMap::new());
        Self {
            turns,
            owners,
            busy: HashMap::new(),
            parked: HashMap::new(),
            under_way: 0,
            waiting: 0,
            limits,
            open: true,
        }
    }

    pub fn push(&mut self, job: J) {
        let (id, destination) = (job.owner(), job.destination().clone());
        let owner = self.owners.entry(id).or_insert_with(|| Owner {
            lanes: HashMap::new(),
            turns: VecDeque::new(),
        });
        let lane = owner.lanes.entry(destination.clone()).or_default();
        lane.push_back(job);
        self.waiting += 1;
        let is_first = lane.len() == 1;
        if is_first {
            self.take_turn(id, destination);
        }
    }

    /// Puts a lane that has jobs at the end of its owner's turns.
    fn take_turn(&mut self, id: J::Owner, destination: Arc<str>) {
        let owner = self
            .owners
            .get_mut(&id)
            .expect("an owner with a lane exists");
        owner.turns.push_back(destination);
        if owner.turns.len() == 1 {
            self.turns.push_back(id);
        }
    }

    /// The next job whose turn it is, or `None` when all slots are taken, nothing waits, or the queue is closed.
    pub fn pop(&mut self) -> Option<J> {
        while self.open && self.under_way < self.limits.under_way {
            let id = self.turns.pop_front()?;
            let owner = self
                .owners
                .get_mut(&id)
                .expect("an owner in turn has lanes");
            let destination = owner
                .turns
                .pop_front()
                .expect("an owner in turn has a lane in turn");
            let busy = self.busy.entry(destination.clone()).or_insert(0);
            let mut job = None;
            if *busy < self.limits.per_destination {
                let lane = owner
                    .lanes
                    .get_mut(&destination)
                    .expect("a lane in turn exists");
                job = lane.pop_front();
                *busy += 1;
                if lane.is_empty() {
                    owner.lanes.remove(&destination);
                } else {
                    owner.turns.push_back(destination);
                }
            } else {
                self.parked.entry(destination).or_default().push_back(id);
            }
            if !owner.turns.is_empty() {
                self.turns.push_back(id);
            } else if owner.lanes.is_empty() {
                self.owners.remove(&id);
            }
            if job.is_some() {
                self.waiting -= 1;
                self.under_way += 1;
                return job;
            }
        }
        None
    }

    /// A job to `destination` is over: its slot goes to the lane that has waited longest for one.
    pub fn release(&mut self, destination: &Arc<str>) {
        self.under_way -= 1;
        let busy = self
            .busy
            .get_mut(destination)
            .expect("a job under way holds a slot");
        *busy -= 1;
        if *busy == 0 {
            self.busy.remove(destination);
        }
        if let Some(parked) = self.parked.get_mut(destination) {
            let id = parked.pop_front();
            if parked.is_empty() {
                self.parked.remove(destination);
            }
            if let Some(id) = id {
                self.take_turn(id, destination.clone());
            }
        }
    }

    /// No more jobs are given out; what waits stays where it is.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// How many jobs wait in a lane.
    pub fn length(&self, owner: J::Owner, destination: &str) -> usize {
        let lane = |owner: &Owner<J>| owner.lanes.get(destination).map_or(0, VecDeque::len);
        self.owners.get(&owner).map_or(0, lane)
    }

    /// How many more may wait in a lane.
    pub fn room_for(&self, owner: J::Owner, destination: &str) -> usize {
        self.share().saturating_sub(self.length(owner, destination))
    }

    /// How many jobs a lane should get from elsewhere: none before half of its share is free, for then they are read together.
    pub fn wants_for(&self, owner: J::Owner, destination: &str) -> usize {
        let (room, share) = (self.room_for(owner, destination), self.share());
        if room * 2 >= share { room } else { 0 }
    }

    fn share(&self) -> usize {
        let free = self.limits.waiting.saturating_sub(self.waiting);
        let least = (self.limits.waiting / LEAST).max(1);
        (free / SHARE).max(least)
    }

    pub fn waiting(&self) -> usize {
        self.waiting
    }

    pub fn under_way(&self) -> usize {
        self.under_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Job(u8, Arc<str>, u32);

    impl Placed for Job {
        type Owner = u8;
        fn owner(&self) -> u8 {
            self.0
        }
        fn destination(&self) -> &Arc<str> {
            &self.1
        }
    }

    fn queue(under_way: usize, per_destination: usize) -> Queue<Job> {
        Queue::new(Limits {
            under_way,
            per_destination,
            waiting: 4096,
        })
    }

    fn numbers(queue: &mut Queue<Job>) -> Vec<u32> {
        std::iter::from_fn(|| queue.pop())
            .map(|job| job.2)
            .collect()
    }

    #[test]
    fn owners_take_turns_however_much_one_of_them_has() {
        let mut queue = queue(4, 4);
        (0..100).for_each(|n| queue.push(Job(1, "a".into(), n)));
        queue.push(Job(2, "a".into(), 100));
        assert_eq!(numbers(&mut queue), [0, 100, 1, 2]);
    }

    #[test]
    fn a_full_destination_holds_up_only_itself() {
        let mut queue = queue(100, 2);
        (0..10).for_each(|n| queue.push(Job(1, "hangs".into(), n)));
        (10..13).for_each(|n| queue.push(Job(1, "healthy".into(), n)));
        assert_eq!(numbers(&mut queue), [0, 10, 1, 11]);
        queue.release(&"healthy".into());
        assert_eq!(numbers(&mut queue), [12]);
        queue.release(&"hangs".into());
        assert_eq!(numbers(&mut queue), [2]);
    }

    #[test]
    fn a_job_pushed_to_a_full_destination_gets_its_turn_when_a_slot_is_free() {
        let mut queue = queue(100, 1);
        queue.push(Job(1, "a".into(), 0));
        assert_eq!(numbers(&mut queue), [0]);
        queue.push(Job(2, "a".into(), 1));
        assert_eq!(numbers(&mut queue), [0u32; 0]);
        queue.release(&"a".into());
        assert_eq!(numbers(&mut queue), [1]);
        queue.release(&"a".into());
        assert_eq!(
            (
                queue.waiting(),
                queue.under_way(),
                queue.owners.len(),
                queue.busy.len(),
                queue.parked.len()
            ),
            (0, 0, 0, 0, 0)
        );
    }

    #[test]
    fn one_lane_leaves_room_for_all_others_however_many_hang() {
        let mut queue = queue(0, 1);
        let mut n = 0;
        for destination in 0..100 {
            let destination: Arc<str> = format!("d{destination}").into();
            assert!(queue.room_for(1, &destination) >= 32);
            while queue.room_for(1, &destination) > 0 {
                queue.push(Job(1, destination.clone(), n));
                n += 1;
            }
        }
        assert!(queue.waiting() < 4096 + 100 * 32);
        assert!(
            queue.room_for(2, "d0") >= 32,
            "another owner's lane is another"
        );
    }

    #[test]
    fn a_closed_queue_keeps_what_waits() {
        let mut queue = queue(100, 1);
        queue.push(Job(1, "a".into(), 0));
        queue.close();
        assert_eq!((queue.pop(), queue.waiting()), (None, 1));
    }

    #[test]
    fn everything_pushed_comes_out_once_under_any_interleaving() {
        let mut queue = queue(5, 2);
        let (mut under_way, mut out) = (VecDeque::new(), Vec::new());
        for n in 0..1000u32 {
            queue.push(Job((n % 7) as u8, format!("d{}", n % 11).into(), n));
            if n % 3 != 0 {
                while let Some(job) = queue.pop() {
                    under_way.push_back(job.1.clone());
                    out.push(job.2);
                }
            }
            if n % 2 == 0
                && let Some(destination) = under_way.pop_front()
            {
                queue.release(&destination);
            }
        }
        while out.len() < 1000 {
            queue.release(
                &under_way
                    .pop_front()
                    .expect("nothing stalls while jobs wait"),
            );
            while let Some(job) = queue.pop() {
                under_way.push_back(job.1.clone());
                out.push(job.2);
            }
        }
        out.sort_unstable();
        assert_eq!(out, (0..1000).collect::<Vec<_>>());
    }
}

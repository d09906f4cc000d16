//! Runs that are ready, in fair order: workspaces take turns, a workspace's destinations take turns, and a destination
//! that has all its slots busy, or that its gate holds back, holds up only itself. A plain data structure: no clock, no task.

use kernel::gate::{Answer, Hold, Tick, Ticket};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

/// What the queue needs to know about a job.
pub(crate) trait Placed {
    type Owner: Copy + Ord + Hash;
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
    /// Lanes that their gate holds back, and until when.
    held: BTreeMap<Lane<J>, Option<Tick>>,
    /// When to ask for held lanes again. Those that are held no longer may be among them.
    wakes: BTreeMap<Tick, Vec<Lane<J>>>,
    under_way: usize,
    waiting: usize,
    limits: Limits,
    open: bool,
}

type Lane<J> = (<J as Placed>::Owner, Arc<str>);

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
            held: BTreeMap::new(),
            wakes: BTreeMap::new(),
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

    /// The next job whose turn it is and which its gate lets through (it is asked with the length of the job's lane), or `None`
    /// when all slots are taken, nothing may go, or the queue is closed.
    pub fn pop(
        &mut self,
        mut gate: impl FnMut(J::Owner, &Arc<str>, usize) -> Answer,
    ) -> Option<(J, Ticket)> {
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
            let lane = owner
                .lanes
                .get_mut(&destination)
                .expect("a lane in turn exists");
            let busy = self.busy.get(&destination).copied().unwrap_or(0);
            let mut going = None;
            if busy >= self.limits.per_destination {
                self.parked.entry(destination).or_default().push_back(id);
            } else {
                match gate(id, &destination, lane.len()) {
                    Answer::Go(ticket) => {
                        going = lane.pop_front().map(|job| (job, ticket));
                        *self.busy.entry(destination.clone()).or_insert(0) += 1;
                        if lane.is_empty() {
                            owner.lanes.remove(&destination);
                        } else {
                            owner.turns.push_back(destination);
                        }
                    }
                    Answer::Hold(hold) => self.hold(id, destination, hold),
                }
            }
            self.settle(id);
            if going.is_some() {
                self.waiting -= 1;
                self.under_way += 1;
                return going;
            }
        }
        None
    }

    /// An owner whose turn is over: it has another one, or waits with its lanes, or is gone.
    fn settle(&mut self, id: J::Owner) {
        match self.owners.get(&id) {
            Some(owner) if !owner.turns.is_empty() => self.turns.push_back(id),
            Some(owner) if owner.lanes.is_empty() => _ = self.owners.remove(&id),
            _ => {}
        }
    }

    /// Takes a lane out of turn. The slot that it does not use is somebody else's.
    fn hold(&mut self, id: J::Owner, destination: Arc<str>, hold: Hold) {
        if let Some(until) = hold.until {
            let wake = self.wakes.entry(until).or_default();
            wake.push((id, destination.clone()));
        }
        self.held.insert((id, destination.clone()), hold.until);
        self.unpark(&destination);
    }

    /// A job to `destination` is over: its slot goes to the lane that has waited longest for one, and its own lane's gate is
    /// asked again.
    pub fn release(&mut self, id: J::Owner, destination: &Arc<str>) {
        self.under_way -= 1;
        let busy = self
            .busy
            .get_mut(destination)
            .expect("a job under way holds a slot");
        *busy -= 1;
        if *busy == 0 {
            self.busy.remove(destination);
        }
        self.unpark(destination);
        self.ask_again(id, destination);
    }

    fn unpark(&mut self, destination: &Arc<str>) {
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

    /// Something has changed at a lane's gate.
    pub fn ask_again(&mut self, id: J::Owner, destination: &Arc<str>) {
        let lane = (id, destination.clone());
        if self.held.remove(&lane).is_some() {
            self.take_turn(id, lane.1);
        }
    }

    /// Something has changed at the gates of an owner.
    pub fn ask_again_all(&mut self, id: J::Owner) {
        let lanes = self.held.keys().filter(|(owner, _)| *owner == id);
        let lanes: Vec<Lane<J>> = lanes.cloned().collect();
        lanes.iter().for_each(|lane| self.ask_again(id, &lane.1));
    }

    /// Asks for the lanes again whose time has come; says when the next is due.
    pub fn wake(&mut self, now: Tick) -> Option<Tick> {
        while let Some(due) = self.wakes.first_entry().filter(|due| *due.key() <= now) {
            for (id, destination) in due.remove() {
                self.ask_again(id, &destination);
            }
        }
        self.next_wake()
    }

    pub fn next_wake(&self) -> Option<Tick> {
        self.wakes.keys().next().copied()
    }

    pub fn is_held(&self, id: J::Owner, destination: &Arc<str>) -> bool {
        self.held.contains_key(&(id, destination.clone()))
    }

    /// How many jobs wait in lanes that are held back.
    pub fn held(&self) -> usize {
        let lanes = self.held.keys();
        lanes
            .map(|(id, destination)| self.length(*id, destination))
            .sum()
    }

    /// Takes a job out of a lane that is held back: it is wanted, and its turn may be far away.
    pub fn withdraw(&mut self, is_wanted: impl Fn(&J) -> bool) -> Option<J> {
        let found = self.held.keys().find_map(|(id, destination)| {
            let lane = self.owners.get(id)?.lanes.get(destination)?;
            Some((*id, destination.clone(), lane.iter().position(&is_wanted)?))
        });
        let (id, destination, at) = found?;
        let owner = self.owners.get_mut(&id)?;
        let lane = owner.lanes.get_mut(&destination)?;
        let job = lane.remove(at);
        if lane.is_empty() {
            owner.lanes.remove(&destination);
            self.held.remove(&(id, destination));
            if owner.lanes.is_empty() {
                self.owners.remove(&id);
            }
        }
        self.waiting -= 1;
        job
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
    use kernel::gate::Why;
    use std::time::Duration;

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

    fn pass(_: u8, _: &Arc<str>, _: usize) -> Answer {
        Answer::Go(Ticket::default())
    }

    fn hold(until: Option<Tick>) -> Answer {
        Answer::Hold(Hold {
            why: Why::Circuit,
            until,
            wants: 0,
        })
    }

    fn numbers(queue: &mut Queue<Job>) -> Vec<u32> {
        numbers_through(queue, pass)
    }

    fn numbers_through(
        queue: &mut Queue<Job>,
        gate: impl Fn(u8, &Arc<str>, usize) -> Answer,
    ) -> Vec<u32> {
        std::iter::from_fn(|| queue.pop(&gate))
            .map(|(job, _)| job.2)
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
        queue.release(1, &"healthy".into());
        assert_eq!(numbers(&mut queue), [12]);
        queue.release(1, &"hangs".into());
        assert_eq!(numbers(&mut queue), [2]);
    }

    #[test]
    fn a_job_pushed_to_a_full_destination_gets_its_turn_when_a_slot_is_free() {
        let mut queue = queue(100, 1);
        queue.push(Job(1, "a".into(), 0));
        assert_eq!(numbers(&mut queue), [0]);
        queue.push(Job(2, "a".into(), 1));
        assert_eq!(numbers(&mut queue), [0u32; 0]);
        queue.release(1, &"a".into());
        assert_eq!(numbers(&mut queue), [1]);
        queue.release(2, &"a".into());
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
        assert_eq!((queue.pop(pass), queue.waiting()), (None, 1));
    }

    #[test]
    fn a_lane_that_is_held_waits_in_order_and_holds_up_only_itself() {
        let mut queue = queue(100, 64);
        (0..3).for_each(|n| queue.push(Job(1, "a".into(), n)));
        queue.push(Job(1, "b".into(), 3));
        queue.push(Job(2, "a".into(), 4));
        let until = Duration::from_secs(5);
        let shut = |owner, to: &Arc<str>, length: usize| match (owner, &**to) {
            (1, "a") => {
                assert_eq!(length, 3);
                hold(Some(until))
            }
            _ => pass(owner, to, length),
        };
        assert_eq!(numbers_through(&mut queue, shut), [4, 3]);
        assert!(queue.is_held(1, &"a".into()) && !queue.is_held(2, &"a".into()));
        assert_eq!(
            (queue.held(), queue.wake(Duration::from_secs(4))),
            (3, Some(until))
        );
        assert_eq!(numbers(&mut queue), [0u32; 0]);
        assert_eq!(queue.wake(until), None);
        assert_eq!(numbers(&mut queue), [0, 1, 2]);
        assert_eq!((queue.held(), queue.waiting()), (0, 0));
    }

    #[test]
    fn the_slot_of_a_lane_that_is_held_goes_to_the_next() {
        let mut queue = queue(100, 1);
        queue.push(Job(1, "a".into(), 0));
        assert_eq!(numbers(&mut queue), [0]);
        // Both are parked behind the one that is under way.
        queue.push(Job(1, "a".into(), 1));
        queue.push(Job(2, "a".into(), 2));
        assert_eq!(numbers(&mut queue), [0u32; 0]);
        queue.release(1, &"a".into());
        let shut = |owner, to: &Arc<str>, length| match owner {
            1 => hold(None),
            _ => pass(owner, to, length),
        };
        assert_eq!(numbers_through(&mut queue, shut), [2]);
        queue.release(2, &"a".into());
        queue.ask_again_all(1);
        assert_eq!(numbers(&mut queue), [1]);
    }

    #[test]
    fn the_end_of_a_job_asks_its_own_lane_again() {
        let mut queue = queue(100, 64);
        queue.push(Job(1, "a".into(), 0));
        queue.push(Job(1, "a".into(), 1));
        let free = std::cell::Cell::new(1);
        let one = |owner, to: &Arc<str>, length| match free.replace(0) {
            0 => hold(None),
            _ => pass(owner, to, length),
        };
        assert_eq!(numbers_through(&mut queue, one), [0]);
        queue.release(1, &"a".into());
        assert_eq!(numbers(&mut queue), [1]);
    }

    #[test]
    fn a_job_is_withdrawn_from_a_lane_that_is_held() {
        let mut queue = queue(100, 64);
        (0..2).for_each(|n| queue.push(Job(1, "a".into(), n)));
        let number = |n| move |job: &Job| job.2 == n;
        assert_eq!(queue.withdraw(number(1)), None, "its turn will come");
        numbers_through(&mut queue, |_, _, _| hold(None));
        assert_eq!(queue.withdraw(number(7)), None);
        assert_eq!(queue.withdraw(number(1)).map(|job| job.2), Some(1));
        assert_eq!(queue.withdraw(number(0)).map(|job| job.2), Some(0));
        assert_eq!(
            (queue.waiting(), queue.held.len(), queue.owners.len()),
            (0, 0, 0)
        );
        queue.push(Job(1, "a".into(), 2));
        assert_eq!(numbers(&mut queue), [2]);
    }

    #[test]
    fn everything_pushed_comes_out_once_under_any_interleaving() {
        let mut queue = queue(5, 2);
        let (mut under_way, mut out) = (VecDeque::new(), Vec::new());
        let asked = std::cell::Cell::new(0u64);
        // Now and then a gate holds: until it is asked again at the end of a job, or by the time.
        let gate = |owner: u8, to: &Arc<str>, length| {
            asked.set(asked.get() + 1);
            match asked.get() % 5 {
                0 => hold(Some(Duration::from_secs(asked.get() + 20))),
                3 if length > 3 => hold(Some(Duration::from_secs(asked.get()))),
                _ => pass(owner, to, length),
            }
        };
        for n in 0..1000u32 {
            queue.push(Job((n % 7) as u8, format!("d{}", n % 11).into(), n));
            if n % 3 != 0 {
                while let Some((job, _)) = queue.pop(gate) {
                    under_way.push_back((job.0, job.1.clone()));
                    out.push(job.2);
                }
            }
            if n % 2 == 0
                && let Some((owner, destination)) = under_way.pop_front()
            {
                queue.release(owner, &destination);
            }
        }
        while out.len() < 1000 {
            let over = under_way.pop_front();
            assert!(
                over.is_some() || queue.next_wake().is_some(),
                "nothing stalls while jobs wait"
            );
            if let Some((owner, destination)) = over {
                queue.release(owner, &destination);
            }
            asked.set(asked.get() + 7);
            queue.wake(Duration::from_secs(asked.get()));
            while let Some((job, _)) = queue.pop(gate) {
                under_way.push_back((job.0, job.1.clone()));
                out.push(job.2);
            }
        }
        out.sort_unstable();
        assert_eq!(out, (0..1000).collect::<Vec<_>>());
    }
}

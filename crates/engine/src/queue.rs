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
mod tests;

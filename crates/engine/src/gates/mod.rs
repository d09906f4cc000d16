//! The gates of this node's lanes: asked before a job is given out, told what became of it. What they decide is the kernel's
//! (`kernel::gate`); kept here in memory, a healthy destination without settings costs one look into a map.

mod elsewhere;
mod handle;
mod keep;
mod settings;
mod tokens;
mod view;

pub use settings::{Paused, RateSetting, Setting};
pub use view::{Destination, Held, LastFailure};

use crate::plans::lock;
use elsewhere::Elsewhere;
use kernel::gate::{Answer, Gate, Hold, Policy, Rate, Settings, Tick, Ticket, Verdict, Why};
use kernel::id::WorkspaceId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use tokio::time::Instant;

/// More lanes than these are not remembered while they are healthy and without settings.
const MOST: usize = 10_000;

pub(crate) type Lane = (WorkspaceId, Arc<str>);

pub(crate) struct Gates {
    settings: Settings,
    began: Instant,
    kept: Mutex<Kept>,
    elsewhere: Mutex<Elsewhere>,
    /// There is something to do before the loop would wake by itself.
    sooner: Notify,
    wakes_at: Mutex<Option<Tick>>,
}

#[derive(Default)]
struct Kept {
    lanes: HashMap<Lane, Known>,
    workspaces: HashMap<WorkspaceId, Policies>,
    /// Workspaces whose settings are to be read, and how often that was said: nothing of theirs begins before.
    unread: BTreeMap<WorkspaceId, u32>,
    wants: Vec<Want>,
}

/// What people have set in a workspace, as of a generation of its catalogue.
struct Policies {
    generation: u64,
    by_name: HashMap<Arc<str>, Policy>,
    looked_at: Tick,
}

#[derive(Default)]
struct Known {
    gate: Gate,
    /// What it answered last, if that was to wait.
    hold: Option<Hold>,
    /// Its settings may have changed: nothing passes until they are read.
    is_unread: bool,
    last_failure: Option<LastFailure>,
}

/// Tokens that a lane has asked for.
struct Want {
    lane: Lane,
    rate: Rate,
    count: u32,
}

impl Gates {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            began: Instant::now(),
            kept: Mutex::default(),
            elsewhere: Mutex::default(),
            sooner: Notify::new(),
            wakes_at: Mutex::default(),
        }
    }

    pub fn now(&self) -> Tick {
        self.began.elapsed()
    }

    /// Whether the first of so many jobs of a lane may begin.
    pub fn ask(&self, owner: WorkspaceId, destination: &Arc<str>, waiting: usize) -> Answer {
        let mut kept = lock(&self.kept);
        let Kept {
            lanes,
            workspaces,
            unread,
            wants,
        } = &mut *kept;
        let lane = (owner, destination.clone());
        let known = match lanes.get_mut(&lane) {
            Some(known) => known,
            None => {
                make_room(lanes);
                lanes
                    .entry(lane.clone())
                    .or_insert(Known::new(workspaces.get(&owner), destination))
            }
        };
        if known.is_unread {
            unread.entry(owner).or_insert_with(|| {
                self.sooner.notify_one();
                1
            });
            return Answer::Hold(Hold {
                why: Why::Paused,
                until: None,
                wants: 0,
            });
        }
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        let answer = known.gate.ask(self.now(), waiting);
        known.hold = match answer {
            Answer::Go(_) => None,
            Answer::Hold(hold) => Some(hold),
        };
        if let (
            Answer::Hold(Hold {
                wants: count @ 1.., ..
            }),
            Some(rate),
        ) = (answer, known.gate.policy().rate)
        {
            wants.push(Want { lane, rate, count });
        }
        answer
    }

    /// What became of a job that was let through.
    pub fn end(
        &self,
        owner: WorkspaceId,
        destination: &Arc<str>,
        ticket: Ticket,
        verdict: Verdict,
        failure: Option<LastFailure>,
        seed: u64,
    ) {
        let now = self.now();
        let mut kept = lock(&self.kept);
        if let Some(known) = kept.lanes.get_mut(&(owner, destination.clone())) {
            known.gate.end(ticket, verdict, now, &self.settings, seed);
            if failure.is_some() {
                known.last_failure = failure;
            }
        }
    }

    /// The catalogue of a workspace has changed: what people have set is read again before anything more passes.
    pub fn forget(&self, workspace: WorkspaceId) {
        let mut kept = lock(&self.kept);
        kept.workspaces.remove(&workspace);
        let lanes = kept
            .lanes
            .iter_mut()
            .filter(|(lane, _)| lane.0 == workspace);
        lanes.for_each(|(_, known)| known.is_unread = true);
        *kept.unread.entry(workspace).or_default() += 1;
        self.sooner.notify_one();
    }

    /// What people have set is shared out among another number of nodes.
    pub fn forget_all(&self) {
        let known: Vec<WorkspaceId> = lock(&self.kept).workspaces.keys().copied().collect();
        known
            .into_iter()
            .for_each(|workspace| self.forget(workspace));
    }

    /// Takes what people have set in a workspace, unless it was said since `asked` that it has changed.
    fn learn(&self, workspace: WorkspaceId, policies: Policies, asked: u32) {
        let now = self.now();
        let mut kept = lock(&self.kept);
        let Kept {
            lanes,
            workspaces,
            unread,
            ..
        } = &mut *kept;
        if unread.get(&workspace).is_some_and(|said| *said != asked) {
            return;
        }
        for ((_, destination), known) in lanes.iter_mut().filter(|(lane, _)| lane.0 == workspace) {
            let policy = policies
                .by_name
                .get(destination)
                .cloned()
                .unwrap_or_default();
            known.gate.set_policy(policy, now);
            known.is_unread = false;
        }
        workspaces.insert(workspace, policies);
        unread.remove(&workspace);
    }

    fn with(&self, lane: &Lane, change: impl FnOnce(&mut Gate)) {
        if let Some(known) = lock(&self.kept).lanes.get_mut(lane) {
            change(&mut known.gate);
        }
    }
}

impl Known {
    fn new(policies: Option<&Policies>, destination: &Arc<str>) -> Self {
        let mut gate = Gate::default();
        let policy = policies.and_then(|policies| policies.by_name.get(destination));
        if let Some(policy) = policy {
            gate.set_policy(policy.clone(), Tick::ZERO);
        }
        Self {
            gate,
            is_unread: policies.is_none(),
            ..Self::default()
        }
    }
}

/// Forgets the half of those that lose nothing by it that was asked least recently.
fn make_room(lanes: &mut HashMap<Lane, Known>) {
    if lanes.len() < MOST {
        return;
    }
    let plain = lanes.values().filter(|known| known.gate.is_plain());
    let mut used: Vec<Tick> = plain.map(|known| known.gate.used_at()).collect();
    let middle = used.len() / 2;
    if middle > 0 {
        let (_, cut, _) = used.select_nth_unstable(middle);
        let cut = *cut;
        lanes.retain(|_, known| !known.gate.is_plain() || known.gate.used_at() > cut);
    }
}

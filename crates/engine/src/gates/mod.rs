//! The gates of this node's lanes: asked before a job is given out, told what became of it. What they decide is the kernel's
//! (`kernel::gate`); kept here in memory, a healthy destination without settings costs one look into a map.

mod elsewhere;
mod handle;
mod keep;
mod lately;
mod settings;
mod tokens;
mod trial;
mod view;

pub use settings::{Paused, RateSetting, Setting};
pub use view::{Destination, Held, LastFailure, NextRetry};

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
    /// Workspaces whose settings are to be read: nothing of theirs begins before.
    unread: BTreeMap<WorkspaceId, Unread>,
    /// How often it was said of any. Never less, or who reads slowly could not tell one time from another.
    said: u64,
    wants: Vec<Want>,
}

struct Unread {
    /// When that was said last.
    said: u64,
    /// Settings of a generation before this one were read too early.
    least: u64,
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
            said,
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
                *said += 1;
                Unread {
                    said: *said,
                    least: 0,
                }
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
        kept.said += 1;
        let said = kept.said;
        let least = kept.unread.get(&workspace).map_or(0, |unread| unread.least);
        kept.unread.insert(workspace, Unread { said, least });
        self.sooner.notify_one();
    }

    /// Something begins that was accepted as of this generation of a workspace's catalogue: what is known of it must be no
    /// older, whoever has failed to tell.
    pub fn heed(&self, workspace: WorkspaceId, generation: u64) {
        let is_old = {
            let mut kept = lock(&self.kept);
            if let Some(unread) = kept.unread.get_mut(&workspace) {
                // Whoever reads now may have begun before.
                unread.least = unread.least.max(generation);
                return;
            }
            let known = kept.workspaces.get(&workspace);
            known.is_some_and(|known| known.generation < generation)
        };
        if is_old {
            self.forget(workspace);
        }
    }

    /// What people have set is shared out among another number of nodes.
    pub fn forget_all(&self) {
        let known: Vec<WorkspaceId> = lock(&self.kept).workspaces.keys().copied().collect();
        known
            .into_iter()
            .for_each(|workspace| self.forget(workspace));
    }

    /// Takes what people have set in a workspace, unless it was said since `asked` that it has changed, or something newer is
    /// known: others may have begun to read later, and been faster.
    fn learn(&self, workspace: WorkspaceId, policies: Policies, asked: Option<u64>) {
        let now = self.now();
        let mut kept = lock(&self.kept);
        let Kept {
            lanes,
            workspaces,
            unread,
            ..
        } = &mut *kept;
        let is_asked_again = unread
            .get(&workspace)
            .is_some_and(|unread| Some(unread.said) != asked);
        let is_old = workspaces
            .get(&workspace)
            .is_some_and(|known| known.generation > policies.generation);
        if is_asked_again || is_old {
            return;
        }
        if let Some(unread) = unread.get_mut(&workspace)
            && policies.generation < unread.least
        {
            // Whoever reads from now on reads what was committed by then.
            unread.least = 0;
            self.sooner.notify_one();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> WorkspaceId {
        WorkspaceId::from_bytes([7; 16])
    }

    fn policies(generation: u64, to: &Arc<str>, is_paused: bool) -> Policies {
        let policy = Policy {
            is_paused,
            ..Policy::default()
        };
        Policies {
            generation,
            by_name: HashMap::from([(to.clone(), policy)]),
            looked_at: Tick::ZERO,
        }
    }

    fn asked(gates: &Gates) -> Option<u64> {
        let kept = lock(&gates.kept);
        kept.unread.get(&workspace()).map(|unread| unread.said)
    }

    fn is_paused(gates: &Gates, to: &Arc<str>) -> bool {
        matches!(gates.ask(workspace(), to, 1), Answer::Hold(hold) if hold.why == Why::Paused)
    }

    #[test]
    fn who_reads_slowly_does_not_undo_a_pause() {
        let (gates, to) = (Gates::new(Settings::default()), "a.example:443".into());
        gates.forget(workspace());
        let slow = asked(&gates);
        gates.forget(workspace());
        gates.learn(workspace(), policies(2, &to, true), asked(&gates));
        gates.learn(workspace(), policies(1, &to, false), slow);
        assert!(is_paused(&gates, &to), "what is known is newer");
        gates.forget(workspace());
        gates.learn(workspace(), policies(1, &to, false), slow);
        assert!(
            asked(&gates).is_some(),
            "it was asked before the last change"
        );
        gates.learn(workspace(), policies(3, &to, false), asked(&gates));
        assert!(!is_paused(&gates, &to));
    }

    #[test]
    fn what_begins_is_held_to_the_settings_that_it_was_accepted_under() {
        let (gates, to) = (Gates::new(Settings::default()), "a.example:443".into());
        gates.forget(workspace());
        gates.learn(workspace(), policies(1, &to, false), asked(&gates));
        gates.heed(workspace(), 1);
        assert!(!is_paused(&gates, &to) && asked(&gates).is_none());
        gates.heed(workspace(), 2);
        assert!(is_paused(&gates, &to), "nothing passes by old settings");
        // Somebody reads, and meanwhile more is accepted.
        gates.heed(workspace(), 3);
        gates.learn(workspace(), policies(2, &to, false), asked(&gates));
        assert!(asked(&gates).is_some(), "it was read too early");
        gates.learn(workspace(), policies(3, &to, false), asked(&gates));
        assert!(!is_paused(&gates, &to) && asked(&gates).is_none());
    }
}

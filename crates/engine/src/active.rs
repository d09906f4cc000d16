//! Which runs this process holds in memory, so that none is taken up twice, who of them is to be cancelled, and for whom a call
//! to the world is under way.

use crate::plans::lock;
use kernel::id::RunId;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use store::Parts;
use store::journal::{Timer, TimerKind};

#[derive(Default)]
pub(crate) struct Active(Mutex<HashMap<RunId, Holding>>);

#[derive(Default)]
struct Holding {
    cancellations: Vec<Timer>,
    /// Fired while the run was held: to be fired again once it is let go.
    deferred: Vec<Timer>,
    under_way: bool,
    /// Only its id is in memory: nothing of it can be under way.
    aside: bool,
}

impl Active {
    /// Takes a run into memory; `false` when it is there already.
    pub fn enter(&self, run: RunId) -> bool {
        let mut runs = lock(&self.0);
        let is_new = !runs.contains_key(&run);
        if is_new {
            runs.insert(run, Holding::default());
        }
        is_new
    }

    pub fn holds(&self, run: RunId) -> bool {
        lock(&self.0).contains_key(&run)
    }

    /// Lets a run go; gives back the timers that its holder has not heard of.
    #[must_use = "a timer that nobody fires again is lost until a restart"]
    pub fn leave(&self, run: RunId) -> Vec<Timer> {
        let Some(mut holding) = lock(&self.0).remove(&run) else {
            return Vec::new();
        };
        holding.deferred.append(&mut holding.cancellations);
        holding.deferred
    }

    /// Asks the holder of a run to cancel it; `false` when nobody holds it.
    pub fn cancel(&self, run: RunId, timer: Timer) -> bool {
        held(&mut lock(&self.0), run)
            .map(|holding| holding.cancellations.push(timer))
            .is_some()
    }

    /// Keeps a timer until the run is let go; `false` when nobody holds it.
    pub fn defer(&self, run: RunId, timer: Timer) -> bool {
        held(&mut lock(&self.0), run)
            .map(|holding| holding.deferred.push(timer))
            .is_some()
    }

    /// Keeps nothing of a run but that it is this node's; `false` when there are timers that its holder has not heard of.
    pub fn set_aside(&self, run: RunId) -> bool {
        lock(&self.0).get_mut(&run).is_some_and(|holding| {
            holding.aside = holding.cancellations.is_empty() && holding.deferred.is_empty();
            holding.aside
        })
    }

    /// The turn of a run that was set aside has come; `false` when it was let go meanwhile.
    pub fn take_back(&self, run: RunId) -> bool {
        lock(&self.0)
            .get_mut(&run)
            .is_some_and(|holding| std::mem::take(&mut holding.aside))
    }

    /// Takes the timers of one kind that were kept for a run: the caller fires them.
    pub fn take_deferred(&self, run: RunId, kind: TimerKind) -> Vec<Timer> {
        let mut runs = lock(&self.0);
        let Some(holding) = runs.get_mut(&run) else {
            return Vec::new();
        };
        let taken = holding.deferred.extract_if(.., |timer| timer.kind == kind);
        taken.collect()
    }

    /// Takes the cancellations of a run, if any was asked for: the caller carries them out.
    pub fn take_cancellations(&self, run: RunId) -> Vec<Timer> {
        lock(&self.0)
            .get_mut(&run)
            .map(|holding| std::mem::take(&mut holding.cancellations))
            .unwrap_or_default()
    }

    /// The runs that are to be cancelled and that wait here.
    pub fn to_cancel(&self) -> HashSet<RunId> {
        let runs = lock(&self.0);
        let waiting = runs
            .iter()
            .filter(|(_, holding)| !holding.under_way && !holding.cancellations.is_empty());
        waiting.map(|(run, _)| *run).collect()
    }

    /// Says whether a call to the world, or the writing of its result, is under way for a run.
    pub fn set_under_way(&self, run: RunId, under_way: bool) {
        if let Some(holding) = lock(&self.0).get_mut(&run) {
            holding.under_way = under_way;
        }
    }

    pub fn is_under_way(&self, run: RunId) -> bool {
        lock(&self.0)
            .get(&run)
            .is_some_and(|holding| holding.under_way)
    }

    /// The partitions that cannot be given back yet: what is under way there would be done again.
    pub fn under_way(&self) -> Parts {
        let runs = lock(&self.0);
        let busy = runs.iter().filter(|(_, holding)| holding.under_way);
        busy.map(|(run, _)| run.part()).collect()
    }

    pub fn len(&self) -> usize {
        lock(&self.0).len()
    }
}

/// What is held of a run. One that was set aside is let go for whoever comes with a timer: its turn may be far away.
fn held(runs: &mut HashMap<RunId, Holding>, run: RunId) -> Option<&mut Holding> {
    if runs.get(&run).is_some_and(|holding| holding.aside) {
        runs.remove(&run);
    }
    runs.get_mut(&run)
}

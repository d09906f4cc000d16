//! Which runs this process holds in memory, so that none is taken up twice, and who of them is to be cancelled.

use crate::plans::lock;
use kernel::id::RunId;
use std::collections::HashMap;
use std::sync::Mutex;
use store::journal::Timer;

#[derive(Default)]
pub(crate) struct Active(Mutex<HashMap<RunId, Option<Timer>>>);

impl Active {
    /// Takes a run into memory; `false` when it is there already.
    pub fn enter(&self, run: RunId) -> bool {
        let mut runs = lock(&self.0);
        let is_new = !runs.contains_key(&run);
        if is_new {
            runs.insert(run, None);
        }
        is_new
    }

    /// Lets a run go; gives back a cancellation that nobody has carried out.
    pub fn leave(&self, run: RunId) -> Option<Timer> {
        lock(&self.0).remove(&run).flatten()
    }

    /// Asks the holder of a run to cancel it; `false` when nobody holds it.
    pub fn cancel(&self, run: RunId, timer: Timer) -> bool {
        lock(&self.0)
            .get_mut(&run)
            .map(|slot| *slot = Some(timer))
            .is_some()
    }

    /// Takes the cancellation of a run, if one was asked for: the caller carries it out.
    pub fn take_cancellation(&self, run: RunId) -> Option<Timer> {
        lock(&self.0).get_mut(&run)?.take()
    }

    pub fn len(&self) -> usize {
        lock(&self.0).len()
    }
}
